"""Requests and results as lines of JSON: the form of OpenAI's batches, and of vLLM's.

Pure. A result belongs to its request by `custom_id`, never by its place.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from summarizer.client.asking import envelope, faults
from summarizer.ports import Usage

Body = Mapping[str, object]
"""A request as the SDK takes it."""

URL: Final = "/v1/chat/completions"
AZURE_URL: Final = "/chat/completions"
"""What Azure wants in each line and for the batch, with or without /v1 in its address."""

MOST_REQUESTS: Final = 50_000
MOST_BYTES: Final = 200_000_000
"""What one file of a batch may hold (OpenAI and Azure)."""

LONGEST: Final = envelope.MOST_BYTES
"""Bytes of one line of results; a longer one is no answer of a model."""

_PASSING: Final = frozenset({408, 409, 425, 429})
_PASSING_CODES: Final = frozenset(
    {"batch_expired", "batch_cancelled", "request_timeout"}
)
_LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one request.

    Attributes:
        key: The `custom_id` of its request.
        body: The reply, raw; None when there is none.
        usage: What it cost, as the reply says.
        reason: Why there is none; "" when there is one.
        is_passing: Whether the same request may succeed another time.
    """

    key: str
    body: bytes | None = None
    usage: Usage = field(default_factory=Usage)
    reason: str = ""
    is_passing: bool = False


def written(key: str, body: Body, url: str) -> bytes:
    """Write a request as a line.

    Args:
        key: Its `custom_id`.
        body: The request as the SDK takes it; `extra_body` is put where it is sent.
        url: Path of the API.
    """
    plain = {name: value for name, value in body.items() if name != "extra_body"}
    plain |= cast("dict[str, object]", body.get("extra_body") or {})
    line = {"custom_id": key, "method": "POST", "url": url, "body": plain}
    words = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return words.encode("utf-8", "replace") + b"\n"


def read(line: bytes) -> Result | None:
    """Read a line of results, of a file of answers or of errors.

    Returns:
        None for a line that is no result: blank, damaged, of nobody.
    """
    if len(line) > LONGEST:
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("custom_id"), str):
        return None
    return _result(found["custom_id"], found.get("response"), found.get("error"))


def _result(key: str, response: object, error: object) -> Result:
    answer = response if isinstance(response, dict) else {}
    body = answer.get("body", answer if "choices" in answer else None)
    status = answer.get("status_code", 200 if body is not None else None)
    if status != 200 or not isinstance(body, dict):
        return _failed(key, status, body if isinstance(body, dict) else answer, error)
    raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        completion = envelope.read(raw, "utf-8")
    except faults.RefusedAnswerError:
        return Result(key, raw)  # an answer too: it says no
    except faults.EmptyAnswerError as exc:
        return Result(key, reason=_cut(f"no answer: {exc}"), is_passing=True)
    return Result(key, raw, envelope.usage_of(completion))


def _failed(key: str, status: object, body: object, error: object) -> Result:
    code = error.get("code") if isinstance(error, dict) else None
    words = (
        faults.reason_in(error) or faults.reason_in(body) or str(code or "no reason")
    )
    said = f" ({status})" if isinstance(status, int) else ""
    is_server = isinstance(status, int) and 500 <= status < 600
    passing = (
        status in _PASSING or is_server or code in _PASSING_CODES or status is None
    )
    return Result(key, reason=_cut(f"{words}{said}"), is_passing=passing)


def _cut(words: str) -> str:
    """Put a server's words on one line that is not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_LONGEST_REASON]  # fmt: skip
