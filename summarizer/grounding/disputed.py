"""What one source reports and somebody denies in another: asked, never decided."""

from collections.abc import Sequence

from schemas.briefing import OpenQuestion, Position, Request
from schemas.evidence import Evidence
from summarizer.grounding import contradictions
from summarizer.grounding.contradictions import About
from summarizer.grounding.wording import foreign, word_count

_MOST_WORDS = 20


def questions(
    requests: Sequence[Request], positions: Sequence[Position], about: About
) -> list[OpenQuestion]:
    """Ask which holds, for each statement or request that another source denies."""
    found = [
        _question(one, denial, f"{one.holder.name} says this and {denial.holder.name}")
        for one, denial in contradictions.denied(positions, about)
    ]
    found += [
        _question(one, two, f"{one.holder.name} is quoted both ways on this", "")
        for one, two in contradictions.opposed(positions, about)
    ]
    found += [
        _question(one, denial, f"{one.by.name} is said to ask this and")
        for one, denial in contradictions.asked_and_denied(requests, positions, about)
    ]
    return found


def _question(
    item: Request | Position,
    other: Position,
    parties: str,
    how: str = " denies it",
) -> OpenQuestion:
    evidence = (_told_first(item), _told_first(other))
    words = f"{parties}{how}: which holds?"
    cited = " ".join(e.exact for e in evidence)
    if word_count(words) > _MOST_WORDS or foreign(words, cited):
        words = "Two sources contradict each other on this: which holds?"
    return OpenQuestion(
        id="q0",
        kind="conflicting",
        question=words,
        evidence=evidence,
        about=item.id,
    )


def _told_first(item: Request | Position) -> Evidence:
    return item.evidence[0]
