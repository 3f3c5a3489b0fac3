"""Judge a drafted request: who asks whom, and whether anybody asks at all.

Refuted: words that the article does not have, a request that the sentence denies or
only supposes, another party that plainly asks, and parties that change places.
"""

from dataclasses import replace

from schemas.draft import QuotedRequest, RequestDraft
from schemas.evidence import Span
from summarizer.proof import parties, words
from summarizer.proof.requests import askers, doubts, frames, refuted, wanted
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Mention, Refusal, Standing


def judge(reading: Reading, draft: RequestDraft, place: Span) -> Asked | Refusal:
    """Judge a draft whose quotation stands at *place*."""
    by = _requester(reading, draft.by, place)
    if isinstance(by, Refusal):
        return by
    to = words.party(reading, draft.to, place)
    if by is None and to is None:
        return Refusal("no_requester", "it says neither who asks nor who is asked")
    if _writers_ask(reading, draft.to, place):
        return Refusal("direction", f"the sentence says that {draft.to!r} asks")
    what = wanted.find(reading, draft, place, to)
    if isinstance(what, Refusal):
        return what
    place = wanted.clause(reading.article.text, place, by, what)
    if by and to and reading.directory.is_same(by, to):
        return Refusal("direction", f"{draft.to!r} cannot both ask and be asked")
    refusal = refuted.barred(reading, place, what) or refuted.swapped(
        reading, by, to, place
    )
    if refusal is not None:
        return refusal
    return _weighed(reading, _told_by(reading, place, by, to, what), draft, place)


def _requester(reading: Reading, by: str, place: Span) -> Mention | Refusal | None:
    """Find the party that a draft says asks; None where it names none."""
    if not by.strip():
        return None
    found = parties.find(reading.directory, by, place)
    if found is None or words.is_pronoun(by):
        found = words.writers(reading, by, place)
    return found or Refusal("no_requester", f"the text names no {by!r}")


def _writers_ask(reading: Reading, to: str, place: Span) -> bool:
    """Tell whether those who are said to be asked, "we", ask themselves."""
    we = words.writers(reading, to, place)
    if we is None or not words.is_writers(we.core.of(reading.article.text)):
        return False
    return any(
        askers.asks(reading.article.text, s, Mention(w, w, "pronoun"))
        for s in reading.article.spans(place)
        for w in words.we_in(reading, s)
    )


def _told_by(
    reading: Reading, place: Span, by: Mention | None, to: Mention | None, what: Span
) -> Asked:
    """Return the request that words tell, whether it is shown or not."""
    cue, frame = (
        reading.reader.asking_word(place),
        frames.same(reading, place, by, what),
    )
    return Asked(
        sentence=reading.article.touched(place)[0],
        by=by,
        to=to,
        what=what,
        cue=cue or place,
        force=reading.reader.force(cue),
        modality="actual",
        reported_by=frame.reported_by if frame else None,
    )


def _weighed(
    reading: Reading, one: Asked, draft: RequestDraft, place: Span
) -> Asked | Refusal:
    """Return a request with what keeps it from being shown, or what refutes it."""
    reasons = doubts.find(reading, one, draft, place)
    if isinstance(reasons, Refusal):
        return reasons
    standing = Standing("unconfirmed" if reasons else "supported", reasons, "model")
    one = replace(one, standing=standing)
    if isinstance(draft, QuotedRequest):
        return _with_told(reading, one, draft, place)
    return one


def _with_told(
    reading: Reading, one: Asked, draft: QuotedRequest, place: Span
) -> Asked:
    """Add what a strong model's draft tells besides, as far as its words stand near."""
    article = reading.article
    return replace(
        one,
        force=draft.force or one.force,
        modality="planned" if draft.modality == "planned" else "actual",
        reported_by=words.party(reading, draft.reported_by, place),
        for_whom=words.phrase(article, draft.for_whom, place),
        when=words.phrase(article, draft.when, place, around=0),
    )
