"""The weightiest items of each section, for briefings that are longer than their reader."""

from collections import Counter
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

from schemas.briefing import Briefing, Item, Position
from schemas.terms import Section
from summarizer.selection.values import Group, Rest, Selection, ordered, parties
from summarizer.text import content

MANY: Final = 12
"""Positions from which on they are shown by party. A short article has about ten."""

_HEADLINE: Final = 0.5
"""Share of the title's content words that a sentence needs to tell what the title tells."""

_CUT: Final[tuple[Section, ...]] = (
    "developments",
    "requests",
    "positions",
    "open_questions",
    "actors",
)
"""All sections but the tolls: a count that is not shown would be taken for none."""

Key = Callable[[Item], tuple[float, ...]]


def top(selection: Selection, count: int) -> Selection:
    """Keep the *count* weightiest items of each section, the weightiest first.

    Supported items come before unconfirmed ones. Among them, each rule deciding where
    the ones before leave a tie:

    1. What the bottom line rests on.
    2. What more sources state.
    3. What tells half or more of the title's content words.
    4. Of positions, the first of each party, then their second ones: one who speaks
       often leaves room for the others.
    5. What stands earlier in its article: news tells first what matters most.

    Developments and open questions are ranked by the briefing already: there, only the
    first rule goes before their order. An actor weighs as much as the items that name
    it. Tolls are never cut.

    Args:
        selection: What to choose from.
        count: Items of a section, 1 or more.

    Returns:
        The selection, with how many of each section it does not show; more than `MANY`
        positions are put into groups by party.
    """
    briefing = selection.briefing
    keys = _keys(briefing)
    kept: dict[str, tuple[Item, ...]] = {}
    rest: dict[Section, Rest] = {}
    for name in _CUT:
        items: tuple[Item, ...] = getattr(briefing, name)
        ranked = ordered(sorted(items, key=keys[name]))
        kept[name] = ranked[:count]
        if left := ranked[count:]:
            doubted = (item.id for item in left if item.verdict == "unconfirmed")
            rest[name] = Rest(len(left), tuple(doubted))
    shown = briefing.model_copy(update=kept)
    return Selection(
        briefing=shown,
        left_out=selection.left_out,
        rest=MappingProxyType(rest),
        groups=_by_party(shown.positions, briefing.positions),
    )


def _keys(briefing: Briefing) -> dict[Section, Key]:
    """Make the order of each section; smaller keys weigh more."""
    titles = {source.id: source.title or "" for source in briefing.sources}
    stating = (
        *briefing.developments,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
    )
    named = Counter(party.id for party in parties(stating))

    turns = _turns(briefing.positions)

    def rests(item: Item) -> bool:
        return item.id not in briefing.rests_on

    def told(item: Item) -> tuple[float, ...]:
        is_title = any(
            content.covered(titles.get(e.source, ""), e.exact) >= _HEADLINE
            for e in item.evidence
        )
        turn = turns.get(item.id, 0)
        return rests(item), -item.corroboration, not is_title, turn, _start(item)

    return {
        "developments": lambda item: (rests(item),),
        "requests": told,
        "positions": told,
        "open_questions": lambda item: (rests(item),),
        "actors": lambda item: (-named[item.id],),
    }


def _turns(positions: Sequence[Position]) -> dict[str, int]:
    """Count for each position how many of its party stand before it; sure ones first."""
    spoken: Counter[str] = Counter()
    found: dict[str, int] = {}
    for one in ordered(sorted(positions, key=_start)):
        found[one.id] = spoken[one.holder.id]
        spoken[one.holder.id] += 1
    return found


def _start(item: Item) -> int:
    return min(e.start for e in item.evidence)


def _by_party(
    shown: Sequence[Position], positions: Sequence[Position]
) -> tuple[Group, ...]:
    """Put positions of one party together, if there are many.

    Parties keep the order of their weightiest position. Those with one stand together
    at the end, and unconfirmed positions after them all.
    """
    if len(positions) <= MANY:
        return ()
    sure = [p for p in shown if p.verdict == "supported"]
    doubted = tuple(p for p in shown if p.verdict == "unconfirmed")
    held = Counter(p.holder.id for p in sure)
    total = Counter(p.holder.id for p in positions)
    groups = [
        Group(
            _title(
                next(p.holder.name for p in sure if p.holder.id == one), n, total[one]
            ),
            tuple(p for p in sure if p.holder.id == one),
        )
        for one, n in held.items()
        if n > 1
    ]
    single = tuple(p for p in sure if held[p.holder.id] == 1)
    if not groups:
        return (Group("", (*single, *doubted)),)
    groups += [Group("Other parties", single)] if single else []
    groups += [Group("Unconfirmed", doubted)] if doubted else []
    return tuple(groups)


def _title(name: str, shown: int, total: int) -> str:
    """Name a party, and say how much of what it says is shown."""
    return name if shown == total else f"{name}, {shown} of {total}"
