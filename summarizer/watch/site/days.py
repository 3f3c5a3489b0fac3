"""The page of a day: its stories, each in a few lines, the latest change first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from typing import Final

from summarizer.watch.site import clock, names, sheets
from summarizer.watch.site.lines import Line

_TOLD: Final = 3
"""Changes of a story on the page of a day."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story on a day.

    Attributes:
        line: Its last edition of the day.
        is_new: Whether the story began on the day.
        editions: How many editions the day brought.
        kinds: How many changes of each kind in all of them, in words.
    """

    line: Line
    is_new: bool
    editions: int
    kinds: str


def page(
    lines: Iterable[Line],
    day: date,
    days: Sequence[date],
    zone: tzinfo,
    *,
    title: str,
    today: date | None = None,
) -> str:
    """Write the page of a day.

    Args:
        lines: Its editions, the newest first.
        day: Which.
        days: All days that have a page, the newest first.
        zone: Whose day.
        title: What the site is called.
        today: For the first page of the site: the day on which it is written. It lists
            all days, and says when nothing has changed since.
    """
    found = stories(lines)
    at = days.index(day) if day in days else 0
    return sheets.fill(
        "day.html",
        "site.css",
        title=title,
        day=day,
        stories=found,
        new=sum(one.is_new for one in found),
        earlier=days[at + 1] if at + 1 < len(days) else None,
        later=days[at - 1] if at else None,
        months=_months(days) if today else [],
        is_index=today is not None,
        quiet=today if today and today > day else None,
        most_told=_TOLD,
        zone=zone,
        clock=clock,
        names=names,
    )


def stories(lines: Iterable[Line]) -> list[Told]:
    """Gather the editions of a day by story, the last changed story first."""
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.story, []).append(line)
    return [
        Told(
            line=same[0],
            is_new=any(one.version == 1 for one in same),
            editions=len(same),
            kinds=_kinds(same),
        )
        for same in grouped.values()
    ]


def _kinds(lines: Iterable[Line]) -> str:
    found: Counter[str] = Counter()
    for line in lines:
        found.update(dict(line.kinds))
    return ", ".join(f"{count} {name}" for name, count in found.items())


def _months(days: Sequence[date]) -> list[tuple[str, list[date]]]:
    return [(name, list(same)) for name, same in groupby(days, key=clock.month)]
