"""Ask a strong model: passage by passage, then once, blindly, about what is unconfirmed."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.draft import Blind, BlindAnswer, Drafted, WholeAnswer
from schemas.evidence import Frozen
from summarizer.composing import Drafts
from summarizer.errors import TooLongError
from summarizer.ports import Ask, Endpoint, Reply
from summarizer.prompting import second, whole
from summarizer.proof import judging
from summarizer.reading.reading import Reading
from summarizer.run import Failure, Outcome, Run
from summarizer.steps import batches
from summarizer.steps.batches import Batch, Step

Answered = list[tuple[Ask[Frozen], Outcome]]


def ask(readings: tuple[Reading, ...], endpoint: Endpoint, run: Run) -> Step[Drafts]:
    """Ask for the built-in sections; passages that are too long are asked in halves."""
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
    drafted, lines = _read(readings, answered)
    drafts = yield from batches.repaired(readings, drafted)
    answers = yield from _asked_again(readings, endpoint, drafts)
    return replace(drafts, lines=lines, answers=answers)


def _read(
    readings: tuple[Reading, ...], answered: Answered
) -> tuple[list[Drafted], tuple[str, ...]]:
    """Take the drafts and the bottom lines out of answers, in the order of the text."""
    order = {r.article.id: number for number, r in enumerate(readings)}
    answered.sort(key=lambda one: (order[one[0].source], one[0].spans[0].start))
    drafted: list[Drafted] = []
    lines: list[str] = []
    for ask, outcome in answered:
        if isinstance(outcome, Reply) and isinstance(outcome.answer, WholeAnswer):
            drafted += whole.drafted(ask, outcome.answer)
            lines.append(outcome.answer.bottom_line)
    return drafted, tuple(lines)


def _asked_again(
    readings: tuple[Reading, ...], endpoint: Endpoint, drafts: Drafts
) -> Step[Mapping[Drafted, Blind]]:
    """Ask once, blindly, about all that code could not show."""
    if not drafts.drafted:
        return {}
    proved = judging.prove(readings, drafts.drafted, verdicts=drafts.verdicts)
    calls = [
        call
        for r in readings
        for call in second.questions(
            r.article,
            [d for d in proved.unconfirmed if d.source == r.article.id],
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
    answered: Answered,
    names: dict[str, tuple[whole.Name, ...]],
    run: Run,
) -> Batch:
    """Cut the passages that the server found too long; they are no holes then.

    *answered* loses what is asked again.
    """
    articles = {r.article.id: r.article for r in readings}
    found: list[Ask[Frozen]] = []
    kept: Answered = []
    for ask, outcome in answered:
        halves: Batch = ()
        if isinstance(outcome, Failure) and isinstance(outcome.error, TooLongError):
            halves = whole.halves(articles[ask.source], ask, names[ask.source])
        if not halves:
            kept.append((ask, outcome))
        found += halves
    asked_again = {id(ask) for ask, _ in answered} - {id(ask) for ask, _ in kept}
    run.forget(asked_again)
    answered[:] = kept
    return tuple(found)
