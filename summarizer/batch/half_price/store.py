"""What waits: requests and the batches that they went with, in a file beside the output.

A batch is written down with its mark before anything is sent of it. So nothing is lost by a
kill, and what the endpoint has already is known by its mark.
"""

import contextlib
import json
import secrets
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, cast

from summarizer.errors import SettingsError
from summarizer.ports import Usage

NAME: Final = "half-price.sqlite"
MOST_TRIES: Final = 3
"""Times that a request goes with a batch, before it is given up."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
  key TEXT PRIMARY KEY, article TEXT NOT NULL, body BLOB NOT NULL, state TEXT NOT NULL,
  batch INTEGER, tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
  most_read INTEGER NOT NULL, most_written INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_state ON requests (state);
CREATE INDEX IF NOT EXISTS by_batch ON requests (batch);
CREATE TABLE IF NOT EXISTS asked (
  article TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (article, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batches (
  number INTEGER PRIMARY KEY, mark TEXT NOT NULL UNIQUE, at REAL NOT NULL,
  requests INTEGER NOT NULL, file_id TEXT, remote_id TEXT, status TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0, is_read INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that is to be sent: its key, its body, what it takes at most."""

    key: str
    body: Mapping[str, object]
    most: Usage


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch, as far as it is known here.

    Attributes:
        number: Which one of the folder, from 1.
        mark: What tells it from all others, at the endpoint too.
        at: When it was written down, in seconds since 1970.
        requests: How many it holds.
        file_id: Its file at the endpoint; None before it is known there.
        remote_id: Its name at the endpoint; likewise.
        status: What the endpoint last said of it; "" before.
        done: Requests that it had answered then.
        is_read: 1 when its results were read, all of them, else 0.
    """

    number: int
    mark: str
    at: float
    requests: int
    file_id: str | None
    remote_id: str | None
    status: str
    done: int
    is_read: int


class Store:
    """The file of one output folder; the folder's lock keeps others away."""

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        """Open the file, or make it.

        Raises:
            SettingsError: It cannot be opened, or is none of ours.
        """
        self.file, self._now = folder / NAME, now
        try:
            self.file.touch(mode=0o600)
            self._rows = sqlite3.connect(
                self.file, isolation_level=None, check_same_thread=False
            )
            self._rows.execute("PRAGMA journal_mode=WAL")
            self._rows.execute("PRAGMA synchronous=FULL")
            self._rows.executescript(_TABLES)
        except (OSError, sqlite3.Error) as exc:
            why = getattr(exc, "strerror", None) or exc
            msg = f"cannot keep what waits in {str(self.file)!r}: {why}"
            raise SettingsError(msg) from exc

    # -- what it is about ------------------------------------------------------------

    def about(self) -> dict[str, str]:
        """Tell where the batches are: endpoint, model, profile."""
        return dict(self._rows.execute("SELECT name, value FROM about").fetchall())

    def set_about(self, about: Mapping[str, str]) -> None:
        """Remember where the batches are."""
        with self.writing():
            self._rows.executemany(
                "INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items())
            )

    # -- requests --------------------------------------------------------------------

    def rest(self) -> None:
        """Let what was not sent rest until an article asks for it again."""
        self._change("UPDATE requests SET state = 'resting' WHERE state = 'waiting'")

    def want(
        self,
        article: str,
        key: str,
        body: Mapping[str, object],
        most: Usage,
        *,
        again: bool,
    ) -> str | None:
        """Write down a request of an article, unless it is there.

        Args:
            article: Hash of the article.
            key: Hash of the request.
            body: The request.
            most: What it takes at most.
            again: Whether one that was given up is asked again.

        Returns:
            Why it will not be answered; None when it is asked later.
        """
        with self.writing():
            found = self._rows.execute(
                "SELECT state, reason FROM requests WHERE key = ?", (key,)
            ).fetchone()
            state = found[0] if found else ""
            if state == "failed" and not again:
                return str(found[1])
            self._rows.execute(
                "INSERT OR IGNORE INTO asked VALUES (?, ?)", (article, key)
            )
            if state in {"sent", "waiting"}:
                return None
            if state == "resting":
                self._rows.execute(
                    "UPDATE requests SET state = 'waiting' WHERE key = ?", (key,)
                )
                return None
            packed = zlib.compress(json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)  # fmt: skip
            self._rows.execute(
                "INSERT OR REPLACE INTO requests VALUES (?,?,?,'waiting',NULL,0,'',?,?)",
                (key, article, packed, most.prompt_tokens, most.completion_tokens),
            )
        return None

    def waiting(self) -> Iterator[Waiting]:
        """Yield the requests that are to be sent."""
        yield from self._bodies("state = 'waiting'", ())

    def of_batch(self, number: int) -> Iterator[Waiting]:
        """Yield the requests of a batch, always in the same order."""
        yield from self._bodies("batch = ?", (number,))

    def _bodies(self, where: str, values: tuple[object, ...]) -> Iterator[Waiting]:
        after = ""
        while True:  # in pages: a cursor that stays open would see its own changes
            found = self._rows.execute(
                f"SELECT key, body, most_read, most_written FROM requests "  # noqa: S608  words of ours
                f"WHERE {where} AND key > ? ORDER BY key LIMIT 500",
                (*values, after),
            ).fetchall()
            if not found:
                return
            for key, body, read, written in found:
                made = cast("dict[str, object]", json.loads(zlib.decompress(body)))
                most = Usage(prompt_tokens=read, completion_tokens=written)
                yield Waiting(key, made, most)
            after = found[-1][0]

    def count(self, state: str) -> int:
        """Count the requests in a state: waiting, sent, answered, failed, resting."""
        return self._one("SELECT count(*) FROM requests WHERE state = ?", state)

    def payer(self, key: str) -> str:
        """Tell for which article a request is paid; "" when nobody asked it."""
        found = self._rows.execute(
            "SELECT article FROM requests WHERE key = ?", (key,)
        ).fetchone()
        return str(found[0]) if found else ""

    def state(self, key: str) -> str:
        """Tell in which state a request is; "" when nobody asked it."""
        found = self._rows.execute(
            "SELECT state FROM requests WHERE key = ?", (key,)
        ).fetchone()
        return str(found[0]) if found else ""

    def answered(self, key: str) -> None:
        """Note that the reply of a request is kept; what was asked is not needed any more."""
        self._change(
            "UPDATE requests SET state = 'answered', reason = '', body = x'' WHERE key = ?",
            (key,),
        )

    def unanswered(self, key: str, reason: str, *, is_passing: bool) -> None:
        """Note that a request was not answered: it rests for the next batch, or is given up."""
        self._change(
            "UPDATE requests SET tries = tries + 1, reason = ?, batch = NULL, state = "
            "CASE WHEN ? AND tries + 1 < ? THEN 'resting' ELSE 'failed' END "
            "WHERE key = ? AND state = 'sent'",
            (reason, is_passing, MOST_TRIES, key),
        )

    def give_up(self, key: str, reason: str) -> None:
        """Note that a request which was in a file will not be answered."""
        self._change(
            "UPDATE requests SET state = 'failed', reason = ? "
            "WHERE key = ? AND state IN ('waiting', 'resting')",
            (reason, key),
        )

    def free(self, number: int) -> None:
        """Take back the requests of a batch that nobody answered, without blame."""
        self._change(
            "UPDATE requests SET state = 'resting', batch = NULL "
            "WHERE batch = ? AND state = 'sent'",
            (number,),
        )

    def unread(self, number: int) -> list[str]:
        """List the requests of a batch that have no result."""
        found = self._rows.execute(
            "SELECT key FROM requests WHERE batch = ? AND state = 'sent'", (number,)
        )
        return [str(key) for (key,) in found.fetchall()]

    # -- articles --------------------------------------------------------------------

    def articles(self) -> set[str]:
        """List the articles that wait for an answer, or can be gone on with."""
        return {a for (a,) in self._rows.execute("SELECT DISTINCT article FROM asked")}

    def under_way(self) -> set[str]:
        """List the articles that wait for a batch that was sent."""
        found = self._rows.execute(
            "SELECT DISTINCT asked.article FROM asked JOIN requests USING (key) "
            "WHERE state = 'sent'"
        )
        return {article for (article,) in found}

    def finished(self, article: str) -> None:
        """Forget what an article waited for."""
        self._change("DELETE FROM asked WHERE article = ?", (article,))

    # -- batches ---------------------------------------------------------------------

    def add_batch(self, keys: Iterable[str]) -> SentBatch:
        """Write down a batch of requests, before anything is sent of it."""
        mark = f"briefing-{secrets.token_hex(12)}"
        with self.writing():
            number = self._rows.execute(
                "INSERT INTO batches (mark, at, requests) VALUES (?, ?, 0)",
                (mark, self._now()),
            ).lastrowid
            changed = self._rows.executemany(
                "UPDATE requests SET state = 'sent', batch = ? WHERE key = ?",
                [(number, key) for key in keys],
            ).rowcount
            self._rows.execute(
                "UPDATE batches SET requests = ? WHERE number = ?", (changed, number)
            )
        return self.batches(number)[0]

    def batches(self, number: int | None = None) -> list[SentBatch]:
        """List the batches, the first one first; or one of them."""
        found = self._rows.execute(
            "SELECT number, mark, at, requests, file_id, remote_id, status, done, is_read "
            "FROM batches WHERE ? IS NULL OR number = ? ORDER BY number",
            (number, number),
        )
        return [SentBatch(*row) for row in found.fetchall()]

    def open_batches(self) -> list[SentBatch]:
        """List the batches whose results were not read, all of them."""
        return [one for one in self.batches() if not one.is_read]

    def set_file(self, number: int, file_id: str) -> None:
        """Remember the file of a batch at the endpoint."""
        self._change(
            "UPDATE batches SET file_id = ? WHERE number = ?", (file_id, number)
        )

    def set_remote(self, number: int, remote_id: str) -> None:
        """Remember the name of a batch at the endpoint."""
        self._change(
            "UPDATE batches SET remote_id = ? WHERE number = ?", (remote_id, number)
        )

    def set_status(self, number: int, status: str, done: int) -> None:
        """Remember how a batch stands."""
        self._change(
            "UPDATE batches SET status = ?, done = ? WHERE number = ?",
            (status, done, number),
        )

    def set_read(self, number: int) -> None:
        """Note that the results of a batch were read."""
        self._change("UPDATE batches SET is_read = 1 WHERE number = ?", (number,))

    def _one(self, words: str, *values: object) -> int:
        (found,) = self._rows.execute(words, values).fetchone()
        return int(found)

    def _change(self, words: str, values: tuple[object, ...] = ()) -> None:
        with self.writing():
            self._rows.execute(words, values)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Make the changes within one of all or nothing.

        Raises:
            SettingsError: They cannot be written.
        """
        try:
            self._rows.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._rows.execute("ROLLBACK")
                raise
            self._rows.execute("COMMIT")
        except sqlite3.Error as exc:
            msg = f"cannot keep what waits in {str(self.file)!r}: {exc}"
            raise SettingsError(msg) from exc

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
