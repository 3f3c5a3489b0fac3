"""How two briefings differ in sections of a user's own."""

from collections.abc import Iterator

from schemas.briefing import Briefing, OwnItem, OwnSection, Value
from schemas.sections import SectionDefinition
from summarizer.changes.cast import Cast
from summarizer.changes.pairing import pair
from summarizer.changes.values import Change, Kind
from summarizer.text import content

_FULL = 1_000
_ENOUGH = 500
"""Score from which two items are one: the same parties, or mostly the same words."""

Pairs = list[tuple[OwnItem, OwnItem]]


def pairs(old: Briefing, new: Briefing, cast: Cast) -> dict[str, Pairs]:
    """Pair the items of each section that both briefings looked for, by its name."""
    return {
        before.definition.name: pair(
            before.items,
            after.items,
            lambda a, b: _score(a, b, cast),
            _meaning,
            lambda item: item.id,
        )
        for before, after in _both(old, new)
    }


def changes(old: Briefing, new: Briefing, paired: dict[str, Pairs]) -> Iterator[Change]:
    """Say what is new, gone, revised or reworded in each section.

    A section that only one briefing looked for is not compared: that the other has no
    item says nothing.
    """
    for before, after in _both(old, new):
        definition = after.definition
        found = paired[definition.name]
        gone, known = {o.id for o, _ in found}, {n.id for _, n in found}
        for item in before.items:
            if item.id not in gone:
                yield _change("no_longer_mentioned", definition, old=item)
        for item in after.items:
            if item.id not in known:
                yield _change("new", definition, new=item)
        for one, two in found:
            if (kind := _moved(one, two)) is not None:
                yield _change(kind, definition, old=one, new=two)


def _both(old: Briefing, new: Briefing) -> Iterator[tuple[OwnSection, OwnSection]]:
    for before in old.sections:
        after = new.section(before.definition.name)
        if after is not None:
            yield before, after


def _change(
    kind: Kind,
    definition: SectionDefinition,
    *,
    old: OwnItem | None = None,
    new: OwnItem | None = None,
) -> Change:
    return Change(
        kind=kind, section=definition.name, title=definition.title, old=old, new=new
    )


def _score(old: OwnItem, new: OwnItem, cast: Cast) -> int:
    """Score two items: the same parties in the same parts, like words, like times."""
    scores: list[float] = []
    for value in old.fields:
        other = new.value(value.name)
        if other is None:
            continue
        if value.party is not None:
            # Other parties in a part make it another item, whatever else is alike.
            same = cast.same(value.party, other.party)
            if not same:
                return 0
            scores.append(same)
        elif value.number is None and value.when is None:
            scores.append(content.likeness(value.text, other.text))
    if not scores:
        scores.append(float(_meaning(old) == _meaning(new)))
    found = round(_FULL * sum(scores) / len(scores))
    return found if found >= _ENOUGH else 0


def _moved(old: OwnItem, new: OwnItem) -> Kind | None:
    """Say how two items of one thing differ; None when they say the same."""
    names = dict.fromkeys(v.name for v in (*old.fields, *new.fields))
    both = [(old.value(name), new.value(name)) for name in names]
    if any(_is_revised(a, b) for a, b in both):
        return "figure_revised"
    told = [(_plain(a), _plain(b)) for a, b in both]
    return "reworded" if any(a != b for a, b in told) else None


def _is_revised(old: Value | None, new: Value | None) -> bool:
    if old is None or new is None or old.number is None or new.number is None:
        return False
    before, after = old.number, new.number
    return (before.value, before.comparator) != (after.value, after.comparator)


def _plain(value: Value | None) -> str:
    if value is None:
        return ""
    if value.party is not None:
        return ""  # who it is was compared before; how it is called may differ
    if value.when is not None and value.when.value is not None:
        return value.when.value
    return content.plain(value.text)


def _meaning(item: OwnItem) -> tuple[str, ...]:
    return tuple(
        f"{v.name}={v.party.name if v.party else content.plain(v.text)}"
        for v in item.fields
    )
