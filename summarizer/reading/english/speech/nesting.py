"""Statements within statements: who reports that another said it, and where each ends."""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.evidence import Span
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Attribution

_ARTICLE = 4
"""Code points of "the " before the speaker within a statement."""

_THAT_THE = re.compile(r"(?i)\s*(?:\bthat)?(?:\s+the)?\s*$")


def innermost(said: list[Attribution]) -> list[Attribution]:
    """Fold "A said that B had told him …" into what B said, by way of A."""
    kept: list[Attribution] = []
    for inner in said:
        outer = next((o for o in said if _reports(o, inner)), None)
        kept.append(inner if outer is None else replace(inner, via=outer.speaker))
    return [s for s in kept if not any(_reports(s, other) for other in said)]


def _reports(outer: Attribution, inner: Attribution) -> bool:
    return (
        outer is not inner
        and outer.form != "direct"
        and inner.speaker is not None
        and inner.cue.within(outer.content)
        and inner.speaker.span.within(outer.content)
        and inner.content.within(outer.content)
        # What is said beside the inner statement would be lost with the outer one.
        and inner.content.end >= outer.content.end
        and inner.speaker.span.start - outer.content.start <= _ARTICLE
    )


def without_tail(one: Attribution, found: list[Attribution]) -> Attribution:
    """Take "her office said" off the end of "rejected the call, her office said"."""
    for other in found:
        if (
            other is not one
            and one.form != "direct"
            and one.content.start < other.content.end < one.content.end
            and other.cue.within(one.content)
            and one.cue.within(other.content)
        ):
            content = Span(start=one.content.start, end=other.content.end)
            return replace(one, content=content)
    return one


def is_anothers(
    here: Sentence,
    one: Attribution,
    found: list[Attribution],
    cues: Sequence[tuple[Span, str]],
) -> bool:
    """Tell "an initial account claimed Rao had refused": not what the text says.

    A verb of saying right before the speaker reports the statement; when nobody
    was found who says it, the statement is not known to be anybody's.
    """
    if one.speaker is None or one.form == "direct":
        return False
    before = _THAT_THE.sub("", here.before(one.speaker.span.start))
    end = here.span.start + len(before)
    return any(
        cue.end == end and all(a.cue != cue for a in found)
        for cue, act in cues
        if act not in {"asking", "support"}
    )
