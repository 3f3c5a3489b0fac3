"""OpenAI's Files and Batches on this machine: real HTTP, and every fault that is asked for.

Pages: https://platform.openai.com/docs/guides/batch and /docs/api-reference/batch; for Azure
https://learn.microsoft.com/azure/ai-services/openai/how-to/batch.
"""

import contextlib
import json
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from endpoint import envelope

Line = dict[str, Any]

WHOLE = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip
USED = {"prompt_tokens": 2_000, "completion_tokens": 500, "total_tokens": 2_500}
LIVE = "live"


def good(request: Line, content: str = WHOLE) -> Line:
    """Build the line of a request that was answered."""
    body = envelope(content, usage=USED)
    response = {"status_code": 200, "request_id": "r", "body": body}
    return {"id": "batch_req_1", "custom_id": request["custom_id"], "response": response, "error": None}  # fmt: skip


def refused(request: Line, status: int, words: str = "no") -> Line:
    """Build the line of a request that the model's API refused."""
    body = {"error": {"message": words, "type": "invalid_request_error", "code": None}}
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "batch_req_1", "custom_id": request["custom_id"], "response": response, "error": None}  # fmt: skip


def expired(request: Line) -> Line:
    """Build the line of a request for which there was no time."""
    told = {"code": "batch_expired", "message": "This request could not be executed before the completion window expired."}  # fmt: skip
    return {"id": "batch_req_1", "custom_id": request["custom_id"], "response": None, "error": told}  # fmt: skip


@dataclass
class Server:
    """A running server, what it holds, and how it is to behave.

    Attributes:
        url: Its address.
        fate: Which lines come of a request of the n-th batch: none, one or several.
        ends: How the n-th batch ends: completed, failed, expired, cancelled.
        polls: Times that a batch is asked about before it has ended.
        path: What the lines and the batch must name.
        faults: By step, the statuses of its first answers; the step is not done then.
        lost: By step, how often it is done and answered 500.
        hangs: The step, and "before" or "after" it is done, at which the server hangs.
        hanging: Is set when it hangs.
        go: Set it to let it go on.
        page: Batches of one page of a list.
        window: Characters of a prompt that a test lets pass.
    """

    url: str = ""
    fate: Callable[[Line, int], list[Line]] = lambda request, _n: [good(request)]
    ends: Callable[[int], str] = lambda _n: "completed"
    polls: int = 0
    path: str = "/v1/chat/completions"
    faults: dict[str, list[int]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    hangs: tuple[str, str] | None = None
    hanging: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    page: int = 100
    window: int = 10**9
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def stop_at(self, step: str, when: str) -> None:
        """Hang once, the next time that it comes to a step."""
        self.hanging.clear()
        self.go.clear()
        self.hangs = (step, when)

    def hang(self, step: str, when: str) -> None:
        """Hang, when this is where it is to."""
        if self.hangs == (step, when):
            self.hangs = None
            self.hanging.set()
            self.go.wait(60)

    # -- what it does --------------------------------------------------------------

    def add_file(self, name: str, raw: bytes, purpose: str = "batch") -> dict[str, Any]:
        with self.lock:
            number = len(self.files) + 1
            made: dict[str, Any] = {
                "id": f"file-{number}", "object": "file", "bytes": len(raw),
                "created_at": 4_000_000_000, "filename": name, "purpose": purpose,
                "status": "processed", "raw": raw,
            }  # fmt: skip
            self.files[made["id"]] = made
            return made

    def add_batch(self, wanted: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            number = len(self.batches) + 1
            made: dict[str, Any] = {
                "id": f"batch_{number}", "object": "batch", "endpoint": wanted["endpoint"],
                "input_file_id": wanted["input_file_id"], "completion_window": "24h",
                "created_at": 4_000_000_000, "status": "validating",
                "metadata": wanted.get("metadata"), "output_file_id": None,
                "error_file_id": None, "errors": None, "left": self.polls, "number": number,
                "request_counts": {"total": 0, "completed": 0, "failed": 0},
            }  # fmt: skip
            self.batches[made["id"]] = made
            return made

    def look_at(self, batch: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            if batch["status"] in {"validating", "in_progress"}:
                if batch["left"] > 0:
                    batch["left"] -= 1
                    batch["status"] = "in_progress"
                else:
                    self.end(batch, self.ends(batch["number"]))
            return batch

    def end(self, batch: dict[str, Any], status: str) -> None:
        raw = self.files[batch["input_file_id"]]["raw"]
        requests = [json.loads(line) for line in raw.splitlines()]
        batch["status"] = status
        batch["request_counts"]["total"] = len(requests)
        if wrong := self.wrong(batch, requests):
            batch["status"] = "failed"
            batch["errors"] = {
                "object": "list",
                "data": [{"code": "x", "message": wrong}],
            }
        if batch["status"] == "failed":
            batch["errors"] = batch["errors"] or {"object": "list", "data": [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached"}]}  # fmt: skip
            return
        self.lines += requests
        found = [line for one in requests for line in self.fate(one, batch["number"])]
        random.Random(len(found)).shuffle(found)  # noqa: S311  no secret
        answered = [one for one in found if (one["response"] or {}).get("status_code") == 200]  # fmt: skip
        failed = [one for one in found if one not in answered]
        self.paid.update({one["custom_id"] for one in answered})
        batch["request_counts"] |= {"completed": len(answered), "failed": len(failed)}
        for name, part in (("output", answered), ("error", failed)):
            if part:
                words = "".join(json.dumps(one) + "\n" for one in part)
                made = self.add_file(f"{name}.jsonl", words.encode(), "batch_output")
                batch[f"{name}_file_id"] = made["id"]

    def wrong(self, batch: dict[str, Any], requests: list[Line]) -> str:
        if batch["endpoint"] != self.path or any(
            r["url"] != self.path for r in requests
        ):
            return f"the endpoint is not {self.path}"
        if len({r["custom_id"] for r in requests}) < len(requests):
            return "a custom_id is there twice"
        fields = {"custom_id", "method", "url", "body"}
        if any(set(r) != fields or "extra_body" in r["body"] for r in requests):
            return "a line has other fields"
        return "" if len({r["body"]["model"] for r in requests}) == 1 else "two models"


def _step(method: str, path: str) -> str:
    steps = {
        ("POST", r"/files"): "upload", ("GET", r"/files"): "files",
        ("GET", r"/files/[^/]+"): "file", ("GET", r"/files/[^/]+/content"): "content",
        ("POST", r"/batches"): "create", ("GET", r"/batches"): "list",
        ("GET", r"/batches/[^/]+"): "look", ("POST", r"/batches/[^/]+/cancel"): "cancel",
        ("POST", r"/chat/completions"): LIVE,
    }  # fmt: skip
    return next(
        step
        for (verb, pattern), step in steps.items()
        if verb == method and re.fullmatch(f"/v1{pattern}", path)
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    held: Server

    def do_POST(self) -> None:
        self._answer("POST")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        step = _step(method, parts.path)
        held = self.held
        with held.lock:
            held.asked[step] += 1
            faults = held.faults.get(step)
            fault = faults.pop(0) if faults else 0
        if fault:
            self._send(fault, {"error": {"message": "not now", "code": None}})
            return
        held.hang(step, "before")
        name = parts.path.split("/")[3] if parts.path.count("/") > 2 else ""
        if step == "content":
            self._content(held.files[name]["raw"])
            return
        found = getattr(self, f"_{step}")(name, raw, parse_qs(parts.query))
        held.hang(step, "after")
        with held.lock:
            is_lost = held.lost[step] > 0
            held.lost[step] -= is_lost
        hidden = {"raw", "left", "number"}
        body = {k: v for k, v in found.items() if k not in hidden}
        self._send(500 if is_lost else 200, {"error": {"message": "late"}} if is_lost else body)  # fmt: skip

    def _content(self, raw: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/octet-stream")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: len(raw) // 2])
        self.wfile.flush()
        self.held.hang("content", "after")
        self.wfile.write(raw[len(raw) // 2 :])

    def _send(self, status: int, body: dict[str, Any]) -> None:
        words = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(words)))
        if status == 429:
            self.send_header("retry-after-ms", "10")
        self.end_headers()
        self.wfile.write(words)

    # -- steps ----------------------------------------------------------------------

    def _upload(self, _n: str, raw: bytes, _q: object) -> dict[str, Any]:
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        parts = raw.split(b"--" + boundary)
        (part,) = [
            one for one in parts if b"filename=" in one.partition(b"\r\n\r\n")[0]
        ]
        head, _, body = part.partition(b"\r\n\r\n")
        found = re.search(rb'filename="([^"]*)"', head)
        assert found is not None
        assert b'name="purpose"\r\n\r\nbatch' in raw
        return self.held.add_file(found[1].decode(), body.removesuffix(b"\r\n"))

    def _files(self, _n: str, _r: bytes, _q: object) -> dict[str, Any]:
        data = [{k: v for k, v in one.items() if k != "raw"} for one in self.held.files.values()]  # fmt: skip
        return {"object": "list", "data": data, "has_more": False}

    def _file(self, name: str, _r: bytes, _q: object) -> dict[str, Any]:
        return self.held.files[name]

    def _create(self, _n: str, raw: bytes, _q: object) -> dict[str, Any]:
        return self.held.add_batch(json.loads(raw))

    def _list(self, _n: str, _r: bytes, query: dict[str, list[str]]) -> dict[str, Any]:
        newest = list(self.held.batches.values())[::-1]
        ids = [one["id"] for one in newest]
        start = ids.index(query["after"][0]) + 1 if "after" in query else 0
        shown = newest[start : start + self.held.page]
        more = start + self.held.page < len(newest)
        return {"object": "list", "data": shown, "has_more": more}

    def _look(self, name: str, _r: bytes, _q: object) -> dict[str, Any]:
        return self.held.look_at(self.held.batches[name])

    def _cancel(self, name: str, _r: bytes, _q: object) -> dict[str, Any]:
        batch = self.held.batches[name]
        self.held.end(batch, "cancelled")
        return batch

    def _live(self, _n: str, raw: bytes, _q: object) -> dict[str, Any]:
        request = {"custom_id": LIVE, "body": json.loads(raw)}
        with self.held.lock:
            self.held.paid[LIVE] += 1
        found = self.held.fate(request, 0)
        body: dict[str, Any] = found[0]["response"]["body"]
        return body

    def log_message(self, *_: object) -> None:
        pass

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # the client has gone
            super().finish()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """Serve Files and Batches on this machine."""
    held = Server()
    handler = type("Handler", (_Handler,), {"held": held})
    server = _Quiet(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield held
    finally:
        held.go.set()
        server.shutdown()
        server.server_close()
        thread.join()
