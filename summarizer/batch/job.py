"""One run over an archive: from what is named to rows, tables and a report."""

import asyncio
import hashlib
import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from schemas.briefing import SCHEMA_VERSION
from summarizer.batch import executors, outputs, spread
from summarizer.batch.entries import Cost, Entry
from summarizer.batch.inputs import Given
from summarizer.batch.ledger import Ledger
from summarizer.batch.running import Batch, done_before
from summarizer.batch.sharding.order import Order, bare
from summarizer.batch.sharding.shelf import Shelf
from summarizer.batch.storage import Bucket
from summarizer.client import prices, profiles
from summarizer.client.connect import async_completer
from summarizer.client.purse import NAME as MONEY
from summarizer.client.purse import Purse
from summarizer.client.replies import NAME, Replies
from summarizer.errors import BudgetError, InputError, SettingsError
from summarizer.plan import Plan
from summarizer.ports import AsyncCompleter, Observer, Unobserved
from summarizer.prompting import fingerprint
from summarizer.settings import Settings

_WITHOUT_MODEL = 2
"""Articles under way at once, when nothing is asked."""


Opening = Callable[["Job"], AbstractAsyncContextManager[AsyncCompleter]]


@asynccontextmanager
async def live(job: "Job") -> AsyncIterator[AsyncCompleter]:
    """Open the endpoint, which answers at once; what it answered is kept."""
    with Replies(job.folder / NAME) as replies:
        async with async_completer(
            job.settings, replies=replies, purse=job.purse, observer=job.observer
        ) as client:
            yield client


@dataclass(slots=True)
class Job:
    """How an archive is done, and how far it is.

    Attributes:
        settings: Which model, and how it is asked.
        plan: Which sections, by which readers, for how much each article.
        folder: Where all goes.
        is_asked: Whether a model is asked.
        limit: Articles of this run at most; None for all.
        retry_failed: Do failed and incomplete ones again.
        allow_private: Fetch from private networks too.
        also: What is made besides: "parquet", "pages".
        bucket: Where what is made goes besides; None for the folder alone.
        budget_usd: US dollars that the folder may cost in all; None is no limit.
        opening: Opens who answers; the endpoint at once, unless set otherwise.
        cluster: Who does it: None for this process, else as `executors.opened` takes it.
        shard_articles: Articles that one worker of a cluster does at a time.
        tell: Are told of each article that is done.
        observer: Is told of each article and each request.
        is_stopping: Set it to let what is under way finish, and end.
        counts: Articles of this run by what became of them.
        before: Articles that were done before it.
    """

    settings: Settings
    plan: Plan
    folder: Path
    is_asked: bool
    limit: int | None = None
    retry_failed: bool = False
    allow_private: bool = False
    also: frozenset[str] = frozenset()
    bucket: Bucket | None = None
    budget_usd: float | None = None
    opening: Opening = live
    cluster: str | None = None
    shard_articles: int = spread.ARTICLES
    tell: list[Callable[[Entry, Cost], None]] = field(default_factory=list)
    observer: Observer = field(default_factory=Unobserved)
    is_stopping: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    before: int = 0
    _ledger: Ledger | None = None
    _purse: Purse | None = None

    def check(self) -> None:
        """Refuse what cannot be spread, before anything is made.

        Raises:
            SettingsError: The embedded model would be asked on a cluster, or money
                minded by one process would be spent by several.
        """
        if self.cluster is not None and self.is_asked and self.settings.embedded:
            msg = "--cluster asks an endpoint (--base-url), or goes without a model (--no-model): the embedded model answers one process"
            raise SettingsError(msg)
        if self.cluster is not None and self.budget_usd is not None:
            msg = "--budget-usd minds the money of one process: leave out --cluster"
            raise SettingsError(msg)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the folder for this run.

        Raises:
            InputError: It cannot be written to, or another run holds it.
            SettingsError: It was made in another way: results would be a mixture.
        """
        with Ledger(self.folder) as ledger:
            ledger.check(self.about())
            self._ledger = ledger
            if self.bucket is not None:
                self.bucket.check(self.folder)
            with self._minding() as self._purse:
                yield

    @property
    def ledger(self) -> Ledger:
        """The ledger, while the job is opened."""
        assert self._ledger is not None  # noqa: S101  within opened()
        return self._ledger

    @contextmanager
    def _minding(self) -> Iterator[Purse | None]:
        """Open what was paid, if there is a price; a budget must have one."""
        find = prices.of if self.budget_usd is None else prices.known
        price = find(self.settings) if self.is_asked else None
        if price is None or self.settings.embedded:
            yield None
            return
        with Purse(price, self.budget_usd, self.folder / MONEY) as purse:
            yield purse

    @property
    def purse(self) -> Purse | None:
        """What was paid, while the job is opened; None when no price is known."""
        return self._purse

    def run(self, articles: Iterable[Given]) -> None:
        """Do the articles that are not done.

        Raises:
            SummarizerError: The endpoint refuses or fails, or the output cannot be
                written: what is finished is kept, and the same command goes on.
        """
        shards = self._spread()
        begun = shards.begun(goes_on=self.cluster is not None)
        done = done_before(self.ledger, retry_failed=self.retry_failed)
        self.before = len(done)
        found = (one for one in articles if bytes.fromhex(one.key) not in done)
        left = islice(spread.not_begun(found, begun), self.limit)
        if self.cluster is None:
            self.ask(left)
        else:
            shards.run(left, executors.opened(self.cluster, shards.order))

    def ask(self, left: Iterator[Given]) -> None:
        """Do these articles here; errors are those of `run`."""
        asyncio.run(self._asked(left))

    def _spread(self) -> spread.Spread:
        return spread.Spread(
            ledger=self.ledger,
            order=Order(
                run=uuid.uuid4().hex,
                folder=str(self.folder.resolve()),
                shard=-1,
                settings=bare(self.settings),
                has_key=self.settings.api_key is not None,
                plan=self.plan,
                is_asked=self.is_asked,
                allow_private=self.allow_private,
            ),
            shelf=Shelf(self.folder),
            size=self.shard_articles,
            told=self._told,
            stopping=lambda: self.is_stopping,
        )

    async def _asked(self, left: Iterator[Given]) -> None:
        async with AsyncExitStack() as opened:
            client, at_once = None, _WITHOUT_MODEL
            if self.is_asked:
                client = await opened.enter_async_context(self.opening(self))
                at_once = max(1, client.parallel)
            batch = Batch(
                ledger=self.ledger,
                plan=self.plan,
                client=client,
                at_once=at_once,
                max_chars=self.settings.max_chars,
                allow_private=self.allow_private,
                told=self._told,
                stopping=lambda: self.is_stopping,
                purse=self.purse,
                observer=self.observer,
            )
            try:
                await batch.run(left)
            except BudgetError as exc:
                todo = batch.suspended + sum(1 for _ in left)
                msg = f"{exc}; {todo:,} articles are left: the same command with a larger --budget-usd goes on"
                raise BudgetError(msg, spent_usd=exc.spent_usd) from exc

    def _told(self, entry: Entry, cost: Cost) -> None:
        self.counts[entry.status] += 1
        for one in self.tell:
            one(entry, cost)

    def known(self) -> int:
        """Count the articles that the ledger has."""
        return sum(self.ledger.totals()["by_status"].values())

    def deliver(self) -> str:
        """Write what is made of the rows: tables, failures, index, report.

        Returns:
            The report.

        Raises:
            InputError: It cannot be written.
        """
        try:
            paid = None if self.purse is None else self.purse.spent
            twice = Shelf(self.folder).paid_twice()
            told = {"requests paid twice at most": str(twice)} if twice else {}
            about = {**self.about(), **told}
            text = outputs.deliver(self.ledger, about, self.also, paid)
        except (OSError, sqlite3.Error) as exc:
            why = getattr(exc, "strerror", None) or exc
            msg = f"cannot write to {str(self.folder)!r}: {why}; the rows are kept, the same command writes the tables"
            raise InputError(msg) from exc
        if self.bucket is not None:
            self.bucket.put(self.folder, outputs.made(self.folder))
        return text

    def about(self) -> dict[str, str]:
        """Say what makes one run another than a second one."""
        profile = profiles.choose(self.settings)
        prompt = fingerprint(profile.strategy, self.plan.sections)
        asked = [sorted(self.plan.only or ("all",)), self.plan.forms]
        asked += [one.model_dump(mode="json") for one in self.plan.sections]
        settings = self.settings
        url = "none" if settings.embedded else settings.url
        return {
            "model": settings.model or "embedded" if self.is_asked else "none",
            "endpoint": url if self.is_asked else "none",
            "prompt": prompt[:16],
            "sections": hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16],
            "schema": SCHEMA_VERSION,
        }
