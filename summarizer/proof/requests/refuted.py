"""What refutes a request: a denial, a condition, parties that change places."""

import re

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.proof.requests import askers, frames
from summarizer.reading import no_fact
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention, Refusal

_BARS = {
    "condition": "it is only a condition",
    "denied": "the sentence denies it",
    "reader": "it is told to the reader",
}


def barred(reading: Reading, place: Span, what: Span) -> Refusal | None:
    """Find what makes it no request: only where the form reads no other one here."""
    found = [
        f
        for f in frames.near(reading, place)
        if f.what is None or f.what.overlaps(what)
    ]
    bars = [f for f in found if f.bar is not None]
    if not found:
        return _denied(reading, place, what)
    if not bars or len(bars) < len(found):
        return None
    cue = bars[0].cue.of(reading.article.text)
    bar = bars[0].bar or "denied"
    return Refusal(bar, f"“{cue}” asks for nothing: {_BARS[bar]}")


def _denied(reading: Reading, place: Span, what: Span) -> Refusal | None:
    """Find a denial or a condition before the word of asking, in its own clause."""
    cue = reading.reader.asking_word(place)
    if cue is None or not reading.has_grammar:
        return None
    article = reading.article
    if article.text[cue.end : what.start].endswith(", "):
        return None  # "If such an order exists, publish it."
    sentence = article.spans(cue)[0]
    before = article.text[sentence.start : cue.start]
    for row, found in no_fact.before_request(before):
        if not re.search(r",|\b(?:and|but|while)\b", found):
            words_of = cue.of(article.text)
            return Refusal(row.check, f"“{words_of}” asks for nothing: {row.why}")
    return None


def swapped(
    reading: Reading, by: Mention | None, to: Mention | None, place: Span
) -> Refusal | None:
    """Find a sentence in which the asked asks, and the asker is asked."""
    if by is None or to is None or not reading.has_grammar:
        return None
    text = reading.article.text
    for sentence in reading.article.spans(place):
        asked = _inside(reading, to, sentence, place)
        asking = _inside(reading, by, sentence, place)
        mine = any(askers.asks(text, sentence, m) for m in asking)
        theirs = any(
            askers.asks(text, sentence, m) and not askers.is_asked(text, sentence, m)
            for m in asked
        )
        told = any(askers.is_asked(text, sentence, m) for m in asking)
        if told and not mine:
            return Refusal("direction", f"the sentence asks {by.span.of(text)}")
        if theirs and not mine:
            other = to.span.of(text)
            return Refusal("direction", f"the sentence says that {other} asks")
    return None


def _inside(
    reading: Reading, party: Mention, sentence: Span, place: Span
) -> list[Mention]:
    """List the places of a party in a sentence that belong to the quotation."""
    places = parties.places_in(reading.directory, party, sentence)
    return [m for m in places if m.span.overlaps(place)]
