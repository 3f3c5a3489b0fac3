"""What keeps a request from being shown: who asks, who is asked, and by what word."""

import re

from schemas.draft import QuotedRequest, RequestDraft
from schemas.evidence import Span
from summarizer.proof import parties, words
from summarizer.proof.requests import askers, frames
from summarizer.proof.statements import holders, speakers
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Mention, Refusal
from summarizer.text import quotes
from summarizer.text.locate import locate


def find(
    reading: Reading, one: Asked, draft: RequestDraft, place: Span
) -> tuple[str, ...] | Refusal:
    """List what keeps a request from being shown, or say what refutes it."""
    told = draft if isinstance(draft, QuotedRequest) else None
    reporter = words.party(reading, told.reported_by, place) if told else None
    doubts = _who_asks(reading, place, one, reported=reporter is not None)
    if isinstance(doubts, Refusal):
        return doubts
    reasons = list(doubts)
    if reading.reader.asking_word(place) is None:
        reasons.append("no word of the sentence asks anybody for anything")
    if draft.to.strip() and not _is_near(reading, draft.to, one.to, place):
        reasons.append(f"the sentence does not name {draft.to!r}")
    if told is None and frames.same(reading, place, one.by, one.what) is None:
        unclear = _unclear(reading, one, draft, place)
        if isinstance(unclear, Refusal):
            return unclear
        reasons += unclear
    return tuple(reasons)


def _unclear(
    reading: Reading, one: Asked, draft: RequestDraft, place: Span
) -> list[str] | Refusal:
    """Say why a sentence does not plainly have one party ask the other, or not at all."""
    plain = _is_plain(reading, place, one.by, one.to)
    if plain:
        return []
    names = f"{draft.by!r} asks" + (f" {draft.to!r}" if draft.to.strip() else "")
    if plain is None:
        return Refusal("direction", f"no word of the sentence shows that {names}")
    return [f"no word of the sentence shows plainly that {names}"]


def _who_asks(
    reading: Reading, place: Span, one: Asked, *, reported: bool
) -> list[str] | Refusal:
    """Say what speaks against a party as the one who asks, where no form shows it."""
    by, what = one.by, one.what
    if by is None or frames.same(reading, place, by, what) is not None:
        return []
    text = reading.article.text
    if words.is_writers(by.core.of(text)):
        return [words.unnamed_writers(by.core.of(text))]
    finding = holders.judge(reading, by, place)
    if finding.verdict == "refuted" and not reported and _is_said(reading, what):
        return Refusal("direction", finding.reason)
    if finding.verdict != "supported":
        return [finding.reason]
    if other := _another_asks(reading, place, by, what):
        name = other.span.of(text)
        return Refusal("direction", f"the sentence says that {name} asks")
    return []


def _another_asks(
    reading: Reading, place: Span, by: Mention, what: Span
) -> Mention | None:
    """Find the named party that asks for it, where the drafted one only says so.

    "The town of Quill has asked for a lighthouse, Mayor Stone said": not Stone.
    """
    directory, text = reading.directory, reading.article.text
    if not reading.has_grammar or reading.is_quoted(what):
        return None
    for index in reading.article.touched(place):
        sentence = reading.article.sentences[index].span
        if any(
            askers.asks(text, sentence, m)
            for m in parties.places_in(directory, by, sentence)
        ):
            return None
        one = askers.asker(directory, index, what)
        if one is None or one.form != "name" or parties.is_one(directory, by, one):
            continue
        if not parties.shares_words(text, by, one):
            return one
    return None


def _is_plain(
    reading: Reading, place: Span, by: Mention | None, to: Mention | None
) -> bool | None:
    """Tell whether a sentence plainly has one party ask and the other be asked.

    Asked of small models' drafts only: they put any two parties of a sentence with a
    word of asking into a request.

    Returns:
        None where neither is shown, or both are one party.
    """
    directory, text = reading.directory, reading.article.text
    if not reading.has_grammar:
        return True
    asks, is_asked = False, False
    for sentence in reading.article.spans(place):
        mine = parties.places_in(directory, by, sentence) if by is not None else []
        theirs = parties.places_in(directory, to, sentence) if to is not None else []
        asks = asks or not mine or any(askers.asks(text, sentence, m) for m in mine)
        asks = asks or any(speakers.cue_of(text, sentence, m) for m in mine)
        is_asked = is_asked or any(askers.is_asked(text, sentence, m) for m in theirs)
        if any(_beside(text, a, b) for a in mine for b in theirs):
            return None
    if asks and is_asked:
        return True
    return False if asks or is_asked else None


def _beside(text: str, one: Mention, two: Mention) -> bool:
    """Tell two names of one party: "the owner of the ferry, Tessel Lines,"."""
    first, second = sorted((one.span, two.span), key=lambda s: s.start)
    return (
        re.fullmatch(r"\s*,\s*(?:the\s+|an?\s+)?", text[first.end : second.start])
        is not None
    )


def _is_said(reading: Reading, what: Span) -> bool:
    """Tell whether somebody is shown to ask for just this: quoted, or told to ask.

    "After Lind failed to show up at the hearing he was called to, Orr said": what Orr
    says is no word on who called him.
    """
    article = reading.article
    for index in article.touched(what):
        sentence = article.sentences[index].span
        if any(q.overlaps(what) for q in quotes.find(article.text, sentence)):
            return True
        if any(s.content.overlaps(what) for s in reading.said_in(index)):
            return True
        if any(f.by is not None for f in reading.frames.get(index, [])):
            return True
    return False


def _is_near(reading: Reading, said: str, to: Mention | None, place: Span) -> bool:
    """Tell whether the asked is named in the sentences, or taken up by a pronoun."""
    article = reading.article
    spans = article.spans(place)
    if any(locate(said, article.text, s) for s in spans):
        return True
    return to is not None and any(
        parties.named_in(reading.directory, to, s) for s in spans
    )
