"""The limit of a request holds for all of it: on a local server, for real."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from endpoint import Answer, completion, serving

from schemas.draft import CasualtyAnswer
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import EndpointError
from summarizer.ports import Ask, Message
from summarizer.settings import Settings

LIMIT_S = 0.3
PATIENCE_S = 20.0
"""A busy machine is late; a limit that does not hold is later than this."""
ASK = Ask(
    messages=(Message("user", "Sentence."),),
    answer=CasualtyAnswer,
    max_tokens=50,
    section="casualties",
    source="s1",
    spans=(),
)
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n"
)


@contextmanager
def _dripping(first: bytes) -> Iterator[Answer]:
    """Send *first*, and then a byte now and then, until the block ends."""
    ended = threading.Event()

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(first)
        while not ended.wait(LIMIT_S / 6):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    try:
        yield Answer(act=act)
    finally:
        ended.set()


def _sync(url: str) -> None:
    settings = Settings(base_url=url, model="m", timeout_s=LIMIT_S, max_tries=1)
    client = OpenAICompleter(settings)
    try:
        client.complete(ASK)
    finally:
        client.close()


def _async(url: str) -> None:
    async def ask() -> None:
        settings = Settings(base_url=url, model="m", timeout_s=LIMIT_S, max_tries=1)
        client = AsyncOpenAICompleter(settings)
        try:
            await client.complete(ASK)
        finally:
            await client.close()

    asyncio.run(ask())


BOTH = pytest.mark.parametrize("ask", [_sync, _async])
SETTING = r"0\.3 s \(SUMMARIZER_TIMEOUT_S sets this limit\)"


@BOTH
@pytest.mark.parametrize(
    ("first", "words"),
    [
        (HEAD, "its answer began, and was not whole after"),
        (b"HTTP/1.1 200 OK\r\nx-slow: ", "no answer began within"),
    ],
)
def test_a_server_that_drips_is_late_all_the_same(
    ask: Callable[[str], None], first: bytes, words: str
) -> None:
    started = time.monotonic()

    with (
        _dripping(first) as answer,
        serving(answer) as endpoint,
        pytest.raises(EndpointError, match=f"in time: {words} {SETTING}"),
    ):
        ask(endpoint.url)

    assert time.monotonic() - started < PATIENCE_S


@BOTH
def test_a_server_that_says_nothing_is_told_from_one_that_is_slow(
    ask: Callable[[str], None],
) -> None:
    never = threading.Event()
    with serving(Answer(waits=never)) as endpoint:
        with pytest.raises(EndpointError, match=f"no answer began within {SETTING}"):
            ask(endpoint.url)
        never.set()


@BOTH
def test_a_host_that_takes_no_connection_in_time_is_told_apart(
    ask: Callable[[str], None],
) -> None:
    """
    A socket that listens and accepts nobody: its queue is full with one.
    """
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    port = listener.getsockname()[1]
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", port))
    try:
        with pytest.raises(
            EndpointError, match=f"no connection to .* within {SETTING}"
        ):
            ask(f"http://127.0.0.1:{port}/v1")
    finally:
        for one in (*waiting, listener):
            one.close()


@BOTH
def test_an_answer_in_time_is_taken(ask: Callable[[str], None]) -> None:
    with serving(completion()) as endpoint:
        ask(endpoint.url)

    assert len(endpoint.seen) == 1


def test_counting_tokens_is_limited_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.client.asking.endpoint._COUNTING_S", LIMIT_S)
    started = time.monotonic()

    with _dripping(HEAD) as answer, serving(answer) as endpoint:
        settings = Settings(base_url=endpoint.url, model="m", profile="llamacpp")
        client = OpenAICompleter(settings)
        counted = client.count_tokens("Twelve people were killed.")
        client.close()

    assert counted > 0
    assert time.monotonic() - started < PATIENCE_S
