"""The loop of a watch: what is most urgent is done first, one step at a time.

Each step leaves the state whole: whatever ends the program, the next run goes on with
what was not done, and does nothing twice.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from summarizer.errors import SummarizerError
from summarizer.watch import keeping
from summarizer.watch.configuring import Watchfile
from summarizer.watch.lines import Event, Line, Tell, counted
from summarizer.watch.newsroom import Newsroom
from summarizer.watch.orders import Order, Orders
from summarizer.watch.polling.poller import Poller
from summarizer.watch.polling.values import Source, Version
from summarizer.watch.shelf import Shelf
from summarizer.watch.state import transaction
from summarizer.watch.stories.values import Assignment
from summarizer.watch.telling.editor import Editor
from summarizer.watch.telling.sending import Sender
from summarizer.watch.troubles import Troubles

MOST_ASLEEP: Final = timedelta(minutes=1)
"""The loop looks up at least as often, for a signal or a clock that was set."""
PATIENCE: Final = timedelta(minutes=2)
"""A story waits so long for other articles to be read; then it is briefed between two
rounds of reading, or a flood of pages would keep every story waiting."""

BRIEFING: Final = "the briefing"
"""What troubles of the model are of."""


@dataclass(slots=True)
class Watch:
    """One watch.

    Attributes:
        file: The configuration.
        rows: The database.
        poller: Brings articles in.
        shelf: Finds their stories.
        newsroom: Briefs the stories.
        editor: Decides what is told.
        sender: Sends it.
        now: Tells the time.
        orders: What a person decided by hand.
        troubles: What is wrong, each said once a day.
        tell: Takes the lines of the log.
        edited: Is told of the stories that have new editions.
        polled: Is told when sources were looked at.
        is_stopping: Set it to end after the step under way.
    """

    file: Watchfile
    rows: sqlite3.Connection
    poller: Poller
    shelf: Shelf
    newsroom: Newsroom
    editor: Editor
    sender: Sender
    orders: Orders
    troubles: Troubles
    now: Callable[[], datetime]
    tell: Tell
    edited: Callable[[str], None] = lambda _story: None
    polled: Callable[[], None] = lambda: None
    is_stopping: bool = False
    _has_polled: bool = False
    _wakes: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_once(self) -> None:
        """Do all that is due now, and end."""
        while not self.is_stopping and await self.step():
            pass

    async def run(self) -> None:
        """Go on until somebody ends it."""
        while not self.is_stopping:
            self._wakes.clear()  # before the step: a signal during it is not lost
            if not await self.step():
                await self._sleep()

    def wake(self) -> None:
        """Look up now: something was set."""
        self._wakes.set()

    async def step(self) -> bool:
        """Do what is most urgent.

        Returns:
            Whether there was anything to do.
        """
        now = self.now()
        if self._obey(now) or self._take(now) or self._send(now) or self._decide(now):
            return True
        if (said := keeping.tidied(self.rows, self.file.keep.days, now)) is not None:
            self._say("state", said)
            return True
        due = self.poller.next_due()
        if due is None or due > now:
            return await self._brief(now)
        if self._has_polled and self.newsroom.waits_since(now - PATIENCE):
            self._has_polled = False
            return await self._brief(now)
        self._has_polled = True
        await self._poll()
        return True

    def next_due(self) -> datetime | None:
        """Tell when there is something to do; None when nothing waits for its time."""
        now = self.now()
        times = (
            self.poller.next_due(),
            self.newsroom.next_due(),
            self.editor.next_due(now),
            self.sender.outbox.next_due(),
        )
        return min((one for one in times if one is not None), default=None)

    async def _sleep(self) -> None:
        due = self.next_due()
        wait = MOST_ASLEEP if due is None else due - self.now()
        seconds = max(0.05, min(wait, MOST_ASLEEP).total_seconds())
        if self.is_stopping:
            return
        try:
            await asyncio.wait_for(self._wakes.wait(), seconds)
        except TimeoutError:
            return
        self._wakes.clear()

    def _obey(self, now: datetime) -> bool:
        """Do what a person decided by hand."""
        order = self.orders.waiting()
        if order is None:
            return False
        try:
            with transaction(self.rows):
                said = self._done(order, now)
                self.orders.done(order, said, now)
        except SummarizerError as exc:
            said = f"cannot {order.verb} {' '.join(order.words)}: {exc}"
            self.orders.done(order, said, now)
        self._say("state", said)
        return True

    def _done(self, order: Order, now: datetime) -> str:
        first, *others = order.words
        if order.verb == "settle":
            return self.sender.settle(int(first), int(others[0]), now)
        if order.verb == "split":
            new = self.shelf.split(first, others, now)
            self.newsroom.mark(first, now, silent=True)
            self.newsroom.mark(new, now, silent=True)
            return f"{first} is split: {', '.join(others)} are {new}"
        left = self.shelf.join(first, others[0])
        self.newsroom.mark(left, now, silent=True)
        return f"{first} and {others[0]} are one story: {left}"

    def _take(self, now: datetime) -> bool:
        """Find the stories of the articles that came, also of those an earlier run left."""
        versions = self.poller.seen.versions.not_taken()
        for version in versions:
            with transaction(self.rows):
                sorted_in = self.shelf.sort(version, now)
                if sorted_in.copy_of is None:
                    self.newsroom.mark(sorted_in.story, now, source=version.source)
                self.poller.seen.versions.take([version])
            self._say(
                "story", _sorted(version, sorted_in), **_facts(version, sorted_in)
            )
        return bool(versions)

    def _send(self, now: datetime) -> bool:
        said = self.sender.send_due(now)
        if said is None:
            return False
        if said.cause:
            self.troubles.say(f"channel {said.channel}", said.words, said.cause)
        else:
            self._say("sent", said.words, post=said.post, channel=said.channel)
        return True

    def _decide(self, now: datetime) -> bool:
        made = self.editor.tell(now)
        for number in made:
            post = self.sender.outbox.find(number)
            if post is not None:
                stories = ", ".join(post.stories)
                changes = counted(post.changes, "change")
                words = f"post {number} by rule {post.rule}: {changes} of {stories}"
                self._say(
                    "told", words, post=number, rule=post.rule, channel=post.channel,
                    changes=post.changes, editions=list(post.stories),
                )  # fmt: skip
        return bool(made)

    async def _poll(self) -> None:
        report = await self.poller.poll_due()
        with transaction(self.rows):
            for trouble in report.troubles:
                self.troubles.say(trouble.source, str(trouble), trouble.cause)
        if report.versions or report.polled:
            articles = len(report.versions)
            words = (
                f"{counted(report.polled, 'source')}, {report.unchanged} unchanged, "
                f"{counted(articles, 'article')}"
            )
            self._say(
                "polled", words, sources=report.polled, unchanged=report.unchanged,
                articles=articles, waiting=report.waiting,
            )  # fmt: skip
        for story in self.shelf.close_old(self.now()):
            words = f"{story}: closed, no article for too long"
            self._say("story", words, story=story, how="closed")
        self.polled()

    async def _brief(self, now: datetime) -> bool:
        made = await asyncio.to_thread(self.newsroom.brief_next, now)
        if made is None:
            return False
        if made.cause:
            self.troubles.say(BRIEFING, made.words, made.cause)
            return True
        if made.version is None:
            self._say("story", made.words)
            return True
        if made.silent:
            self.editor.silence(made.story)
        self._say("edition", made.words, story=made.story, edition=made.version)
        self.edited(made.story)
        return True

    def _say(self, event: Event, words: str, **facts: str | int | list[str]) -> None:
        self.tell(Line(self.now(), event, words, facts))

    def replace(self, file: Watchfile, followed: Sequence[Source]) -> None:
        """Go on with another configuration.

        Args:
            file: The configuration.
            followed: Its sources.
        """
        self.file = self.editor.file = self.newsroom.file = file
        self.sender.channels = {one.name: one for one in file.channel}
        self.poller.sources = tuple(followed)
        self.shelf.closes_after(file.stories.closes_after)


def _facts(version: Version, found: Assignment) -> dict[str, str | int | list[str]]:
    copied = {"copy_of": found.copy_of} if found.copy_of is not None else {}
    return {
        "story": found.story, "how": found.how, "article": version.article_id,
        "version": version.number, "source": version.source, **copied,
    }  # fmt: skip


def _sorted(version: Version, found: Assignment) -> str:
    """Say which story an article is of."""
    again = "" if version.number == 1 else f", version {version.number}"
    copy = "" if found.copy_of is None else f", a copy of article {found.copy_of}"
    title = version.title or version.text[:60]
    return f"{found.story} {found.how}: article {version.article_id}{again}{copy}, {title} ({version.source})"
