"""How well stories were told apart: pairs of pieces, and B-cubed.

B-cubed is that of Bagga and Baldwin (1998): for each piece the share of its story that
belongs there, and the share of where it belongs that is there, both averaged.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1.

    Attributes:
        precision: 1 where nothing was put together.
        recall: 1 where nothing belongs together.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 0 when both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(found: Mapping[str, str], gold: Mapping[str, str]) -> Score:
    """Score the pairs of pieces that were put into one story.

    Args:
        found: By piece the story that it was put into. What *gold* lacks is not scored.
        gold: By piece the story that it tells.
    """
    cells = _cells(found, gold)
    together = sum(map(_pairs, cells.values()))
    put = sum(map(_pairs, _sums(cells, 0).values()))
    belong = sum(map(_pairs, _sums(cells, 1).values()))
    return Score(together / put if put else 1.0, together / belong if belong else 1.0)


def b_cubed(found: Mapping[str, str], gold: Mapping[str, str]) -> Score:
    """Score piece by piece; the arguments are those of `pairwise`.

    Raises:
        ValueError: *gold* is empty.
    """
    if not gold:
        msg = "there is nothing to score"
        raise ValueError(msg)
    cells = _cells(found, gold)
    put, belong = _sums(cells, 0), _sums(cells, 1)
    squares = {cell: count * count for cell, count in cells.items()}
    return Score(
        sum(s / put[cell[0]] for cell, s in squares.items()) / len(gold),
        sum(s / belong[cell[1]] for cell, s in squares.items()) / len(gold),
    )


def _cells(
    found: Mapping[str, str], gold: Mapping[str, str]
) -> Counter[tuple[str, str]]:
    return Counter((found[piece], story) for piece, story in gold.items())


def _sums(cells: Counter[tuple[str, str]], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for cell, count in cells.items():
        sums[cell[side]] += count
    return sums


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
