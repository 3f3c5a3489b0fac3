"""An article as the rest of the house sees it: untouched text, sentences, metadata.

Offsets are code points of the text as it was read; nothing is ever cleaned away.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from schemas.briefing import Exclusion, Flag, Source
from schemas.evidence import Evidence, Span, cite
from schemas.terms import ExclusionReason, FlagReason
from summarizer.sources import (
    boilerplate,
    dateline,
    instructions,
    language,
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
    byline: str | None = None
    published_at: datetime | None = None
    updated: date | None = None
    updated_at: datetime | None = None
    canonical: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the form of a document says about its text, in code points from 0.

    Attributes:
        pages: Where each page starts.
        asides: Stretches that are not the author's news, with the reason.
        notes: What was left out or guessed when it was read.
    """

    pages: tuple[int, ...] = ()
    asides: tuple[tuple[Span, ExclusionReason], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article that is not excluded.

    Attributes:
        span: Where it stands, without the white space around it and without a dateline.
        paragraph: Number of its paragraph, from 0; excluded ones count.
        dateline: Code points right before it that are its dateline.
    """

    span: Span
    paragraph: int
    dateline: int = 0


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
    layout: Layout = field(default_factory=Layout)

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

    def spans(self, place: Span) -> list[Span]:
        """List the sentences that share a character with *place*."""
        return [self.sentences[index].span for index in self.touched(place)]

    def hull(self, place: Span) -> Span:
        """Cover the whole of the sentences that *place*, which touches one, touches."""
        spans = self.spans(place)
        return Span(start=spans[0].start, end=spans[-1].end)

    def original(self, evidence: Evidence) -> Evidence:
        """Cite the same words in the untouched text."""
        if self.seen.origins is None:
            return evidence
        return cite(self.id, self.untouched, self.seen.original(evidence.span))

    @cached_property
    def tongue(self) -> str:
        """The primary language by whose rules the text is read: "en", "es", "und"."""
        return language.read_as(self.text, self.metadata.language)

    def words(self, index: int) -> str:
        """Slice sentence number *index* out of the text."""
        return self.sentences[index].span.of(self.text)

    def with_dateline(self, index: int) -> str:
        """Slice sentence number *index* out of the text, with the dateline before it."""
        sentence = self.sentences[index]
        return self.text[sentence.span.start - sentence.dateline : sentence.span.end]

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
            byline=meta.byline,
            published_at=meta.published_at,
            updated=meta.updated,
            updated_at=meta.updated_at,
            canonical=meta.canonical,
            media_type=meta.media_type,
            pages=self.layout.pages,
            notes=self.layout.notes,
        )


def make_article(
    text: str,
    *,
    metadata: Metadata | None = None,
    source_id: str = "s1",
    layout: Layout | None = None,
) -> Article:
    """Split *text* into sentences and set aside what is not article.

    The language is told from the text, the title is taken from a leading heading, and the day of publication from a
    dateline that states day, month and year, when the caller gave none. The *layout*
    refers to *text* as it is given.
    """
    layout = layout or Layout()
    meta = metadata or Metadata()
    # A lone surrogate is no character: no file holds one and none can be written.
    untouched = re.sub("[\ud800-\udfff]", "\ufffd", text)
    seen = visible.of(untouched)
    text = seen.text
    if meta.language is None:
        meta = replace(meta, language=language.detect(text))
    asides = _asides(layout, seen)
    paragraphs = [
        piece
        for span in segments.paragraphs(text)
        for piece in _apart(text, span, list(asides))
    ]
    reasons = _reasons(text, paragraphs, asides)
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
        for part, order in _parts(text, span, _segmented_as(meta.language)):
            if order is None:
                sentences.append(Sentence(part, number))
            else:
                flagged.append(_flagged(source_id, untouched, seen, part, order))
    if meta.title is None and reasons and reasons[0] == "heading":
        title = re.sub(r"\s+", " ", paragraphs[0].of(text))
        meta = replace(meta, title=title)
    if meta.published is None and sentences:
        meta = replace(meta, published=_dateline(text, excluded, sentences[0].span))
    if sentences:
        sentences[0] = _news(text, sentences[0])
    return Article(
        source_id,
        text,
        untouched,
        meta,
        tuple(sentences),
        tuple(excluded),
        tuple(flagged),
        seen,
        layout,
    )


def _asides(layout: Layout, seen: Visible) -> dict[Span, ExclusionReason]:
    """Find the asides in the visible text, in order; one that shows nothing is none."""
    placed = {
        seen.visible(span): reason for span, reason in layout.asides if seen.shows(span)
    }
    return dict(sorted(placed.items(), key=lambda one: one[0].start))


def _apart(text: str, paragraph: Span, asides: list[Span]) -> Iterator[Span]:
    """Cut a paragraph where an aside begins or ends."""
    cuts = {
        edge
        for aside in asides
        if aside.overlaps(paragraph)
        for edge in (aside.start, aside.end)
        if paragraph.start < edge < paragraph.end
    }
    edges = [paragraph.start, *sorted(cuts), paragraph.end]
    for start, end in pairwise(edges):
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield Span(start=first, end=first + len(words.strip()))


def _reasons(
    text: str, paragraphs: list[Span], asides: dict[Span, ExclusionReason]
) -> list[ExclusionReason | None]:
    """Judge paragraphs by the document's form, and the rest by their words."""
    known = {
        paragraph: reason
        for paragraph in paragraphs
        for aside, reason in asides.items()
        if aside.overlaps(paragraph)
    }
    open_ones = [p for p in paragraphs if p not in known]
    judged = zip(
        open_ones,
        boilerplate.reasons([span.of(text) for span in open_ones]),
        strict=True,
    )
    found: dict[Span, ExclusionReason | None] = {**dict(judged), **known}
    return [found[paragraph] for paragraph in paragraphs]


def _segmented_as(tag: str | None) -> str:
    """Tell whose abbreviations end no sentence; those of English when unknown."""
    return language.primary(tag or "en")


def _parts(
    text: str, paragraph: Span, tongue: str
) -> Iterator[tuple[Span, FlagReason | None]]:
    """Cut a paragraph into sentences and into what talks to a program."""
    start = paragraph.start
    for first, last, reason in instructions.blocks(paragraph.of(text)):
        block = Span(start=paragraph.start + first, end=paragraph.start + last)
        if block.start > start:
            yield from _sentences(text, Span(start=start, end=block.start), tongue)
        yield block, reason
        start = max(start, block.end)
    if start < paragraph.end:
        yield from _sentences(text, Span(start=start, end=paragraph.end), tongue)


def _sentences(
    text: str, within: Span, tongue: str
) -> Iterator[tuple[Span, FlagReason | None]]:
    for part in segments.sentences(text, within, tongue):
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


def _news(text: str, first: Sentence) -> Sentence:
    """Begin the first sentence behind its dateline: place, day and agency are no news."""
    before = dateline.length(first.span.of(text))
    begins = first.span.start + before
    return replace(first, span=Span(start=begins, end=first.span.end), dateline=before)


def _dateline(text: str, excluded: list[Exclusion], first: Span) -> date | None:
    """Look for a dateline in the first sentence and in the heading above it."""
    above = [
        e.exact for e in excluded if e.reason == "heading" and e.end <= first.start
    ]
    found = (dateline.read(words) for words in [first.of(text), *above[-1:]])
    return next((day for day in found if day is not None), None)
