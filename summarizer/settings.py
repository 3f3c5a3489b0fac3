"""Everything that can be set, read once at the edge into one frozen value."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

from summarizer.errors import SettingsError

ProfileName = Literal[
    "auto",
    "embedded",
    "openai",
    "azure",
    "anthropic",
    "gemini",
    "mistral",
    "groq",
    "deepseek",
    "openrouter",
    "vllm",
    "ollama",
    "lmstudio",
    "llamacpp",
    "litellm",
    "generic",
]
Strategy = Literal["auto", "focused", "whole"]
Structure = Literal["auto", "json_schema", "tool", "json_object", "prompt"]
"""How an answer in JSON is asked for: by its schema, as the arguments of a tool, as any
JSON object with the schema in the prompt, or by the prompt alone."""
Effort = Literal["none", "minimal", "low", "medium", "high"]

OPENAI_URL: Final = "https://api.openai.com/v1"
TIMEOUT_S: Final = 600.0
"""One request. The embedded model takes about a minute for the longest answer that
it may give, and twice that on a busy machine."""
MAX_CHARS: Final = 2_000_000
"""A report of 300,000 words. More is a wrong file sooner than a long article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to reach a model and how much to spend on it.

    Attributes:
        base_url: Root of an OpenAI-compatible API; None for the embedded model,
            or for OpenAI's own when there is a key.
        model: Name of the model there, or a path that ends in .gguf, which the
            embedded server then runs. None: the embedded model.
        api_key: Secret; never shown.
        profile: What the endpoint can do; "auto" tells by its address.
        strategy: How to ask; "auto" takes the profile's.
        structure: How an answer in JSON is asked for; "auto" takes the profile's, or
            what was learned of the endpoint.
        reasoning_effort: How long a reasoning model may think; None leaves it to the
            endpoint. Refused where an endpoint has no such field.
        context_tokens: Window of the model, prompt and answer together; None
            takes the profile's.
        requests_per_minute: Requests that the endpoint may be sent; None for what its
            headers name, if anything.
        tokens_per_minute: Tokens, read and written; likewise.
        price_in: US dollars for a million tokens of prompts; None for what is listed of
            the model, if anything.
        price_out: US dollars for a million tokens of answers; set with `price_in`.
        price_cached: The same for prompts that the endpoint had kept; None for `price_in`.
        timeout_s: Seconds for one request.
        max_reasks: Times that a misfit answer is asked for again, 0 or more.
        max_tries: Requests for one question when the transport fails, 1 or more.
        max_wait_s: Seconds that the waits between them may take together.
        max_chars: Longest article, in code points.
    """

    base_url: str | None = None
    model: str | None = None
    api_key: str | None = field(default=None, repr=False)
    profile: ProfileName = "auto"
    strategy: Strategy = "auto"
    structure: Structure = "auto"
    reasoning_effort: Effort | None = None
    context_tokens: int | None = None
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    price_in: float | None = None
    price_out: float | None = None
    price_cached: float | None = None
    timeout_s: float = TIMEOUT_S
    max_reasks: int = 1
    max_tries: int = 4
    max_wait_s: float = 60.0
    max_chars: int = MAX_CHARS

    def __post_init__(self) -> None:
        _check(self)

    @classmethod
    def from_env(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        base_url: str | None = None,
        model: str | None = None,
    ) -> "Settings":
        """Read the variables that choose the model; what is given here wins.

        Args:
            environ: The variables; the process's own when None.
            base_url: Root of an API, instead of `OPENAI_BASE_URL`.
            model: Name of a model, instead of `SUMMARIZER_MODEL`.

        A *base_url* without a *model* drops the model of the environment, which
        belongs to another server.

        `OPENAI_API_KEY`, `OPENAI_BASE_URL`, `SUMMARIZER_MODEL`,
        `SUMMARIZER_PROFILE`, `SUMMARIZER_STRATEGY`, `SUMMARIZER_STRUCTURE`,
        `SUMMARIZER_REASONING_EFFORT`, `SUMMARIZER_CONTEXT_TOKENS`,
        `SUMMARIZER_REQUESTS_PER_MINUTE`, `SUMMARIZER_TOKENS_PER_MINUTE`,
        `SUMMARIZER_PRICE_IN`, `SUMMARIZER_PRICE_OUT` and `SUMMARIZER_TIMEOUT_S`; empty ones count as not set.

        Raises:
            SettingsError: A variable has a value that cannot be used.
        """
        values = stated(os.environ if environ is None else environ)
        if base_url:
            values.pop("model", None)
        given = {"base_url": base_url, "model": model}
        values |= {name: value for name, value in given.items() if value}
        return cls(**values)

    @property
    def embedded(self) -> bool:
        """True when the model runs on this machine, inside our own server."""
        if self.model is not None and self.model.endswith(".gguf"):
            return True
        return self.base_url is None and self.api_key is None

    @property
    def url(self) -> str:
        """Root of the API to talk to, when the model is not embedded."""
        return self.base_url or OPENAI_URL


def _check(settings: Settings) -> None:
    """Refuse values that could only fail later, and less clearly."""
    _check_numbers(settings)
    _check_words(settings)
    _check_prices(settings)
    if settings.api_key is not None:
        _check_key(settings.api_key)
    if settings.base_url is not None:
        _check_url(settings.base_url)
    if not settings.embedded and settings.model is None:
        msg = (
            f"no model named for {urlsplit(settings.url).hostname}: pass --model NAME "
            "or set SUMMARIZER_MODEL (without OPENAI_API_KEY and OPENAI_BASE_URL "
            "the embedded model is used)"
        )
        raise SettingsError(msg)


def _check_words(settings: Settings) -> None:
    """Refuse a word that is none of its list, and texts that are none."""
    lists = {
        "profile": get_args(ProfileName),
        "strategy": get_args(Strategy),
        "structure": get_args(Structure),
        "reasoning_effort": (None, *get_args(Effort)),
    }
    for name, known in lists.items():
        value = getattr(settings, name)
        if value not in known:
            words = ", ".join(one for one in known if one is not None)
            msg = f"unknown {name} {value!r}: take one of {words}"
            raise SettingsError(msg)
    for name in ("base_url", "model", "api_key"):
        value = getattr(settings, name)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            kind = "blank" if isinstance(value, str) else type(value).__name__
            msg = f"{name} must be a text or None, not {kind}"
            raise SettingsError(msg)


def _check_numbers(settings: Settings) -> None:
    """Refuse numbers that are none, or out of range; a limit of NaN never ends."""
    least: dict[str, float] = {
        "timeout_s": 0.001,
        "max_wait_s": 0,
        "max_reasks": 0,
        "max_tries": 1,
        "max_chars": 1,
    }
    for name in ("context_tokens", "requests_per_minute", "tokens_per_minute"):
        if getattr(settings, name) is not None:
            least[name] = 1
    for name, low in least.items():
        value = getattr(settings, name)
        is_whole = name.endswith(("_s", "_minute")) or isinstance(value, int)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_number and is_whole and low <= value < _ENDLESS):
            is_any = name.endswith(("_s", "_minute"))
            kind = "a number" if is_any else "a whole number"
            msg = f"{name} must be {kind} of {low:g} or more, not {value!r}"
            raise SettingsError(msg)


def _check_prices(settings: Settings) -> None:
    """Refuse half a price, and one that is none; free is a price."""
    for name in PRICES:
        value = getattr(settings, name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (is_number and 0 <= value < _ENDLESS):
            msg = f"{name} must be a number of US dollars for a million tokens, not {value!r}"
            raise SettingsError(msg)
    if (settings.price_in is None) != (settings.price_out is None):
        there, missing = ("price_in", "price_out")[
            :: 1 if settings.price_out is None else -1
        ]
        msg = f"{there} is set and {missing} is not: a price has both"
        raise SettingsError(msg)


PRICES: Final = ("price_in", "price_out", "price_cached")
_ENDLESS: Final = 10**9
"""Thirty years in seconds; infinity is above it."""


def _check_key(key: str) -> None:
    """Refuse a key that no header can carry; its characters are not shown."""
    for number, char in enumerate(key, start=1):
        if not (char.isascii() and char.isprintable()):
            msg = (
                f"the key (OPENAI_API_KEY) has {len(key)} characters, and number {number} "
                "is none that a key can have: copy it again"
            )
            raise SettingsError(msg)


_SECRET: Final = re.compile(r"(?i)(?:key|token|secret|sig|password|auth)[^=&]*=")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as exc:
        msg = f"not a base URL: {url!r} ({exc})"
        raise SettingsError(msg) from exc
    if parts.username or parts.password:
        msg = "the base URL holds a password: pass the key as OPENAI_API_KEY instead"
        raise SettingsError(msg)
    if _SECRET.search(parts.query):
        msg = "the base URL holds a key in its query: pass the key as OPENAI_API_KEY instead"
        raise SettingsError(msg)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"not a base URL: {url!r} (it looks like https://host/v1)"
        raise SettingsError(msg)


VARIABLES: Final[Mapping[str, str]] = {
    "base_url": "OPENAI_BASE_URL",
    "model": "SUMMARIZER_MODEL",
    "api_key": "OPENAI_API_KEY",
    "profile": "SUMMARIZER_PROFILE",
    "strategy": "SUMMARIZER_STRATEGY",
    "structure": "SUMMARIZER_STRUCTURE",
    "reasoning_effort": "SUMMARIZER_REASONING_EFFORT",
    "context_tokens": "SUMMARIZER_CONTEXT_TOKENS",
    "requests_per_minute": "SUMMARIZER_REQUESTS_PER_MINUTE",
    "tokens_per_minute": "SUMMARIZER_TOKENS_PER_MINUTE",
    "price_in": "SUMMARIZER_PRICE_IN",
    "price_out": "SUMMARIZER_PRICE_OUT",
    "timeout_s": "SUMMARIZER_TIMEOUT_S",
}
"""The variable of each setting that has one."""

_WHOLE: Final = ("context_tokens", "requests_per_minute", "tokens_per_minute")


def stated(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read the variables that are set, by the name of the setting; empty ones are not.

    Raises:
        SettingsError: One is no number that must be one.
    """
    found = {name: environ.get(v, "").strip() for name, v in VARIABLES.items()}
    return {name: _value(name, text) for name, text in found.items() if text}


def keyed(settings: Settings, environ: Mapping[str, str] | None = None) -> Settings:
    """Put the key of the environment into settings that came without one.

    Args:
        settings: Settings from another process, which never hands on its key.
        environ: The variables; the process's own when None.

    Raises:
        SettingsError: There is no key in the environment.
    """
    found = stated(os.environ if environ is None else environ).get("api_key")
    if found is None:
        msg = "this worker has no key: set OPENAI_API_KEY in its environment before it starts"
        raise SettingsError(msg)
    return replace(settings, api_key=found)


def _value(name: str, text: str) -> object:
    if name == "timeout_s" or name in PRICES:
        unit = "seconds" if name == "timeout_s" else "US dollars"
        try:
            return float(text)
        except ValueError:
            msg = f"{VARIABLES[name]} must be a number of {unit}, not {text!r}"
            raise SettingsError(msg) from None
    if name not in _WHOLE:
        return text
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        msg = f"{VARIABLES[name]} must be a whole number above 0, not {text!r}"
        raise SettingsError(msg)
    return int(text)
