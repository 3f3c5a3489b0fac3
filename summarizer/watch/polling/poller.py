"""Look at every source that is due, read what is new, and say what went wrong.

One source's trouble is one line of the report; the others go on.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final

from summarizer.errors import InputError, SettingsError
from summarizer.settings import MAX_CHARS
from summarizer.sources.formats.feeds import FeedReader
from summarizer.sources.web.connecting import Resolve, look_up
from summarizer.watch.polling import folders, schedule
from summarizer.watch.polling.feeds import Feeds, GoneError, Look
from summarizer.watch.polling.items import Waiting
from summarizer.watch.polling.pages import Outcome, Pages
from summarizer.watch.polling.robots import Robots
from summarizer.watch.polling.schedule import Chance
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.states import State
from summarizer.watch.polling.values import PollReport, Source, Trouble
from summarizer.watch.polling.web import LaterError, Manners, Now, Sleep, Web

MOST_READ: Final = 120
"""Articles that one round reads; the others wait for the next, which is due at once."""
MOST_OF_HOST: Final = 10
"""Of them those of one host, so that a round does not wait for one slow site."""
MOST_A_DAY: Final = 1_000
"""Articles that one feed brings in a day; each takes up to 60 KB of memory for as long as
its story is open, measured with 3,000 of 110 words."""
MOST_WAITING: Final = 1_000
"""Articles of one feed that wait to be read: who lists more than can be read is bounded."""


class Poller:
    """Brings articles in; closed at the end.

    Attributes:
        sources: What is followed.
        seen: What was seen.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        seen: Seen,
        *,
        manners: Manners,
        now: Now = lambda: datetime.now(UTC),
        chance: Chance = random.random,
        sleep: Sleep = asyncio.sleep,
        resolve: Resolve = look_up,
        max_chars: int = MAX_CHARS,
    ) -> None:
        """Make ready; nothing is asked yet.

        Raises:
            SettingsError: Two sources have one name.
        """
        names = [source.name for source in sources]
        if doubled := next((name for name in names if names.count(name) > 1), None):
            msg = f"two sources are called {doubled!r}: each needs a name of its own"
            raise SettingsError(msg)
        self.sources, self.seen = tuple(sources), seen
        self._now, self._chance, self._max_chars = now, chance, max_chars
        self._web = Web(manners, now=now, sleep=sleep, resolve=resolve)
        self._robots = Robots(self._web, now)
        self._reader = FeedReader()
        self._feeds = Feeds(self._web, self._reader, now)

    def close(self) -> None:
        """End the threads and the child process."""
        self._web.close()
        self._reader.close()

    def next_due(self) -> datetime | None:
        """Tell when there is something to do; None when all sources have ended."""
        found = (
            self.seen.states.next_due(self.sources),
            self.seen.next_waiting(),
            self.seen.again.next_due(),
        )
        due = min((one for one in found if one is not None), default=None)
        if due is None:
            return None
        moment = datetime.fromtimestamp(due, UTC)
        if moment.timestamp() < due:  # rounded down: nothing would be due yet
            moment += timedelta(microseconds=1)
        return moment

    async def poll_due(self) -> PollReport:
        """Look at what is due, and read what waits."""
        self._web.begin_round()
        due = self._due(self._now().timestamp())
        looks = await asyncio.gather(*(self._look(*one) for one in due))
        outcomes = await self._read()
        troubles = [*chain.from_iterable(found for found, _ in looks)]
        troubles += [one.trouble for one in outcomes if one.trouble]
        return PollReport(
            versions=tuple(one.version for one in outcomes if one.version),
            troubles=tuple(troubles),
            polled=len(due),
            unchanged=sum(is_unchanged for _, is_unchanged in looks),
            waiting=self.seen.count_waiting(),
        )

    def _due(self, now: float) -> list[tuple[Source, State]]:
        """List the sources that are to be looked at."""
        first = self.seen.states.next_due(self.sources)
        if first is None or first > now:
            return []
        states = ((one, self.seen.states.of(one)) for one in self.sources)
        return [
            (source, state)
            for source, state in states
            if state.ended is None and state.next_due <= now
        ]

    async def _look(self, source: Source, state: State) -> tuple[list[Trouble], bool]:
        """Look at one source, and remember what came of it.

        Returns:
            Its troubles, and whether it had nothing new to say.
        """
        try:
            look = await self._looked(source, state)
        except GoneError as exc:
            ended = replace(state, ended=self._now().timestamp())
            self.seen.states.save(source, ended)
            return [
                Trouble(source.name, "ended", f"{exc}: it is not asked again")
            ], False
        except InputError as exc:
            return [self._failed(source, state, exc)], False
        return self._listed(source, state, look)

    async def _looked(self, source: Source, state: State) -> Look:
        if source.kind == "feed":
            return await self._feeds.look(source, state)
        if source.kind == "addresses":
            pages, notes = await self._web.run(lambda: folders.addresses(source.place))
            return Look(state, pages, {}, notes)
        now = self._now()
        found, notes = await self._web.run(lambda: folders.files(source.place, now))
        fresh = folders.changed(found, lambda name: self.seen.mark_of(source, name))
        items = await self._web.run(lambda: folders.listed(fresh))
        return Look(state, items or None, {}, notes)

    def _listed(
        self, source: Source, before: State, look: Look
    ) -> tuple[list[Trouble], bool]:
        """Take in what a source lists, and its state with it: both or neither."""
        now = self._now()
        wait = schedule.after_success(source.every_s, look.wishes, self._chance)
        after = replace(
            look.state,
            next_due=now.timestamp() + wait,
            failures=0,
            last_ok=now.timestamp(),
            begun=before.begun or now.timestamp(),
        )
        fresh: frozenset[str] = frozenset()
        with self.seen.together():
            if look.listed is not None:
                take_in = (
                    self.seen.look_again
                    if source.kind == "addresses"
                    else self.seen.list_items
                )
                fresh = take_in(source, look.listed, now, is_first=before.begun is None)
            is_feed = source.kind == "feed"
            given_up = self.seen.give_up(source, MOST_WAITING) if is_feed else 0
            self.seen.states.save(source, after)
        troubles = [Trouble(source.name, "note", note) for note in look.notes]
        if after.moved_to and after.moved_to != before.moved_to:
            words = f"it has moved for good to {after.moved_to[:200]!r}, and is followed there"
            troubles.append(Trouble(source.name, "moved", words))
        if given_up:
            words = f"{given_up:,} articles are given up unread: more than {MOST_WAITING:,} wait"
            troubles.append(Trouble(source.name, "lost", words))
        strange = [day for guid, day in look.strange if guid in fresh]
        if strange:
            words = f"{len(strange)} new items state a day that cannot be, as {strange[0]}: the time of fetching is taken"
            troubles.append(Trouble(source.name, "note", words))
        return troubles, not fresh

    def _failed(self, source: Source, state: State, exc: InputError) -> Trouble:
        """Put a source off, longer each time, and say so."""
        failures = state.failures + 1
        wished = exc.retry_after_s if isinstance(exc, LaterError) else None
        wait = schedule.after_failure(source.every_s, failures, wished, self._chance)
        due = self._now().timestamp() + wait
        self.seen.states.save(source, replace(state, failures=failures, next_due=due))
        often = "" if failures == 1 else f", {failures} times in a row"
        words = f"{exc} (failed{often}; tried again in {_span(wait)})"
        return Trouble(source.name, "failing", words, cause=str(exc))

    async def _read(self) -> list[Outcome]:
        """Read what waits, each host's in turn, the hosts beside each other."""
        rested = self._rested()
        hosts: dict[str, list[Waiting]] = {}
        now = self._now()
        waiting = self.seen.waiting(now, MOST_READ, MOST_OF_HOST)
        again = self.seen.again.due(now, MOST_READ - len(waiting), MOST_OF_HOST)
        for one in (*waiting, *again):
            hosts.setdefault(one.item.host, []).append(one)
        pages = Pages(
            self._web,
            self._robots,
            self.seen,
            self._now,
            max_chars=self._max_chars,
            feeds=frozenset(one.name for one in self.sources if one.kind == "feed"),
        )
        done = await asyncio.gather(*(pages.read(group) for group in hosts.values()))
        return [*rested, *chain.from_iterable(done)]

    def _rested(self) -> list[Outcome]:
        """Have feeds wait that brought what a feed may bring in a day."""
        now, done = self._now(), list[Outcome]()
        feeds = {source.name for source in self.sources if source.kind == "feed"}
        for name in feeds.intersection(self.seen.due_sources(now)):
            if self.seen.versions.count(name, now - timedelta(days=1)) >= MOST_A_DAY:
                self.seen.rest(name, now + timedelta(hours=1))
                words = f"brought {MOST_A_DAY:,} articles in a day: the others wait"
                done.append(Outcome(trouble=Trouble(name, "note", words)))
        return done


def _span(seconds: float) -> str:
    if seconds < 5_400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3_600:.0f} hours"
