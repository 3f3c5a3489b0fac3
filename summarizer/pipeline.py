"""The order of the steps, nothing else: read, ask, check, assemble.

The steps are one generator that yields batches of questions and takes their outcomes,
so that the sync and the async way are the same way.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import cast

from schemas.briefing import Briefing
from schemas.evidence import Frozen
from summarizer import composing
from summarizer.assembly.assemble import OwnDrafts
from summarizer.composing import Drafts
from summarizer.errors import InputError, ModelError
from summarizer.plan import EVERYTHING, Plan
from summarizer.ports import (
    Ask,
    AsyncCompleter,
    Completer,
    Endpoint,
    Progress,
    Progressed,
    silent,
)
from summarizer.reading.reading import read
from summarizer.run import Failure, NoModel, Outcome, Run
from summarizer.sources import Article
from summarizer.steps import by_sentence, by_whole, own_sections
from summarizer.steps.batches import Batch, Step


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a run."""

    briefing: Briefing


_ANY_TIME = nullcontext()


def brief(
    articles: Sequence[Article],
    completer: Completer | None,
    *,
    plan: Plan = EVERYTHING,
    progress: Progress = silent,
    clock: Callable[[], float] = time.monotonic,
) -> Briefing:
    """Brief the articles, asking one question at a time.

    Args:
        articles: One or more, with different ids.
        completer: Answers the questions; without one the briefing holds what the form
            of sentences shows, in a fraction of a second.
        plan: Which sections, by which readers, for how much.
        progress: Is told how far the run is.
        clock: Tells seconds, from any start.

    Returns:
        The briefing. Questions that failed are holes in it; when all of them did, it
        holds what forms show.

    Raises:
        AccessError: The endpoint refuses the key, the address or the model.
        EndpointError: The endpoint cannot be reached or fails.
        InterruptedRunError: The run was interrupted; it carries what was finished.
    """
    for event in events(articles, completer, plan=plan, clock=clock):
        if isinstance(event, Finished):
            return event.briefing
        _tell(progress, event)
    raise AssertionError  # a run ends with its briefing, or with an error of ours


def events(
    articles: Sequence[Article],
    completer: Completer | None,
    *,
    plan: Plan = EVERYTHING,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Progressed | Finished]:
    """Brief the articles, and tell of each question before and after it is asked.

    Arguments and errors are those of `brief`.

    Yields:
        How far the run is; at the end the briefing.
    """
    endpoint = completer if completer is not None else NoModel()
    run = Run(endpoint, clock, plan)
    steps = _steps(articles, endpoint, run)
    step = _advance(steps)
    while not isinstance(step, Briefing):
        outcomes: list[Outcome] = []
        for ask in run.planned(step):
            if completer is None:
                continue
            yield run.at(ask)
            outcomes.append(run.answered(ask, completer.complete))
            yield run.at(ask)
        step = _advance(steps, tuple(outcomes))
    yield Finished(run.finished(step))


async def abrief(
    articles: Sequence[Article],
    completer: AsyncCompleter | None,
    *,
    plan: Plan = EVERYTHING,
    progress: Progress = silent,
    clock: Callable[[], float] = time.monotonic,
    turn: AbstractAsyncContextManager[object] = _ANY_TIME,
) -> Briefing:
    """Brief the articles, asking as many questions at once as the endpoint likes.

    Arguments, result and errors are those of `brief`; an interrupted task is
    cancelled and delivers nothing. *turn* is held while code reads and judges: who
    briefs many articles gives them one lock, since threads of one interpreter gain
    nothing by reading at once.

    Raises:
        SuspendedError: An answer comes later: go on then, from replies that are kept.
    """
    if completer is None:
        async with turn:
            return await asyncio.to_thread(
                brief, articles, None, plan=plan, progress=progress, clock=clock
            )
    run = Run(completer, clock, plan)
    steps = _steps(articles, completer, run)
    slots = asyncio.Semaphore(completer.parallel)

    async def answered(ask: Ask[Frozen]) -> Outcome:
        async with slots:
            return await _answered(ask, completer, run, progress)

    # Reading a long report takes seconds, in which the caller's event loop must go on.
    async with turn:
        step = await asyncio.to_thread(_advance, steps)
    while not isinstance(step, Briefing):
        outcomes = await asyncio.gather(*(answered(ask) for ask in run.planned(step)))
        if run.suspended is not None:
            raise run.suspended
        async with turn:
            step = await asyncio.to_thread(_advance, steps, tuple(outcomes))
    return run.finished(step)


async def _answered(
    ask: Ask[Frozen], completer: AsyncCompleter, run: Run, progress: Progress
) -> Outcome:
    """Ask one question, unless the run was stopped, and tell before and after."""
    outcome: Outcome
    _tell(progress, run.at(ask))
    if (stopped := run.stopped()) is not None:
        outcome = Failure(stopped)
    else:
        try:
            outcome = run.took(await completer.complete(ask))
        except ModelError as exc:
            outcome = run.failed(exc)
    run.noted(ask, outcome)
    _tell(progress, run.at(ask))
    return outcome


def _tell(progress: Progress, event: Progressed) -> None:
    progress(event.done, event.total, event.what)


def _advance(
    steps: Step[Briefing], outcomes: tuple[Outcome, ...] | None = None
) -> Batch | Briefing:
    """Hand over the outcomes of a batch; get the next one, or the briefing at the end."""
    try:
        return next(steps) if outcomes is None else steps.send(outcomes)
    except StopIteration as end:
        return cast("Briefing", end.value)


def _steps(articles: Sequence[Article], endpoint: Endpoint, run: Run) -> Step[Briefing]:
    """Yield batches of questions, take their outcomes, return the briefing."""
    plan = run.plan
    _check_ids([article.id for article in articles])
    readings = tuple(read(article) for article in articles)
    drafts = Drafts([], own=tuple(OwnDrafts(one) for one in plan.sections))
    if isinstance(endpoint, NoModel):
        return composing.briefing(readings, endpoint, run, drafts, forms=True)
    is_whole = endpoint.strategy == "whole"
    if plan.only is None or plan.only:
        ask = by_whole.ask if is_whole else by_sentence.ask
        drafts = yield from ask(readings, endpoint, run)
    if plan.sections:
        asked = yield from own_sections.ask(readings, endpoint, run)
        drafts = replace(drafts, own=asked)
    # What a strong model drafts stands by itself; forms judge it. When a model answered
    # nothing at all, what forms find is better than an empty hand.
    forms = (plan.forms and not is_whole) or run.is_empty_handed()
    return composing.briefing(readings, endpoint, run, drafts, forms=forms)


def _check_ids(ids: Sequence[str]) -> None:
    """Refuse two articles of one id: nobody could tell whose the words are."""
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        msg = f"two articles have the id {twice!r}: give each a source_id of its own"
        raise InputError(msg)
