"""What was briefed of each story, version by version, and what changed each time."""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from schemas.briefing import Briefing
from summarizer.changes import Changes
from summarizer.watch.state import transaction

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS editions (
  story TEXT NOT NULL, version INTEGER NOT NULL, at REAL NOT NULL,
  articles TEXT NOT NULL, heading TEXT NOT NULL, bottom_line TEXT NOT NULL,
  briefing BLOB NOT NULL, changes BLOB,
  PRIMARY KEY (story, version)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS editions_by_time ON editions (at);
"""
_UNJUDGED: Final = "CREATE TABLE unjudged (story TEXT PRIMARY KEY) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a story's briefing, as a line of its timeline.

    Attributes:
        story: The story.
        version: From 1.
        at: When it was made.
        articles: What it was made of: each article with its version, in one string.
        heading: Title of its first source, the newest: a story is called by where it stands.
        bottom_line: What it comes to.
    """

    story: str
    version: int
    at: datetime
    articles: str
    heading: str
    bottom_line: str

    def made_of(self) -> tuple[str, ...]:
        """List the numbers of its articles, the newest first as its briefing has them."""
        names = self.articles.split()
        return tuple(name.partition(".")[0] for name in reversed(names))


class Chronicle:
    """The editions of all stories."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Take the database, and make the tables that are missing."""
        self._rows = rows
        rows.executescript(_TABLES)
        known = "SELECT 1 FROM sqlite_master WHERE name = 'unjudged'"
        if rows.execute(known).fetchone() is None:
            with transaction(rows):  # of an older state, each story may be unjudged
                rows.execute(_UNJUDGED)
                rows.execute("INSERT INTO unjudged SELECT DISTINCT story FROM editions")

    def add(
        self, story: str, articles: str, at: datetime,
        briefing: Briefing, changes: Changes | None,
    ) -> int:  # fmt: skip
        """Enter the next edition of a story.

        Args:
            story: The story.
            articles: What it was made of.
            at: When.
            briefing: The briefing.
            changes: Since the edition before; None for the first.

        Returns:
            Its version, from 1.
        """
        with transaction(self._rows):
            last = self.last(story)
            version = last.version + 1 if last else 1
            heading = next((s.title for s in briefing.sources if s.title), story)
            self._rows.execute(
                "INSERT INTO editions VALUES (?,?,?,?,?,?,?,?)",
                (
                    story, version, at.timestamp(), articles, heading,
                    briefing.bottom_line, packed(briefing.model_dump_json()),
                    packed(changes.model_dump_json()) if changes else None,
                ),
            )  # fmt: skip
            self._rows.execute("INSERT OR IGNORE INTO unjudged VALUES (?)", (story,))
        return version

    def unjudged(self) -> list[Edition]:
        """List the last editions of stories that some rule may not have judged."""
        found = self._rows.execute("SELECT story FROM unjudged ORDER BY story")
        last = [self.last(story) for (story,) in found.fetchall()]
        return [one for one in last if one is not None]

    def judged(self, story: str) -> None:
        """Enter that every rule has judged the last edition of a story."""
        self._rows.execute("DELETE FROM unjudged WHERE story = ?", (story,))

    def stories(self) -> Iterator[Edition]:
        """Yield the last edition of each story, the newest first."""
        yield from map(
            _edition,
            self._rows.execute(
                f"SELECT {_LINE} FROM editions e WHERE version = (SELECT max(version) "  # noqa: S608  our own words
                "FROM editions WHERE story = e.story) ORDER BY at DESC, story"
            ),
        )

    def editions(self, story: str) -> list[Edition]:
        """List the editions of a story, the first one first."""
        found = self._rows.execute(
            f"SELECT {_LINE} FROM editions WHERE story = ? ORDER BY version",  # noqa: S608  our own words
            (story,),
        )
        return [_edition(row) for row in found]

    def last(self, story: str) -> Edition | None:
        """Find the last edition of a story."""
        row = self._rows.execute(
            f"SELECT {_LINE} FROM editions WHERE story = ? "  # noqa: S608  our own words
            "ORDER BY version DESC LIMIT 1",
            (story,),
        ).fetchone()
        return _edition(row) if row else None

    def briefing(self, story: str, version: int) -> Briefing | None:
        """Read the briefing of an edition; None when there is none, or none any more."""
        row = self._rows.execute(
            "SELECT briefing FROM editions WHERE story = ? AND version = ?",
            (story, version),
        ).fetchone()
        if row is None or not row[0]:
            return None
        return Briefing.model_validate_json(unpacked(row[0]))

    def changes(self, story: str, version: int) -> Changes | None:
        """Read what an edition changed; None for the first one, or none such."""
        row = self._rows.execute(
            "SELECT changes FROM editions WHERE story = ? AND version = ?",
            (story, version),
        ).fetchone()
        return Changes.model_validate_json(unpacked(row[0])) if row and row[0] else None


_LINE: Final = "story, version, at, articles, heading, bottom_line"


def _edition(row: tuple[str, int, float, str, str, str]) -> Edition:
    story, version, at, articles, heading, bottom_line = row
    moment = datetime.fromtimestamp(at, UTC)
    return Edition(story, version, moment, articles, heading, bottom_line)


def packed(text: str) -> bytes:
    """Put text away in little room."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes) -> str:
    """Take text out again."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
