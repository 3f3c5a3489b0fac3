"""Where a draft's words stand: the quotation, and the phrases that go with it.

Words that the article does not have refute the draft. Outer quotation marks, which
models add and leave out, are no words.
"""

import re

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.proof import parties
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention
from summarizer.sources import Article
from summarizer.text.locate import locate
from summarizer.text.typography import flat

_MARKS = "“”\"‘’'«»„ \n,;"
AROUND = 2
"""Sentences on either side of a quotation in which its time, place and parties may be
told."""


def place_of(article: Article, quote: str, within: Span | None = None) -> Span | None:
    """Find where the article has a draft's quotation, over one sentence or several.

    Returns:
        The place, in text that is part of the article, or None.
    """
    for form in dict.fromkeys((quote, quote.strip(_MARKS))):
        if not flat(form):
            return None
        place = locate(form, article.text, within)
        if place is not None and article.touched(place):
            return place
    return None


def phrase(
    article: Article, words: str, place: Span, *, around: int = AROUND
) -> Span | None:
    """Find a phrase in the sentences of a quotation, else in those around them."""
    if not flat(words):
        return None
    touched = article.touched(place)
    if not touched:
        return None
    first, last = touched[0], touched[-1]
    ends = len(article.sentences) - 1
    for reach in dict.fromkeys((0, around)):
        start = article.sentences[max(0, first - reach)].span.start
        end = article.sentences[min(ends, last + reach)].span.end
        if found := locate(words, article.text, Span(start=start, end=end)):
            return found
    return None


def party(reading: Reading, words: str, place: Span) -> Mention | None:
    """Find a party that a draft names beside the main one; None when there is none."""
    if not flat(words) or _PRONOUN.fullmatch(words.strip()):
        return None
    return parties.find(reading.directory, words, place)


_PRONOUN = re.compile(r"(?i)(?:he|she|it|they|we|i|you|him|her|them|us|me|his|its|who)")


def is_pronoun(words: str) -> bool:
    """Tell whether a party is given by a pronoun only, which names nobody."""
    return _PRONOUN.fullmatch(words.strip()) is not None


def writers(reading: Reading, words: str, place: Span) -> Mention | None:
    """Find whom "we" means outside quotation marks: those whose text it is.

    Returns:
        The author that the text names, else the first such word, for all of its places;
        None for other words, and where nobody says "we" at the place or before it.
    """
    if not reading.has_grammar or words.strip() not in _WRITERS:
        return None
    touched = reading.article.touched(place)
    first = 0 if reading.is_own_words else max(0, touched[0] - BEFORE)
    near = reading.article.sentences[first : touched[-1] + 1]
    if reading.is_quoted(place) or not any(we_in(reading, s.span) for s in near):
        return None
    if reading.author is not None:
        return reading.author
    said = [w for s in reading.article.sentences for w in we_in(reading, s.span)]
    kind: ActorKind = "person" if said[0].of(reading.article.text) == "I" else "group"
    return Mention(said[0], said[0], "described", kind=kind)


BEFORE = 4
"""Sentences before a list of what "we" ask for in which "we" may stand."""


def we_in(reading: Reading, within: Span) -> list[Span]:
    """Find the places of "we" and "I" outside quotation marks."""
    found = _WE.finditer(reading.article.text, within.start, within.end)
    spans = [Span.at(w) for w in found]
    return [s for s in spans if not reading.is_quoted(s)]


_WRITERS = frozenset({"We", "we", "I", "Us", "us"})
_WE = re.compile(r"\b(?:[Ww]e|I)\b(?!\.)")


def is_writers(words: str) -> bool:
    """Tell the name under which the unnamed writers of a text are shown."""
    return words in _WRITERS


def unnamed_writers(words: str) -> str:
    """Say why what the unnamed writers of a text say is unconfirmed."""
    return f"“{words}” is whoever wrote this, and the text does not name them"
