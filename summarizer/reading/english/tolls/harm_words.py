"""Where a sentence has words of harm, and which of them belongs to people it counts."""

from itertools import islice
from typing import get_args

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.tolls import victims
from summarizer.reading.english.tolls.counting import is_subset
from summarizer.reading.english.tolls.no_count import why_no_count
from summarizer.text import counts, words
from summarizer.text.remembered import remembered

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)
MOST_COUNTS = 40
"""Numbers, and words of each harm, that are read in one sentence; more make a table."""


@remembered(1024)
def find(text: str, sentence: Span) -> tuple[tuple[CasualtyKind, Span], ...]:
    """List the words of harm in a sentence, kind by kind."""
    return tuple(
        (kind, Span.at(m))
        for kind in KINDS
        for m in islice(
            words.pattern("harm", kind).finditer(text, sentence.start, sentence.end),
            MOST_COUNTS,
        )
    )


def nearest(
    draft: CasualtyDraft, text: str, sentence: Span, anchor: Span
) -> tuple[CasualtyKind, Span] | None:
    """Find the word that belongs to the people counted.

    The draft's kind wins while the sentence has a word for it that is not cut off
    from the count by another count; otherwise the nearest word decides.
    """
    kind = draft.kind
    # The count of the whole stands between its word of harm and a part of it, and
    # the counts of a list between a verb and the first that it governs.
    is_listed = is_subset(text, sentence, anchor) or victims.governs(
        draft, text, sentence
    )
    others = [] if is_listed else _other_counts(text, sentence)
    places = find(text, sentence)
    if not places:
        return None
    ranked = sorted(places, key=lambda place: _distance(place[1], anchor, others))
    own = [place for place in ranked if place[0] == kind]
    if own and _distance(own[0][1], anchor, others) < _CUT_OFF:
        return own[0]
    best = ranked[0]
    return best if _distance(best[1], anchor, others) < _CUT_OFF else None


@remembered(1024)
def _other_counts(text: str, sentence: Span) -> list[Span]:
    """List the numbers of a sentence that may count people."""
    phrases = counts.spans(sentence.of(text))[:MOST_COUNTS]
    places = [phrase.moved(sentence.start) for phrase in phrases]
    return [place for place in places if _counts_others(text, sentence, place)]


def _counts_others(text: str, sentence: Span, count: Span) -> bool:
    """Tell whether a number may count other people: no things, no part of a whole."""
    if why_no_count(text, sentence, count) is not None:
        return False
    return not is_subset(text, sentence, count)


_CUT_OFF = 1_000
"""Added to the distance of a word of harm for each count that stands between."""


def _distance(cue: Span, anchor: Span, others: list[Span]) -> int:
    low, high = min(cue.end, anchor.end), max(cue.start, anchor.start)
    between = sum(
        o.start >= low and o.end <= high and not o.overlaps(anchor) for o in others
    )
    return max(0, high - low) + _CUT_OFF * between
