"""What the form of sentences reads as requests near a drafted one."""

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.reading.reading import Reading
from summarizer.reading.values import Frame, Mention


def same(reading: Reading, place: Span, by: Mention | None, what: Span) -> Frame | None:
    """Find the form's reading of the same request by the same party, if it has one."""
    for frame in near(reading, place):
        same = frame.by and by and parties.is_one(reading.directory, frame.by, by)
        if frame.bar is None and same and frame.what and frame.what.overlaps(what):
            return frame
    return None


def near(reading: Reading, place: Span) -> list[Frame]:
    """List the form's readings that begin in a place, or ask for words of it."""
    return [
        frame
        for index in reading.article.touched(place)
        for frame in reading.frames.get(index, [])
        if frame.cue.within(place) or (frame.what and frame.what.overlaps(place))
    ]
