"""Keep one row for each count of people harmed: merge retellings, never add up.

A row is told again when a later sentence names the same kind and the same number, or
takes the people up with "the", "both" or "them". A part ("including 12 children") is
linked to the row it is a part of. Different figures of different sources stay apart.
A figure that the text itself replaces is kept with the row that replaces it.
"""

import re
from dataclasses import replace

from summarizer.assembly.counted.rows import (
    MORE,
    MOST_RECENT,
    Earlier,
    Row,
    apart,
    apart_in_history,
    comparable,
    fits_over,
    heads_meet,
    is_definite,
    is_single,
    may_be_same_people,
    more_before,
    number_of,
    same_number,
    same_source_conflict,
    same_words,
    whole_of,
)
from summarizer.reading.values import Revision
from summarizer.text import counts

_OTHER_EVENT = re.compile(
    r"(?i)\b(?:another|separate|second|third|fourth)\s+(?:[\w-]+\s+)?(?:bomb|attack|blast|strike|incident|explosion|raid|shooting|"
    r"crash|ambush|clash|accident|operation|drone|missile|collision)\w*\b"
)


def enter(rows: tuple[Row, ...], new: Row) -> tuple[Row, ...]:
    """Add *new* to the ledger, or to the row that it tells again.

    Returns:
        The ledger with one more row, or with one more place in an old one.
    """
    first = max(0, len(rows) - MOST_RECENT)
    for number, old in enumerate(rows[first:], start=first):
        if _told_again(old, new):
            return (*rows[:number], _merged(rows, number, new), *rows[number + 1 :])
    if new.revision is not None:
        return _revised(rows, new, new.revision)
    if (last := _all_of_them(rows, new)) is not None:
        told = replace(rows[last], places=(*rows[last].places, *new.places))
        return (*rows[:last], told, *rows[last + 1 :])
    part_of = whole_of(rows, new)
    if part_of is not None:
        scope = rows[part_of].harm.scope
        new = replace(new, harm=replace(new.harm, scope=scope))
    return (*rows, replace(new, part_of=part_of))


def _merged(rows: tuple[Row, ...], number: int, new: Row) -> Row:
    """Join a row with one that tells it again: the clearer words, the places of both."""
    old = rows[number]
    part_of = old.part_of
    if part_of is None and new.harm.subset and not old.harm.subset:
        # "several insurgents, including the commander" who was told before
        part_of = _beside(rows, new)
    clearer = _clearer(old, new)
    standing = old.harm.standing.and_by(new.harm.standing)
    return replace(
        clearer,
        harm=replace(clearer.harm, standing=standing),
        places=tuple(dict.fromkeys((*clearer.places, *old.places, *new.places))),
        part_of=part_of if part_of != number else None,
    )


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
    if not is_definite(new) or len(rows) > MOST_RECENT:
        return None
    before = [
        (number, row)
        for number, row in enumerate(rows)
        if row.harm.kind == new.harm.kind
        and row.source_id == new.source_id
        and row.part_of is None
        and row.harm.scope == new.harm.scope
    ]
    counted = [number_of(row) for _, row in before]
    if len(before) < _SEVERAL or None in counted:
        return None
    return before[-1][0] if sum(n or 0 for n in counted) == number_of(new) else None


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
    last = range(len(rows) - 1, max(-1, len(rows) - 1 - MOST_RECENT), -1)
    # A row of the same place comes before one whose place is not told.
    order = sorted(last, key=lambda n: not (new.place and rows[n].place == new.place))
    for number in order:
        old = rows[number]
        if not _replaceable(old, new) or apart_in_history(old, new):
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
    return named or not same_source_conflict(old, new)


def _earlier(old: Row) -> tuple[Earlier, ...]:
    span, count = old.harm.count_span, old.harm.count
    if span is None or count is None:
        return ()
    return (Earlier(span, count, old.places, old.source),)


def _told_again(old: Row, new: Row) -> bool:
    if not comparable(old, new):
        return False
    same_place = old.places[0] == new.places[0]
    if same_place:
        return same_words(old, new)
    if MORE.search(new.who) or more_before(new) or _OTHER_EVENT.search(new.sentence):
        return False
    if apart(old, new) or not may_be_same_people(old, new):
        return False
    if same_number(old, new):
        return not is_single(new) or is_definite(new) or heads_meet(old, new)
    if _says_more(old, new) and fits_over(old, new):
        dated = new.day is not None and new.day != old.day
        return heads_meet(old, new) and bool(old.who and new.who) and not dated
    if not is_definite(new):
        return False
    # "the detainees", "both men": fewer or as many people, told before.
    return new.harm.count_span is None or number_of(new) is None
