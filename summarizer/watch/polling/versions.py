"""The versions of articles, and which of them the main loop has taken."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from summarizer.watch.polling import identity, items, tables
from summarizer.watch.polling.items import Read, Waiting
from summarizer.watch.polling.values import ReadFrom, Version

_FIELDS: Final = (
    "article, number, text, title, metadata, layout, fetched_at, source, read_from, "
    "(SELECT first_seen FROM watch_articles WHERE id = article)"
)
_Row = tuple[int, int, str, str | None, str, str, float, str, ReadFrom, float]


class Last(NamedTuple):
    """The newest version of an article, as far as the next one depends on it."""

    number: int
    text: str
    text_sha: str
    source: str
    read_from: ReadFrom


class Versions:
    """All versions, in the table of versions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def last(self, article: int) -> Last | None:
        """Find the newest version of an article; None when it was never read."""
        found = self._db.execute(
            "SELECT number, text, text_sha, source, read_from FROM watch_versions"
            " WHERE article = ? ORDER BY number DESC LIMIT 1",
            (article,),
        ).fetchone()
        return Last(*found) if found else None

    def had(self, article: int, text_sha: str) -> bool:
        """Tell whether some version of an article had these words."""
        found = self._db.execute(
            "SELECT 1 FROM watch_versions WHERE article = ? AND text_sha = ?",
            (article, text_sha),
        )
        return found.fetchone() is not None

    def of(self, article: int) -> list[Version]:
        """List all versions of an article, the first one first."""
        rows = self._db.execute(
            f"SELECT {_FIELDS} FROM watch_versions WHERE article = ? ORDER BY number",  # noqa: S608  our own names
            (article,),
        )
        return [_version(row) for row in rows]

    def count(self, source: str, since: datetime) -> int:
        """Count the versions that a source brought since some time."""
        found = self._db.execute(
            "SELECT count(*) FROM watch_versions WHERE source = ? AND fetched_at > ?",
            (source, since.timestamp()),
        )
        return int(found.fetchone()[0])

    def not_taken(self) -> list[Version]:
        """List versions that were brought and not taken, perhaps by an earlier run."""
        rows = self._db.execute(
            f"SELECT {_FIELDS} FROM watch_versions WHERE taken = 0"  # noqa: S608  our own names
            " ORDER BY fetched_at, article, number"
        )
        return [_version(row) for row in rows]

    def take(self, versions: Iterable[Version]) -> None:
        """Note that versions were taken; in a transaction of the caller's, with it."""
        with tables.together(self._db):
            self._db.executemany(
                "UPDATE watch_versions SET taken = 1 WHERE article = ? AND number = ?",
                [(one.article_id, one.number) for one in versions],
            )

    def forget_texts(self, before: datetime) -> int:
        """Drop the words of taken versions that were read before, but not their keys.

        The newest version of an article keeps its digest, so that an edit is still told.

        Returns:
            How many were dropped.
        """
        with tables.together(self._db):
            done = self._db.execute(
                "UPDATE watch_versions SET text = '', layout = '{}'"
                " WHERE taken = 1 AND text != '' AND fetched_at < ?",
                (before.timestamp(),),
            )
        return done.rowcount

    def write(
        self, article: int, number: int, one: Waiting, read: Read, now: datetime
    ) -> Version:
        """Write a version; a quiet one counts as taken."""
        published = read.metadata.published_at
        self._db.execute(
            "INSERT INTO watch_versions (article, number, text_sha, text, title,"
            " published, publisher, uri, fetched_at, source, read_from, metadata,"
            " layout, taken) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article, number, identity.text_of(read.text), read.text, read.title,
                published.timestamp() if published else None,
                read.metadata.publisher, read.metadata.uri, now.timestamp(), one.source,
                read.read_from, items.METADATA.dump_json(read.metadata).decode("utf-8"),
                items.LAYOUT.dump_json(read.layout).decode("utf-8"), int(one.is_quiet),
            ),
        )  # fmt: skip
        row = self._db.execute(
            f"SELECT {_FIELDS} FROM watch_versions WHERE article = ? AND number = ?",  # noqa: S608  our own names
            (article, number),
        ).fetchone()
        return _version(row)


def _version(row: _Row) -> Version:
    (
        article,
        number,
        text,
        title,
        metadata,
        layout,
        fetched,
        source,
        read_from,
        first,
    ) = row
    return Version(
        article_id=article,
        number=number,
        title=title,
        text=text,
        metadata=items.METADATA.validate_json(metadata),
        layout=items.LAYOUT.validate_json(layout),
        first_seen=datetime.fromtimestamp(first, UTC),
        fetched_at=datetime.fromtimestamp(fetched, UTC),
        source=source,
        read_from=read_from,
    )
