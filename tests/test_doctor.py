"""`summarizer doctor`: ten lines that are true, and the exit code of the first trouble."""

import json
import os
import socket
from pathlib import Path

import pytest
from endpoint import Answer
from providers import (
    ANTHROPIC,
    DEAF,
    DEEPSEEK,
    OPENAI,
    PLAIN,
    PROSE,
    Provider,
    Request,
    double,
    fitting,
    form,
    limit,
    refusal,
    said,
)
from typer.testing import CliRunner, Result

from summarizer.cli import app

RUNNER = CliRunner()
KEY = "sk-secret-1234567890"
NAMES = [
    "version",
    "model",
    "set by",
    "key",
    "profile",
    "weights",
    "answers",
    "structure",
    "a briefing",
    "to do",
]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in list(os.environ):
        if variable.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)


def _doctor(url: str, *more: str) -> tuple[dict[str, str], Result]:
    return _lines("--base-url", url, "--model", "m", *more)


def _lines(*options: str) -> tuple[dict[str, str], Result]:
    result = RUNNER.invoke(app, ["doctor", *options])
    told = {line[:12].strip(): line[12:] for line in result.stdout.splitlines()}
    assert list(told) == NAMES
    assert KEY not in result.output
    return told, result


def test_an_endpoint_that_answers_is_told_in_ten_lines() -> None:
    with double(OPENAI) as endpoint:
        told, result = _doctor(endpoint.url, "--profile", "openai")

    assert (result.exit_code, result.stderr) == (0, "")
    assert told["model"] == "m at 127.0.0.1"
    assert told["key"] == "set"
    assert told["profile"] == "openai (set), whole, window 128,000 tokens"
    assert told["weights"] == "not needed"
    assert told["answers"].startswith("yes, in ")
    assert told["structure"] == "json_schema (by the profile)"
    assert told["to do"] == "nothing"
    assert len(endpoint.seen) == 1


def test_where_each_value_came_from_is_told() -> None:
    with double(OPENAI) as endpoint:
        told, _ = _doctor(endpoint.url, "--profile", "openai")

    assert told["set by"] == (
        "base_url by --base-url; model by --model; api_key by OPENAI_API_KEY; "
        "profile by --profile"
    )


@pytest.mark.parametrize(
    ("provider", "structure"), [(ANTHROPIC, "tool"), (DEEPSEEK, "json_object")]
)
def test_the_structure_that_is_told_is_the_one_that_is_used(
    provider: Provider, structure: str
) -> None:
    with double(provider) as endpoint:
        told, _ = _doctor(endpoint.url, "--profile", provider.name)

    assert told["structure"] == f"{structure} (by the profile)"
    assert {form(body) for body in endpoint.seen} == {structure}


def test_an_unknown_endpoint_is_tried_with_two_questions_at_least() -> None:
    willing = Provider("generic", "", lambda request: said(fitting(request), PLAIN))
    with double(willing) as endpoint:
        told, result = _doctor(endpoint.url)

    assert result.exit_code == 0
    assert told["structure"] == "json_schema (tried)"
    assert len(endpoint.seen) == 2


def test_an_endpoint_that_ignores_structure_is_told_and_tried_once() -> None:
    def obeys_the_prompt(request: Request) -> Answer:
        return said(fitting(request) if form(request) == "prompt" else PROSE, PLAIN)

    with double(Provider("generic", "", obeys_the_prompt)) as endpoint:
        told, result = _doctor(endpoint.url)

    assert result.exit_code == 0
    assert told["structure"] == "prompt (tried)"
    assert told["to do"] == "take a model that can be held to a schema, if there is one"
    tries = [body for body in endpoint.seen if "Say hello." in json.dumps(body)]
    assert len(tries) == 3


def test_a_model_that_never_answers_in_json_answers_but_is_no_use() -> None:
    with double(Provider("generic", "", lambda _: said(PROSE, PLAIN))) as endpoint:
        told, result = _doctor(endpoint.url)

    assert result.exit_code == 8
    assert ", but 'm' gave no answer that fits" in told["answers"]
    assert told["structure"] == "prompt (tried)"
    assert told["to do"] == "take another model: this one cannot answer in JSON"


def test_a_structure_that_was_set_is_told_and_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_object")
    with double(DEAF) as endpoint:
        told, _ = _doctor(endpoint.url)

    assert told["structure"] == "json_object (as set)"
    assert len(endpoint.seen) == 1


def test_a_model_that_thinks_gets_room_to_answer() -> None:
    with double(OPENAI) as endpoint:
        _doctor(endpoint.url, "--profile", "openai")

    assert limit(endpoint.seen[0]) > 1_000


def test_a_wrong_key_exits_with_7_and_is_not_shown() -> None:
    echoed = refusal(401, f"Incorrect API key provided: {KEY}")
    with double(DEAF, echoed) as endpoint:
        told, result = _doctor(endpoint.url)

    assert result.exit_code == 7
    assert told["answers"] == (
        "no: 127.0.0.1 refused the key (401): check OPENAI_API_KEY; it says "
        "'Incorrect API key provided: [key]'"
    )
    assert told["to do"] == (
        "check the key (OPENAI_API_KEY) and the name of the model (--model)"
    )


def test_where_nothing_listens_it_exits_with_6_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        told, result = _doctor(f"http://127.0.0.1:{port}/v1")

    assert result.exit_code == 6
    assert told["answers"].startswith("no: cannot reach 127.0.0.1: ")
    assert "tries" not in told["answers"]
    assert told["structure"] == "json_schema (not tried)"
    assert told["to do"] == (
        "check the address (--base-url) and whether the server runs"
    )


def test_without_weights_it_exits_with_5_and_fetches_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    told, result = _lines()

    assert result.exit_code == 5
    assert told["model"] == "the embedded one, on this machine"
    assert told["key"] == "none"
    assert told["weights"].startswith("the weights of ")
    assert told["weights"].endswith(" are not here: run `summarizer model pull`")
    assert told["answers"] == "no: there is no model to ask"
    assert told["to do"] == "run summarizer model pull"
    assert not (tmp_path / "cache").exists()


def test_weights_of_ones_own_that_are_none_exit_with_5(tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(b"nonsense")
    told, result = _lines("--model", "mine.gguf")

    assert result.exit_code == 5
    assert told["weights"] == "'mine.gguf' is not a GGUF file"


def test_offline_nothing_is_asked() -> None:
    with double(OPENAI) as endpoint:
        told, result = _doctor(endpoint.url, "--offline")

    assert result.exit_code == 0
    assert endpoint.seen == []
    assert told["answers"] == "not asked (--offline)"
    assert told["structure"] == "json_schema (not tried)"


def test_offline_missing_weights_are_a_trouble_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    told, result = _lines("--offline")

    assert result.exit_code == 5
    assert told["answers"] == "not asked (--offline)"


def test_a_setting_that_cannot_be_used_is_one_line_and_exits_with_4() -> None:
    result = RUNNER.invoke(
        app,
        ["doctor", "--base-url", "http://h/v1", "--model", "m", "--profile", "gpt"],
    )

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("error: unknown profile 'gpt': take one of auto, ")
