"""Judge a drafted request: who asks whom, and whether anybody asks at all.

Refuted: words that the article does not have, a request that the sentence denies or
only supposes, another party that plainly asks, and parties that change places.
"""

import re
from dataclasses import replace

from schemas.draft import QuotedRequest, RequestDraft
from schemas.evidence import Span
from summarizer.proof import askers, parties, words
from summarizer.proof.statements import holders, speakers
from summarizer.reading import no_fact
from summarizer.reading.english.asking import content
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Frame, Mention, Refusal, Standing
from summarizer.text import quotes
from summarizer.text.locate import locate

_BARS = {
    "condition": "it is only a condition",
    "denied": "the sentence denies it",
    "reader": "it is told to the reader",
}


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
    what = _asked_for(reading, draft, place, to)
    if isinstance(what, Refusal):
        return what
    place = _clause(reading.article.text, place, by, what)
    if by and to and reading.directory.is_same(by, to):
        return Refusal("direction", f"{draft.to!r} cannot both ask and be asked")
    refusal = _barred(reading, place, what) or _swapped(reading, by, to, place)
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


def _asked_for(
    reading: Reading, draft: RequestDraft, place: Span, to: Mention | None
) -> Span | Refusal:
    """Find the words for what is asked for, or say that there are none."""
    what = words.phrase(reading.article, draft.what, place)
    if what is None and not isinstance(draft, QuotedRequest):
        # Small models turn "the withdrawal of" into "withdraw": the words stand there.
        what = _told(reading, place, to)
    if what is None:
        return Refusal("not_found", f"the sentence does not say {draft.what[:80]!r}")
    if _is_cue(reading, what):
        return Refusal("no_request", f"{draft.what!r} is the word of asking itself")
    return _with_mark(reading.article.text, what)


def _is_cue(reading: Reading, what: Span) -> bool:
    """Tell the verb of asking from what is asked for, in a language read by lists."""
    return reading.reader.only_asks(what.of(reading.article.text)) is True


def _writers_ask(reading: Reading, to: str, place: Span) -> bool:
    """Tell whether those who are said to be asked, "we", ask themselves."""
    we = words.writers(reading, to, place)
    if we is None or not words.is_writers(we.core.of(reading.article.text)):
        return False
    return any(
        _asks(reading.article.text, s, Mention(w, w, "pronoun"))
        for s in reading.article.spans(place)
        for w in words.we_in(reading, s)
    )


def _with_mark(text: str, what: Span) -> Span:
    """Close a quotation that the words open: “engage in "more learning"”."""
    said = what.of(text)
    if said.count("“") <= said.count("”") and said.count('"') % 2 == 0:
        return what
    close = re.match(r"[.,]?[”\"]", text[what.end :])
    return what if close is None else Span(start=what.start, end=what.end + close.end())


def _clause(text: str, place: Span, by: Mention | None, what: Span) -> Span:
    """Leave out what a sentence tells before the clause with the asker and the asked-for.

    "Unions want more: at a rally, speakers called for a halt" is about the speakers.
    """
    first = what.start
    if by is not None and by.span.within(place):
        first = min(first, by.span.start)
    if not place.start < first < place.end:
        return place
    found = _BORDER.finditer(text, place.start, place.end)
    borders = [b for b in found if b.end() <= first]
    return Span(start=borders[-1].end(), end=place.end) if borders else place


_BORDER = re.compile(r"[;:]\s+(?![“\"])|,\s+(?:and|but|while)\s+(?=\w+\s+\w+)")


def _told(reading: Reading, place: Span, to: Mention | None) -> Span | None:
    """Take what follows the word of asking, and who is asked, to the end of its clause."""
    for frame in _frames(reading, place):
        if frame.bar is None and frame.what is not None:
            return frame.what
    text, cue = reading.article.text, reading.reader.asking_word(place)
    if cue is None:
        return None
    behind = to is not None and cue.end <= to.span.start < place.end
    start = to.span.end if to is not None and behind else cue.end
    told = _CLAUSE.match(text, start, place.end)
    if told is None or len(told["what"].split()) > content.MOST_WORDS:
        return None
    return Span(start=told.start("what"), end=told.end("what"))


_CLAUSE = re.compile(r"\s*(?:to|for|that|must|should)?\s*(?P<what>[^,;.“”\"]{3,})")


def _told_by(
    reading: Reading, place: Span, by: Mention | None, to: Mention | None, what: Span
) -> Asked:
    """Return the request that words tell, whether it is shown or not."""
    cue, frame = reading.reader.asking_word(place), _frame(reading, place, by, what)
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
    reasons = _doubts(reading, one, draft, place)
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


def _doubts(
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
    if told is None and _frame(reading, place, one.by, one.what) is None:
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
    if by is None or _frame(reading, place, by, what) is not None:
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
            _asks(text, sentence, m) for m in parties.places_in(directory, by, sentence)
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
        asks = asks or not mine or any(_asks(text, sentence, m) for m in mine)
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


def _frame(
    reading: Reading, place: Span, by: Mention | None, what: Span
) -> Frame | None:
    """Find the form's reading of the same request by the same party, if it has one."""
    for frame in _frames(reading, place):
        same = frame.by and by and parties.is_one(reading.directory, frame.by, by)
        if frame.bar is None and same and frame.what and frame.what.overlaps(what):
            return frame
    return None


def _frames(reading: Reading, place: Span) -> list[Frame]:
    return [
        frame
        for index in reading.article.touched(place)
        for frame in reading.frames.get(index, [])
        if frame.cue.within(place) or (frame.what and frame.what.overlaps(place))
    ]


def _barred(reading: Reading, place: Span, what: Span) -> Refusal | None:
    """Find what makes it no request: only where the form reads no other one here."""
    found = [
        f for f in _frames(reading, place) if f.what is None or f.what.overlaps(what)
    ]
    bars = [f for f in found if f.bar is not None]
    if not found:
        return _denied(reading, place, what)
    if not bars or len(bars) < len(found):
        return None
    cue = bars[0].cue.of(reading.article.text)
    bar = bars[0].bar or "denied"
    return Refusal(bar, f"“{cue}” asks for nothing: {_BARS[bar]}")


def _denied(reading: Reading, place: Span, what: Span) -> Refusal | None:
    """Find a denial or a condition before the word of asking, in its own clause."""
    cue = reading.reader.asking_word(place)
    if cue is None or not reading.has_grammar:
        return None
    article = reading.article
    if article.text[cue.end : what.start].endswith(", "):
        return None  # "If such an order exists, publish it."
    sentence = article.spans(cue)[0]
    before = article.text[sentence.start : cue.start]
    for row, found in no_fact.before_request(before):
        if not re.search(r",|\b(?:and|but|while)\b", found):
            words_of = cue.of(article.text)
            return Refusal(row.check, f"“{words_of}” asks for nothing: {row.why}")
    return None


def _swapped(
    reading: Reading, by: Mention | None, to: Mention | None, place: Span
) -> Refusal | None:
    """Find a sentence in which the asked asks, and the asker is asked."""
    if by is None or to is None or not reading.has_grammar:
        return None
    directory, text = reading.directory, reading.article.text
    for sentence in reading.article.spans(place):
        asked = [
            m
            for m in parties.places_in(directory, to, sentence)
            if m.span.overlaps(place)
        ]
        mine_here = [
            m
            for m in parties.places_in(directory, by, sentence)
            if m.span.overlaps(place)
        ]
        mine = any(_asks(text, sentence, m) for m in mine_here)
        theirs = any(
            _asks(text, sentence, m) and not askers.is_asked(text, sentence, m)
            for m in asked
        )
        told = any(askers.is_asked(text, sentence, m) for m in mine_here)
        if (theirs or told) and not mine:
            name, other = by.span.of(text), to.span.of(text)
            reason = (
                f"the sentence asks {name}"
                if told
                else f"the sentence says that {other} asks"
            )
            return Refusal("direction", reason)
    return None


def _asks(text: str, sentence: Span, who: Mention) -> bool:
    return askers.asks_at(text, sentence, who) or askers.asks_by_noun(
        text, sentence, who
    )


def _is_near(reading: Reading, said: str, to: Mention | None, place: Span) -> bool:
    """Tell whether the asked is named in the sentences, or taken up by a pronoun."""
    article = reading.article
    spans = article.spans(place)
    if any(locate(said, article.text, s) for s in spans):
        return True
    return to is not None and any(
        parties.named_in(reading.directory, to, s) for s in spans
    )
