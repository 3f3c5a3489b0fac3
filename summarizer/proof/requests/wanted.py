"""The words for what is asked for, and the clause that they stand in."""

import re

from schemas.draft import QuotedRequest, RequestDraft
from schemas.evidence import Span
from summarizer.proof import words
from summarizer.proof.requests import frames
from summarizer.reading.english.asking import content
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention, Refusal


def find(
    reading: Reading, draft: RequestDraft, place: Span, to: Mention | None
) -> Span | Refusal:
    """Find the words for what is asked for, or say that there are none."""
    what = words.phrase(reading.article, draft.what, place)
    if what is None and not isinstance(draft, QuotedRequest):
        # Small models turn "the withdrawal of" into "withdraw": the words stand there.
        what = _told(reading, place, to)
    if what is None:
        return Refusal("not_found", f"the sentence does not say {draft.what[:80]!r}")
    if _is_cue(reading, what):
        return Refusal("no_request", f"{draft.what!r} is the word of asking itself")
    return _with_mark(reading.article.text, what)


def _is_cue(reading: Reading, what: Span) -> bool:
    """Tell the verb of asking from what is asked for, in a language read by lists."""
    return reading.reader.only_asks(what.of(reading.article.text)) is True


def _with_mark(text: str, what: Span) -> Span:
    """Close a quotation that the words open: “engage in "more learning"”."""
    said = what.of(text)
    if said.count("“") <= said.count("”") and said.count('"') % 2 == 0:
        return what
    close = re.match(r"[.,]?[”\"]", text[what.end :])
    return what if close is None else Span(start=what.start, end=what.end + close.end())


def clause(text: str, place: Span, by: Mention | None, what: Span) -> Span:
    """Leave out what a sentence tells before the clause with the asker and the asked-for.

    "Unions want more: at a rally, speakers called for a halt" is about the speakers.
    """
    first = what.start
    if by is not None and by.span.within(place):
        first = min(first, by.span.start)
    if not place.start < first < place.end:
        return place
    found = _BORDER.finditer(text, place.start, place.end)
    borders = [b for b in found if b.end() <= first]
    return Span(start=borders[-1].end(), end=place.end) if borders else place


_BORDER = re.compile(r"[;:]\s+(?![“\"])|,\s+(?:and|but|while)\s+(?=\w+\s+\w+)")


def _told(reading: Reading, place: Span, to: Mention | None) -> Span | None:
    """Take what follows the word of asking, and who is asked, to the end of its clause."""
    for frame in frames.near(reading, place):
        if frame.bar is None and frame.what is not None:
            return frame.what
    text, cue = reading.article.text, reading.reader.asking_word(place)
    if cue is None:
        return None
    behind = to is not None and cue.end <= to.span.start < place.end
    start = to.span.end if to is not None and behind else cue.end
    told = _CLAUSE.match(text, start, place.end)
    if told is None or len(told["what"].split()) > content.MOST_WORDS:
        return None
    return Span(start=told.start("what"), end=told.end("what"))


_CLAUSE = re.compile(r"\s*(?:to|for|that|must|should)?\s*(?P<what>[^,;.“”\"]{3,})")
