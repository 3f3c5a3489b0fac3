"""What each kind of endpoint can do: one capability profile each.

From the servers' documentation and from trying; where an endpoint is unknown, the
profile asks for nothing that any of them refuses.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from summarizer.client import tokens
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
        sends_temperature: False where reasoning models refuse the field.
        strict: Whether to ask for strict adherence to the schema.
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
        ),
        Profile(
            name="azure",
            context_tokens=128_000,
            output_tokens=8_192,
            limit_field="max_completion_tokens",
            sends_temperature=False,
        ),
        # vLLM takes sampling defaults from the model: the temperature must be sent.
        Profile(name="vllm", context_tokens=16_384, tokenizer="vllm"),
        # Ollama cuts a prompt at its window without a word: stay well below.
        Profile(name="ollama", context_tokens=4_096, output_tokens=1_536, parallel=1),
        Profile(
            name="llamacpp", context_tokens=8_192, parallel=1, tokenizer="llamacpp"
        ),
        Profile(name="generic", context_tokens=16_384, strict=False),
    )
}

_HOSTS = (
    (
        re.compile(r"(^|\.)openai\.azure\.com$|(^|\.)cognitiveservices\.azure\.com$"),
        "azure",
    ),
    (re.compile(r"(^|\.)openai\.com$"), "openai"),
)
_PORTS = {11434: "ollama", 8000: "vllm", 8080: "llamacpp"}
"""The ports that these servers listen on unless told otherwise."""


def choose(settings: Settings) -> Profile:
    """Pick the profile for *settings*: as named, or told by the address.

    Returns:
        The profile, with the strategy and window that the settings ask for.
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
