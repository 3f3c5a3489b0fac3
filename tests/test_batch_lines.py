"""Lines of requests and results: ours go out as they must, others' come in whatever they are."""

import json

import pytest
from endpoint import envelope

from summarizer.client.batches import lines

BODY = envelope('{"items": []}')


def _line(**more: object) -> bytes:
    return json.dumps({"custom_id": "k", **more}).encode()


def test_a_request_is_one_line_with_what_the_sdk_would_send() -> None:
    body = {"model": "m", "messages": [{"content": "a\nb — ö"}], "extra_body": {"x": 1}}

    raw = lines.written("k", body, lines.URL)

    assert raw.count(b"\n") == 1
    assert json.loads(raw) == {
        "custom_id": "k", "method": "POST", "url": "/v1/chat/completions",
        "body": {"model": "m", "messages": [{"content": "a\nb — ö"}], "x": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    "response", [{"status_code": 200, "body": BODY}, {"body": BODY}, BODY]
)
def test_an_answer_is_read_in_each_form_that_servers_write(response: object) -> None:
    found = lines.read(_line(response=response, error=None))

    assert found is not None
    assert json.loads(found.body or b"") == BODY
    assert found.usage.prompt_tokens == 10


@pytest.mark.parametrize(
    ("line", "reason", "is_passing"),
    [
        ({"response": None, "error": {"code": "batch_expired", "message": "late"}}, "late", True),
        ({"response": {"status_code": 429, "body": {"error": {"message": "slow"}}}}, "slow (429)", True),
        ({"response": {"status_code": 500, "body": None}}, "no reason (500)", True),
        ({"response": {"status_code": 400, "body": {"error": {"message": "bad"}}}}, "bad (400)", False),
        ({"response": {"status_code": 200, "body": {"choices": []}}}, "no answer: it holds no choices with a message", True),
        ({"response": {"status_code": 200, "body": "words"}}, "no reason (200)", False),
        ({}, "no reason", True),
        ({"response": None, "error": {"message": "a\x1b[31m\nb" + "c" * 999}}, None, True),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_why_and_whether_it_may_pass(
    *, line: dict[str, object], reason: str | None, is_passing: bool
) -> None:
    found = lines.read(_line(**line))

    assert found is not None
    assert found.body is None
    assert found.is_passing == is_passing
    assert reason is None or found.reason == reason
    assert found.reason.isprintable()
    assert len(found.reason) <= 200


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"no json", b"[]", b"null", b'{"custom_id": 3}', b'{"custom_id"',
        b"[" * 100_000, b"\xff\xfe\x00", b'{"a": 1}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_result_is_none(line: bytes) -> None:
    assert lines.read(line) is None


def test_a_refusal_of_the_model_is_an_answer() -> None:
    body = envelope(None, refusal="I cannot")
    found = lines.read(_line(response={"status_code": 200, "body": body}))

    assert found is not None
    assert found.body is not None
