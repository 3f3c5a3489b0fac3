"""Ask for the sections of a user's own; a strong model once more for its doubts."""

from dataclasses import replace

from schemas.evidence import Frozen
from schemas.sections import SectionDefinition
from summarizer.assembly.assemble import OwnDrafts, assemble
from summarizer.ports import Ask, Endpoint, Reply
from summarizer.prompting import own
from summarizer.prompting.own import Room
from summarizer.reading.reading import Reading
from summarizer.run import Run
from summarizer.steps.batches import Batch, Step

SecondCall = tuple[Ask[Frozen], tuple[own.Asked, ...]]


def ask(
    readings: tuple[Reading, ...], endpoint: Endpoint, run: Run
) -> Step[tuple[OwnDrafts, ...]]:
    """Ask for each section, of each article."""
    wanted = run.plan.sections
    asks = _questions(readings, endpoint, wanted)
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
    again = _again(readings, endpoint, asked) if endpoint.strategy == "whole" else []
    if not again:
        return asked
    outcomes = yield tuple(ask for ask, _ in again)
    told = [o.answer if isinstance(o, Reply) else None for o in outcomes]
    answers = own.answers(again, told)
    return tuple(replace(one, answers=answers) for one in asked)


def _questions(
    readings: tuple[Reading, ...],
    endpoint: Endpoint,
    wanted: tuple[SectionDefinition, ...],
) -> Batch:
    is_whole = endpoint.strategy == "whole"
    return tuple(
        ask
        for definition in wanted
        for r in readings
        for ask in (
            own.questions(r.article, definition, room=_room(endpoint))
            if is_whole
            else own.by_sentence(r.article, definition)
        )
    )


def _again(
    readings: tuple[Reading, ...], endpoint: Endpoint, asked: tuple[OwnDrafts, ...]
) -> list[SecondCall]:
    """Ask blindly for the parties whose part code could not show."""
    doubted = {
        made.section.definition.name: made.doubted
        for made in assemble(readings, (), forms=False, asked=asked).own_made
    }
    return [
        call
        for one in asked
        for r in readings
        for call in own.second_questions(
            r.article,
            one.definition,
            [d for d in doubted[one.definition.name] if d[0].source == r.article.id],
            room=_room(endpoint),
        )
    ]


def _room(endpoint: Endpoint) -> Room:
    return Room(endpoint.passage_tokens, endpoint.output_tokens, endpoint.count_tokens)
