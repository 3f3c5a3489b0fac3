"""The open stories, in memory: what the next piece is compared with.

Everything here follows from what the store holds of open stories, so that a restart
finds the same. Closed stories leave, and memory with them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from summarizer.watch.stories import likeness, profile
from summarizer.watch.stories.index import Index
from summarizer.watch.stories.likeness import Weighed
from summarizer.watch.stories.profile import Profile
from summarizer.watch.stories.reprints import Reprints
from summarizer.watch.stories.store import Entry
from summarizer.watch.stories.values import Kept, Traits

MARKS = 12
"""Terms by which a closed story is found again."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open story.

    Attributes:
        id: Of the story.
        latest: When a piece last came.
        pieces: The ids of all its pieces.
        members: The pieces by which it is known.
        profile: What it is about.
    """

    id: str
    latest: datetime
    pieces: frozenset[str]
    members: tuple[Kept, ...]
    profile: Profile


class Living:
    """The open stories, with an index of their terms and of their texts."""

    def __init__(self) -> None:
        self.stories: dict[str, Open] = {}
        self.index = Index()
        self.reprints = Reprints()
        self.story_of: dict[str, str] = {}

    def load(self, entry: Entry, pieces: Sequence[Kept]) -> None:
        """Take a story in, instead of what was known of it."""
        self.forget(entry.id)
        for kept in pieces:
            self.reprints.put(kept)
            self.story_of[kept.id] = entry.id
        members = profile.known_by(pieces)
        ids = frozenset(kept.id for kept in pieces)
        self._set(Open(entry.id, entry.latest, ids, members, profile.of(members)))

    def take(self, kept: Kept, story: str, at: datetime) -> None:
        """Add a piece to a story, or a new version of one that it has."""
        one = self.stories[story]
        if kept.id in one.pieces:
            members = tuple(kept if m.id == kept.id else m for m in one.members)
        else:
            members = profile.known_by((*one.members, kept))
        self.reprints.put(kept)
        self.story_of[kept.id] = story
        self._set(
            replace(
                one,
                latest=max(at, one.latest),
                pieces=one.pieces | {kept.id},
                members=members,
                profile=profile.of(members),
            )
        )

    def forget(self, story: str) -> None:
        """Leave a story out, if it is here."""
        one = self.stories.pop(story, None)
        if one is None:
            return
        self.index.drop(story)
        for piece in one.pieces:
            self.reprints.drop(piece)
            self.story_of.pop(piece, None)

    def likely(
        self, piece: Weighed, barred: Collection[str]
    ) -> tuple[float, str] | None:
        """Find the story that a piece is most probably of; None when it is like none.

        Args:
            piece: Its terms.
            barred: Stories that are out of the question.
        """
        found = [
            (
                likeness.probability(piece, one.profile, one.members, self.index),
                one.id,
            )
            for one in map(self.stories.__getitem__, self.index.candidates(piece))
            if one.id not in barred
        ]
        return min(found, key=lambda one: (-one[0], number(one[1])), default=None)

    def probability(self, piece: Weighed, members: Sequence[Kept]) -> float:
        """Tell how probably a piece is of the story that is known by *members*."""
        return likeness.probability(piece, profile.of(members), members, self.index)

    def weighed(self, traits: Traits) -> Weighed:
        """Weigh the terms of a piece."""
        return likeness.weighed(traits, self.index)

    def marks(self, terms: Traits | Profile) -> frozenset[str]:
        """Choose the terms that tell most of a piece or a story."""
        told = {
            **self.index.weigh(terms.words, "words"),
            **self.index.weigh(terms.names, "names"),
        }
        return frozenset(sorted(told, key=lambda term: (-told[term], term))[:MARKS])

    def _set(self, story: Open) -> None:
        self.stories[story.id] = story
        self.index.put(story.id, story.profile)


def number(story: str) -> tuple[int, str]:
    """Order stories by age: their ids count up."""
    return len(story), story
