"""Who answers from what is kept, and writes down what is not: it is asked later."""

from collections.abc import Callable, Mapping

from openai.types.chat import ChatCompletion

from summarizer.client.asking import faults
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.errand import Errand
from summarizer.client.replies import Replies, key_of
from summarizer.client.tokens import most_of
from summarizer.errors import ModelError, TooLongError, WaitingError
from summarizer.ports import AnswerT, Usage
from summarizer.settings import Settings

Wanted = Callable[[str, Mapping[str, object], Usage], str | None]
"""Is told of a request that nobody answered yet: its key, its body, what it takes at
most. Returns why it will not be answered, or None when it is asked later."""


class CollectingCompleter(AsyncOpenAICompleter):
    """Answers from kept replies; sends nothing."""

    def __init__(self, settings: Settings, *, replies: Replies, wanted: Wanted) -> None:
        """Open nothing.

        Args:
            settings: Who would be asked, and how.
            replies: What was answered.
            wanted: Is told of each request that was not.
        """
        super().__init__(settings, replies=replies)
        self._wanted = wanted

    async def _answered(
        self, body: Mapping[str, object], errand: Errand[AnswerT]
    ) -> ChatCompletion:
        """Take the reply that is kept for a request, or write the request down.

        Raises:
            WaitingError: It is asked later.
            TooLongError: It was refused for its length.
            ModelError: It was asked, and there will be no answer.
        """
        if (kept := self._kept(body)) is not None:
            errand.recalled()
            return kept
        why = self._wanted(key_of(self._asked, body), body, most_of(body))
        if why is None:
            raise WaitingError("the answer comes with a batch")
        if faults.says_too_long(why):
            raise TooLongError(why)
        raise ModelError(why)

    def _post(self, url: str, body: dict[str, object]) -> object:
        """Ask nobody to count: an estimate is the same each time.

        Raises:
            WaitingError: Always.
        """
        raise WaitingError(f"nothing is asked of {url} ({len(body)} fields)")

    def _try_sent(self, fields: Mapping[str, object]) -> ChatCompletion:
        """Try nothing out.

        Raises:
            LostAnswerError: Always.
        """
        raise faults.LostAnswerError(f"nothing is asked ({len(fields)} fields)")
