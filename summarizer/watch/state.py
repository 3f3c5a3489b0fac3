"""The one file in which a watch keeps all that it knows; a folder that can be moved."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from summarizer.errors import InputError

FILE: Final = "watch.sqlite"
VERSION: Final = 1
"""Of the tables; a newer file is refused, never guessed at."""


class State:
    """The state folder of one watch, held by one process.

    Attributes:
        folder: The folder.
        rows: The database: WAL, synchronous FULL, no transaction open. Each part makes its
            own tables in it.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder, or make it.

        Raises:
            InputError: It cannot be written to, is of a newer version, or another watch
                holds it.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "lock").open("a", encoding="utf-8")
        except OSError as exc:
            msg = f"cannot write to the folder {str(folder)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        if not held(self._lock.fileno()):
            self._lock.close()
            msg = f"another watch runs in {str(folder)!r}: let it end, or take another folder (--state)"
            raise InputError(msg)
        try:
            self.rows = _opened(folder / FILE)
        except (OSError, sqlite3.Error) as exc:
            self._lock.close()
            msg = f"cannot go on in {str(folder)!r}: {FILE}: {exc}"
            raise InputError(msg) from exc

    def close(self) -> None:
        """Close the file, and let another watch have the folder."""
        self.rows.close()
        self._lock.close()


@contextlib.contextmanager
def transaction(rows: sqlite3.Connection) -> Iterator[None]:
    """Do all of it or nothing; one within another is part of the outer one."""
    if rows.in_transaction:
        yield
        return
    rows.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        rows.execute("ROLLBACK")
        raise
    rows.execute("COMMIT")


def readable(folder: Path) -> sqlite3.Connection:
    """Open the file beside a watch that runs, to look only.

    Raises:
        InputError: There is none.
    """
    place = folder / FILE
    if not place.is_file():
        msg = f"no watch has run in {str(folder)!r}"
        raise InputError(msg)
    return sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)


def _opened(place: Path) -> sqlite3.Connection:
    # A story is briefed in a thread while the loop waits for it: never two at once.
    rows = sqlite3.connect(
        place, isolation_level=None, timeout=30, check_same_thread=False
    )
    place.chmod(0o600)
    rows.execute(
        "PRAGMA auto_vacuum=INCREMENTAL"
    )  # of a new file; what is dropped frees
    rows.execute("PRAGMA journal_mode=WAL")
    rows.execute("PRAGMA synchronous=FULL")
    (version,) = rows.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        rows.close()
        msg = f"it was made by a newer version ({version}, this one knows {VERSION})"
        raise sqlite3.DatabaseError(msg)
    rows.execute(f"PRAGMA user_version = {VERSION}")
    return rows


def held(descriptor: int) -> bool:
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
