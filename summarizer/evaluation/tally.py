"""What scoring one document gives: counts that add up, and the mistakes behind them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Wrong = Literal[
    "missed", "invented", "direction", "speaker", "number", "total", "unproven"
]
"""What is wrong: not found; shown and not in the gold; requester and addressee
swapped; another speaker; another number; totals that differ; fails `verify`."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error, with what a person needs to see it."""

    document: str
    section: str
    wrong: Wrong
    shown: str
    """What the briefing says, or nothing when it misses something."""

    gold: str
    """What the gold says, or nothing when there is no such thing in it."""

    sentence: str
    """The words of the document that it is about."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one document, by name, and its mistakes."""

    counts: Counter[str] = field(default_factory=Counter)
    mistakes: tuple[Mistake, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.counts + Counter(other.counts), (*self.mistakes, *other.mistakes)
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add up tallies."""
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    for tally in tallies:
        counts.update(tally.counts)
        mistakes += tally.mistakes
    return Tally(counts, tuple(mistakes))
