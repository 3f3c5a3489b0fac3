"""Stand between a rival and the server: one instrument for all, and the same limits.

Every chat completion gets temperature 0 and at most so many output tokens, whoever
asks; what each costs is read from the server's own count.
"""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import urlsplit

_LIMITS = ("max_tokens", "max_completion_tokens", "n_predict")
_DROPPED = frozenset({"connection", "transfer-encoding", "content-length", "host"})


@dataclass(frozen=True, slots=True)
class Spent:
    """What some requests cost. Adds up.

    Attributes:
        calls: Requests that were sent, refused and cut ones included.
        prompt_tokens: Read by the model, cached ones included.
        cached_tokens: Of them, those that the server knew from before.
        completion_tokens: Written by the model; those of a cut request are unknown.
        at_limit: Answers that ended for want of tokens.
        refused: Requests that the server answered with an error.
    """

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    at_limit: int = 0
    refused: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.at_limit + other.at_limit,
            self.refused + other.refused,
        )


def limited(body: bytes, max_tokens: int) -> bytes:
    """Set temperature 0 and the output limit in the body of a chat completion.

    A smaller limit that the caller asks for stays. What is no JSON object is
    returned as it came; the server will refuse it.
    """
    try:
        asked = json.loads(body)
    except ValueError:
        return body
    if not isinstance(asked, dict):
        return body
    given = [asked.pop(name) for name in _LIMITS if name in asked]
    smaller = [n for n in given if isinstance(n, int) and 0 < n < max_tokens]
    asked |= {"temperature": 0, "max_tokens": min([*smaller, max_tokens])}
    return json.dumps(asked).encode()


def spent(status: int, body: bytes) -> Spent:
    """Read what one answered request cost from the server's answer."""
    if status >= http.HTTPStatus.BAD_REQUEST:
        return Spent(refused=1)
    try:
        answer = json.loads(body)
        used = answer["usage"]
        details = used.get("prompt_tokens_details") or {}
        return Spent(
            prompt_tokens=used["prompt_tokens"],
            cached_tokens=details.get("cached_tokens") or 0,
            completion_tokens=used["completion_tokens"],
            at_limit=sum(c["finish_reason"] == "length" for c in answer["choices"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Spent()


@dataclass
class Meter:
    """Passes requests on and counts them.

    Attributes:
        upstream: Root of the server's API.
        max_tokens: Output tokens of one answer at most.
        url: Root under which rivals reach it, once it runs.
    """

    upstream: str
    max_tokens: int
    url: str = ""
    _spent: Spent = field(default_factory=Spent)
    _open: set[http.client.HTTPConnection] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self) -> Spent:
        """Begin counting anew, and return what was counted."""
        with self._lock:
            counted, self._spent = self._spent, Spent()
        return counted

    def cut(self) -> None:
        """End the requests under way, so that the server works for nobody."""
        with self._lock:
            connections = tuple(self._open)
        for connection in connections:
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(2)

    def is_alive(self) -> bool:
        """Tell whether the server still answers, whatever it says."""
        connection = http.client.HTTPConnection(urlsplit(self.upstream).netloc)
        try:
            connection.request("GET", "/health")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def passed(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request on.

        Raises:
            OSError: The server did not answer, or the request was cut.
        """
        is_chat = path.endswith("/chat/completions")
        if is_chat:
            body = limited(body, self.max_tokens)
            self._count(Spent(calls=1))
        connection = http.client.HTTPConnection(urlsplit(self.upstream).netloc)
        with self._lock:
            self._open.add(connection)
        try:
            connection.request(method, path, body=body, headers=dict(_kept(headers)))
            answer = connection.getresponse()
            content = answer.read()
        except http.client.HTTPException as exc:
            raise ConnectionError(str(exc)) from exc
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()
        if is_chat:
            self._count(spent(answer.status, content))
        return answer.status, dict(_kept(dict(answer.getheaders()))), content

    def _count(self, more: Spent) -> None:
        with self._lock:
            self._spent += more


@contextlib.contextmanager
def metering(upstream: str, max_tokens: int) -> Iterator[Meter]:
    """Run a meter on a port of this machine while the block runs.

    Args:
        upstream: Root of the server's API, as `http://127.0.0.1:8080/v1`.
        max_tokens: Output tokens of one answer at most.
    """
    meter = Meter(upstream, max_tokens)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.meter = meter
    meter.url = f"http://127.0.0.1:{server.server_port}{urlsplit(upstream).path}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield meter
    finally:
        meter.cut()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    meter: Meter


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._pass_on()

    def do_GET(self) -> None:
        self._pass_on()

    def log_message(self, *_: object) -> None:
        """Keep quiet: requests hold whole articles."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        meter = cast("_Server", self.server).meter
        try:
            status, headers, content = meter.passed(
                self.command, self.path, dict(self.headers), body
            )
        except OSError:
            self.close_connection = True  # the rival sees a lost connection
            return
        with contextlib.suppress(OSError):  # it may have been ended meanwhile
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)


def _kept(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Leave out what belongs to one connection only."""
    for name, value in headers.items():
        if name.lower() not in _DROPPED and name.lower() != "accept-encoding":
            yield name, value
