"""Why an item was told or not: what each rule decided of it, edition by edition."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.briefing import Briefing, Item
from summarizer.errors import InputError
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.configuring import Rule, Watchfile
from summarizer.watch.telling.baselines import Baselines
from summarizer.watch.telling.outbox import Outbox

_SECTIONS: Final = (
    "actors", "requests", "positions", "casualties", "developments", "open_questions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explainer:
    """Looks up what was decided.

    Attributes:
        rows: The database.
        chronicle: The editions of the stories.
        file: The configuration.
    """

    rows: sqlite3.Connection
    chronicle: Chronicle
    file: Watchfile

    def lines(self, story: str, version: int, name: str) -> list[str]:
        """Say what each rule decided of an item, in words, in order of time.

        Args:
            story: The story.
            version: An edition of it.
            name: An item of that edition, or as "was-q2" of the one before it.

        Raises:
            InputError: The edition has no such item.
        """
        marks = list(self._marks(story, version, name))
        found = sorted(
            (row for mark in marks for row in self._decided(story, *mark)),
            key=lambda row: (row[4], row[0]),
        )
        if not found and not marks:
            msg = f"edition {version} of {story} has no item {name!r}"
            raise InputError(msg)
        lines = [self._line(*row) for row in found]
        judged = {row[0] for row in found}
        others = (rule for rule in self.file.rule if rule.name not in judged)
        return lines + [self._not_judged(rule, story, version) for rule in others]

    def _marks(self, story: str, version: int, name: str) -> Iterator[tuple[int, str]]:
        """Name the item as each edition so far names it: they number anew."""
        last = self.chronicle.briefing(story, version)
        wanted = _item(last, name) if last is not None else None
        if wanted is None:
            if self._decided(story, version, name):  # of what is said no more
                yield version, name
            return
        for edition in self.chronicle.editions(story):
            if edition.version >= version:
                break
            briefing = self.chronicle.briefing(story, edition.version)
            for one in _items(briefing) if briefing is not None else ():
                if type(one) is type(wanted) and _words(one) == _words(wanted):
                    yield edition.version, one.id
        yield version, name

    def _decided(
        self, story: str, version: int, name: str
    ) -> list[tuple[str, int, str, str, float, str, int | None]]:
        return self.rows.execute(
            "SELECT rule, version, kind, outcome, at, why, post FROM decisions "
            "WHERE story = ? AND version = ? AND item = ?",
            (story, version, name),
        ).fetchall()

    def _line(
        self, rule: str, of: int, kind: str, outcome: str, at: float, why: str,
        post: int | None,
    ) -> str:  # fmt: skip
        moment = datetime.fromtimestamp(at, self.file.timezone)
        where = f" in post {post}, {self._state(post)}" if post else ""
        words = kind.replace("_", " ")
        return f"{moment:%Y-%m-%d %H:%M} rule {rule}: {outcome}{where}: {words} in edition {of} ({why})"

    def _not_judged(self, rule: Rule, story: str, version: int) -> str:
        judged = Baselines(self.rows).versions(rule.name).get(story, 0)
        if judged >= version:
            return f"rule {rule.name}: nothing about it was new"
        hours = ", ".join(f"{hour:%H:%M}" for hour in rule.at)
        waits = f"it tells at {hours}" if hours else "it waits for quiet hours or its limit to pass"  # fmt: skip
        return f"rule {rule.name}: not judged yet; {waits}"

    def _state(self, post: int) -> str:
        found = Outbox(self.rows).find(post)
        return found.state if found else "forgotten"


def _items(briefing: Briefing) -> Iterator[Item]:
    for section in _SECTIONS:
        yield from getattr(briefing, section)
    for own in briefing.sections:
        yield from own.items


def _item(briefing: Briefing, name: str) -> Item | None:
    return next((one for one in _items(briefing) if one.id == name), None)


def _words(item: Item) -> tuple[str, ...]:
    return tuple(sorted(one.exact for one in item.evidence))
