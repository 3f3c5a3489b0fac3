"""What asking a model costs, in US dollars.

The user's own prices win. Otherwise those of genai-prices are taken, offline, for the
provider that the address names: a model of the same name on a machine of one's own costs
something else. They are those of the shortest prompts, where a provider has steps.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from summarizer.client import profiles
from summarizer.errors import SettingsError
from summarizer.ports import Usage
from summarizer.settings import Settings

_MILLION: Final = 1_000_000
_TRIED_TOKENS: Final = 1_000
"""Tokens by which a price is found; steps begin at 100,000 and more."""

_PROVIDERS: Final = {
    "openai": "openai", "azure": "azure", "anthropic": "anthropic", "gemini": "google",
    "mistral": "mistral", "groq": "groq", "deepseek": "deepseek", "openrouter": "openrouter",
}  # fmt: skip
"""By profile, the provider's name in genai-prices; the others are told by their address."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs.

    Attributes:
        read: US dollars for a million tokens of prompts.
        written: US dollars for a million tokens of answers; what is thought counts.
        cached: US dollars for a million tokens of prompts that the endpoint had kept.
    """

    read: float
    written: float
    cached: float

    def usd(self, usage: Usage) -> float:
        """Tell what *usage* costs, in US dollars."""
        fresh = max(0, usage.prompt_tokens - usage.cached_tokens)
        read = fresh * self.read + usage.cached_tokens * self.cached
        return (read + usage.completion_tokens * self.written) / _MILLION

    @property
    def halved(self) -> "Price":
        """The price in a batch, for which OpenAI and Azure take half."""
        return Price(self.read / 2, self.written / 2, self.cached / 2)


FREE: Final = Price(0, 0, 0)
"""The price of the embedded model."""


def of(settings: Settings) -> Price | None:
    """Find what the model of *settings* costs.

    Returns:
        The price; None when nobody knows it.
    """
    if settings.embedded:
        return FREE
    if settings.price_in is not None and settings.price_out is not None:
        cached = settings.price_cached
        kept = settings.price_in if cached is None else cached
        return Price(settings.price_in, settings.price_out, kept)
    return _listed(settings)


def known(settings: Settings) -> Price:
    """Find what the model of *settings* costs.

    Raises:
        SettingsError: Nobody knows it; the sentence says how to state it.
    """
    if (price := of(settings)) is not None:
        return price
    host = urlsplit(settings.url).hostname
    msg = (
        f"no price is known of {settings.model!r} at {host}: pass --price-in and "
        "--price-out, US dollars for a million tokens, or write them into a file "
        f'([prices."{settings.model}"], summarizer config path)'
    )
    raise SettingsError(msg)


def _listed(settings: Settings) -> Price | None:
    from genai_prices import Usage as Priced  # noqa: PLC0415  0.2 s, and rarely needed
    from genai_prices import calc_price  # noqa: PLC0415

    provider = _PROVIDERS.get(profiles.choose(settings).name)
    model = settings.model or ""

    def rate(read: int = 0, cached: int = 0, written: int = 0) -> float:
        used = Priced(
            input_tokens=read, cache_read_tokens=cached, output_tokens=written
        )
        if provider is not None:
            found = calc_price(used, model, provider_id=provider)
        else:
            found = calc_price(used, model, provider_api_url=settings.url)
        return float(found.total_price) * _MILLION / _TRIED_TOKENS

    try:
        return Price(
            rate(read=_TRIED_TOKENS),
            rate(written=_TRIED_TOKENS),
            rate(read=_TRIED_TOKENS, cached=_TRIED_TOKENS),
        )
    except (LookupError, ValueError):
        return None
