"""An archive cut into shards: handed out, taken over into the ledger, gone on with.

One process, the driver, writes the ledger. At any moment each article stands in the ledger,
or on the shelf in a shard, or is yet to be cut: a driver that is killed and started again
takes over what is on the shelf first, and hands in what is not done.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from summarizer.batch.entries import Cost, Entry, Line
from summarizer.batch.executors import Ended, Executor
from summarizer.batch.inputs import Given
from summarizer.batch.ledger import Ledger
from summarizer.batch.sharding.order import Order
from summarizer.batch.sharding.shelf import Shelf
from summarizer.errors import EndpointError, SummarizerError

ARTICLES: Final = 200
"""Articles of a shard: minutes of work, so that handing one out costs nothing beside it and
a worker that dies loses little but time of its processor."""

_TOGETHER: Final = 50
"""Rows that are entered together, of 10 kB each and 100 kB where articles are long."""

_LOOK_S: Final = 0.5
_MOST_IDLE: Final = 10
"""Times that a shard may be lost, or come back without a row."""


@dataclass(slots=True)
class Spread:
    """One run over an archive by shards.

    Attributes:
        ledger: What becomes of each article.
        order: How shards are done; its number is that of none.
        shelf: Where they lie.
        size: Articles of a shard, 1 or more.
        told: Is told of each article that is taken over.
        stopping: Becomes true to let what is under way finish, and end.
    """

    ledger: Ledger
    order: Order
    shelf: Shelf
    size: int
    told: Callable[[Entry, Cost], None]
    stopping: Callable[[], bool]
    end: SummarizerError | None = field(default=None, init=False)
    _is_told: bool = field(default=False, init=False)
    _entered: dict[int, set[str]] = field(default_factory=dict, init=False)
    _idle: Counter[int] = field(default_factory=Counter, init=False)

    def begun(self, *, goes_on: bool) -> set[bytes]:
        """Take over what an earlier run left on the shelf.

        Args:
            goes_on: Whether shards are done now; else they are taken off the shelf, and
                what is not done of them is to do like any other article.

        Returns:
            The articles, by hash, of shards that are not done.

        Raises:
            SummarizerError: Something cannot be read or written.
        """
        if goes_on:
            self.shelf.prepare(self.order.run)
        for number in self.shelf.numbers():
            self._take_over(number)
        if not goes_on:
            self.shelf.close()
        self.shelf.gather()
        return {
            bytes.fromhex(one.key)
            for number in self.shelf.numbers()
            for one in self.shelf.given(number)
        }

    def run(
        self, left: Iterator[Given], opened: AbstractContextManager[Executor]
    ) -> None:
        """Do the shards on the shelf, and those that are cut of what is left.

        Raises:
            SummarizerError: The endpoint refuses or fails, the cluster is gone, or the
                output cannot be written: what is finished is kept.
        """
        with opened as executor:
            self._run(executor, deque(self.shelf.numbers()), self._cut(left))
        self.shelf.gather()
        if self.end is not None:
            raise self.end

    def _run(
        self, executor: Executor, waiting: deque[int], fresh: Iterator[int]
    ) -> None:
        under_way = 0
        while True:
            self._mind_stop(executor)
            while under_way < executor.width and not self._is_over():
                number = waiting.popleft() if waiting else next(fresh, None)
                if number is None:
                    break
                executor.submit(replace(self.order, shard=number))
                under_way += 1
            if not under_way:
                return
            if (ended := executor.ended(_LOOK_S)) is None:
                continue
            under_way -= 1
            entered = len(self._entered.get(ended.shard, ()))
            if self._take_over(ended.shard):
                self._mind(ended, is_idle=False)
                continue
            waiting.append(ended.shard)
            self._mind(ended, is_idle=entered == len(self._entered[ended.shard]))

    def _cut(self, left: Iterator[Given]) -> Iterator[int]:
        while some := list(islice(left, self.size)):
            yield self.shelf.add(some)

    def _is_over(self) -> bool:
        return self.end is not None or self.stopping()

    def _mind_stop(self, executor: Executor) -> None:
        if self._is_over() and not self._is_told:
            self._is_told = True
            executor.stop()

    def _mind(self, ended: Ended, *, is_idle: bool) -> None:
        """End the run for a trouble, or for a shard that nobody brings forward."""
        self.end = self.end or ended.trouble
        self._idle[ended.shard] += is_idle
        if self._idle[ended.shard] >= _MOST_IDLE and self.end is None:
            msg = f"shard {ended.shard} was handed out {_MOST_IDLE} times and nothing came of it: look at the logs of the workers"
            self.end = EndpointError(msg)

    def _take_over(self, number: int) -> bool:
        """Enter what is done of a shard; take it off the shelf when all is.

        A kill in the middle leaves it on the shelf: entering a row twice replaces it.
        """
        left = {one.key for one in self.shelf.given(number)}
        entered = self._entered.setdefault(number, set())
        made = (Line(e, row, cost) for e, cost, row in self.shelf.rows(number))
        while together := list(islice(made, _TOGETHER)):
            self._enter([one for one in together if one.entry.key not in entered])
            entered |= {one.entry.key for one in together}
        left -= entered
        if left:
            return False
        self.shelf.retire(number)
        del self._entered[number]
        return True

    def _enter(self, lines: Iterable[Line]) -> None:
        """Write rows into the ledger that are not done there: one wait for the disk."""
        fresh = [one for one in lines if self.ledger.status(one.entry.key) != "done"]
        if fresh:
            self.ledger.write_all(fresh)
        for one in fresh:
            self.told(one.entry, one.cost)


def not_begun(given: Iterable[Given], begun: set[bytes]) -> Iterator[Given]:
    """Leave out the articles that lie in shards already."""
    return (one for one in given if bytes.fromhex(one.key) not in begun)
