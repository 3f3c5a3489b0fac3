"""One run over an archive: from what is named to rows, tables and a report."""

import asyncio
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from schemas.briefing import SCHEMA_VERSION
from summarizer.batch import report, tables
from summarizer.batch.inputs import Given
from summarizer.batch.ledger import Cost, Entry, Ledger
from summarizer.batch.running import Batch, done_before
from summarizer.client import profiles
from summarizer.client.connect import async_completer
from summarizer.client.replies import NAME, Replies
from summarizer.errors import InputError
from summarizer.plan import Plan
from summarizer.ports import Observer, Unobserved
from summarizer.prompting import fingerprint
from summarizer.settings import Settings

_WITHOUT_MODEL = 2
"""Articles under way at once, when nothing is asked."""


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
    tell: list[Callable[[Entry, Cost], None]] = field(default_factory=list)
    observer: Observer = field(default_factory=Unobserved)
    is_stopping: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    before: int = 0
    _ledger: Ledger | None = None

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
            yield

    @property
    def ledger(self) -> Ledger:
        """The ledger, while the job is opened."""
        assert self._ledger is not None  # noqa: S101  within opened()
        return self._ledger

    def run(self, articles: Iterable[Given]) -> None:
        """Do the articles that are not done.

        Raises:
            SummarizerError: The endpoint refuses or fails, or the output cannot be
                written: what is finished is kept, and the same command goes on.
        """
        done = done_before(self.ledger, retry_failed=self.retry_failed)
        self.before = len(done)
        left = (one for one in articles if bytes.fromhex(one.key) not in done)
        asyncio.run(self._asked(islice(left, self.limit)))

    async def _asked(self, left: Iterator[Given]) -> None:
        async with AsyncExitStack() as opened:
            client, at_once = None, _WITHOUT_MODEL
            if self.is_asked:
                replies = opened.enter_context(Replies(self.folder / NAME))
                client = await opened.enter_async_context(
                    async_completer(
                        self.settings, replies=replies, observer=self.observer
                    )
                )
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
                observer=self.observer,
            )
            await batch.run(left)

    def _told(self, entry: Entry, cost: Cost) -> None:
        self.counts[entry.status] += 1
        for one in self.tell:
            one(entry, cost)

    def known(self) -> int:
        """Count the articles that the ledger has."""
        return sum(self.ledger.totals()["by_status"].values())

    def deliver(self) -> str:
        """Write what is made of the rows: tables, failures, report.

        Returns:
            The report.

        Raises:
            InputError: It cannot be written.
        """
        try:
            return self._delivered()
        except (OSError, sqlite3.Error) as exc:
            why = getattr(exc, "strerror", None) or exc
            msg = f"cannot write to {str(self.folder)!r}: {why}; the rows are kept, the same command writes the tables"
            raise InputError(msg) from exc

    def _delivered(self) -> str:
        self.ledger.compact()
        counts = tables.write(self.ledger.rows(), self.folder)
        with (self.folder / "failed.jsonl").open("w", encoding="utf-8") as file:
            for one in self.ledger.failures():
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
        text = report.write(self.ledger, self.about(), counts)
        (self.folder / "report.md").write_text(text, "utf-8")
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
