"""Which open stories hold a term: for candidates, and for how rare the term is."""

import math
from collections.abc import Mapping
from heapq import nsmallest

from summarizer.watch.stories import rarity
from summarizer.watch.stories.likeness import Weighed
from summarizer.watch.stories.profile import Profile
from summarizer.watch.stories.rarity import Kind

MOST_HOLDERS = 40
"""Stories that hold a term from which it finds no candidates: it would find them all."""

CANDIDATES = 5
"""Stories that are looked at closely. `benchmarks/stories.py` counts how often the right
one is not among them."""


class Index:
    """An inverted index of the profiles of open stories."""

    def __init__(self) -> None:
        self._holders: dict[Kind, dict[str, dict[str, None]]] = {
            "names": {},
            "words": {},
        }
        self._seen: dict[Kind, dict[str, float]] = {"names": {}, "words": {}}
        self._stories: dict[str, Profile] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def put(self, story: str, profile: Profile) -> None:
        """Hold a story by its profile, instead of by the one it had."""
        before = self._stories.get(story)
        self._stories[story] = profile
        kinds: tuple[Kind, Kind] = ("names", "words")
        for kind in kinds:
            new = getattr(profile, kind)
            old = getattr(before, kind) if before is not None else {}
            for term in new.keys() - old.keys():
                self._holders[kind].setdefault(term, {})[story] = None
                self._seen[kind].pop(term, None)
            for term in old.keys() - new.keys():
                self._leave(kind, term, story)

    def drop(self, story: str) -> None:
        """Forget a story."""
        profile = self._stories.pop(story)
        for term in profile.names:
            self._leave("names", term, story)
        for term in profile.words:
            self._leave("words", term, story)

    @property
    def most(self) -> float:
        """How much a term tells that no story holds: 5.3 in an empty index."""
        return math.log(len(self._stories) + rarity.PRIOR_STORIES)

    def weigh(self, terms: Mapping[str, float], kind: Kind) -> dict[str, float]:
        """Multiply the weight of each term by how much it tells; 0 when all texts hold it."""
        seen, most = self._seen[kind], self.most
        return {
            term: weight
            * (most - (seen[term] if term in seen else self._count(term, kind)))
            for term, weight in terms.items()
        }

    def _count(self, term: str, kind: Kind) -> float:
        """Count the stories that hold a term, as a logarithm, those of the file with them."""
        holders = len(self._holders[kind].get(term, ()))
        counted = math.log(
            max(1, holders) + rarity.share(term, kind) * rarity.PRIOR_STORIES
        )
        if holders:  # what no story holds is not remembered: it would grow without end
            self._seen[kind][term] = counted
        return counted

    def candidates(self, piece: Weighed) -> list[str]:
        """List the stories that share most rare terms with a piece, the likest first."""
        shared: dict[str, float] = {}
        for holders_of, terms in (
            (self._holders["names"], piece.names),
            (self._holders["words"], piece.words),
        ):
            for term, weight in terms.items():
                holders = holders_of.get(term, {})
                if len(holders) > MOST_HOLDERS:
                    continue
                told = weight * weight
                for story in holders:
                    shared[story] = shared.get(story, 0.0) + told
        return nsmallest(CANDIDATES, shared, key=lambda story: (-shared[story], story))

    def _leave(self, kind: Kind, term: str, story: str) -> None:
        holders = self._holders[kind][term]
        del holders[story]
        self._seen[kind].pop(term, None)
        if not holders:
            del self._holders[kind][term]
