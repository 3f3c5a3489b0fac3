"""Who goes with whom: the one-to-one pairing of two lists with the greatest total.

The Hungarian method in the form of shortest augmenting paths with potentials (Jonker and
Volgenant, 1987). A greedy choice would give the first item the best partner and leave
the second with a wrong one. Items are put into an order of their own first, and the two
lists into an order of theirs, so that neither the order of the items nor which briefing
is called old has a say in ties.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

Key = tuple[str, ...]


def pair(
    old: Sequence[T],
    new: Sequence[T],
    score: Callable[[T, T], int],
    meaning: Callable[[T], Key],
    name: Callable[[T], str],
) -> list[tuple[T, T]]:
    """Pair items of two lists, each at most once.

    Args:
        old: One list.
        new: The other.
        score: How surely two items are the same, 0 (not at all) to 1,000.
        meaning: All that an item says. Items that say the same are paired at once.
        name: Tells items apart that say the same.

    Returns:
        The pairs, in no order that means anything.
    """
    same, rest_old, rest_new = _equals(old, new, meaning, name)
    rows, columns = (
        sorted(rest_old, key=_by(meaning, name)),
        sorted(rest_new, key=_by(meaning, name)),
    )
    flipped = _order(rows, meaning, name) > _order(columns, meaning, name)
    if flipped:
        rows, columns = columns, rows
    weights = [[score(c, r) if flipped else score(r, c) for c in columns] for r in rows]
    for i, j in assign(weights):
        same.append((columns[j], rows[i]) if flipped else (rows[i], columns[j]))
    return same


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Choose cells of a matrix, one a row and one a column, with the greatest sum.

    Args:
        weights: Rows of equal length, no weight below 0.

    Returns:
        Row and column of each chosen cell, in order of the rows; cells of weight 0
        are not chosen.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = [list(column) for column in zip(*weights, strict=True)]
        return sorted((i, j) for j, i in assign(turned))
    owners = _Assignment(weights).solve()
    return sorted((i, j) for j, i in owners.items() if weights[i][j] > 0)


class _Assignment:
    """The method's bookkeeping: potentials, and which row owns which column."""

    def __init__(self, weights: Sequence[Sequence[int]]) -> None:
        self.weights = weights
        self.of_row = [0] * len(weights)
        self.of_column = [0] * len(weights[0])
        self.owner: dict[int, int] = {}

    def solve(self) -> dict[int, int]:
        for row in range(len(self.weights)):
            self._augment(row)
        return self.owner

    def _augment(self, row: int) -> None:
        """Give *row* a column along the cheapest path of columns changing owners."""
        distance: dict[int, int] = {}
        before: dict[int, int] = {}
        done: dict[int, int] = {}
        current, reached, column = row, 0, -1
        while True:
            for j, weight in enumerate(self.weights[current]):
                way = reached - weight - self.of_row[current] - self.of_column[j]
                if j not in done and (j not in distance or way < distance[j]):
                    distance[j], before[j] = way, column
            column = min(distance, key=lambda j: (distance[j], j))
            reached = done[column] = distance.pop(column)
            if column not in self.owner:
                break
            current = self.owner[column]
        self._shift(row, done, reached)
        while column >= 0:
            previous = before[column]
            self.owner[column] = self.owner[previous] if previous >= 0 else row
            column = previous

    def _shift(self, row: int, done: dict[int, int], reached: int) -> None:
        """Move the potentials so that the columns on the way cost nothing more."""
        self.of_row[row] += reached
        for column, distance in done.items():
            if column in self.owner:
                self.of_row[self.owner[column]] += reached - distance
            self.of_column[column] -= reached - distance


def _equals(
    old: Sequence[T],
    new: Sequence[T],
    meaning: Callable[[T], Key],
    name: Callable[[T], str],
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pair the items that say the same; return the rest of both lists too."""
    waiting: dict[Key, list[T]] = defaultdict(list)
    for item in sorted(new, key=name):
        waiting[meaning(item)].append(item)
    same: list[tuple[T, T]] = []
    rest: list[T] = []
    for item in sorted(old, key=name):
        partners = waiting[meaning(item)]
        if partners:
            same.append((item, partners.pop(0)))
        else:
            rest.append(item)
    return same, rest, [item for items in waiting.values() for item in items]


def _by(
    meaning: Callable[[T], Key], name: Callable[[T], str]
) -> Callable[[T], tuple[Key, str]]:
    return lambda item: (meaning(item), name(item))


def _order(
    items: Sequence[T], meaning: Callable[[T], Key], name: Callable[[T], str]
) -> tuple[int, list[tuple[Key, str]]]:
    key = _by(meaning, name)
    return len(items), [key(item) for item in items]
