"""A selection: what is shown of a briefing, and what is not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from schemas.briefing import Briefing, Casualties, Item, Party, Position, Value
from schemas.terms import Section

T = TypeVar("T", bound=Item)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a selection of supported items leaves out.

    Attributes:
        unconfirmed: Unconfirmed items, questions among them.
        questions: Questions that are left out only because they are about one of those.
        under_bottom_line: Ids of those that the bottom line rested on, which is
            composed anew then.
    """

    unconfirmed: int
    questions: int = 0
    under_bottom_line: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """The items of a section that are not shown because others weigh more.

    Attributes:
        count: How many they are, 1 or more.
        unconfirmed: Ids of the unconfirmed ones.
    """

    count: int
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Positions that are shown together; *title* is "" when they need none."""

    title: str
    items: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown of a briefing.

    Attributes:
        briefing: The briefing with the items that are shown. The rest of it, also
            its coverage, tells of the whole.
        left_out: What was left out as unconfirmed; None when all verdicts are shown.
        rest: For each section that is cut, what is not shown.
        groups: The positions by party; empty when they stand in one list.
    """

    briefing: Briefing
    left_out: LeftOut | None = None
    rest: Mapping[Section, Rest] = field(default_factory=lambda: MappingProxyType({}))
    groups: tuple[Group, ...] = ()


def selected(shown: Briefing | Selection) -> Selection:
    """Take a briefing as the selection of all its items."""
    return shown if isinstance(shown, Selection) else Selection(shown)


def ordered(items: Iterable[T]) -> tuple[T, ...]:
    """Put unconfirmed items after the supported ones, each in the order they have."""
    return tuple(sorted(items, key=lambda item: item.verdict == "unconfirmed"))


def parties(items: Iterable[Item]) -> Iterator[Party]:
    """Yield every party that *items* name, as often as they name it."""
    for item in items:
        for _, value in item:
            values = value if isinstance(value, tuple) else (value,)
            yield from (one for one in values if isinstance(one, Party))
            yield from (v.party for v in values if isinstance(v, Value) and v.party)
        if isinstance(item, Casualties):
            yield from (f.source for f in item.supersedes if f.source)
