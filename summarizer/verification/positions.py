"""Positions: who says what, read again."""

from collections.abc import Iterator

from schemas.briefing import (
    Position,
)
from schemas.draft import (
    PositionDraft,
)
from summarizer.proof import verdicts
from summarizer.reading.reading import Reading
from summarizer.reading.values import Held, Refusal
from summarizer.reports import Finding
from summarizer.verification.case import Case
from summarizer.verification.drafted import drafted, position_drafts
from summarizer.verification.findings import equal, of_refusal, refused


def position(case: Case, item: Position) -> Iterator[Finding]:
    """Check a position: judged again, or compared with what its sentence shows."""
    for party in (item.holder, item.target, item.voiced_by):
        yield from case.party(item.id, party)
    if item.found_by == "model":
        yield from drafted(case, item, position_drafts(case, item))
        return
    reasons: list[Refusal] = []
    for reading, index in case.sentences(item):
        names = case.names_of(item.holder)
        for held in positions_of(reading, index, item, names):
            refusal = held_again(case, item, reading, held)
            if refusal is None:
                return
            reasons.append(refusal)
    order = ("spans", "speaker", "act", "quote", "condition", "words")
    best = min(
        reasons,
        key=lambda r: order.index(r.check) if r.check in order else len(order),
        default=Refusal("words", "no cited sentence states this"),
    )
    if best.check == "words":
        passage = case.passage(item)
        verdict = verdicts.judge(item.gist, passage)
        if not verdict.accepted:
            yield refused(item.id, "gist", verdict)
            return
    yield of_refusal(item.id, best)


def held_again(
    case: Case, item: Position, reading: Reading, held: Held
) -> Refusal | None:
    """Compare a position with one that its sentence shows."""
    text = reading.article.text
    if not equal(held.gist.of(text), item.gist):
        return Refusal("words", "the sentence states something else")
    if not case.names_party(reading, held.holder, item.holder):
        return Refusal(
            "speaker", f"the sentence does not ascribe this to {item.holder.name!r}"
        )
    if not case.names_party(reading, held.voiced_by, item.voiced_by):
        return Refusal("speaker", "somebody else voices it")
    if held.act != item.act and held.form != "narrated":
        return Refusal("act", f"the sentence shows {held.act!r}, not {item.act!r}")
    shown = held.quote.of(text) if held.quote is not None else None
    if (shown is None) != (item.quote is None) or (
        shown is not None and not equal(shown, item.quote or "")
    ):
        return Refusal("quote", "the quoted words are others")
    if held.conditional != item.conditional or held.form != item.form:
        return Refusal("condition", "its form or condition differs")
    return differing_spans(item, reading, held)


def positions_of(
    reading: Reading, index: int, item: Position, names: tuple[str, ...]
) -> Iterator[Held]:
    """Read the positions that a sentence may show."""
    for said in reading.said_in(index):
        held = reading.reader.statement(said)
        if isinstance(held, Held):
            # A draft may choose among the acts that the words show.
            shown = reading.reader.shown_acts(said.content.of(reading.article.text))
            if said.act == "assert" and item.act in shown:
                draft = PositionDraft(holder="", act=item.act, quote="")
                held = reading.reader.statement(said, draft)
            if isinstance(held, Held):
                yield held
    if reading.lexicon is not None and item.speech is None:
        for name in names:
            words = item.quote or item.gist
            draft = PositionDraft(holder=name, act=item.act, quote=words)
            held = reading.reader.stance(index, draft)
            if isinstance(held, Held):
                yield held
    elif item.form == "narrated":
        draft = PositionDraft(
            holder=item.holder.name, act=item.act, quote=item.evidence[0].exact
        )
        held = reading.reader.stance(
            index, draft.model_copy(update={"quote": item.gist})
        )
        if isinstance(held, Held):
            yield held


def differing_spans(item: Position, reading: Reading, held: Held) -> Refusal | None:
    """Compare the three spans of a statement with those of its sentence."""
    shown = [held.said_by, held.cue, held.content] if held.said_by else []
    seen = reading.article.seen
    given = [seen.visible(e.span) for _, e in item.speech] if item.speech else []
    if given == shown:
        return None
    return Refusal("spans", "speaker, cue or content stand elsewhere")
