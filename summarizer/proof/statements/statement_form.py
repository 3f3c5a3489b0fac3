"""Whether a statement is quoted, reported or narrated."""

import re

from schemas.evidence import Span
from schemas.terms import Form
from summarizer.proof import parties
from summarizer.proof.statements import anaphora, cue_words
from summarizer.reading.reading import FIRST_PERSON, Reading
from summarizer.reading.values import Mention

_BELIEVES = re.compile(
    r"(?i)(?:expect|fear|hope|believ|think|thought|reckon|doubt|worr)"
)
"""Verbs of a view that somebody must have told: "analysts expect"."""


def is_narrated(
    reading: Reading, finding: anaphora.Finding, place: Span, gist: Span
) -> bool:
    """Tell a stance that the article ascribes from what somebody is told to have said.

    "He said" and "the fund warned" tell it too, whoever they are.
    """
    if finding.said is not None or not reading.has_grammar:
        return finding.said is None and finding.cue is None
    article = reading.article
    told = [c for s in article.spans(place) for c in cue_words.cues(article.text, s)]
    if finding.cue is not None:
        if _BELIEVES.match(finding.cue.of(article.text)):
            return False
        return finding.cue not in told and not _names_saying(article.text, finding.cue)
    return not any(not c.within(gist) for c in told)


def is_own_speech(reading: Reading, holder: Mention, gist: Span) -> bool:
    """Tell the words of a speech, a letter or a transcript: they say "I" or "we".

    In such a text a sentence that does not name its holder is theirs, too.
    """
    if FIRST_PERSON.search(gist.of(reading.article.text)) is not None:
        return True
    author = reading.author
    if author is not None and parties.is_one(reading.directory, holder, author):
        return True
    is_named = parties.is_in(reading.directory, holder, gist)
    return reading.is_own_words and not is_named


def _names_saying(text: str, cue: Span) -> bool:
    return (
        re.search(r"(?i)according to|statement|report|said|letter", cue.of(text))
        is not None
    )


_DIRECT = 0.85
"""Share of a statement within quotation marks from which it is a quotation."""


def form_of(reading: Reading, gist: Span, *, narrated: bool) -> Form:
    """Tell a quotation from reported speech and from what the article narrates."""
    inside = quotations_in(reading, gist)
    shared = sum(
        min(q.end, gist.end) - max(q.start, gist.start)
        for q in inside
        if q.overlaps(gist)
    )
    if shared > _DIRECT * (gist.end - gist.start):
        return "direct"
    if shared:
        return "mixed"
    return "narrated" if narrated else "indirect"


def quotations_in(reading: Reading, gist: Span) -> list[Span]:
    """List the quotations that a statement shares words with."""
    return [q for q in reading.quotations if q.overlaps(gist)]


def quoted(reading: Reading, gist: Span) -> Span | None:
    """Take the quoted words of a statement, without their marks."""
    text = reading.article.text
    for inside in quotations_in(reading, gist):
        start, end = max(inside.start, gist.start), min(inside.end, gist.end)
        kept = text[start:end].rstrip(" ,，、")
        if kept:
            return Span(start=start, end=start + len(kept))
    return None
