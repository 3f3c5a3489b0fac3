"""The changes of an edition as the site tells them: what turned first, then what is new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from schemas.briefing import Briefing, Development, Item, OpenQuestion
from summarizer.changes import Change, Changes
from summarizer.changes.values import AnyItem, Kind
from summarizer.render.changes import wording as diff_wording
from summarizer.render.words import verdicts
from summarizer.render.words.wording import visible

Rank = Literal["turn", "news", "party", "faint"]

_KINDS: Final = get_args(Kind)
"""From what must not be missed to the rest, as `summarizer.changes` has them."""
_FAINT: Final = frozenset({"reworded", "no_longer_mentioned", "reopened"})
"""A later article that leaves something out does not take it back."""
_RANKS: Final[tuple[Rank, ...]] = ("turn", "news", "party", "faint")
_SECTIONS: Final = (
    "developments", "casualties", "requests", "positions", "open_questions", "actors",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A change, and how much of the page it is worth.

    Attributes:
        change: The change.
        rank: A turn of what was known; news; a party that is new; or what nobody misses.
        label: The kind of change in the words of the house.
        who: Whom it is about; "" when it says nothing.
        is_unsure: Whether it must be marked as unconfirmed.
    """

    change: Change
    rank: Rank
    label: str
    who: str
    is_unsure: bool


def of(briefing: Briefing, changes: Changes | None) -> tuple[Move, ...]:
    """List the changes of an edition; of a first one, all that it says is new."""
    if changes is None:
        return tuple(_move(one, "new") for one in _first(briefing))
    return tuple(
        _move(one, diff_wording.label(one, changes)) for one in changes.changes
    )


def weightiest(found: Iterable[Move]) -> tuple[Move, ...]:
    """Put the turns first, and leave out parties and what nobody misses.

    Returns:
        When there is nothing else, those.
    """
    ordered = sorted(found, key=_weight)
    weighty = [one for one in ordered if one.rank in {"turn", "news"}]
    return tuple(weighty or ordered)


def _weight(one: Move) -> tuple[int, int, int]:
    section = one.change.section
    place = _SECTIONS.index(section) if section in _SECTIONS else len(_SECTIONS)
    return _RANKS.index(one.rank), _KINDS.index(one.change.kind), place


def _move(change: Change, label: str) -> Move:
    item = change.item
    is_event = isinstance(item, Development) and not item.who
    says_nothing = is_event or isinstance(item, OpenQuestion)
    return Move(
        change=change,
        rank=_rank(change),
        label=label,
        who="" if says_nothing else visible(diff_wording.who(change)),
        is_unsure=_is_unsure(change),
    )


def _rank(change: Change) -> Rank:
    is_new, is_party = change.kind == "new", change.section == "actors"
    if change.kind in _FAINT or (is_party and not is_new):
        return "faint"
    if is_party:
        return "party"
    return "news" if is_new else "turn"


def _is_unsure(change: Change) -> bool:
    is_said = change.kind == "now_unconfirmed"
    return verdicts.is_unconfirmed(change.item) and not is_said


def _first(briefing: Briefing) -> Iterator[Change]:
    """Take all that a first edition says for new."""
    for section in _SECTIONS:
        items: tuple[AnyItem, ...] = getattr(briefing, section)
        for item in items:
            yield Change(kind="new", section=section, new=item)
    for own in briefing.sections:
        name, title = own.definition.name, own.definition.title
        for one in own.items:
            yield Change(kind="new", section=name, title=title, new=one)


def doubt(item: Item) -> str:
    """Say why an item is unconfirmed; empty for a supported one."""
    return visible(verdicts.why(item))
