"""A completer that answers every question with what a test wrote out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from schemas.draft import (
    DevelopmentDraft,
    PositionDraft,
    QuotedCasualty,
    QuotedPosition,
    QuotedQuestion,
    QuotedRequest,
    RoleDraft,
    SpeakerAnswer,
    WholeAnswer,
)
from schemas.evidence import Frozen
from summarizer.ports import AnswerT, Ask, Reply, Usage


@dataclass
class Scripted:
    """Answers as a capable model would, whatever it is asked."""

    answer: Frozen
    asked: list[Ask[Frozen]] = field(default_factory=list)
    strategy: Literal["focused", "whole"] = "whole"
    model: str = "scripted"
    host: str = "nowhere"
    passage_tokens: int = 40_000
    output_tokens: int = 1_000
    is_embedded: bool = True
    parallel: int = 1

    def count_tokens(self, text: str) -> int:
        """Guess: three letters make a token."""
        return len(text) // 3

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        self.asked.append(cast("Ask[Frozen]", ask))
        return Reply(cast("AnswerT", self.answer), Usage(calls=1))


def whole(
    *,
    requests: Sequence[QuotedRequest] = (),
    positions: Sequence[PositionDraft] = (),
    casualties: Sequence[QuotedCasualty] = (),
    developments: Sequence[DevelopmentDraft] = (),
    roles: Sequence[RoleDraft] = (),
    open_questions: Sequence[QuotedQuestion] = (),
    bottom_line: str = "",
) -> WholeAnswer:
    """Write out an answer of which most parts are empty."""
    return WholeAnswer(
        requests=tuple(requests),
        positions=tuple(QuotedPosition(**dict(one)) for one in positions),
        casualties=tuple(casualties),
        developments=tuple(developments),
        roles=tuple(roles),
        open_questions=tuple(open_questions),
        bottom_line=bottom_line,
    )


def blank(answer: type[AnswerT]) -> AnswerT:
    """Answer a short question with nothing, whatever its list is called."""
    empty = (
        {"who": ""}
        if answer is SpeakerAnswer
        else dict.fromkeys(answer.model_fields, ())
    )
    return answer.model_validate(empty)
