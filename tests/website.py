"""A small web site on this machine, polite or hostile as a test asks for."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en-GB"><head>
<title>Ferry workers ask port for talks | Kasra Post</title>
<meta property="og:site_name" content="Kasra Post">
<meta property="og:title" content="Ferry workers ask port for talks">
<meta name="author" content="Ana Ruiz">
<link rel="canonical" href="https://post.example/ferry">
<meta property="article:published_time" content="2025-03-05T09:30:00+02:00">
<script type="application/ld+json">{"@type": "NewsArticle",
"dateModified": "2025-03-06T11:00:00+02:00"}</script></head>
<body><nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>Ferry workers ask port for talks</h1>
<p>Ferry workers in Kasra asked the port authority on Monday to open talks.</p>
<p>“We will not sail before <a href="/x">the talks</a> begin,” Amin Rafe said.</p>
<h2>Twelve hurt</h2>
<ul><li>At least 12 people were injured when a ramp fell.</li></ul></article>
<aside>Sign up to our newsletter</aside>
<footer>© Kasra Post. All rights reserved.</footer></body></html>"""
"""An invented page of an invented paper."""

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One response; `act`, when given, writes to the connection itself."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str | None = HTML
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Site:
    """A running site: its root, and the requests that it got."""

    root: str
    port: int
    seen: list[tuple[str, dict[str, str]]]


Answer = Callable[[str, dict[str, str]], Reply]


@contextmanager
def serving(answer: Answer | dict[str, Reply]) -> Iterator[Site]:
    """Serve what *answer* gives for a path and the headers of its request."""
    seen: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            seen.append((self.path, headers))
            if isinstance(answer, dict):
                reply = answer.get(self.path, Reply(404))
            else:
                reply = answer(self.path, headers)
            if reply.act is not None:
                self.close_connection = True
                reply.act(self)
                return
            self.send_response(reply.status)
            if reply.content_type is not None:
                self.send_header("content-type", reply.content_type)
            self.send_header("content-length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):  # the client has gone
                super().finish()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    port = int(server.server_port)
    try:
        yield Site(f"http://127.0.0.1:{port}", port, seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
