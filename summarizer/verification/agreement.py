"""Whether each source that an item cites states it."""

from collections.abc import Iterator

from schemas.briefing import (
    Casualties,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
)
from summarizer.assembly import corroboration, stated
from summarizer.assembly.several import copies
from summarizer.reading.reading import Reading
from summarizer.reports import Finding
from summarizer.verification.case import Case
from summarizer.verification.positions import positions_of


def corroborated(case: Case, item: Item) -> Iterator[Finding]:
    """Check that each source that an item cites states it, and count them."""
    if isinstance(item, OpenQuestion):
        return
    sources = list(dict.fromkeys(e.source for e in item.evidence))
    if copies.independent(sources, case.copy_of) != item.corroboration:
        reason = f"{item.corroboration} is not the number of independent sources"
        yield Finding(item=item.id, check="corroboration", reason=reason)
    others: dict[str, list[tuple[Reading, int]]] = {s: [] for s in sources[1:]}
    if not others:
        return
    for reading, index in case.sentences(item):
        if reading.article.id in others:
            others[reading.article.id].append((reading, index))
    for source, places in others.items():
        if not any(states(case, item, r, i) for r, i in places):
            reason = f"the cited words of {source} do not state it"
            yield Finding(item=item.id, check="corroboration", reason=reason)


def states(case: Case, item: Item, reading: Reading, index: int) -> bool:
    """Tell whether a sentence of a further source states an item."""
    if isinstance(item, Casualties):
        return stated.toll(item, reading, index)
    if isinstance(item, Request):
        return _asks(case, item, reading, index)
    if isinstance(item, Position):
        return _holds(case, item, reading, index)
    return True  # the name of an actor is checked with its evidence


def _asks(case: Case, item: Request, reading: Reading, index: int) -> bool:
    """Tell whether a sentence has the same party ask for the same."""
    text = reading.article.text
    if reading.lexicon is not None:
        return any(
            one.modality == item.modality
            and case.names_party(reading, one.by, item.by)
            and corroboration.same_words(item.what, one.what.of(text)) > 0
            for one in reading.reader.asked(index)
        )
    return any(
        frame.modality == item.modality
        and case.names_party(reading, frame.by, item.by)
        and stated.request(item.what, frame, text)
        for frame in reading.frames[index]
    )


def _holds(case: Case, item: Position, reading: Reading, index: int) -> bool:
    """Tell whether a sentence has the same party say the same, or tells it of it."""
    names = case.names_of(item.holder)
    for held in positions_of(reading, index, item, names):
        if (
            case.names_party(reading, held.holder, item.holder)
            and corroboration.same_act(held.act, item.act)
            and stated.said(item, held.gist.of(reading.article.text))
        ):
            return True
    words = reading.article.words(index)
    named = is_named_in(case, reading, index, item.holder)
    return named and stated.narrated(item, words)


def is_named_in(case: Case, reading: Reading, index: int, party: Party) -> bool:
    """Tell whether a phrase of a sentence names a party."""
    span = reading.article.sentences[index].span
    return any(
        m.form == "pronoun" or case.names_party(reading, m, party)
        for m in reading.directory.within(span)
    )
