"""What is wrong, said once a day: the same trouble of the same thing, however often it is met.

A source that fails for a month, a flood of pages that are not there or a webhook that is
down make a line a day, not one for each try. All of them are counted for `watch status`.
"""

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from summarizer.watch.lines import Line, Tell
from summarizer.watch.polling import identity
from summarizer.watch.state import transaction

TABLE: Final = """
CREATE TABLE IF NOT EXISTS troubles (
  of TEXT NOT NULL, pattern BLOB NOT NULL, words TEXT NOT NULL, cause TEXT NOT NULL,
  said_at REAL NOT NULL, last_at REAL NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (of, pattern)
) WITHOUT ROWID;
"""
_EVERY: Final = timedelta(hours=20)
"""Less than a day: what goes on is said each day, though tries come a little later."""
_KEPT: Final = timedelta(days=7)
_MOST: Final = 20
"""Troubles of one thing that are told apart: what it is called is the hostile's to choose."""
_VARIES: Final = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|\b\d[\d.,:]*")
"""Names that are quoted, and numbers: other ones make no other trouble."""


class Troubles:
    """The troubles of a watch, by what they are of."""

    def __init__(
        self, rows: sqlite3.Connection, tell: Tell, now: Callable[[], datetime]
    ) -> None:
        """Take the database, and make the table that is missing."""
        self._rows, self._tell, self._now = rows, tell, now
        rows.executescript(TABLE)

    def say(self, of: str, words: str, cause: str = "") -> None:
        """Say what is wrong, unless that was said today.

        Args:
            of: The source, the channel or whatever has the trouble.
            words: The line.
            cause: The part of it that tells it from other troubles; all of it when blank.
        """
        now, cause = self._now(), cause or words
        pattern = identity.key(_VARIES.sub("", cause))
        with transaction(self._rows):
            known = self._known(of, pattern)
            if known is None and self._count(of) >= _MOST:
                pattern = b""
                known = self._known(of, pattern)
            since, count = known or (0.0, 0)
            passed = now.timestamp() - since  # below 0 when the clock was set back
            is_due = not 0 <= passed < _EVERY.total_seconds()
            self._rows.execute(
                "INSERT OR REPLACE INTO troubles VALUES (?,?,?,?,?,?,?)",
                (
                    of, pattern, words[:1_000], cause[:1_000],
                    now.timestamp() if is_due else since, now.timestamp(),
                    1 if is_due else count + 1,
                ),
            )  # fmt: skip
            self._forget(now)
        if is_due:
            again = (
                f" ({count - 1:,} times more since it was last said)"
                if count > 1
                else ""
            )
            self._tell(Line(now, "trouble", f"{words}{again}", {"of": of}))

    def _known(self, of: str, pattern: bytes) -> tuple[float, int] | None:
        found: tuple[float, int] | None = self._rows.execute(
            "SELECT said_at, count FROM troubles WHERE of = ? AND pattern = ?",
            (of, pattern),
        ).fetchone()
        return found

    def _count(self, of: str) -> int:
        query = "SELECT count(*) FROM troubles WHERE of = ?"
        (count,) = self._rows.execute(query, (of,)).fetchone()
        return int(count)

    def _forget(self, now: datetime) -> None:
        before = (now - _KEPT).timestamp()
        self._rows.execute("DELETE FROM troubles WHERE last_at < ?", (before,))
