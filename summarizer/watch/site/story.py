"""The page of a story: what changed edition by edition, its counts, its sources."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby, pairwise
from typing import Final, Protocol

from schemas.briefing import Briefing
from summarizer.render import links
from summarizer.render.words.wording import visible
from summarizer.watch.chronicle import Chronicle, Edition
from summarizer.watch.site import chart, clock, lines, names, sheets, timeline, tolls
from summarizer.watch.site.chart import Chart
from summarizer.watch.site.lines import Line
from summarizer.watch.site.tolls import Series

MOST_EDITIONS: Final = 40
"""Editions told in full; of older ones the page has a line each, and of their counts
those of the last edition of each day."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one kind: the drawing, and all of them in words."""

    title: str
    chart: Chart | None
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source: its title, and who published it when; `link` may be ""."""

    title: str
    facts: str
    link: str


class Sorting(Protocol):
    """Knows what became of stories and their articles, by hand or otherwise."""

    def absorbed(self) -> Mapping[str, str]:
        """List the stories that are part of others, each with the one that is left."""

    def left(self, story: str, articles: Iterable[str]) -> Container[str]:
        """Find those of a story's articles that are another story now."""


class Story:
    """One story, read as far as its page needs it."""

    def __init__(
        self, chronicle: Chronicle, name: str, zone: tzinfo, *,
        sorting: Sorting | None = None, into: str = "",
    ) -> None:  # fmt: skip
        """Read the editions of a story that has some.

        Args:
            chronicle: The editions of all.
            name: Its id.
            zone: Whose days and times its page tells.
            sorting: What became of its articles.
            into: The story that it is part of now; "" for none.
        """
        self._chronicle, self._name, self._zone = chronicle, name, zone
        self._sorting, self._into = sorting, into
        self._editions = chronicle.editions(name)
        self._read: dict[int, Briefing] = {}

    @property
    def last(self) -> Edition:
        """The last edition."""
        return self._editions[-1]

    def briefing(self, version: int) -> Briefing:
        """Read the briefing of an edition, once."""
        if version not in self._read:
            found = self._chronicle.briefing(self._name, version)
            assert found is not None  # noqa: S101  its edition is listed
            self._read[version] = found
        return self._read[version]

    def lines(self, after: int) -> list[tuple[Line, date]]:
        """Write the editions later than a version in a few lines, each with its day."""
        return [
            (
                lines.line(
                    one,
                    self.briefing(one.version),
                    self._chronicle.changes(self._name, one.version),
                ),
                clock.day_of(one.at, self._zone),
            )
            for one in self._editions
            if one.version > after
        ]

    def page(self, kept: Iterable[int]) -> str:
        """Write the page.

        Args:
            kept: Editions that have a page of their own.
        """
        last = self.briefing(self.last.version)
        told = self._editions[-MOST_EDITIONS:]
        return sheets.fill(
            "story.html",
            "site.css",
            title=visible(self.last.heading) or self._name,
            line=lines.line(self.last, last, None),
            first=self._editions[0],
            last=self.last,
            entries=[self._entry(one) for one in reversed(told)],
            older=list(reversed(self._editions[: -len(told)])),
            kept=frozenset(kept),
            most_kept=MOST_KEPT,
            into=self._into,
            counts=self._counts(),
            sources=[
                SourceLine(
                    title=visible(one.title or one.uri or "Article"),
                    facts=_facts(one.publisher, one.published, one.copy_of is not None),
                    link=links.page(one.uri) or "",
                )
                for one in last.sources
            ],
            zone=self._zone,
            clock=clock,
            names=names,
            visible=visible,
            height=chart.HEIGHT,
            top=chart.TOP,
            bottom=chart.BOTTOM,
        )

    def _entry(self, one: Edition) -> timeline.Entry:
        old = self.briefing(one.version - 1) if one.version > 1 else None
        changes = self._chronicle.changes(self._name, one.version)
        return timeline.entry(one, old, self.briefing(one.version), changes)

    def _counts(self) -> list[Counts]:
        chosen = thinned(self._editions, self._zone)
        found = tolls.series(
            ((one, self.briefing(one.version)) for one in chosen), self._left()
        )
        return [
            Counts(
                title=f"{kind}, over a longer time" if in_all else kind,
                chart=chart.draw(same := tuple(group), self._zone),
                series=same,
            )
            for (kind, in_all), group in groupby(
                found, key=lambda s: (s.kind, s.in_all)
            )
        ]

    def _left(self) -> Container[str]:
        """Find the articles that left the story; of one that is part of another, none."""
        if self._sorting is None or self._into:
            return ()
        there = {article for one in self._editions for article in one.made_of()}
        return self._sorting.left(self._name, sorted(there))


MOST_KEPT: Final = 10
"""Editions of a story that have a page of their own."""


def kept_versions(last: int) -> range:
    """Tell which editions have a page of their own."""
    return range(max(1, last - MOST_KEPT + 1), last + 1)


def thinned(editions: Sequence[Edition], zone: tzinfo) -> list[Edition]:
    """Leave out of old editions all but the last of each day."""
    old, new = editions[:-MOST_EDITIONS], editions[-MOST_EDITIONS:]
    last_of_day = [
        a
        for a, b in pairwise([*old, *new[:1]])
        if clock.day_of(a.at, zone) != clock.day_of(b.at, zone)
    ]
    return [*last_of_day, *new]


def _facts(publisher: str | None, day: date | None, is_copy: bool) -> str:  # noqa: FBT001  a fact of the source
    parts = [publisher, clock.short_day(day) if day else None]
    parts += ["for the most part a copy"] if is_copy else []
    return visible(" · ".join(filter(None, parts)))
