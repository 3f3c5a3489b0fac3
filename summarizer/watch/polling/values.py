"""What is followed, what came of it, and what went wrong: plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from summarizer.errors import SettingsError
from summarizer.sources import Article, Layout, Metadata, make_article

SourceKind = Literal["feed", "folder", "addresses"]
ReadFrom = Literal["page", "feed", "file"]

LEAST_EVERY_S: Final = 60.0
"""Seconds between two looks at one source, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that is followed.

    Attributes:
        name: What it is called in reports and in the state; each has its own.
        kind: A feed (RSS, Atom, JSON Feed), a folder, or a file with one address of a
            page a line.
        place: Its address, or its path.
        every_s: Seconds between two looks; more where the source asks for it.
        backfill: How many of the newest articles the first look brings; the others of
            that look count as seen.
    """

    name: str
    kind: SourceKind
    place: str
    every_s: float = 900.0
    backfill: int = 0

    def __post_init__(self) -> None:
        """Refuse values that cannot be meant.

        Raises:
            SettingsError: A blank name or place, or a number out of its range.
        """
        if not self.name.strip() or not self.place.strip():
            msg = (
                f"a source needs a name and a place, not {self.name!r}, {self.place!r}"
            )
            raise SettingsError(msg)
        if self.every_s < LEAST_EVERY_S:
            msg = f"the source {self.name!r} cannot be looked at every {self.every_s:g} seconds: {LEAST_EVERY_S:g} is the least"
            raise SettingsError(msg)
        if self.backfill < 0:
            msg = f"the source {self.name!r} cannot bring {self.backfill} articles"
            raise SettingsError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article as it was read once; another version is the same article, edited.

    Attributes:
        article_id: Of the article; the same for all its versions.
        number: 1 for the article as it was first brought.
        title: Its title, plain text.
        text: Its text, as read.
        metadata: What is known of it; `published_at` is a time that can be.
        layout: What the form of the document says about its text.
        first_seen: When any source first listed the article.
        fetched_at: When this version was read.
        source: Name of the source that brought it.
        read_from: Its page, the feed's own text, or a file.
    """

    article_id: int
    number: int
    title: str | None
    text: str
    metadata: Metadata
    layout: Layout
    first_seen: datetime
    fetched_at: datetime
    source: str
    read_from: ReadFrom

    def article(self, source_id: str = "s1") -> Article:
        """Make it an article, ready to be read."""
        return make_article(
            self.text, metadata=self.metadata, source_id=source_id, layout=self.layout
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person should know, in one line.

    Attributes:
        source: Name of the source.
        kind: "failing" is tried again, later each time; "ended" is said once and never
            looked at again; "moved" is followed; "page" is an article that waits;
            "lost" is one that will not be brought; "note" is all else.
        words: The line, without the source's name.
        cause: The part of them that tells it from other troubles; blank for all of them.
    """

    source: str
    kind: Literal["failing", "ended", "moved", "page", "lost", "note"]
    words: str
    cause: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """What one round brought.

    Attributes:
        versions: New articles and new versions, in the order they were read.
        troubles: One line for each.
        polled: Sources that were looked at.
        unchanged: Those of them that had nothing to say.
        waiting: Articles that are known and not read yet.
    """

    versions: tuple[Version, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    polled: int = 0
    unchanged: int = 0
    waiting: int = 0
