"""What is told of the stories, to whom and when: rules, baselines, and the outbox.

Each step is one transaction: the post that is written down, the decisions that it rests
on, and the new baseline. Whatever ends the program, a change is told once.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.briefing import Briefing, Source
from summarizer.changes import Change, Changes, compare
from summarizer.watch.chronicle import Chronicle, Edition
from summarizer.watch.configuring import Rule, Watchfile
from summarizer.watch.state import transaction
from summarizer.watch.telling import echoes, messages, revised, schedule
from summarizer.watch.telling.baselines import Baselines, blank, told
from summarizer.watch.telling.messages import Telling
from summarizer.watch.telling.outbox import Outbox
from summarizer.watch.telling.repeated import fresh
from summarizer.watch.telling.rules import Decision, decide


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a rule says of a story."""

    edition: Edition
    telling: Telling
    decisions: tuple[Decision, ...]


class Editor:
    """Decides what is told.

    Attributes:
        file: The configuration; may be replaced while the watch runs.
    """

    def __init__(
        self, rows: sqlite3.Connection, chronicle: Chronicle, outbox: Outbox,
        file: Watchfile,
    ) -> None:  # fmt: skip
        """Take the database, the stories' editions and the outbox."""
        self._rows, self.chronicle, self._outbox = rows, chronicle, outbox
        self._baselines = Baselines(rows)
        self.file = file

    def tell(self, now: datetime) -> list[int]:
        """Write down what may be told now.

        Returns:
            The numbers of the new posts.
        """
        made: list[int] = []
        for rule in self.file.rule:
            pending = self._pending(rule, now)
            due = [one for one in pending if self._due(rule, one, now) <= now]
            is_held = len(due) > 1 and (rule.quiet or rule.at_most)
            if rule.at or is_held:  # what had to wait is told together
                made += self._digest(rule, due, now)
                continue
            for edition in due:
                made += self._at_once(rule, edition, now)
        self._forget_judged(now)
        return made

    def next_due(self, now: datetime) -> datetime | None:
        """Tell when something that waits may be told; None when nothing waits."""
        times = [
            self._due(rule, edition, now)
            for rule in self.file.rule
            for edition in self._pending(rule, now)
        ]
        return min(times, default=None)

    def silence(self, story: str) -> None:
        """Take the newest edition of a story as told: sorting by hand is no news."""
        last = self.chronicle.last(story)
        briefing = self.chronicle.briefing(story, last.version) if last else None
        if last is None or briefing is None:
            return
        with transaction(self._rows):
            for rule in self.file.rule:
                self._baselines.put(rule.name, story, last.version, briefing)

    def _pending(self, rule: Rule, now: datetime) -> list[Edition]:
        """List the stories with editions that a rule has not judged, the oldest first."""
        first = self._baselines.first_seen(rule.name, now.timestamp())
        found = [
            one
            for one in self.chronicle.unjudged()
            if one.at.timestamp() >= first
            and one.version > self._baselines.version(rule.name, one.story)
        ]
        return sorted(found, key=lambda one: (one.at, one.story))

    def _forget_judged(self, now: datetime) -> None:
        """Look no more at stories that no rule has to judge: most, at most times."""
        waiting = {
            one.story for rule in self.file.rule for one in self._pending(rule, now)
        }
        for one in self.chronicle.unjudged():
            if one.story not in waiting:
                self.chronicle.judged(one.story)

    def _due(self, rule: Rule, edition: Edition, now: datetime) -> datetime:
        is_limited = rule.at_most is not None and not rule.at
        hour_ago = now - timedelta(hours=1)
        recent = self._outbox.posted(rule.name, hour_ago) if is_limited else []
        return schedule.due(
            rule,
            now,
            self.file.timezone,
            since=self._since(rule, edition),
            posted=recent,
        )

    def _since(self, rule: Rule, edition: Edition) -> datetime:
        """Tell when the first edition of a story was made that a rule has not judged."""
        judged = self._baselines.version(rule.name, edition.story)
        editions = self.chronicle.editions(edition.story)
        return next((one.at for one in editions if one.version > judged), edition.at)

    def _at_once(self, rule: Rule, edition: Edition, now: datetime) -> list[int]:
        judged = self._judged(rule, edition)
        if judged is None:
            return []
        with transaction(self._rows):
            made = None
            if judged.telling.told:
                bodies = messages.at_once(judged.telling)
                made = self._post(rule, [judged], bodies, now)
            self._enter(rule, judged, made, now)
        return [] if made is None else [made]

    def _digest(self, rule: Rule, due: list[Edition], now: datetime) -> list[int]:
        found = [one for one in (self._judged(rule, e) for e in due) if one]
        if not found:
            return []
        with transaction(self._rows):
            made = None
            if tellings := [one.telling for one in found if one.telling.told]:
                moment = now.astimezone(self.file.timezone)
                bodies = messages.digest(tellings, f"{rule.name} · {moment:%H:%M}")
                made = self._post(rule, found, bodies, now)
            for one in found:
                self._enter(rule, one, made if one.telling.told else None, now)
        return [] if made is None else [made]

    def _post(
        self, rule: Rule, judged: list[_Judged], bodies: tuple[bytes, ...], now: datetime
    ) -> int:  # fmt: skip
        told_of = [one.telling for one in judged if one.telling.told]
        return self._outbox.add(
            rule.name,
            rule.channel,
            [f"{one.story}.{one.version}" for one in told_of],
            sum(len(one.told) for one in told_of),
            bodies,
            now,
        )

    def _enter(
        self, rule: Rule, judged: _Judged, post: int | None, now: datetime
    ) -> None:
        """Enter the decisions, and what the readers know from now on."""
        telling = judged.telling
        for one in judged.decisions:
            self._rows.execute(
                "INSERT OR REPLACE INTO decisions VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    telling.story, telling.version, messages.name_of(one.change), rule.name,
                    one.change.kind, one.outcome, one.why, now.timestamp(),
                    post if one.outcome == "told" else None,
                ),
            )  # fmt: skip
        known = told(telling.new, judged.decisions)
        self._baselines.put(rule.name, telling.story, telling.version, known)

    def _judged(self, rule: Rule, edition: Edition) -> _Judged | None:
        new = self.chronicle.briefing(edition.story, edition.version)
        if new is None:
            return None
        known = self._known(rule, edition)
        old = known or blank(new)
        changes = _of_the_texts(compare(old, new), old, new)
        if known is None:  # nothing was read before: what is found now is new
            unread = changes.old.model_copy(update={"texts": ()})
            changes = changes.model_copy(update={"old": unread})
        news = revised.tolls_of(fresh(changes.changes, old, new), old, new)
        changes = changes.model_copy(update={"changes": news})
        decisions = echoes.without(decide(changes, new, rule))
        telling = Telling(
            rule=rule.name,
            story=edition.story,
            version=edition.version,
            old=old,
            new=new,
            changes=changes,
            told=tuple(d.change for d in decisions if d.outcome == "told"),
            waiting=sum(d.outcome == "waits" for d in decisions),
            is_new=known is None,
        )
        return _Judged(edition, telling, decisions)

    def _known(self, rule: Rule, edition: Edition) -> Briefing | None:
        """Find what the readers know of a story; of a rule that is new, what was before it."""
        if found := self._baselines.find(rule.name, edition.story):
            return found[1]
        first = self._baselines.first_seen(rule.name, edition.at.timestamp())
        before = [
            one
            for one in self.chronicle.editions(edition.story)
            if one.at.timestamp() < first
        ]
        return (
            self.chronicle.briefing(edition.story, before[-1].version)
            if before
            else None
        )


def _of_the_texts(changes: Changes, old: Briefing, new: Briefing) -> Changes:
    """Leave out what is gone though its article says what it said.

    An article may not be read any more, or an item be told otherwise beside others: what
    is gone is news only where the words of its article changed.
    """
    before = {source.id: _identity(source) for source in old.sources}
    was = {_identity(source): source.text_sha256 for source in old.sources}
    edited = {
        _identity(source)
        for source in new.sources
        if was.get(_identity(source)) not in {None, source.text_sha256}
    }

    def counts(change: Change) -> bool:
        if change.kind not in {"no_longer_mentioned", "reopened"}:
            return True
        gone = change.old or change.answer
        quotes = gone.evidence if gone is not None else ()
        return bool({before.get(one.source) for one in quotes} & edited)

    kept = tuple(one for one in changes.changes if counts(one))
    return changes.model_copy(update={"changes": kept})


def _identity(source: Source) -> str:
    return source.uri or f"{source.publisher} {source.title}"
