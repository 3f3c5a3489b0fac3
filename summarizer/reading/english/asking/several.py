"""Several who ask or are asked at once: each other, one after another, in a row."""

import re
from dataclasses import replace

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.reading.english.asking import content, receivers
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Frame, Mention

_EACH = re.compile(r"(?i)(?:each|both)\b")
_THE_OTHER = re.compile(r"(?i)\s+(?:that\s+)?(?P<other>the other)\b")
_AND = re.compile(r",?\s+and\s+(?:the\s+|an?\s+)?|,\s+(?:the\s+|an?\s+)?")
_ASKED_FOR = re.compile(r"\s+(?:to|for|that)\s")
_FOR = re.compile(r"(?i)\bfor\s+(?:(?:the|an?)\s+)?$")
_AND_FOR = re.compile(r",?\s+and\s+for\s+")
_ROW_GAP = re.compile(r"\s+and\s+(?:the\s+|other\s+)?(?:[a-z]+\s+)?")


def both_ways(here: Sentence, frame: Frame) -> list[Frame]:
    """Read "each side demanded that the other …" as two opposite requests."""
    if frame.by is None or frame.voice != "active":
        return [frame]
    other = _THE_OTHER.match(here.text, frame.cue.end, here.span.end)
    if other is None or not _EACH.match(frame.by.span.of(here.text)):
        return [frame]
    span = Span(start=other.start("other"), end=other.end("other"))
    core = Span(start=span.end - len("other"), end=span.end)
    second = Mention(span, core, "described", "group")
    what = content.after(here, span.end)
    one = replace(frame, to=second, what=what, at_large=False)
    return [one, replace(one, by=second, to=frame.by)]


def each_asked(here: Sentence, frame: Frame) -> list[Frame]:
    """Read "asked India and the EU for tents" as a request to each of them."""
    if frame.to is None or frame.to.form == "pronoun" or frame.voice != "active":
        return [frame]
    asked, end = [frame.to], frame.to.span.end
    while (link := _AND.match(here.text, end, here.span.end)) is not None:
        nxt = receivers.first_at(here, link.end(), slack=1)
        if nxt is None or nxt.form == "pronoun" or nxt.span.start < end:
            break
        asked.append(nxt)
        end = nxt.span.end
        if "and" in link.group():
            break
    else:
        return [frame]
    after = _ASKED_FOR.match(here.text, end, here.span.end)
    if len(asked) == 1 or after is None or frame.what is None:
        # "urged Iraq, and Syria said …": what is asked for is not told.
        cut = frame.what and frame.what.of(here.text).startswith("and ")
        return [] if cut else [frame]
    what = content.after(here, end)
    return [replace(frame, to=one, what=what) for one in asked]


def each_thing(here: Sentence, frame: Frame) -> list[Frame]:
    """Read "for tents and for 40 boats" as two requests of one party."""
    what = frame.what
    if what is None or not _FOR.search(here.before(what.start)):
        return [frame]
    link = _AND_FOR.search(here.text, what.start, what.end)
    if link is None or verbs.has_clause(here.text[link.end() : what.end]):
        return [frame]  # "for help and for once got it"
    one = Span(start=what.start, end=link.start())
    two = replace(frame, what=Span(start=link.end(), end=what.end))
    return [replace(frame, what=one), *each_thing(here, two)]


def first_of_row(here: Sentence, last: Mention) -> Mention:
    """Find who is named first in "the US and other developed nations"."""
    for mention in reversed(here.mentions):
        if mention.span.end < last.span.start and mention.form != "pronoun":
            gap = here.text[mention.span.end : last.span.start]
            return mention if _ROW_GAP.fullmatch(gap) else last
    return last
