"""A briefing without what could not be confirmed."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from schemas.briefing import Briefing, Casualties, Item, Position
from summarizer.selection.values import LeftOut, Selection, parties

T = TypeVar("T", bound=Item)

_STATING = ("requests", "positions", "casualties", "developments")


def supported_only(briefing: Briefing) -> Briefing:
    """Return *briefing* with its supported items only.

    Ids stay as they are, and none refers to an item that is gone: not in `rests_on`,
    `answers` or `part_of`. Open questions about such an item go too. An unconfirmed
    actor stays where a supported item names it, since parties are ids of actors.
    Coverage and what was withheld tell of the whole reading, as before.
    """
    return confirmed(briefing).briefing


def confirmed(briefing: Briefing) -> Selection:
    """Select the supported items as `supported_only` does, and say what is left out."""
    gone = {i.id for i in _items(briefing) if i.verdict == "unconfirmed"}
    stating = {name: _supported(getattr(briefing, name)) for name in _STATING}
    stating["positions"] = tuple(_unanswering(p, gone) for p in stating["positions"])
    stating["casualties"] = tuple(_whole(c, gone) for c in stating["casualties"])
    sure = _supported(briefing.open_questions)
    asked = tuple(q for q in sure if q.about not in gone)
    named = {p.id for items in (*stating.values(), asked) for p in parties(items)}
    actors = tuple(
        a for a in briefing.actors if a.verdict == "supported" or a.id in named
    )
    gone -= {a.id for a in actors}
    return Selection(
        briefing.model_copy(
            update={
                **stating,
                "open_questions": asked,
                "actors": actors,
                "rests_on": tuple(i for i in briefing.rests_on if i not in gone),
            }
        ),
        LeftOut(
            unconfirmed=len(gone),
            questions=len(sure) - len(asked),
            under_bottom_line=tuple(i for i in briefing.rests_on if i in gone),
        ),
    )


def _items(briefing: Briefing) -> Iterator[Item]:
    for name in (*_STATING, "open_questions", "actors"):
        yield from getattr(briefing, name)


def _supported(items: Sequence[T]) -> tuple[T, ...]:
    return tuple(item for item in items if item.verdict == "supported")


def _unanswering(item: Item, gone: Collection[str]) -> Item:
    """Let a position answer no request that is gone."""
    if not isinstance(item, Position) or not set(item.answers) & set(gone):
        return item
    kept = tuple(i for i in item.answers if i not in gone)
    return item.model_copy(update={"answers": kept})


def _whole(item: Item, gone: Collection[str]) -> Item:
    """Let a toll be part of no toll that is gone."""
    if not isinstance(item, Casualties) or item.part_of not in gone:
        return item
    return item.model_copy(update={"part_of": None})
