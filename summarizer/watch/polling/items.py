"""What a source lists, before it is read: plain values that travel as JSON."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from summarizer.sources import Layout, Metadata
from summarizer.watch.polling import identity
from summarizer.watch.polling.values import ReadFrom

_WORD: Final = re.compile(r"\w{4,}")
_ALIKE: Final = 0.5
"""Share of the distinct longer words of the shorter text that the other one has too, from
which both are one article; two reports of different things share up to a third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article as its source lists it; None is not stated.

    Attributes:
        guid: What the source calls it.
        place: Its address, or its path.
        content: The text that a feed gives of it, plain.
        mark: What changes when the source changes it.
        published: A time that can be.
        publisher: The feed's own title.
        is_own: Whether its address is on the site of the feed that lists it.
    """

    guid: str
    place: str | None
    mark: str
    title: str | None = None
    content: str = ""
    byline: str | None = None
    published: datetime | None = None
    publisher: str | None = None
    language: str | None = None
    is_own: bool = True

    @property
    def host(self) -> str:
        """The host of its address; of a path and of nothing it is blank."""
        found = re.match(r"(?i)https?://([^/?#]{1,300})", self.place or "")
        return found[1].lower() if found else ""

    @property
    def address(self) -> str | None:
        """The address in its canonical form; None for a path."""
        return identity.canonical(self.place) if self.place else None


JSON: Final = TypeAdapter(Item)
METADATA: Final = TypeAdapter(Metadata)
LAYOUT: Final = TypeAdapter(Layout)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is known and not read yet.

    Attributes:
        source: Name of the source that lists it.
        article_id: Of the article that it is, as far as one knows before reading.
        item: What the source said of it.
        is_quiet: Whether it is only remembered, and not brought, when it is read.
        tries: How often it could not be read.
        is_again: Whether it was read before, and its page is looked at once more.
    """

    source: str
    article_id: int
    item: Item
    is_quiet: bool
    tries: int
    is_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article that was read.

    Attributes:
        places: Addresses that it goes by: where it was found, what it calls its own.
    """

    text: str
    title: str | None
    metadata: Metadata
    layout: Layout
    read_from: ReadFrom
    places: tuple[str, ...] = ()


def are_alike(one: str, other: str) -> bool:
    """Tell whether two texts may be the same article, edited."""
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    least = min(len(first), len(second))
    return least == 0 or len(first & second) >= _ALIKE * least
