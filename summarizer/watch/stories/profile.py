"""What a story is about: the terms of its first piece and of its latest ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.watch.stories.values import Kept

MEMBERS = 12
"""Pieces by which a story is known: the first, which holds it where it began, and the
latest, which let it drift. More of them neither help nor fit in memory."""

MOST_NAMES = 150
MOST_WORDS = 250
"""Terms of a profile, the heaviest; what one piece alone says once is left out first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The terms of a story, in the order of the alphabet, with their mean weights.

    Attributes:
        names: Words of names.
        words: Stems and numbers, of all languages together.
        languages: Of its pieces.
    """

    names: Mapping[str, float]
    words: Mapping[str, float]
    languages: frozenset[str] = frozenset({"en"})


def of(members: Sequence[Kept]) -> Profile:
    """Sum up the pieces by which a story is known. Copies count like others."""
    return Profile(
        _mean([m.traits.names for m in members], MOST_NAMES),
        _mean([m.traits.words for m in members], MOST_WORDS),
        frozenset(m.traits.language for m in members),
    )


def known_by(members: Sequence[Kept]) -> tuple[Kept, ...]:
    """Choose the pieces by which a story is known from all, in order of arrival."""
    if len(members) <= MEMBERS:
        return tuple(members)
    return (members[0], *members[-(MEMBERS - 1) :])


def _mean(parts: Sequence[Mapping[str, float]], most: int) -> dict[str, float]:
    total: dict[str, float] = {}
    for part in parts:
        for term, weight in part.items():
            total[term] = total.get(term, 0.0) + weight / len(parts)
    heaviest = sorted(total, key=lambda term: (-total[term], term))[:most]
    return {term: total[term] for term in sorted(heaviest)}
