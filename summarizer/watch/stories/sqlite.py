"""Stories kept in SQLite, in tables of their own. The caller opens, commits and closes."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final

from summarizer.errors import InputError
from summarizer.watch.stories.store import Entry
from summarizer.watch.stories.values import Kept, Traits

FORM: Final = 1
"""Of the tables. What a later one wrote is not read."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS stories_form (form INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stories (
  number INTEGER PRIMARY KEY, state TEXT NOT NULL, latest REAL NOT NULL, into_story TEXT
);
CREATE INDEX IF NOT EXISTS stories_by_state ON stories (state);
CREATE TABLE IF NOT EXISTS story_pieces (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  story TEXT NOT NULL, published TEXT NOT NULL, copy_of TEXT, traits TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS story_pieces_by_story ON story_pieces (story);
CREATE TABLE IF NOT EXISTS story_marks (
  term TEXT NOT NULL, story TEXT NOT NULL, PRIMARY KEY (term, story)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_marks_by_story ON story_marks (story);
CREATE TABLE IF NOT EXISTS story_pairs (
  one TEXT NOT NULL, two TEXT NOT NULL, together INTEGER NOT NULL, PRIMARY KEY (one, two)
) WITHOUT ROWID;
"""
_PREFIX: Final = "st"
_KEPT: Final = "id, version, published, copy_of, traits"


class SqliteStore:
    """A `Store` in a database that other tables may share."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Make the tables where there are none.

        Raises:
            InputError: They were made by a later version.
        """
        self._rows = rows
        for table in _TABLES.split(
            ";"
        ):  # `executescript` would commit what others began
            rows.execute(table)
        known = rows.execute("SELECT form FROM stories_form").fetchone()
        if known is None:
            rows.execute("INSERT INTO stories_form VALUES (?)", (FORM,))
        elif known[0] != FORM:
            msg = (
                f"the stories were written in form {known[0]}, and this version reads "
                f"{FORM}: use the version that wrote them"
            )
            raise InputError(msg)

    def new_story(self, at: datetime) -> str:
        """Open a story, with an id that none had before."""
        made = self._rows.execute(
            "INSERT INTO stories (state, latest) VALUES ('open', ?)", (at.timestamp(),)
        )
        return f"{_PREFIX}{made.lastrowid}"

    def put_story(self, entry: Entry) -> None:
        """Write what became of a story."""
        self._rows.execute(
            "UPDATE stories SET state = ?, latest = ?, into_story = ? WHERE number = ?",
            (entry.state, entry.latest.timestamp(), entry.into, _number(entry.id)),
        )

    def story(self, story: str) -> Entry | None:
        """Look up a story."""
        row = self._rows.execute(
            "SELECT number, state, latest, into_story FROM stories WHERE number = ?",
            (_number(story),),
        ).fetchone()
        return _entry(row) if row is not None else None

    def open_stories(self) -> Sequence[Entry]:
        """List the open stories, the oldest first."""
        rows = self._rows.execute(
            "SELECT number, state, latest, into_story FROM stories WHERE state = 'open' "
            "ORDER BY number"
        )
        return [_entry(row) for row in rows.fetchall()]

    def absorbed(self) -> dict[str, str]:
        """List the stories that ended in others, each with the one that it ended in."""
        rows = self._rows.execute(
            "SELECT number, into_story FROM stories WHERE state = 'absorbed'"
        )
        return {f"{_PREFIX}{number}": str(into) for number, into in rows.fetchall()}

    def put_piece(self, kept: Kept, story: str) -> None:
        """Write a piece and its story; its place in the order of arrival stays."""
        self._rows.execute(
            "INSERT INTO story_pieces (id, version, story, published, copy_of, traits) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, "
            "story = excluded.story, published = excluded.published, "
            "copy_of = excluded.copy_of, traits = excluded.traits",
            (
                kept.id, kept.version, story, kept.published.isoformat(), kept.copy_of,
                _written(kept.traits),
            ),
        )  # fmt: skip

    def piece(self, piece: str) -> tuple[Kept, str] | None:
        """Look up a piece and its story."""
        row = self._rows.execute(
            f"SELECT {_KEPT}, story FROM story_pieces WHERE id = ?",  # noqa: S608  our own words
            (piece,),
        ).fetchone()
        return (_kept(row), str(row[5])) if row is not None else None

    def pieces(self, story: str) -> Sequence[Kept]:
        """List the pieces of a story in order of arrival."""
        rows = self._rows.execute(
            f"SELECT {_KEPT} FROM story_pieces WHERE story = ? ORDER BY number",  # noqa: S608  our own words
            (story,),
        )
        return [_kept(row) for row in rows.fetchall()]

    def mark(self, story: str, terms: Collection[str]) -> None:
        """Write by which terms a closed story is found again; none takes them away."""
        self._rows.execute("DELETE FROM story_marks WHERE story = ?", (story,))
        self._rows.executemany(
            "INSERT INTO story_marks VALUES (?, ?)", [(t, story) for t in sorted(terms)]
        )

    def marked(self, terms: Collection[str], *, since: datetime) -> Sequence[str]:
        """List closed stories with such terms, most terms first."""
        if not terms:
            return []
        marks = ", ".join("?" * len(terms))
        rows = self._rows.execute(
            "SELECT s.number FROM story_marks m JOIN stories s "  # noqa: S608  question marks
            f"ON m.story = '{_PREFIX}' || s.number WHERE m.term IN ({marks}) "
            "AND s.state = 'closed' AND s.latest >= ? "
            "GROUP BY s.number ORDER BY count(*) DESC, s.number DESC",
            (*sorted(terms), since.timestamp()),
        )
        return [f"{_PREFIX}{number}" for (number,) in rows.fetchall()]

    def decide(self, pairs: Collection[tuple[str, str]], *, together: bool) -> None:
        """Write by hand that two pieces are of one story, or are not."""
        ordered = sorted((min(pair), max(pair), int(together)) for pair in pairs)
        self._rows.executemany(
            "INSERT OR REPLACE INTO story_pairs VALUES (?, ?, ?)", ordered
        )

    def apart(self, piece: str) -> Collection[str]:
        """List the pieces that are never of one story with *piece*."""
        rows = self._rows.execute(
            "SELECT two FROM story_pairs WHERE one = ? AND together = 0 "
            "UNION SELECT one FROM story_pairs WHERE two = ? AND together = 0 ORDER BY 1",
            (piece, piece),
        )
        return [str(other) for (other,) in rows.fetchall()]


def _number(story: str) -> int:
    """Read the number of a story; -1, which none has, of what is no id."""
    digits = story.removeprefix(_PREFIX)
    return int(digits) if digits.isdecimal() and digits != story else -1


def _entry(row: tuple[int, str, float, str | None]) -> Entry:
    number, state, latest, into = row
    at = datetime.fromtimestamp(latest, UTC)
    return Entry(f"{_PREFIX}{number}", state, at, into)  # type: ignore[arg-type]  # as we wrote it


def _written(traits: Traits) -> str:
    return json.dumps(
        {
            "names": traits.names,
            "words": traits.words,
            "lead": sorted(traits.lead),
            "runs": sorted(traits.runs),
            "language": traits.language,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _kept(row: Sequence[str]) -> Kept:
    name, version, published, copy_of, traits = row[:5]
    read = json.loads(traits)
    return Kept(
        str(name),
        int(version),
        datetime.fromisoformat(published),
        Traits(
            read["names"],
            read["words"],
            frozenset(read["lead"]),
            frozenset(read["runs"]),
            read["language"],
        ),
        copy_of,
    )
