"""What one source reports and somebody denies in another: asked, never decided."""

from collections.abc import Sequence

from schemas.briefing import OpenQuestion, Party, Position, Request
from schemas.evidence import Evidence
from summarizer.assembly.questions import contradictions
from summarizer.assembly.questions.contradictions import About
from summarizer.proof.wording import foreign, is_plural, word_count

_MOST_WORDS = 20


def questions(
    requests: Sequence[Request], positions: Sequence[Position], about: About
) -> list[OpenQuestion]:
    """Ask which holds, for each statement or request that another source denies."""
    found = [
        _question(
            one,
            denial,
            f"{_with_verb(one.holder, 'say')} this and {_with_verb(denial.holder, 'deny')} it",
        )
        for one, denial in contradictions.denied(positions, about)
    ]
    found += [
        _question(one, two, f"{_be(one.holder)} quoted both ways on this")
        for one, two in contradictions.opposed(positions, about)
    ]
    found += [
        _question(
            one,
            denial,
            f"{_be(one.by)} said to ask this, and {'deny' if is_plural(one.by.name) else 'denies'} it",
        )
        for one, denial in contradictions.asked_and_denied(requests, positions, about)
        if one.by is not None
    ]
    return found


def _with_verb(party: Party, verb: str) -> str:
    """Write "Chad says", "the rebels deny"."""
    ending = f"{verb.removesuffix('y')}ies" if verb == "deny" else f"{verb}s"
    return f"{party.name} {verb if is_plural(party.name) else ending}"


def _be(party: Party) -> str:
    return f"{party.name} {'are' if is_plural(party.name) else 'is'}"


def _question(
    item: Request | Position, other: Position, statement: str
) -> OpenQuestion:
    evidence = (_told_first(item), _told_first(other))
    words = f"{statement}: which holds?"
    # The name of who said it may stand in another sentence than the one cited.
    said_by = item.holder if isinstance(item, Position) else item.by
    name = said_by.name if said_by else ""
    cited = " ".join([*(e.exact for e in evidence), name])
    if word_count(words) > _MOST_WORDS or foreign(words, cited):
        words = "Two sources contradict each other on this: which holds?"
    return OpenQuestion(
        id="q0",
        kind="conflicting",
        question=f"{words[:1].upper()}{words[1:]}",
        evidence=evidence,
        about=item.id,
    )


def _told_first(item: Request | Position) -> Evidence:
    return item.evidence[0]
