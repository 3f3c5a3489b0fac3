"""A server on this machine that answers as an S3 bucket does, as far as we ask it.

It knows one key. What it holds is in memory: `objects`, by path within the bucket.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "invented-bucket"
KEY = "AKIAINVENTED"
SECRET = "s3cr3tInvented/AccessKey000000000000000"


@dataclass
class Bucket:
    """A running server, and what it holds."""

    url: str
    objects: dict[str, bytes]
    refused: set[str] = field(default_factory=set)
    """Paths to which it allows no access."""

    puts: list[tuple[str, bool]] = field(default_factory=list)
    """Paths that were put, and whether only if there was nothing."""

    gone: list[str] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """Give the variables by which the bucket is found."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "eu-north-1",
        }


@contextmanager
def bucket(objects: dict[str, bytes]) -> Iterator[Bucket]:
    """Serve a bucket."""
    found = Bucket("", objects)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path, asked = self._asked()
            if path is None:
                return
            if "list-type" in asked:
                self._send(200, _listed(found.objects, asked.get("prefix", "")))
            elif path not in found.objects:
                self._send(404, _error("NoSuchKey"))
            else:
                self._part(found.objects[path])

        def do_PUT(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            path, _ = self._asked()
            if path is None:
                return
            if_absent = self.headers.get("if-none-match") == "*"
            if if_absent and path in found.objects:
                self._send(412, _error("PreconditionFailed"))
                return
            found.objects[path] = body
            found.puts.append((path, if_absent))
            self._send(200, b"", {"ETag": '"1"'})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            for part in body.split("<Key>")[1:]:
                path = unquote(part.partition("</Key>")[0])
                found.gone.append(path)
                found.objects.pop(path, None)
            self._send(200, b"<DeleteResult></DeleteResult>")

        def _asked(self) -> tuple[str | None, dict[str, str]]:
            parts = urlsplit(self.path)
            _, _, rest = parts.path.lstrip("/").partition("/")
            path = unquote(rest)
            asked = {k: v[0] for k, v in parse_qs(parts.query).items()}
            is_ours = f"Credential={KEY}/" in self.headers.get("authorization", "")
            if not is_ours or path in found.refused or "" in found.refused:
                self._send(403, _error("AccessDenied"))
                return None, asked
            return path, asked

        def _part(self, whole: bytes) -> None:
            wanted = self.headers.get("range", "").removeprefix("bytes=")
            if not wanted:
                self._send(200, whole)
                return
            first, _, last = wanted.partition("-")
            start, end = int(first), min(len(whole) - 1, int(last or len(whole)))
            told = {"Content-Range": f"bytes {start}-{end}/{len(whole)}"}
            self._send(206, whole[start : end + 1], told)

        def _send(
            self, status: int, body: bytes, more: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            told = {"Last-Modified": "Wed, 05 Mar 2025 10:00:00 GMT", "ETag": '"1"'}
            for name, value in {**told, **(more or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{SECRET}</Message></Error>".encode()


def _listed(objects: dict[str, bytes], prefix: str) -> bytes:
    rows = "".join(
        f"<Contents><Key>{escape(path)}</Key><Size>{len(raw)}</Size><ETag>&quot;1&quot;</ETag>"
        "<LastModified>2025-03-05T10:00:00.000Z</LastModified></Contents>"
        for path, raw in sorted(objects.items())
        if path.startswith(prefix)
    )
    return (
        f"<ListBucketResult><Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>"
        f"{rows}</ListBucketResult>"
    ).encode()
