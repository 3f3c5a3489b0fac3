"""Keep one row for each count of people harmed: merge retellings, never add up.

A row is told again when a later sentence names the same kind and the same number, or
takes the people up with "the", "both" or "them". A part ("including 12 children") is
linked to the row it is a part of. Different figures of different sources stay apart.
A figure that the text itself replaces is kept with the row that replaces it.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from schemas.evidence import Span
from summarizer.reading.values import Harm, Mention, Revision
from summarizer.text import counts, words
from summarizer.text.counts import Count

_ANAPHORA = re.compile(
    r"(?i)^(?:the|both|all(?: of)?(?: the)?|these|those|them|they|him|her|each|every|one of the|two of the)\b"
)
_ANAPHORA_BEFORE = re.compile(
    r"(?i)\b(?:the|both|all(?: of)? the|these|those|all)\s+(?:[\w-]+\s+){0,1}$"
)
_MORE = re.compile(
    r"(?i)\b(?:another|additional|further|more|other|separate(?:ly)?|second|third|fourth|fifth|sixth)\b"
)
_OTHER_EVENT = re.compile(
    r"(?i)\b(?:another|separate|second|third|fourth)\s+(?:[\w-]+\s+)?(?:bomb|attack|blast|strike|incident|explosion|raid|shooting|"
    r"crash|ambush|clash|accident|operation|drone|missile|collision)\w*\b"
)
_MOST_RECENT = 60
"""Rows that a new one is compared with: news does not take up what stood further back."""


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


def enter(rows: tuple[Row, ...], new: Row) -> tuple[Row, ...]:
    """Add *new* to the ledger, or to the row that it tells again.

    Returns:
        The ledger with one more row, or with one more place in an old one.
    """
    first = max(0, len(rows) - _MOST_RECENT)
    for number, old in enumerate(rows[first:], start=first):
        if _told_again(old, new):
            part_of = old.part_of
            if part_of is None and new.harm.subset and not old.harm.subset:
                # "several insurgents, including the commander" who was told before
                part_of = _beside(rows, new)
            clearer = _clearer(old, new)
            places = (*clearer.places, *old.places, *new.places)
            standing = old.harm.standing.and_by(new.harm.standing)
            merged = replace(
                clearer,
                harm=replace(clearer.harm, standing=standing),
                places=tuple(dict.fromkeys(places)),
                part_of=part_of if part_of != number else None,
            )
            return (*rows[:number], merged, *rows[number + 1 :])
    if new.revision is not None:
        return _revised(rows, new, new.revision)
    if (last := _all_of_them(rows, new)) is not None:
        told = replace(rows[last], places=(*rows[last].places, *new.places))
        return (*rows[:last], told, *rows[last + 1 :])
    part_of = _whole(rows, new)
    if part_of is not None:
        scope = rows[part_of].harm.scope
        new = replace(new, harm=replace(new.harm, scope=scope))
    return (*rows, replace(new, part_of=part_of))


def add(rows: tuple[Row, ...], new: Row) -> tuple[Row, ...]:
    """Add a count that stands as it was drafted.

    Only the same people in the same words are one row, and a part is linked to the whole
    that its sentence counts.

    Returns:
        The ledger with one more row, or with one more place in an old one.
    """
    for number, old in enumerate(rows):
        if _drafted_twice(old, new):
            places = tuple(dict.fromkeys((*old.places, *new.places)))
            standing = old.harm.standing.and_by(new.harm.standing)
            merged = replace(
                old, places=places, harm=replace(old.harm, standing=standing)
            )
            return (*rows[:number], merged, *rows[number + 1 :])
    part_of = _beside(rows, new) if new.harm.subset else None
    return (*rows, replace(new, part_of=part_of))


def _drafted_twice(old: Row, new: Row) -> bool:
    return (old.harm.kind, old.harm.count_span, old.harm.who_span, old.source) == (
        new.harm.kind,
        new.harm.count_span,
        new.harm.who_span,
        new.source,
    )


def _all_of_them(rows: tuple[Row, ...], new: Row) -> int | None:
    """Find the last of the rows that "the five people" takes up together.

    Their counts are only compared with the one told again: no sum is ever shown.
    """
    if not _is_definite(new) or len(rows) > _MOST_RECENT:
        return None
    before = [
        (number, row)
        for number, row in enumerate(rows)
        if row.harm.kind == new.harm.kind
        and row.source_id == new.source_id
        and row.part_of is None
        and row.harm.scope == new.harm.scope
    ]
    counted = [_number(row) for _, row in before]
    if len(before) < _SEVERAL or None in counted:
        return None
    return before[-1][0] if sum(n or 0 for n in counted) == _number(new) else None


_SEVERAL = 2


def _beside(rows: tuple[Row, ...], new: Row) -> int | None:
    """Find the row of the same sentence that counts a whole."""
    for number, row in enumerate(rows):
        same = row.harm.kind == new.harm.kind and row.places[0] == new.places[0]
        if same and not row.harm.subset:
            return number
    return None


def _clearer(old: Row, new: Row) -> Row:
    """Keep the count that says more: "five insurgents" after "multiple insurgents"."""
    return (
        replace(old, harm=new.harm, places=new.places) if _says_more(old, new) else old
    )


def _says_more(old: Row, new: Row) -> bool:
    one, two = old.harm.count, new.harm.count
    return one is not None and two is not None and one.vague and not two.vague


def _revised(rows: tuple[Row, ...], new: Row, revision: Revision) -> tuple[Row, ...]:
    """Put *new* in the place of the row whose figure it replaces."""
    named = [counts.read(span.of(new.text)) for span in revision.old]
    last = range(len(rows) - 1, max(-1, len(rows) - 1 - _MOST_RECENT), -1)
    # A row of the same place comes before one whose place is not told.
    order = sorted(last, key=lambda n: not (new.place and rows[n].place == new.place))
    for number in order:
        old = rows[number]
        if not _replaceable(old, new) or _apart_in_history(old, new):
            continue
        if named and old.harm.count not in named:
            continue
        kept = replace(
            new, part_of=old.part_of, superseded=(*old.superseded, *_earlier(old))
        )
        return (*rows[:number], kept, *rows[number + 1 :])
    own = tuple(
        Earlier(span, count, new.places, new.source)
        for span, count in zip(revision.old, named, strict=True)
        if count is not None
    )
    return (*rows, replace(new, superseded=own))


def _replaceable(old: Row, new: Row) -> bool:
    """Tell whether one row may replace another: same people, no other counter."""
    if (old.harm.kind, old.harm.scope) != (new.harm.kind, new.harm.scope):
        return False
    if old.source_id != new.source_id or old.harm.subset or old.part_of is not None:
        return False
    named = new.revision is not None and bool(new.revision.old)
    return named or not _same_source_conflict(old, new)


def _apart_in_history(old: Row, new: Row) -> bool:
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


def _earlier(old: Row) -> tuple[Earlier, ...]:
    span, count = old.harm.count_span, old.harm.count
    if span is None or count is None:
        return ()
    return (Earlier(span, count, old.places, old.source),)


def _comparable(old: Row, new: Row) -> bool:
    """Tell whether two rows count the same kind of harm, by one counter."""
    if old.harm.kind != new.harm.kind or old.source_id != new.source_id:
        return False
    if old.harm.scope != new.harm.scope or _same_source_conflict(old, new):
        return False
    return new.harm.subset == old.harm.subset or (
        new.harm.subset and _is_definite(new) and _is_single(new)
    )


def _told_again(old: Row, new: Row) -> bool:
    if not _comparable(old, new):
        return False
    same_place = old.places[0] == new.places[0]
    if same_place:
        return _same_words(old, new)
    if _MORE.search(new.who) or _more_before(new) or _OTHER_EVENT.search(new.sentence):
        return False
    if _apart(old, new) or not _may_be_same_people(old, new):
        return False
    if _same_number(old, new):
        return not _is_single(new) or _is_definite(new) or _heads_meet(old, new)
    if _says_more(old, new) and _fits_over(old, new):
        dated = new.day is not None and new.day != old.day
        return _heads_meet(old, new) and bool(old.who and new.who) and not dated
    if not _is_definite(new):
        return False
    # "the detainees", "both men": fewer or as many people, told before.
    return new.harm.count_span is None or _number(new) is None


def _same_source_conflict(old: Row, new: Row) -> bool:
    return (
        old.source is not None
        and new.source is not None
        and old.source.core != new.source.core
        and not _same_number(old, new)
    )


def _whole(rows: tuple[Row, ...], new: Row) -> int | None:
    """Find the row of which *new* counts a part."""
    last = max(-1, len(rows) - 1 - _MOST_RECENT)
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
        if not same_place and _is_definite(new) and fits and not _MORE.search(new.who):
            return number
    return None


def _fits(old: Row, new: Row) -> bool:
    high = old.harm.count.high if old.harm.count else None
    low = new.harm.count.low if new.harm.count else None
    return high is None or low is None or low <= high


def _apart(old: Row, new: Row) -> bool:
    """Tell whether place or day sets two counts apart."""
    if old.place and new.place and old.place != new.place:
        return True
    if old.day == new.day:
        return False
    year = re.compile(r"\d{4}")
    return (old.day is not None and new.day is not None) or any(
        day is not None and year.fullmatch(day) for day in (old.day, new.day)
    )


def _may_be_same_people(old: Row, new: Row) -> bool:
    """Tell "four militants" from "four soldiers"; "people" may be either."""
    one, two = (_head(row.who) for row in (old, new))
    if not one or not two or one in _ANYBODY or two in _ANYBODY:
        return True
    return one == two or _heads_meet(old, new)


_ANYBODY = frozenset(
    {"people", "person", "other", "men", "man", "women", "woman", "victim", "civilian", "casualtie", "dead", "bodie", "body",
     "individual", "one", "suspect", "detainee", "captive"}
)  # fmt: skip
"""Who may be anybody: the heads of phrases as `_head` gives them, without the plural."""


def _head(who: str) -> str:
    found = re.findall(r"[\w’'-]+", re.split(r"\s(?:of|from|in|who)\s", who.lower())[0])
    return re.sub(r"(?<=[a-z]{2})s$", "", found[-1]) if found else ""


def _fits_over(old: Row, new: Row) -> bool:
    """Tell whether an exact count is not below the floor of a vague one."""
    low = old.harm.count.low if old.harm.count else None
    exact = new.harm.count.low if new.harm.count else None
    return low is not None and exact is not None and exact >= low


def _same_words(old: Row, new: Row) -> bool:
    return _people(old).overlaps(_people(new))


def _people(row: Row) -> Span:
    """Cover the number and the words for the people, or the word of harm."""
    spans = [s for s in (row.harm.count_span, row.harm.who_span) if s is not None]
    if not spans:
        return row.harm.cue
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))


def _same_number(old: Row, new: Row) -> bool:
    one, two = old.harm.count, new.harm.count
    return (
        one is not None
        and two is not None
        and (one.value, one.low, one.high) == (two.value, two.low, two.high)
    )


def _number(row: Row) -> int | None:
    return row.harm.count.value if row.harm.count else None


def _is_single(row: Row) -> bool:
    return _number(row) == 1


def _is_definite(row: Row) -> bool:
    span = _anchor(row)
    before = row.text[max(0, span.start - 30) : span.start]
    return (
        _ANAPHORA.match(row.who) is not None
        or _ANAPHORA.match(span.of(row.text)) is not None
        or _ANAPHORA_BEFORE.search(before) is not None
    )


def _more_before(row: Row) -> bool:
    span = _anchor(row)
    return _MORE.search(row.text[max(0, span.start - 16) : span.start]) is not None or (
        row.harm.count_span is not None
        and _MORE.search(row.harm.count_span.of(row.text)) is not None
    )


def _anchor(row: Row) -> Span:
    return row.harm.count_span or row.harm.who_span or row.harm.cue


def _heads_meet(old: Row, new: Row) -> bool:
    """Tell whether two phrases for one person share a word that says who it is."""
    small = {"the", "a", "an", "of", "and", "his", "her", "their", "suspected", "one"}
    one = {w for w in re.findall(r"\w+", old.who.lower()) if w not in small}
    two = {w for w in re.findall(r"\w+", new.who.lower()) if w not in small}
    return bool(one & two) or not one or not two
