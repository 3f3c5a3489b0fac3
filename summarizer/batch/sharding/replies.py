"""The replies of one shard, kept beside it, and brought together when it is over."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from summarizer.client.replies import Replies
from summarizer.errors import SettingsError


class ShardReplies(Replies):
    """Replies of a shard, in front of older ones that are only read.

    The file is held by one process: SQLite then needs no memory that machines share, which
    its journal (WAL) has not on a network's file system.
    """

    def __init__(self, file: Path, older: Path) -> None:
        """Open or make the file.

        Args:
            file: Where the replies of the shard stand.
            older: Replies of earlier runs; nobody writes them meanwhile. It may be missing.

        Raises:
            SettingsError: The file cannot be opened, or is none of ours.
        """
        super().__init__(file)
        self._older_lock = threading.Lock()
        self._older: sqlite3.Connection | None = None
        if older.is_file():
            address = f"{older.resolve().as_uri()}?immutable=1"
            self._older = sqlite3.connect(address, uri=True, check_same_thread=False)

    def _prepare(self) -> None:
        self._rows.execute("PRAGMA locking_mode=EXCLUSIVE")
        super()._prepare()

    def find(self, key: str) -> bytes | None:
        """Return the body that is kept under *key*, here or from before."""
        if (found := super().find(key)) is not None:
            return found
        row = self._from_before(key)
        if row is None or not row[5] or self._is_known(key):
            return None
        return bytes(row[4])

    def disown(self, key: str) -> None:
        """Let a body stand that was paid and is no answer, but never use it again."""
        row = self._from_before(key)
        if row is not None:
            with contextlib.suppress(sqlite3.Error), self._lock:
                self._rows.execute(
                    "INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?, ?, ?)", row
                )
        super().disown(key)

    def _is_known(self, key: str) -> bool:
        with self._lock:
            found = self._rows.execute("SELECT 1 FROM replies WHERE key = ?", (key,))
            return found.fetchone() is not None

    def _from_before(self, key: str) -> tuple[str, str, str, float, bytes, int] | None:
        if self._older is None:
            return None
        try:
            with self._older_lock:
                row: tuple[str, str, str, float, bytes, int] | None = (
                    self._older.execute(
                        "SELECT * FROM replies WHERE key = ?", (key,)
                    ).fetchone()
                )
        except sqlite3.Error:
            return None  # it is asked for anew
        return row

    def close(self) -> None:
        """Close the files."""
        if self._older is not None:
            self._older.close()
        super().close()


def bring_together(files: Iterable[Path], into: Path) -> None:
    """Copy the replies of shards into one file; doing it again changes nothing.

    Raises:
        SettingsError: A file cannot be read or written: what was paid would be lost.
    """
    Replies(into).close()
    for file in files:
        with contextlib.closing(sqlite3.connect(into, isolation_level=None)) as rows:
            try:
                rows.execute("ATTACH ? AS shard", (str(file),))
                rows.execute(
                    "INSERT OR REPLACE INTO replies SELECT * FROM shard.replies"
                )
            except sqlite3.Error as exc:
                msg = f"cannot keep the replies of {str(file)!r}: {exc}"
                raise SettingsError(msg) from exc
