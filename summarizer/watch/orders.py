"""What a person decides by hand: written down beside a watch that runs, done by it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from summarizer.errors import InputError
from summarizer.watch import state

Verb = Literal["split", "join", "settle"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS orders (
  id INTEGER PRIMARY KEY, verb TEXT NOT NULL, words TEXT NOT NULL, at REAL NOT NULL,
  done_at REAL, said TEXT NOT NULL DEFAULT ''
);
"""


@dataclass(frozen=True, slots=True)
class Order:
    """One decision.

    Attributes:
        id: Its number.
        verb: split: a story, and the articles that are another one; join: a story, and
            the one that is the same; settle: a post, and the message to go on with.
        words: What it is about.
    """

    id: int
    verb: Verb
    words: tuple[str, ...]


class Orders:
    """The decisions that wait, and those that were done."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Take the database, and make the table that is missing."""
        self._rows = rows
        rows.executescript(_TABLES)

    def waiting(self) -> Order | None:
        """Find the oldest one that is not done."""
        row = self._rows.execute(
            "SELECT id, verb, words FROM orders WHERE done_at IS NULL ORDER BY id LIMIT 1"
        ).fetchone()
        return Order(row[0], row[1], tuple(json.loads(row[2]))) if row else None

    def done(self, order: Order, said: str, at: datetime) -> None:
        """Enter what came of it."""
        self._rows.execute(
            "UPDATE orders SET done_at = ?, said = ? WHERE id = ?",
            (at.timestamp(), said, order.id),
        )


def give(folder: Path, verb: Verb, words: Sequence[str], at: datetime) -> None:
    """Write a decision down; the watch of *folder* does it at its next step.

    Raises:
        InputError: No watch has run there, or the file cannot be written.
    """
    place = folder / state.FILE
    if not place.is_file():
        msg = f"no watch has run in {str(folder)!r}"
        raise InputError(msg)
    try:
        rows = sqlite3.connect(place, isolation_level=None, timeout=30)
        try:
            rows.executescript(_TABLES)
            rows.execute(
                "INSERT INTO orders (verb, words, at) VALUES (?,?,?)",
                (verb, json.dumps(list(words)), at.timestamp()),
            )
        finally:
            rows.close()
    except sqlite3.Error as exc:
        msg = f"cannot write to {str(folder)!r}: {exc}"
        raise InputError(msg) from exc
