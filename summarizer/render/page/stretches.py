"""A text cut at every border of what is marked in it.

Pure: text and marks in, stretches out. Marks may overlap, nest, repeat and touch; the
stretches never do, and joined they are the text again.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.evidence import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text that means something.

    Attributes:
        start: Its first code point.
        end: One past its last; more than *start*.
        kind: What it is: "used", "excluded", "speaker" …
        key: Whose it is: the key of a row, or "".
    """

    start: int
    end: int
    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text over which the same marks lie from end to end.

    Attributes:
        start: Its first code point.
        text: Its words, untouched; never empty.
        marks: All that cover it, in the order in which they were given.
    """

    start: int
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        """One past its last code point."""
        return self.start + len(self.text)


def cut(
    text: str, marks: Iterable[Mark], borders: Iterable[int] = ()
) -> tuple[Stretch, ...]:
    """Cut *text* at the ends of all *marks*, and at *borders*.

    Args:
        text: What to cut.
        marks: In any order. What reaches beyond the text, or is empty, is left out.
        borders: Code points at which to cut as well, 0 to the length of the text.

    Returns:
        The stretches in order; none for an empty text.
    """
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    opening: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(inside):
        opening[mark.start].append(number)
        closing[mark.end].append(number)
    kept = {0, len(text), *opening, *closing, *borders}
    places = sorted(place for place in kept if 0 <= place <= len(text))
    open_now: set[int] = set()
    found: list[Stretch] = []
    for start, end in itertools.pairwise(places):
        open_now.difference_update(closing[start])
        open_now.update(opening[start])
        over = tuple(inside[number] for number in sorted(open_now))
        found.append(Stretch(start, text[start:end], over))
    return tuple(found)


def grouped(
    stretches: Iterable[Stretch], paragraphs: Iterable[Span]
) -> tuple[tuple[Stretch, ...], ...]:
    """Put stretches into their paragraphs.

    Args:
        stretches: In order, cut at the start of every paragraph.
        paragraphs: In order. White space after one belongs to it, and what stands
            before the first to the first.

    Returns:
        One group for each paragraph, or a single one when there are none.
    """
    starts = [0, *(span.start for span in list(paragraphs)[1:])]
    groups: list[list[Stretch]] = [[] for _ in starts]
    at = 0
    for stretch in stretches:
        while at + 1 < len(starts) and stretch.start >= starts[at + 1]:
            at += 1
        groups[at].append(stretch)
    return tuple(tuple(group) for group in groups)
