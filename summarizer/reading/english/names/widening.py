"""Widen the phrase for a party over what belongs to it: brackets, posts, places, fields."""

import re
from collections.abc import Iterable
from dataclasses import replace

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.name_words import FIELD, is_country
from summarizer.reading.values import Mention

_BRACKETS = re.compile(r"\s\((?:the\s)?(?:[A-Z][\w.&-]{1,9}|\d{1,3})\)")


def with_brackets(found: list[Mention], text: str, end: int) -> list[Mention]:
    """Take "(WHO)" behind a name into its phrase: a verb follows both."""
    wide: list[Mention] = []
    for mention in found:
        behind = (
            _BRACKETS.match(text, mention.span.end, end)
            if mention.form != "pronoun" and not mention.nested
            else None
        )
        if behind is None:
            wide.append(mention)
            continue
        span = Span(start=mention.span.start, end=behind.end())
        wide.append(replace(mention, span=span))
    return [
        replace(m, nested=True)
        if any(
            o.span.end > o.core.end and o.core.end < m.span.start < o.span.end
            for o in wide
            if o is not m
        )
        else m
        for m in wide
    ]


_OF_BODY = re.compile(r"\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?=[,.;])")


_CLOSING_COMMA = re.compile(r",(?=\s+[a-z])")


def with_names(found: list[Mention], text: str, end: int) -> list[Mention]:
    """Join "the mediator, Ana Orr," into one phrase, by whose name she is known."""
    joined: dict[int, Mention] = {}
    dropped: set[int] = set()
    for place, mention in enumerate(found):
        name = next(
            (
                n
                for n, o in enumerate(found)
                if o.form == "name" and _is_apposed(mention, o, text, end)
            ),
            None,
        )
        if name is None or name in dropped:
            continue
        joined[place] = _known_by(found[name], mention, text, end)
        dropped.add(name)
    return [
        replace(joined.get(n, m), nested=True)
        if n not in joined and _lies_in(m, joined.values())
        else joined.get(n, m)
        for n, m in enumerate(found)
        if n not in dropped
    ]


def _known_by(name: Mention, mention: Mention, text: str, end: int) -> Mention:
    """Return a description and the name behind it as one phrase."""
    tail = _OF_BODY.match(text, name.span.end, end)
    closing = tail.end() if tail else name.span.end
    # The comma that closes the apposition belongs to it: "X, the chair, said".
    closing += _CLOSING_COMMA.match(text, closing, end) is not None
    span = Span(start=mention.span.start, end=closing)
    kind = "person" if mention.kind == "officials" else (name.kind or mention.kind)
    kind = None if kind == "group" else kind
    return Mention(span, name.core, "name", kind, mention.span)


def _lies_in(mention: Mention, joined: Iterable[Mention]) -> bool:
    return any(mention.span.within(j.span) for j in joined)


_DESCRIBING: frozenset[ActorKind | None] = frozenset(
    ["officials", "organisation", "government", "group", "armed_group"]
)


_ONE = re.compile(r"(?i)(?:the|its|his|her|their|our|[\w’'. -]+[’']s?)\s")
"""One body or person that is meant: "the", "its", "the bank's"."""


_MANY = re.compile(
    r"(?i)\b(?:officials|ministers|leaders|owners|\w+men|\w+ists|\w{3,}ers|\w+ors)$"
)


_CLOSED = re.compile(r"\s*(?:[,.;)”\"]|$)")


_LISTED = re.compile(
    r",?\s+(?:and|or|as well as)\s|,\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?:,|\s+and\b)"
)


def _is_apposed(mention: Mention, name: Mention, text: str, end: int) -> bool:
    """Tell whether a name stands between commas behind what it is."""
    if mention.form == "pronoun" or mention.nested or name.nested:
        return False
    if mention.kind not in _DESCRIBING or mention.span.end >= name.span.start:
        return False
    gap = text[mention.span.end : name.span.start]
    if gap not in {", ", ", the "}:
        return False
    whole = mention.span.of(text)
    if not _ONE.match(whole) or _MANY.search(whole):
        return False
    called = name.core.of(text)
    if is_country(called) or name.kind in {"group", "officials", "media"}:
        return False
    person = name.kind == "person" or (name.kind is None and " " in called)
    if mention.kind == "officials" and not person:
        return False
    if mention.kind in {"organisation", "government"} and name.kind == "person":
        return False
    tail = _OF_BODY.match(text, name.span.end, end)
    after = text[tail.end() if tail else name.span.end : end]
    return _CLOSED.match(after) is not None and _LISTED.match(after) is None


_TOWN_OF = re.compile(
    r"(?i)\b(?:town|city|village|state|island|republic|kingdom|county|district|province|canton|municipality) of\s+$"
)


_BEFORE = 48


_COUNTED = r"(?:(?:the|an?|his|her|its|their|two|three|four|five|several|many|\d+(?:,\d{3})*|killed|former|late|neighbouring|neighboring)\s+){0,3}"


_AFTER_PREPOSITION = re.compile(
    rf"(?i)\b(?:of|for|to|by|from|with|in|at|on|near|unlike|like|against|about|besides|than|not)\s+{_COUNTED}$"
)


_PREPOSITION_GAP = re.compile(
    rf"(?i)\s+(?:of|for|to|from|in|at|with|on)\s+{_COUNTED}(?:\w+\s+)?"
)


_NOBODY = re.compile(
    r"(?i)\b(?:neither|nor|no|nobody|none|hardly any|what|whatever|as if)\s+(?:the\s+|an?\s+)?$"
)


def head_of(place: Mention, others: list[Mention], text: str) -> Mention | None:
    """Find whose verb it is that a phrase stands before.

    "Diplomats in Tarsis said": the diplomats. "The wife of Rao said": not Rao, and
    nobody that can be named. "Neither Kenya nor Chad said": nobody.

    Args:
        place: The phrase next to the verb.
        others: The mentions of its sentence, in order.
        text: The article.

    Returns:
        *place* itself, the phrase that it only describes, or None.
    """
    before = text[max(0, place.span.start - _BEFORE) : place.span.start]
    if _NOBODY.search(before):
        return None
    if _AFTER_PREPOSITION.search(before) is None or _TOWN_OF.search(before):
        return place
    for mention in reversed(others):
        if mention.span.end < place.span.start and mention.form != "pronoun":
            gap = text[mention.span.end : place.span.start]
            if _PREPOSITION_GAP.fullmatch(gap) is None:
                return None
            return head_of(mention, others, text)
    return None


_OF = frozenset([" of ", " of the ", " for ", " for the "])
"""Between an office and its place: "minister for Central Asia"."""


def with_place(mention: Mention, others: list[Mention], text: str) -> Mention:
    """Take the place into "the mayor of Kasra", which names the office."""
    if mention.kind != "officials" or mention.nested or mention.form == "pronoun":
        return mention
    for other in others:
        if other.form == "name" and not other.nested and other.kind is None:
            gap = text[mention.span.end : other.span.start]
            if other.span.start > mention.span.end and gap in _OF:
                return _through(mention, other.span.end)
    return mention


def with_field(mention: Mention, text: str, end: int) -> Mention:
    """Take the field into "the ministry of labour"."""
    if mention.kind not in {"government", "organisation"} or mention.nested:
        return mention
    field = FIELD.match(text, mention.span.end, end)
    return mention if field is None else _through(mention, field.end())


_WITH_REST: frozenset[ActorKind | None] = frozenset(
    ["government", "organisation", "igo", "group", "armed_group"]
)


def with_rest(mention: Mention, others: list[Mention], text: str) -> Mention:
    """Take in the rest of "Army of the South" and "Members of the Security Council"."""
    if mention.form != "name" or mention.nested or mention.kind not in _WITH_REST:
        return mention
    rest = next(
        (
            o
            for o in others
            if o.form == "name"
            and o.span.start >= mention.span.end
            and text[mention.span.end : o.core.start] == " of the "
        ),
        None,
    )
    if rest is None or text[rest.span.end : rest.span.end + 1] in {"’", "'"}:
        return mention
    return _through(mention, rest.span.end)


def _through(mention: Mention, end: int) -> Mention:
    """Widen a phrase, and the name in it, to *end*."""
    span = Span(start=mention.span.start, end=end)
    return replace(mention, span=span, core=Span(start=mention.core.start, end=end))
