"""Counts drawn on a line: from the smallest to the largest number that the words bear.

Pure geometry in per cent of the line's length; the page draws it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemas.briefing import Casualties, Figure

_ROOM = Fraction(5, 4)
"""An open range runs on past the largest figure by a quarter of the line, so that a
reader sees it go on."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where a count lies on its line.

    Attributes:
        left: Where it begins, 0 to 100.
        right: Where it ends, *left* to 100; 100 when it is open.
        open: Whether the words set no upper limit.
        vague: Whether the limits come from a vague word: "dozens".
        rough: Whether the number is about right only: "some 40".
        words: The same for people who do not see it.
    """

    left: float
    right: float
    open: bool
    vague: bool
    rough: bool
    words: str

    @property
    def is_point(self) -> bool:
        """Tell whether it is one number."""
        return not self.open and self.left == self.right

    @property
    def width(self) -> float:
        """How long it is, in per cent of the line."""
        return round(self.right - self.left, 2)


def scale(counts: Sequence[Casualties | Figure]) -> Fraction:
    """Find the number at the end of a line that holds all *counts*.

    Returns:
        0 when none of them has a number other than 0.
    """
    known = [
        number for one in counts for number in (one.low, one.high) if number is not None
    ]
    if not known:
        return Fraction(0)
    is_open = any(one.high is None for one in counts)
    return max(known) * (_ROOM if is_open else Fraction(1))


def draw(count: Casualties | Figure, end: Fraction) -> Range | None:
    """Draw *count* on a line from 0 to *end*.

    Returns:
        None when it has no number, or the line no length.
    """
    if (count.low is None and count.high is None) or end <= 0:
        return None
    low = count.low or 0
    left = _per_cent(low, end)
    right = 100.0 if count.high is None else _per_cent(count.high, end)
    return Range(
        left=min(left, right),
        right=right,
        open=count.high is None,
        vague=count.vague,
        rough=count.comparator == "~",
        words=_words(low, count.high, vague=count.vague),
    )


def _per_cent(number: int, end: Fraction) -> float:
    return round(min(100.0, float(100 * number / end)), 2)


def _words(low: int, high: int | None, *, vague: bool) -> str:
    if high is None:
        words = f"{low:,} or more, no upper limit given"
    elif low == high:
        words = f"{low:,}"
    else:
        words = f"{low:,} to {high:,}"
    return f"{words} (vague)" if vague else words
