"""Fetch a page from the web. The only module of `sources` that touches the network.

Safe by construction: connections are made in one place, `_Vetted`, which looks the name
up itself, judges every address that comes back and connects to the judged one; a second
answer of the name server changes nothing. No proxy is used, whatever the environment
says. One deadline holds for everything, and bytes are counted after unpacking.
"""

import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import httpcore2

from summarizer.errors import InputError
from summarizer.sources.formats import sniff
from summarizer.sources.web import addresses
from summarizer.sources.web.addresses import Target
from summarizer.sources.web.pagecache import Kept, PageCache

MAX_BYTES: Final = 20_000_000
"""Unpacked bytes of one page. News pages have up to 3 million, long PDFs 10."""
DEADLINE_S: Final = 30.0
"""For look-up, connection, redirects and the whole page together."""
MAX_REDIRECTS: Final = 5
_USER_AGENT: Final = "grounded-briefing/{version} (reads single pages for a person)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a fetch may do and take.

    Attributes:
        allow_private: Take pages from private networks and from this machine.
        max_bytes: Unpacked bytes of the page.
        deadline_s: Seconds for everything.
        max_redirects: Redirects that are followed, each vetted anew.
        version: Goes into the User-Agent.
    """

    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    deadline_s: float = DEADLINE_S
    max_redirects: int = MAX_REDIRECTS
    version: str = "0"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back.

    Attributes:
        url: Where it came from, after redirects.
        raw: The unpacked body.
        kind: What its media type names.
        charset: The encoding that its server stated.
    """

    url: str
    raw: bytes
    kind: sniff.Kind
    charset: str | None


def look_up(host: str, port: int) -> list[str]:
    """Ask the system's resolver for all addresses of *host*; an address is its own."""
    if addresses.is_address(host):
        return [host]
    found = socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    policy: Policy,
    cache: PageCache | None = None,
    resolve: Resolve = look_up,
    clock: Callable[[], float] = time.monotonic,
) -> Page:
    """Fetch a page.

    Args:
        url: An http or https address.
        policy: What is allowed.
        cache: Where pages are kept to be asked for again; None keeps none.
        resolve: Gives all addresses of a host.
        clock: Tells seconds, from any start.

    Raises:
        InputError: It cannot be had, is too large, too slow, of a kind that is not
            read, or stands where nothing is fetched from.
    """
    deadline = clock() + policy.deadline_s
    vetted = _Vetted(policy, resolve, lambda: deadline - clock())
    where = addresses.target(url, allow_private=policy.allow_private)
    with httpcore2.ConnectionPool(
        network_backend=vetted, max_keepalive_connections=0
    ) as pool:
        for _ in range(policy.max_redirects + 1):
            found = _Errand(pool, policy, cache, where).run()
            if isinstance(found, Page):
                return found
            where = _next(where, found, policy)
    msg = f"{url[:200]!r} redirects more than {policy.max_redirects} times"
    raise InputError(msg)


def _next(here: Target, location: str, policy: Policy) -> Target:
    """Vet where a redirect leads; some servers write it in plain UTF-8."""
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


@dataclass(frozen=True, slots=True)
class _Errand:
    """One request and what its answer is good for."""

    pool: httpcore2.ConnectionPool
    policy: Policy
    cache: PageCache | None
    where: Target

    def run(self) -> Page | str:
        """Give the page, or the address that it redirects to."""
        kept = self.cache.get(self.where.url) if self.cache else None
        try:
            with self.pool.stream(
                "GET", self.where.url, headers=self._headers(kept)
            ) as response:
                return self._answered(response, kept)
        except InputError:
            raise
        except httpcore2.TimeoutException as exc:
            msg = f"{self._name!r} took more than {self.policy.deadline_s:g} seconds"
            raise InputError(msg) from exc
        except (httpcore2.NetworkError, ssl.SSLError) as exc:
            msg = f"cannot reach {self._name!r}: {str(exc)[:200] or type(exc).__name__}"
            raise InputError(msg) from exc
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as exc:
            msg = f"{self._name!r} does not answer as a web server should: {str(exc)[:200]}"
            raise InputError(msg) from exc

    @property
    def _name(self) -> str:
        return self.where.url[:200]

    def _headers(self, kept: Kept | None) -> list[tuple[str, str]]:
        asked = [
            ("User-Agent", _USER_AGENT.format(version=self.policy.version)),
            (
                "Accept",
                "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.1",
            ),
            ("Accept-Encoding", "gzip"),
        ]
        if kept and kept.etag:
            asked.append(("If-None-Match", kept.etag))
        if kept and kept.modified:
            asked.append(("If-Modified-Since", kept.modified))
        return asked

    def _answered(self, response: httpcore2.Response, kept: Kept | None) -> Page | str:
        headers = _readable(response.headers)
        if response.status in _REDIRECTS and "location" in headers:
            return headers["location"]
        if response.status == 304 and kept is not None:
            return self._page(kept.raw, kept.content_type)
        if response.status != 200:
            msg = (
                f"{self._name!r} answered {response.status}{_meaning(response.status)}"
            )
            raise InputError(msg)
        self._kind(headers.get("content-type", ""))  # refused before it is read
        raw = b"".join(self._unpacked(response, headers.get("content-encoding", "")))
        page = self._page(raw, headers.get("content-type", ""))
        if self.cache and "no-store" not in headers.get("cache-control", "").lower():
            self.cache.put(
                self.where.url,
                Kept(
                    raw,
                    headers.get("content-type", ""),
                    _plain(headers.get("etag")),
                    _plain(headers.get("last-modified")),
                ),
            )
        return page

    def _page(self, raw: bytes, content_type: str) -> Page:
        return Page(
            self.where.url, raw, self._kind(content_type), _charset(content_type)
        )

    def _kind(self, content_type: str) -> sniff.Kind:
        media_type = content_type.partition(";")[0].strip().lower()
        if not media_type:
            return "html"
        found = sniff.by_media_type(media_type)
        if found is None:
            msg = f"{self._name!r} is {media_type[:80]!r}, which is not read"
            raise InputError(msg)
        return found

    def _unpacked(self, response: httpcore2.Response, coding: str) -> Iterator[bytes]:
        """Yield the body, unpacked, and stop at the limit rather than after it."""
        coding = coding.strip().lower()
        if coding not in {"", "identity", "gzip", "x-gzip"}:
            msg = (
                f"{self._name!r} is packed as {coding[:40]!r}, which was not asked for"
            )
            raise InputError(msg)
        left = self.policy.max_bytes
        for piece in (
            _gunzipped(response.iter_stream(), left)
            if "gzip" in coding
            else response.iter_stream()
        ):
            left -= len(piece)
            if left < 0:
                msg = f"{self._name!r} has more than {self.policy.max_bytes:,} bytes"
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


def _readable(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in headers}


def _plain(value: str | None) -> str | None:
    """Take a header only if it can be sent back."""
    return value if value and value.isascii() and value.isprintable() else None


def _charset(content_type: str) -> str | None:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'")[:40] or None
    return None


def _meaning(status: int) -> str:
    known = {
        401: " (it wants a password)",
        403: " (it refuses programs, or everyone)",
        404: " (no such page)",
        410: " (the page is gone)",
        429: " (too many requests; try later)",
        451: " (barred for legal reasons)",
    }
    return known.get(status, " (a fault of the server)" if status >= 500 else "")


@dataclass(frozen=True, slots=True)
class _Vetted(httpcore2.NetworkBackend):
    """Connects to judged addresses only, and never past the deadline."""

    policy: Policy
    resolve: Resolve
    left_s: Callable[[], float]

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  ours counts
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look *host* up once, judge all that comes back, connect to one of it."""
        failed: Exception | None = None
        for address in self._judged(host, port):
            try:
                made = httpcore2.SyncBackend().connect_tcp(
                    address, port, _some(self.left_s()), local_address, socket_options
                )
                return _Timed(made, self.left_s)
            except httpcore2.NetworkError as exc:
                failed = exc
        raise failed or httpcore2.ConnectError("it has no address")

    def _judged(self, host: str, port: int) -> list[str]:
        """List the addresses of *host*.

        Raises:
            InputError: One of them is refused: a name with a public and a private
                address is a trap.
        """
        found = _in_time(lambda: self.resolve(host, port), self.left_s())
        for address in found:
            why = addresses.refusal(address, allow_private=self.policy.allow_private)
            if why is not None:
                helps = addresses.refusal(address, allow_private=True) is None
                hint = "; --allow-private takes intranets" if helps else ""
                msg = f"{host!r} leads to {address}, {why}{hint}"
                raise InputError(msg)
        return found


@dataclass(frozen=True, slots=True)
class _Timed(httpcore2.NetworkStream):
    """A connection whose every step has what is left of the deadline, and no more."""

    stream: httpcore2.NetworkStream
    left_s: Callable[[], float]

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read what there is."""
        return self.stream.read(max_bytes, _some(self.left_s()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write all of *buffer*."""
        self.stream.write(buffer, _some(self.left_s()))

    def close(self) -> None:
        """Close the connection."""
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Encrypt; the certificate must be the host's, whatever the address."""
        made = self.stream.start_tls(ssl_context, server_hostname, _some(self.left_s()))
        return _Timed(made, self.left_s)

    def get_extra_info(self, info: str) -> object:
        """Tell about the connection below."""
        found: object = self.stream.get_extra_info(info)
        return found


def _some(left_s: float) -> float:
    """Give a time that a socket can wait.

    Raises:
        httpcore2.ReadTimeout: None is left.
    """
    if left_s <= 0:
        raise httpcore2.ReadTimeout("the deadline has passed")
    return left_s


def _in_time(work: Callable[[], list[str]], left_s: float) -> list[str]:
    """Look up in a thread: the system's resolver knows no deadline.

    Raises:
        httpcore2.ConnectError: There is no such host.
        httpcore2.ConnectTimeout: The name server does not answer in time.
    """
    answer: queue.Queue[list[str] | Exception] = queue.Queue()

    def run() -> None:
        try:
            answer.put(work())
        except Exception as exc:  # noqa: BLE001  the other thread waits for a word
            answer.put(exc)

    threading.Thread(target=run, daemon=True).start()
    try:
        found = answer.get(timeout=_some(left_s))
    except queue.Empty as exc:
        raise httpcore2.ConnectTimeout("the name server does not answer") from exc
    if isinstance(found, Exception):
        raise httpcore2.ConnectError("there is no such host") from found
    return found
