"""One sentence as the steps of a reader share it: quotations, phrases, what stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.reading.english.names import mentions
from summarizer.reading.values import Attribution, Mention
from summarizer.sources import Article
from summarizer.text import quotes

MASK = "\ue000"
"""Stands for each character of a quotation while the words around it are read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what names parties in it, in order.

    Attributes:
        proper: Words that the article capitalises inside sentences.
        all: Every phrase that names a party, nested ones among them.
        mentions: Those that are no part of another.
        unquoted: Those of them that begin outside quotations.
        masked: Its words, with `MASK` for each character of a quotation.
        said: The statements that it ascribes to somebody, once these are read.
    """

    article: Article
    index: int
    proper: frozenset[str]
    text: str
    span: Span
    quotes: list[Span]
    all: list[Mention]
    mentions: list[Mention]
    unquoted: list[Mention]
    masked: str
    said: Sequence[Attribution] = ()

    def before(self, offset: int) -> str:
        """Slice its words up to a place of the article."""
        return self.text[self.span.start : offset]

    def after(self, offset: int) -> str:
        """Slice its words from a place of the article on."""
        return self.text[offset : self.span.end]

    def is_quoted(self, offset: int) -> bool:
        """Tell whether a place stands within a quotation."""
        return _is_in(self.quotes, offset)

    def trimmed(self, start: int, end: int) -> Span | None:
        """Take a stretch without the marks around it; None where only these are left."""
        piece = self.text[start:end]
        kept = piece.strip(" \t\r\n\u00a0,;:.")
        if not kept:
            return None
        at = start + piece.index(kept)
        return Span(start=at, end=at + len(kept))


def read(
    article: Article,
    index: int,
    proper: frozenset[str],
    said: Sequence[Attribution] = (),
) -> Sentence:
    """Read the quotations and the phrases of one sentence."""
    text, span = article.text, article.sentences[index].span
    quoted = quotes.find(text, span)
    every = mentions.find(text, span, proper)
    outer = [m for m in every if not m.nested]
    return Sentence(
        article=article,
        index=index,
        proper=proper,
        text=text,
        span=span,
        quotes=quoted,
        all=every,
        mentions=outer,
        unquoted=[m for m in outer if not _is_in(quoted, m.span.start)],
        masked=_masked(text, span, quoted),
        said=said,
    )


def _is_in(places: list[Span], offset: int) -> bool:
    return any(place.start <= offset < place.end for place in places)


def _masked(text: str, span: Span, quoted: list[Span]) -> str:
    """Blank the quotations, so that verbs inside them are not taken for cues."""
    masked = span.of(text)
    for quote in quoted:
        start, end = quote.start - span.start, quote.end - span.start
        masked = masked[:start] + MASK * (end - start) + masked[end:]
    return masked
