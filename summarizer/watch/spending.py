"""What a watch may spend in a day, and what it has spent."""

import sqlite3
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from schemas.briefing import Provenance
from summarizer.watch.configuring import Budget

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS spending (
  day TEXT PRIMARY KEY, briefings INTEGER NOT NULL, calls INTEGER NOT NULL,
  tokens INTEGER NOT NULL, kept INTEGER NOT NULL, seconds REAL NOT NULL
) WITHOUT ROWID;
"""


class Spending:
    """The spending of each day of the file's time zone."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Take the database, and make the table that is missing."""
        self._rows = rows
        rows.executescript(_TABLES)

    def add(self, at: datetime, zone: ZoneInfo, made: Provenance) -> None:
        """Enter what a briefing cost."""
        self._rows.execute(
            "INSERT INTO spending VALUES (?,1,?,?,?,?) ON CONFLICT (day) DO UPDATE SET "
            "briefings = briefings + 1, calls = calls + excluded.calls, "
            "tokens = tokens + excluded.tokens, kept = kept + excluded.kept, "
            "seconds = seconds + excluded.seconds",
            (
                _day(at, zone).isoformat(), made.calls,
                made.prompt_tokens + made.completion_tokens, made.cached_replies,
                made.seconds,
            ),
        )  # fmt: skip

    def left(self, at: datetime, zone: ZoneInfo, budget: Budget) -> Budget | None:
        """Tell what may still be spent today; None when nothing may."""
        calls, tokens = self.of_day(_day(at, zone))[1:3]
        rest = {
            "calls": None if budget.calls is None else budget.calls - calls,
            "tokens": None if budget.tokens is None else budget.tokens - tokens,
        }
        if any(one is not None and one < 1 for one in rest.values()):
            return None
        return Budget(**rest)

    def of_day(self, day: date) -> tuple[int, int, int, int, float]:
        """Tell briefings, calls, tokens, kept replies and seconds of a day."""
        row = self._rows.execute(
            "SELECT briefings, calls, tokens, kept, seconds FROM spending WHERE day = ?",
            (day.isoformat(),),
        ).fetchone()
        return row or (0, 0, 0, 0, 0.0)

    def total(self) -> tuple[int, int, int, int, float]:
        """Tell the same of all days together."""
        row: tuple[int, int, int, int, float] = self._rows.execute(
            "SELECT total(briefings), total(calls), total(tokens), total(kept), "
            "total(seconds) FROM spending"
        ).fetchone()
        return row


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
