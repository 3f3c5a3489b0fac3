"""Drop what is old, once a day, so that a watch can run for years."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from summarizer.watch.state import transaction

_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS tidied (one INTEGER PRIMARY KEY CHECK (one = 1), "
    "at REAL NOT NULL)"
)
_EVERY: Final = timedelta(days=1)

_OLD: Final = (
    (
        "UPDATE watch_versions SET text = '', layout = '{}' "
        "WHERE taken = 1 AND text != '' AND fetched_at < ?"
    ),
    (
        "UPDATE editions SET briefing = x'', changes = NULL WHERE at < ? AND briefing != x'' "
        "AND version < (SELECT max(version) FROM editions e WHERE e.story = editions.story)"
    ),
    (
        "UPDATE posts SET bodies = '[]' WHERE state IN ('posted', 'refused') "
        "AND bodies != '[]' AND done_at < ?"
    ),
    "DELETE FROM decisions WHERE at < ?",
    "DELETE FROM orders WHERE done_at < ?",
    (
        "UPDATE baselines SET briefing = x'' WHERE briefing != x'' AND story IN "
        "(SELECT story FROM editions GROUP BY story HAVING max(at) < ?)"
    ),
)
"""What is dropped, each by one time. Ids, versions and digests stay: by these a watch
knows what it has told. The last edition of a story stays too, for its page."""


def tidied(rows: sqlite3.Connection, days: int, now: datetime) -> str | None:
    """Drop what is older than so many days, if a day has passed since the last time.

    Args:
        rows: The database.
        days: How long all is kept, 1 or more.
        now: The time.

    Returns:
        A line of what was dropped; None when there was none, or it was not yet time.
    """
    rows.execute(_TABLES)
    last = rows.execute("SELECT at FROM tidied").fetchone()
    if last is not None and now.timestamp() - last[0] < _EVERY.total_seconds():
        return None
    before = (now - timedelta(days=days)).timestamp()
    with transaction(rows):
        dropped = sum(rows.execute(one, (before,)).rowcount for one in _OLD)
        rows.execute("INSERT OR REPLACE INTO tidied VALUES (1, ?)", (now.timestamp(),))
    rows.execute("PRAGMA incremental_vacuum").fetchall()
    if not dropped:
        return None
    return f"{dropped} texts, editions and posts of over {days} days ago are dropped"
