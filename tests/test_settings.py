"""Settings and profiles: what chooses the model, and how it is asked."""

from typing import Any

import pytest

from summarizer.client import profiles
from summarizer.errors import SettingsError
from summarizer.settings import OPENAI_URL, Settings


def test_without_key_and_address_the_model_is_embedded() -> None:
    settings = Settings.from_env({})

    assert settings.embedded
    assert profiles.choose(settings).strategy == "focused"


def test_a_key_and_a_model_mean_openai() -> None:
    settings = Settings.from_env({"OPENAI_API_KEY": "k", "SUMMARIZER_MODEL": "gpt-x"})

    assert not settings.embedded
    assert settings.url == OPENAI_URL
    assert profiles.choose(settings).name == "openai"


def test_a_file_of_weights_is_embedded_whatever_else_is_set() -> None:
    settings = Settings.from_env({"OPENAI_API_KEY": "k", "SUMMARIZER_MODEL": "m.gguf"})

    assert settings.embedded


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://mine.openai.azure.com/openai/v1", "azure"),
        ("http://127.0.0.1:11434/v1", "ollama"),
        ("http://gpu:8000/v1", "vllm"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("http://127.0.0.1:4000", "litellm"),
        ("https://api.anthropic.com/v1/", "anthropic"),
        ("https://generativelanguage.googleapis.com/v1beta/openai/", "gemini"),
        ("https://api.mistral.ai/v1", "mistral"),
        ("https://api.groq.com/openai/v1", "groq"),
        ("https://api.deepseek.com", "deepseek"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://api.mistral.ai.evil.example/v1", "generic"),
        ("http://127.0.0.1:8080/v1", "llamacpp"),
        ("https://models.example.org/v1", "generic"),
        ("https://api.openai.com.evil.example/v1", "generic"),
    ],
)
def test_the_profile_is_told_by_the_address(url: str, profile: str) -> None:
    assert profiles.choose(Settings(base_url=url, model="m")).name == profile


@pytest.mark.parametrize(
    ("model", "strategy"),
    [
        ("qwen2.5:1.5b", "focused"),
        ("Llama-3.2-3B-Instruct", "focused"),
        ("qwen3:8b", "whole"),
        ("mixtral-8x7b", "whole"),
        ("gpt-x", "whole"),
    ],
)
def test_small_models_are_asked_sentence_by_sentence(model: str, strategy: str) -> None:
    settings = Settings(base_url="http://h:11434/v1", model=model)

    assert profiles.choose(settings).strategy == strategy


def test_options_win_over_the_profile() -> None:
    settings = Settings(
        base_url="http://h/v1", model="m", strategy="focused", context_tokens=999
    )

    profile = profiles.choose(settings)
    assert (profile.strategy, profile.context_tokens) == ("focused", 999)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"SUMMARIZER_PROFILE": "x"}, "unknown profile 'x'"),
        ({"SUMMARIZER_STRATEGY": "x"}, "unknown strategy 'x'"),
        ({"SUMMARIZER_STRUCTURE": "x"}, "unknown structure 'x'"),
        ({"SUMMARIZER_REASONING_EFFORT": "x"}, "unknown reasoning_effort 'x'"),
        ({"SUMMARIZER_CONTEXT_TOKENS": "0"}, "must be a whole number above 0, not '0'"),
        ({"SUMMARIZER_TIMEOUT_S": "soon"}, "SUMMARIZER_TIMEOUT_S"),
    ],
)
def test_a_bad_variable_is_named_with_its_value(
    environ: dict[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        Settings.from_env(environ)


def test_an_address_on_the_command_line_drops_the_model_of_the_environment() -> None:
    environ = {"OPENAI_BASE_URL": "http://a/v1", "SUMMARIZER_MODEL": "a"}

    assert Settings.from_env(environ, model="c").base_url == "http://a/v1"
    assert Settings.from_env(environ, base_url="http://b/v1", model="b").model == "b"
    with pytest.raises(SettingsError, match="no model named for b"):
        Settings.from_env(environ, base_url="http://b/v1")


_PROFILES = (
    "auto, embedded, openai, azure, anthropic, gemini, mistral, groq, deepseek, "
    "openrouter, vllm, ollama, lmstudio, llamacpp, litellm, generic"
)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("profile", "gpt", f"unknown profile 'gpt': take one of {_PROFILES}"),
        ("profile", None, f"unknown profile None: take one of {_PROFILES}"),
        (
            "structure",
            "xml",
            (
                "unknown structure 'xml': take one of auto, json_schema, tool, "
                "json_object, prompt"
            ),
        ),
        (
            "structure",
            ["tool"],
            (
                "unknown structure ['tool']: take one of auto, json_schema, tool, "
                "json_object, prompt"
            ),
        ),
        (
            "reasoning_effort",
            "huge",
            (
                "unknown reasoning_effort 'huge': take one of none, minimal, low, "
                "medium, high"
            ),
        ),
        (
            "reasoning_effort",
            "",
            "unknown reasoning_effort '': take one of none, minimal, low, medium, high",
        ),
        (
            "context_tokens",
            0,
            "context_tokens must be a whole number of 1 or more, not 0",
        ),
        (
            "context_tokens",
            4096.5,
            "context_tokens must be a whole number of 1 or more, not 4096.5",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_in_one_sentence(
    name: str, value: object, line: str
) -> None:
    given: dict[str, Any] = {"base_url": "http://h/v1", "model": "m", name: value}

    with pytest.raises(SettingsError) as caught:
        Settings(**given)

    assert str(caught.value) == line


def test_how_an_answer_is_asked_for_can_be_set_in_the_environment() -> None:
    settings = Settings.from_env(
        {
            "OPENAI_BASE_URL": "http://h/v1",
            "SUMMARIZER_MODEL": "m",
            "SUMMARIZER_PROFILE": "groq",
            "SUMMARIZER_STRUCTURE": "tool",
            "SUMMARIZER_REASONING_EFFORT": "low",
        }
    )

    profile = profiles.choose(settings)
    assert (profile.name, profile.structure, profile.is_sure) == ("groq", "tool", True)
    assert settings.reasoning_effort == "low"


def test_python_reads_the_variables_as_the_command_does() -> None:
    assert Settings.from_env({"SUMMARIZER_TIMEOUT_S": "0.5"}).timeout_s == 0.5
