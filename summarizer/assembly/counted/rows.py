"""Rows of tolls compared: the same people, parts of others, or others."""

import re
from dataclasses import dataclass
from functools import cache

from schemas.evidence import Span
from summarizer.reading.values import Harm, Mention, Revision
from summarizer.text import words
from summarizer.text.counts import Count

MOST_RECENT = 60
"""Rows that a new one is compared with: news does not take up what stood further back."""


MORE = re.compile(
    r"(?i)\b(?:another|additional|further|more|other|separate(?:ly)?|second|third|fourth|fifth|sixth)\b"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure that was replaced, and where it was told."""

    count_span: Span
    count: Count
    places: tuple[tuple[str, int], ...]
    source: Mention | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row in the making.

    Attributes:
        places: Source id, sentence and what it says, for each time that it is told.
        source: Who counted; None when the article narrates.
        part_of: Number of the row that it is a part of.
        revision: How its sentence replaces an earlier figure; None when it does not.
        superseded: The figures that it replaces, the oldest first.
        place: Where, as its sentence says; None when it does not.
        day: When, as a TIMEX3 value; None when its sentence does not say.
        sentence: The words of its sentence.
    """

    harm: Harm
    places: tuple[tuple[str, int], ...]
    text: str
    source_id: str
    source: Mention | None
    part_of: int | None = None
    revision: Revision | None = None
    superseded: tuple[Earlier, ...] = ()
    place: str | None = None
    day: str | None = None
    sentence: str = ""

    @property
    def who(self) -> str:
        """The words for the people, or nothing."""
        return self.harm.who_span.of(self.text) if self.harm.who_span else ""


def apart_in_history(old: Row, new: Row) -> bool:
    """Tell a toll of long ago, or of another place, from the one that changes."""
    if old.place and new.place and old.place != new.place:
        return True
    if old.day is not None and re.fullmatch(r"\d{4}", old.day):
        return True
    if re.search(r"(?i)\bsince \d{4}, when\b|\bin \d{4},? when\b", old.sentence):
        return True
    one, two = (
        set(map(str.lower, _event_words().findall(r.sentence))) for r in (old, new)
    )
    if one and two and not one & two:
        return True  # a crash, and the toll of a war
    low = old.harm.count.low if old.harm.count else None
    now = new.harm.count.low if new.harm.count else None
    rises = re.search(
        r"(?i)\b(?:ris|rose|rais|climb|grew|grown|increas|jump)\w*", new.sentence
    )
    return bool(rises) and low is not None and now is not None and now < low


@cache
def _event_words() -> re.Pattern[str]:
    return words.pattern("harm_refused", "events")


def comparable(old: Row, new: Row) -> bool:
    """Tell whether two rows count the same kind of harm, by one counter."""
    if old.harm.kind != new.harm.kind or old.source_id != new.source_id:
        return False
    if old.harm.scope != new.harm.scope or same_source_conflict(old, new):
        return False
    return new.harm.subset == old.harm.subset or (
        new.harm.subset and is_definite(new) and is_single(new)
    )


def whole_of(rows: tuple[Row, ...], new: Row) -> int | None:
    """Find the row of which *new* counts a part."""
    last = max(-1, len(rows) - 1 - MOST_RECENT)
    for number in range(len(rows) - 1, last, -1):
        old = rows[number]
        if old.harm.kind != new.harm.kind or old.part_of is not None:
            continue
        beside = new.harm.subset and old.places[0] == new.places[0]
        if old.source_id != new.source_id:
            continue
        if old.harm.scope != new.harm.scope and not beside:
            continue
        fits = old.harm.count is None or new.harm.count is None or _fits(old, new)
        if new.harm.subset and fits:
            return number
        same_place = old.places[0] == new.places[0]
        if not same_place and is_definite(new) and fits and not MORE.search(new.who):
            return number
    return None


def _fits(old: Row, new: Row) -> bool:
    high = old.harm.count.high if old.harm.count else None
    low = new.harm.count.low if new.harm.count else None
    return high is None or low is None or low <= high


def apart(old: Row, new: Row) -> bool:
    """Tell whether place or day sets two counts apart."""
    if old.place and new.place and old.place != new.place:
        return True
    if old.day == new.day:
        return False
    year = re.compile(r"\d{4}")
    return (old.day is not None and new.day is not None) or any(
        day is not None and year.fullmatch(day) for day in (old.day, new.day)
    )


_ANYBODY = frozenset(words.lists("english")["anybody"])
"""Who may be anybody: the heads of phrases as `_head` gives them, without the plural."""


def may_be_same_people(old: Row, new: Row) -> bool:
    """Tell "four militants" from "four soldiers"; "people" may be either."""
    one, two = (_head(row.who) for row in (old, new))
    if not one or not two or one in _ANYBODY or two in _ANYBODY:
        return True
    return one == two or heads_meet(old, new)


def _head(who: str) -> str:
    found = re.findall(r"[\w’'-]+", re.split(r"\s(?:of|from|in|who)\s", who.lower())[0])
    return re.sub(r"(?<=[a-z]{2})s$", "", found[-1]) if found else ""


def fits_over(old: Row, new: Row) -> bool:
    """Tell whether an exact count is not below the floor of a vague one."""
    low = old.harm.count.low if old.harm.count else None
    exact = new.harm.count.low if new.harm.count else None
    return low is not None and exact is not None and exact >= low


def same_words(old: Row, new: Row) -> bool:
    """Tell whether two rows rest on the same words."""
    return _people(old).overlaps(_people(new))


def _people(row: Row) -> Span:
    """Cover the number and the words for the people, or the word of harm."""
    spans = [s for s in (row.harm.count_span, row.harm.who_span) if s is not None]
    if not spans:
        return row.harm.cue
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))


def same_number(old: Row, new: Row) -> bool:
    """Tell whether two rows count the same."""
    one, two = old.harm.count, new.harm.count
    return (
        one is not None
        and two is not None
        and (one.value, one.low, one.high) == (two.value, two.low, two.high)
    )


def number_of(row: Row) -> int | None:
    """Read the number of a row; None without one."""
    return row.harm.count.value if row.harm.count else None


def is_single(row: Row) -> bool:
    """Tell a row of one person."""
    return number_of(row) == 1


_ANAPHORA = re.compile(
    r"(?i)^(?:the|both|all(?: of)?(?: the)?|these|those|them|they|him|her|each|every|one of the|two of the)\b"
)


_ANAPHORA_BEFORE = re.compile(
    r"(?i)\b(?:the|both|all(?: of)? the|these|those|all)\s+(?:[\w-]+\s+){0,1}$"
)


def is_definite(row: Row) -> bool:
    """Tell people who were named before: "the victims", "all of them"."""
    span = row.harm.anchor
    before = row.text[max(0, span.start - 30) : span.start]
    return (
        _ANAPHORA.match(row.who) is not None
        or _ANAPHORA.match(span.of(row.text)) is not None
        or _ANAPHORA_BEFORE.search(before) is not None
    )


def more_before(row: Row) -> bool:
    """Tell people who come on top: "another four"."""
    span = row.harm.anchor
    return MORE.search(row.text[max(0, span.start - 16) : span.start]) is not None or (
        row.harm.count_span is not None
        and MORE.search(row.harm.count_span.of(row.text)) is not None
    )


def heads_meet(old: Row, new: Row) -> bool:
    """Tell whether two phrases for one person share a word that says who it is."""
    small = {"the", "a", "an", "of", "and", "his", "her", "their", "suspected", "one"}
    one = {w for w in re.findall(r"\w+", old.who.lower()) if w not in small}
    two = {w for w in re.findall(r"\w+", new.who.lower()) if w not in small}
    return bool(one & two) or not one or not two


def same_source_conflict(old: Row, new: Row) -> bool:
    """Tell whether two sources that the article names give different numbers."""
    return (
        old.source is not None
        and new.source is not None
        and old.source.core != new.source.core
        and not same_number(old, new)
    )
