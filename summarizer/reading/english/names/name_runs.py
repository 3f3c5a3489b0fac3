"""Take names out of runs of capitalised words: titles, adjectives and countries off."""

import re

from schemas.evidence import Span
from summarizer.reading.english.names.name_words import (
    BODIES,
    INNER,
    MORE_BODIES,
    is_adjectival,
    is_adjective,
    is_country,
    is_known,
    is_place,
    is_title,
    opening_words,
    region_names,
)
from summarizer.reading.english.names.tokens import Token
from summarizer.reading.values import Mention
from summarizer.text import words

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
