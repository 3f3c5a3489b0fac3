"""A small endpoint on this machine that answers as it is told, faults included."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = dict[str, str]

NOTHING = '{"items": []}'
"""An answer that lists nothing."""


@dataclass(frozen=True)
class Answer:
    """One response: a status, a body, headers; or a dropped connection.

    `act`, when given, writes to the connection itself. `empty` gives the body of an
    answer without items, in the shape that the question asks for.
    """

    status: int = 200
    body: str | bytes = ""
    headers: Headers = field(default_factory=dict)
    content_type: str = "application/json"
    drops: bool = False
    waits: threading.Event | None = None
    act: Callable[[BaseHTTPRequestHandler], None] | None = None
    empty: bool = False


@dataclass
class Endpoint:
    """A running endpoint: its address, and the bodies that it was sent."""

    url: str
    seen: list[dict[str, object]]


def envelope(
    content: object = NOTHING,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    **more: object,
) -> dict[str, object]:
    """Build the body of a chat completion; *more* replaces fields of it."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        **more,
    }


def completion(
    content: object = NOTHING,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    **more: object,
) -> Answer:
    """Build a chat completion."""
    body = envelope(content, finish=finish, refusal=refusal, **more)
    return Answer(body=json.dumps(body), empty=content == NOTHING and not more)


def error(status: int, code: str | None = None, **headers: str) -> Answer:
    """Build an error as OpenAI's API gives it."""
    body = json.dumps({"error": {"message": "no", "type": "x", "code": code}})
    return Answer(status, body, {k.replace("_", "-"): v for k, v in headers.items()})


def _asks_for_a_name(request: dict[str, object]) -> bool:
    return '"SpeakerAnswer"' in json.dumps(request.get("response_format"))


@contextmanager
def serving(*answers: Answer | Callable[[int], Answer]) -> Iterator[Endpoint]:
    """Serve *answers* in turn, the last one for ever; a function gets the number."""
    seen: list[dict[str, object]] = []
    counting = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            request = json.loads(self.rfile.read(length) or "{}")
            with counting:  # several questions may be under way at a time
                seen.append(request)
                number = len(seen)
            chosen = answers[min(number, len(answers)) - 1]
            answer = chosen if isinstance(chosen, Answer) else chosen(number)
            if answer.waits is not None:
                answer.waits.wait(10)
            if answer.drops:
                self.close_connection = True
                self.connection.close()
                return
            if answer.act is not None:
                self.close_connection = True
                answer.act(self)
                return
            body = answer.body
            if answer.empty and _asks_for_a_name(request):
                body = json.dumps(envelope('{"who": ""}'))
            body = body.encode() if isinstance(body, str) else body
            self.send_response(answer.status)
            self.send_header("content-type", answer.content_type)
            if answer.status != 204:
                self.send_header("content-length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.status != 204:
                self.wfile.write(body)

        def do_GET(self) -> None:
            self.do_POST()  # a redirect that forgets the method

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
        yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
