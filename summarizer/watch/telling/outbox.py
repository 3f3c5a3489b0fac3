"""What is to be posted: written down before it is sent, so that a crash repeats nothing."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

State = Literal["waiting", "posted", "unclear", "refused"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS posts (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, channel TEXT NOT NULL,
  stories TEXT NOT NULL, changes INTEGER NOT NULL, made_at REAL NOT NULL,
  bodies TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  next_at REAL NOT NULL, done_at REAL, said TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS posts_by_state ON posts (state, next_at);
CREATE INDEX IF NOT EXISTS posts_by_rule ON posts (rule, made_at);
CREATE TABLE IF NOT EXISTS decisions (
  story TEXT NOT NULL, version INTEGER NOT NULL, item TEXT NOT NULL, rule TEXT NOT NULL,
  kind TEXT NOT NULL, outcome TEXT NOT NULL, why TEXT NOT NULL, at REAL NOT NULL,
  post INTEGER, PRIMARY KEY (story, version, item, kind, rule)
) WITHOUT ROWID;
"""
_FIRST_WAIT_S: Final = 60.0
_MAX_WAIT_S: Final = 900.0
_MOST_WISHED_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Post:
    """One post to one channel.

    Attributes:
        id: Its number.
        rule: Which rule made it.
        channel: Where to.
        stories: Of which stories, with their versions.
        changes: How many changes it tells.
        made_at: When it was written down.
        bodies: Its messages as they are sent.
        state: waiting; posted; unclear (sent, and the answer was lost: only a person can
            tell); refused (Slack will not take it).
        tries: How often it was tried.
        next_at: Not before.
        done_at: When it was posted, or given up.
        said: Why not, the last time.
    """

    id: int
    rule: str
    channel: str
    stories: tuple[str, ...]
    changes: int
    made_at: datetime
    bodies: tuple[bytes, ...]
    state: State
    tries: int
    next_at: datetime
    done_at: datetime | None
    said: str


class Outbox:
    """The posts of a watch, in the order of writing."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Take the database, and make the tables that are missing."""
        self._rows = rows
        rows.executescript(_TABLES)

    def add(
        self, rule: str, channel: str, stories: Sequence[str], changes: int,
        bodies: Sequence[bytes], at: datetime,
    ) -> int:  # fmt: skip
        """Write down what is to be posted.

        Returns:
            Its number.
        """
        texts = json.dumps([body.decode() for body in bodies])
        made = self._rows.execute(
            "INSERT INTO posts (rule, channel, stories, changes, made_at, bodies, state, "
            "next_at) VALUES (?,?,?,?,?,?,'waiting',?)",
            (
                rule, channel, json.dumps(list(stories)), changes, at.timestamp(), texts,
                at.timestamp(),
            ),
        )  # fmt: skip
        assert made.lastrowid is not None  # noqa: S101  a row was inserted
        return made.lastrowid

    def due(self, now: datetime) -> Post | None:
        """Find the post to be sent next: the oldest of a channel, when it may be tried."""
        row = self._rows.execute(
            f"SELECT {_ROW} FROM posts p WHERE state = 'waiting' AND next_at <= ? "  # noqa: S608  our own words
            "AND NOT EXISTS (SELECT 1 FROM posts WHERE channel = p.channel "
            "AND state = 'waiting' AND id < p.id) ORDER BY id LIMIT 1",
            (now.timestamp(),),
        ).fetchone()
        return _post(row) if row else None

    def next_due(self) -> datetime | None:
        """Tell when the next post may be sent; None when none is waiting."""
        (first,) = self._rows.execute(
            "SELECT min(next_at) FROM posts p WHERE state = 'waiting' AND NOT EXISTS "
            "(SELECT 1 FROM posts WHERE channel = p.channel AND state = 'waiting' "
            "AND id < p.id)"
        ).fetchone()
        return _moment(first) if first is not None else None

    def end(self, post: Post, state: State, said: str, at: datetime) -> None:
        """Enter how it ended."""
        self._rows.execute(
            "UPDATE posts SET state = ?, said = ?, done_at = ?, tries = tries + 1 "
            "WHERE id = ?",
            (state, said, at.timestamp(), post.id),
        )

    def again(
        self, post: Post, said: str, at: datetime, wished_s: float = 0.0
    ) -> datetime:
        """Try it later: after one minute, two, four, at most a quarter of an hour.

        Args:
            post: What was not sent.
            said: Why not.
            at: The time.
            wished_s: Seconds that the server asks for; heeded up to a day.

        Returns:
            When.
        """
        grown_s = min(_MAX_WAIT_S, _FIRST_WAIT_S * 2 ** min(post.tries, 10))
        wait_s = max(grown_s, min(wished_s, _MOST_WISHED_S))
        later = at.timestamp() + wait_s
        self._rows.execute(
            "UPDATE posts SET said = ?, next_at = ?, tries = tries + 1 WHERE id = ?",
            (said, later, post.id),
        )
        return _moment(later)

    def posted(self, rule: str, since: datetime) -> list[datetime]:
        """List when posts of a rule were written down since some time."""
        found = self._rows.execute(
            "SELECT made_at FROM posts WHERE rule = ? AND made_at > ?",
            (rule, since.timestamp()),
        )
        return [_moment(at) for (at,) in found]

    def find(self, number: int) -> Post | None:
        """Find a post by its number."""
        row = self._rows.execute(
            f"SELECT {_ROW} FROM posts WHERE id = ?",  # noqa: S608  our own words
            (number,),
        ).fetchone()
        return _post(row) if row else None

    def of_state(self, state: State) -> list[Post]:
        """List the posts of a state, the oldest first."""
        found = self._rows.execute(
            f"SELECT {_ROW} FROM posts WHERE state = ? ORDER BY id",  # noqa: S608  our own words
            (state,),
        )
        return [_post(row) for row in found]

    def counts(self) -> dict[str, int]:
        """Count the posts by state."""
        found = self._rows.execute("SELECT state, count(*) FROM posts GROUP BY state")
        return dict(found.fetchall())


_ROW: Final = (
    "id, rule, channel, stories, changes, made_at, bodies, state, tries, next_at, "
    "done_at, said"
)


def _post(row: tuple[Any, ...]) -> Post:
    number, rule, channel, stories, changes, made, bodies, state, tries, at, done, said = row  # fmt: skip
    return Post(
        id=number, rule=rule, channel=channel, stories=tuple(json.loads(stories)),
        changes=changes, made_at=_moment(made),
        bodies=tuple(one.encode() for one in json.loads(bodies)), state=state,
        tries=tries, next_at=_moment(at),
        done_at=_moment(done) if done is not None else None, said=said,
    )  # fmt: skip


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
