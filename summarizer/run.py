"""What happens while questions are answered: costs, failures, the brake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from schemas.briefing import Briefing, Hole, OwnWithheld, Withheld
from schemas.draft import UnreadDraft
from schemas.evidence import Frozen, Span, cite
from summarizer.errors import (
    AccessError,
    BudgetError,
    EndpointError,
    InterruptedRunError,
    ModelError,
    SuspendedError,
)
from summarizer.plan import Plan
from summarizer.ports import Ask, Endpoint, Progressed, Rejected, Reply, Usage
from summarizer.sources import Article

BREAKER = 2
"""Questions in a row that a server fails, tries and all, before the rest is not asked:
each failure may have taken a minute of waiting."""


@dataclass(frozen=True, slots=True)
class NoModel:
    """Stands for the model of a briefing that was made without one."""

    model: str = "none"
    host: str = ""
    strategy: Literal["focused", "whole"] = "focused"
    passage_tokens: int = 0
    output_tokens: int = 0
    is_embedded: bool = True

    def count_tokens(self, text: str) -> int:
        """Count nothing: nobody is asked."""
        return len(text) * 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A question without an answer, and why."""

    error: ModelError


Strategy = Literal["focused", "whole"]
Outcome = Reply[Frozen] | Failure


@dataclass(slots=True)
class Run:
    """What happens while questions are answered: costs, failures, the brake.

    Attributes:
        suspended: Why a question is asked later, when one is.
    """

    endpoint: Endpoint
    clock: Callable[[], float]
    plan: Plan
    usage: Usage = field(default_factory=Usage)
    started: float = field(init=False)
    _done: int = 0
    _total: int = 0
    _in_a_row: int = 0
    _successes: int = 0
    _stop: ModelError | None = None
    _interrupted: bool = False
    unread: list[Withheld] = field(default_factory=list)
    own_unread: dict[str, list[OwnWithheld]] = field(default_factory=dict)
    _failed: list[tuple[Ask[Frozen], Failure]] = field(default_factory=list)
    _last_error: ModelError | None = None
    suspended: SuspendedError | None = None

    def __post_init__(self) -> None:
        self.started = self.clock()

    def seconds(self) -> float:
        """Tell how long the run has taken."""
        return self.clock() - self.started

    def planned(self, batch: tuple[Ask[Frozen], ...]) -> tuple[Ask[Frozen], ...]:
        """Count the questions of a batch before they are asked."""
        self._total += len(batch)
        return batch

    def answered(
        self, ask: Ask[Frozen], complete: Callable[[Ask[Frozen]], Reply[Frozen]]
    ) -> Outcome:
        """Answer one question, or say why not, keeping what was finished."""
        outcome: Outcome
        if (stopped := self.stopped()) is not None:
            outcome = Failure(stopped)
        else:
            try:
                outcome = self.took(complete(ask))
            except ModelError as exc:
                outcome = self.failed(exc)
            except KeyboardInterrupt:
                self._interrupted = True
                self._stop = ModelError("the run was interrupted")
                outcome = Failure(self._stop)
        return self.noted(ask, outcome)

    def noted(self, ask: Ask[Frozen], outcome: Outcome) -> Outcome:
        """Remember what became of a question."""
        if not ask.repairs:
            self._missed(ask, outcome)
        self._done += 1
        return outcome

    def _missed(self, ask: Ask[Frozen], outcome: Outcome) -> None:
        """Remember what of an answer is missing, and what of it fits nothing."""
        if isinstance(outcome, Failure):
            self._failed.append((ask, outcome))
            return
        if outcome.cut is not None:
            self._failed.append((ask, Failure(ModelError(outcome.cut))))
        if ask.own:
            self.own_unread.setdefault(ask.own, []).extend(
                _unread(ask.source, one) for one in outcome.rejected
            )
            return
        self.unread += [
            Withheld(
                section=one.section,
                item=UnreadDraft(raw=one.raw),
                source=ask.source,
                reason=one.reason,
                check="schema",
                found_by="model",
            )
            for one in outcome.rejected
            if one.section is not None
        ]

    def at(self, ask: Ask[Frozen]) -> Progressed:
        """Tell how far the run is, at a question."""
        return Progressed(
            self._done, self._total, ask.section or ask.own or "everything"
        )

    def stopped(self) -> ModelError | None:
        """Tell why nothing more is asked; None while the run goes on."""
        return self._stop

    def took(self, reply: Reply[Frozen]) -> Reply[Frozen]:
        """Count what an answer cost."""
        self.usage += reply.usage
        self._in_a_row = 0
        self._successes += 1
        self._mind_budget()
        return reply

    def failed(self, exc: ModelError) -> Failure:
        """Count what a failure cost, and pull the brake after some of them."""
        self.usage += Usage(exc.calls, exc.prompt_tokens, 0, exc.completion_tokens)
        self._last_error = exc
        self._in_a_row += isinstance(exc, EndpointError)
        self._mind_budget()
        if isinstance(exc, SuspendedError):
            self.suspended = self.suspended or exc
        if isinstance(exc, AccessError | BudgetError) or self._in_a_row >= BREAKER:
            self._stop = exc
        return Failure(exc)

    def _mind_budget(self) -> None:
        spent = self.usage.prompt_tokens + self.usage.completion_tokens
        if self.plan.budget_tokens is not None and spent >= self.plan.budget_tokens:
            msg = f"the budget of {self.plan.budget_tokens:,} tokens is spent"
            self._stop = self._stop or ModelError(msg)
        if (
            self.plan.budget_calls is not None
            and self.usage.calls >= self.plan.budget_calls
        ):
            msg = f"the budget of {self.plan.budget_calls:,} calls is spent"
            self._stop = self._stop or ModelError(msg)

    def holes(self, articles: Sequence[Article]) -> tuple[Hole, ...]:
        """Name the sentences whose question failed."""
        found: list[Hole] = []
        by_id = {article.id: article for article in articles}
        for ask, failure in self._failed:
            article = by_id[ask.source]
            seen = Span(start=ask.spans[0].start, end=ask.spans[-1].end)
            place = article.original(cite(article.id, article.text, seen))
            found.append(
                Hole(
                    section=ask.section or ask.own or None,
                    source=ask.source,
                    start=place.start,
                    end=place.end,
                    exact=place.exact,
                    reason=str(failure.error),
                )
            )
        return tuple(found)

    def failed_spans(self) -> dict[str, list[Span]]:
        """List, by source, the sentences whose question failed."""
        found: dict[str, list[Span]] = {}
        for ask, _ in self._failed:
            found.setdefault(ask.source, []).extend(ask.spans)
        return found

    def forget(self, asks: set[int]) -> None:
        """Drop the failures of questions, by `id`, that are asked again in parts."""
        if asks:
            self._failed = [one for one in self._failed if id(one[0]) not in asks]

    def is_empty_handed(self) -> bool:
        """Tell whether questions were asked and none was answered."""
        return self._successes == 0 and self._last_error is not None

    def finished(self, briefing: Briefing) -> Briefing:
        """Deliver, unless the endpoint cannot be asked or the run was interrupted."""
        if self._interrupted:
            kept = briefing if self._successes else None
            msg = f"interrupted: {self._successes} of {self._total} questions were answered"
            raise InterruptedRunError(msg, briefing=kept)
        # An answer that cannot be read is a hole; an endpoint that does not answer, or
        # refuses the key, is for the user to mend.
        error = self._last_error
        if self._successes == 0 and isinstance(error, (AccessError, EndpointError)):
            raise error
        return briefing


def _unread(source: str, one: Rejected) -> OwnWithheld:
    """List what an answer held in the place of an item of the user's own."""
    return OwnWithheld(
        source=source, quote=one.raw, fields={}, reason=one.reason, check="schema"
    )
