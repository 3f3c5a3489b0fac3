"""What contradicts what: tolls that differ, and statements that somebody denies.

Contradicting items are shown side by side and asked about; none of them is taken back.
A newer figure of the same counter is no contradiction but an update: it takes the
place of the older one and names it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import TypeVar

from schemas.briefing import Casualties, Figure, Item, Position, Request
from schemas.terms import Act
from summarizer.assembly import tolls
from summarizer.text import content
from summarizer.text import words as words_of

ItemT = TypeVar("ItemT", bound=Item)

_DENIABLE: frozenset[Act] = frozenset({"accuse", "claim", "assert", "announce", "warn"})
_OPPOSED = 0.8
"""Share of common stems from which two phrases differ in little but the "not"."""

_COMMON_STEMS = 2
"""Stems that a denial shares with what it denies, the names of both parties aside."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the sources that matters to tell updates from contradictions.

    Attributes:
        published: Day on which each source appeared, as far as it is known.
        moment: When on that day, likewise.
        publisher: Who published each, likewise.
        story: Number of the story that each reports.
    """

    published: Mapping[str, date | None]
    moment: Mapping[str, datetime | None]
    publisher: Mapping[str, str | None]
    story: Mapping[str, int]

    def of_one_story(self, item: Item, source: str) -> bool:
        """Tell whether an item and a source are of one story."""
        return self.story.get(item.evidence[0].source) == self.story.get(source)


def updated(
    rows: Sequence[Casualties], about: About
) -> tuple[list[Casualties], dict[str, str]]:
    """Let newer figures replace older ones of the same counter in earlier articles.

    Returns:
        The rows that remain, in their order, and by the id of each one that was
        replaced the id of the one that replaces it.
    """
    kept = list(rows)
    replaced: dict[str, str] = {}
    for block in _blocks(rows, about):
        by_day = sorted(block, key=lambda r: _order(r, about))
        for n, old in enumerate(by_day):
            newer = next(
                (r for r in by_day[n + 1 :] if _is_update(old, r, about)), None
            )
            if newer is not None:
                replaced[old.id] = newer.id
    by_id = {row.id: row for row in rows}
    for old_id, new_id in sorted(
        replaced.items(), key=lambda r: _order(by_id[r[0]], about)
    ):
        old, new = by_id[old_id], by_id[new_id]
        told = (*old.supersedes, _figure(old), *new.supersedes)
        by_id[new_id] = new.model_copy(update={"supersedes": tuple(told)})
    kept = [by_id[row.id] for row in rows if row.id not in replaced]
    return kept, replaced


def same_counter(one: Casualties, two: Casualties, about: About) -> bool:
    """Tell whether one party counted both: it is named, or one publisher tells both."""
    if one.source is not None or two.source is not None:
        return one.source == two.source
    first, second = (about.publisher.get(row.evidence[0].source) for row in (one, two))
    return first is not None and first == second


def differing(
    rows: Sequence[Casualties], about: About
) -> list[tuple[Casualties, Casualties]]:
    """Pair the rows whose numbers cannot both be the last word, in their order."""
    order = {row.id: number for number, row in enumerate(rows)}
    found = [
        (one, two)
        for block in _blocks(rows, about)
        for one, two in combinations(block, 2)
        if _differ(one, two)
    ]
    return sorted(found, key=lambda pair: (order[pair[0].id], order[pair[1].id]))


def denied(
    positions: Sequence[Position], about: About
) -> Iterator[tuple[Position, Position]]:
    """Pair statements of one source with the denials that another source has."""
    denials = [p for p in positions if p.act == "deny"]
    told: dict[int, list[Position]] = {}
    for one in positions:
        if one.act in _DENIABLE:
            told.setdefault(_story(one, about), []).append(one)
    for denial in denials:
        for one in told.get(_story(denial, about), ()):
            if _is_denied(one, denial):
                yield one, denial


def opposed(
    positions: Sequence[Position], about: About
) -> Iterator[tuple[Position, Position]]:
    """Pair what one party is quoted to say, and not to say, in articles of one day.

    On another day it may have changed its mind.
    """
    told: dict[tuple[str, int], list[Position]] = {}
    for one in positions:
        told.setdefault((one.holder.id, _story(one, about)), []).append(one)
    for block in told.values():
        for one, two in combinations(block, 2):
            if (
                content.is_negated(one.gist) != content.is_negated(two.gist)
                and not _sources(one) & _sources(two)
                and one.conditional == two.conditional
                and content.likeness(one.gist, two.gist) >= _OPPOSED
                and _may_be_one_day(one, two, about)
            ):
                yield one, two


def asked_and_denied(
    requests: Sequence[Request], positions: Sequence[Position], about: About
) -> Iterator[tuple[Request, Position]]:
    """Pair requests with the denial, in another source, of whoever is to have asked."""
    for denial in positions:
        if denial.act != "deny":
            continue
        for one in requests:
            if (
                denial.holder == one.by
                and _story(one, about) == _story(denial, about)
                and not _sources(one) & _sources(denial)
                and _common(one.what, denial.gist, one.by.name) >= _COMMON_STEMS
            ):
                yield one, denial


def is_history(row: Casualties) -> bool:
    """Tell "in 1954 a fire killed some 200": the year is all that the text gives."""
    if row.when is not None:
        return row.when.precision == "year"
    return row.source is None and _IN_YEAR.search(row.evidence[0].exact) is not None


_IN_YEAR = re.compile(r"(?i)\bin (?:1[5-9]|20)\d\d\b")


def side_by_side(
    items: Sequence[ItemT], pairs: Sequence[tuple[ItemT, ItemT]]
) -> list[ItemT]:
    """Put what contradicts an item right after it; nothing else changes places."""
    after: dict[str, list[ItemT]] = {}
    for one, two in pairs:
        after.setdefault(one.id, []).append(two)
    placed: dict[str, ItemT] = {}
    for item in items:
        for one in (item, *after.get(item.id, ())):
            placed.setdefault(one.id, one)
    return list(placed.values())


def _blocks(rows: Sequence[Casualties], about: About) -> list[list[Casualties]]:
    """Group the rows that might be of one event; parts of a row are left out."""
    found: dict[object, list[Casualties]] = {}
    for row in rows:
        if row.part_of is None and not row.none_reported and row.count_text:
            key = (row.kind, row.scope, _story(row, about))
            found.setdefault(key, []).append(row)
    return list(found.values())


def _is_update(old: Casualties, new: Casualties, about: About) -> bool:
    return (
        _is_earlier(old, new, about)
        and same_counter(old, new, about)
        and not tolls.same_number(old, new)
        and (
            tolls.same_event(old, new)
            or (old.source is not None and tolls.may_be_same_event(old, new))
        )
    )


def _is_earlier(old: Casualties, new: Casualties, about: About) -> bool:
    """Tell whether a row was published before another one: a day, or within a day."""
    before, after = _last_day(old, about), _first_day(new, about)
    if before is None or after is None or before != after:
        return before is not None and after is not None and before < after
    olds, news = ([about.moment.get(s) for s in _sources(r)] for r in (old, new))
    known = [[m for m in found if m is not None] for found in (olds, news)]
    if len(known[0]) < len(olds) or len(known[1]) < len(news):
        return False
    return max(known[0]) < min(known[1])


def _differ(one: Casualties, two: Casualties) -> bool:
    bounds = [(row.low, row.high, row.value) for row in (one, two)]
    if bounds[0] == bounds[1]:
        return False
    if _sources(one) & _sources(two):
        # One article: two counters of the same people. "Nine in Qaterji" and "five
        # elsewhere", or a toll of all and one of a town, contradict nobody.
        rivals = None not in {one.source, two.source} and one.source != two.source
        alike = (one.place is None) == (two.place is None)
        return rivals and alike and _may_be_one_event(one, two)
    return not tolls.same_number(one, two) and tolls.same_event(one, two)


def _may_be_one_day(one: Item, two: Item, about: About) -> bool:
    days = [
        {about.published.get(source) for source in _sources(item)} - {None}
        for item in (one, two)
    ]
    return not all(days) or bool(days[0] & days[1])


def _may_be_one_event(one: Casualties, two: Casualties) -> bool:
    """Tell whether two rows of one article may count the same people."""
    if is_history(one) != is_history(two) or _are_others(one.who_text, two.who_text):
        return False
    apart = [(one.event, two.event), (one.place, two.place), (one.when, two.when)]
    return all(a is None or b is None or a == b for a, b in apart)


def _are_others(one: str | None, two: str | None) -> bool:
    """Tell soldiers from rebels: two counts of them do not contradict each other."""
    sides = [_side(who) for who in (one, two)]
    return None not in sides and sides[0] != sides[1]


def _side(who: str | None) -> str | None:
    """Name the side that the words for people belong to; None for "people"."""
    if who is None:
        return None
    if words_of.pattern("parties", "armed_group").search(who):
        return "armed"
    if _SECURITY_FORCES.search(who):
        return "forces"
    return "others" if _CIVILIANS.search(who) else None


_SECURITY_FORCES = re.compile(
    r"(?i)\b(?:soldiers?|troops?|police\w*|officers?|guards?m[ae]n|conscripts?|service members?|marines?|sailors?)\b"
)
_CIVILIANS = re.compile(
    r"(?i)\b(?:civilians?|children|child|women|woman|passengers?|villagers?|residents?|pupils?|students?|patients?)\b"
)


def _is_denied(one: Position, denial: Position) -> bool:
    if one.holder == denial.holder or _sources(one) & _sources(denial):
        return False
    of_the_denier = one.target == denial.holder or (_says(one.gist, denial.holder.name))
    if not of_the_denier:
        return False
    if denial.target == one.holder:
        return True
    names = f"{one.holder.name} {denial.holder.name}"
    return _common(one.gist, denial.gist, names) >= _COMMON_STEMS


def _says(phrase: str, name: str) -> bool:
    return f" {content.plain(name)} " in f" {content.plain(phrase)} "


def _common(one: str, two: str, names: str) -> int:
    return len((content.stems(one) & content.stems(two)) - content.stems(names))


def _figure(row: Casualties) -> Figure:
    return Figure(
        evidence=row.evidence,
        count_text=row.count_text or "",
        source=row.source,
        value=row.value,
        comparator=row.comparator,
        low=row.low,
        high=row.high,
        vague=row.vague,
    )


def _sources(item: Item) -> set[str]:
    return {e.source for e in item.evidence}


def _story(item: Item, about: About) -> int:
    return about.story.get(item.evidence[0].source, 0)


def _order(row: Casualties, about: About) -> tuple[date, float]:
    """Give the place of a row in time; without a day it comes last."""
    moments = [about.moment.get(source) for source in _sources(row)]
    first = min((m.timestamp() for m in moments if m is not None), default=0.0)
    return _first_day(row, about) or date.max, first


def _first_day(row: Casualties, about: About) -> date | None:
    return _day(row, about, min)


def _last_day(row: Casualties, about: About) -> date | None:
    return _day(row, about, max)


def _day(
    row: Casualties, about: About, end: Callable[[list[date]], date]
) -> date | None:
    """Find the first or last day on which a row was published; None if any is unknown."""
    days = [about.published.get(source) for source in sorted(_sources(row))]
    known = [day for day in days if day is not None]
    return end(known) if len(known) == len(days) else None
