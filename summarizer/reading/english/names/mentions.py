"""Find the phrases of a sentence that name parties: names, described people, pronouns.

No parser: phrases are what stands between function words and punctuation, their heads
come from the word lists, and names are runs of capitalised words. Wide rather than
narrow; what a phrase is used for decides whether it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names import name_runs
from summarizer.reading.english.names.described import (
    body_of,
    end_of_capitals,
    find_heads,
    is_body,
    is_modifier,
    leftmost_of,
    phrase_of,
    through_of,
)
from summarizer.reading.english.names.name_words import (
    BODIES,
    INNER,
    is_adjective_span,
    pronoun_words,
    stop_words,
)
from summarizer.reading.english.names.tokens import Token, tokens
from summarizer.reading.english.names.widening import (
    with_brackets,
    with_field,
    with_names,
    with_place,
    with_rest,
)
from summarizer.reading.values import Mention
from summarizer.text.remembered import remembered

_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\- ]{2,30}(?:,\s+[A-Z][\w. ]{1,20})?\s*(?:\([^)]{1,40}\)\s*)?(?:—|–|--)\s*(?=\S)"
)
"""A place in capitals and a dash: "SELMA, N.C.—". It names where, nobody who acts."""

_AFTER_NAMES = {
    "has", "had", "said", "told", "asked", "says", "tells", "believes", "thinks", "feels",
    "hopes", "recalls", "insists", "argues", "wants", "adds", "explains",
}  # fmt: skip
"""Before these a capital at the start of a sentence belongs to a name: "Belmora has"."""


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


@remembered(16_384)
def _find(
    text: str, start: int, end: int, proper: frozenset[str]
) -> tuple[Mention, ...]:
    """Find the mentions in a stretch; several readers ask for the same sentence."""
    opening = _DATELINE.match(text, start, end)
    within = Span(start=opening.end() if opening else start, end=end)
    found = _read_row(tokens(text, within), within.start, proper)
    ordered = sorted(found, key=lambda m: (m.span.start, -m.span.end))
    inside = _with_offices(ordered, text, end)
    return tuple(with_names(with_brackets(inside, text, end), text, end))


def _read_row(
    row: Sequence[Token], opening: int, proper: frozenset[str]
) -> list[Mention]:
    """Find the mentions in a row of tokens, phrase by phrase, each as it stands."""
    found: list[Mention] = []
    chunk: list[Token] = []
    before: Token | None = None
    last: Token | None = None
    for index, token in enumerate([*row, None]):
        if token is not None and _continues(token, chunk, row, index):
            if not chunk:
                before = last
            chunk.append(token)
        else:
            if chunk:
                follows = token.text if token is not None else ""
                second = chunk[1].text if len(chunk) > 1 else follows
                starts = chunk[0].start == opening and second not in _AFTER_NAMES
                found += _read_chunk(chunk, before, proper, starts=starts)
            chunk = []
            if token is not None and token.text.lower() in pronoun_words():
                span = Span(start=token.start, end=token.end)
                found.append(Mention(span, span, "pronoun"))
        last = token
    return found


def _with_offices(ordered: list[Mention], text: str, end: int) -> list[Mention]:
    """Widen phrases over their places and fields; what lies in these is nested."""
    widened = [
        with_rest(with_field(with_place(m, ordered, text), text, end), ordered, text)
        for m in ordered
    ]
    offices = [m for m, old in zip(widened, ordered, strict=True) if m is not old]
    return [
        replace(m, nested=True)
        if any(m is not o and m.span.within(o.span) for o in offices)
        else m
        for m in widened
    ]


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


def _continues(
    token: Token, chunk: list[Token], row: Sequence[Token], index: int
) -> bool:
    """Tell whether *token* belongs to the phrase that is being read."""
    word = token.text
    if not word[0].isalnum():
        return False
    if word.endswith(".") and re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]+\.", word):
        return True
    low = word.lower()
    nxt = row[index + 1] if index + 1 < len(row) else None
    if low in INNER and chunk and chunk[-1].is_capital and not chunk[-1].is_possessive:
        joins = low != "for" or chunk[-1].text in BODIES
        return nxt is not None and nxt.is_capital and joins
    if word == "May" and chunk and chunk[-1].is_capital:
        return True  # "Theresa May"
    return low not in stop_words() or word == "US"


def _read_chunk(
    chunk: list[Token], before: Token | None, proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Find the mentions in one phrase between function words."""
    found: list[Mention] = []
    taken = 0
    heads = find_heads(chunk)
    for number, (first, noun, kind) in enumerate(heads):
        if first < taken:
            continue
        if chunk[noun].is_possessive and any(
            after[0] <= noun + _OWNED for after in heads[number + 1 :]
        ):
            continue  # "the teachers' federation" is the federation
        last = through_of(chunk, noun, kind)
        left = leftmost_of(chunk, first, taken)
        if is_modifier(chunk, left, last, before, kind):
            continue
        after = end_of_capitals(chunk, last + 1)
        named = _body_or_person(chunk, left, last, after, kind)
        if named is not None:
            found.append(named)
            taken = after
            continue
        found.append(phrase_of(chunk, left, last, kind, before if left == 0 else None))
        found += _nested(chunk, left, last, proper, starts=starts)
        taken = last + 1
    spare = [i for i, t in enumerate(chunk) if not _covered(t, found)]
    return found + name_runs.find(chunk, spare, proper, starts=starts)


def _body_or_person(
    chunk: list[Token], left: int, last: int, after: int, kind: ActorKind
) -> Mention | None:
    """Read the capitals behind a head as a body's name or a person's, if either."""
    if is_body(chunk, last, after):
        # "State Department Refugee Processing Center", "Air Forces Central Command"
        start = next(i for i in range(left, after) if chunk[i].is_capital)
        return body_of(chunk, start, after)
    if (
        after > last + 1
        and not chunk[last].is_possessive
        and kind in {"officials", "armed_group", "group"}
    ):
        return _titled(chunk, left, last + 1, after)
    return None


_OWNED = 3
"""Words after an owner in which what he owns is named: "the teachers' new union"."""


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
        for m in name_runs.find(chunk, inside, proper, starts=starts)
        if not is_adjective_span(chunk, m.span)
    ]


def _covered(token: Token, found: list[Mention]) -> bool:
    return any(m.span.start <= token.start < m.span.end for m in found)
