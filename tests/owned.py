"""Sections of a user's own, for tests: three definitions, and briefings of drafts."""

from collections.abc import Mapping, Sequence
from typing import Literal

from schemas.briefing import Briefing
from schemas.draft import BlindAnswer
from schemas.evidence import Frozen, Span
from schemas.sections import SectionDefinition
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.prompting.own import OwnDraft
from summarizer.proof.own import judging
from summarizer.proof.own.held import Held
from summarizer.reading.reading import read
from summarizer.reading.values import Refusal
from summarizer.sections import Doer, Number, Party, Section, Verbatim, define
from summarizer.sources import Article, make_article


class Sanction(Section):
    """Sanctions that someone imposes on someone."""

    by: Doer
    target: Party
    measure: Verbatim
    amount: Number | None = None


SANCTION = define(Sanction)


def judged(
    text: str,
    definition: SectionDefinition = SANCTION,
    /,
    *,
    asked: bool = False,
    **fields: str,
) -> Held | Refusal:
    """Judge a draft whose quotation is the whole text, or nothing when it was *asked*."""
    reading = read(make_article(text))
    span = Span(start=0, end=len(text)) if asked else None
    quote = fields.pop("quote", "" if asked else text)
    draft = OwnDraft(definition.name, "s1", quote, fields, span)
    return judging.judge(reading, definition, draft)


class Filled:
    """Answers each question about a section of the user's own with the same items."""

    def __init__(
        self,
        items: Sequence[Mapping[str, str]],
        *,
        strategy: Literal["focused", "whole"] = "whole",
        again: Sequence[Mapping[str, object]] = (),
    ) -> None:
        self.items, self.again = items, again
        self.strategy: Literal["focused", "whole"] = strategy
        self.asked: list[Ask[Frozen]] = []
        self.model, self.host = "scripted", "nowhere"
        self.passage_tokens, self.output_tokens = 40_000, 1_000
        self.is_embedded, self.parallel = True, 1

    def count_tokens(self, text: str) -> int:
        return len(text) // 3

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        self.asked.append(ask)  # type: ignore[arg-type]  # whatever its answer is
        if ask.answer is BlindAnswer:
            answer: Frozen = BlindAnswer.model_validate({"items": list(self.again)})
        else:
            words = ask.messages[-1].content
            told = [i for i in self.items if i.get("quote", "")[:20] in words]
            answer = ask.answer.model_validate({"items": told})
        return Reply(answer, Usage(calls=1))  # type: ignore[arg-type]  # as asked


def briefed(
    text: str | Sequence[Article],
    *items: Mapping[str, str],
    sections: Sequence[object] = (Sanction,),
    strategy: Literal["focused", "whole"] = "whole",
    again: Sequence[Mapping[str, object]] = (),
) -> Briefing:
    """Brief a text for sections of the user's own alone, on scripted answers."""
    articles = [make_article(text)] if isinstance(text, str) else list(text)
    plan = Plan(only=frozenset(), sections=tuple(map(define, sections)))
    filled = Filled(items, strategy=strategy, again=again)
    return brief(articles, filled, plan=plan, clock=lambda: 0.0)
