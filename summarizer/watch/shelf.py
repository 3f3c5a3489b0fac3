"""The articles on their stories: what came is sorted, what a story holds is taken out."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import Version
from summarizer.watch.stories import by_hand
from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.sqlite import SqliteStore
from summarizer.watch.stories.values import Assignment, Piece, Rules

_QUIET: Final = Rules().quiet


class Shelf:
    """Knows which story an article belongs to, and what its newest version is."""

    def __init__(
        self, rows: sqlite3.Connection, seen: Seen, quiet: timedelta = _QUIET
    ) -> None:
        """Read the open stories.

        Args:
            rows: The database.
            seen: The articles.
            quiet: Time without an article after which a story is closed.
        """
        self._seen = seen
        self._store = SqliteStore(rows)
        self._stories = Stories(self._store, Rules(quiet=quiet))

    def closes_after(self, quiet: timedelta) -> None:
        """Close stories after another time without an article."""
        self._stories.rules = Rules(quiet=quiet)

    def sort(self, version: Version, now: datetime) -> Assignment:
        """Find the story of an article, or open one; a new version stays where it was."""
        published = version.metadata.published_at
        return self._stories.add(
            Piece(
                id=str(version.article_id),
                version=version.number,
                title=version.title or "",
                text=version.text,
                published=published if published and published.tzinfo else version.first_seen,
                language=version.metadata.language or "en",
                publisher=version.metadata.publisher or "",
            ),
            now=now,
        )  # fmt: skip

    def close_old(self, now: datetime) -> Sequence[str]:
        """Close the stories that were quiet for too long.

        Returns:
            Their ids.
        """
        return self._stories.close_quiet(now)

    def articles(self, story: str) -> list[Version]:
        """List the articles of a story as they stand now, in order of arrival.

        Copies of an article of the story are left out: they say nothing else, and each
        would be paid for.
        """
        found = []
        for kept in self._store.pieces(story):
            versions = self._seen.versions.of(int(kept.id))
            if versions and versions[-1].text and kept.copy_of is None:
                found.append(versions[-1])
        return found

    def all_of(self, story: str) -> list[tuple[Version, str | None]]:
        """List all articles of a story, each with the number of what it copies."""
        return [
            (versions[-1], kept.copy_of)
            for kept in self._store.pieces(story)
            if (versions := self._seen.versions.of(int(kept.id)))
        ]

    def absorbed(self) -> dict[str, str]:
        """List the stories that are part of others, each with the one that is left."""
        into = self._store.absorbed()
        return {story: self._stories.current(story) for story in into}

    def left(self, story: str, articles: Iterable[str]) -> frozenset[str]:
        """Find those of a story's articles that are another story now.

        Args:
            story: The story, which is part of no other.
            articles: Numbers of articles of which it once was made.
        """
        found = {one: self._store.piece(one) for one in articles}
        return frozenset(one for one, at in found.items() if at and at[1] != story)

    def split(self, story: str, articles: Sequence[str], now: datetime) -> str:
        """Take articles out of a story, for good.

        Returns:
            The story that they are now.

        Raises:
            InputError: The story or an article of it is not there.
        """
        return by_hand.split(self._stories, story, articles, now=now)

    def join(self, story: str, other: str) -> str:
        """Make one story of two, for good.

        Returns:
            The story that is left.

        Raises:
            InputError: One is not there.
        """
        return by_hand.join(self._stories, story, other)
