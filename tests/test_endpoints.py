"""Each provider's double is asked as its documentation says, and its answer is read."""

import asyncio
import json
from pathlib import Path

import pytest
from endpoint import Answer
from providers import (
    ANTHROPIC,
    ASK,
    AZURE,
    DEEPSEEK,
    GEMINI,
    GROQ,
    LLAMACPP,
    LMSTUDIO,
    MISTRAL,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    PLAIN,
    VLLM,
    Provider,
    Request,
    double,
    questions,
    said,
)
from typer.testing import CliRunner

from schemas.draft import CasualtyAnswer
from summarizer.cli import app
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.client.profiles import PROFILES
from summarizer.errors import SettingsError, TooLongError
from summarizer.ports import Ask, Message, Reply, Usage
from summarizer.settings import Effort, Settings

SURE = (
    OPENAI,
    AZURE,
    ANTHROPIC,
    GEMINI,
    MISTRAL,
    GROQ,
    DEEPSEEK,
    OPENROUTER,
    LMSTUDIO,
    OLLAMA,
    VLLM,
    LLAMACPP,
)
"""The providers whose first answer fits."""


def _settings(provider: Provider, url: str, **more: object) -> Settings:
    return Settings(
        base_url=url,
        model=provider.model,
        api_key="sk-secret-1234567890",
        profile=provider.name,
        **more,  # type: ignore[arg-type]  # options of Settings
    )


def _asked(
    provider: Provider, **more: object
) -> tuple[Reply[CasualtyAnswer], list[dict[str, object]]]:
    with double(provider) as endpoint:
        client = OpenAICompleter(_settings(provider, endpoint.url, **more))
        try:
            return client.complete(ASK), questions(endpoint)
        finally:
            client.close()


@pytest.mark.parametrize("provider", SURE, ids=lambda one: one.name)
def test_a_right_answer_is_read(provider: Provider) -> None:
    reply, _ = _asked(provider)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.cut is None


@pytest.mark.parametrize("provider", SURE, ids=lambda one: one.name)
def test_a_right_answer_is_read_by_the_async_client(provider: Provider) -> None:
    async def ask(url: str) -> Reply[CasualtyAnswer]:
        client = AsyncOpenAICompleter(_settings(provider, url))
        try:
            return await client.complete(ASK)
        finally:
            await client.close()

    with double(provider) as endpoint:
        reply = asyncio.run(ask(endpoint.url))

    assert [item.count for item in reply.answer.items] == ["12"]


_COMMON = {"model", "messages"}
_PLAIN = _COMMON | {"max_tokens", "temperature", "response_format"}


@pytest.mark.parametrize(
    ("provider", "fields"),
    [
        (OPENAI, _COMMON | {"max_completion_tokens", "response_format"}),
        (AZURE, _COMMON | {"max_completion_tokens", "response_format"}),
        (ANTHROPIC, _COMMON | {"max_tokens", "temperature", "tools", "tool_choice"}),
        (GEMINI, _PLAIN),
        (MISTRAL, _PLAIN),
        (GROQ, _PLAIN - {"max_tokens"} | {"max_completion_tokens"}),
        (DEEPSEEK, _PLAIN),
        (OPENROUTER, _PLAIN | {"provider"}),
        (LMSTUDIO, _PLAIN),
        (OLLAMA, _PLAIN),
        (VLLM, _PLAIN),
        (LLAMACPP, _PLAIN),
    ],
    ids=lambda one: one.name if isinstance(one, Provider) else "",
)
def test_a_request_has_the_fields_that_its_provider_takes_and_no_other(
    provider: Provider, fields: set[str]
) -> None:
    _, sent = _asked(provider)

    assert {frozenset(request) for request in sent} == {frozenset(fields)}


@pytest.mark.parametrize(
    ("provider", "kind", "strict"),
    [
        (OPENAI, "json_schema", True),
        (AZURE, "json_schema", True),
        (GEMINI, "json_schema", True),
        (MISTRAL, "json_schema", True),
        (GROQ, "json_schema", False),
        (OPENROUTER, "json_schema", True),
        (LMSTUDIO, "json_schema", True),
        (OLLAMA, "json_schema", True),
        (VLLM, "json_schema", True),
        (LLAMACPP, "json_schema", True),
    ],
    ids=lambda one: one.name if isinstance(one, Provider) else "",
)
def test_a_schema_is_sent_where_it_is_kept_to(
    provider: Provider, kind: str, *, strict: bool
) -> None:
    _, (request, *_) = _asked(provider)

    form = request["response_format"]
    assert isinstance(form, dict)
    assert form["type"] == kind
    assert form["json_schema"]["name"] == "CasualtyAnswer"
    assert form["json_schema"]["strict"] is strict


def test_anthropic_is_asked_for_the_call_of_one_tool_without_strict() -> None:
    _, (request,) = _asked(ANTHROPIC)

    tools = request["tools"]
    assert isinstance(tools, list)
    (tool,) = tools
    assert tool["function"]["name"] == "CasualtyAnswer"
    assert set(tool["function"]) == {"name", "description", "parameters"}
    assert request["tool_choice"] == {
        "type": "function",
        "function": {"name": "CasualtyAnswer"},
    }


def test_deepseek_is_shown_the_schema_behind_the_instructions() -> None:
    _, (request,) = _asked(DEEPSEEK)

    messages = request["messages"]
    assert isinstance(messages, list)
    system, user = messages
    assert system["content"].startswith("Copy tolls.\n\nAnswer with one JSON object")
    assert '"CasualtyDraft"' in system["content"]
    assert user["content"] == "12 men were killed."
    assert request["response_format"] == {"type": "json_object"}


def test_vllm_gets_a_temperature_against_the_defaults_of_the_model() -> None:
    _, (request,) = _asked(VLLM)

    assert request["temperature"] == 0


@pytest.mark.parametrize(
    ("provider", "usage"),
    [
        (OPENAI, Usage(1, 1_200, 1_024, 150, 128)),
        (AZURE, Usage(1, 1_200, 1_024, 150, 128)),
        (ANTHROPIC, Usage(1, 90, 0, 20, 0)),
        (MISTRAL, Usage(1, 90, 0, 20, 0)),
        (GROQ, Usage(1, 1_200, 1_024, 150, 128)),
        (DEEPSEEK, Usage(1, 90, 64, 20, 12)),
        (OPENROUTER, Usage(1, 1_200, 1_024, 150, 128)),
        (LMSTUDIO, Usage(1, 90, 0, 20, 0)),
        (VLLM, Usage(1, 1_200, 1_024, 150, 128)),
        (LLAMACPP, Usage(1, 90, 77, 20, 0)),
    ],
    ids=lambda one: one.name if isinstance(one, Provider) else "",
)
def test_the_tokens_that_a_provider_tells_are_counted(
    provider: Provider, usage: Usage
) -> None:
    reply, _ = _asked(provider)

    assert reply.usage == usage


def test_what_gemini_thinks_is_counted_though_only_its_total_tells() -> None:
    """Asked once with 416 tokens, all thought; and with 1,616, of which 900 were."""
    reply, _ = _asked(GEMINI)

    assert reply.usage == Usage(2, 180, 0, 416 + 920, 416 + 900)


def test_what_ollama_would_cut_off_without_a_word_is_not_sent() -> None:
    long = Ask(
        messages=(Message("user", "word " * 5_000),),
        answer=CasualtyAnswer,
        max_tokens=400,
        section="casualties",
        source="s1",
        spans=(),
    )
    with double(OLLAMA) as endpoint:
        client = OpenAICompleter(_settings(OLLAMA, endpoint.url))
        with pytest.raises(TooLongError, match="does not fit the window of 4,096"):
            client.complete(long)
        client.close()

    assert endpoint.seen == []


@pytest.mark.parametrize(
    ("provider", "efforts"),
    [
        (OPENAI, ("minimal", "high")),
        (AZURE, ("low",)),
        (GEMINI, ("none", "medium")),
        (MISTRAL, ("none", "high")),
        (GROQ, ("low",)),
        (DEEPSEEK, ("low",)),
        (OLLAMA, ("none",)),
        (VLLM, ("low",)),
    ],
    ids=lambda one: one.name if isinstance(one, Provider) else "",
)
def test_a_limit_on_reasoning_is_sent_in_the_field_that_openai_named(
    provider: Provider, efforts: tuple[Effort, ...]
) -> None:
    sent = [_asked(provider, reasoning_effort=effort)[1][0] for effort in efforts]

    assert tuple(request["reasoning_effort"] for request in sent) == efforts


def test_openrouter_gets_a_limit_on_reasoning_in_a_field_of_its_own() -> None:
    _, (request,) = _asked(OPENROUTER, reasoning_effort="low")

    assert request["reasoning"] == {"effort": "low"}
    assert "reasoning_effort" not in request


@pytest.mark.parametrize("name", ["anthropic", "lmstudio", "llamacpp", "generic"])
def test_a_limit_on_reasoning_is_refused_where_it_would_be_ignored(name: str) -> None:
    settings = Settings(
        base_url="http://127.0.0.1:1/v1",
        model="m",
        profile=name,  # type: ignore[arg-type]  # one of the names
        reasoning_effort="low",
    )

    with pytest.raises(SettingsError) as caught:
        OpenAICompleter(settings)

    assert str(caught.value) == (
        f"the profile {name!r} has no field that limits reasoning: leave "
        "reasoning_effort out"
    )


def test_openrouter_asks_only_providers_that_take_every_field() -> None:
    _, (request,) = _asked(OPENROUTER)

    assert request["provider"] == {"require_parameters": True}


def test_a_misfit_answer_is_shown_again_but_a_blank_one_is_not() -> None:
    """Anthropic and Mistral refuse a turn of the model without words."""
    blank = said("    ", {"prompt_tokens": 90, "completion_tokens": 20})
    with double(DEEPSEEK, blank) as endpoint:
        client = OpenAICompleter(_settings(DEEPSEEK, endpoint.url))
        reply = client.complete(ASK)
        client.close()

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.usage.calls == 2
    messages = endpoint.seen[1]["messages"]
    assert isinstance(messages, list)
    assert [m["role"] for m in messages] == ["system", "user", "user"]


@pytest.mark.parametrize("structure", ["json_schema", "tool", "json_object", "prompt"])
def test_two_questions_begin_with_the_same_words(structure: str) -> None:
    """A provider keeps the beginning that requests share, and charges less for it."""
    asks = [
        Ask(
            messages=(ASK.messages[0], Message("user", words)),
            answer=CasualtyAnswer,
            max_tokens=400,
            section="casualties",
            source="s1",
            spans=(),
        )
        for words in ("Twelve died.", "Nobody died.")
    ]
    with double(VLLM) as endpoint:
        client = OpenAICompleter(_settings(VLLM, endpoint.url, structure=structure))
        for ask in asks:
            client.complete(ask)
        client.close()

    one, other = (json.dumps(body) for body in endpoint.seen)
    assert one != other
    assert one.partition("Twelve died.")[0] == other.partition("Nobody died.")[0]
    assert "Copy tolls." in one.partition("Twelve died.")[0]


def _nothing(request: Request) -> Answer:
    """Fill in the schema with as little as it takes."""
    if "messages" not in request:
        return VLLM.answer(request)
    form = request["response_format"]
    assert isinstance(form, dict)
    fields = form["json_schema"]["schema"]["properties"].items()
    empty = {name: [] if one["type"] == "array" else "" for name, one in fields}
    return said(json.dumps(empty), PLAIN)


def test_every_prompt_ends_with_the_article_and_begins_without_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of each kind of question, all that comes before its last turn is always the same."""
    monkeypatch.setenv("SUMMARIZER_PROFILE", "vllm")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234567890")
    article = tmp_path / "story.txt"
    article.write_text("Kenya urged Chad to free the Zubabi crew. Twelve Zubabi died.")
    lists_nothing = Provider("vllm", VLLM.page, _nothing)
    with double(lists_nothing) as endpoint:
        for strategy in ("whole", "focused"):
            options = ["--base-url", endpoint.url, "--model", "m"]
            CliRunner().invoke(
                app, ["brief", str(article), *options, "--strategy", strategy]
            )

    asked = [json.dumps(request["messages"]) for request in questions(endpoint)]
    assert len(asked) == 3
    for prompt in asked:
        *before, last = json.loads(prompt)
        assert before
        assert "Zubabi" not in json.dumps(before)
        assert "Zubabi" in last["content"]


def test_every_profile_of_a_provider_has_a_double() -> None:
    tested = {one.name for one in SURE} | {"litellm", "generic"}

    assert tested == set(PROFILES) - {"embedded"}
