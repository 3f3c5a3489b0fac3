"""Open a completer for some settings, with the embedded server when it is needed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

from summarizer.client import profiles
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.client.purse import Purse
from summarizer.client.replies import Replies
from summarizer.client.serving import embedded, weights
from summarizer.errors import SettingsError
from summarizer.ports import Observer
from summarizer.settings import Settings


@contextlib.contextmanager
def served(settings: Settings, fetched: weights.Fetched) -> Iterator[Settings]:
    """Start the embedded server if *settings* choose it.

    Yields:
        Settings that name an endpoint which answers.

    Raises:
        WeightsError: The model cannot be fetched or started.
    """
    if not settings.embedded:
        yield settings
        return
    file, model = weights_of(settings.model, fetched)
    context_tokens = profiles.choose(settings).context_tokens
    with embedded.running(file, model=model, context_tokens=context_tokens) as address:
        profile = "embedded" if settings.profile == "auto" else settings.profile
        yield replace(
            settings,
            base_url=address.url,
            api_key=address.api_key,
            model=model,
            profile=profile,
        )


@contextlib.contextmanager
def completer(
    settings: Settings,
    fetched: weights.Fetched = lambda _done, _all: None,
    *,
    replies: Replies | None = None,
    purse: Purse | None = None,
) -> Iterator[OpenAICompleter]:
    """Open a client for *settings*, and close all that was opened for it."""
    with served(settings, fetched) as reached:
        client = OpenAICompleter(reached, replies=replies, purse=purse)
        try:
            yield client
        finally:
            client.close()


@contextlib.asynccontextmanager
async def async_completer(
    settings: Settings,
    fetched: weights.Fetched = lambda _done, _all: None,
    *,
    replies: Replies | None = None,
    purse: Purse | None = None,
    observer: Observer | None = None,
) -> AsyncIterator[AsyncOpenAICompleter]:
    """Open an async client for *settings*, and close all that was opened for it."""
    with contextlib.ExitStack() as stack:
        # Loading takes seconds: the caller's event loop must go on meanwhile.
        reached = await asyncio.to_thread(
            stack.enter_context, served(settings, fetched)
        )
        client = AsyncOpenAICompleter(
            reached, replies=replies, purse=purse, observer=observer
        )
        try:
            yield client
        finally:
            await client.close()


def weights_of(
    model: str | None, fetched: weights.Fetched = lambda _done, _all: None
) -> tuple[Path, str]:
    """Find the weights that *model* names, fetching the default ones if need be.

    Returns:
        The file, and the name under which briefings show it.

    Raises:
        SettingsError: *model* names neither a file of weights nor the default ones.
        WeightsError: The weights cannot be fetched or trusted.
    """
    if model is not None and model.endswith(".gguf"):
        file = weights.custom(model)
        return file, file.stem
    if model not in {None, weights.DEFAULT.name}:
        msg = (
            f"no endpoint for the model {model!r}: pass --base-url URL, set "
            "OPENAI_API_KEY, or name a file that ends in .gguf"
        )
        raise SettingsError(msg)
    return weights.pull(weights.DEFAULT, fetched), weights.DEFAULT.name
