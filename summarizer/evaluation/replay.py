"""Keep a model's answers, and answer the same questions with them again.

With kept answers everything after the model can be run again in seconds, after every
change of the code: the same drafts, other checks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from schemas.evidence import Frozen
from schemas.terms import Section
from summarizer.errors import ModelOutputError
from summarizer.ports import AnswerT, Ask, Completer, Reply, Usage


class Answer(Frozen):
    """One answer of a model, and which question it answered."""

    section: Section | None
    asked: str
    """The sentence that the question was about, or its whole last message."""

    repairs: bool = False
    answer: dict[str, Any]


@dataclass
class Recorder:
    """Passes questions on to a model and keeps its answers."""

    inner: Completer
    answers: list[Answer] = field(default_factory=list)

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.inner.model

    @property
    def host(self) -> str:
        """Host of its server."""
        return self.inner.host

    @property
    def strategy(self) -> Literal["focused", "whole"]:
        """How it is asked."""
        return self.inner.strategy

    @property
    def passage_tokens(self) -> int:
        """Tokens of article text that one question may hold."""
        return self.inner.passage_tokens

    @property
    def output_tokens(self) -> int:
        """Tokens that one whole answer may take."""
        return self.inner.output_tokens

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text, as the model does."""
        return self.inner.count_tokens(text)

    @property
    def is_embedded(self) -> bool:
        """Whether it runs on this machine."""
        return self.inner.is_embedded

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Ask the model, and keep what it answers."""
        reply = self.inner.complete(ask)
        section, asked, repairs = _key(ask)
        self.answers.append(
            Answer(
                section=section,
                asked=asked,
                repairs=repairs,
                answer=reply.answer.model_dump(mode="json"),
            )
        )
        return reply


@dataclass
class Replayer:
    """Answers questions with kept answers; no model.

    Attributes:
        missing: Questions that were never answered: the code asks something new.
    """

    answers: Iterable[Answer]
    model: str = "replayed"
    host: str = "none"
    strategy: Literal["focused", "whole"] = "focused"
    passage_tokens: int = 3_000
    output_tokens: int = 2_000
    is_embedded: bool = True
    missing: int = 0
    _by_key: dict[tuple[Section | None, str, bool], list[Answer]] = field(
        default_factory=dict
    )

    def count_tokens(self, text: str) -> int:
        """Count three code points for a token."""
        return len(text) // 3

    def __post_init__(self) -> None:
        for one in self.answers:
            key = (one.section, one.asked, one.repairs)
            self._by_key.setdefault(key, []).append(one)

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer with what was kept.

        Raises:
            ModelOutputError: Nothing was kept that answers this question.
        """
        kept = self._by_key.get(_key(ask))
        if not kept:
            self.missing += 1
            if ask.repairs:
                raise ModelOutputError("no answer was kept for this question")
            return Reply(_empty(ask), Usage())
        one = kept.pop(0) if len(kept) > 1 else kept[0]
        try:
            return Reply(ask.answer.model_validate(one.answer), Usage(calls=1))
        except ValidationError as exc:
            msg = "the kept answer does not fit the question any more"
            raise ModelOutputError(msg) from exc


def _empty(ask: Ask[AnswerT]) -> AnswerT:
    try:
        return ask.answer.model_validate(dict.fromkeys(ask.answer.model_fields, ()))
    except ValidationError as exc:
        raise ModelOutputError("no answer was kept for this question") from exc


def _key(ask: Ask[AnswerT]) -> tuple[Section | None, str, bool]:
    """Name a question by what it is about, whatever the words of the prompt."""
    last = ask.messages[-1].content
    if ask.asked is None:
        return ask.section, last, ask.repairs
    about = next(
        m.content
        for m in reversed(ask.messages[: -2 if ask.repairs else None])
        if m.role == "user"
    )
    return ask.section, about, ask.repairs
