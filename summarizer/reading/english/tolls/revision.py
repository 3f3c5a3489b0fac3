"""Read where a sentence replaces one figure of a toll by another.

"revised the number of dead to 14 from 19", "the toll rose from 9 to 12", "later put
the toll at 12". What is replaced is kept with the row, never counted beside it.
"""

import re

from schemas.evidence import Span
from summarizer.reading.values import Revision
from summarizer.text import counts
from summarizer.text.remembered import remembered

_CHANGED = (
    r"(?:revis|lower|rais|increas|updat|correct|climb|jump|drop|reduc)(?:es?|ed)|"
    r"cuts?|rises?|rose|risen|grew|grown|grows|falls?|fell|fallen"
)
_TOLL = (
    r"(?:(?:death |casualty )?tolls?|(?:the )?(?:number|count|figure|total)s?"
    r"(?: of (?:the )?(?:\w+ )?(?:dead|deaths|killed|victims|injured|wounded|missing|"
    r"people killed|displaced|detained|fatalities|casualties))?)"
)
_REVISES = re.compile(
    rf"(?i)\b(?:{_CHANGED})\b[^.;]{{0,40}}\b{_TOLL}\b|\b{_TOLL}\b[^.;]{{0,120}}\b(?:{_CHANGED})\b|"
    rf"\b(?:later|then|now|since|on \w+day) (?:put|puts|set|gave) {_TOLL}\b"
)
_OLD = re.compile(
    r"(?i)\b(?:from|initially|up from|down from|instead of|not|earlier (?:toll|figure|report|count)s? (?:of|put)[^.;]{0,20}|"
    r"previous(?:ly)?[^.;]{0,20})\s+(?:the\s+|an?\s+)?(?:earlier |initial |previous )?$"
)
_NEW = re.compile(r"(?i)\b(?:to|at)\s+$")
_BY_SOMEBODY = re.compile(
    r"(?i)(?:later |then |now )?(?:(?:revis|lower|rais|increas|updat|correct|reduc)(?:es?|ed)|cuts?|puts?|set|gave)\b"
)
_REACH = 120
"""Code points of a sentence that are read before a figure."""


@remembered(256)
def find(text: str, sentence: Span) -> Revision | None:
    """Find the revision that a sentence tells; each of its counts asks for it.

    Returns:
        The revision, or None when the sentence replaces no figure.
    """
    words = sentence.of(text)
    phrases = counts.spans(words)
    changed = _REVISES.search(words) if phrases else None
    if changed is None:
        return None
    new: Span | None = None
    old: list[Span] = []
    for phrase in phrases:
        place = phrase.moved(sentence.start)
        before = words[max(0, phrase.start - _REACH) : phrase.start]
        if _OLD.search(before):
            old.append(place)
        elif new is None and phrase.start > changed.start() and _NEW.search(before):
            new = place
        elif new is None and phrase.start < changed.end():
            return None  # an event with its own count, "killed nine, raising the toll"
    if new is None:
        return None
    verb = _BY_SOMEBODY.match(changed.group())
    start = sentence.start + changed.start()
    return Revision(
        new, tuple(old), Span(start=start, end=start + verb.end()) if verb else None
    )
