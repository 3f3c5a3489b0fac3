"""An answer that was cut because the model thought so long is asked for once more."""

import asyncio
from collections.abc import Callable

import pytest
from endpoint import Answer, serving
from providers import ASK, DETAILED, PLAIN, TOLL, limit, refusal, said

from schemas.draft import CasualtyAnswer
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import ModelOutputError
from summarizer.ports import Reply, Usage
from summarizer.settings import Settings

Asked = tuple[Reply[CasualtyAnswer], list[int]]

THOUGHT = said("", DETAILED, finish="length")
"""1,200 tokens read, of which 1,024 were kept; 150 written, of which 128 were thought."""


def _sync(*answers: Answer, **more: object) -> Asked:
    with serving(*answers) as endpoint:
        client = OpenAICompleter(_settings(endpoint.url, **more))
        try:
            reply = client.complete(ASK)
        finally:
            client.close()
    return reply, [limit(body) for body in endpoint.seen]


def _async(*answers: Answer, **more: object) -> Asked:
    async def ask(url: str) -> Reply[CasualtyAnswer]:
        client = AsyncOpenAICompleter(_settings(url, **more))
        try:
            return await client.complete(ASK)
        finally:
            await client.close()

    with serving(*answers) as endpoint:
        reply = asyncio.run(ask(endpoint.url))
    return reply, [limit(body) for body in endpoint.seen]


def _settings(url: str, **more: object) -> Settings:
    return Settings(base_url=url, model="m", profile="openai", **more)  # type: ignore[arg-type]  # options of Settings


BOTH = pytest.mark.parametrize("ask", [_sync, _async], ids=["sync", "async"])


@BOTH
def test_an_answer_cut_by_thinking_is_asked_for_with_four_times_the_room(
    ask: Callable[..., Asked],
) -> None:
    reply, limits = ask(THOUGHT, said(TOLL, PLAIN))

    assert [item.count for item in reply.answer.items] == ["12"]
    assert limits == [416, 1_680]


@BOTH
def test_it_is_asked_for_once_more_and_not_twice(ask: Callable[..., Asked]) -> None:
    with pytest.raises(ModelOutputError) as caught:
        ask(THOUGHT)

    assert str(caught.value) == "the answer of 'm' was cut at its limit: it is empty"
    assert (caught.value.calls, caught.value.completion_tokens) == (2, 300)


@BOTH
def test_where_the_model_has_less_room_what_was_cut_is_all_there_is(
    ask: Callable[..., Asked],
) -> None:
    cut = said(f"{TOLL[:-2]}, {{", DETAILED, finish="length")
    refused = refusal(400, "max_tokens is too large: 1680. This model supports 1024.")

    reply, limits = ask(cut, refused)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.cut is not None
    assert limits == [416, 1_680]
    assert reply.usage == Usage(2, 1_200, 1_024, 150, 128)


def test_what_the_cut_answer_cost_is_counted() -> None:
    reply, _ = _sync(THOUGHT, said(TOLL, PLAIN))

    assert reply.usage == Usage(2, 1_290, 1_024, 170, 128)


def test_a_blank_answer_that_was_cut_was_thought_though_nobody_says_so() -> None:
    _, limits = _sync(said(None, PLAIN, finish="length"), said(TOLL, PLAIN))

    assert limits == [416, 1_680]


def test_an_answer_of_mistral_that_was_all_thought_is_asked_for_once_more() -> None:
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}

    _, limits = _sync(said([thinking], PLAIN, finish="length"), said(TOLL, PLAIN))

    assert limits == [416, 1_680]


def test_a_whole_answer_that_ends_at_its_limit_is_taken() -> None:
    reply, limits = _sync(said(TOLL, DETAILED, finish="length"))

    assert [item.count for item in reply.answer.items] == ["12"]
    assert limits == [416]


def test_an_answer_that_was_cut_without_thinking_is_kept_as_far_as_it_goes() -> None:
    reply, limits = _sync(said(f"{TOLL[:-2]}, {{", PLAIN, finish="length"))

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.cut is not None
    assert limits == [416]


def test_no_more_room_is_asked_for_than_the_window_has() -> None:
    _, limits = _sync(THOUGHT, said(TOLL, PLAIN), context_tokens=700)

    assert limits[0] == 416
    assert 416 < limits[1] < 700


def test_where_the_window_has_no_more_room_nothing_is_asked_again() -> None:
    with serving(THOUGHT) as endpoint:
        client = OpenAICompleter(_settings(endpoint.url, context_tokens=300))
        with pytest.raises(ModelOutputError, match="cut at its limit"):
            client.complete(ASK)
        client.close()

    assert len(endpoint.seen) == 1
