"""Connect to judged addresses only, and never past a deadline.

Connections are made in one place, `Vetted`, which looks the name up itself, judges every
address that comes back and connects to the judged one; a second answer of the name server
changes nothing.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpcore2

from summarizer.errors import InputError
from summarizer.sources.web import addresses

Resolve = Callable[[str, int], list[str]]


def look_up(host: str, port: int) -> list[str]:
    """Ask the system's resolver for all addresses of *host*; an address is its own."""
    if addresses.is_address(host):
        return [host]
    found = socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Vetted(httpcore2.NetworkBackend):
    """Connects to judged addresses only, and never past the deadline."""

    allow_private: bool
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
            why = addresses.refusal(address, allow_private=self.allow_private)
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
