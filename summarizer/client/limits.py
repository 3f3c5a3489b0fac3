"""How fast an endpoint may be asked: two coupled buckets, of requests and of tokens.

Token buckets as in RFC 2697, without a burst beyond half a second's worth of the limit: an
endpoint that allows a second's worth then forgives half a second of delay on the way. A
request leases what it is estimated to take, and what it took is settled afterwards. After
429s the rate is halved, once for those that come together, and it comes back within half a
minute (additive increase, multiplicative decrease, as in TCP; Chiu and Jain, 1989).
"""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

LEAST: Final = 0.1
"""Share of the allowed rate below which it is never slowed."""

_BACK_A_MINUTE: Final = 1.0
"""Share of the allowed rate that comes back in a minute. At a twentieth, three refusals in
the first second cost half of a run of ten minutes."""

_TOGETHER_S: Final = 1.0
"""Seconds within which refusals are one: requests that were under way together."""

_BURST_S: Final = 0.5
_SLACK: Final = 1e-6
"""What may be missing, for want of exact fractions."""

_SHORTEST_S: Final = 0.001


@dataclass(slots=True)
class _Bucket:
    """Holds what may be taken at once; fills with time."""

    per_minute: float
    level: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.level = self._most

    @property
    def _most(self) -> float:
        return max(1.0, self.per_minute / 60 * _BURST_S)

    def fill(self, now: float, share: float) -> None:
        """Fill up to *now*, at a share of the rate."""
        gained = (now - self.at) * self.per_minute / 60 * share
        self.level = min(self._most, self.level + gained)
        self.at = now

    def wait_s(self, wanted: float, share: float) -> float:
        """Tell how long to wait until *wanted* may be taken, 0 if it may be at once.

        What is more than the bucket ever holds is taken when it is full, and owed.
        """
        missing = min(wanted, self._most) - self.level
        if missing <= _SLACK:
            return 0.0
        return max(_SHORTEST_S, missing / (self.per_minute / 60 * share))


@dataclass(frozen=True, slots=True)
class Lease:
    """What a request was let through for."""

    tokens: int


class Limits:
    """The limits of one endpoint, shared by all that ask it; safe for threads."""

    def __init__(
        self,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with full buckets.

        Args:
            requests_per_minute: Requests that may be sent; None is no limit until the
                endpoint's headers name one.
            tokens_per_minute: Tokens, read and written; likewise.
            now: Tells seconds, from any start.
        """
        self._now, self._lock = now, threading.Lock()
        self._share, self._slowed_at = 1.0, now()
        self._refused_at: float | None = None
        self._given = {
            "requests": requests_per_minute is not None,
            "tokens": tokens_per_minute is not None,
        }
        self._buckets: dict[str, _Bucket] = {}
        for name, rate in (
            ("requests", requests_per_minute),
            ("tokens", tokens_per_minute),
        ):
            if rate is not None:
                self._set(name, rate)

    def try_lease(self, tokens: int) -> Lease | float:
        """Let a request through, or say how many seconds to wait.

        Args:
            tokens: What it is estimated to take, read and written.
        """
        with self._lock:
            now = self._now()
            self._recover(now)
            wanted = {"requests": 1.0, "tokens": float(tokens)}
            waits = [0.0]
            for name, bucket in self._buckets.items():
                bucket.fill(now, self._share)
                waits.append(bucket.wait_s(wanted[name], self._share))
            if (wait := max(waits)) > 0:
                return wait
            for name, bucket in self._buckets.items():
                bucket.level -= wanted[name]
            return Lease(tokens)

    def settle(self, lease: Lease, used: int | None) -> None:
        """Give back what a request did not take, or take what it took besides."""
        with self._lock:
            bucket = self._buckets.get("tokens")
            if bucket is not None and used is not None:
                bucket.level += lease.tokens - used

    def refused(self) -> None:
        """Slow down: the endpoint says that it is asked too fast."""
        with self._lock:
            now = self._now()
            if self._refused_at is not None and now - self._refused_at < _TOGETHER_S:
                return
            self._recover(now)
            self._share = max(LEAST, self._share / 2)
            self._slowed_at = self._refused_at = now

    def told(self, headers: Mapping[str, str]) -> None:
        """Take the limits that an endpoint's headers name, where none were given."""
        for name in ("requests", "tokens"):
            rate = _number(headers.get(f"x-ratelimit-limit-{name}"))
            with self._lock:
                known = self._buckets.get(name)
                if (
                    rate
                    and not self._given[name]
                    and (known is None or known.per_minute != rate)
                ):
                    self._set(name, rate)

    @property
    def share(self) -> float:
        """The share of the allowed rate that is used, above 0 to 1."""
        return self._share

    def _set(self, name: str, rate: float) -> None:
        self._buckets[name] = _Bucket(rate, at=self._now())

    def _recover(self, now: float) -> None:
        minutes = (now - self._slowed_at) / 60
        if self._share < 1 and minutes > 0:
            self._share = min(1.0, self._share + minutes * _BACK_A_MINUTE)
            self._slowed_at = now


class SharedLimits(Limits, ABC):
    """Limits that are kept elsewhere, for several processes."""

    @abstractmethod
    async def lease(self, tokens: int) -> Lease:
        """Wait until a request may be sent.

        Args:
            tokens: What it is estimated to take, read and written.
        """


def _number(words: str | None) -> float | None:
    try:
        found = float(words or "")
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None
