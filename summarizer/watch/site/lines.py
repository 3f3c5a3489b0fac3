"""One edition in a few lines, for the page of a day and for the feed."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final, Self

from schemas.briefing import Briefing
from summarizer.changes import Changes
from summarizer.render.changes import wording as diff_wording
from summarizer.render.words import verdicts
from summarizer.render.words.wording import visible
from summarizer.selection import selected
from summarizer.watch.chronicle import Edition
from summarizer.watch.site import moves
from summarizer.watch.site.moves import Move

MOST_TOLD: Final = 6
"""Changes that a line keeps; it says how many more there are."""
_LONGEST: Final = 220
"""Characters of a change in a line."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change in one line.

    Attributes:
        label: What kind of change.
        who: Whom it is about, or "".
        what: What changed.
        is_unsure: Whether it must be marked.
    """

    label: str
    who: str
    what: str
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in a few lines.

    Attributes:
        story: The story.
        version: From 1.
        at: When it was made, in UTC.
        title: What the story is called.
        bottom_line: What it comes to.
        read: The article that it was made for, or "".
        is_unsure: Whether the bottom line rests on an unconfirmed item.
        sources: How many sources; copies are not counted.
        copies: How many copies of them.
        unconfirmed: How many items are unconfirmed.
        kinds: How many changes of each kind.
        told: The weightiest changes.
        more: How many more there are.
    """

    story: str
    version: int
    at: datetime
    title: str
    bottom_line: str
    read: str
    is_unsure: bool
    sources: int
    copies: int
    unconfirmed: int
    kinds: tuple[tuple[str, int], ...]
    told: tuple[Told, ...]
    more: int

    def packed(self) -> str:
        """Write it as JSON."""
        return json.dumps({**asdict(self), "at": self.at.timestamp()})

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """Read it again."""
        found = json.loads(text)
        found["at"] = datetime.fromtimestamp(found["at"], UTC)
        found["told"] = tuple(Told(**one) for one in found["told"])
        found["kinds"] = tuple((name, count) for name, count in found["kinds"])
        return cls(**found)


def line(edition: Edition, briefing: Briefing, changes: Changes | None) -> Line:
    """Write an edition in a few lines."""
    found = moves.weightiest(moves.of(briefing, changes))
    unsure = verdicts.unconfirmed_ids(selected(briefing))
    alone = len({one.copy_of or one.id for one in briefing.sources})
    return Line(
        story=edition.story,
        version=edition.version,
        at=edition.at,
        title=visible(edition.heading) or edition.story,
        bottom_line=visible(briefing.bottom_line),
        read=_read(briefing, changes),
        is_unsure=any(one in unsure for one in briefing.rests_on),
        sources=alone,
        copies=len(briefing.sources) - alone,
        unconfirmed=len(unsure),
        kinds=_kinds(found, is_first=edition.version == 1),
        told=tuple(map(_told, found[:MOST_TOLD])),
        more=len(found[MOST_TOLD:]),
    )


def _read(briefing: Briefing, changes: Changes | None) -> str:
    """Name the last article that is new in an edition; empty for a first edition."""
    before = changes.old.texts if changes else None
    new = [one for one in briefing.sources if one.text_sha256 not in (before or ())]
    if before is None or not new:
        return ""
    parts = (new[-1].title, new[-1].publisher)
    return visible(" · ".join(filter(None, parts)))


def _kinds(found: Iterable[Move], *, is_first: bool) -> tuple[tuple[str, int], ...]:
    """Count the changes of each kind; of a first edition all is new."""
    return () if is_first else tuple(Counter(one.label for one in found).items())


def _told(one: Move) -> Told:
    what = visible(diff_wording.what(one.change))
    cut = what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1]}…"
    return Told(one.label, one.who, cut, one.is_unsure)
