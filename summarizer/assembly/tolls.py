"""Whether two sources count the same people: what speaks for it, what against it.

Place, event, people, day, counter and the other words of their sentences. Texts name
them or leave them out, so what one of them is silent about speaks neither way.
"""

from schemas.briefing import Casualties, When
from summarizer.text import content, counts, words
from summarizer.text.remembered import remembered

LARGE = 10
"""People from which the same number of the same story is no chance."""

_COMMON = 0.34
_MOSTLY = 0.5
"""Shares of the shorter sentence's other words that both have, from which they seem to
tell, and tell, of the same event: the borders that set apart the labelled tolls of
`tests/data/same-items.toml`, see `changes.sameness`."""

_FEWEST = 2
"""Words besides the count that a sentence needs to say how people came to harm."""

ANYBODY = frozenset(
    {"people", "person", "peopl", "other", "more", "them", "all", "both"}
)
"""Stems that tell no people harmed from others."""

_ANY_EVENT = content.stems("disaster incident tragedy accident crisis including total")
"""Words that any event is called by, or that any count stands with."""

EVERYWHERE = content.stems(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday week month "
    "morning night least number figure toll"
)
"""Words of time and counting, which any two tolls may share."""


def same_number(one: Casualties, two: Casualties) -> bool:
    """Tell whether two rows give one number, however carefully they put it."""
    if one.value is not None and not one.vague and not two.vague:
        return one.value == two.value
    return (
        one.value == two.value
        and (one.low, one.high, one.vague) == (two.low, two.high, two.vague)
        and (one.low is not None or heads(one.who_text) == heads(two.who_text))
    )


def same_people(one: Casualties, two: Casualties) -> float:
    """Tell how surely two rows with one number count the same people, 0 to 1.

    Both are of one story. A large number needs nothing more; a small one something
    that both name.
    """
    if set_apart(one, two) or _tell_apart(one, two):
        return 0.0
    shared = (one.source is not None and one.source == two.source) + _shared(one, two)
    if shared == 0 and (one.low or 0) < LARGE:
        return 0.0
    return min(1.0, 0.5 + 0.1 * shared)


def agree(one: Casualties, two: Casualties) -> bool:
    """Tell whether two rows give one number of the same people, whoever counted them.

    Two counters are two rows; that both say the same is what confirms a count. Words for
    two events ("a fire", "a crash") set them apart; a small number may be chance, so
    that both must name something besides.
    """
    if not same_number(one, two) or set_apart(one, two):
        return False
    if one.none_reported != two.none_reported or bool(one.part_of) != bool(two.part_of):
        return False
    if one.event and two.event and not _may_be_one_event(one.event, two.event):
        return False
    return (one.low or 0) >= LARGE or _shared(one, two) > 0


def _may_be_one_event(one: str, two: str) -> bool:
    """Tell whether two words for an event share a stem, or one is within the other.

    A quake is an earthquake, a strike an air strike.
    """
    return any(a in b or b in a for a in content.stems(one) for b in content.stems(two))


def same_event(one: Casualties, two: Casualties) -> bool:
    """Tell whether two rows with different numbers count the people of one event."""
    if set_apart(one, two):
        return False
    if _tell_apart(one, two):
        return False
    if _meet(one.event, two.event):
        return True
    return _meet(one.place, two.place) or _likeness(one, two) >= _MOSTLY


def may_be_same_event(one: Casualties, two: Casualties) -> bool:
    """Tell whether one of two rows says nothing of how people came to harm, or where.

    "At least 12 people were killed, the coast guard said": of one story, and by one
    counter, it is about what the story is about.
    """
    if set_apart(one, two) or _tell_apart(one, two):
        return False
    return any(
        not told_besides(row) and not row.event and not row.place for row in (one, two)
    )


def _tell_apart(one: Casualties, two: Casualties) -> bool:
    """Tell whether both say how people came to harm, in words that do not meet.

    A bridge fell and a bus burned in one town; a "disaster" may be either.
    """
    first, second = (
        told_besides(row) - content.stems(row.place or "") - _ANY_EVENT
        for row in (one, two)
    )
    if _meet(one.event, two.event):
        return False
    return bool(first and second) and not first & second


def set_apart(one: Casualties, two: Casualties) -> bool:
    """Tell whether something shows that two rows count different people."""
    if (one.kind, one.scope) != (two.kind, two.scope):
        return True
    if one.place and two.place and not _meet(one.place, two.place):
        return True
    first, second = heads(one.who_text), heads(two.who_text)
    if first and second and not first & second:
        return True
    if "unknown" not in {one.who, two.who} and one.who != two.who:
        return True
    return are_of_two_causes(one, two) or days_apart(one.when, two.when)


def are_of_two_causes(one: Casualties, two: Casualties) -> bool:
    """Tell whether one counts those who died of an illness, and the other does not.

    The dead of a flood, and of the cholera in the camps behind it, are two counts. What
    names no event may be either.
    """
    if not one.event or not two.event or _meet(one.event, two.event):
        return False
    return any(_ILL.search(event) for event in (one.event, two.event))


_ILL = words.pattern("harm_refused", "illnesses")


def days_apart(one: When | None, two: When | None) -> bool:
    """Tell whether two dates cannot be of one day."""
    if one is None or two is None or not (one.start and two.start):
        return False
    return one.start > (two.end or two.start) or two.start > (one.end or one.start)


def heads(phrase: str | None) -> frozenset[str]:
    """Reduce the words for people harmed to what tells them from other people."""
    return content.stems(phrase or "") - ANYBODY


def told_besides(item: Casualties) -> frozenset[str]:
    """Reduce the sentences of a toll to what they tell besides count and counter."""
    known = (item.count_text, item.source.name if item.source else None)
    told = " ".join(e.exact for e in item.evidence)
    return _besides(told, " ".join(filter(None, known)))


@remembered(16_384)
def _besides(told: str, known: str) -> frozenset[str]:
    for kind in words.lists("harm"):
        told = words.pattern("harm", kind).sub(" ", told)
    for span in reversed(counts.spans(told)):
        told = f"{told[: span.start]} {told[span.end :]}"
    return content.stems(told) - content.stems(known) - ANYBODY - EVERYWHERE


def _shared(one: Casualties, two: Casualties) -> int:
    """Count what both rows name: place, event, people, how it came."""
    return (
        _meet(one.place, two.place)
        + _meet(one.event, two.event)
        + bool(heads(one.who_text) & heads(two.who_text))
        + (_likeness(one, two) >= _COMMON)
    )


def _likeness(one: Casualties, two: Casualties) -> float:
    first, second = told_besides(one), told_besides(two)
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer >= _FEWEST else 0.0


def _meet(one: str | None, two: str | None) -> bool:
    return bool(one and two and content.stems(one) & content.stems(two))
