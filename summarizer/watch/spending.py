"""What a watch may spend in a day, and what it has spent."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from schemas.briefing import Provenance
from summarizer.client.prices import Price
from summarizer.ports import Usage
from summarizer.watch.configuring import Budget

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS spending (
  day TEXT PRIMARY KEY, briefings INTEGER NOT NULL, calls INTEGER NOT NULL,
  tokens INTEGER NOT NULL, kept INTEGER NOT NULL, seconds REAL NOT NULL,
  usd REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
_ADDED: Final = "ALTER TABLE spending ADD COLUMN usd REAL NOT NULL DEFAULT 0"
"""For states of before."""
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent.

    Attributes:
        briefings: Briefings that were made.
        calls: Requests to the model.
        tokens: Tokens, read and written together.
        kept: Replies that were kept from before, and cost nothing.
        seconds: Time that the briefings took.
        usd: US dollars; 0 where no price is known.
    """

    briefings: int = 0
    calls: int = 0
    tokens: int = 0
    kept: int = 0
    seconds: float = 0.0
    usd: float = 0.0


class Spending:
    """The spending of each day of the file's time zone.

    Attributes:
        price: Tells what the model costs; None when nobody knows it.
    """

    def __init__(
        self, rows: sqlite3.Connection, price: Callable[[], Price | None] = lambda: None
    ) -> None:
        """Take the database, and make the table that is missing.

        Args:
            rows: The database.
            price: Tells what the model costs; None when nobody knows it.
        """
        self._rows, self.price = rows, price
        rows.executescript(_TABLES)
        if not has_usd(rows):
            rows.execute(_ADDED)

    def add(self, at: datetime, zone: ZoneInfo, made: Provenance) -> None:
        """Enter what a briefing cost."""
        self._rows.execute(
            "INSERT INTO spending VALUES (?,1,?,?,?,?,?) ON CONFLICT (day) DO UPDATE SET "
            "briefings = briefings + 1, calls = calls + excluded.calls, "
            "tokens = tokens + excluded.tokens, kept = kept + excluded.kept, "
            "seconds = seconds + excluded.seconds, usd = usd + excluded.usd",
            (
                _day(at, zone).isoformat(), made.calls,
                made.prompt_tokens + made.completion_tokens, made.cached_replies,
                made.seconds, self._usd(made),
            ),
        )  # fmt: skip

    def left(self, at: datetime, zone: ZoneInfo, budget: Budget) -> Budget | None:
        """Tell what may still be spent today; None when nothing may.

        Dollars are told as the tokens that they buy when all of them are of the dearer
        kind, so that no more is spent than is left.
        """
        spent = self.of_day(_day(at, zone))
        rest = {
            "calls": None if budget.calls is None else budget.calls - spent.calls,
            "tokens": None if budget.tokens is None else budget.tokens - spent.tokens,
        }
        if budget.usd is not None and (price := self.price()) is not None:
            rate = max(price.read, price.written) / _MILLION
            if rate > 0:
                bought = int((budget.usd - spent.usd) / rate)
                known = rest["tokens"]
                rest["tokens"] = bought if known is None else min(known, bought)
        if any(one is not None and one < 1 for one in rest.values()):
            return None
        return Budget(**rest)

    def of_day(self, day: date) -> Spent:
        """Tell what was spent on a day."""
        row = self._rows.execute(
            "SELECT briefings, calls, tokens, kept, seconds, usd FROM spending "
            "WHERE day = ?",
            (day.isoformat(),),
        ).fetchone()
        return Spent(*row) if row else Spent()

    def _usd(self, made: Provenance) -> float:
        if made.cost is not None:
            return made.cost
        price = self.price() if made.calls else None
        if price is None:
            return 0.0
        return price.usd(
            Usage(
                prompt_tokens=made.prompt_tokens,
                cached_tokens=made.cached_tokens,
                completion_tokens=made.completion_tokens,
            )
        )


def has_usd(rows: sqlite3.Connection) -> bool:
    """Tell whether a database notes dollars: older ones do not."""
    return "usd" in {row[1] for row in rows.execute("PRAGMA table_info(spending)")}


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
