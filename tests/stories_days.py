"""Invented days of news for the stories, and how a stream of them is made."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.sqlite import SqliteStore
from summarizer.watch.stories.values import Assignment, Piece, Rules

FILE = Path(__file__).parent / "data" / "stories-days.jsonl"
"""36 articles of five days, all invented: names, places, outlets, events."""

START = datetime(2031, 3, 3, 6, tzinfo=UTC)


def stream(rules: Rules | None = None) -> Stories:
    """Begin with nothing."""
    return Stories(SqliteStore(sqlite3.connect(":memory:")), rules)


def piece(
    name: str, text: str, *, title: str = "", version: int = 1, hours: float = 0
) -> Piece:
    """Write a piece, published some hours after the start."""
    return Piece(name, version, title, text, START + timedelta(hours=hours))


def days() -> list[tuple[Piece, str]]:
    """Read the invented days: each piece with the story that it tells, in order."""
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [
        (
            Piece(
                r["id"],
                1,
                r["title"],
                r["text"],
                datetime.fromisoformat(r["published"]),
            ),
            r["story"],
        )
        for r in rows
    ]


def day(name: str) -> Piece:
    """Look up one piece of the invented days."""
    return next(piece for piece, _ in days() if piece.id == name)


def told(stories: Stories, pieces: Iterable[Piece]) -> list[Assignment]:
    """Let pieces come when they were published."""
    return [stories.add(piece, now=piece.published) for piece in pieces]


def found(stories: Stories) -> dict[str, str]:
    """Tell where each piece of the invented days is, of those that came."""
    return {
        piece.id: story
        for piece, _ in days()
        if (story := stories.story_of(piece.id)) is not None
    }
