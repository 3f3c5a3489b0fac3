"""Ask other people's servers politely: one request at a time for each, with a pause.

The requests run in a few threads; who waits for a server's turn takes none of them.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from summarizer.errors import InputError, SettingsError
from summarizer.sources.web import addresses, asking
from summarizer.sources.web.addresses import Target
from summarizer.sources.web.asking import Answer, Judge, Policy
from summarizer.sources.web.connecting import Resolve, look_up
from summarizer.watch.polling import schedule

T = TypeVar("T")
Now = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
Check = Callable[[Target], Awaitable[None]]

PRODUCT: Final = "grounded-briefing"
"""What robots.txt may call us."""
_CONTACT: Final = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_MOST_HOSTS: Final = 10_000
"""Hosts that are remembered between rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How other people's servers are treated.

    Attributes:
        contact: Who runs this and how to reach them, an address of the web or of mail;
            sent with every request.
        version: Goes into the User-Agent.
        allow_private: Take from private networks and from this machine.
        at_once: Requests that are under way at once, to as many hosts.
        pause_s: Seconds between two requests to one host.
        feed_bytes: Unpacked bytes of a feed, at most.
        feed_s: Seconds for one request of a feed, its body with it.
        page_bytes: Unpacked bytes of a page, at most.
        page_s: Seconds for one request of a page.
        host_s: Seconds in a round after which no further page of a host is begun.
    """

    contact: str
    version: str = "0"
    allow_private: bool = False
    at_once: int = 12
    pause_s: float = 1.0
    feed_bytes: int = 5_000_000
    feed_s: float = 20.0
    page_bytes: int = 5_000_000
    page_s: float = 30.0
    host_s: float = 60.0

    def __post_init__(self) -> None:
        """Refuse to go out without saying who one is.

        Raises:
            SettingsError: The contact is blank, too long or cannot be sent.
        """
        if len(self.contact) > 200 or not _CONTACT.fullmatch(self.contact):
            msg = f"the contact line {self.contact[:200]!r} cannot be sent: give an address of the web or of mail"
            raise SettingsError(msg)

    def feeds(self) -> Policy:
        """Give the policy for feeds."""
        return self._policy(self.feed_bytes, self.feed_s)

    def pages(self) -> Policy:
        """Give the policy for pages."""
        return self._policy(self.page_bytes, self.page_s)

    def _policy(self, most: int, seconds: float) -> Policy:
        agent = f"{PRODUCT}/{self.version} (follows feeds; {self.contact})"
        return Policy(
            allow_private=self.allow_private,
            max_bytes=most,
            deadline_s=seconds,
            user_agent=agent,
        )


class LaterError(InputError):
    """A server asks to be left alone for a while.

    Attributes:
        retry_after_s: Seconds until it may be asked again; None when it did not say.
        status: HTTP status, or None when nothing was sent.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after_s: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after_s, self.status = retry_after_s, status


class RestingError(LaterError):
    """A server asked to be left alone, and the time is not over: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The last answer of a chain of redirects.

    Attributes:
        answer: Which is no redirect.
        moved_to: Where the first ones of the chain lead for good; None when they do not.
    """

    answer: Answer
    moved_to: str | None


class Web:
    """The network, as polite programs see it; closed at the end."""

    def __init__(
        self,
        manners: Manners,
        *,
        now: Now,
        sleep: Sleep = asyncio.sleep,
        resolve: Resolve = look_up,
    ) -> None:
        self.manners = manners
        self._now, self._sleep, self._resolve = now, sleep, resolve
        self._threads = ThreadPoolExecutor(manners.at_once, "polling")
        self._turns: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._resting: dict[str, float] = {}

    def close(self) -> None:
        """Let the requests that are under way finish."""
        self._threads.shutdown()

    def begin_round(self) -> None:
        """Forget what no longer matters; locks belong to the loop that made them."""
        now = self._now().timestamp()
        self._turns = {}
        for kept in (self._free_at, self._resting):
            if len(kept) > _MOST_HOSTS:
                for host in [h for h, until in kept.items() if until <= now]:
                    del kept[host]

    async def run(self, work: Callable[[], T]) -> T:
        """Do *work* in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def get(
        self,
        url: str,
        *,
        policy: Policy,
        headers: Sequence[tuple[str, str]] = (),
        judge: Judge = lambda _: None,
        check: Check | None = None,
    ) -> Reached:
        """Ask for *url* and follow its redirects, each in its host's turn.

        Args:
            url: An http or https address.
            policy: What is allowed.
            headers: Sent with each request.
            judge: Judges an answer before its body is read.
            check: Asked before each request whether it may be sent.

        Raises:
            InputError: There is no answer that is not a redirect.
        """
        where = addresses.target(url, allow_private=policy.allow_private)
        moved, is_for_good = None, True
        for _ in range(policy.max_redirects + 1):
            if check is not None:
                await check(where)
            answer = await self._ask(where, policy, headers, judge)
            if answer.location is None:
                return Reached(answer, moved)
            where = asking.next_target(where, answer.location, policy)
            is_for_good = is_for_good and answer.status in {301, 308}
            moved = where.url if is_for_good else moved
        msg = f"{url[:200]!r} redirects more than {policy.max_redirects} times"
        raise InputError(msg)

    async def _ask(
        self,
        where: Target,
        policy: Policy,
        headers: Sequence[tuple[str, str]],
        judge: Judge,
    ) -> Answer:
        """Send one request in its host's turn, and heed what it says of the next."""
        async with self._turn(where.host):
            answer = await self.run(
                lambda: asking.ask(
                    where,
                    policy=policy,
                    headers=headers,
                    judge=judge,
                    resolve=self._resolve,
                )
            )
        if answer.status in {429, 503}:
            now = self._now()
            wait = schedule.retry_after(answer.headers, now)
            if wait is not None:
                until = now.timestamp() + min(wait, schedule.DAY_S)
                self._resting[where.host] = until
            refused = asking.refused(answer)
            raise LaterError(str(refused), retry_after_s=wait, status=answer.status)
        return answer

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn of *host*.

        Raises:
            RestingError: It asked to be left alone, and the time is not over.
        """
        pause = self.manners.pause_s
        async with self._turns.setdefault(host, asyncio.Lock()):
            now = self._now().timestamp()
            rest = self._resting.get(host, 0.0) - now
            if rest > 0:
                msg = f"{host!r} asked to be left alone for {rest:,.0f} more seconds"
                raise RestingError(msg, retry_after_s=rest)
            # A clock that was put back must not make a long pause of a short one.
            wait = min(self._free_at.get(host, 0.0) - now, pause)
            if wait > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                self._free_at[host] = self._now().timestamp() + pause
