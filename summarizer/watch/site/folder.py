"""The folder of a site: what was written into it before, and nothing else, is touched.

A small database beside the pages keeps which files are the site's, and the line of each
edition, so that a day's page needs no briefing to be read again.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from summarizer.errors import InputError
from summarizer.watch.site import names
from summarizer.watch.site.lines import Line
from summarizer.watch.state import transaction

FILE: Final = ".site.sqlite"

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, story TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lines (
  story TEXT NOT NULL, version INTEGER NOT NULL, at REAL NOT NULL, day TEXT NOT NULL,
  line TEXT NOT NULL, PRIMARY KEY (story, version)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines_by_day ON lines (day);
CREATE INDEX IF NOT EXISTS lines_by_time ON lines (at);
CREATE TABLE IF NOT EXISTS stale (day TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class Folder:
    """The files of one site.

    Attributes:
        written: Names of the files written since it was opened.
        removed: The same for removed ones.
    """

    def __init__(self, place: Path) -> None:
        """Open the folder, or make it.

        Raises:
            InputError: It cannot be written to.
        """
        self._place = place
        self.written: list[str] = []
        self.removed: list[str] = []
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._rows = sqlite3.connect(place / FILE, isolation_level=None, timeout=30)
            self._rows.executescript(_TABLES)
        except (OSError, sqlite3.Error) as exc:
            raise InputError(f"cannot write the site in {str(place)!r}: {exc}") from exc

    def __enter__(self) -> Self:
        """Let it be closed at the end of a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; a fault of the database is one of the folder.

        Raises:
            InputError: The database cannot be read or written any more.
        """
        self._rows.close()
        if isinstance(error, sqlite3.Error):
            msg = f"cannot go on with {str(self._place / FILE)!r}: {error}"
            raise InputError(msg) from error

    def put(self, name: str, text: str, story: str | None = None) -> None:
        """Write a file, whole or not at all.

        Raises:
            InputError: A file of this name is there that the site did not write, or it
                cannot be written.
        """
        self.claim([name], story)
        new = self._place / f".{name}.new"
        try:
            new.unlink(missing_ok=True)
            # "x" follows no link that somebody else may have put there.
            with new.open(
                "x", encoding="utf-8", newline="\n", errors="replace"
            ) as file:
                file.write(text)
            new.replace(self._place / name)
        except OSError as exc:
            msg = f"cannot write {str(self._place / name)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        self.written.append(name)

    def remove(self, name: str) -> None:
        """Remove a file that the site wrote."""
        if not self.has(name) or not names.is_ours(name):
            return
        try:
            (self._place / name).unlink(missing_ok=True)
        except OSError as exc:
            msg = f"cannot remove {str(self._place / name)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        self._rows.execute("DELETE FROM files WHERE name = ?", (name,))
        self.removed.append(name)

    def has(self, name: str) -> bool:
        """Tell whether the site wrote a file of this name."""
        found = self._rows.execute("SELECT 1 FROM files WHERE name = ?", (name,))
        return found.fetchone() is not None

    def files(self, story: str) -> list[str]:
        """List the files of a story."""
        found = self._rows.execute("SELECT name FROM files WHERE story = ?", (story,))
        return [name for (name,) in found]

    def named(self) -> set[str]:
        """List the stories that have files."""
        found = self._rows.execute("SELECT DISTINCT story FROM files")
        return {story for (story,) in found if story is not None}

    def claim(self, names: Iterable[str], story: str | None = None) -> None:
        """Enter files as the site's before they are there: a crash leaves none unknown.

        Raises:
            InputError: One of them is there, and the site did not write it.
        """
        new = [name for name in names if not self.has(name)]
        for place in (self._place / name for name in new):
            if place.exists() or place.is_symlink():
                msg = (
                    f"{str(place)!r} was not written by this site and stays as it is: "
                    "take another folder (--site)"
                )
                raise InputError(msg)
        rows = [(name, story) for name in new]
        if rows:
            with transaction(self._rows):
                self._rows.executemany("INSERT INTO files VALUES (?, ?)", rows)

    def fact(self, name: str) -> str:
        """Read what was noted under a name; empty when nothing was."""
        row = self._rows.execute(
            "SELECT value FROM facts WHERE name = ?", (name,)
        ).fetchone()
        return row[0] if row else ""

    def note(self, name: str, value: str) -> None:
        """Note something for the next time."""
        self._rows.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def forget(self, story: str | None = None) -> None:
        """Forget the lines of a story, or of all: its pages are written anew."""
        chosen, given = (
            ("", ()) if story is None else (" WHERE story = ?", (story,))
        )  # fmt: skip
        with transaction(self._rows):
            self._rows.execute(
                f"INSERT OR IGNORE INTO stale SELECT day FROM lines{chosen}",  # noqa: S608  our own words
                given,
            )
            self._rows.execute(f"DELETE FROM lines{chosen}", given)  # noqa: S608  our own words

    def enter(self, lines: Iterable[tuple[Line, date]]) -> None:
        """Enter editions, each with its day, and that the pages of these days are old."""
        with transaction(self._rows):
            for line, day in lines:
                made = line.at.timestamp(), str(day), line.packed()
                self._rows.execute(
                    "INSERT OR REPLACE INTO lines VALUES (?,?,?,?,?)",
                    (line.story, line.version, *made),
                )
                self._rows.execute(
                    "INSERT OR IGNORE INTO stale VALUES (?)", (str(day),)
                )

    def known(self) -> dict[str, tuple[int, float]]:
        """Tell of each story which edition was written last, and of when it is."""
        found = self._rows.execute(
            "SELECT story, max(version), at FROM lines GROUP BY story"
        )
        return {story: (version, at) for story, version, at in found}

    def stale(self) -> set[date]:
        """List the days whose pages are old."""
        found = self._rows.execute("SELECT day FROM stale")
        return {date.fromisoformat(day) for (day,) in found}

    def is_fresh(self) -> None:
        """Enter that all days are written."""
        self._rows.execute("DELETE FROM stale")

    def days(self) -> list[date]:
        """List the days that have editions, the newest first."""
        found = self._rows.execute("SELECT DISTINCT day FROM lines ORDER BY day DESC")
        return [date.fromisoformat(day) for (day,) in found]

    def of_day(self, day: date) -> list[Line]:
        """List the editions of a day, the newest first."""
        return self._lines(
            "WHERE day = ? ORDER BY at DESC, story, version DESC", str(day)
        )

    def newest(self, most: int) -> list[Line]:
        """List the last editions of all stories, the newest first."""
        return self._lines("ORDER BY at DESC, story, version DESC LIMIT ?", most)

    def _lines(self, chosen: str, given: str | int) -> list[Line]:
        found = self._rows.execute(f"SELECT line FROM lines {chosen}", (given,))  # noqa: S608  our own words
        return [Line.unpacked(text) for (text,) in found]
