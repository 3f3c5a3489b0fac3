"""A server on this machine that answers as Slack's incoming webhooks do.

It checks every limit that Slack documents for the blocks that we send, and the one for
the whole message that it does not, by itself: nothing here comes from our renderer.
"""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/services/T0INVENTED/B0INVENTED/s3cr3tInvented000000000"


@dataclass(frozen=True)
class Reply:
    """One answer of the server, or a way of giving none."""

    status: int = 200
    body: str = "ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False
    """Closes the connection after the request was read."""

    waits: threading.Event | None = None
    """Answers only when this is set."""


@dataclass
class Slack:
    """A running server: its webhook, and the messages that it accepted."""

    url: str
    posted: list[dict[str, Any]]
    """Messages in the channel: those answered "ok", or dropped after accepting."""

    requests: list[str]
    """Bodies of all requests."""

    asked: threading.Event
    """Set with the first request."""


@contextmanager
def serving(*replies: Reply | Callable[[int], Reply]) -> Iterator[Slack]:
    """Serve *replies* in turn, then as Slack does: ok, or what is wrong."""
    posted: list[dict[str, Any]] = []
    requests: list[str] = []
    asked = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length).decode()
            requests.append(body)
            asked.set()
            number = len(requests)
            chosen = replies[number - 1] if number <= len(replies) else Reply()
            reply = chosen if isinstance(chosen, Reply) else chosen(number)
            if reply.waits is not None:
                reply.waits.wait(10)
            if reply.status == 200:
                wrong = fault(self.path, self.headers.get("content-type", ""), body)
                reply = Reply(*wrong) if wrong else reply
            if reply.status == 200:
                posted.append(json.loads(body))
            if reply.drops:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(reply.status)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(reply.body.encode())))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body.encode())

        def log_message(self, *_: object) -> None:
            pass

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):  # the client has gone
                super().finish()

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Slack(
            f"http://127.0.0.1:{server.server_port}{PATH}", posted, requests, asked
        )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fault(path: str, content_type: str, body: str) -> tuple[int, str] | None:
    """Judge a request as Slack would: None when it is fine."""
    if path != PATH:
        return 404, "no_service"
    if not content_type.startswith("application/json"):
        return 400, "invalid_payload"
    try:
        message = json.loads(body)
    except ValueError:
        return 400, "invalid_payload"
    if not isinstance(message, dict) or not message.get("text"):
        return 400, "no_text"
    if units(body) > 10_000:
        return 400, "msg_blocks_too_long"
    wrong = message_fault(message)
    return (400, f"invalid_blocks: {wrong}") if wrong else None


def message_fault(message: Mapping[str, Any]) -> str | None:
    """Say which rule a message breaks; None for none."""
    if set(message) != {"text", "blocks", "unfurl_links", "unfurl_media"}:
        return "fields"
    if message["unfurl_links"] is not False or message["unfurl_media"] is not False:
        return "unfurling"
    if units(message["text"]) > 3_000 or _acts(message["text"]):
        return "text"
    if not 1 <= len(message["blocks"]) <= 50:
        return "number of blocks"
    return next(filter(None, map(_block_fault, message["blocks"])), None)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _acts(text: str) -> bool:
    """Tell whether Slack would parse something in a text object."""
    return bool(re.search(r"[<>]|&(?!amp;|lt;|gt;)", text))


def _block_fault(block: Mapping[str, Any]) -> str | None:
    check = {
        "header": lambda: _text_fault(block["text"], "plain_text", 150),
        "section": lambda: _text_fault(block["text"], "mrkdwn", 3_000),
        "context": lambda: _context_fault(block["elements"]),
        "rich_text": lambda: _rich_fault(block["elements"]),
    }.get(block["type"])
    return check() if check else f"type {block['type']}"


def _text_fault(text: Mapping[str, Any], kind: str, limit: int) -> str | None:
    if text["type"] != kind or not 1 <= units(text["text"]) <= limit:
        return f"{kind} of {units(text['text'])} characters"
    return "control characters" if _acts(text["text"]) else None


def _context_fault(elements: Sequence[Mapping[str, Any]]) -> str | None:
    if not 1 <= len(elements) <= 10:
        return "number of context elements"
    faults = (_text_fault(element, "plain_text", 2_000) for element in elements)
    return next(filter(None, faults), None)


def _rich_fault(groups: Sequence[Mapping[str, Any]]) -> str | None:
    text = 0
    for group in groups:
        if group["type"] == "rich_text_list":
            if group["style"] != "bullet" or not group["elements"]:
                return "list"
            if wrong := _rich_fault(group["elements"]):
                return wrong
            continue
        if group["type"] not in {"rich_text_section", "rich_text_quote"}:
            return f"rich text {group['type']}"
        if not group["elements"]:
            return "empty rich text"
        for run in group["elements"]:
            if wrong := _run_fault(run):
                return wrong
            text += units(run["text"])
    return "rich text of more than 3,000 characters" if text > 3_000 else None


def _run_fault(run: Mapping[str, Any]) -> str | None:
    if run["type"] not in {"text", "link"} or not run["text"]:
        return f"run {run['type']}"
    if not set(run.get("style", {})) <= {"bold", "italic", "code"}:
        return "style"
    if run["type"] == "link" and not re.fullmatch(
        r"https?://[!-~]{1,2990}", run["url"]
    ):
        return "link"
    if re.search(r"<[!@#\w]", run["text"]):
        return "a control sequence in one element"
    return None
