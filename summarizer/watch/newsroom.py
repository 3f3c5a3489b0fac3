"""Brief the stories that changed, one at a time, within the day's budget."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from schemas.briefing import Briefing
from summarizer.changes import compare
from summarizer.errors import InputError, SummarizerError
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.ports import Completer
from summarizer.text import remembered
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.configuring import Watchfile
from summarizer.watch.lines import counted
from summarizer.watch.polling.values import Version
from summarizer.watch.spending import Spending
from summarizer.watch.state import transaction

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS changed (
  story TEXT PRIMARY KEY, since REAL NOT NULL, next_at REAL NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, silent INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
"""
_ADDED: Final = "ALTER TABLE changed ADD COLUMN source TEXT NOT NULL DEFAULT ''"
"""For states of before."""
_FIRST_WAIT_S: Final = 60.0
_MAX_WAIT_S: Final = 3_600.0
_FORGET_AFTER: Final = 32
"""Briefings after which what the readers remember of texts is forgotten."""

Articles = Callable[[str], Sequence[Version]]
"""Gives the articles of a story as they stand now, the first one first."""

Opened = Callable[[], AbstractContextManager[Completer | None]]
"""Opens the model, when the first story needs it."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a story.

    Attributes:
        story: The story.
        version: Its new edition; None when there is none.
        words: A line for the log.
        silent: Whether it was only sorted by hand, which is told to nobody.
        cause: What is wrong; blank when nothing is.
    """

    story: str
    version: int | None
    words: str
    silent: bool = False
    cause: str = ""


@dataclass(slots=True)
class Newsroom:
    """Makes the editions of stories.

    Attributes:
        rows: The database.
        chronicle: Where editions go.
        spending: What was spent.
        articles: Gives the articles of a story.
        opened: Opens the model.
        plan: Which sections, by which readers.
        file: The configuration; may be replaced while the watch runs.
    """

    rows: sqlite3.Connection
    chronicle: Chronicle
    spending: Spending
    articles: Articles
    opened: Opened
    plan: Plan
    file: Watchfile
    _open: ExitStack | None = field(default=None, init=False)
    _model: Completer | None = field(default=None, init=False)
    _served: dict[str, int] = field(default_factory=dict, init=False)
    _made: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Make the tables that are missing."""
        self.rows.executescript(_TABLES)
        columns = self.rows.execute("PRAGMA table_info(changed)")
        if "source" not in {row[1] for row in columns}:
            self.rows.execute(_ADDED)

    def close(self) -> None:
        """Close the model, if one is open."""
        if self._open is not None:
            self._open.close()
        self._open = self._model = None

    def mark(
        self, story: str, now: datetime, *, silent: bool = False, source: str = ""
    ) -> None:
        """Note that a story changed.

        Args:
            story: The story.
            now: The time.
            source: Whose article changed it.
            silent: Whether it was only sorted by hand; with news beside that it is told.
        """
        at = now.timestamp()
        self.rows.execute(
            "INSERT INTO changed (story, since, next_at, silent, source) "
            "VALUES (?,?,?,?,?) "
            "ON CONFLICT (story) DO UPDATE SET silent = min(silent, excluded.silent)",
            (story, at, at, silent, source),
        )

    def next_due(self) -> datetime | None:
        """Tell when the next story may be briefed; None when none waits."""
        (first,) = self.rows.execute("SELECT min(next_at) FROM changed").fetchone()
        if first is None:
            return None
        return datetime.fromtimestamp(first, self.file.timezone)

    def waits_since(self, before: datetime) -> bool:
        """Tell whether a story that is due has waited since some time or longer."""
        found = self.rows.execute(
            "SELECT 1 FROM changed WHERE since <= ?1 AND next_at <= ?1 LIMIT 1",
            (before.timestamp(),),
        )
        return found.fetchone() is not None

    def waiting(self) -> int:
        """Count the stories that wait to be briefed."""
        (count,) = self.rows.execute("SELECT count(*) FROM changed").fetchone()
        return int(count)

    def brief_next(self, now: datetime) -> Made | None:
        """Brief a story, if one is due: of each source in turn the one that waits longest.

        Returns:
            What came of it; None when no story was due.
        """
        row = self._next(now)
        if row is None:
            return None
        story, tries, silent = row
        plan = self._planned(now)
        if plan is None:
            return self._tomorrow(story, now)
        found = self.articles(story)[-self.file.stories.articles :]
        if not found:
            self._done(story)
            return Made(story, None, f"{story}: no article of it is left")
        names = " ".join(f"{one.article_id}.{one.number}" for one in found)
        last = self.chronicle.last(story)
        if last is not None and last.articles == names:
            self._done(story)
            return Made(story, None, f"{story}: nothing new in it")
        self._begins(story, tries, now)
        try:
            briefing = self._briefed(found, plan)
        except InputError as exc:
            self._done(story)
            words = f"{story} cannot be briefed: {exc}"
            return Made(story, None, words, cause=f"cannot be briefed: {exc}")
        except SummarizerError as exc:
            return self._later(story, tries, exc, now)
        return self._entered(story, names, briefing, now, silent=silent)

    def _next(self, now: datetime) -> tuple[str, int, bool] | None:
        """Choose a story: a source that brings hundreds keeps those of others waiting for one."""
        found: list[tuple[float, str, str, int, int]] = self.rows.execute(
            "SELECT min(since), story, source, tries, silent FROM changed "
            "WHERE next_at <= ? GROUP BY source",
            (now.timestamp(),),
        ).fetchall()
        if not found:
            return None
        chosen = min(found, key=lambda row: (self._served.get(row[2], 0), *row[:2]))
        _, story, source, tries, silent = chosen
        self._served[source] = max(self._served.values(), default=0) + 1
        return story, tries, bool(silent)

    def _planned(self, now: datetime) -> Plan | None:
        """Keep within what is left of the day's budget; None when nothing is."""
        left = self.spending.left(now, self.file.timezone, self.file.budget)
        if left is None:
            return None
        return replace(self.plan, budget_calls=left.calls, budget_tokens=left.tokens)

    def _briefed(self, found: Sequence[Version], plan: Plan) -> Briefing:
        if self._open is None:
            self._open = ExitStack()
            try:
                self._model = self._open.enter_context(self.opened())
            except BaseException:
                self.close()
                raise
        self._made += 1
        if self._made % _FORGET_AFTER == 0:
            remembered.forget()
        try:
            # The newest first: where the story stands leads the briefing.
            articles = [one.article(f"s{n}") for n, one in enumerate(found[::-1], 1)]
            return brief(articles, self._model, plan=plan)
        except SummarizerError:
            self.close()  # a server that died is started anew
            raise

    def _entered(
        self, story: str, names: str, briefing: Briefing, now: datetime, *, silent: bool
    ) -> Made:
        last = self.chronicle.last(story)
        old = self.chronicle.briefing(story, last.version) if last else None
        changes = compare(old, briefing) if old is not None else None
        with transaction(self.rows):
            version = self.chronicle.add(story, names, now, briefing, changes)
            self.spending.add(now, self.file.timezone, briefing.provenance)
            self._done(story)
        count = len(changes.changes) if changes else None
        told = "new" if count is None else counted(count, "change")
        articles = counted(len(briefing.sources), "article")
        calls = counted(briefing.provenance.calls, "call")
        words = f"{story} edition {version}: {told}, {articles}, {calls}"
        return Made(story, version, words, silent)

    def _begins(self, story: str, tries: int, now: datetime) -> None:
        """Note that a story is tried: one that ends the program lets others be first.

        What a power failure ended is tried again at once, what ends it twice is not.
        """
        wait_s = _wait_s(tries - 1) if tries else 0.0
        self.rows.execute(
            "UPDATE changed SET next_at = ?, tries = tries + 1 WHERE story = ?",
            (now.timestamp() + wait_s, story),
        )

    def _done(self, story: str) -> None:
        self.rows.execute("DELETE FROM changed WHERE story = ?", (story,))

    def _later(
        self, story: str, tries: int, exc: SummarizerError, now: datetime
    ) -> Made:
        """Put a story off, longer each time, at most an hour."""
        wait_s = _wait_s(tries)
        self.rows.execute(
            "UPDATE changed SET next_at = ? WHERE story = ?",
            (now.timestamp() + wait_s, story),
        )
        words = f"{story} waits {wait_s / 60:.0f} minutes: {exc}"
        return Made(story, None, words, cause=str(exc))

    def _tomorrow(self, story: str, now: datetime) -> Made:
        """Put all stories off to the next day: the budget of this one is spent."""
        zone = self.file.timezone
        day = now.astimezone(zone).date() + timedelta(days=1)
        begin = datetime.combine(day, time(0), zone)
        self.rows.execute(
            "UPDATE changed SET next_at = max(next_at, ?)", (begin.timestamp(),)
        )
        words = f"the day's budget is spent: {self.waiting()} stories wait until {begin:%Y-%m-%d %H:%M}"
        return Made(story, None, words, cause="the day's budget is spent")


def _wait_s(tries: int) -> float:
    return min(_MAX_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(tries, 10))
