"""What a rule has told of a story: the briefing that its readers know.

A rule compares a story's newest briefing with its baseline, not with the edition before:
so nothing is told twice, nothing is lost between two posts, and what came and went in
between is not told at all. An item that waits (for a second source, for a proof) is put
back to what the readers know of it, so that it is news on the day on which it passes.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from schemas.briefing import Briefing
from summarizer.watch.chronicle import packed, unpacked
from summarizer.watch.telling.rules import Decision

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS baselines (
  rule TEXT NOT NULL, story TEXT NOT NULL, version INTEGER NOT NULL,
  briefing BLOB NOT NULL, PRIMARY KEY (rule, story)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rules_seen (
  rule TEXT PRIMARY KEY, first_at REAL NOT NULL
) WITHOUT ROWID;
"""
_SECTIONS: Final = (
    "actors",
    "requests",
    "positions",
    "casualties",
    "developments",
    "open_questions",
)


class Baselines:
    """The baselines of all rules."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        """Take the database, and make the tables that are missing."""
        self._rows = rows
        rows.executescript(_TABLES)

    def find(self, rule: str, story: str) -> tuple[int, Briefing] | None:
        """Find the version up to which a rule has judged a story, and what it told."""
        row = self._rows.execute(
            "SELECT version, briefing FROM baselines WHERE rule = ? AND story = ?",
            (rule, story),
        ).fetchone()
        if row is None or not row[1]:
            return None
        return int(row[0]), Briefing.model_validate_json(unpacked(row[1]))

    def put(self, rule: str, story: str, version: int, briefing: Briefing) -> None:
        """Enter what a rule has told of a story."""
        self._rows.execute(
            "INSERT OR REPLACE INTO baselines VALUES (?,?,?,?)",
            (rule, story, version, packed(briefing.model_dump_json())),
        )

    def versions(self, rule: str) -> dict[str, int]:
        """Tell up to which version a rule has judged each story."""
        found = self._rows.execute(
            "SELECT story, version FROM baselines WHERE rule = ?", (rule,)
        )
        return dict(found.fetchall())

    def version(self, rule: str, story: str) -> int:
        """Tell up to which version a rule has judged a story; 0 for none."""
        row = self._rows.execute(
            "SELECT version FROM baselines WHERE rule = ? AND story = ?", (rule, story)
        ).fetchone()
        return int(row[0]) if row else 0

    def first_seen(self, rule: str, at: float) -> float:
        """Tell when a rule was first there, in seconds since 1970; a new one is entered.

        Args:
            rule: Its name.
            at: The time, in seconds since 1970.
        """
        self._rows.execute("INSERT OR IGNORE INTO rules_seen VALUES (?,?)", (rule, at))
        (first,) = self._rows.execute(
            "SELECT first_at FROM rules_seen WHERE rule = ?", (rule,)
        ).fetchone()
        return float(first)


def blank(briefing: Briefing) -> Briefing:
    """Take a briefing without its items: what readers know of a new story."""
    empty: dict[str, Any] = dict.fromkeys(_SECTIONS, ())
    empty["sections"] = ()
    empty["bottom_line"] = ""
    return briefing.model_copy(update=empty)


def told(briefing: Briefing, decisions: Iterable[Decision]) -> Briefing:
    """Take a briefing as its readers know it: what waits is as it was before.

    Args:
        briefing: The newest one.
        decisions: What the rule says of its changes.
    """
    waiting = [d.change for d in decisions if d.outcome == "waits"]
    out = {c.new.id for c in waiting if c.new is not None}
    known: dict[str, Any] = {}
    for name in _SECTIONS:
        kept = [item for item in getattr(briefing, name) if item.id not in out]
        taken = {item.id for item in kept}
        for change in waiting:
            if change.section == name and change.old is not None:
                item = change.old
                while item.id in taken:  # the numbers of two briefings may meet
                    item = item.model_copy(update={"id": f"{item.id}0"})
                taken.add(item.id)
                kept.append(item)
        known[name] = tuple(kept)
    known["sections"] = tuple(
        section.model_copy(
            update={"items": tuple(i for i in section.items if i.id not in out)}
        )
        for section in briefing.sections
    )
    return briefing.model_copy(update=known)
