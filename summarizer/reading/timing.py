"""Choose the time expression of a sentence that belongs to an item."""

import re

from schemas.briefing import When
from schemas.evidence import Span
from summarizer.reading.listed import days
from summarizer.sources import Article
from summarizer.text import dates, lexicon
from summarizer.text.dates import Dated

_REACH = 24
"""Code points after a verb of saying in which its own time stands: "said on Friday",
"announced late on Wednesday"."""


_SUBORDINATE = re.compile(r"(?i)\b(?:after|when|because|while|where|who|which)\b")
"""Words that begin another event than the one before them."""


def in_sentence(article: Article, index: int) -> list[Dated]:
    """Find the time expressions of a sentence, with offsets of the article."""
    span = article.sentences[index].span
    return [
        Dated(d.span.moved(span.start), d.when)
        for d in expressions(article, span.of(article.text))
    ]


def expressions(article: Article, words: str) -> list[Dated]:
    """Find the time expressions of some words, by the rules of the article's language."""
    published = article.metadata.published
    if article.tongue == "en":
        return dates.find(words, published)
    return days.find(words, published, lexicon.of(article.tongue))


def of_event(
    article: Article,
    index: int,
    near: Span,
    said: list[Span],
    *,
    outside: Span | None = None,
) -> tuple[str, When] | None:
    """Choose the time of what happened: the nearest that is not the time of saying.

    Args:
        article: The article.
        index: The sentence.
        near: The words of the event.
        said: The verbs of saying in the sentence; "announced on Wednesday" dates the
            announcement, not what was announced.
        outside: Words whose own times are not the event's: what is asked for.
    """
    found = [
        d
        for d in in_sentence(article, index)
        if not any(_dates_saying(article.text, cue, d.span) for cue in said)
        and not _SUBORDINATE.search(
            article.text[near.end : max(near.end, d.span.start)]
        )
        and not (outside is not None and d.span.within(outside))
    ]
    return _nearest(article, found, near)


def _dates_saying(text: str, cue: Span, when: Span) -> bool:
    """Tell "said on Friday" and "told Reuters in June" from "recalled the 1988 raid"."""
    gap = text[cue.end : when.start]
    return (
        0 <= when.start - cue.end <= _REACH
        and re.fullmatch(r"\s+(?:[^,;]*\b(?:on|in|late|early|at)\s+)?", gap) is not None
    )


def as_of(
    article: Article,
    index: int,
    anchor: Span,
    said: list[tuple[Span, Span]],
    *,
    revised: bool,
) -> Dated | None:
    """Choose the time at which a count was given: "as of Friday", "said on Friday".

    Args:
        article: The article.
        index: The sentence.
        anchor: The words of the count.
        said: Cue and content of each statement in the sentence.
        revised: Whether the sentence tells a revision; its time is then the count's.
    """
    found = in_sentence(article, index)
    text, start = article.text, article.sentences[index].span.start
    for one in found:
        if _AS_OF.search(text[start : one.span.start]):
            return one
    for cue, content in said:
        if anchor.within(content):
            outside = [d for d in found if not d.span.within(content)]
            near = [d for d in outside if _dates_saying(text, cue, d.span)]
            return near[0] if near else outside[0] if len(outside) == 1 else None
    return found[0] if revised and len(found) == 1 else None


_AS_OF = re.compile(r"(?i)\bas of\s+(?:late |early |the )?$")


def of_saying(
    article: Article, index: int, cue: Span, content: Span
) -> tuple[str, When] | None:
    """Choose the time of a statement: outside what is said, near its verb."""
    found = [d for d in in_sentence(article, index) if not d.span.within(content)]
    return _nearest(article, found, cue)


def within(article: Article, index: int, stretch: Span) -> tuple[str, When] | None:
    """Choose the first time expression inside a stretch of a sentence."""
    found = [d for d in in_sentence(article, index) if d.span.within(stretch)]
    return _nearest(article, found[:1], stretch)


def _nearest(
    article: Article, found: list[Dated], near: Span
) -> tuple[str, When] | None:
    if not found:
        return None
    best = min(
        found,
        key=lambda d: max(0, max(near.start, d.span.start) - min(near.end, d.span.end)),
    )
    return best.span.of(article.text), best.when
