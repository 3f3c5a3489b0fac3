"""Ask a server for one thing, once: no redirect is followed and nothing is kept here.

No proxy is used, whatever the environment says. One deadline holds for look-up,
connection and body, and bytes are counted after unpacking.
"""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urljoin

import httpcore2

from summarizer.errors import InputError
from summarizer.sources.web import addresses
from summarizer.sources.web.addresses import Target
from summarizer.sources.web.connecting import Resolve, Vetted, look_up

MAX_BYTES: Final = 20_000_000
"""Unpacked bytes of one page. News pages have up to 3 million, long PDFs 10."""
DEADLINE_S: Final = 30.0
"""For look-up, connection, redirects and the whole page together."""
MAX_REDIRECTS: Final = 5
_USER_AGENT: Final = "grounded-briefing/{version} (reads single pages for a person)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a fetch may do and take.

    Attributes:
        allow_private: Take pages from private networks and from this machine.
        max_bytes: Unpacked bytes of the page.
        deadline_s: Seconds for everything.
        max_redirects: Redirects that are followed, each vetted anew.
        version: Goes into the User-Agent.
        user_agent: The whole User-Agent, where another than the usual one is sent.
    """

    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    deadline_s: float = DEADLINE_S
    max_redirects: int = MAX_REDIRECTS
    version: str = "0"
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request.

    Attributes:
        where: What was asked for.
        status: The status of HTTP.
        headers: By lower-case name; the last one of a name.
        raw: The unpacked body of a 200; of others it is not read.
    """

    where: Target
    status: int
    headers: Mapping[str, str]
    raw: bytes = b""

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as it was written; None when this is none."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def content_type(self) -> str:
        """The media type with its parameters, or nothing."""
        return self.headers.get("content-type", "")

    @property
    def charset(self) -> str | None:
        """The encoding that the server stated."""
        for parameter in self.content_type.split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'")[:40] or None
        return None

    def mark(self, name: str) -> str | None:
        """Take a header only if it can be sent back."""
        value = self.headers.get(name)
        return value if value and value.isascii() and value.isprintable() else None


Judge = Callable[[Answer], None]


def ask(
    where: Target,
    *,
    policy: Policy,
    headers: Sequence[tuple[str, str]] = (),
    judge: Judge = lambda _: None,
    resolve: Resolve = look_up,
    left_s: Callable[[], float] | None = None,
) -> Answer:
    """Send one request.

    Args:
        where: A vetted address.
        policy: What is allowed.
        headers: What is said beside the User-Agent and the codings that are taken.
        judge: Is told of status and headers before the body of a 200 is read, and
            raises to leave it.
        resolve: Gives all addresses of a host.
        left_s: Tells the seconds that are left; by default those of *policy*, from now.

    Raises:
        InputError: There is no answer, or its body is too large, too slow, or not packed
            as it says, or it stands where nothing is fetched from.
    """
    if left_s is None:
        end = time.monotonic() + policy.deadline_s
        left_s = lambda: end - time.monotonic()  # noqa: E731  one line, used once
    vetted = Vetted(policy.allow_private, resolve, left_s)
    name = where.url[:200]
    said = [
        ("User-Agent", policy.user_agent or _USER_AGENT.format(version=policy.version)),
        ("Accept-Encoding", "gzip"),
        *headers,
    ]
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=_trust(),
                network_backend=vetted,
                max_keepalive_connections=0,
            ) as pool,
            pool.stream("GET", where.url, headers=said) as response,
        ):
            return _read(response, where, policy, judge)
    except InputError:
        raise
    except httpcore2.TimeoutException as exc:
        msg = f"{name!r} took more than {policy.deadline_s:g} seconds"
        raise InputError(msg) from exc
    except (httpcore2.NetworkError, ssl.SSLError) as exc:
        msg = f"cannot reach {name!r}: {str(exc)[:200] or type(exc).__name__}"
        raise InputError(msg) from exc
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as exc:
        msg = f"{name!r} does not answer as a web server should: {str(exc)[:200]}"
        raise InputError(msg) from exc


def next_target(here: Target, location: str, policy: Policy) -> Target:
    """Vet where a redirect leads; some servers write it in plain UTF-8.

    Raises:
        InputError: Nothing is fetched from there, or it drops the encryption.
    """
    words = location.encode("latin-1").decode("utf-8", "replace")
    try:
        joined = urljoin(here.url, words)
    except ValueError as exc:
        msg = f"{here.url[:200]!r} redirects to {words[:200]!r}, which is no address"
        raise InputError(msg) from exc
    there = addresses.target(joined, allow_private=policy.allow_private)
    if here.scheme == "https" and there.scheme == "http":
        msg = f"{here.url[:200]!r} redirects to an address without encryption"
        raise InputError(msg)
    return there


def refused(answer: Answer) -> InputError:
    """Say that a status is not what was hoped for, and what it means."""
    meaning = _MEANINGS.get(answer.status, "")
    if not meaning and answer.status >= 500:
        meaning = " (a fault of the server)"
    return InputError(f"{answer.where.url[:200]!r} answered {answer.status}{meaning}")


_MEANINGS: Final = {
    401: " (it wants a password)",
    403: " (it refuses programs, or everyone)",
    404: " (no such page)",
    410: " (the page is gone)",
    429: " (too many requests; try later)",
    451: " (barred for legal reasons)",
}


@cache
def _trust() -> ssl.SSLContext:
    """Load the authorities that are trusted once: it takes as long as many requests."""
    return httpcore2.default_ssl_context()


def _read(
    response: httpcore2.Response, where: Target, policy: Policy, judge: Judge
) -> Answer:
    headers = {
        k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers
    }
    answer = Answer(where, response.status, headers)
    if response.status != 200:
        return answer
    judge(answer)
    raw = b"".join(_unpacked(response, answer, policy.max_bytes))
    return Answer(where, response.status, headers, raw)


def _unpacked(
    response: httpcore2.Response, answer: Answer, most: int
) -> Iterator[bytes]:
    """Yield the body, unpacked, and stop at the limit rather than after it."""
    coding = answer.headers.get("content-encoding", "").strip().lower()
    name = answer.where.url[:200]
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        msg = f"{name!r} is packed as {coding[:40]!r}, which was not asked for"
        raise InputError(msg)
    stream = response.iter_stream()
    left = most
    for piece in _gunzipped(stream, left) if "gzip" in coding else stream:
        left -= len(piece)
        if left < 0:
            msg = f"{name!r} has more than {most:,} bytes"
            raise InputError(msg)
        yield piece


def _gunzipped(packed: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Unpack in small steps, so that a bomb never stands in memory.

    Raises:
        InputError: It is not packed as it says.
    """
    stream = zlib.decompressobj(wbits=31)
    try:
        for chunk in packed:
            rest = chunk
            while rest:
                yield stream.decompress(rest, min(most, 65_536) + 1)
                rest = stream.unconsumed_tail
        yield stream.flush()
    except zlib.error as exc:
        msg = f"the page says that it is packed with gzip, but is not ({exc})"
        raise InputError(msg) from exc
    if not stream.eof:
        msg = "the page broke off before its end"
        raise InputError(msg)
