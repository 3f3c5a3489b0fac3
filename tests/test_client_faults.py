"""What the client does when the endpoint misbehaves: on a local server, for real."""

import asyncio
import pickle
import socket
import threading
import traceback

import pytest
from endpoint import Answer, completion, error, serving

from schemas.draft import CasualtyAnswer
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import (
    AccessError,
    EndpointError,
    ModelError,
    ModelOutputError,
    SettingsError,
)
from summarizer.ports import Ask, Message, Reply
from summarizer.settings import Settings

ASK = Ask(
    messages=(Message("user", "Sentence: {{7*7}} {% raw"),),
    answer=CasualtyAnswer,
    max_tokens=50,
    section="casualties",
    source="s1",
    spans=(),
)
KEY = "sk-secret-1234567890"


def _client(url: str, waits: list[float], **more: object) -> OpenAICompleter:
    # What an endpoint that is tried out does stands in test_endpoints.
    more = {"structure": "json_schema", **more}
    settings = Settings(base_url=url, model="m", api_key=KEY, **more)  # type: ignore[arg-type]  # options of Settings
    return OpenAICompleter(settings, sleep=waits.append, now=lambda: 0.0)


def _asked(
    *answers: Answer, **more: object
) -> tuple[Reply[CasualtyAnswer], int, list[float]]:
    waits: list[float] = []
    with serving(*answers) as endpoint:
        client = _client(endpoint.url, waits, **more)
        try:
            reply = client.complete(ASK)
        finally:
            client.close()
        return reply, len(endpoint.seen), waits


def _failed(*answers: Answer, **more: object) -> tuple[ModelError, int]:
    waits: list[float] = []
    with serving(*answers) as endpoint:
        client = _client(endpoint.url, waits, **more)
        with pytest.raises(ModelError) as caught:
            client.complete(ASK)
        client.close()
        return caught.value, len(endpoint.seen)


def test_an_answer_comes_with_what_it_cost() -> None:
    reply, calls, _ = _asked(completion())

    assert reply.answer == CasualtyAnswer(items=())
    assert (calls, reply.usage.calls, reply.usage.prompt_tokens) == (1, 1, 10)


def test_the_request_is_strict_closed_and_carries_the_text_untouched() -> None:
    with serving(completion()) as endpoint:
        client = _client(endpoint.url, [], profile="vllm")
        client.complete(ASK)
        client.close()
        (body,) = endpoint.seen

    assert body["messages"] == [{"role": "user", "content": "Sentence: {{7*7}} {% raw"}]
    assert body["temperature"] == 0
    form = body["response_format"]
    assert isinstance(form, dict)
    assert form["json_schema"]["strict"] is True
    item = form["json_schema"]["schema"]["$defs"]["CasualtyDraft"]
    assert item["additionalProperties"] is False
    assert item["required"] == ["kind", "count", "who"]


def test_openai_gets_the_fields_that_reasoning_models_accept() -> None:
    with serving(completion()) as endpoint:
        client = _client(endpoint.url, [], profile="openai")
        client.complete(ASK)
        client.close()
        (body,) = endpoint.seen

    assert "temperature" not in body
    assert "max_tokens" not in body
    assert body["max_completion_tokens"] == 66


def test_a_rate_limit_is_waited_out_as_long_as_the_server_says() -> None:
    reply, calls, waits = _asked(error(429, retry_after="7"), completion())

    assert (calls, reply.usage.calls, waits) == (2, 2, [7.0])


def test_a_wait_in_milliseconds_and_one_as_a_date_are_understood() -> None:
    _, _, waits = _asked(
        error(429, retry_after_ms="1500"),
        error(503, retry_after="Thu, 01 Jan 1970 00:00:09 GMT"),
        completion(),
    )

    assert waits == [1.5, 9.0]


def test_a_wait_beyond_the_budget_is_not_begun() -> None:
    failure, calls = _failed(error(429, retry_after="3600"))

    assert isinstance(failure, EndpointError)
    assert (calls, failure.status) == (1, 429)


def test_a_server_fault_is_tried_again() -> None:
    _, calls, waits = _asked(error(500), completion())

    assert calls == 2
    assert len(waits) == 1


def test_four_faults_are_enough() -> None:
    failure, calls = _failed(error(503))

    assert isinstance(failure, EndpointError)
    assert (calls, failure.calls) == (4, 4)


def test_a_dropped_connection_is_tried_again() -> None:
    _, calls, _ = _asked(Answer(drops=True), completion())

    assert calls == 2


def test_a_server_that_does_not_answer_in_time_is_named() -> None:
    never = threading.Event()
    with serving(Answer(waits=never)) as endpoint:
        client = _client(endpoint.url, [], timeout_s=0.2, max_tries=1)
        with pytest.raises(EndpointError, match=r"127\.0\.0\.1 did not answer in time"):
            client.complete(ASK)
        never.set()
        client.close()


def test_a_host_where_nobody_listens_is_named_with_the_reason() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        client = _client(f"http://127.0.0.1:{port}/v1", [], max_tries=1)
        with pytest.raises(
            EndpointError, match=r"cannot reach 127\.0\.0\.1: .*refused"
        ):
            client.complete(ASK)
        client.close()


def test_a_long_misfit_answer_is_not_called_a_long_question() -> None:
    failure, _ = _failed(completion("word " * 40_000), context_tokens=512)

    assert isinstance(failure, ModelOutputError)
    assert "its window is too small to ask again" in str(failure)


def test_what_fits_nothing_is_told_with_its_section() -> None:
    one = '{"kind": "killed", "count": "2", "who": "men"}'
    reply, _, _ = _asked(completion(f'{{"items": [{one}, {{"kind": "x"}}]}}'))

    (rejected,) = reply.rejected
    assert (rejected.section, rejected.raw) == ("casualties", '{"kind": "x"}')
    assert rejected.reason.startswith("its kind 'x' is none of killed")


def test_a_misfit_answer_is_asked_for_again_once() -> None:
    reply, calls, _ = _asked(completion('{"items": [{"kind": "x"}]}'), completion())

    assert calls == 2
    assert reply.usage.completion_tokens == 10


def test_a_second_misfit_is_an_error_of_the_model() -> None:
    failure, calls = _failed(completion("not json"))

    assert isinstance(failure, ModelOutputError)
    assert calls == 2


def test_the_complete_items_of_a_cut_answer_are_kept_and_the_cut_is_named() -> None:
    cut = '{"items": [{"kind": "killed", "count": "12", "who": "men"}, {"kind": "inj'

    reply, calls, _ = _asked(completion(cut, finish="length"))

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.cut == "the answer of 'm' was cut; what was whole of it is kept"
    assert calls == 1


def test_an_answer_that_is_cut_before_it_begins_is_an_error_at_once() -> None:
    failure, calls = _failed(completion("<think> Let me see", finish="length"))

    assert isinstance(failure, ModelOutputError)
    assert "cut at its limit" in str(failure)
    assert calls == 1


def test_a_complete_answer_that_ends_for_want_of_tokens_is_taken() -> None:
    reply, calls, _ = _asked(completion(finish="length"))

    assert reply.answer.items == ()
    assert calls == 1


def test_a_refusal_is_not_asked_again() -> None:
    failure, calls = _failed(completion(None, refusal="I cannot"))

    assert isinstance(failure, ModelOutputError)
    assert (calls, failure.calls) == (1, 1)


def test_an_answer_without_choices_is_an_error_of_the_server() -> None:
    body = '{"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": []}'

    failure, calls = _failed(Answer(body=body))

    assert isinstance(failure, EndpointError)
    assert calls == 1


def test_a_web_page_with_status_200_is_an_error_of_the_server() -> None:
    failure, _ = _failed(Answer(body="<html>hi</html>", content_type="text/html"))

    assert isinstance(failure, EndpointError)
    assert "without an answer" in str(failure)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(401), "refused the key"),
        (error(403), "refused the key"),
        (error(404), "knows no model 'm'"),
        (error(429, "insufficient_quota"), "no quota left"),
    ],
)
def test_what_asking_again_cannot_mend_is_asked_once(
    answer: Answer, words: str
) -> None:
    failure, calls = _failed(answer)

    assert isinstance(failure, AccessError)
    assert words in str(failure)
    assert calls == 1


def test_a_rejected_request_names_the_status_and_code() -> None:
    failure, calls = _failed(error(400, "invalid_value"))

    assert "answered 400, invalid_value" in str(failure)
    assert calls == 1


@pytest.mark.parametrize(
    "answer",
    [
        error(401),
        error(500),
        completion("no"),
        Answer(drops=True),
        Answer(400, '{"error": {"message": "your key is KEY"}}'.replace("KEY", KEY)),
        completion(f"your key is {KEY}"),
        completion(f"{'x' * 45} {KEY}"),
    ],
)
def test_no_error_and_no_cause_of_it_shows_the_key(answer: Answer) -> None:
    failure, _ = _failed(answer)

    chain: list[BaseException] = [failure]
    while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(inner)
    assert len(chain) == 2
    assert KEY not in "".join(traceback.format_exception(failure))
    assert all(KEY[:8] not in f"{one} {one!r} {vars(one)}" for one in chain)


def test_an_error_can_be_sent_to_another_process() -> None:
    failure, _ = _failed(error(500))

    sent = pickle.dumps(failure)

    assert str(pickle.loads(sent)) == str(failure)  # noqa: S301  our own


def test_settings_do_not_show_the_key() -> None:
    assert KEY not in repr(Settings(base_url="http://h/v1", model="m", api_key=KEY))


def test_an_endpoint_without_a_model_is_refused() -> None:
    with pytest.raises(SettingsError, match="no model named"):
        Settings(base_url="http://127.0.0.1:1/v1")


def test_the_async_client_does_the_same() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def ask(url: str) -> Reply[CasualtyAnswer]:
        settings = Settings(base_url=url, model="m", api_key=KEY)
        client = AsyncOpenAICompleter(settings, sleep=sleep, now=lambda: 0.0)
        try:
            return await client.complete(ASK)
        finally:
            await client.close()

    with serving(
        error(429, retry_after="2"), completion("{"), completion()
    ) as endpoint:
        reply = asyncio.run(ask(endpoint.url))

    assert reply.answer.items == ()
    assert (reply.usage.calls, waits) == (3, [2.0])


def test_the_async_client_gives_our_errors() -> None:
    async def ask(url: str) -> None:
        client = AsyncOpenAICompleter(Settings(base_url=url, model="m", api_key=KEY))
        try:
            await client.complete(ASK)
        finally:
            await client.close()

    with serving(error(401)) as endpoint, pytest.raises(AccessError, match="key"):
        asyncio.run(ask(endpoint.url))
