"""Which open stories hold a term: for candidates, and for how rare the term is."""

import math

from summarizer.watch.stories import rarity
from summarizer.watch.stories.profile import Profile
from summarizer.watch.stories.rarity import Kind
from summarizer.watch.stories.values import Traits

MOST_HOLDERS = 60
"""Stories that hold a term from which it finds no candidates: it would find them all."""

CANDIDATES = 8
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

    def rarity(self, term: str, kind: Kind) -> float:
        """Tell how much a term tells: 0 when all texts hold it, about 5 when one does.

        A number counts half: numbers meet by chance.
        """
        seen = self._seen[kind].get(term)
        if seen is None:
            holders = len(self._holders[kind].get(term, ()))
            before = rarity.share(term, kind) * rarity.PRIOR_STORIES
            seen = math.log(max(1, holders) + before)
            if holders:
                self._seen[kind][term] = seen
        rare = max(0.0, math.log(len(self._stories) + rarity.PRIOR_STORIES) - seen)
        return rare / 2 if term[0] == "#" else rare

    def candidates(self, traits: Traits) -> list[str]:
        """List the stories that share most rare terms with a piece, the likest first."""
        shared: dict[str, float] = {}
        kinds: tuple[Kind, Kind] = ("names", "words")
        for kind in kinds:
            for term, weight in getattr(traits, kind).items():
                holders = self._holders[kind].get(term, {})
                if not holders or len(holders) > MOST_HOLDERS:
                    continue
                told = weight * self.rarity(term, kind) ** 2
                for story in holders:
                    shared[story] = shared.get(story, 0.0) + told
        ranked = sorted(shared, key=lambda story: (-shared[story], story))
        return ranked[:CANDIDATES]

    def _leave(self, kind: Kind, term: str, story: str) -> None:
        holders = self._holders[kind][term]
        del holders[story]
        self._seen[kind].pop(term, None)
        if not holders:
            del self._holders[kind][term]
