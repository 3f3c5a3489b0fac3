"""The order of the steps, nothing else: read, ask, check, assemble.

The steps are one generator that yields batches of questions and takes their outcomes,
so that the sync and the async way are the same way.
"""

import asyncio
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from schemas.briefing import (
    Briefing,
)
from schemas.draft import Blind, BlindAnswer, Drafted, WholeAnswer
from schemas.evidence import Frozen
from summarizer import composing
from summarizer.assembly.assemble import OwnDrafts, assemble
from summarizer.composing import Drafts
from summarizer.errors import (
    InputError,
    ModelError,
    TooLongError,
)
from summarizer.plan import EVERYTHING, Plan
from summarizer.ports import (
    Ask,
    AsyncCompleter,
    Completer,
    Endpoint,
    Progress,
    Progressed,
    Reply,
    silent,
)
from summarizer.prompting import focused, own, repair, second, whole
from summarizer.prompting.own import Room
from summarizer.proof import judging
from summarizer.reading.reading import Reading, read
from summarizer.run import Failure, NoModel, Outcome, Run
from summarizer.sources import Article


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a run."""

    briefing: Briefing


Steps = Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Briefing]


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
        progress(event.done, event.total, event.what)
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
) -> Briefing:
    """Brief the articles, asking as many questions at once as the endpoint likes.

    Arguments, result and errors are those of `brief`; an interrupted task is
    cancelled and delivers nothing.
    """
    if completer is None:
        return await asyncio.to_thread(
            brief, articles, None, plan=plan, progress=progress, clock=clock
        )
    run = Run(completer, clock, plan)
    steps = _steps(articles, completer, run)
    slots = asyncio.Semaphore(completer.parallel)

    def told(event: Progressed) -> None:
        progress(event.done, event.total, event.what)

    async def answer(ask: Ask[Frozen]) -> Outcome:
        async with slots:
            outcome: Outcome
            told(run.at(ask))
            if (stopped := run.stopped()) is not None:
                outcome = Failure(stopped)
            else:
                try:
                    outcome = run.took(await completer.complete(ask))
                except ModelError as exc:
                    outcome = run.failed(exc)
            run.noted(ask, outcome)
            told(run.at(ask))
            return outcome

    # Reading a long report takes seconds, in which the caller's event loop must go on.
    step = await asyncio.to_thread(_advance, steps)
    while not isinstance(step, Briefing):
        outcomes = await asyncio.gather(*(answer(ask) for ask in run.planned(step)))
        step = await asyncio.to_thread(_advance, steps, tuple(outcomes))
    return run.finished(step)


def _advance(
    steps: Steps, outcomes: tuple[Outcome, ...] | None = None
) -> tuple[Ask[Frozen], ...] | Briefing:
    """Hand over the outcomes of a batch; get the next one, or the briefing at the end."""
    try:
        return next(steps) if outcomes is None else steps.send(outcomes)
    except StopIteration as end:
        return cast("Briefing", end.value)


def _steps(articles: Sequence[Article], endpoint: Endpoint, run: Run) -> Steps:
    """Yield batches of questions, take their outcomes, return the briefing."""
    plan = run.plan
    ids = [article.id for article in articles]
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        msg = f"two articles have the id {twice!r}: give each a source_id of its own"
        raise InputError(msg)
    readings = tuple(read(article) for article in articles)
    unasked = tuple(OwnDrafts(one) for one in plan.sections)
    if isinstance(endpoint, NoModel):
        drafts = Drafts([], own=unasked)
        return composing.briefing(readings, endpoint, run, drafts, forms=True)
    drafts = Drafts([], own=unasked)
    is_whole = endpoint.strategy == "whole"
    if plan.only is None or plan.only:
        ask = _ask_whole if is_whole else _ask_focused
        drafts = yield from ask(readings, endpoint, run)
    if plan.sections:
        own_drafts = yield from _ask_own(readings, endpoint, run)
        drafts = replace(drafts, own=own_drafts)
    # What a strong model drafts stands by itself; forms judge it. When a model answered
    # nothing at all, what forms find is better than an empty hand.
    forms = (plan.forms and not is_whole) or run.is_empty_handed()
    return composing.briefing(readings, endpoint, run, drafts, forms=forms)


def _ask_own(
    readings: tuple[Reading, ...], endpoint: Endpoint, run: Run
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], tuple[OwnDrafts, ...]]:
    """Ask for the sections of the user's own; a strong model once more for its doubts."""
    wanted = run.plan.sections
    is_whole = endpoint.strategy == "whole"
    asks = tuple(
        ask
        for definition in wanted
        for r in readings
        for ask in (
            own.questions(r.article, definition, room=_room(endpoint))
            if is_whole
            else own.by_sentence(r.article, definition)
        )
    )
    outcomes = yield asks
    drafts = [
        draft
        for ask, outcome in zip(asks, outcomes, strict=True)
        if isinstance(outcome, Reply)
        for draft in own.drafted(ask, outcome.answer)
    ]
    asked = tuple(
        OwnDrafts(one, tuple(d for d in drafts if d.section == one.name))
        for one in wanted
    )
    if not is_whole:
        return asked
    doubted = {
        made.section.definition.name: made.doubted
        for made in assemble(readings, (), forms=False, asked=asked).own_made
    }
    again = [
        call
        for one in wanted
        for r in readings
        for call in own.second_questions(
            r.article,
            one,
            [d for d in doubted[one.name] if d[0].source == r.article.id],
            room=_room(endpoint),
        )
    ]
    if not again:
        return asked
    outcomes = yield tuple(ask for ask, _ in again)
    answers = own.answers(again, outcomes_of(outcomes))
    return tuple(replace(one, answers=answers) for one in asked)


def outcomes_of(outcomes: Iterable[Outcome]) -> list[Frozen | None]:
    """List the answers, None where there is none."""
    return [o.answer if isinstance(o, Reply) else None for o in outcomes]


def _room(endpoint: Endpoint) -> Room:
    return Room(endpoint.passage_tokens, endpoint.output_tokens, endpoint.count_tokens)


def _ask_focused(
    readings: tuple[Reading, ...], _endpoint: Endpoint, run: Run
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Drafts]:
    forms = run.plan.forms
    asks = tuple(
        ask
        for r in readings
        for ask in focused.by_sentence(
            r.article, r.settled() if forms else {}, r.worth_asking()
        )
        if ask.section is None or run.plan.wants(ask.section)
    )
    outcomes = yield asks
    drafts = yield from _repaired(readings, _drafted(asks, outcomes))
    names = assemble(readings, drafts.drafted, forms=forms).undescribed
    about_roles = (
        focused.roles(r.article, names.get(r.article.id, ())) for r in readings
    )
    more = tuple(ask for ask in about_roles if ask is not None)
    outcomes = yield more
    return replace(drafts, drafted=[*drafts.drafted, *_drafted(more, outcomes)])


def _repaired(
    readings: tuple[Reading, ...], drafted: list[Drafted]
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Drafts]:
    """Ask once more for what failed; what fails again stays withheld."""
    if not drafted:
        return Drafts(drafted)
    failed = [
        (d, refusal.check, refusal.reason)
        for d, refusal in assemble(readings, drafted).refused
    ]
    groups = repair.questions([r.article for r in readings], failed)
    if not groups:
        return Drafts(drafted)
    asks = tuple(ask for ask, _ in groups)
    outcomes = yield asks
    answers = [_drafted([a], [o]) for a, o in zip(asks, outcomes, strict=True)]
    every = [d for new in answers for d in new]
    refused = {id(d) for d, _ in assemble(readings, every).refused} if every else set()
    mended: list[Drafted] = []
    settled: set[int] = set()
    for (_, failing), new in zip(groups, answers, strict=True):
        held = [d for d in new if id(d) not in refused]
        if held:
            mended += held
            settled |= {id(d) for d in failing}
    kept = [d for d in drafted if id(d) not in settled]
    return Drafts([*kept, *mended])


def _ask_whole(
    readings: tuple[Reading, ...], endpoint: Endpoint, run: Run
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Drafts]:
    names = {
        r.article.id: tuple(whole.Name(*one) for one in r.directory.shortened())
        for r in readings
    }
    asks = tuple(
        ask
        for r in readings
        for ask in whole.questions(
            r.article,
            passage_tokens=endpoint.passage_tokens,
            max_tokens=endpoint.output_tokens,
            count=endpoint.count_tokens,
            names=names[r.article.id],
            only=run.plan.only,
        )
    )
    outcomes = yield asks
    answered = list(zip(asks, outcomes, strict=True))
    while too_long := _halved(readings, answered, names, run):
        outcomes = yield too_long
        answered += zip(too_long, outcomes, strict=True)
    drafted: list[Drafted] = []
    lines: list[str] = []
    order = {r.article.id: number for number, r in enumerate(readings)}
    answered.sort(key=lambda one: (order[one[0].source], one[0].spans[0].start))
    for ask, outcome in answered:
        if isinstance(outcome, Reply) and isinstance(outcome.answer, WholeAnswer):
            drafted += whole.drafted(ask, outcome.answer)
            lines.append(outcome.answer.bottom_line)
    drafts = yield from _repaired(readings, drafted)
    answers = yield from _asked_again(readings, endpoint, drafts.drafted)
    return replace(drafts, lines=tuple(lines), answers=answers)


def _asked_again(
    readings: tuple[Reading, ...], endpoint: Endpoint, drafted: list[Drafted]
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Mapping[Drafted, Blind]]:
    """Ask once, blindly, about all that code could not show."""
    if not drafted:
        return {}
    unconfirmed = judging.prove(readings, drafted).unconfirmed
    calls = [
        call
        for r in readings
        for call in second.questions(
            r.article,
            [d for d in unconfirmed if d.source == r.article.id],
            passage_tokens=endpoint.passage_tokens,
            max_tokens=endpoint.output_tokens,
            count=endpoint.count_tokens,
        )
    ]
    if not calls:
        return {}
    outcomes = yield tuple(call.ask for call in calls)
    answers: dict[Drafted, Blind] = {}
    for call, outcome in zip(calls, outcomes, strict=True):
        answer = outcome.answer if isinstance(outcome, Reply) else None
        for told in answer.items if isinstance(answer, BlindAnswer) else ():
            if 1 <= told.number <= len(call.drafts):
                answers[call.drafts[told.number - 1]] = told
    return answers


def _halved(
    readings: tuple[Reading, ...],
    answered: list[tuple[Ask[Frozen], Outcome]],
    names: dict[str, tuple[whole.Name, ...]],
    run: Run,
) -> tuple[Ask[Frozen], ...]:
    """Cut the passages that the server found too long; they are no holes then.

    *answered* loses what is asked again.
    """
    articles = {r.article.id: r.article for r in readings}
    found: list[Ask[Frozen]] = []
    kept: list[tuple[Ask[Frozen], Outcome]] = []
    for ask, outcome in answered:
        halves: tuple[Ask[Frozen], ...] = ()
        if isinstance(outcome, Failure) and isinstance(outcome.error, TooLongError):
            halves = whole.halves(articles[ask.source], ask, names[ask.source])
        if not halves:
            kept.append((ask, outcome))
        found += halves
    asked_again = {id(ask) for ask, _ in answered} - {id(ask) for ask, _ in kept}
    run.forget(asked_again)
    answered[:] = kept
    return tuple(found)


def _drafted(asks: Iterable[Ask[Frozen]], outcomes: Iterable[Outcome]) -> list[Drafted]:
    return [
        drafted
        for ask, outcome in zip(asks, outcomes, strict=True)
        if isinstance(outcome, Reply)
        for drafted in focused.drafted(ask, outcome.answer)
    ]
