"""What each kind of endpoint can do: one capability profile each.

From the servers' documentation and from trying; where an endpoint is unknown, the
profile asks for nothing that any of them refuses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

from summarizer.client import tokens
from summarizer.errors import SettingsError
from summarizer.settings import Settings

SMALL_BILLIONS = 4.0
"""Parameters, in 10^9, up to which a model is asked sentence by sentence. Tried at 1.5
only; the border is a guess, and `SUMMARIZER_STRATEGY` overrides it."""


SMALLEST_WHOLE = 4_096
"""Window in tokens below which the instructions of the whole strategy leave no room
for an article: such a model is asked sentence by sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How to talk to one kind of endpoint.

    Attributes:
        name: As in `--profile`.
        strategy: How its models are asked best.
        context_tokens: Window, prompt and answer together, unless set otherwise.
        output_tokens: Most that one whole answer may take.
        limit_field: Name of the field that limits the output.
        sends_temperature: False where reasoning models refuse the field; where only
            some do, it is left out once it was refused.
        strict: Whether to ask for strict adherence to the schema.
        structure: How an answer in JSON is asked for.
        is_sure: Whether all its models can do that. Otherwise the endpoint is tried
            when an answer does not fit, once, and what it can do is remembered.
        effort_field: Name of the field that limits reasoning; None when it has none,
            or ignores it.
        extra: Further fields that each request carries.
        parallel: Questions to have under way at once.
        tokenizer: How its server counts tokens for others; None when it does not.
    """

    name: str
    strategy: Literal["focused", "whole"] = "whole"
    context_tokens: int = 32_768
    output_tokens: int = 4_096
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    sends_temperature: bool = True
    strict: bool = True
    structure: Literal["json_schema", "tool", "json_object", "prompt"] = "json_schema"
    is_sure: bool = True
    effort_field: Literal["reasoning_effort", "reasoning.effort"] | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    parallel: int = 4
    tokenizer: tokens.Kind | None = None


PROFILES = {
    profile.name: profile
    for profile in (
        # One slot: parallel requests gained nothing on two cores and lost the
        # shared prefix.
        Profile(
            name="embedded",
            strategy="focused",
            context_tokens=4_096,
            parallel=1,
            tokenizer="llamacpp",
        ),
        Profile(
            name="openai",
            context_tokens=128_000,
            output_tokens=8_192,
            limit_field="max_completion_tokens",
            sends_temperature=False,
            effort_field="reasoning_effort",
        ),
        Profile(
            name="azure",
            context_tokens=128_000,
            output_tokens=8_192,
            limit_field="max_completion_tokens",
            sends_temperature=False,
            effort_field="reasoning_effort",
        ),
        # response_format, strict and reasoning_effort are ignored without a word.
        Profile(
            name="anthropic",
            context_tokens=200_000,
            output_tokens=8_192,
            strict=False,
            structure="tool",
        ),
        # What a model thinks counts as its output.
        Profile(
            name="gemini",
            context_tokens=128_000,
            output_tokens=8_192,
            effort_field="reasoning_effort",
        ),
        # A field that it does not know is refused with 422.
        Profile(
            name="mistral",
            context_tokens=128_000,
            output_tokens=8_192,
            effort_field="reasoning_effort",
        ),
        # Some of its models refuse a schema with 400.
        Profile(
            name="groq",
            context_tokens=32_768,
            output_tokens=8_192,
            limit_field="max_completion_tokens",
            effort_field="reasoning_effort",
            strict=False,
            is_sure=False,
        ),
        # JSON only, without a schema; the prompt must hold the word, and shows one.
        Profile(
            name="deepseek",
            context_tokens=64_000,
            output_tokens=8_192,
            effort_field="reasoning_effort",
            strict=False,
            structure="json_object",
        ),
        # Otherwise a request may go to a provider that ignores the schema.
        Profile(
            name="openrouter",
            context_tokens=32_768,
            output_tokens=8_192,
            effort_field="reasoning.effort",
            extra={"provider": {"require_parameters": True}},
            is_sure=False,
        ),
        # vLLM takes sampling defaults from the model: the temperature must be sent.
        Profile(
            name="vllm",
            context_tokens=16_384,
            effort_field="reasoning_effort",
            tokenizer="vllm",
        ),
        # Ollama cuts a prompt at its window without a word: stay well below.
        Profile(
            name="ollama",
            context_tokens=4_096,
            output_tokens=1_536,
            effort_field="reasoning_effort",
            parallel=1,
        ),
        # The window is what the person chose when loading; 4,096 unless told otherwise.
        Profile(name="lmstudio", context_tokens=4_096, output_tokens=1_536, parallel=1),
        Profile(
            name="llamacpp", context_tokens=8_192, parallel=1, tokenizer="llamacpp"
        ),
        # A proxy: what it can do is what the model behind it can.
        Profile(
            name="litellm",
            context_tokens=16_384,
            effort_field="reasoning_effort",
            strict=False,
            is_sure=False,
        ),
        Profile(name="generic", context_tokens=16_384, strict=False, is_sure=False),
    )
}

_HOSTS = (
    (
        re.compile(r"(^|\.)openai\.azure\.com$|(^|\.)cognitiveservices\.azure\.com$"),
        "azure",
    ),
    (re.compile(r"(^|\.)openai\.com$"), "openai"),
    (re.compile(r"^api\.anthropic\.com$"), "anthropic"),
    (re.compile(r"^generativelanguage\.googleapis\.com$"), "gemini"),
    (re.compile(r"(^|\.)mistral\.ai$"), "mistral"),
    (re.compile(r"(^|\.)groq\.com$"), "groq"),
    (re.compile(r"(^|\.)deepseek\.com$"), "deepseek"),
    (re.compile(r"(^|\.)openrouter\.ai$"), "openrouter"),
)
_PORTS = {
    11434: "ollama",
    8000: "vllm",
    8080: "llamacpp",
    1234: "lmstudio",
    4000: "litellm",
}
"""The ports that these servers listen on unless told otherwise."""


def choose(settings: Settings) -> Profile:
    """Pick the profile for *settings*: as named, or told by the address.

    Returns:
        The profile, with the strategy, window and structure that the settings ask for.

    Raises:
        SettingsError: The settings ask for what such an endpoint does not have.
    """
    name = settings.profile
    profile = PROFILES[_told_by_address(settings) if name == "auto" else name]
    if settings.strategy != "auto":
        profile = replace(profile, strategy=settings.strategy)
    elif _is_small(settings.model or ""):
        profile = replace(profile, strategy="focused")
    if settings.context_tokens is not None:
        profile = replace(profile, context_tokens=settings.context_tokens)
    if settings.strategy == "auto" and profile.context_tokens < SMALLEST_WHOLE:
        profile = replace(profile, strategy="focused")
    if settings.structure != "auto":
        profile = replace(profile, structure=settings.structure, is_sure=True)
    if settings.reasoning_effort is not None and profile.effort_field is None:
        msg = f"the profile {profile.name!r} has no field that limits reasoning: leave reasoning_effort out"
        raise SettingsError(msg)
    return profile


def _told_by_address(settings: Settings) -> str:
    if settings.embedded:
        return "embedded"
    parts = urlsplit(settings.url)
    for pattern, name in _HOSTS:
        if pattern.search(parts.hostname or ""):
            return name
    return _PORTS.get(parts.port or 0, "generic")


def _is_small(model: str) -> bool:
    """Tell a small model by the size in its name ("qwen2.5:1.5b", "…-3B-Instruct")."""
    sizes = re.findall(r"(?i)(?<![\w.])(\d+(?:\.\d+)?)b(?![a-z0-9])", model)
    return bool(sizes) and float(sizes[-1]) <= SMALL_BILLIONS
