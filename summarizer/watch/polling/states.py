"""What is remembered of each source between two looks at it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Final

from summarizer.watch.polling import tables
from summarizer.watch.polling.values import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A source as it was left; times are seconds since 1970 in UTC, None is never.

    Attributes:
        place: Its address or path, as the user gave it.
        etag: Mark of its last answer.
        modified: Another one.
        body_sha: Digest of its last body: the same bytes are not parsed again.
        stated_s: Seconds between looks that the feed itself asks for.
        next_due: When it is looked at again.
        failures: In a row.
        last_ok: When it last answered as it should.
        ended: When it said that it is gone for good.
        moved_to: Where it said that it has moved for good.
        begun: When the first look at it was done.
    """

    place: str
    etag: str | None = None
    modified: str | None = None
    body_sha: str | None = None
    stated_s: float | None = None
    next_due: float = 0.0
    failures: int = 0
    last_ok: float | None = None
    ended: float | None = None
    moved_to: str | None = None
    begun: float | None = None


_COLUMNS: Final = tuple(field.name for field in fields(State))


class States:
    """The states of all sources, in the table of sources."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def of(self, source: Source) -> State:
        """Give the state of *source*; one at another place than before begins anew."""
        row = self._db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM watch_sources WHERE name = ?",  # noqa: S608  our own names
            (source.name,),
        ).fetchone()
        if row is None or row[0] != source.place:
            return State(place=source.place)
        return State(**dict(zip(_COLUMNS, row, strict=True)))

    def next_due(self, sources: Iterable[Source]) -> float | None:
        """Tell when the first of *sources* is looked at again; None when all have ended.

        One that was never looked at, or stands at another place, is due at once.
        """
        found = self._db.execute(
            "SELECT name, place, next_due, ended FROM watch_sources"
        )
        known = {(name, place): (due, ended) for name, place, due, ended in found}
        new = (0.0, None)
        states = (known.get((one.name, one.place), new) for one in sources)
        return min((due for due, ended in states if ended is None), default=None)

    def save(self, source: Source, state: State) -> None:
        """Remember the state of *source*."""
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        with tables.together(self._db):
            self._db.execute(
                f"INSERT OR REPLACE INTO watch_sources (name, {', '.join(_COLUMNS)})"  # noqa: S608  our own names
                f" VALUES ({marks})",
                (source.name, *astuple(state)),
            )
