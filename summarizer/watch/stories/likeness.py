"""How alike a piece and a story are, and what that says: the verdict.

Four signals, each 0 to 1. `names` is the cosine of the names, of the whole story or of
the piece of it that is nearest. `both` is the geometric mean of that and of the cosine of
the words: it is high only when neither is low, so that two floods in two places, which
share the words, and one minister in two affairs, who shares the names, stay apart. `lead`
is the cosine of the names that stand in the leads of both. `evidence` is how much the ten
rarest shared terms tell, however long the texts are. A logistic function makes a
probability of them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol

from summarizer.watch.stories.profile import Profile
from summarizer.watch.stories.rarity import Kind
from summarizer.watch.stories.values import Kept, Traits

BIAS = -9.3
OF_BOTH = 13.7
OF_NAMES = 3.8
OF_EVIDENCE = 4.2
OF_LEAD = 3.0
"""Weights of the logistic function, by Newton's method with an L2 penalty of 0.02 on the
pairs of a piece and a candidate of two sets: half of a month of a broadcaster's news (588
pairs, those of one war left out) and the invented days of the tests (152 pairs, twice
each). What the other half says stands in `docs/watch-stories.md`."""

_EVIDENCE_TERMS = 10


class Weigher(Protocol):
    """Knows how rare terms are."""

    def weigh(self, terms: Mapping[str, float], kind: Kind) -> dict[str, float]:
        """Multiply the weight of each term by how much it tells."""

    @property
    def most(self) -> float:
        """How much a term tells that no story holds."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The terms of a piece, weighed once for all stories that it is compared with."""

    names: Mapping[str, float]
    words: Mapping[str, float]
    lead: Mapping[str, float]
    language: str = "en"


def weighed(traits: Traits, weigher: Weigher) -> Weighed:
    """Weigh the terms of a piece."""
    names = weigher.weigh(traits.names, "names")
    lead = {term: names[term] for term in names if term in traits.lead}
    words = weigher.weigh(traits.words, "words")
    return Weighed(names, words, lead, traits.language)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the verdict rests on, each 0 to 1; the module says what each means."""

    both: float
    names: float
    evidence: float
    lead: float


def probability(
    piece: Weighed, profile: Profile, members: Sequence[Kept], weigher: Weigher
) -> float:
    """Tell how probably a piece is of a story, 0 to 1.

    Args:
        piece: Its terms.
        profile: Of the story.
        members: The pieces by which the story is known.
        weigher: Knows how rare terms are.
    """
    found = signals(piece, profile, members, weigher)
    total = (
        BIAS
        + OF_BOTH * found.both
        + OF_NAMES * found.names
        + OF_EVIDENCE * found.evidence
        + OF_LEAD * found.lead
    )
    return 1 / (1 + math.exp(-total))


def signals(
    piece: Weighed, profile: Profile, members: Sequence[Kept], weigher: Weigher
) -> Signals:
    """Compare a piece with a story; the arguments are those of `probability`."""
    named = [weigher.weigh(member.traits.names, "names") for member in members]
    names = weigher.weigh(profile.names, "names")
    words = weigher.weigh(profile.words, "words")
    nearest = max(_cosine(piece.names, other) for other in (names, *named))
    lead = max(
        _cosine(piece.lead, {t: w for t, w in other.items() if t in member.traits.lead})
        for member, other in zip(members, named, strict=True)
    )
    # Words of two languages do not meet: then the names speak for them.
    is_foreign = piece.language not in profile.languages
    worded = nearest if is_foreign else _cosine(piece.words, words)
    return Signals(
        both=math.sqrt(nearest * worded),
        names=nearest,
        evidence=_evidence(piece, profile, weigher),
        lead=lead,
    )


def _evidence(piece: Weighed, profile: Profile, weigher: Weigher) -> float:
    """Tell how much the rarest shared terms tell, 1 if no other story holds them."""
    names = {term: 1.0 for term in piece.names if term in profile.names}
    words = {term: 1.0 for term in piece.words if term in profile.words}
    told = [
        *weigher.weigh(names, "names").values(),
        *weigher.weigh(words, "words").values(),
    ]
    return sum(nlargest(_EVIDENCE_TERMS, told)) / (_EVIDENCE_TERMS * weigher.most)


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    few, many = sorted((one, two), key=len)
    shared = sum(weight * many[term] for term, weight in few.items() if term in many)
    if not shared:
        return 0.0
    return shared / math.sqrt(_square(one) * _square(two))


def _square(terms: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in terms.values())
