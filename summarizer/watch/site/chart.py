"""Counts over time as a drawing: places in per cent of the width, heights in pixels.

Pure geometry; the page draws it. Widths are shares of the page's, so that marks and
words keep their size on a phone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from math import ceil
from typing import Final, Literal

from schemas.briefing import Casualties
from summarizer.render.words import wording
from summarizer.render.words.wording import visible
from summarizer.watch.site import clock
from summarizer.watch.site.tolls import Point, Series

TOP: Final = 16.0
BOTTOM: Final = 160.0
"""Pixels from above: between them the numbers lie, days are written underneath."""
HEIGHT: Final = 180
MOST: Final = 6
"""Counters with a colour and a shape of their own; the others are in the table."""
_PHONE: Final = 270.0
"""Pixels of the narrowest plot: numbers that would meet there are not written."""
_MOST_DAYS: Final = 7
_ROOM: Final = 1.2
_ARROW: Final = 18

Open = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One count.

    Attributes:
        x: Its place, 0 to 100.
        y: Its height: of its number, or of its smaller one.
        y_to: Of its larger number; the same as *y* for one number, and the upper border
            of the plot when the words set no limit.
        is_area: Whether a vague word gives it: "dozens".
        is_hollow: Whether the number is not exact.
        opens: Towards which side the words set no limit.
        is_unsure: Whether it is unconfirmed.
        title: All of it in words.
        label: Its number, or "" where there is no room.
        label_y: Where that stands.
    """

    x: float
    y: float
    y_to: float
    is_area: bool
    is_hollow: bool
    opens: Open
    is_unsure: bool
    title: str
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A line between two counts of one counter."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """The counts of one counter; *shape* is its number among the counters, -1 for none."""

    counter: str
    shape: int
    marks: tuple[Mark, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing.

    Attributes:
        numbers: Heights and what is written at them.
        days: Places and what is written at them; "" for a line alone.
        drawn: The counters.
        left_out: How many counters are in the table only.
        keys: Which signs a reader must be told of: "least", "most", "about", "range",
            "vague".
    """

    numbers: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    drawn: tuple[Drawn, ...]
    left_out: int
    keys: frozenset[str]


def draw(found: Sequence[Series], zone: tzinfo) -> Chart | None:
    """Draw the counts of one kind.

    Args:
        found: Series of one kind, over the same time.
        zone: Whose days stand under the drawing.

    Returns:
        None when fewer than two counts have a number: nothing goes up or down then.
    """
    shown = [(one, [p for p in one.points if _is_drawn(p.counted)]) for one in found]
    shown = [(one, points) for one, points in shown if points]
    named = [one for one, _ in shown if one.is_named][:MOST]
    kept = [(one, ps) for one, ps in shown if one in named or not one.is_named]
    points = [p for _, ps in kept for p in ps]
    if len(points) < 2:
        return None
    plot = _Plot(points, zone)
    shapes = {id(one): n for n, one in enumerate(named)}
    drawn = _labelled(
        [_drawn(one, ps, shapes.get(id(one), -1), plot) for one, ps in kept]
    )
    return Chart(
        numbers=plot.numbers(),
        days=plot.days(),
        drawn=drawn,
        left_out=len(shown) - len(kept),
        keys=frozenset(_keys(p.counted for p in points)),
    )


class _Plot:
    """Where times and numbers lie."""

    def __init__(self, points: Sequence[Point], zone: tzinfo) -> None:
        self.zone = zone
        self._first = clock.day_of(min(p.at for p in points), zone)
        last = clock.day_of(max(p.at for p in points), zone)
        self._count = (last - self._first).days + 1
        self._start = self._midnight(self._first)
        self._end = self._midnight(last + timedelta(days=1))
        largest = max(_largest(p.counted) for p in points)
        self._step = _step(largest)
        self._top = self._step * ceil(largest / self._step)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def x(self, at: datetime) -> float:
        """Give the place of a time, 0 to 100."""
        return round(100 * ((at - self._start) / (self._end - self._start)), 2)

    def y(self, number: float) -> float:
        """Give the height of a number."""
        return round(BOTTOM - (BOTTOM - TOP) * number / self._top, 1)

    def numbers(self) -> tuple[tuple[float, str], ...]:
        """Write numbers at their heights."""
        return tuple((self.y(n), f"{n:,}") for n in range(0, self._top + 1, self._step))

    def days(self) -> tuple[tuple[float, str], ...]:
        """Write days, or the hours of a single one, at their places."""
        if self._count == 1:
            hours = [self._start + timedelta(hours=h) for h in (0, 6, 12, 18)]
            return tuple((self.x(at), clock.time(at, self.zone)) for at in hours)
        every = -(-self._count // _MOST_DAYS)
        write = clock.weekday if self._count <= _MOST_DAYS else clock.short_day
        days = [self._first + timedelta(days=n) for n in range(0, self._count, every)]
        return tuple((self.x(self._midnight(day)), write(day)) for day in days)


def _drawn(one: Series, points: Sequence[Point], shape: int, plot: _Plot) -> Drawn:
    marks = tuple(_mark(one, point, plot) for point in points)
    joined = pairwise(m for m in marks if not m.is_area) if one.is_named else ()
    return Drawn(
        counter=one.counter,
        shape=shape,
        marks=marks,
        segments=tuple(Segment(a.x, a.y, b.x, b.y) for a, b in joined),
    )


def _mark(one: Series, point: Point, plot: _Plot) -> Mark:
    item = point.counted
    low = item.low if item.low is not None else item.high or 0
    is_range = item.value is None and item.high is not None and item.high != low
    y = plot.y(item.value if item.value is not None else low)
    when = clock.moment(point.at, plot.zone)
    return Mark(
        x=plot.x(point.at),
        y=y,
        y_to=_upper(item, y, plot),
        is_area=item.vague,
        is_hollow=item.comparator not in {None, "="} or is_range,
        opens=_opens(item),
        is_unsure=item.verdict == "unconfirmed",
        title=" · ".join(filter(None, (point.words, one.counter, when, point.notes))),
        label=_short(item),
        label_y=y - 8,
    )


def _upper(item: Casualties, y: float, plot: _Plot) -> float:
    if item.high is None:
        return TOP
    is_one = item.value is not None and not item.vague
    return y if is_one else plot.y(item.high)


def _opens(item: Casualties) -> Open:
    if item.vague or item.comparator in {None, "=", "~"}:
        return ""
    return "up" if item.comparator in {">", ">="} else "down"


def _short(item: Casualties) -> str:
    """Write a count as short as can be: "17", "≥ 9", "10–12", “dozens”."""
    if item.vague:
        words = visible(item.count_text or "")
        return words if len(words) <= 16 else "vague"
    return wording.bounds(item).removeprefix("= ")


def _labelled(drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    """Keep the numbers that have room: the last of each counter first, then the first."""
    order = [
        (d, m)
        for d in range(len(drawn))
        for m in _ends_first(len(drawn[d].marks))
    ]  # fmt: skip
    order.sort(
        key=lambda place: _ends_first(len(drawn[place[0]].marks)).index(place[1])
    )
    dots = [dot for one in drawn for m in one.marks for dot in _dots(m)]
    taken: list[tuple[float, float, float, float]] = []
    places: dict[tuple[int, int], float] = {}
    for d, m in order:
        mark = drawn[d].marks[m]
        for y in _heights(mark):
            box = _box(mark, y)
            if BOTTOM >= y >= 8 and _is_free(box, taken, dots):
                taken.append(box)
                places[d, m] = y
                break
    return tuple(
        Drawn(
            one.counter, one.shape,
            tuple(_placed(mark, places.get((d, m))) for m, mark in enumerate(one.marks)),
            one.segments,
        )
        for d, one in enumerate(drawn)
    )  # fmt: skip


def _dots(mark: Mark) -> Iterator[tuple[float, float]]:
    """Give the places of a mark and of its arrow on the narrowest plot."""
    x = mark.x * _PHONE / 100
    yield x, mark.y
    if mark.opens:
        yield x, mark.y + (-_ARROW if mark.opens == "up" else _ARROW)


def _heights(mark: Mark) -> tuple[float, ...]:
    """List where the number of a mark may stand: not on its arrow."""
    if mark.is_area or (mark.y_to != mark.y and not mark.opens):
        return (mark.y_to - 6, mark.y + 17)
    above = mark.y - (_ARROW + 5 if mark.opens == "up" else 8)
    below = mark.y + (_ARROW + 13 if mark.opens == "down" else 17)
    return (below, above) if mark.opens == "up" else (above, below)


def _ends_first(count: int) -> list[int]:
    """Number the marks of a counter: the last, the first, then the rest."""
    return list(dict.fromkeys([count - 1, 0, *range(count)]))


def _box(mark: Mark, y: float) -> tuple[float, float, float, float]:
    """Give the room of a number on the narrowest plot: left, right, top, bottom."""
    middle, half = mark.x * _PHONE / 100, 3.5 * len(mark.label) + 2
    return middle - half, middle + half, y - 11, y + 2


def _is_free(
    box: tuple[float, float, float, float],
    taken: Iterable[tuple[float, float, float, float]],
    dots: Iterable[tuple[float, float]],
) -> bool:
    left, right, top, bottom = box
    meets = any(
        left < other[1] and other[0] < right and top < other[3] and other[2] < bottom
        for other in taken
    )
    hides = any(left < x < right and top - 3 < y < bottom + 3 for x, y in dots)
    return not meets and not hides


def _placed(mark: Mark, y: float | None) -> Mark:
    return replace(mark, label=mark.label if y is not None else "", label_y=y or 0.0)


def _keys(items: Iterable[Casualties]) -> Iterator[str]:
    names = {">": "least", ">=": "least", "<": "most", "<=": "most", "~": "about"}
    for item in items:
        if item.vague:
            yield "vague"
        elif item.comparator in names:
            yield names[item.comparator]
        elif item.value is None and item.high != item.low:
            yield "range"


def _is_drawn(item: Casualties) -> bool:
    """Tell whether a count has a number of its own: "a man was killed" has none."""
    return item.count_text is not None and not item.low is item.high is None


def _largest(item: Casualties) -> float:
    """Give the number that must have room: over an open one there is some more."""
    room = _ROOM if item.high is None else 1
    return max((item.low or 0) * room, item.high or 0, 1)


def _step(largest: float) -> int:
    """Give the distance of the numbers written beside a drawing: at most six steps."""
    step = 1
    while True:
        for one in (step, 2 * step, 5 * step):
            if largest <= 6 * one:
                return one
        step *= 10
