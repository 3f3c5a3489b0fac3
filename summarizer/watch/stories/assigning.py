"""Which story a piece belongs to: decided as it comes, the same way every time.

In this order: what it is a version of, what it copies, the open story that it is most
probably of, a closed story to which it is very near, a story of its own. What was decided
by hand comes before all of these (`by_hand`).
"""

from dataclasses import replace
from datetime import datetime

from summarizer.errors import InputError
from summarizer.watch.stories import profile
from summarizer.watch.stories import traits as reading
from summarizer.watch.stories.living import Living, number
from summarizer.watch.stories.store import Entry, Store
from summarizer.watch.stories.values import (
    Assignment,
    How,
    Kept,
    Piece,
    Rules,
    Traits,
)

_MOST_REOPENED = 3
"""Closed stories that are looked at closely for one piece."""


class Stories:
    """The stories of one stream. One at a time writes to a store."""

    def __init__(self, store: Store, rules: Rules | None = None) -> None:
        """Read the open stories from the store.

        Args:
            store: Keeps them.
            rules: What can be set.
        """
        self.store, self.rules = store, rules or Rules()
        self.living = Living()
        self._due: datetime | None = None  # before this, no story can be quiet enough
        for entry in store.open_stories():
            self.living.load(entry, store.pieces(entry.id))

    def add(self, piece: Piece, *, now: datetime) -> Assignment:
        """Tell which story a piece belongs to, and keep that.

        Args:
            piece: A version of an article. One that is not newer than what is known
                changes nothing.
            now: The time, with an offset; it never runs back.
        """
        self.close_quiet(now)
        known = self.store.piece(piece.id)
        if known is None:
            return self._placed(piece, reading.read(piece), now)
        kept, story = known
        if piece.version <= kept.version:
            return Assignment(piece.id, story, "stayed", copy_of=kept.copy_of)
        return self._again(piece, story, now)

    def close_quiet(self, now: datetime) -> tuple[str, ...]:
        """Close the stories to which nothing came for a while.

        Returns:
            Their ids, the oldest first.
        """
        if self._due is not None and now <= self._due:
            return ()
        stories = self.living.stories.values()
        quiet = [s for s in stories if now - s.latest > self.rules.quiet]
        for story in quiet:
            self.store.put_story(Entry(story.id, "closed", story.latest))
            self.store.mark(story.id, self.living.marks(story.profile))
            self.living.forget(story.id)
        latest = [s.latest for s in self.living.stories.values()]
        self._due = min(latest) + self.rules.quiet if latest else None
        return tuple(sorted((story.id for story in quiet), key=number))

    def story_of(self, piece: str) -> str | None:
        """Tell the story of a piece; None for a piece that never came."""
        known = self.store.piece(piece)
        return known[1] if known is not None else None

    def current(self, story: str) -> str:
        """Tell what a story is called now, if others absorbed it since.

        Raises:
            InputError: There never was such a story.
        """
        entry = self._entry(story)
        while entry.into is not None:
            entry = self._entry(entry.into)
        return entry.id

    # -- how a piece finds its story ---------------------------------------------

    def _placed(self, piece: Piece, traits: Traits, now: datetime) -> Assignment:
        """Find the story of a piece that is new."""
        kept = Kept(piece.id, piece.version, piece.published, traits)
        barred = self._barred(piece.id)
        copied = self._copied(kept, barred)
        if copied is not None:
            return self._joined(copied, self._place_of_original(copied), now)
        likely = self.living.likely(self.living.weighed(traits), barred)
        if likely is not None and likely[0] >= self.rules.joins:
            return self._joined(kept, likely[1], now, probability=likely[0])
        near = self._near_closed(traits, barred, now)
        if near is not None:
            self._reopen(near[1])
            kept = self._copied(kept, barred) or kept
            return self._joined(kept, near[1], now, probability=near[0], how="reopened")
        return self._opened(kept, now)

    def _again(self, piece: Piece, story: str, now: datetime) -> Assignment:
        """Keep a newer version where its article is.

        An article that is alone in its story is looked at anew: a note that grew into a
        report may show what it is about only now.
        """
        kept = Kept(piece.id, piece.version, piece.published, reading.read(piece))
        if story not in self.living.stories:
            self._reopen(story)
        there = self.living.stories[story].pieces
        if len(there) == 1:
            return self._reconsidered(kept, story, now)
        copied = self._copied(kept, frozenset())
        if copied is not None and copied.copy_of in there:
            kept = copied
        return self._joined(kept, story, now, how="stayed")

    def _reconsidered(self, kept: Kept, story: str, now: datetime) -> Assignment:
        """Look for the story of a piece that was alone; else it stays where it is."""
        barred = self._barred(kept.id) | {story}
        copied = self._copied(kept, barred)
        if copied is not None:
            return self._moved(
                copied, story, (1.0, self._place_of_original(copied)), now
            )
        likely = self.living.likely(self.living.weighed(kept.traits), barred)
        if likely is not None and likely[0] >= self.rules.joins:
            return self._moved(kept, story, likely, now)
        return self._joined(kept, story, now, how="stayed")

    def _barred(self, piece: str) -> frozenset[str]:
        """List the open stories that a piece may not join, by hand."""
        apart = self.store.apart(piece)
        found = (self.store.piece(other) for other in apart)
        return frozenset(known[1] for known in found if known is not None)

    def _copied(self, kept: Kept, barred: frozenset[str]) -> Kept | None:
        """Mark a piece as a copy, if it is one of a piece whose story it may join."""
        original = self.living.reprints.original(kept.id, kept.traits.runs)
        if original is None or self.living.story_of[original] in barred:
            return None
        return Kept(kept.id, kept.version, kept.published, kept.traits, original)

    def _near_closed(
        self, traits: Traits, barred: frozenset[str], now: datetime
    ) -> tuple[float, str] | None:
        """Find the closed story to which a piece is very near."""
        since = now - self.rules.quiet - self.rules.remembered
        marked = self.store.marked(self.living.marks(traits), since=since)
        found = [
            (self._probability(traits, story), story)
            for story in marked[:_MOST_REOPENED]
            if story not in barred
        ]
        near = [one for one in found if one[0] >= self.rules.reopens]
        return max(near, key=lambda one: (one[0], number(one[1])), default=None)

    def _probability(self, traits: Traits, story: str) -> float:
        """Tell how probably a piece is of a closed story."""
        members = profile.known_by(self.store.pieces(story))
        return self.living.probability(self.living.weighed(traits), members)

    def _place_of_original(self, copied: Kept) -> str:
        return self.living.story_of[copied.copy_of or ""]

    # -- what is written ---------------------------------------------------------

    def _opened(self, kept: Kept, now: datetime) -> Assignment:
        story = self.store.new_story(now)
        self.store.put_piece(kept, story)
        self.living.load(Entry(story, "open", now), [kept])
        return Assignment(kept.id, story, "opened")

    def _joined(
        self,
        kept: Kept,
        story: str,
        now: datetime,
        *,
        probability: float = 1.0,
        how: How = "joined",
    ) -> Assignment:
        self.store.put_piece(kept, story)
        self.living.take(kept, story, now)
        self.store.put_story(Entry(story, "open", self.living.stories[story].latest))
        return Assignment(kept.id, story, how, probability, kept.copy_of)

    def _moved(
        self, kept: Kept, before: str, to: tuple[float, str], now: datetime
    ) -> Assignment:
        """Let a piece that was alone join another story; its own ends in that."""
        probability, story = to
        latest = self.living.stories[before].latest
        self.living.forget(before)
        self.store.put_story(Entry(before, "absorbed", latest, story))
        made = self._joined(kept, story, now, probability=probability)
        # It came before others of that story: the order is that of the store.
        self.living.load(self._entry(story), self.store.pieces(story))
        return replace(made, absorbed=before)

    def _reopen(self, story: str) -> None:
        self.settle(replace(self._entry(story), state="open"))

    def _entry(self, story: str) -> Entry:
        entry = self.store.story(story)
        if entry is None:
            msg = f"there is no story {story!r}"
            raise InputError(msg)
        return entry

    def absorb(self, younger: str, older: str) -> None:
        """Let a story end in another, with all its pieces.

        Raises:
            InputError: One of them never was.
        """
        entry, into = self._entry(younger), self._entry(older)
        for kept in self.store.pieces(younger):
            self.store.put_piece(kept, older)
        self.living.forget(younger)
        self.store.put_story(Entry(younger, "absorbed", entry.latest, older))
        self.store.mark(younger, ())
        is_open = "open" in {entry.state, into.state}
        latest = max(entry.latest, into.latest)
        self.settle(Entry(older, "open" if is_open else "closed", latest))

    def settle(self, entry: Entry) -> None:
        """Write a story whose pieces changed, and read it anew."""
        self._due = None
        pieces = self.store.pieces(entry.id)
        self.store.put_story(entry)
        self.living.load(entry, pieces)
        if entry.state == "closed":
            marks = self.living.marks(self.living.stories[entry.id].profile)
            self.store.mark(entry.id, marks)
            self.living.forget(entry.id)
        else:
            self.store.mark(entry.id, ())
