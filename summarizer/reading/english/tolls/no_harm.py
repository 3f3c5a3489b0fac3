"""Why words of harm report no harm to people: plans, things, those who did it."""

import re

from schemas.evidence import Span
from summarizer.reading import no_fact
from summarizer.reading.english.tolls.counting import is_zero
from summarizer.reading.english.tolls.people_words import is_thing
from summarizer.reading.values import Refusal
from summarizer.text import words

_ACTIVE_GAP = re.compile(
    r"(?i)^\s*(?:have|has|had|also|later|then|then|reportedly|\w+ly|\s)*$"
)
NO_OBJECT = re.compile(
    r"(?i)^[”\"’]?\s*(?:in|by|when|during|after|on|at|and|,|\.|;|since|while|near|as|overnight|last|this|\w+day|there|here|so far|—|–|-|$)"
)
_DONE_TO = re.compile(
    rf"(?i)(?:{'|'.join(stem for stems in words.lists('harm_done').values() for stem in stems)})\w*"
)
"""Words of harm whose subject does it: "forces detained", not "men died"."""


def why(
    text: str, sentence: Span, cue: Span, count: Span | None, who: Span | None
) -> Refusal | None:
    """Find what makes the words no report of harm to people."""
    zero = is_zero(text, count)
    place = no_fact.Place(text, sentence, cue, count, who, is_zero=zero)
    if (bar := no_fact.find("casualties", place)) is not None:
        return bar
    if who is not None and _did_it(text, sentence, cue, who):
        return Refusal(
            "perpetrator", f"{who.of(text)!r} are those who did it, not those harmed"
        )
    if who is not None and count is None and is_thing(who.of(text)):
        return Refusal("not_people", f"{who.of(text)!r} are no people")
    return None


def _did_it(text: str, sentence: Span, cue: Span, who: Span) -> bool:
    """Tell the subject of "forces detained two men", and "by X" after a passive."""
    if who.end <= cue.start:
        gap, after = text[who.end : cue.start], text[cue.end : sentence.end]
        return (
            _ACTIVE_GAP.match(gap) is not None
            and _DONE_TO.fullmatch(cue.of(text)) is not None
            and NO_OBJECT.match(after) is None
        )
    by = re.search(r"(?i)\bby\s+(?:the\s+|an?\s+|\w+\s+)?$", text[cue.end : who.start])
    return (
        by is not None and who.start > cue.end and len(text[cue.end : who.start]) < 60
    )
