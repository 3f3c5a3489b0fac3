"""What a reader of one format hands over: plain text and what the document says of itself.

Plain values that travel as JSON from the child process in which documents are parsed;
no third party, so that the child starts fast.
"""

from dataclasses import dataclass


class UnreadableError(Exception):
    """A document cannot be read. Its words go on after the document's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The text of a document; None is not stated.

    Attributes:
        text: Paragraphs with blank lines between them.
        byline: Who wrote it.
        language: BCP 47 code.
        canonical: The address that it gives as its own.
        published: Day of publication as YYYY-MM-DD.
        published_at: The same to the second, in ISO 8601 with the offset from UTC.
        updated: Day of the last change, likewise.
        updated_at: Its time, likewise.
        pages: Where each page starts, in code points of `text`; empty without pages.
        asides: Start, end and reason of stretches that are not the author's news.
        notes: What was left out or guessed; one sentence without a stop each.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    language: str | None = None
    canonical: str | None = None
    published: str | None = None
    published_at: str | None = None
    updated: str | None = None
    updated_at: str | None = None
    pages: tuple[int, ...] = ()
    asides: tuple[tuple[int, int, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of a feed, as plain text; None is not stated.

    Attributes:
        guid: What the feed calls it; its address, or a hash of its words, when it has
            no name.
        link: The address of the article, as it was written.
        content: The longest text that the feed gives of it, without markup.
        published: In ISO 8601, in UTC or with the offset, to the second.
        updated: Likewise.
    """

    guid: str
    link: str | None = None
    title: str | None = None
    content: str = ""
    byline: str | None = None
    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed; None is not stated.

    Attributes:
        title: The publisher's name for it.
        language: BCP 47 code.
        every_s: Seconds that it wants between two looks at it.
        items: The newest first where all state a time, else in their order.
        notes: What was left out or guessed; one sentence without a stop each.
    """

    title: str | None = None
    language: str | None = None
    every_s: float | None = None
    items: tuple[FeedItem, ...]
    notes: tuple[str, ...] = ()
