"""What the steps of a run share: batches of questions, their outcomes, a second try.

A step is a generator: it yields a batch and takes the outcomes, so that whoever asks may
ask one question after another or many at once.
"""

from collections.abc import Generator, Iterable
from typing import TypeVar

from schemas.draft import Drafted
from schemas.evidence import Frozen
from summarizer.assembly.assemble import facts
from summarizer.assembly.context import Context
from summarizer.composing import Drafts
from summarizer.ports import Ask, Reply
from summarizer.prompting import focused, repair
from summarizer.proof import judging
from summarizer.proof.judging import Verdicts
from summarizer.reading.reading import Reading
from summarizer.run import Outcome

ResultT = TypeVar("ResultT")
Batch = tuple[Ask[Frozen], ...]
Step = Generator[Batch, tuple[Outcome, ...], ResultT]


def drafted(asks: Iterable[Ask[Frozen]], outcomes: Iterable[Outcome]) -> list[Drafted]:
    """List what the answers of a batch draft, in order."""
    return [
        drafted
        for ask, outcome in zip(asks, outcomes, strict=True)
        if isinstance(outcome, Reply)
        for drafted in focused.drafted(ask, outcome.answer)
    ]


def repaired(readings: tuple[Reading, ...], first: list[Drafted]) -> Step[Drafts]:
    """Ask once more for what failed; what fails again stays withheld."""
    if not first:
        return Drafts(first)
    verdicts = Verdicts()
    # What only an assembly refuses (disputed, surplus) is nothing that an answer mends.
    failed = [
        (d, refusal.check, refusal.reason)
        for d, refusal in judging.prove(readings, first, verdicts=verdicts).refused
    ]
    groups = repair.questions([r.article for r in readings], failed)
    if not groups:
        return Drafts(first, verdicts=verdicts)
    asks = tuple(ask for ask, _ in groups)
    outcomes = yield asks
    answers = [drafted([a], [o]) for a, o in zip(asks, outcomes, strict=True)]
    every = [d for new in answers for d in new]
    refused = _refused(readings, every) if every else set()
    mended: list[Drafted] = []
    settled: set[int] = set()
    for (_, failing), new in zip(groups, answers, strict=True):
        held = [d for d in new if id(d) not in refused]
        if held:
            mended += held
            settled |= {id(d) for d in failing}
    kept = [d for d in first if id(d) not in settled]
    return Drafts([*kept, *mended], verdicts=verdicts)


def _refused(readings: tuple[Reading, ...], every: list[Drafted]) -> set[int]:
    """List the drafts, by `id`, that are no items, or that a form reads otherwise."""
    made = facts(Context(readings), every, forms=True)
    return {id(d) for d, _ in made.refused}
