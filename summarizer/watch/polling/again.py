"""Pages that are looked at again: many are edited without a word in their feed."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from summarizer.watch.polling import items, tables
from summarizer.watch.polling.items import Waiting

AFTER: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
"""When a page is looked at again, from its first reading on: most edits come early."""


@dataclass(frozen=True, slots=True)
class Again:
    """The pages that are to be looked at again, in a table of their own."""

    db: sqlite3.Connection

    def plan(self, one: Waiting, now: datetime) -> None:
        """Have a page that was just read looked at again; anew, if its feed named it anew."""
        with tables.together(self.db):
            self.db.execute(
                "INSERT OR REPLACE INTO watch_again VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    one.source, one.item.guid, one.article_id,
                    items.JSON.dump_json(one.item).decode("utf-8"), one.item.host,
                    0, (now + AFTER[0]).timestamp(),
                ),
            )  # fmt: skip

    def due(self, now: datetime, most: int, of_host: int) -> list[Waiting]:
        """List what is to be looked at now: of each source in turn what waits longest.

        Args:
            now: The time.
            most: How many at most.
            of_host: How many of one host at most.
        """
        rows = self.db.execute(
            "SELECT source, article, item FROM (SELECT *, ROW_NUMBER() OVER"
            " (PARTITION BY host ORDER BY turn, due, source) AS number FROM (SELECT *,"
            " ROW_NUMBER() OVER (PARTITION BY source ORDER BY due, guid) AS turn"
            " FROM watch_again WHERE due <= ?))"
            " WHERE number <= ? ORDER BY turn, due, source LIMIT ?",
            (now.timestamp(), of_host, most),
        )
        return [
            Waiting(source, article, items.JSON.validate_json(item), False, 0, True)
            for source, article, item in rows
        ]

    def next_due(self) -> float | None:
        """Tell when the next page is to be looked at, in seconds since 1970."""
        (found,) = self.db.execute("SELECT min(due) FROM watch_again").fetchone()
        return None if found is None else float(found)

    def put_off(self, one: Waiting, due: float) -> None:
        """Have a page looked at later."""
        with tables.together(self.db):
            self.db.execute(
                "UPDATE watch_again SET due = ? WHERE source = ? AND guid = ?",
                (due, one.source, one.item.guid),
            )

    def done(self, one: Waiting, now: datetime) -> None:
        """Note that a page was looked at; after the last time it is let go."""
        found = self.db.execute(
            "SELECT visits FROM watch_again WHERE source = ? AND guid = ?",
            (one.source, one.item.guid),
        ).fetchone()
        if found is None:
            return
        visits = int(found[0]) + 1
        if visits >= len(AFTER):
            self.let_go(one)
            return
        due = now + AFTER[visits] - AFTER[visits - 1]
        with tables.together(self.db):
            self.db.execute(
                "UPDATE watch_again SET visits = ?, due = ? WHERE source = ? AND guid = ?",
                (visits, due.timestamp(), one.source, one.item.guid),
            )

    def let_go(self, one: Waiting) -> None:
        """Look at a page no more."""
        with tables.together(self.db):
            self.db.execute(
                "DELETE FROM watch_again WHERE source = ? AND guid = ?",
                (one.source, one.item.guid),
            )
