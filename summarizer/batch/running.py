"""Brief what an archive holds, several at once, each into the ledger when it is done."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from schemas.briefing import Briefing
from summarizer.batch import garbage
from summarizer.batch.entries import Cost, Entry, Line
from summarizer.batch.inputs import Given
from summarizer.batch.ledger import Ledger
from summarizer.client.purse import Purse, paying_for
from summarizer.errors import (
    AccessError,
    BudgetError,
    EndpointError,
    InputError,
    ModelError,
    SettingsError,
    SummarizerError,
    SuspendedError,
)
from summarizer.pipeline import abrief
from summarizer.plan import Plan
from summarizer.ports import AsyncCompleter, Observer, Unobserved
from summarizer.sources import Article

BREAKER = 5
"""Articles in a row that the endpoint fails, before the run ends: it will fail the next."""


class Entries(Protocol):
    """Where it is written what became of each article: a ledger, or a part of one."""

    def write_all(self, lines: Sequence[Line]) -> None:
        """Write the rows of articles that ended together, and enter them.

        Raises:
            InputError: They cannot be written.
        """
        ...


@dataclass(slots=True)
class Batch:
    """One run over an archive.

    Attributes:
        ledger: Where it is written.
        plan: Which sections, by which readers, for how much each article.
        client: Answers the questions; None for a run without a model.
        at_once: Articles that are under way at once.
        max_chars: Longest article, in code points.
        allow_private: Fetch from private networks too.
        told: Is told of each article that is done.
        stopping: Becomes true to let what is under way finish, and end.
        purse: Knows what was paid for each article; None when no price is known.
        suspended: Articles that were begun and are gone on with later.
        observer: Is told of each article's time.
    """

    ledger: Entries
    plan: Plan
    client: AsyncCompleter | None
    at_once: int
    max_chars: int
    allow_private: bool
    told: Callable[[Entry, Cost], None]
    stopping: Callable[[], bool]
    purse: Purse | None = None
    observer: Observer = field(default_factory=Unobserved)
    clock: Callable[[], float] = time.monotonic
    suspended: int = 0
    failed_in_a_row: int = 0
    end: SummarizerError | None = field(default=None, init=False)
    _ended: list[Line] = field(default_factory=list, init=False)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def run(self, articles: Iterable[Given]) -> None:
        """Brief all articles.

        Raises:
            SummarizerError: The endpoint refuses or fails, or the output cannot be
                written: what is finished is kept, and the same command goes on.
        """
        with garbage.rarely():
            await self._all(iter(articles))
        if self.end is not None:
            raise self.end

    async def _all(self, waiting: Iterator[Given]) -> None:
        """Brief articles, several at once, until there are none or it is over."""
        under_way: set[asyncio.Task[None]] = set()
        while True:
            while len(under_way) < self.at_once and not self._is_over():
                given = await asyncio.to_thread(next, waiting, None)
                if given is None:
                    break
                under_way.add(asyncio.create_task(self._one(given)))
            if not under_way:
                break
            done, under_way = await asyncio.wait(
                under_way, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                task.result()

    def _is_over(self) -> bool:
        return self.end is not None or self.stopping()

    async def _one(self, given: Given) -> None:
        """Brief one article, and enter what became of it."""
        with self.observer.article() as ended:
            line = await self._line(given)
            if line is not None:
                ended(line.entry.status, line.cost.kept_replies)
        if line is not None:
            await self._enter(line)

    async def _line(self, given: Given) -> Line | None:
        """Brief one article; None when it stays to do."""
        begun = self.clock()
        try:
            article = await asyncio.to_thread(
                given.read, max_chars=self.max_chars, allow_private=self.allow_private
            )
            with paying_for(given.key):
                briefing = await self._briefed(article)
        except InputError as exc:
            return Line(_failure(given, exc), None, Cost())
        except SummarizerError as exc:
            return self._failed(given, exc, self.clock() - begun)
        self.failed_in_a_row = 0
        made = briefing.provenance
        cost = Cost(
            made.calls, made.prompt_tokens, made.completion_tokens,
            made.cached_replies, self.clock() - begun,
        )  # fmt: skip
        holes = briefing.coverage.passages_failed
        status = "incomplete" if holes else "done"
        cause = holes[0].reason if holes else ""
        entry = Entry(given.key, given.place, status, cause)
        return Line(entry, _row(given, briefing, self._usd(given.key)), cost)

    async def _briefed(self, article: Article) -> Briefing:
        return await abrief([article], self.client, plan=self.plan, turn=self._turn)

    def _failed(
        self, given: Given, exc: SummarizerError, seconds: float
    ) -> Line | None:
        """Tell an article that failed from a run that cannot go on."""
        if isinstance(exc, SuspendedError):
            self.suspended += 1
            self.end = self.end or (exc if isinstance(exc, BudgetError) else None)
            return None
        if isinstance(exc, AccessError | SettingsError):
            # Nothing was answered, or cannot be kept: it is not failed, but to do.
            self.end = exc
            return None
        self.failed_in_a_row += isinstance(exc, EndpointError)
        if self.failed_in_a_row >= BREAKER:
            self.end = exc
        cost = Cost(seconds=seconds)
        if isinstance(exc, ModelError):
            cost = Cost(exc.calls, exc.prompt_tokens, exc.completion_tokens, 0, seconds)
        return Line(_failure(given, exc), None, cost)

    async def _enter(self, line: Line) -> None:
        """Write an article; those that end while others are written share one write."""
        usd = self._usd(line.entry.key) or 0.0
        self._ended.append(replace(line, cost=replace(line.cost, usd=usd)))
        async with self._writing:
            if not self._ended:
                return
            together, self._ended = self._ended, []
            try:
                await asyncio.to_thread(self.ledger.write_all, together)
            except InputError as exc:
                self.end = exc
                return
            for one in together:
                self.told(one.entry, one.cost)

    def _usd(self, key: str) -> float | None:
        return None if self.purse is None else self.purse.of(key)


def _failure(given: Given, exc: SummarizerError) -> Entry:
    return Entry(given.key, given.place, "failed", str(exc))


def _row(given: Given, briefing: Briefing, usd: float | None) -> dict[str, Any]:
    made = briefing.model_dump(mode="json")
    if usd is not None:
        made["provenance"]["cost"] = usd
    return {"key": given.key, "place": given.place, "briefing": made}


def done_before(ledger: Ledger, *, retry_failed: bool) -> set[bytes]:
    """List the hashes of the articles that are not done again.

    Args:
        ledger: What is done.
        retry_failed: Whether failed and incomplete ones are done again.
    """
    statuses = ("done",) if retry_failed else ("done", "incomplete", "failed")
    return ledger.keys(statuses=statuses)
