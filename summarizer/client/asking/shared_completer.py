"""The async client of a worker: others share its limits, and each request is noted."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from openai.types.chat import ChatCompletion

from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.limits import Lease, SharedLimits
from summarizer.client.replies import Replies, key_of
from summarizer.settings import Settings


class SharedCompleter(AsyncOpenAICompleter):
    """Asks an endpoint that other processes ask too."""

    def __init__(
        self,
        settings: Settings,
        *,
        replies: Replies,
        limits: SharedLimits | None,
        noted: Callable[[str], AbstractContextManager[None]],
    ) -> None:
        """Open a client; nothing is sent yet.

        Args:
            settings: Which model, and how it is asked.
            replies: Where replies are kept.
            limits: Let requests through for all processes; None for limits of its own.
            noted: Is entered around each request, with its key.
        """
        super().__init__(settings, replies=replies)
        self._shared, self._noted = limits, noted
        if limits is not None:
            self._limits = limits

    async def _let_through(self, body: Mapping[str, object]) -> Lease:
        if self._shared is None:
            return await super()._let_through(body)
        return await self._shared.lease(self._estimated(body))

    async def _sent(self, body: Mapping[str, object]) -> ChatCompletion:
        with self._noted(key_of(self._asked, body)):
            return await super()._sent(body)
