"""What became of each article of an archive: a file beside the output, and its rows.

A row is written to its shard and is on the disk before the ledger names it; a kill in
between leaves a tail that the next run cuts off. So the ledger never names what is not
there, and what it does not name is done again.
"""

import contextlib
import errno
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Self

from summarizer.batch.entries import Cost, Entry, Kept, Line
from summarizer.batch.shards import Place, Shards
from summarizer.errors import InputError, SettingsError

FILE: Final = "ledger.sqlite"
LOCK: Final = "lock"
_MADE: Final = (
    "report.md", "failed.jsonl", "requests.csv", "positions.csv", "casualties.csv",
    "developments.csv", "requests.parquet", "positions.parquet", "casualties.parquet",
    "developments.parquet", "index.html",
)  # fmt: skip
SHARD_ROWS: Final = 1_000
"""Rows of one shard: about 20 MB of briefings."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (
  key BLOB PRIMARY KEY, place TEXT NOT NULL, status TEXT NOT NULL, cause TEXT NOT NULL,
  shard INTEGER NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL,
  calls INTEGER NOT NULL, read_tokens INTEGER NOT NULL, written_tokens INTEGER NOT NULL,
  kept_replies INTEGER NOT NULL, seconds REAL NOT NULL, at REAL NOT NULL,
  usd REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
_ADDED: Final = "ALTER TABLE articles ADD COLUMN usd REAL NOT NULL DEFAULT 0"
"""For a folder that was made before money was minded."""


class Ledger:
    """The ledger of one output folder; one run at a time.

    May be used by several threads, one after the other.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], float] = time.time,
        shard_rows: int = SHARD_ROWS,
    ) -> None:
        """Open the folder, or make it.

        Args:
            folder: Where the output goes.
            now: Tells the time in seconds since 1970.
            shard_rows: Rows of one shard, 1 or more.

        Raises:
            InputError: The folder cannot be written to, or another run holds it.
        """
        self.folder, self._now = folder, now
        self._stale: set[int] = set()
        self._shards = Shards(folder, shard_rows)
        self._torn: InputError | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / LOCK).open("a", encoding="utf-8")
        except OSError as exc:
            msg = f"cannot write to the folder {str(folder)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        if not _locked(self._lock.fileno()):
            self._lock.close()
            msg = f"another run writes to {str(folder)!r}: let it end, or take another folder"
            raise InputError(msg)
        self._check_own()
        try:
            self._rows = sqlite3.connect(
                folder / FILE, isolation_level=None, check_same_thread=False
            )
            (folder / FILE).chmod(0o600)
            self._rows.execute("PRAGMA journal_mode=WAL")
            self._rows.execute("PRAGMA synchronous=FULL")
            self._rows.executescript(_TABLES)
            with contextlib.suppress(sqlite3.OperationalError):  # it is there already
                self._rows.execute(_ADDED)
            self._open_shard()
        except (OSError, sqlite3.Error) as exc:
            self._lock.close()
            msg = f"cannot go on in {str(folder)!r}: {FILE}: {exc}; take another folder"
            raise InputError(msg) from exc

    def _check_own(self) -> None:
        """Refuse a folder in which files of others would be written over."""
        if (self.folder / FILE).exists():
            return
        taken = [n for n in _MADE if (self.folder / n).exists()]
        for pattern in ("briefings-*", "index-data-*.js"):
            taken += [file.name for file in self.folder.glob(pattern)]
        if taken:
            self._lock.close()
            name = taken[0]
            msg = f"{str(self.folder)!r} holds a {name} that no run made: take another folder"
            raise InputError(msg)

    def check(self, about: Mapping[str, str]) -> None:
        """Hold that the folder was made in the same way; a new one is marked.

        Raises:
            SettingsError: It was made in another way: results would be a mixture.
            InputError: It cannot be written to.
        """
        known = dict(self._rows.execute("SELECT name, value FROM about").fetchall())
        if known == dict(about):
            return
        for name, value in about.items():
            if name in known and known[name] != value:
                msg = (
                    f"{str(self.folder)!r} was made with another {name} "
                    f"({known[name]}, now {value}): take another folder, or go on as before"
                )
                raise SettingsError(msg)
        try:
            with self._writing():
                self._rows.executemany(
                    "INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items())
                )
        except sqlite3.Error as exc:
            msg = f"cannot write to {str(self.folder)!r}: {exc}"
            raise InputError(msg) from exc

    def status(self, key: str) -> str | None:
        """Tell what became of an article; None when it was not done yet."""
        row = self._rows.execute(
            "SELECT status FROM articles WHERE key = ?", (bytes.fromhex(key),)
        ).fetchone()
        return str(row[0]) if row else None

    def keys(self, *, statuses: tuple[str, ...]) -> set[bytes]:
        """List the articles of some statuses, by hash: for a quick look at many."""
        marks = ", ".join("?" * len(statuses))
        found = self._rows.execute(
            f"SELECT key FROM articles WHERE status IN ({marks})",  # noqa: S608  marks only
            statuses,
        )
        return {key for (key,) in found}

    def write(self, entry: Entry, row: Mapping[str, Any] | None, cost: Cost) -> None:
        """Write the row of an article, and enter it; a failure is entered only.

        Raises:
            InputError: It cannot be written: the disk is full, or the folder is gone.
        """
        self.write_all([Line(entry, row, cost)])

    def write_all(self, lines: Sequence[Line]) -> None:
        """Write the rows of articles that ended together, then enter them together.

        Rows are on the disk before any of them is entered: one wait for the disk for the
        rows of a shard, and one for their entries.

        Raises:
            InputError: They cannot be written: the disk is full, or the folder is gone.
                None of them is entered.
        """
        if self._torn is not None:
            raise self._torn
        try:
            self._check_there()
            self._enter([(line, self._shards.append(line.row)) for line in lines])
        except (OSError, sqlite3.Error) as exc:
            why = getattr(exc, "strerror", None) or exc
            msg = f"cannot write to {str(self.folder)!r}: {why}; what is finished is kept, the same command goes on"
            # What stands in the shard is not known: the next run looks, and cuts it off.
            self._torn = InputError(msg)
            raise self._torn from exc

    def _check_there(self) -> None:
        """Notice that somebody took the folder away: files that are open do not tell.

        Raises:
            OSError: It is gone, or another one stands in its place.
        """
        mine, there = os.fstat(self._lock.fileno()), (self.folder / LOCK).stat()
        if (mine.st_dev, mine.st_ino) != (there.st_dev, there.st_ino):
            raise OSError(errno.ENOENT, "another folder stands in its place")

    def _enter(self, written: Sequence[tuple[Line, Place]]) -> None:
        """Name rows that are written, once they are on the disk."""
        self._shards.sync()
        now = self._now()
        with self._writing():
            for line, place in written:
                key = bytes.fromhex(line.entry.key)
                self._mark_stale(key)
                cost, entry = line.cost, line.entry
                self._rows.execute(
                    "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    (
                        key, entry.place, entry.status, entry.cause,
                        place.shard, place.start, place.size,
                        cost.calls, cost.read_tokens, cost.written_tokens,
                        cost.kept_replies, cost.seconds, now, cost.usd,
                    ),
                )  # fmt: skip

    def _mark_stale(self, key: bytes) -> None:
        """Remember the shard of a row that is replaced."""
        before = self._rows.execute(
            "SELECT shard, size FROM articles WHERE key = ?", (key,)
        ).fetchone()
        if before is not None and before[1]:
            self._stale.add(int(before[0]))

    def compact(self) -> None:
        """Write the shards anew that hold rows which later ones replaced."""
        for shard in sorted(self._stale):
            self._compact(shard)
        self._stale.clear()
        self._open_shard()

    def _compact(self, shard: int) -> None:
        """Copy what counts of a shard into a new one; the ledger then names that one.

        A kill before that leaves a file that no entry names, one after it the old one:
        the next run removes either.
        """
        live = self._rows.execute(
            "SELECT key, start, size FROM articles WHERE shard = ? AND size > 0 "
            "ORDER BY start",
            (shard,),
        ).fetchall()
        number = self._last_shard() + 1
        moved: list[tuple[int, int, bytes]] = []
        old_file = self._shards.file(shard)
        with old_file.open("rb") as old, self._shards.file(number).open("wb") as new:
            for key, start, size in live:
                old.seek(start)
                moved.append((number, new.tell(), key))
                new.write(old.read(size))
            new.flush()
            os.fsync(new.fileno())
        with self._writing():
            self._rows.executemany(
                "UPDATE articles SET shard = ?, start = ? WHERE key = ?", moved
            )
        old_file.unlink()

    def _last_shard(self) -> int:
        (last,) = self._rows.execute(
            "SELECT max(shard) FROM articles WHERE size > 0"
        ).fetchone()
        return int(last) if last is not None else -1

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Yield the row of each article that is entered, in the order of writing."""
        return (one.row for one in self.kept())

    def kept(self) -> Iterator[Kept]:
        """Yield each article that has a row, shard by shard, in the order of writing."""
        found = self._rows.execute(
            "SELECT key, place, status, cause, at, shard, start, size FROM articles "
            "WHERE size > 0 ORDER BY shard, start"
        ).fetchall()
        for number, group in groupby(found, key=lambda one: int(one[5])):
            with self._shards.file(number).open("rb") as file:
                for key, place, status, cause, at, _, start, size in group:
                    entry = Entry(bytes(key).hex(), place, status, cause)
                    file.seek(start)
                    yield Kept(entry, json.loads(file.read(size)), number, at)

    def shards(self) -> dict[int, int]:
        """Tell how many articles each shard has."""
        found = self._rows.execute(
            "SELECT shard, count(*) FROM articles WHERE size > 0 GROUP BY shard"
        )
        return {int(number): int(count) for number, count in found}

    def shard_file(self, number: int) -> Path:
        """Name the file of a shard."""
        return self._shards.file(number)

    def failures(self) -> Iterator[dict[str, Any]]:
        """Yield what is known of each article that failed."""
        found = self._rows.execute(
            "SELECT key, place, cause FROM articles WHERE status = 'failed' ORDER BY place"
        )
        for key, place, cause in found.fetchall():
            yield {"key": bytes(key).hex(), "place": place, "error": cause}

    def totals(self) -> dict[str, Any]:
        """Sum up: articles by status, causes, costs."""
        by_status = dict(
            self._rows.execute("SELECT status, count(*) FROM articles GROUP BY status")
        )
        causes = self._rows.execute(
            "SELECT cause, count(*), min(place) FROM articles WHERE cause != '' "
            "GROUP BY cause ORDER BY 2 DESC, 1"
        ).fetchall()
        sums = self._rows.execute(
            "SELECT total(calls), total(read_tokens), total(written_tokens), "
            "total(kept_replies), total(seconds), total(usd) FROM articles"
        ).fetchone()
        return {"by_status": by_status, "causes": causes, "sums": sums}

    def close(self) -> None:
        """Close the files, and let another run have the folder."""
        self._shards.close()
        self._rows.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_shard(self) -> None:
        """Go on with the last shard, without what no entry names."""
        for number, end in self._ends().items():
            self._forget_lost(number, end)
        ends = self._ends()
        for file in self.folder.glob("briefings-*.jsonl"):
            named = ends.get(int(file.stem.rpartition("-")[2]))
            if named is None:
                file.unlink()
            elif file.stat().st_size > named:
                os.truncate(file, named)
        self._stale |= self._with_replaced()
        last = max(ends, default=0)
        (rows,) = self._rows.execute(
            "SELECT count(*) FROM articles WHERE size > 0 AND shard = ?",
            (last,),
        ).fetchone()
        self._shards.open(last, int(rows))

    def _ends(self) -> dict[int, int]:
        """Tell where the last row of each shard ends."""
        found = self._rows.execute(
            "SELECT shard, max(start + size) FROM articles WHERE size > 0 GROUP BY shard"
        )
        return {int(number): int(end) for number, end in found}

    def _with_replaced(self) -> set[int]:
        """Find the shards that hold rows which later ones replaced, before a kill too."""
        found = self._rows.execute(
            "SELECT shard FROM articles WHERE size > 0 GROUP BY shard "
            "HAVING sum(size) < max(start + size)"
        )
        return {int(number) for (number,) in found}

    def _forget_lost(self, number: int, end: int) -> None:
        """Forget the articles whose rows somebody cut off or took away: they are done again."""
        file = self._shards.file(number)
        size = file.stat().st_size if file.exists() else 0
        if size < end:
            self._rows.execute(
                "DELETE FROM articles WHERE shard = ? AND size > 0 AND start + size > ?",
                (number, size),
            )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._rows.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._rows.execute("COMMIT")
        except BaseException:
            if self._rows.in_transaction:  # a full disk has ended it already
                self._rows.execute("ROLLBACK")
            raise


def _locked(descriptor: int) -> bool:
    """Hold a file for this process; False when another one holds it."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
