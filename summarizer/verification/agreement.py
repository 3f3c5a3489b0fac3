"""Whether each source that an item cites states it."""

from collections.abc import Iterator

from schemas.briefing import Casualties, Item, OpenQuestion, Position, Request
from summarizer.assembly import stated
from summarizer.assembly.several import copies, corroboration
from summarizer.reading.reading import Reading
from summarizer.reports import Finding
from summarizer.verification.case import Case
from summarizer.verification.rebuilding import Rebuilt


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
    shown = case.rebuilt(reading.article.id)
    if isinstance(item, Casualties):
        return stated.toll(item, reading, index)
    if isinstance(item, Request):
        return any(
            shown.is_one(one.by, item.by) and corroboration.same_request(one, item) > 0
            for one in shown.at(Request, index)
        )
    if isinstance(item, Position):
        told = any(
            shown.is_one(one.holder, item.holder)
            and corroboration.same_act(one.act, item.act)
            and corroboration.same_words(item.gist, one.gist) > 0
            for one in shown.at(Position, index)
        )
        return told or _narrates(shown, item, index)
    return True  # the name of an actor is checked with its evidence


def _narrates(shown: Rebuilt, item: Position, index: int) -> bool:
    """Tell whether a sentence names the holder and may narrate a position."""
    reading = shown.reading
    named = any(
        m.form == "pronoun"
        or shown.is_one(shown.context.party(reading, m), item.holder)
        for m in reading.directory.within(reading.article.sentences[index].span)
    )
    return named and stated.narrated(item, reading.article.words(index))
