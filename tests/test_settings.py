"""Settings and profiles: what chooses the model, and how it is asked."""

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
