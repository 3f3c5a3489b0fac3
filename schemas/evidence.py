"""Where words stand in a source: spans and evidence.

Offsets count code points of the source's untouched text, from 0, half-open. The
selectors are those of the W3C Web Annotation Data Model (text quote selector:
exact, prefix, suffix; text position selector: start, end).
"""

import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

CONTEXT_CHARS = 32
"""Characters of prefix and suffix kept with each quote; enough to tell two equal
quotes apart in running text, as the W3C model asks."""


class Frozen(BaseModel):
    """A value: compared by content, never changed, no field we did not declare."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True
    )


class Span(Frozen):
    """A stretch of a text, in code points from 0, half-open; never empty."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.end <= self.start:
            msg = f"a span must end after it starts, not {self.start}..{self.end}"
            raise ValueError(msg)
        return self

    def of(self, text: str) -> str:
        """Slice the words of this span out of *text*."""
        return text[self.start : self.end]

    @classmethod
    def at(cls, match: re.Match[str], offset: int = 0) -> "Span":
        """Take where a pattern matched, in a stretch that begins at *offset*."""
        return cls(start=offset + match.start(), end=offset + match.end())

    def moved(self, by: int) -> "Span":
        """Shift it: a place in a sentence becomes a place in the text."""
        return Span(start=self.start + by, end=self.end + by)

    def within(self, other: "Span") -> bool:
        """Tell whether no character of this span lies outside *other*."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether at least one character belongs to both spans."""
        return self.start < other.end and other.start < self.end


class Evidence(Frozen):
    """The exact words of one source that an item rests on."""

    source: str
    """Id of the source in this briefing."""

    start: Annotated[int, Field(ge=0)]
    """First code point of the words in the source's text."""

    end: Annotated[int, Field(ge=1)]
    """One past their last code point."""

    exact: Annotated[str, Field(min_length=1)]
    """The words, sliced from the source."""

    prefix: str = ""
    """Up to 32 characters before them."""

    suffix: str = ""
    """Up to 32 characters after them."""

    @property
    def span(self) -> Span:
        """The offsets alone."""
        return Span(start=self.start, end=self.end)


def cite(source: str, text: str, span: Span) -> Evidence:
    """Make the evidence for *span* of *text*, sliced and never rebuilt.

    Returns:
        The evidence, with up to `CONTEXT_CHARS` characters on either side.
    """
    return Evidence(
        source=source,
        start=span.start,
        end=span.end,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT_CHARS) : span.start],
        suffix=text[span.end : span.end + CONTEXT_CHARS],
    )
