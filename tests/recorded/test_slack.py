"""Posting on recorded answers of a server that answers as Slack's webhooks do."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from briefings import made
from recorded import cassettes
from slack_server import PATH, Reply, serving

from summarizer.errors import DeliveryError
from summarizer.posting import apost, post

LONG = made((12, 0, 0, 0, 0))
"""A briefing of two messages."""

Replay = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def webhook_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a real server when recording, and of none otherwise.

    It limits the rate once, then takes one message, and then has lost its webhook.
    """
    if not request.config.getoption("--record"):
        yield f"http://127.0.0.1:1{PATH}"
        return
    with serving(
        Reply(429, "rate_limited", {"Retry-After": "0"}),
        Reply(),
        Reply(404, "no_service"),
    ) as slack:
        yield slack.url


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.delivery.delivering.PAUSE_S", 0.0)


def test_posting_waits_goes_on_and_says_what_was_refused(
    replay: Replay, webhook_url: str, tmp_path: Path
) -> None:
    waits: list[float] = []

    with replay("slack-sync"), pytest.raises(DeliveryError, match="switched off") as at:
        post(LONG, webhook_url=webhook_url, state_dir=tmp_path, sleep=waits.append)

    assert (at.value.posted, at.value.status) == (1, 404)
    assert waits == [0.0, 0.0]


def test_posting_without_blocking_does_the_same(
    replay: Replay, webhook_url: str, tmp_path: Path
) -> None:
    with (
        replay("slack-async"),
        pytest.raises(DeliveryError, match="switched off") as at,
    ):
        asyncio.run(apost(LONG, webhook_url=webhook_url, state_dir=tmp_path))

    assert (at.value.posted, at.value.status) == (1, 404)


@pytest.mark.parametrize("name", ["slack-sync", "slack-async"])
def test_the_webhook_is_in_no_cassette(name: str) -> None:
    text = (cassettes.FOLDER / f"{name}.json").read_text(encoding="utf-8")

    assert "/services/hidden" in text
    assert PATH not in text
    assert "127.0.0.1" not in text
