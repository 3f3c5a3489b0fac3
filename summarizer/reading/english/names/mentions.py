"""Find the phrases of a sentence that name parties: names, described people, pronouns.

No parser: phrases are what stands between function words and punctuation, their heads
come from the word lists, and names are runs of capitalised words. Wide rather than
narrow; what a phrase is used for decides whether it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from schemas.evidence import Span
from schemas.terms import ActorKind
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
    MORE_BODIES,
    is_adjectival,
    is_adjective,
    is_adjective_span,
    is_country,
    is_known,
    is_place,
    is_title,
    opening_words,
    pronoun_words,
    region_names,
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
from summarizer.text import words

_DATELINE = re.compile(
    r"[A-Z][A-Z.’'\- ]{2,30}(?:,\s+[A-Z][\w. ]{1,20})?\s*(?:\([^)]{1,40}\)\s*)?(?:—|–|--)\s*(?=\S)"
)
"""A place in capitals and a dash: "SELMA, N.C.—". It names where, nobody who acts."""


_AFTER_NAMES = {
    "has", "had", "said", "told", "asked", "says", "tells", "believes", "thinks", "feels",
    "hopes", "recalls", "insists", "argues", "wants", "adds", "explains",
}  # fmt: skip
"""Before these a capital at the start of a sentence belongs to a name: "Belmora has"."""


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
    return found + _named_runs(chunk, spare, proper, starts=starts)


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
        for m in _named_runs(chunk, inside, proper, starts=starts)
        if not is_adjective_span(chunk, m.span)
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
    return chunk[index].is_capital or chunk[index].text in INNER


def _split_run(
    run: list[Token], proper: frozenset[str], *, starts: bool
) -> list[Mention]:
    """Take titles, adjectives and a leading country's name off a run of capitals."""
    if starts and len(run) == 1 and not is_known(run[0].bare, proper):
        return []
    run = _names_alone(run, proper, starts=starts)
    if not run or (len(run) == 1 and _is_no_name(run[0].bare)):
        return []
    whole = " ".join(t.bare for t in run)
    if words.pattern("parties", "no_parties").fullmatch(whole):
        return []
    size = _leading_place(run, whole)
    if size:
        return [_name(run[:size], 0), *_split_run(run[size:], proper, starts=False)]
    return [_name(run, 0 if is_country(whole) else _words_before_name(run))]


def _is_no_name(word: str) -> bool:
    """Tell a word that names nobody by itself: "Syrian", "Col."."""
    return is_adjectival(word) or word.rstrip(".") in _RANK_ABBREVIATIONS


def _leading_place(run: list[Token], whole: str) -> int:
    """Count the words of a country or region before another name; 0 for none."""
    for size in range(min(4, len(run) - 1), 0, -1):
        head = " ".join(t.bare for t in run[:size])
        if (
            (is_country(head) or head in region_names())
            and len(run) - size >= 2
            and not is_title(run[size].bare)
            and not is_country(whole)
            and whole not in region_names()
        ):
            return size
    return 0


def _words_before_name(run: list[Token]) -> int:
    """Count the words of a run that say who somebody is, before the name itself."""
    skip = 0
    while skip < len(run) - 1 and (
        is_title(run[skip].bare)
        or is_adjective(run[skip].bare)
        or (skip and run[skip].text in INNER)
    ):
        skip += 1
    if any(is_title(t.bare) for t in run[:skip]):
        return skip
    return _post_before(run)  # "Syrian Observatory" is a name whole


def _post_before(run: list[Token]) -> int:
    """Count the words of a post before a person's name: "House Speaker Paul D. Ryan".

    Returns:
        Their number; 0 where less than a first and a last name follow, or a body's name.
    """
    last = run[-1].bare
    if last in BODIES or last in MORE_BODIES:
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
    while run and run[0].text in INNER:
        run = run[1:]  # "rid Iraq of Daesh" names two
    if (
        starts
        and len(run) > 1
        and (run[0].text.lower() in opening_words() or _GERUND.fullmatch(run[0].text))
        and run[0].bare not in proper
    ):
        run = run[1:]
        while run and run[0].text in INNER:
            run = run[1:]  # "Thousands of Tunisians"
    kept = [
        t
        for t in run
        if (t.bare == "May" or not _CALENDAR.fullmatch(t.bare))
        and not _CONTRACTED.fullmatch(t.text)
    ]
    # "Theresa May" is a person, "Iran May" none.
    if len(kept) == 2 and kept[1].bare == "May" and not is_place(kept[0].bare):
        return kept
    return [t for t in kept if t.bare != "May"]


_GERUND = re.compile(r"[A-Z][a-z]{2,}ing")
