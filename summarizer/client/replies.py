"""Replies of endpoints, kept: what was paid once is not paid again.

The key is the SHA-256 of who is asked and of the request as it is sent, in canonical
JSON; a key of an account is part of neither. The body is kept raw, before anything is
made of it, so that new checks on old answers cost nothing.
"""

import contextlib
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import platformdirs
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from summarizer.errors import SettingsError

NAME: Final = "replies.sqlite"
DROPPED_AFTER_S: Final = 90 * 86_400.0
"""After three months a cache of a user forgets: articles are read on the day."""

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS replies ("
    "key TEXT PRIMARY KEY, endpoint TEXT NOT NULL, model TEXT NOT NULL, "
    "kept_at REAL NOT NULL, body BLOB NOT NULL, is_usable INTEGER NOT NULL DEFAULT 1) "
    "WITHOUT ROWID"
)
_BUSY_S: Final = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Use:
    """How kept replies are used.

    Attributes:
        refresh: Ask anew, and keep the new reply in the place of the old one.
        max_age_s: Seconds after which a reply is asked for anew; None for never.
        dropped_after_s: Seconds after which a reply is dropped when the file is opened;
            None keeps all.
    """

    refresh: bool = False
    max_age_s: float | None = None
    dropped_after_s: float | None = None


@dataclass(slots=True)
class _Body:
    """A body that waits to be written."""

    row: tuple[str, str, str, float, bytes]
    is_kept: bool = False


class Replies:
    """A file of kept replies; safe for several threads and processes.

    Each write is on the disk before the reply is used (WAL, synchronous FULL): a kill at
    any moment loses at most what was under way.
    """

    def __init__(
        self,
        file: Path,
        use: Use | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open or make the file.

        Args:
            file: Where the replies stand.
            use: How they are used; always, when None.
            now: Tells the time in seconds since 1970.

        Raises:
            SettingsError: The file cannot be opened, or is none of ours.
        """
        self.file, self._use, self._now = file, use or Use(), now
        self._lock, self._gate = threading.Lock(), threading.Lock()
        self._waiting: list[_Body] = []
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            self._rows = sqlite3.connect(
                file, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            _opening(self._prepare)
        except (OSError, sqlite3.Error) as exc:
            why = getattr(exc, "strerror", None) or exc
            msg = (
                f"cannot keep replies in {str(file)!r}: {why} (--no-cache does without)"
            )
            raise SettingsError(msg) from exc

    def _prepare(self) -> None:
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.execute(_SCHEMA)
        if self._use.dropped_after_s is not None:
            oldest = self._now() - self._use.dropped_after_s
            self._rows.execute("DELETE FROM replies WHERE kept_at < ?", (oldest,))

    def find(self, key: str) -> bytes | None:
        """Return the body that is kept under *key*, if it may be used."""
        if self._use.refresh:
            return None
        try:
            with self._lock:
                row = self._rows.execute(
                    "SELECT kept_at, body FROM replies WHERE key = ? AND is_usable",
                    (key,),
                ).fetchone()
        except sqlite3.Error:
            return None  # it is asked for anew
        if row is None:
            return None
        kept_at, body = row
        limit = self._use.max_age_s
        return bytes(body) if limit is None or self._now() - kept_at <= limit else None

    def keep(self, key: str, endpoint: str, model: str, body: bytes) -> None:
        """Keep a body; it is on the disk when this returns.

        Those that several threads keep at a time share one wait for the disk.

        Raises:
            SettingsError: It cannot be written: what was paid would be lost.
        """
        mine = _Body((key, endpoint, model, self._now(), body))
        with self._gate:
            self._waiting.append(mine)
        with self._lock:
            if mine.is_kept:
                return
            with self._gate:
                together, self._waiting = self._waiting or [mine], []
            try:
                self._write([one.row for one in together])
            except sqlite3.Error as exc:
                msg = f"cannot keep a reply in {str(self.file)!r}: {exc}"
                raise SettingsError(msg) from exc
            for one in together:
                one.is_kept = True

    def _write(self, rows: Sequence[tuple[str, str, str, float, bytes]]) -> None:
        self._rows.execute("BEGIN IMMEDIATE")
        try:
            self._rows.executemany(
                "INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, 1)", rows
            )
            self._rows.execute("COMMIT")
        except sqlite3.Error:
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")
            raise

    def disown(self, key: str) -> None:
        """Let a body stand that was paid and is no answer, but never use it again."""
        with contextlib.suppress(sqlite3.Error), self._lock:
            self._rows.execute("UPDATE replies SET is_usable = 0 WHERE key = ?", (key,))

    def __len__(self) -> int:
        with self._lock:
            (count,) = self._rows.execute("SELECT count(*) FROM replies").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _is_locked(exc: BaseException) -> bool:
    return isinstance(exc, sqlite3.OperationalError) and "locked" in str(exc)


_opening: Final = Retrying(
    retry=retry_if_exception(_is_locked),
    wait=wait_random(0, 0.05),
    stop=stop_after_delay(_BUSY_S),
    reraise=True,
)
"""SQLite waits for others that write, but not when the journal's mode is set."""


def key_of(endpoint: str, body: Mapping[str, object]) -> str:
    """Compute the key of a request: SHA-256 of who is asked and what is sent.

    Args:
        endpoint: Who is asked: the root of an API, or the name of embedded weights.
        body: The request as it is sent.
    """
    canonical = json.dumps(
        [endpoint, body], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def default_file() -> Path:
    """Name the file in the user's cache folder."""
    return platformdirs.user_cache_path("grounded-briefing") / NAME


@contextlib.contextmanager
def kept(file: Path | None, use: Use | None = None) -> Iterator[Replies | None]:
    """Open a file of replies, or nothing for None, and close it."""
    if file is None:
        yield None
        return
    with Replies(file, use) as replies:
        yield replies
