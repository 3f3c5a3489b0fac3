"""Counts of people over time: one series for each counter, never two counters in one.

A count stands at the time of the edition that had it first. Counts whose counter nobody
names are kept one by one: they may be of different counters.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.briefing import Briefing, Casualties
from summarizer.render.words import verdicts, wording
from summarizer.render.words.wording import visible
from summarizer.watch.chronicle import Edition
from summarizer.watch.site import cited
from summarizer.watch.site.cited import Outlet

NOBODY: Final = "no source given"

Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Point:
    """A count, when it was first read.

    Attributes:
        at: When, in UTC.
        version: In which edition.
        counted: The count.
        outlets: Who prints it.
    """

    at: datetime
    version: int
    counted: Casualties
    outlets: tuple[Outlet, ...]

    @property
    def words(self) -> str:
        """How many, in the words of the source and in figures."""
        return count(self.counted)

    @property
    def notes(self) -> str:
        """What else a reader should know of it."""
        day = wording.as_of(self.counted)
        parts = [day, verdicts.doubt(self.counted)]
        parts += [f"instead of {f.count_text}" for f in self.counted.supersedes]
        return visible("; ".join(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Series:
    """The counts of one counter, of the same people, the oldest first.

    Attributes:
        kind: killed, injured …
        counter: Who counted, with what tells these counts from others of the same.
        is_named: Whether somebody is named: only then the points are joined.
        in_all: Whether it counts over a longer time than this event.
        points: The counts.
    """

    kind: str
    counter: str
    is_named: bool
    in_all: bool
    points: tuple[Point, ...]


def count(item: Casualties) -> str:
    """Say how many: "37 people", "at least nine people (≥ 9)"."""
    told, figures = visible(wording.toll(item)), wording.bounds(item)
    if figures == "–" or figures.removeprefix("= ") in told:
        return told
    return f"{told} ({figures})"


def series(
    editions: Iterable[tuple[Edition, Briefing]], gone: Container[str] = ()
) -> tuple[Series, ...]:
    """Follow every count through the editions.

    Args:
        editions: The oldest first.
        gone: Articles that are another story now: what they alone count is left out.

    Returns:
        By kind, the counters with the most counts first, those without a name last.
    """
    found: dict[Key, list[Point]] = {}
    for key, point in _new(editions, gone):
        found.setdefault(key, []).append(point)
    made = [_series(key, points) for key, points in found.items()]
    kinds = list(dict.fromkeys(one.kind for one in made))

    def place(one: Series) -> tuple[int, bool, bool, int, datetime]:
        first, many = one.points[0].at, len(one.points)
        return kinds.index(one.kind), one.in_all, not one.is_named, -many, first

    return tuple(sorted(made, key=place))


def _new(
    editions: Iterable[tuple[Edition, Briefing]], gone: Container[str]
) -> Iterator[tuple[Key, Point]]:
    """Yield each count with the edition that has it when the one before had not."""
    before: set[tuple[object, ...]] = set()
    for edition, briefing in editions:
        sources = cited.of(briefing)
        strange = _strange(edition, briefing, gone)
        now: set[tuple[object, ...]] = set()
        for item in briefing.casualties:
            if {e.source for e in item.evidence} <= strange:
                continue
            said = (*_key(item), *_figures(item))
            if said not in before and said not in now:
                outlets = tuple(
                    dict.fromkeys(
                        cited.outlet(sources[e.source], e)
                        for e in item.evidence
                        if e.source in sources
                    )
                )
                yield _key(item), Point(edition.at, edition.version, item, outlets)
            now.add(said)
        before = now


def _strange(
    edition: Edition, briefing: Briefing, gone: Container[str]
) -> frozenset[str]:
    """Name the sources of an edition that are another story now."""
    made_of = edition.made_of()
    if len(made_of) != len(briefing.sources):
        return frozenset()
    pairs = zip(made_of, briefing.sources, strict=True)
    return frozenset(source.id for article, source in pairs if article in gone)


def _key(item: Casualties) -> Key:
    """Tell whose count of whom it is."""
    counter = visible(item.source.name) if item.source else ""
    plain = counter.casefold().removeprefix("the ").strip()
    return item.kind, plain, item.scope, item.who, item.part_of is not None


def _figures(item: Casualties) -> tuple[object, ...]:
    return item.low, item.high, item.comparator, item.vague, item.none_reported


def _series(key: Key, points: list[Point]) -> Series:
    kind, counter, scope, who, is_part = key
    source = points[0].counted.source
    name = visible(source.name) if counter and source else NOBODY
    parts = [name]
    parts += [f"{who}s"] if who in {"civilian", "combatant"} else []
    parts += ["a part of all"] if is_part else []
    return Series(
        kind=kind.replace("_", " "),
        counter=", ".join(parts),
        is_named=bool(counter),
        in_all=scope == "cumulative",
        points=tuple(points),
    )
