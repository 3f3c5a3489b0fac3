"""Send one request to a webhook, once, and say what is known of the outcome.

The transport of httpx2 is used without its client, which logs the whole URL. What goes
wrong comes back as a value: an exception would carry the request, and so the URL, into
tracebacks and error reports.
"""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from summarizer.delivery.webhook import Webhook

TIMEOUT_S: Final = 30.0
"""For connecting, sending and each part of the answer. Slack answers in a second."""
_MAX_BYTES: Final = 2_000
"""Slack's answers are one word."""

_LOGGERS: Final = tuple(
    f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")
)
_BEFORE_SENDING: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """The server answered.

    Attributes:
        body: The first 2,000 bytes, as text. Never shown: a page of an error may
            repeat the address.
        retry_after: Its words for how long to wait, or empty.
    """

    status: int
    body: str = field(repr=False)
    retry_after: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing of the request reached the server."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out and no answer came: it may or may not have been posted."""

    reason: str


Outcome = Answered | NotSent | Unknown
Send = Callable[[Webhook, bytes], Outcome]


def send(webhook: Webhook, body: bytes, *, timeout_s: float = TIMEOUT_S) -> Outcome:
    """Send *body* once, over a connection of its own.

    A connection that is kept open may be closed by the server just when the next
    message is sent, and nobody could tell whether that one was read.

    Args:
        webhook: Where to.
        body: JSON in UTF-8.
        timeout_s: Seconds for connecting, for sending and for each part of the answer.
    """
    try:
        with (
            _unlogged(webhook),
            httpx2.HTTPTransport(
                proxy=_proxy(webhook),
                limits=httpx2.Limits(max_keepalive_connections=0),
            ) as transport,
        ):
            response = transport.handle_request(_request(webhook, body, timeout_s))
            try:
                return Answered(
                    response.status_code,
                    _start(response.iter_raw()),
                    response.headers.get("retry-after", "").strip(),
                )
            finally:
                response.close()
    except _BEFORE_SENDING as exc:
        return NotSent(_kind(exc))
    except httpx2.HTTPError as exc:
        return Unknown(_kind(exc))
    except (OSError, ValueError, ImportError, httpx2.InvalidURL) as exc:
        # Certificates or a proxy that cannot be used: found before connecting.
        return NotSent(_kind(exc))


def wait_s(answer: Answered, now_s: float) -> float | None:
    """Read how long the server asks us to wait.

    Args:
        answer: What it answered.
        now_s: The time, in seconds since 1970, against which a date is read.

    Returns:
        Seconds, 0 or more, or None when it does not say.
    """
    text = answer.retry_after
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, date.timestamp() - now_s)


def _request(webhook: Webhook, body: bytes, timeout_s: float) -> httpx2.Request:
    return httpx2.Request(
        "POST",
        webhook.url,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "grounded-briefing",
            "Connection": "close",
        },
        content=body,
        extensions={"timeout": httpx2.Timeout(timeout_s).as_dict()},
    )


@contextlib.contextmanager
def _unlogged(webhook: Webhook) -> Iterator[None]:
    """Keep the address out of the logs of the libraries below.

    They log the headers of an answer, and a redirection may repeat the address.
    """
    path = urlsplit(webhook.url).path

    def allows(record: logging.LogRecord) -> bool:
        return len(path) < 2 or path not in record.getMessage()

    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addFilter(allows)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(allows)


def _start(chunks: Iterable[bytes]) -> str:
    read = b""
    for chunk in chunks:
        read += chunk
        if len(read) >= _MAX_BYTES:
            break
    return read[:_MAX_BYTES].decode("utf-8", "replace")


def _proxy(webhook: Webhook) -> str | None:
    """Find the proxy of the system, as other programs on it use one."""
    if webhook.is_local or proxy_bypass("hooks.slack.com"):
        return None
    return getproxies().get("https")


def _kind(exc: Exception) -> str:
    """Name the kind of error only: its text may hold the address."""
    names = {
        "ConnectError": "no connection",
        "ConnectTimeout": "no connection in time",
        "ProxyError": "the proxy refused",
        "ReadTimeout": "no answer in time",
        "WriteTimeout": "sending took too long",
    }
    return names.get(type(exc).__name__, "the connection broke")
