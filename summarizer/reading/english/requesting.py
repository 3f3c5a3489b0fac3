"""Turn the frames of sentences into requests, where the form alone shows them."""

import re

from schemas.evidence import Span
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Asked, Frame

_SHORTEST = 3
"""Code points of the least that can be asked for: "aid"."""


def from_frame(directory: Directory, frame: Frame) -> Asked | None:
    """Turn a frame into a request; None unless it shows who asks whom for what."""
    by, to, what = frame.by, frame.to, frame.what
    if frame.bar is not None or by is None or by.form == "pronoun":
        return None
    if what is None or what.end - what.start < _SHORTEST or not _shows_asked(frame):
        return None
    if to is not None and directory.is_same(to, by):
        return None
    return Asked(
        sentence=frame.sentence,
        by=by,
        to=to,
        what=what,
        cue=frame.cue,
        force=frame.force,
        modality=frame.modality,
        reported_by=frame.reported_by,
        for_whom=_for_whom(directory, what),
    )


def _shows_asked(frame: Frame) -> bool:
    """Tell whether somebody is named, or nobody as in "called for a ceasefire"."""
    if frame.to is None:
        return frame.voice == "active" and frame.at_large
    return frame.to.form != "pronoun"


def _for_whom(directory: Directory, what: Span) -> Span | None:
    """Find the people for whom something is asked: "a corridor for patients"."""
    text = directory.article.text
    for mention in directory.within(what):
        if mention.kind == "group" and mention.span.within(what):
            before = text[what.start : mention.span.start]
            if re.search(
                r"(?i)\b(?:for|on behalf of|to)\s+(?:the\s+|all\s+)?$", before
            ):
                return mention.span
    return None
