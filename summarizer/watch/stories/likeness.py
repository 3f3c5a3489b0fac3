"""How alike a piece and a story are, and what that says: the verdict.

Two signals. `names` is the cosine of the names, of the whole story or of the piece of it
that is nearest. `both` is the geometric mean of that and of the cosine of the words: it
is high only when neither is low, so that two floods in two places, which share the
words, and one minister in two affairs, who shares the names, stay apart. A logistic
function makes a probability of them.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from summarizer.watch.stories.profile import Profile
from summarizer.watch.stories.rarity import Kind
from summarizer.watch.stories.values import Kept, Traits

Rarity = Callable[[str, Kind], float]

BIAS = -8.4
OF_NAMES = 7.2
OF_BOTH = 18.7
"""Weights of the logistic function, by Newton's method with an L2 penalty of 0.02 on the
pairs of a piece and an open story of two sets: half of a month of a broadcaster's news
(4,141 pairs) and the invented days of the tests (319); `benchmarks/stories.py` measures
on the other half."""


def probability(
    traits: Traits, profile: Profile, members: Sequence[Kept], rarity: Rarity
) -> float:
    """Tell how probably a piece is of a story, 0 to 1.

    Args:
        traits: Of the piece.
        profile: Of the story.
        members: The pieces by which the story is known.
        rarity: Tells how much a term tells, 0 or more.
    """
    own = _weighed(traits.names, "names", rarity)
    names = max(
        _cosine(own, _weighed(profile.names, "names", rarity)),
        *(_cosine(own, _weighed(m.traits.names, "names", rarity)) for m in members),
    )
    words = _cosine(
        _weighed(traits.words, "words", rarity),
        _weighed(profile.words, "words", rarity),
    )
    return 1 / (1 + math.exp(-(BIAS + OF_NAMES * names + OF_BOTH * math.sqrt(names * words))))


def _weighed(terms: Mapping[str, float], kind: Kind, rarity: Rarity) -> dict[str, float]:
    return {term: weight * rarity(term, kind) for term, weight in terms.items()}


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    shared = sum(weight * two[term] for term, weight in one.items() if term in two)
    if not shared:
        return 0.0
    return shared / math.sqrt(_square(one) * _square(two))


def _square(terms: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in terms.values())
