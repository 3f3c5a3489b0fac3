"""Cassettes that a person can read: JSON bodies as trees, no host, no secret.

A request must match in method, path and body, so that an edited prompt or field
docstring fails until the cassette is recorded anew.
"""

import json
import re
from pathlib import Path
from typing import Any

import vcr
from vcr.request import Request

FOLDER = Path(__file__).parents[2] / "cassettes"
HOST = "http://embedded.invalid"
_KEPT_HEADERS = {"content-type", "retry-after"}
_SECRET = re.compile(
    r"(?i)bearer\s+\S+|sk-[A-Za-z0-9]{8,}|hooks\.slack\.com|api[_-]?key\W+\w{16}"
    r"|/services/(?!hidden)"
)


class Readable:
    """vcrpy's serializer: JSON with the bodies as trees and real UTF-8."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        for entry in cassette["interactions"]:
            entry["request"]["body"] = json.loads(entry["request"]["body"])
            answer = entry["response"]
            answer["body"] = _readable(answer["body"]["string"])
        text = json.dumps(cassette, ensure_ascii=False, indent=1) + "\n"
        if found := _SECRET.search(text):
            msg = f"refused to save what looks like a secret: {found.group()[:12]}…"
            raise ValueError(msg)
        return text

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = json.loads(text)
        for entry in cassette["interactions"]:
            entry["request"]["body"] = json.dumps(entry["request"]["body"])
            body = entry["response"]["body"]
            text = body if isinstance(body, str) else json.dumps(body)
            entry["response"]["body"] = {"string": text.encode()}
        return cassette


def _readable(body: bytes | str) -> object:
    """Make a tree of JSON; Slack answers with a bare word, which stays one."""
    text = body.decode() if isinstance(body, bytes) else body
    try:
        tree = json.loads(text)
    except ValueError:
        return text
    tree.pop("timings", None)  # differs from run to run and means nothing here
    return tree


def _scrubbed_request(request: Request) -> Request:
    uri = re.sub(r"^https?://[^/]+", HOST, request.uri)
    request.uri = re.sub(r"/services/.*", "/services/hidden", uri)
    request.headers = {
        k: v for k, v in request.headers.items() if k.lower() in _KEPT_HEADERS
    }
    return request


def _scrubbed_response(response: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in response["headers"].items() if k.lower() in _KEPT_HEADERS}
    return {**response, "headers": kept}


def _same_body(one: Request, two: Request) -> bool:
    return bool(json.loads(one.body) == json.loads(two.body))


def recorder(*, recording: bool) -> vcr.VCR:
    """Make the recorder; it replays only, unless *recording*."""
    made = vcr.VCR(
        cassette_library_dir=str(FOLDER),
        record_mode="all" if recording else "none",
        serializer="readable",
        match_on=["method", "path", "same_body"],
        before_record_request=_scrubbed_request,
        before_record_response=_scrubbed_response,
    )
    made.register_serializer("readable", Readable)
    made.register_matcher("same_body", _same_body)
    return made
