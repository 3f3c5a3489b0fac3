"""Check draft requests against the form of their sentence."""

import re

from schemas.draft import RequestDraft
from schemas.evidence import Span
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import same
from summarizer.reading.values import Asked, Frame, Mention, Refusal
from summarizer.text import quotes
from summarizer.text.locate import locate

_BARS = {
    "condition": "it is only a condition",
    "denied": "the sentence denies it",
    "reader": "it is told to the reader",
}


def from_frame(
    directory: Directory, frame: Frame, to: Mention | None = None
) -> Asked | Refusal:
    """Turn a frame into a request, if it is one.

    Args:
        directory: Who is who.
        frame: What the form of the sentence shows.
        to: Who is asked, when the frame itself names nobody.
    """
    text = directory.article.text
    if frame.bar is not None:
        return Refusal(
            frame.bar, f"“{frame.cue.of(text)}” asks for nothing: {_BARS[frame.bar]}"
        )
    by = frame.by
    if by is None or by.form == "pronoun":
        return Refusal("no_requester", "the sentence does not show who asks")
    if frame.what is None:
        return Refusal("no_request", "the sentence does not show what is asked for")
    asked = frame.to or to
    if asked is not None and asked.form == "pronoun":
        asked = None
    if asked is not None and directory.is_same(asked, by):
        return Refusal(
            "direction", f"{asked.core.of(text)!r} cannot both ask and be asked"
        )
    return _asked(directory, frame, asked, frame.what)


def _asked(directory: Directory, frame: Frame, to: Mention | None, what: Span) -> Asked:
    """Return the request that a frame makes of *to*."""
    return Asked(
        sentence=frame.sentence,
        by=frame.by,
        to=to,
        what=what,
        cue=frame.cue,
        force=frame.force,
        modality=frame.modality,
        reported_by=frame.reported_by,
        for_whom=_for_whom(directory, what),
    )


def is_complete(frame: Frame) -> bool:
    """Tell whether the form alone shows a request: who asks whom for what."""
    return (
        frame.bar is None
        and frame.by is not None
        and frame.by.form != "pronoun"
        and (_names_the_asked(frame) or _asks_at_large(frame))
        and frame.what is not None
        and frame.what.end - frame.what.start >= _SHORTEST
    )


_SHORTEST = 3
"""Code points of the least that can be asked for: "aid"."""


def _names_the_asked(frame: Frame) -> bool:
    return frame.to is not None and frame.to.form != "pronoun"


def _asks_at_large(frame: Frame) -> bool:
    """Tell "called for a ceasefire", which asks nobody by name."""
    return frame.to is None and frame.voice == "active" and frame.at_large


def check(
    directory: Directory, found: list[Frame], draft: RequestDraft, sentence: Span
) -> Asked | Refusal:
    """Check a draft against the frames of its sentence.

    The direction is the sentence's: where it differs from the draft's, the frame
    wins. A draft that meets no frame is refused.
    """
    text = directory.article.text
    if not found:
        return Refusal(
            "no_request", "no words of the sentence ask anybody for anything"
        )
    frame = max(found, key=lambda f: (_meets(f, draft, text), f.bar is None))
    if _meets(frame, draft, text) == 0:
        return Refusal("not_found", "the sentence holds another request than this one")
    to = None
    if frame.to is None and draft.to.strip():
        to = _mention_of(directory, draft.to, sentence, after=frame.cue)
    return from_frame(directory, frame, to)


def _meets(frame: Frame, draft: RequestDraft, text: str) -> int:
    """Count in how many ways a draft and a frame speak of the same request."""
    points = 0
    for mention, words in (
        (frame.by, draft.by),
        (frame.to, draft.to),
        (frame.by, draft.to),
        (frame.to, draft.by),
    ):
        if mention is not None and words.strip() and same(mention.core.of(text), words):
            points += 2
    if frame.what is not None and draft.what.strip():
        one = set(re.findall(r"\w{4,}", frame.what.of(text).lower()))
        two = set(re.findall(r"\w{4,}", draft.what.lower()))
        points += min(2, len(one & two))
    return points


def _mention_of(
    directory: Directory, words: str, sentence: Span, *, after: Span
) -> Mention | None:
    place = locate(words, directory.article.text, sentence)
    if place is None or place.start < after.end:
        return None
    text = directory.article.text
    for quote in quotes.find(text, sentence):
        # Who is asked within a quotation is not the speaker who stands behind it.
        if quote.start <= after.start < quote.end <= place.start:
            return None
    inside = [
        m
        for m in directory.within(sentence)
        if m.span.overlaps(place) and not m.nested and m.form != "pronoun"
    ]
    return inside[0] if inside else None


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
