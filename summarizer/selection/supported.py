"""A briefing without what could not be confirmed."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from schemas.briefing import Briefing, Casualties, Item, Position
from summarizer.assembly import bottom_line, own
from summarizer.proof.claims import Items
from summarizer.selection.values import LeftOut, Selection, parties

T = TypeVar("T", bound=Item)


def supported_only(briefing: Briefing) -> Briefing:
    """Return *briefing* with its supported items only.

    Ids stay as they are, and none refers to an item that is gone: not in `rests_on`,
    `answers` or `part_of`. Open questions about such an item go too. A bottom line that
    rests on one is composed anew. An unconfirmed actor stays where a supported item
    names it, since parties are ids of actors. Coverage and what was withheld tell of
    the whole reading, as before.
    """
    return confirmed(briefing).briefing


def confirmed(briefing: Briefing) -> Selection:
    """Select the supported items as `supported_only` does, and say what is left out."""
    shown = _without_doubts(briefing)
    left = {item.id for item in _items(shown)}
    out = [item for item in _items(briefing) if item.id not in left]
    unsure = sum(item.verdict == "unconfirmed" for item in out)
    lost = tuple(one for one in briefing.rests_on if one not in left)
    return Selection(
        _composed(shown) if lost else shown,
        LeftOut(unsure, questions=len(out) - unsure, under_bottom_line=lost),
    )


def _without_doubts(briefing: Briefing) -> Briefing:
    """Keep the supported items, the questions about them and the actors that they name."""
    gone = {item.id for item in _items(briefing) if item.verdict == "unconfirmed"}
    kept: dict[str, tuple[Item, ...]] = {
        "requests": _supported(briefing.requests),
        "positions": tuple(_answering(p, gone) for p in _supported(briefing.positions)),
        "casualties": tuple(_whole(c, gone) for c in _supported(briefing.casualties)),
        "developments": _supported(briefing.developments),
        "open_questions": tuple(
            q for q in _supported(briefing.open_questions) if q.about not in gone
        ),
    }
    named = {party.id for items in kept.values() for party in parties(items)}
    sections = tuple(
        one.model_copy(update={"items": _supported(one.items)})
        for one in briefing.sections
    )
    named |= {p.id for one in sections for p in parties(one.items)}
    kept["actors"] = tuple(
        a for a in briefing.actors if a.verdict == "supported" or a.id in named
    )
    made = briefing.model_copy(update={**kept, "sections": sections})
    if briefing.sections and briefing.bottom_line == own.summary(briefing.sections):
        return made.model_copy(update={"bottom_line": own.summary(sections)})
    return made


def _composed(briefing: Briefing) -> Briefing:
    """Compose the bottom line of the items that are left."""
    items: Items = (
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.developments,
    )
    line = bottom_line.compose(items, briefing.open_questions)
    update = {"bottom_line": line.text, "rests_on": line.rests_on}
    return briefing.model_copy(update=update)


def _items(briefing: Briefing) -> tuple[Item, ...]:
    return (
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.developments,
        *briefing.open_questions,
        *briefing.actors,
        *(item for section in briefing.sections for item in section.items),
    )


def _supported(items: Sequence[T]) -> tuple[T, ...]:
    return tuple(item for item in items if item.verdict == "supported")


def _answering(item: Position, gone: Collection[str]) -> Position:
    """Let a position answer no request that is gone."""
    kept = tuple(i for i in item.answers if i not in gone)
    return item if kept == item.answers else item.model_copy(update={"answers": kept})


def _whole(item: Casualties, gone: Collection[str]) -> Casualties:
    """Let a toll be part of no toll that is gone."""
    return item.model_copy(update={"part_of": None}) if item.part_of in gone else item
