"""Find the phrases of a sentence that name parties: names, described people, pronouns.

No parser: phrases are what stands between function words and punctuation, their heads
come from the word lists, and names are runs of capitalised words. Wide rather than
narrow; what a phrase is used for decides whether it counts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.values import Mention
from summarizer.text import words

_CALLED_FOR = (
    r"(?:Cent(?:er|re)|Institute|Campaign|Foundation|Council|Association|Committee|Commission|Alliance|Coalition|Society|Academy|"
    r"Fund|Network|Federation|Project)\s(?:for|of|on|against)\s"
    r"(?:(?:the|an?)\s[A-Z][\w’'-]*[a-z](?:\s(?:of\s)?[A-Z][\w-]*[a-z])*"
    r"|(?:[A-Z][\w-]*[a-z]\s){1,3}and\s(?:[A-Z][\w-]*[a-z]\s){0,2}"
    r"(?:Studies|Research|Affairs|Security|Rights|Development|Justice|Policy|Relations|Technology|Culture|Trade|Industry|Science))(?![’'])"
)
"""A body's name that goes on over small words: "Center for a New American Security"."""

_TOKEN = re.compile(
    rf"(?:{words.names_with_small_words()})(?![\w-])|{_CALLED_FOR}(?![\w-])|"
    r"(?:Lt|Gen|Brig|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Rev|Hon|St)\.(?=\s+[A-Z])|"
    r"(?<=[a-z.]\s)[A-Z]\.(?=\s+[A-Z][a-z])|"
    r"(?:[A-Z]\.){2,}|\d[\d,.]*|[^\W_]+(?:[-’'][^\W_]+)*[’'](?=\s)|"
    r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\- ]{2,30}(?:,\s+[A-Z][\w. ]{1,20})?\s*(?:\([^)]{1,40}\)\s*)?(?:—|–|--)\s*(?=\S)"
)
"""A place in capitals and a dash: "SELMA, N.C.—". It names where, nobody who acts."""

_POSSESSIVES = {"’s", "'s"}
_WHOLE = {"People's", "People’s"}
"""Parts of names ("People's Republic of …") that look possessive."""

_DETERMINERS = {
    "the",
    "a",
    "an",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "this",
    "these",
    "those",
}
_KEPT_DETERMINERS = {"the", "his", "her", "its", "their", "both", "each"}
_INNER = {"of", "de", "da", "del", "bin", "al", "von", "van", "der", "la", "el", "for"}
_AFTER_NAMES = {
    "has", "had", "said", "told", "asked", "says", "tells", "believes", "thinks", "feels",
    "hopes", "recalls", "insists", "argues", "wants", "adds", "explains",
}  # fmt: skip
"""Before these a capital at the start of a sentence belongs to a name: "Belmora has"."""

_LONGEST_PHRASE = 7
_VERBAL_ADJECTIVES = {"ruling", "united", "armed", "allied", "leading", "opposing"}
_NO_MODIFIERS = {"least", "than", "figure"}
_RANKS = {
    "former",
    "senior",
    "top",
    "acting",
    "deputy",
    "main",
    "new",
    "interim",
    "heroic",
}
_RANK_ABBREVIATIONS = frozenset(
    ["Col", "Gen", "Lt", "Sgt", "Capt", "Maj", "Dr", "Mr", "Mrs", "Ms", "Prof", "Sen", "Rep", "Gov"]
)  # fmt: skip
_CONTRACTED = re.compile(
    r"(?i)(?:i|we|you|they|he|she|it|that|there|what|who)[’'](?:ve|re|ll|d|m|s)"
)
_CALENDAR = re.compile(
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Satur|Sat|Sun)(?:day)?|January|February|March|"
    r"April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_HEAD_KINDS: tuple[ActorKind, ...] = (
    "armed_group",
    "government",
    "officials",
    "organisation",
    "group",
    "media",
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark, with its place in the article."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """The word without a possessive ending."""
        if self.text[-2:] in _POSSESSIVES and self.text not in _WHOLE:
            return self.text[:-2]
        return self.text[:-1] if self.is_possessive else self.text

    @property
    def is_possessive(self) -> bool:
        """True for "Syria’s" and "rebels’"."""
        if self.text in _WHOLE:
            return False
        return self.text[-2:] in _POSSESSIVES or self.text[-2:] in {"s’", "s'"}

    @property
    def is_capital(self) -> bool:
        """True for "Rao", "al-Sharaa", "U.S."; digits and marks are not."""
        word = self.text
        if word[0].isupper():
            return True
        return any(
            char.isupper() and word[i - 1] in "-’'"
            for i, char in enumerate(word)
            if i > 0
        )


def tokens(text: str, within: Span) -> list[Token]:
    """Split a stretch of *text* into words and marks."""
    return [
        Token(m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text, within.start, within.end)
    ]


def find(
    text: str, within: Span, proper: frozenset[str] = frozenset()
) -> list[Mention]:
    """Find the mentions of parties in a sentence.

    Args:
        text: The article, untouched.
        within: The sentence, or a part of one.
        proper: Words that the article writes with a capital inside sentences; a
            capital at the start of a sentence says nothing by itself.

    Returns:
        Mentions in order of their start; nested ones follow the one they stand in.
    """
    return list(_find(text, within.start, within.end, proper))


@lru_cache(maxsize=16_384)
def _find(
    text: str, start: int, end: int, proper: frozenset[str]
) -> tuple[Mention, ...]:
    """Find the mentions in a stretch; several readers ask for the same sentence."""
    opening = _DATELINE.match(text, start, end)
    within = Span(start=opening.end() if opening else start, end=end)
    found: list[Mention] = []
    chunk: list[Token] = []
    before: Token | None = None
    last: Token | None = None
    all_tokens = tokens(text, within)
    for index, token in enumerate([*all_tokens, None]):
        if token is not None and _continues(token, chunk, all_tokens, index):
            if not chunk:
                before = last
            chunk.append(token)
        else:
            if chunk:
                follows = token.text if token is not None else ""
                second = chunk[1].text if len(chunk) > 1 else follows
                starts = chunk[0].start == within.start and second not in _AFTER_NAMES
                found += _read_chunk(chunk, before, proper, starts=starts)
            chunk = []
            if token is not None and token.text.lower() in _pronouns():
                span = Span(start=token.start, end=token.end)
                found.append(Mention(span, span, "pronoun"))
        last = token
    ordered = sorted(found, key=lambda m: (m.span.start, -m.span.end))
    widened = [
        _with_rest(_with_field(_with_place(m, ordered, text), text, end), ordered, text)
        for m in ordered
    ]
    offices = [m for m, old in zip(widened, ordered, strict=True) if m is not old]
    inside = [
        replace(m, nested=True)
        if any(m is not o and m.span.within(o.span) for o in offices)
        else m
        for m in widened
    ]
    return tuple(_with_names(_with_brackets(inside, text, end), text, end))


def _with_brackets(found: list[Mention], text: str, end: int) -> list[Mention]:
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


_BRACKETS = re.compile(r"\s\((?:the\s)?(?:[A-Z][\w.&-]{1,9}|\d{1,3})\)")


def _with_names(found: list[Mention], text: str, end: int) -> list[Mention]:
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
        other = found[name]
        tail = _OF_BODY.match(text, other.span.end, end)
        closing = tail.end() if tail else other.span.end
        # The comma that closes the apposition belongs to it: "X, the chair, said".
        closing += _CLOSING_COMMA.match(text, closing, end) is not None
        span = Span(start=mention.span.start, end=closing)
        kind = "person" if mention.kind == "officials" else (other.kind or mention.kind)
        kind = None if kind == "group" else kind
        joined[place] = Mention(span, other.core, "name", kind, mention.span)
        dropped.add(name)
    return [
        replace(joined.get(n, m), nested=True)
        if n not in joined and _lies_in(m, joined.values())
        else joined.get(n, m)
        for n, m in enumerate(found)
        if n not in dropped
    ]


def _lies_in(mention: Mention, joined: Iterable[Mention]) -> bool:
    return any(mention.span.within(j.span) for j in joined)


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


_DESCRIBING: frozenset[ActorKind | None] = frozenset(
    ["officials", "organisation", "government", "group", "armed_group"]
)
_ONE = re.compile(r"(?i)(?:the|its|his|her|their|our|[\w’'. -]+[’']s?)\s")
"""One body or person that is meant: "the", "its", "the bank's"."""
_MANY = re.compile(
    r"(?i)\b(?:officials|ministers|leaders|owners|\w+men|\w+ists|\w{3,}ers|\w+ors)$"
)
_OF_BODY = re.compile(r"\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?=[,.;])")
_CLOSING_COMMA = re.compile(r",(?=\s+[a-z])")
_CLOSED = re.compile(r"\s*(?:[,.;)”\"]|$)")
_LISTED = re.compile(
    r",?\s+(?:and|or|as well as)\s|,\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s?)+(?:,|\s+and\b)"
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


_TOWN_OF = re.compile(
    r"(?i)\b(?:town|city|village|state|island|republic|kingdom|county|district|province|canton|municipality) of\s+$"
)
_BEFORE = 48
_COUNTED = r"(?:(?:the|an?|his|her|its|their|two|three|four|five|several|many|\d[\d,]*|killed|former|late|neighbouring|neighboring)\s+){0,3}"
_AFTER_PREPOSITION = re.compile(
    rf"(?i)\b(?:of|for|to|by|from|with|in|at|on|near|unlike|like|against|about|besides|than|not)\s+{_COUNTED}$"
)
_PREPOSITION_GAP = re.compile(
    rf"(?i)\s+(?:of|for|to|from|in|at|with|on)\s+{_COUNTED}(?:\w+\s+)?"
)
_NOBODY = re.compile(
    r"(?i)\b(?:neither|nor|no|nobody|none|hardly any|what|whatever|as if)\s+(?:the\s+|an?\s+)?$"
)


def _with_place(mention: Mention, others: list[Mention], text: str) -> Mention:
    """Take the place into "the mayor of Kasra", which names the office."""
    if mention.kind != "officials" or mention.nested or mention.form == "pronoun":
        return mention
    for other in others:
        if other.form == "name" and not other.nested and other.kind is None:
            gap = text[mention.span.end : other.span.start]
            if other.span.start > mention.span.end and gap in _OF:
                return replace(
                    mention,
                    span=Span(start=mention.span.start, end=other.span.end),
                    core=Span(start=mention.core.start, end=other.span.end),
                )
    return mention


def _with_field(mention: Mention, text: str, end: int) -> Mention:
    """Take the field into "the ministry of labour"."""
    if mention.kind not in {"government", "organisation"} or mention.nested:
        return mention
    field = _FIELD.match(text, mention.span.end, end)
    if field is None:
        return mention
    return replace(
        mention,
        span=Span(start=mention.span.start, end=field.end()),
        core=Span(start=mention.core.start, end=field.end()),
    )


def _with_rest(mention: Mention, others: list[Mention], text: str) -> Mention:
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
    return replace(
        mention,
        span=Span(start=mention.span.start, end=rest.span.end),
        core=Span(start=mention.core.start, end=rest.span.end),
    )


_WITH_REST: frozenset[ActorKind | None] = frozenset(
    ["government", "organisation", "igo", "group", "armed_group"]
)


_FIELD = re.compile(
    r" of (?:the )?(?:labou?r|health|defen[cs]e|interior|justice|education|transport|finance|agriculture|energy|"
    r"trade|culture|state|commerce|tourism|information|environment|planning|public works|foreign affairs|"
    r"internal affairs|home affairs|social affairs|women|youth|sport|fisheries|forestry|mines|water|"
    r"appeals?|directors|elders|governors|ministers|trustees|human rights)\b"
)
_OF = frozenset([" of ", " of the ", " for ", " for the "])
"""Between an office and its place: "minister for Central Asia"."""


def proper_words(sentences: list[tuple[str, Span]]) -> frozenset[str]:
    """Collect the words that a text capitalises inside its sentences."""
    seen: set[str] = set()
    for text, span in sentences:
        quiet = True
        for token in tokens(text, span):
            if token.is_capital and not quiet:
                seen.add(token.bare)
            quiet = not token.text[0].isalnum() and token.text not in {
                ",",
                "-",
                "(",
                "’",
            }
            quiet = quiet or (token.start == span.start and not token.text[0].isalnum())
    return frozenset(seen)


def is_country(name: str) -> bool:
    """Tell whether *name* is a country's name."""
    return name in _country_names()


def _continues(token: Token, chunk: list[Token], row: list[Token], index: int) -> bool:
    """Tell whether *token* belongs to the phrase that is being read."""
    word = token.text
    if not word[0].isalnum():
        return False
    if re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]+\.", word):
        return True
    low = word.lower()
    nxt = row[index + 1] if index + 1 < len(row) else None
    if low in _INNER and chunk and chunk[-1].is_capital and not chunk[-1].is_possessive:
        joins = low != "for" or chunk[-1].text in _BODIES
        return nxt is not None and nxt.is_capital and joins
    if word == "May" and chunk and chunk[-1].is_capital:
        return True  # "Theresa May"
    return low not in stop_words() or word == "US"


_BODIES = frozenset(
    ["Forces", "Front", "Party", "Movement", "Union", "Council", "Centre", "Center", "Committee", "Fund", "Office", "Institute",
     "Organization", "Organisation", "Agency", "Association", "Campaign", "Coalition", "Alliance", "Society", "Foundation",
     "Department", "Bureau", "Board", "Commission", "Network", "Group", "Initiative", "Commissioner", "Congress", "Rally"]
)  # fmt: skip
"""After these "for" goes on with the name: "High Commissioner for Refugees"."""


def _read_chunk(
    chunk: list[Token], before: Token | None, proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Find the mentions in one phrase between function words."""
    found: list[Mention] = []
    taken = 0
    heads = _heads(chunk)
    for number, (first, noun, kind) in enumerate(heads):
        if first < taken:
            continue
        if chunk[noun].is_possessive and any(
            after[0] <= noun + _OWNED for after in heads[number + 1 :]
        ):
            continue  # "the teachers' federation" is the federation
        last = _through_of(chunk, noun, kind)
        left = _leftmost(chunk, first, taken)
        if _is_modifier(chunk, left, last, before, kind):
            continue
        after = _capital_run(chunk, last + 1)
        if _is_body(chunk, last, after):
            # "State Department Refugee Processing Center", "Air Forces Central Command"
            start = next(i for i in range(left, after) if chunk[i].is_capital)
            found.append(_body(chunk, start, after))
            taken = after
            continue
        if (
            after > last + 1
            and not chunk[last].is_possessive
            and kind in {"officials", "armed_group", "group"}
        ):
            found.append(_titled(chunk, left, last + 1, after))
            taken = after
            continue
        found.append(_described(chunk, left, last, kind, before if left == 0 else None))
        found += _nested(chunk, left, last, proper, starts=starts)
        taken = last + 1
    spare = [i for i, t in enumerate(chunk) if not _covered(t, found)]
    return found + _named_runs(chunk, spare, proper, starts=starts)


def _is_body(chunk: list[Token], last: int, after: int) -> bool:
    """Tell a body's long name, in whose midst a word for people or a body stands."""
    inside = chunk[last:after]
    return (
        after > last + 1
        and all(t.is_capital and not t.is_possessive for t in inside)
        and not chunk[last].text.endswith(".")
        and (chunk[after - 1].bare in _BODIES or chunk[after - 1].bare in _MORE_BODIES)
    )


def _body(chunk: list[Token], start: int, after: int) -> Mention:
    end = chunk[after - 1].start + len(chunk[after - 1].bare)
    span = Span(start=chunk[start].start, end=end)
    return Mention(span, span, "name", "organisation")


_MORE_BODIES = frozenset(
    ["Command", "School", "College", "University", "Hospital", "Court", "Service", "Corps", "Company", "Authority", "Administration",
     "Division", "Directorate", "League", "Federation", "Trust", "Bank", "Ministry", "Chamber", "Tribunal", "Academy"]
)  # fmt: skip
"""Words that end the name of a body, beside those that go on with "for"."""

_OWNED = 3
"""Words after an owner in which what he owns is named: "the teachers' new union"."""


def _through_of(chunk: list[Token], last: int, kind: ActorKind) -> int:
    """Read on over "of": "Ministry of Transport" is one name."""
    if last + 2 >= len(chunk) or chunk[last + 1].text not in {"of", "for"}:
        return last
    if chunk[last + 1].text == "for" and chunk[last].text not in _BODIES:
        return last
    if not chunk[last].is_capital:
        return last
    if kind == "officials":  # "Deputy Secretary of State Antony Blinken"
        is_field = _FIELD.fullmatch(f" of {chunk[last + 2].text.lower()}")
        return last + 2 if is_field and chunk[last + 2].is_capital else last
    if kind not in {"government", "organisation", "igo"}:
        return last
    return max(last, _capital_run(chunk, last + 2) - 1)


def _heads(chunk: list[Token]) -> list[tuple[int, int, ActorKind]]:
    """List where heads of described parties stand: first and last word, and kind."""
    heads: list[tuple[int, int, ActorKind]] = []
    for i, token in enumerate(chunk):
        pair = f"{token.text} {chunk[i + 1].bare}" if i + 1 < len(chunk) else ""
        for size, phrase in ((2, pair), (1, token.bare)):
            kind = _head_kind(phrase) if phrase else None
            if kind is not None:
                heads.append((i, i + size - 1, kind))
                break
    # Of adjoining heads the last one is the head: "rebel group", "police officials".
    merged: list[tuple[int, int, ActorKind]] = []
    for first, last, kind in heads:
        if merged and merged[-1][1] >= first - 1 and not chunk[first - 1].is_possessive:
            start, _, old = merged[-1]
            kept: ActorKind = (
                old
                if old == "armed_group" and kind in {"organisation", "group"}
                else kind
            )
            merged[-1] = (start, max(last, merged[-1][1]), kept)
        else:
            merged.append((first, last, kind))
    return merged


def _is_modifier(
    chunk: list[Token], left: int, last: int, before: Token | None, kind: ActorKind
) -> bool:
    """Tell "military interests" from "the military": a bare word before a noun."""
    if last + 1 >= len(chunk) or chunk[last].text.endswith("s"):
        return False
    after = chunk[last + 1]
    if kind == "armed_group" and re.fullmatch(r"[a-z]+s", after.text):
        return True  # "the terrorist attacks", said of nobody
    if left < last:
        return False
    if after.is_capital or after.text.endswith("ed") or after.text in _verb_forms():
        return False
    determined = before is not None and before.text.lower() in _DETERMINERS
    return not (determined and left == 0) and not chunk[last].is_capital


def _leftmost(chunk: list[Token], head: int, limit: int) -> int:
    """Walk left from a head over its adjectives and names."""
    left = head
    while left > limit and left > head - _LONGEST_PHRASE:
        word = chunk[left - 1]
        if word.text[0].isdigit() or word.text in _NO_MODIFIERS:
            break
        if not word.is_capital:
            if word.text.lower() in _verb_forms() or _looks_verbal(word.text):
                break
            # "withdraw Turkish troops": a small word before a name is a verb more
            # often than an adjective.
            if chunk[left].is_capital and word.text not in _RANKS:
                break
        left -= 1
    return left


def _looks_verbal(word: str) -> bool:
    return (
        re.fullmatch(r"\w+ly|\w{3,}(?:ing|ed)", word) is not None
        and word not in _VERBAL_ADJECTIVES
    )


def _described(
    chunk: list[Token], left: int, last: int, kind: ActorKind, before: Token | None
) -> Mention:
    start = chunk[left].start
    end = chunk[last].start + len(chunk[last].bare)
    core = Span(start=start, end=end)
    if before is not None and before.text.lower() in _KEPT_DETERMINERS:
        start = before.start
    phrase = " ".join(t.text for t in chunk[left : last + 1])
    form: Literal["name", "described"] = "described"
    if all(t.is_capital for t in chunk[left : last + 1]) and not _is_adjective(
        chunk[left].bare
    ):
        form = "name"
    if re.search(
        r"\b(?:rebels?|militias?|insurgents?|guerrillas?)\b", phrase, re.IGNORECASE
    ):
        kind = "armed_group" if kind != "officials" else kind
    return Mention(Span(start=start, end=end), core, form, kind)


def _titled(chunk: list[Token], left: int, name: int, after: int) -> Mention:
    """Read "Rebel commander Amin Rafe": a role, then the name."""
    start, end = chunk[left].start, chunk[after - 1].start + len(chunk[after - 1].bare)
    core = Span(start=chunk[name].start, end=end)
    role = Span(start=start, end=chunk[name - 1].end)
    return Mention(Span(start=start, end=end), core, "name", "person", role)


def _nested(
    chunk: list[Token], left: int, last: int, proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Find names inside a described party: "Syria" in "Syria’s interim government"."""
    inside = [i for i in range(left, last + 1) if chunk[i].is_capital]
    if len(inside) == last + 1 - left and not chunk[left].is_possessive:
        return []
    return [
        Mention(m.span, m.core, m.form, m.kind, m.role, nested=True)
        for m in _named_runs(chunk, inside, proper, starts=starts)
        if not _is_adjective_span(chunk, m.span)
    ]


def _named_runs(
    chunk: list[Token], free: list[int], proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Find runs of capitalised words among the *free* words of a phrase."""
    found: list[Mention] = []
    i = 0
    while i < len(free):
        first = free[i]
        if not chunk[first].is_capital:
            i += 1
            continue
        end = first + 1
        while end < len(chunk) and end in free and _joins_run(chunk, end):
            end += 1
        while not chunk[end - 1].is_capital:
            end -= 1
        found += _split_run(chunk[first:end], proper, starts=starts and first == 0)
        i = next((k for k in range(i, len(free)) if free[k] >= end), len(free))
    return found


def _joins_run(chunk: list[Token], index: int) -> bool:
    if chunk[index - 1].is_possessive:
        return False
    return chunk[index].is_capital or chunk[index].text in _INNER


def _capital_run(chunk: list[Token], index: int) -> int:
    """Find the end of the run of capitalised words that starts at *index*."""
    end = index
    while end < len(chunk) and (
        chunk[end].is_capital or (end > index and chunk[end].text in _INNER)
    ):
        end += 1
        if chunk[end - 1].is_possessive:
            break
    return end


def _split_run(
    run: list[Token], proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Take titles, adjectives and a leading country's name off a run of capitals."""
    if starts and len(run) == 1 and not _is_known(run[0].bare, proper):
        return []
    run = _names_alone(run, proper, starts=starts)
    if not run or (
        len(run) == 1
        and (
            _is_adjectival(run[0].bare)
            or run[0].bare.rstrip(".") in _RANK_ABBREVIATIONS
        )
    ):
        return []
    whole = " ".join(t.bare for t in run)
    if words.pattern("parties", "no_parties").fullmatch(whole):
        return []
    for size in range(min(4, len(run) - 1), 0, -1):
        head = " ".join(t.bare for t in run[:size])
        if (
            (is_country(head) or head in _regions())
            and len(run) - size >= 2
            and not is_title(run[size].bare)
            and not is_country(whole)
            and whole not in _regions()
        ):
            return [_name(run[:size], 0), *_split_run(run[size:], proper, starts=False)]
    skip = 0
    while skip < len(run) - 1 and (
        is_title(run[skip].bare)
        or _is_adjective(run[skip].bare)
        or (skip and run[skip].text in _INNER)
    ):
        skip += 1
    titled = any(is_title(t.bare) for t in run[:skip])
    if skip and not titled:
        skip = 0  # "Syrian Observatory" is a name whole
    if not skip:
        skip = _post_before(run)
    if is_country(whole):
        skip = 0
    return [_name(run, skip)]


def _post_before(run: list[Token]) -> int:
    """Count the words of a post before a person's name: "House Speaker Paul D. Ryan".

    Returns:
        Their number; 0 where less than a first and a last name follow, or a body's name.
    """
    last = run[-1].bare
    if last in _BODIES or last in _MORE_BODIES:
        return 0
    posts = [
        k + 1
        for k in range(1, len(run) - 2)
        if is_title(run[k].bare) and run[k].bare not in _RATHER_NAMES
    ]
    return posts[-1] if posts and not is_country(run[-1].bare) else 0


_RATHER_NAMES = frozenset(
    ["Major", "General", "Chief", "Officer", "Justice", "King", "Queen", "Prince", "Princess", "Pope", "Father", "Judge", "Bishop"]
)  # fmt: skip
"""Titles that are parts of names as well: "New York Chief Tom Orr" is not split there."""


def _name(run: list[Token], skip: int) -> Mention:
    end = run[-1].start + len(run[-1].bare)
    span = Span(start=run[0].start, end=end)
    core = Span(start=run[skip].start, end=end)
    role = Span(start=run[0].start, end=run[skip - 1].end) if skip else None
    return Mention(span, core, "name", "person" if skip else None, role)


def _covered(token: Token, found: list[Mention]) -> bool:
    return any(m.span.start <= token.start < m.span.end for m in found)


def _names_alone(
    run: list[Token], proper: frozenset[str], *, starts: bool
) -> list[Token]:
    """Take the words off a run of capitals that are only written so here."""
    while run and run[0].text in _INNER:
        run = run[1:]  # "rid Iraq of Daesh" names two
    if (
        starts
        and len(run) > 1
        and (run[0].text.lower() in _openers() or _GERUND.fullmatch(run[0].text))
        and run[0].bare not in proper
    ):
        run = run[1:]
        while run and run[0].text in _INNER:
            run = run[1:]  # "Thousands of Tunisians"
    kept = [
        t
        for t in run
        if (t.bare == "May" or not _CALENDAR.fullmatch(t.bare))
        and not _CONTRACTED.fullmatch(t.text)
    ]
    # "Theresa May" is a person, "Iran May" none.
    if len(kept) == 2 and kept[1].bare == "May" and not _is_place(kept[0].bare):
        return kept
    return [t for t in kept if t.bare != "May"]


def _is_place(word: str) -> bool:
    return is_country(word) or word in _all_capitals() or _is_adjective(word)


_GERUND = re.compile(r"[A-Z][a-z]{2,}ing")


@cache
def _regions() -> frozenset[str]:
    return frozenset(words.lists("parties")["regions"])


def _is_known(word: str, proper: frozenset[str]) -> bool:
    return (
        word in proper
        or word in _country_names()
        or word in _all_capitals()
        or (len(word) > 1 and word.isupper())
    )


def is_title(word: str) -> bool:
    """Tell a title before a name: "Mr", "General"."""
    return word.rstrip(".") in _titles()


def _is_adjective(word: str) -> bool:
    return word in _adjectives()


def _is_adjectival(word: str) -> bool:
    """Tell "Israeli" and "American-brokered", which name no party by themselves."""
    return _is_adjective(word) or re.fullmatch(r"[A-Z]\w+-[a-z]\w+", word) is not None


def _is_adjective_span(chunk: list[Token], span: Span) -> bool:
    inside = [t for t in chunk if span.start <= t.start < span.end]
    return len(inside) == 1 and _is_adjective(inside[0].bare)


@cache
def _head_kind(phrase: str) -> ActorKind | None:
    for kind in _HEAD_KINDS:
        if words.pattern("parties", kind).fullmatch(phrase):
            return kind
    return None


@cache
def stop_words() -> frozenset[str]:
    """List the function words at which a phrase ends."""
    return frozenset(words.lists("function_words")["stop"])


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(words.lists("function_words")["pronouns"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(
        t
        for title in words.lists("parties")["titles"]
        for t in title.split()
        if t[0].isupper()
    )


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(a for c in words.countries() for a in c.adjectives) | {
        "European",
        "African",
        "Arab",
        "Western",
        "Former",
        "Kurdish",
        *words.lists("parties")["adjectives"],
    }


@cache
def _country_names() -> frozenset[str]:
    return frozenset(n for c in words.countries() for n in c.names)


@cache
def _all_capitals() -> frozenset[str]:
    return frozenset(n for c in words.countries() for n in c.capitals)


@cache
def _openers() -> frozenset[str]:
    """Words that open a sentence with a capital that is none."""
    return frozenset(
        [
            "however",
            "now",
            "still",
            "yet",
            "today",
            "later",
            "then",
            "here",
            "again",
            "soon",
            "recently",
            "meanwhile",
            "instead",
            "moreover",
            "speaking",
            "asked",
            "having",
            "following",
            "according",
            "earlier",
            "later",
            "last",
            "still",
            "once",
            "today",
            "yesterday",
            "thousands",
            "hundreds",
            "dozens",
            "former",
            "when",
            "while",
            "after",
            "before",
            "since",
            "fire",
            "police",
            "officials",
        ]
    )


@cache
def _verb_forms() -> frozenset[str]:
    verbs = [
        v
        for section in ("speech", "requests")
        for entry in words.lists(section).values()
        for v in entry
    ]
    return frozenset(
        form for verb in verbs for form in words.forms(verb) if " " not in form
    ) - {"report", "order", "call", "state", "press"}
