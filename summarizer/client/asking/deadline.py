"""One limit for a request as a whole: connecting, waiting, and reading to the end.

The SDK's own limit holds for each read by itself: a server that sends a byte now and
then is never late. Sync, each operation on the connection gets what is left of the
limit; async, the event loop ends the request.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

import httpcore2
import httpx2
import openai

Phase = Literal["connect", "wait", "read"]
_MOST_REDIRECTS = 5


class RedirectedError(Exception):
    """A server sends us to another host; the article is not handed on there."""


@dataclass(slots=True)
class Deadline:
    """How long one request may take, and how far it is."""

    limit_s: float
    clock: Callable[[], float] = time.monotonic
    phase: Phase = "connect"
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = self.clock() + self.limit_s

    def left_s(self, limit_s: float | None) -> float:
        """Say what an operation may take that could take *limit_s* by itself.

        Raises:
            httpcore2.ReadTimeout: Nothing is left.
        """
        left = self.ends - self.clock()
        if left <= 0:
            raise httpcore2.ReadTimeout("the limit of the request is reached")
        return left if limit_s is None else min(left, limit_s)

    def saw(self, event: str, _: Mapping[str, object]) -> None:
        """Take note of an event of the connection, by its name in httpcore."""
        if event.endswith("send_request_headers.started"):
            self.phase = "wait"
        elif event.endswith("receive_response_headers.complete"):
            self.phase = "read"

    async def asaw(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of an event of an async connection."""
        self.saw(event, info)


_CURRENT: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def running(limit_s: float) -> Iterator[Deadline]:
    """Limit the requests that are made while the block runs."""
    current = Deadline(limit_s)
    token = _CURRENT.set(current)
    try:
        yield current
    finally:
        _CURRENT.reset(token)


def client() -> httpx2.Client:
    """Open the SDK's kind of HTTP client, one that keeps to the deadline."""
    made = openai.DefaultHttpxClient(
        max_redirects=_MOST_REDIRECTS,
        event_hooks={"request": [_watch], "response": [_stay]},
    )
    # httpx2 has no argument for the network backend of its own transports, and one with
    # a transport of ours would know no proxies.
    for transport in (made._transport, *made._mounts.values()):  # noqa: SLF001
        pool = getattr(transport, "_pool", None)
        if pool is not None:
            pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001
    return made


def async_client() -> httpx2.AsyncClient:
    """Open the SDK's kind of async HTTP client; the event loop keeps its deadline."""
    return openai.DefaultAsyncHttpxClient(
        max_redirects=_MOST_REDIRECTS,
        event_hooks={"request": [_awatch], "response": [_astay]},
    )


def _watch(request: httpx2.Request) -> None:
    if (current := _CURRENT.get()) is not None:
        request.extensions["trace"] = current.saw


async def _awatch(request: httpx2.Request) -> None:
    if (current := _CURRENT.get()) is not None:
        request.extensions["trace"] = current.asaw


def _stay(response: httpx2.Response) -> None:
    """Follow no redirect to another host, or away from encryption."""
    if not response.has_redirect_location:
        return
    here = response.request.url
    there = here.join(response.headers["location"])
    is_plainer = here.scheme == "https" and there.scheme != "https"
    if there.host != here.host or is_plainer:
        raise RedirectedError(str(there)[:200])


async def _astay(response: httpx2.Response) -> None:
    _stay(response)


class _Backend(httpcore2.NetworkBackend):
    """Connects within what is left of the limit."""

    def __init__(self, inner: httpcore2.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(
            self._inner.connect_tcp(
                host, port, _left(timeout), local_address, socket_options
            )
        )

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(
            self._inner.connect_unix_socket(path, _left(timeout), socket_options)
        )

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore2.NetworkStream):
    """Reads and writes within what is left of the limit."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(
            self._inner.start_tls(ssl_context, server_hostname, _left(timeout))
        )

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _left(limit_s: float | None) -> float | None:
    current = _CURRENT.get()
    return limit_s if current is None else current.left_s(limit_s)
