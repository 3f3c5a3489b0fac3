"""Requests: who asks whom for what, read again."""

from collections.abc import Iterator

from schemas.briefing import (
    Request,
)
from schemas.evidence import Span
from summarizer.proof import verdicts
from summarizer.reading.reading import Reading
from summarizer.reading.values import Frame, Refusal
from summarizer.reports import Finding
from summarizer.text.locate import locate
from summarizer.verification.case import Case
from summarizer.verification.drafted import drafted, request_drafts, request_names
from summarizer.verification.findings import equal, of_refusal, refused


def request(case: Case, item: Request) -> Iterator[Finding]:
    """Check a request: judged again, or compared with what its sentence shows."""
    for party in (item.by, item.to, item.reported_by):
        yield from case.party(item.id, party)
    if item.by is not None and item.to is not None and item.by.id == item.to.id:
        reason = f"{item.by.name!r} both asks and is asked"
        yield Finding(item=item.id, check="direction", reason=reason)
        return
    if item.found_by == "model":
        yield from drafted(case, item, request_drafts(case, item))
        return
    reasons: list[Refusal] = []
    for refusal in _compared(case, item):
        if refusal is None:
            return
        reasons.append(refusal)
    best = _nearest(reasons)
    if best.check == "words":
        passage = case.passage(item)
        yield refused(item.id, "what", verdicts.judge(item.what, passage))
    else:
        yield of_refusal(item.id, best)


def _compared(case: Case, item: Request) -> Iterator[Refusal | None]:
    """Compare a request with each that its sentences show; None where they are one."""
    for reading, index in case.sentences(item):
        if reading.lexicon is not None:
            yield listed(case, item, reading, index)
        else:
            for frame in reading.frames[index]:
                yield framed(case, item, reading, frame)


def _nearest(reasons: list[Refusal]) -> Refusal:
    """Return the refusal of the reading that comes nearest to a request."""
    order = ("modality", "direction", "reporter", "words")
    return min(
        reasons,
        key=lambda r: order.index(r.check) if r.check in order else len(order),
        default=Refusal("no_request", "no cited sentence asks for anything"),
    )


def listed(case: Case, item: Request, reading: Reading, index: int) -> Refusal | None:
    """Compare a request with what the lists of its language show."""
    reasons: list[Refusal] = []
    for one in (
        *reading.reader.asked(index),
        *(reading.reader.request(index, draft) for draft in request_names(case, item)),
    ):
        if isinstance(one, Refusal):
            reasons.append(one)
        elif not equal(one.what.of(reading.article.text), item.what):
            reasons.append(Refusal("words", "the sentence asks for something else"))
        elif not case.names_party(reading, one.by, item.by) or not case.names_party(
            reading, one.to, item.to
        ):
            reasons.append(Refusal("direction", "others ask, or are asked"))
        elif (one.modality, one.force) != (item.modality, item.force):
            reasons.append(
                Refusal("modality", f"the request is {one.modality}, a {one.force}")
            )
        else:
            return None
    return reasons[0]


def framed(case: Case, item: Request, reading: Reading, frame: Frame) -> Refusal | None:
    """Compare a request with one that the form of its sentence shows."""
    text = reading.article.text
    if frame.bar is not None or frame.by is None or frame.what is None:
        return Refusal("no_request", "the cited sentence asks for nothing")
    if not equal(frame.what.of(text), item.what):
        return Refusal("words", "the sentence asks for something else")
    if not case.names_party(reading, frame.by, item.by):
        return Refusal("direction", "the sentence does not say that this party asks")
    asked = frame.to if frame.to is None or frame.to.form != "pronoun" else None
    if asked is not None and not case.names_party(reading, asked, item.to):
        return Refusal("direction", "the sentence asks somebody else")
    if asked is None and item.to is not None:
        after = Span(
            start=frame.cue.end,
            end=reading.article.sentences[frame.sentence].span.end,
        )
        if locate(item.to.name, text, after) is None:
            return Refusal("direction", f"the sentence does not ask {item.to.name!r}")
    if frame.modality != item.modality or frame.force != item.force:
        return Refusal("modality", f"the request is {frame.modality}, a {frame.force}")
    if not case.names_party(reading, frame.reported_by, item.reported_by):
        return Refusal("reporter", "somebody else reports it")
    return None
