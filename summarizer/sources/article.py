"""An article as the rest of the house sees it: untouched text, sentences, metadata.

Offsets are code points of the text as it was read; nothing is ever cleaned away.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from schemas.briefing import Exclusion, Flag, Source
from schemas.evidence import Evidence, Span, cite
from schemas.terms import FlagReason
from summarizer.sources import (
    boilerplate,
    dateline,
    instructions,
    segments,
    visible,
)
from summarizer.sources.visible import Visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the caller knows about a source; None is unknown."""

    uri: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article that is not excluded.

    Attributes:
        span: Where it stands, without the white space around it.
        paragraph: Number of its paragraph, from 0; excluded ones count.
    """

    span: Span
    paragraph: int


@dataclass(frozen=True)
class Article:
    """One source, ready to be read.

    Attributes:
        id: Short name of the source in a briefing: s1, s2.
        text: The text as a reader sees it. Where the untouched text hides
            characters, offsets differ; `original` leads back.
        untouched: The text as it was read, to which all published offsets refer.
        sentences: What remains when the excluded lines are left out, in order.
        flagged: Sentences that talk to a program; they are not in `sentences`.
        excluded: Lines that are not part of the article, with the reason.
    """

    id: str
    text: str
    untouched: str
    metadata: Metadata
    sentences: tuple[Sentence, ...]
    excluded: tuple[Exclusion, ...]
    flagged: tuple[Flag, ...]
    seen: Visible

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def index_at(self, offset: int) -> int | None:
        """Find the sentence that holds the code point at *offset*.

        Returns:
            Its index in `sentences`, or None between sentences and in excluded
            text.
        """
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].span.end:
            return None
        return index

    def touched(self, span: Span) -> tuple[int, ...]:
        """List the indices of the sentences that share a character with *span*."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        found: list[int] = []
        for index in range(first, len(self.sentences)):
            if self.sentences[index].span.start >= span.end:
                break
            if self.sentences[index].span.overlaps(span):
                found.append(index)
        return tuple(found)

    def original(self, evidence: Evidence) -> Evidence:
        """Cite the same words in the untouched text."""
        if self.seen.origins is None:
            return evidence
        return cite(self.id, self.untouched, self.seen.original(evidence.span))

    def words(self, index: int) -> str:
        """Slice sentence number *index* out of the text."""
        return self.sentences[index].span.of(self.text)

    def as_source(self) -> Source:
        """Describe this article in a briefing."""
        meta = self.metadata
        return Source(
            id=self.id,
            uri=meta.uri,
            publisher=meta.publisher,
            title=meta.title,
            published=meta.published,
            text_sha256=hashlib.sha256(
                self.untouched.encode("utf-8", "surrogatepass")
            ).hexdigest(),
            language=meta.language,
            text=self.untouched,
        )


def make_article(
    text: str, *, metadata: Metadata | None = None, source_id: str = "s1"
) -> Article:
    """Split *text* into sentences and set aside what is not article.

    The title is taken from a leading heading, and the day of publication from a
    dateline that states day, month and year, when the caller gave none.
    """
    meta = metadata or Metadata()
    # A lone surrogate is no character: no file holds one and none can be written.
    untouched = re.sub("[\ud800-\udfff]", "\ufffd", text)
    seen = visible.of(untouched)
    text = seen.text
    paragraphs = segments.paragraphs(text)
    reasons = boilerplate.reasons([span.of(text) for span in paragraphs])
    excluded: list[Exclusion] = []
    sentences: list[Sentence] = []
    flagged: list[Flag] = []
    for number, (span, reason) in enumerate(zip(paragraphs, reasons, strict=True)):
        if reason is not None:
            place = seen.original(span)
            excluded.append(
                Exclusion(
                    source=source_id,
                    start=place.start,
                    end=place.end,
                    exact=place.of(untouched),
                    reason=reason,
                )
            )
            continue
        for part, order in _parts(text, span, meta.language or "en"):
            if order is None:
                sentences.append(Sentence(part, number))
            else:
                flagged.append(_flagged(source_id, untouched, seen, part, order))
    if meta.title is None and reasons and reasons[0] == "heading":
        title = re.sub(r"\s+", " ", paragraphs[0].of(text))
        meta = replace(meta, title=title)
    if meta.published is None and sentences:
        meta = replace(meta, published=_dateline(text, excluded, sentences[0].span))
    return Article(
        source_id,
        text,
        untouched,
        meta,
        tuple(sentences),
        tuple(excluded),
        tuple(flagged),
        seen,
    )


def _parts(
    text: str, paragraph: Span, language: str
) -> Iterator[tuple[Span, FlagReason | None]]:
    """Cut a paragraph into sentences and into what talks to a program."""
    start = paragraph.start
    for first, last, reason in instructions.blocks(paragraph.of(text)):
        block = Span(start=paragraph.start + first, end=paragraph.start + last)
        if block.start > start:
            yield from _sentences(text, Span(start=start, end=block.start), language)
        yield block, reason
        start = max(start, block.end)
    if start < paragraph.end:
        yield from _sentences(text, Span(start=start, end=paragraph.end), language)


def _sentences(
    text: str, within: Span, language: str
) -> Iterator[tuple[Span, FlagReason | None]]:
    for part in segments.sentences(text, within, language):
        if any(char.isalnum() for char in part.of(text)):
            yield part, instructions.flag(part.of(text))


def _flagged(
    source: str, untouched: str, seen: Visible, span: Span, reason: FlagReason
) -> Flag:
    place = seen.original(span)
    return Flag(
        source=source,
        start=place.start,
        end=place.end,
        exact=place.of(untouched),
        reason=reason,
    )


def _dateline(text: str, excluded: list[Exclusion], first: Span) -> date | None:
    """Look for a dateline in the first sentence and in the heading above it."""
    above = [
        e.exact for e in excluded if e.reason == "heading" and e.end <= first.start
    ]
    found = (dateline.read(words) for words in [first.of(text), *above[-1:]])
    return next((day for day in found if day is not None), None)
