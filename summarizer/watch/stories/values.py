"""What goes in and what comes out: pieces, their traits, stories, and the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from summarizer.errors import InputError, SettingsError


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a text tells which affair it is about. Terms are in small letters.

    Attributes:
        names: How much each word of a name weighs: the sentences that hold it, those of the
            lead twice, dampened.
        words: The same for the stems of content words, and for numbers, which count half
            since they meet by chance.
        lead: The names that stand in the title or the first sentences.
        runs: Some of the hashed runs of words, by which copies are told.
        language: Of the words; those of another language cannot be compared.
    """

    names: Mapping[str, float]
    words: Mapping[str, float]
    lead: frozenset[str]
    runs: frozenset[int]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Piece:
    """One version of an article.

    Attributes:
        id: Of the article; all its versions share it.
        version: Counts up; which number a version has does not matter.
        title: One line, or "".
        text: The article, without the title.
        published: When it was published; with an offset from UTC.
        language: The primary language: "en", "es", "und".
        publisher: Who published it, or "". An outlet that names itself tells nothing.
    """

    id: str
    version: int
    title: str
    text: str = field(repr=False)
    published: datetime
    language: str = "en"
    publisher: str = ""

    def __post_init__(self) -> None:
        """Refuse a time that could be any.

        Raises:
            InputError: The time has no offset from UTC.
        """
        if self.published.utcoffset() is None:
            msg = f"the time of {self.id!r} has no time zone: {self.published.isoformat()}"
            raise InputError(msg)


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece as its story keeps it: what was read of it, not the text.

    Attributes:
        id: Of the article.
        version: The newest that was seen.
        published: When that version was published.
        traits: What was read of it.
        copy_of: The piece whose text it copies; None for a text of its own.
    """

    id: str
    version: int
    published: datetime
    traits: Traits = field(repr=False)
    copy_of: str | None = None


How = Literal["opened", "joined", "reopened", "stayed"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a piece belongs.

    Attributes:
        piece: Its id.
        story: The story's id.
        how: It opened the story, joined it open, reopened it, or is of it already.
        probability: That it is of the story, 0 to 1; 1 for copies, versions and openers.
        copy_of: The piece whose text it copies.
        absorbed: The story that ended in this one, since this piece was all of it and a
            newer version shows what it is about.
    """

    piece: str
    story: str
    how: How
    probability: float = 1.0
    copy_of: str | None = None
    absorbed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What can be set.

    Attributes:
        quiet: Without an article for this long, a story closes.
        joins: From this probability on, a piece is of an open story.
        reopens: From this one on, of a closed one. Higher: an old affair is rarely meant.
        remembered: For this long a closed story can still be reopened.
    """

    quiet: timedelta = timedelta(days=5)
    joins: float = 0.5
    reopens: float = 0.9
    remembered: timedelta = timedelta(days=30)

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            SettingsError: A time is negative, or it is easier to reopen a story than to join one.
        """
        if self.quiet <= timedelta(0) or self.remembered < timedelta(0):
            msg = (
                f"a story closes after some time and is remembered for some: quiet is "
                f"{self.quiet}, remembered {self.remembered}"
            )
            raise SettingsError(msg)
        if not 0 < self.joins <= self.reopens:
            msg = (
                f"0 < joins <= reopens, but joins is {self.joins} and reopens "
                f"{self.reopens}"
            )
            raise SettingsError(msg)
