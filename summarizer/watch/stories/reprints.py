"""Which piece of an open story a new one copies: the same agency text in two outlets.

The runs and the threshold are those of `assembly.several.copies`; here one text at a
time is compared with those that are still open.
"""

from collections import Counter

from summarizer.assembly.several import copies
from summarizer.watch.stories.traits import ONE_RUN_IN
from summarizer.watch.stories.values import Kept

FEWEST = 4
"""Kept runs from which two texts can be judged: about a fourth of `copies.FEWEST`."""

_PHRASE = copies.PHRASE // ONE_RUN_IN
"""Kept runs that a phrase in common may have."""

_MOST_HOLDERS = 50
"""Texts that share a run from which it is a standing phrase, and tells nothing."""


class Reprints:
    """The runs of the texts of open stories that copy nothing themselves."""

    def __init__(self) -> None:
        self._holders: dict[int, list[str]] = {}
        self._runs: dict[str, frozenset[int]] = {}

    def put(self, kept: Kept) -> None:
        """Hold a text; a copy is not held, since its original is."""
        self.drop(kept.id)
        if kept.copy_of is not None or len(kept.traits.runs) < FEWEST:
            return
        self._runs[kept.id] = kept.traits.runs
        for run in sorted(kept.traits.runs):
            self._holders.setdefault(run, []).append(kept.id)

    def drop(self, piece: str) -> None:
        """Forget a text."""
        for run in self._runs.pop(piece, ()):
            self._holders[run].remove(piece)
            if not self._holders[run]:
                del self._holders[run]

    def original(self, piece: str, runs: frozenset[int]) -> str | None:
        """Find the text that a piece shares most of, if it is enough for a copy."""
        if len(runs) < FEWEST:
            return None
        shared: Counter[str] = Counter()
        for run in runs:
            with_it = self._holders.get(run, ())
            if len(with_it) <= _MOST_HOLDERS:
                shared.update(with_it)
        shares = {
            other: count / fewer
            for other, count in shared.items()
            if other != piece
            and copies.is_copied(
                count, fewer := min(len(runs), len(self._runs[other])), _PHRASE
            )
        }
        return min(shares, key=lambda other: (-shares[other], other), default=None)
