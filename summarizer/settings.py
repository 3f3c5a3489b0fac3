"""Everything that can be set, read once at the edge into one frozen value.

The environment itself is read in `summarizer.cli`; this module takes a mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast, get_args
from urllib.parse import urlsplit

from summarizer.errors import SettingsError

ProfileName = Literal[
    "auto", "embedded", "openai", "azure", "vllm", "ollama", "llamacpp", "generic"
]
Strategy = Literal["auto", "focused", "whole"]

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
        context_tokens: Window of the model, prompt and answer together; None
            takes the profile's.
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
    context_tokens: int | None = None
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
        environ: Mapping[str, str],
        *,
        base_url: str | None = None,
        model: str | None = None,
    ) -> "Settings":
        """Read the variables that choose the model; what is given here wins.

        A *base_url* without a *model* drops the model of the environment, which
        belongs to another server.

        `OPENAI_API_KEY`, `OPENAI_BASE_URL`, `SUMMARIZER_MODEL`,
        `SUMMARIZER_PROFILE`, `SUMMARIZER_STRATEGY`, `SUMMARIZER_CONTEXT_TOKENS` and
        `SUMMARIZER_TIMEOUT_S`; empty ones count as not set.

        Raises:
            SettingsError: A variable has a value that cannot be used.
        """

        def get(name: str) -> str | None:
            return environ.get(name, "").strip() or None

        return cls(
            base_url=base_url or get("OPENAI_BASE_URL"),
            model=model or (None if base_url else get("SUMMARIZER_MODEL")),
            api_key=get("OPENAI_API_KEY"),
            profile=cast("ProfileName", get("SUMMARIZER_PROFILE") or "auto"),
            strategy=cast("Strategy", get("SUMMARIZER_STRATEGY") or "auto"),
            context_tokens=_whole(environ, "SUMMARIZER_CONTEXT_TOKENS"),
            timeout_s=float(_whole(environ, "SUMMARIZER_TIMEOUT_S") or TIMEOUT_S),
        )

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
    if settings.profile not in get_args(ProfileName):
        names = ", ".join(get_args(ProfileName))
        msg = f"unknown profile {settings.profile!r}: take one of {names}"
        raise SettingsError(msg)
    if settings.strategy not in get_args(Strategy):
        names = ", ".join(get_args(Strategy))
        msg = f"unknown strategy {settings.strategy!r}: take one of {names}"
        raise SettingsError(msg)
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


def _check_numbers(settings: Settings) -> None:
    """Refuse numbers that are none, or out of range; a limit of NaN never ends."""
    least: dict[str, float] = {
        "timeout_s": 0.001,
        "max_wait_s": 0,
        "max_reasks": 0,
        "max_tries": 1,
        "max_chars": 1,
    }
    if settings.context_tokens is not None:
        least["context_tokens"] = 1
    for name, low in least.items():
        value = getattr(settings, name)
        is_whole = name.endswith("_s") or isinstance(value, int)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (is_number and is_whole and low <= value < _ENDLESS):
            kind = "a number" if name.endswith("_s") else "a whole number"
            msg = f"{name} must be {kind} of {low:g} or more, not {value!r}"
            raise SettingsError(msg)


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
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"not a base URL: {url!r} (it looks like https://host/v1)"
        raise SettingsError(msg)


def _whole(environ: Mapping[str, str], name: str) -> int | None:
    text = environ.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        msg = f"{name} must be a whole number above 0, not {text!r}"
        raise SettingsError(msg)
    return int(text)
