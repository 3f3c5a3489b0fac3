"""Turn counts into figures with their n and a bootstrap interval.

Intervals are percentile bootstrap intervals (Efron 1979) over documents: whole
documents are drawn with replacement, since the items of one document are not
independent of one another.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from schemas.evidence import Frozen
from summarizer.evaluation.tally import Tally

DRAWS = 2_000
SEED = 20
"""Any number: with the same runs the same intervals come out."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: what of what it is.

    Attributes:
        section: The part of the briefing that it is about.
        name: What it says.
        part: Counts it from the tallies: the numerator.
        whole: The denominator; a figure without one is not given.
        aim: "up" when more is better, "down" when less is.
    """

    section: str
    name: str
    part: str
    whole: str
    aim: str = "up"

    def value(self, counts: Counts) -> float | None:
        """Compute the share, or None when there is nothing to count."""
        whole = counts.get(self.whole, 0)
        return counts.get(self.part, 0) / whole if whole else None

    def n(self, counts: Counts) -> int:
        """Tell how many things it is a share of."""
        return counts.get(self.whole, 0)


@dataclass(frozen=True, slots=True)
class F1(Measure):
    """The harmonic mean of precision and recall of a section."""

    def value(self, counts: Counts) -> float | None:
        """Compute it, or None when the gold has nothing."""
        precision = _share(counts, f"{self.section}_right", f"{self.section}_shown")
        recall = _share(counts, f"{self.section}_found", f"{self.section}_gold")
        if recall is None:
            return None
        if not precision or not recall:
            return 0.0
        return 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class Mean(Measure):
    """A mean per document; the count is kept in thousandths where it is no integer."""

    per: float = 1.0

    def value(self, counts: Counts) -> float | None:
        """Compute it, or None without documents."""
        share = _share(counts, self.part, self.whole)
        return None if share is None else share / self.per


def _share(counts: Counts, part: str, whole: str) -> float | None:
    return counts.get(part, 0) / counts[whole] if counts.get(whole) else None


MEASURES: tuple[Measure, ...] = (
    Measure("casualty totals", "both totals exact", "totals_both", "totals"),
    Measure("casualty totals", "killed exact", "totals_killed", "totals"),
    Measure("casualty totals", "detained exact", "totals_detained", "totals"),
    F1("casualties", "F1 of (kind, victim)", "casualties_found", "casualties_gold"),
    Measure("casualties", "precision", "casualties_right", "casualties_shown"),
    Measure("casualties", "recall", "casualties_found", "casualties_gold"),
    Measure("casualties", "right numbers", "numbers_right", "numbers"),
    Measure("requests", "direction right", "requests_direction", "requests_gold"),
    Measure("requests", "found", "requests_found", "requests_gold"),
    Measure("requests", "swapped", "requests_swapped", "requests_gold", "down"),
    Measure("positions", "on a real attribution", "positions_right", "positions_shown"),
    Measure("positions", "right speaker", "speakers_right", "speakers"),
    Measure("positions", "attributions covered", "positions_found", "positions_gold"),
    Measure("actors", "precision", "actors_right", "actors_shown"),
    Measure(
        "actors", "recall (two or more mentions)", "actors_found", "actors_gold"
    ),
    Measure("actors", "told apart wrongly", "actors_split", "actors_gold", "down"),
    Measure("open questions", "precision", "open_questions_right", "open_questions_shown"),
    Measure("open questions", "recall", "open_questions_found", "open_questions_gold"),
    Measure("complete sections", "gold items found", "all_found", "all_gold"),
    Measure("complete sections", "shown items wrong", "all_wrong", "all_shown", "down"),
    Measure("nothing to find", "sections with items invented", "nothing_invented", "nothing", "down"),
    Measure("everything shown", "fails verify", "unproven", "checked", "down"),
    Measure("documents", "failed", "failed", "asked", "down"),
    Measure("documents", "incomplete", "incomplete", "asked", "down"),
    Mean("cost", "seconds a document", "milliseconds", "asked", "down", 1_000),
    Mean("cost", "calls a document", "calls", "asked", "down"),
    Mean("cost", "prompt tokens a document", "prompt_tokens", "asked", "down"),
    Mean("cost", "cached of them", "cached_tokens", "asked"),
    Mean("cost", "output tokens a document", "completion_tokens", "asked", "down"),
)  # fmt: skip


class Figure(Frozen):
    """A figure as it is reported."""

    set: str
    section: str
    name: str
    value: float
    n: int
    """What it is a share of; documents for means."""

    low: float
    """Lower end of the 95 % interval."""

    high: float
    documents: int
    aim: str = "up"


def figures(
    name: str, tallies: Sequence[Tally], measures: Sequence[Measure] = MEASURES
) -> tuple[Figure, ...]:
    """Compute all figures of a set that have something to count.

    Args:
        name: Name of the set.
        tallies: One for each of its documents.
        measures: What to compute of them.
    """
    counts = [dict(t.counts) for t in tallies]
    together = summed(counts)
    draws = _draws(counts)
    found: list[Figure] = []
    for measure in measures:
        value = measure.value(together)
        if value is None:
            continue
        low, high = _interval(measure.value, draws, value)
        found.append(
            Figure(
                set=name,
                section=measure.section,
                name=measure.name,
                value=round(value, 4),
                n=measure.n(together),
                low=round(low, 4),
                high=round(high, 4),
                documents=len(tallies),
                aim=measure.aim,
            )
        )
    return tuple(found)


def paired(
    counts: Sequence[tuple[Counts, Counts]],
) -> list[tuple[dict[str, int], dict[str, int]]]:
    """Draw documents with replacement, the old and the new run of each together."""
    chance = random.Random(SEED)  # noqa: S311  not for secrets
    drawn = (chance.choices(counts, k=len(counts)) for _ in range(DRAWS))
    return [
        (summed([old for old, _ in draw]), summed([new for _, new in draw]))
        for draw in drawn
    ]


def interval_of_difference(
    measure: Measure, draws: Sequence[tuple[Counts, Counts]]
) -> tuple[float, float]:
    """Take the 2.5th and 97.5th percentile of new minus old."""
    values: list[float] = []
    for old, new in draws:
        before, after = measure.value(old), measure.value(new)
        if before is not None and after is not None:
            values.append(after - before)
    return _percentiles(sorted(values)) if values else (0.0, 0.0)


def summed(counts: Sequence[Counts]) -> dict[str, int]:
    """Add up the counts of documents."""
    together: dict[str, int] = {}
    for one in counts:
        for key, value in one.items():
            together[key] = together.get(key, 0) + value
    return together


def _draws(counts: Sequence[Counts]) -> list[dict[str, int]]:
    # Not for secrets: the same documents must give the same interval.
    chance = random.Random(SEED)  # noqa: S311
    return [summed(chance.choices(counts, k=len(counts))) for _ in range(DRAWS)]


def _interval(
    value: Callable[[Counts], float | None],
    draws: Sequence[Counts],
    given: float,
) -> tuple[float, float]:
    """Take the 2.5th and 97.5th percentile of the draws that give a figure."""
    values = sorted(v for v in map(value, draws) if v is not None)
    return _percentiles(values) if values else (given, given)


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]
