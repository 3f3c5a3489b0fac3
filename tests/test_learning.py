"""An endpoint that does not keep to a schema is tried once, and that is remembered."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from endpoint import Answer, Endpoint
from providers import (
    ASK,
    DEAF,
    LITELLM,
    PLAIN,
    PROSE,
    TOLL,
    Provider,
    Request,
    called,
    double,
    fitting,
    form,
    refusal,
    said,
)

from schemas.draft import CasualtyAnswer
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import EndpointError, ModelOutputError
from summarizer.ports import Reply, Usage
from summarizer.settings import Settings

KEY = "sk-secret-1234567890"


def _by_tool(request: Request) -> Answer:
    """Answer by a call where one is forced, and ignore response_format."""
    return called(request, PLAIN) if form(request) == "tool" else said(PROSE, PLAIN)


BY_TOOL = Provider("generic", "", _by_tool)
WILLING = Provider("generic", "", lambda request: said(fitting(request), PLAIN))


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "grounded-briefing" / "endpoints.json"


@contextmanager
def _client(url: str, model: str = "m", **more: object) -> Iterator[OpenAICompleter]:
    settings = Settings(base_url=url, model=model, api_key=KEY, **more)  # type: ignore[arg-type]  # options of Settings
    client = OpenAICompleter(settings, sleep=lambda _: None, now=lambda: 0.0)
    try:
        yield client
    finally:
        client.close()


def _counts(reply: Reply[CasualtyAnswer]) -> list[str]:
    return [item.count for item in reply.answer.items]


def _tries(endpoint: Endpoint) -> list[str]:
    return [form(body) for body in endpoint.seen if "Say hello." in json.dumps(body)]


def test_nothing_is_tried_while_answers_fit(cache: Path) -> None:
    with double(WILLING) as endpoint, _client(endpoint.url) as client:
        client.complete(ASK)
        client.complete(ASK)

    assert _tries(endpoint) == []
    assert len(endpoint.seen) == 2
    assert not cache.exists()


def test_the_strictest_structure_that_works_is_found_and_kept(cache: Path) -> None:
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        first = client.complete(ASK)
        second = client.complete(ASK)

    assert (_counts(first), _counts(second)) == (["12"], ["12"])
    assert _tries(endpoint) == ["json_schema", "tool"]
    assert form(endpoint.seen[-1]) == "tool"
    assert second.usage.calls == 1


def test_no_more_than_three_tiny_questions_are_asked(cache: Path) -> None:
    dumb = Provider("generic", "", lambda _: said(PROSE, PLAIN))
    with double(dumb) as endpoint, _client(endpoint.url) as client:
        for _ in range(3):
            with pytest.raises(ModelOutputError):
                client.complete(ASK)

    assert _tries(endpoint) == ["json_schema", "tool", "json_object"]


def test_a_tiny_question_is_tiny_and_does_not_give_its_answer_away(cache: Path) -> None:
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        client.complete(ASK)

    by_schema, by_tool = (
        body for body in endpoint.seen if "Say hello." in json.dumps(body)
    )
    assert by_schema["messages"] == [{"role": "user", "content": "Say hello."}]
    assert all(len(json.dumps(body)) < 600 for body in (by_schema, by_tool))


def test_what_was_learned_serves_the_next_completer(cache: Path) -> None:
    with double(BY_TOOL) as endpoint:
        with _client(endpoint.url) as client:
            client.complete(ASK)
        before = len(endpoint.seen)
        with _client(endpoint.url) as client:
            reply = client.complete(ASK)

    assert _counts(reply) == ["12"]
    assert [form(body) for body in endpoint.seen[before:]] == ["tool"]


def test_what_was_learned_serves_another_process(cache: Path) -> None:
    code = (
        "import sys\n"
        "from summarizer.client.asking.completer import OpenAICompleter\n"
        "from summarizer.settings import Settings\n"
        "print(OpenAICompleter(Settings(base_url=sys.argv[1], model='m')).structure)"
    )
    with double(BY_TOOL) as endpoint:
        with _client(endpoint.url) as client:
            client.complete(ASK)
        done = subprocess.run(
            [sys.executable, "-c", code, endpoint.url],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )

    assert done.stdout == "tool\n"


def test_what_was_learned_of_one_model_says_nothing_of_another(cache: Path) -> None:
    with double(BY_TOOL) as endpoint:
        with _client(endpoint.url) as client:
            client.complete(ASK)
        with _client(endpoint.url, "other") as client:
            assert client.structure == "json_schema"


def test_no_key_is_in_what_is_remembered(cache: Path) -> None:
    with double(BY_TOOL) as endpoint:
        with _client(f"{endpoint.url}?api-version=1") as client:
            client.try_out()
        with _client(endpoint.url) as client:
            client.complete(ASK)

    written = cache.read_text(encoding="utf-8")
    assert json.loads(written) == {f"{endpoint.url} m": "tool"}
    assert KEY not in written


def test_a_folder_that_cannot_be_written_is_no_error(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache.parent.parent / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent.parent / "file"))
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        reply = client.complete(ASK)

    assert _counts(reply) == ["12"]


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", '{"URL m": 7}', '{"URL m": ["tool"]}', '{"URL m": "x"}', "[" * 9_999],
)  # fmt: skip
def test_a_damaged_file_is_learned_anew(cache: Path, damaged: str) -> None:
    cache.parent.mkdir(parents=True)
    with double(BY_TOOL) as endpoint:
        cache.write_text(damaged.replace("URL", endpoint.url), encoding="utf-8")
        with _client(endpoint.url) as client:
            reply = client.complete(ASK)

    assert _counts(reply) == ["12"]
    assert json.loads(cache.read_text("utf-8"))[f"{endpoint.url} m"] == "tool"


def test_a_file_that_is_no_text_is_learned_anew(cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"\xff\xfe\x00{")
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        client.complete(ASK)

    assert json.loads(cache.read_text("utf-8")) == {f"{endpoint.url} m": "tool"}


def test_nothing_but_the_file_is_left_in_the_folder(cache: Path) -> None:
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        client.complete(ASK)

    assert list(cache.parent.iterdir()) == [cache]


@pytest.mark.parametrize("structure", ["json_schema", "tool", "json_object", "prompt"])
def test_a_structure_that_was_set_is_kept_and_nothing_is_tried(
    cache: Path, structure: str
) -> None:
    dumb = Provider("generic", "", lambda _: said(PROSE, PLAIN))
    with (
        double(dumb) as endpoint,
        _client(endpoint.url, structure=structure) as client,
        pytest.raises(ModelOutputError),
    ):
        client.complete(ASK)

    assert [form(body) for body in endpoint.seen] == [structure] * 2


def test_a_provider_that_is_known_is_not_tried(cache: Path) -> None:
    dumb = Provider("mistral", "", lambda _: said(PROSE, PLAIN))
    with (
        double(dumb) as endpoint,
        _client(endpoint.url, profile="mistral") as client,
        pytest.raises(ModelOutputError),
    ):
        client.complete(ASK)

    assert _tries(endpoint) == []


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_fault_that_says_nothing_of_the_structure_is_not_learned_from(
    cache: Path, status: int
) -> None:
    fault = refusal(status, "no: response_format is well")
    with (
        double(WILLING, *([fault] * 9)) as endpoint,
        _client(endpoint.url) as client,
        pytest.raises(EndpointError),
    ):
        client.complete(ASK)

    assert _tries(endpoint) == []
    assert not cache.exists()


def test_a_model_that_refuses_is_not_tried(cache: Path) -> None:
    with (
        double(WILLING, said(None, PLAIN, refusal="No.")) as endpoint,
        _client(endpoint.url) as client,
        pytest.raises(ModelOutputError, match="refused"),
    ):
        client.complete(ASK)

    assert _tries(endpoint) == []


def test_an_endpoint_that_fails_while_it_is_tried_teaches_nothing(cache: Path) -> None:
    lost = refusal(429, "slow down")
    with (
        double(BY_TOOL, said(PROSE, PLAIN), said(PROSE, PLAIN), lost) as endpoint,
        _client(endpoint.url) as client,
        pytest.raises(ModelOutputError),
    ):
        client.complete(ASK)

    assert _tries(endpoint) == ["json_schema"]
    assert not cache.exists()


def test_thinking_that_uses_up_a_tiny_question_teaches_nothing(cache: Path) -> None:
    thought = said("", PLAIN, finish="length")
    with (
        double(BY_TOOL, said(PROSE, PLAIN), said(PROSE, PLAIN), thought) as endpoint,
        _client(endpoint.url) as client,
        pytest.raises(ModelOutputError),
    ):
        client.complete(ASK)

    assert not cache.exists()


def test_a_remembered_structure_that_is_refused_now_is_learned_anew(
    cache: Path,
) -> None:
    with double(LITELLM) as endpoint:
        cache.parent.mkdir(parents=True)
        cache.write_text(json.dumps({f"{endpoint.url} m": "json_schema"}), "utf-8")
        with _client(endpoint.url, profile="litellm") as client:
            reply = client.complete(ASK)

    assert _counts(reply) == ["12"]
    assert json.loads(cache.read_text("utf-8")) == {f"{endpoint.url} m": "tool"}


def test_a_remembered_structure_that_is_only_not_kept_to_is_no_news(
    cache: Path,
) -> None:
    dumb = Provider("generic", "", lambda _: said(PROSE, PLAIN))
    with double(dumb) as endpoint:
        cache.parent.mkdir(parents=True)
        cache.write_text(json.dumps({f"{endpoint.url} m": "prompt"}), "utf-8")
        with _client(endpoint.url) as client, pytest.raises(ModelOutputError):
            client.complete(ASK)

    assert [form(body) for body in endpoint.seen] == ["prompt"] * 2


def test_what_failed_and_what_was_tried_is_in_the_usage(cache: Path) -> None:
    """Two misfits, two tiny questions, and the answer: five times 90 and 20 tokens."""
    with double(BY_TOOL) as endpoint, _client(endpoint.url) as client:
        reply = client.complete(ASK)

    assert len(endpoint.seen) == 5
    assert reply.usage == Usage(5, 5 * 90, 0, 5 * 20, 0)


def test_what_failed_and_what_was_tried_is_in_the_error(cache: Path) -> None:
    """Two misfits, three tiny questions, and two misfits by the prompt alone."""
    dumb = Provider("generic", "", lambda _: said(PROSE, PLAIN))
    with (
        double(dumb) as endpoint,
        _client(endpoint.url) as client,
        pytest.raises(ModelOutputError) as caught,
    ):
        client.complete(ASK)

    assert len(endpoint.seen) == 7
    cost = caught.value
    assert (cost.calls, cost.prompt_tokens, cost.completion_tokens) == (7, 630, 140)


def test_the_tokens_of_a_request_that_was_refused_are_none(cache: Path) -> None:
    """A refusal, a refused try, a try by a tool, and the answer."""
    with double(LITELLM) as endpoint, _client(endpoint.url) as client:
        reply = client.complete(ASK)

    assert reply.usage == Usage(4, 2 * 90, 0, 2 * 20, 0)


def test_many_questions_at_once_try_the_endpoint_once(cache: Path) -> None:
    async def ask(url: str) -> list[Reply[CasualtyAnswer]]:
        client = AsyncOpenAICompleter(Settings(base_url=url, model="m", api_key=KEY))
        try:
            return await asyncio.gather(*(client.complete(ASK) for _ in range(6)))
        finally:
            await client.close()

    with double(BY_TOOL) as endpoint:
        replies = asyncio.run(ask(endpoint.url))

    assert [_counts(reply) for reply in replies] == [["12"]] * 6
    assert _tries(endpoint) == ["json_schema", "tool"]
    assert sum(reply.usage.calls for reply in replies) == len(endpoint.seen)


def test_many_threads_with_a_completer_each_do_no_harm(cache: Path) -> None:
    def ask(url: str) -> list[str]:
        with _client(url) as client:
            return _counts(client.complete(ASK))

    with double(BY_TOOL) as endpoint, ThreadPoolExecutor(6) as pool:
        found = list(pool.map(ask, [endpoint.url] * 6))

    assert found == [["12"]] * 6
    assert json.loads(cache.read_text("utf-8")) == {f"{endpoint.url} m": "tool"}


def test_a_server_that_knows_messages_only_is_told_by_the_prompt(cache: Path) -> None:
    with double(DEAF) as endpoint, _client(endpoint.url) as client:
        reply = client.complete(ASK)

    assert _counts(reply) == ["12"]
    assert json.loads(cache.read_text("utf-8")) == {f"{endpoint.url} m": "json_object"}
    assert TOLL not in json.dumps(endpoint.seen)
