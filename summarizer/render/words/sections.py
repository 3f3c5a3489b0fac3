"""The sections of a briefing as every form shows them: their order, titles and counts.

What happened comes first, as an editor asks for it first; within a section unconfirmed
items stand after the supported ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schemas.briefing import Item, OwnSection
from schemas.terms import Section
from summarizer.render.words import own, verdicts
from summarizer.render.words.wording import visible
from summarizer.selection import Selection, ordered

TITLES: Final[dict[Section, str]] = {
    "developments": "What happened",
    "requests": "Requests",
    "positions": "Positions",
    "casualties": "Casualties",
    "open_questions": "Open questions",
    "actors": "Actors",
}
"""In the order of reading."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One section as it is shown.

    Attributes:
        name: Its field in the briefing; of a section of the user's own its name.
        title: Its title.
        count: How many items it has: "11, 3 unconfirmed".
        parts: Subtitle, or "", and the items under it.
        more: How many items are not shown: "and 23 more"; "" if all are. Of a section
            of the user's own that has none: why.
        is_own: Whether it is one of the user's own.
    """

    name: str
    title: str
    count: str
    parts: tuple[tuple[str, tuple[Item, ...]], ...]
    more: str
    is_own: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items that are shown, in order."""
        return tuple(item for _, items in self.parts for item in items)

    @property
    def heading(self) -> str:
        """Title and count: "Positions (11, 3 unconfirmed)"."""
        return f"{self.title} ({self.count})"


def of(selection: Selection) -> tuple[Shown, ...]:
    """List the sections that have an item, in the order of reading.

    Those of the user's own stand before what stays open, also when they have none: that
    nothing was found is an answer.
    """
    made = [_shown(selection, name) for name in TITLES]
    asked = selection.briefing.provenance.model != "none"
    mine = [_own(one, was_asked=asked) for one in selection.briefing.sections]
    first = [one for one in made if one.name not in _LAST]
    last = [one for one in made if one.name in _LAST]
    return tuple(one for one in (*first, *mine, *last) if one.items or one.is_own)


_LAST: Final = ("open_questions", "actors")


def _own(section: OwnSection, *, was_asked: bool) -> Shown:
    return Shown(
        name=section.definition.name,
        title=visible(section.definition.title),
        count=verdicts.count(section.items),
        parts=(("", ordered(section.items)),),
        more="" if section.items else own.nothing(section, was_asked=was_asked),
        is_own=True,
    )


def _shown(selection: Selection, name: Section) -> Shown:
    items: Sequence[Item] = getattr(selection.briefing, name)
    parts: tuple[tuple[str, tuple[Item, ...]], ...] = (("", ordered(items)),)
    if name == "positions" and selection.groups:
        parts = tuple((group.title, group.items) for group in selection.groups)
    rest = selection.rest.get(name)
    return Shown(
        name=name,
        title=TITLES[name],
        count=verdicts.count(items, rest),
        parts=parts,
        more=verdicts.more(rest),
    )
