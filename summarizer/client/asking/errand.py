"""One question on its way: what it costs, and what was read of its answers."""

from dataclasses import dataclass, field
from typing import Final, Generic, cast

from openai.types.chat import ChatCompletion

from schemas.terms import Section
from summarizer.client.asking import answers, envelope
from summarizer.errors import ModelError
from summarizer.ports import AnswerT, Ask, Rejected, Reply, Usage

_SHOWN_AGAIN: Final = 2_000
"""Characters of a misfit answer that are shown to the model when it is asked again."""


@dataclass(slots=True)
class Errand(Generic[AnswerT]):
    """One question on its way: its costs, re-asks included, and its last answer.

    Attributes:
        ask: The question.
        model: Name of the model, for a sentence.
        usage: What it cost so far; refusals and answers that do not fit count too.
        found: What was read of the last answer that could be read.
        misfit: Why the last one that could not be read could not.
        is_misfit: Whether the very last one could not be read.
    """

    ask: Ask[AnswerT]
    model: str
    usage: Usage = field(default_factory=Usage)
    found: answers.Found | None = None
    misfit: str = ""
    is_misfit: bool = False

    def sent(self) -> None:
        """Count a request."""
        self.usage += Usage(calls=1)

    def counted(self, completion: ChatCompletion) -> ChatCompletion:
        """Count the tokens of an answer."""
        self.usage += envelope.usage_of(completion)
        return completion

    def recalled(self) -> None:
        """Count a reply that was kept: it cost nothing."""
        self.usage += Usage(kept_replies=1)

    def received(self, completion: ChatCompletion) -> ChatCompletion:
        """Put what fits in the place of what was written.

        An answer of which nothing fits stays as it was, cut: instructor asks again.
        """
        self.is_misfit = False
        choice = completion.choices[0]
        text = choice.message.content or ""
        at_limit = choice.finish_reason == "length"
        try:
            self.found = answers.read(text, self.ask.answer, at_limit=at_limit)
        except answers.UnreadableError as exc:
            self.misfit, self.is_misfit = str(exc), True
            choice.message.content = text[:_SHOWN_AGAIN]
            return completion
        choice.message.content = self.found.answer.model_dump_json()
        choice.finish_reason = "stop"
        return completion

    def reply(self, answer: object) -> Reply[AnswerT]:
        """Rid the answer of what instructor hangs on it; add what does not fit."""
        plain = self.ask.answer.model_validate_json(
            cast("AnswerT", answer).model_dump_json()
        )
        return self._reply(plain)

    def fitting(self) -> Reply[AnswerT]:
        """Take the last answer, which fits; add what of it does not."""
        assert self.found is not None  # noqa: S101  not misfit
        return self._reply(cast("AnswerT", self.found.answer))

    def _reply(self, plain: AnswerT) -> Reply[AnswerT]:
        if self.found is None:
            return Reply(plain, self.usage)
        rejected = tuple(
            Rejected(self._section(one.field), one.raw, one.reason)
            for one in self.found.rejected
        )
        why = f"the answer of {self.model!r} was cut; what was whole of it is kept"
        return Reply(plain, self.usage, rejected, why if self.found.is_cut else None)

    def _section(self, name: str) -> Section | None:
        """Tell the section of a field of the answer; None in the user's own."""
        if self.ask.own:
            return None
        return self.ask.section or cast("Section", _SECTIONS.get(name, name))


_SECTIONS = {"roles": "actors"}


def cost(exc: ModelError) -> Usage:
    """Tell what a question cost that failed."""
    return Usage(exc.calls, exc.prompt_tokens, 0, exc.completion_tokens)


def charged(exc: ModelError, spent: Usage) -> ModelError:
    """Add what the same question cost before its last failure."""
    exc.calls += spent.calls
    exc.prompt_tokens += spent.prompt_tokens
    exc.completion_tokens += spent.completion_tokens
    return exc
