"""Join what several sources state alike: one item, one wording, evidence of each.

Two items are one if they mean the same: requests between the same parties, positions
of one holder with the same act, tolls of the same people with the same number. What
differs in a number, a "not" or a condition is not the same. Figures are never added up.

Items of one source are joined by the rules of that source alone (`relations`,
`ledger`); here only items of different sources meet.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from schemas.briefing import Casualties, Item, Position, Request
from schemas.evidence import Evidence
from schemas.terms import Act
from summarizer.assembly import tolls
from summarizer.assembly.several import copies
from summarizer.text import content, counts
from summarizer.text.typography import flat

ItemT = TypeVar("ItemT", bound=Item)

ALIKE = 0.6
"""Share of common stems (Dice) from which two phrases of like parties mean the same.
Of the pairs in `tests/data/same-items.toml` that two sources would have to state alike
(same act, same numbers, same negation), those that a person calls the same are above
it or below; none of the different ones is above."""

COVERED = 0.8
"""Share of the shorter phrase's stems in the longer from which one is the other, cut."""

_FEWEST = 3
"""Stems that the shorter phrase needs for that: "will help" is part of anything."""

_TELLING: frozenset[Act] = frozenset({"assert", "announce", "claim"})
"""Acts that one outlet's verb tells from another's: said, announced, claimed."""


def join(
    items: Sequence[ItemT],
    block: Callable[[ItemT], Hashable],
    alike: Callable[[ItemT, ItemT], float],
    richness: Callable[[ItemT], int] = lambda _: 0,
) -> list[list[ItemT]]:
    """Group items of different sources that state the same.

    Args:
        items: In the order of the sources; those of one source differ already.
        block: Items with different values of it are never the same.
        alike: How surely two items are the same; 0 is not at all.
        richness: Of a group the item with most of it comes first; ties keep the order.

    Returns:
        Groups with at most one item of each source, in the order of their first items.
    """
    groups: list[list[ItemT]] = []
    blocks: dict[Hashable, list[list[ItemT]]] = {}
    for item in items:
        near = blocks.setdefault(block(item), [])
        best, score = None, 0.0
        for group in near:
            if any(_sources(one) & _sources(item) for one in group):
                continue
            # All of them: the words of one stand for the whole group.
            found = min(alike(one, item) for one in group)
            if found > score:
                best, score = group, found
        if best is None:
            best = []
            near.append(best)
            groups.append(best)
        best.append(item)
    return [sorted(group, key=lambda i: -richness(i)) for group in groups]


def one_of(group: Sequence[ItemT], copy_of: Mapping[str, str], ident: str) -> ItemT:
    """Make one item of a group: the first one's wording, the evidence of all."""
    first = group[0]
    evidence: list[Evidence] = []
    for item in group:
        evidence += [e for e in item.evidence if e not in evidence]
    sources = list(dict.fromkeys(e.source for e in evidence))
    return first.model_copy(
        update={
            "id": ident,
            "evidence": tuple(evidence),
            "corroboration": copies.independent(sources, copy_of),
        }
    )


def same_request(one: Request, two: Request) -> float:
    """Tell how surely two requests between the same parties ask for the same."""
    if one.modality != two.modality:
        return 0.0
    return same_words(one.what, two.what)


def same_position(one: Position, two: Position) -> float:
    """Tell how surely two positions of one holder say the same."""
    if one.conditional != two.conditional or not same_act(one.act, two.act):
        return 0.0
    if one.target and two.target and one.target != two.target:
        return 0.0
    return same_words(one.gist, two.gist)


def same_act(one: Act, two: Act) -> bool:
    """Tell whether two acts may be one, told in two verbs."""
    return one == two or {one, two} <= _TELLING


def same_words(one: str, two: str) -> float:
    """Tell how surely two phrases mean the same: 0, or `ALIKE` to 1."""
    if content.is_negated(one) != content.is_negated(two):
        return 0.0
    if not _figures_agree(one, two) or _hedges(one) != _hedges(two):
        return 0.0
    if not _names_agree(one, two):
        return 0.0
    if content.plain(one) == content.plain(two):
        return 1.0
    first, second = content.stems(one), content.stems(two)
    fewer = min(len(first), len(second))
    score = content.likeness(one, two)
    if fewer >= _FEWEST and len(first & second) >= COVERED * fewer:
        score = max(score, COVERED)
    return score if score >= ALIKE else 0.0


def same_toll(one: Casualties, two: Casualties) -> float:
    """Tell how surely two rows count the same people, and give the same number."""
    if not tolls.same_number(one, two) or one.none_reported != two.none_reported:
        return 0.0
    if one.source and two.source and one.source != two.source:
        return 0.0  # two counters, two rows
    return tolls.same_people(one, two)


def told(row: Casualties) -> int:
    """Count what a row tells besides its number: counter, place, event, people, day."""
    facts = (row.source, row.place, row.event, row.by, row.who_text, row.when)
    return sum(fact is not None for fact in facts)


def _sources(item: Item) -> set[str]:
    return {e.source for e in item.evidence}


def _figures_agree(one: str, two: str) -> bool:
    """Tell whether neither phrase gives a number where the other gives another."""
    first, second = _figures(one), _figures(two)
    return first <= second or second <= first


def _names_agree(one: str, two: str) -> bool:
    """Tell whether neither phrase has a name where the other has another."""
    first, second = ({*_NAME.findall(flat(phrase))} for phrase in (one, two))
    return not (first - second and second - first)


_NAME = re.compile(r"(?<=\s)[A-Z][\w'-]*")
"""A word with a capital that does not begin a phrase."""


def _figures(phrase: str) -> set[tuple[int | None, int | None, int | None]]:
    found = (counts.read(span.of(phrase)) for span in counts.spans(phrase))
    return {(c.value, c.low, c.high) for c in found if c is not None}


_HEDGE = re.compile(r"(?i)\b(?:may|might|could|can|would|if|unless|until)\b")


def _hedges(phrase: str) -> bool:
    return _HEDGE.search(flat(phrase)) is not None
