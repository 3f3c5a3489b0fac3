"""One limiter for all workers: they lease what they are about to send, in small bunches.

The limiter (`Pool`) grants in the order of asking, and only what is sent at once: no worker
hoards leases that it could use later, all together. So a grant counts as used, whatever
becomes of its worker: nobody knows whether a dead one had sent the request, and the rate
must hold either way. A worker that dies in the line is passed over.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from summarizer.client.limits import Lease, Limits, SharedLimits

BUNCH: Final = 16
"""Requests of one lease at most."""

BEAT_S: Final = 0.5
"""Seconds after which a worker tells what is new, and hears whether it shall stop."""

_TRIES: Final = 3
_HALVED_ONCE_S: Final = 1.0
"""Refusals of this time come of one moment of haste: the rate is halved once for all."""

_LONGEST_WAIT_S: Final = 1.0
"""A limit may change, or a worker die, while somebody waits."""


@dataclass(frozen=True, slots=True)
class News:
    """What a worker tells with each lease.

    Attributes:
        given_back: Tokens that were leased and not used; negative when more were used.
        refused: Answers that it is asked too fast (429).
        headers: Limits that the endpoint's headers name.
    """

    given_back: int = 0
    refused: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a worker hears.

    Attributes:
        count: Requests that may be sent, of those that were asked for, from the first.
        is_stopping: Whether it shall begin no further article.
    """

    count: int
    is_stopping: bool


class Pool:
    """The limiter of one endpoint, for one event loop."""

    def __init__(
        self,
        limits: Limits,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with nobody in the line."""
        self._limits, self._sleep, self._now = limits, sleep, now
        self._line = asyncio.Lock()  # fair: the first to ask is the first to be served
        self._halved_at = float("-inf")

    def hear(self, news: News) -> None:
        """Take what a worker tells."""
        if news.given_back:
            self._limits.settle(Lease(news.given_back), 0)
        if news.refused and self._now() - self._halved_at > _HALVED_ONCE_S:
            self._halved_at = self._now()
            self._limits.refused()
        self._limits.told(news.headers)

    async def lease(self, wanted: Sequence[int], is_there: Callable[[], bool]) -> int:
        """Wait until the first request may be sent, and grant what else may be then.

        Args:
            wanted: What each request is estimated to take, in tokens.
            is_there: Whether the worker that waits still lives.

        Returns:
            How many may be sent; 0 for a worker that has gone.
        """
        granted = 0
        async with self._line:
            for tokens in wanted:
                while not isinstance(found := self._limits.try_lease(tokens), Lease):
                    if granted:
                        return granted
                    await self._sleep(min(found, _LONGEST_WAIT_S))
                    if not is_there():
                        return 0
                granted += 1
        return granted


Exchange = Callable[[list[int], News], Awaitable[Granted]]


class LeasedLimits(SharedLimits):
    """The limits of an endpoint, as a worker sees them: it asks the limiter."""

    def __init__(self, exchange: Exchange) -> None:
        """Start without leases; `beat` keeps in touch.

        Args:
            exchange: Tells the limiter what is new, and asks for leases.
        """
        super().__init__()
        self._exchange = exchange
        self._waiting: deque[tuple[int, asyncio.Future[Lease]]] = deque()
        self._asking: asyncio.Task[None] | None = None
        self._back = self._refused = 0
        self._headers: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self.is_stopping = False
        self.lost = asyncio.Event()

    async def lease(self, tokens: int) -> Lease:
        """Wait until a request may be sent; for ever when the limiter is lost."""
        future: asyncio.Future[Lease] = asyncio.get_running_loop().create_future()
        self._waiting.append((tokens, future))
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        return await future

    def settle(self, lease: Lease, used: int | None) -> None:
        """Give back what a request did not take, with the next news."""
        self._back += 0 if used is None else lease.tokens - used

    def refused(self) -> None:
        """Tell that the endpoint is asked too fast, with the next news."""
        self._refused += 1

    def told(self, headers: Mapping[str, str]) -> None:
        """Take the limits that headers name; told on when they are new."""
        for name in ("x-ratelimit-limit-requests", "x-ratelimit-limit-tokens"):
            rate = headers.get(name)
            if rate is not None and self._known.get(name) != rate:
                self._known[name] = self._headers[name] = rate

    async def beat(self) -> None:
        """Keep in touch with the limiter, until it is lost."""
        while not self.lost.is_set():
            await self._told([])
            await asyncio.sleep(BEAT_S)

    async def _ask(self) -> None:
        while self._waiting and not self.lost.is_set():
            bunch = [tokens for tokens, _ in list(self._waiting)[:BUNCH]]
            for _ in range(await self._told(bunch)):
                tokens, future = self._waiting.popleft()
                if not future.done():
                    future.set_result(Lease(tokens))

    async def _told(self, wanted: list[int]) -> int:
        news = News(self._back, self._refused, self._headers)
        self._back, self._refused, self._headers = 0, 0, {}
        for _ in range(_TRIES):
            try:
                heard = await self._exchange(wanted, news)
            except Exception:  # noqa: BLE001  whatever happens to a connection
                await asyncio.sleep(BEAT_S)
            else:
                self.is_stopping = heard.is_stopping
                return heard.count
        self.lost.set()
        return 0
