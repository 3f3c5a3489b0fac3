"""Where a sentence has the number and the people that a model drafted."""

import re

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from summarizer.text import counts
from summarizer.text.locate import locate


def find(
    draft: CasualtyDraft, text: str, sentence: Span
) -> tuple[Span | None, Span | None]:
    """Find the draft's number and people in the sentence."""
    count = _count_span(draft, text, sentence)
    who = _who_span(draft.who, text, sentence, count)
    if count is None and who is None and counts.read(draft.count) is None:
        # The model sometimes puts the people where the number belongs.
        who = _who_span(draft.count, text, sentence, None)
    if count is not None and who is not None and not _counted(text, count, who):
        who = None  # the number stands, but the text does not say of whom
    return count, who


def _count_span(draft: CasualtyDraft, text: str, sentence: Span) -> Span | None:
    """Find the draft's count in the sentence, widened to its whole phrase."""
    wanted = draft.count.strip()
    if not wanted or wanted.lower() in {"a", "an", "the"}:
        return None
    place = locate(wanted, text, sentence)
    if re.match(r"(?i)(?:no|none|nobody)\b", wanted):
        return place
    phrases = [p.moved(sentence.start) for p in counts.spans(sentence.of(text))]
    if place is not None:
        return _phrase_at(place, phrases, draft.who, text, sentence)
    return _phrase_meaning(wanted, phrases, text)


def _phrase_at(
    place: Span, phrases: list[Span], who: str, text: str, sentence: Span
) -> Span | None:
    """Find the count that copied words stand in: before the people, if any does."""
    inside = [p for p in phrases if p.overlaps(place)]
    if who and inside:
        # "three Israelis and three Palestinians": the three that these people are
        beside = [
            p
            for p in phrases
            if counts.read(p.of(text)) == counts.read(inside[0].of(text))
            and text[p.end : sentence.end].lstrip().startswith(who)
        ]
        inside = beside or inside
    return inside[0] if inside else None


def _phrase_meaning(wanted: str, phrases: list[Span], text: str) -> Span | None:
    """Find the first count that says the same number in other words."""
    # The model may have turned "twelve" into "12": the same number counts.
    read = counts.read(wanted)
    if read is None:
        return None
    for phrase in phrases:
        meant = counts.read(phrase.of(text))
        if meant is not None and meant.value == read.value and meant.low == read.low:
            return phrase
    return None


def _who_span(
    people: str, text: str, sentence: Span, count: Span | None
) -> Span | None:
    wanted = people.strip(" .,;")
    if not wanted:
        return None
    near = Span(start=count.start, end=sentence.end) if count else sentence
    return locate(wanted, text, near) or locate(wanted, text, sentence)


def _counted(text: str, count: Span, who: Span) -> bool:
    """Tell whether a number counts these people: "12 children", "12 of the men"."""
    if who.overlaps(count):
        return True
    gap = text[count.end : who.start]
    return (
        who.start >= count.end
        and re.fullmatch(r"(?:\s+[\w’'-]+){0,3}\s+", gap) is not None
    )
