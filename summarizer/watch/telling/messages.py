"""What a watch posts: the changes of one story as they happen, or of several at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.briefing import Briefing
from summarizer.changes import Change, Changes
from summarizer.posting import encoded
from summarizer.render.changes import slack, wording
from summarizer.render.slack.blocks import Line, Run, rich
from summarizer.render.slack.briefing import footer
from summarizer.render.slack.packing import Piece, pack
from summarizer.render.words.origins import heading
from summarizer.render.words.wording import visible

_MOST = 25
"""Changes of a story in one post; what is more is counted and stands on the page."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of one story.

    Attributes:
        story: Its id.
        version: Of its newest briefing.
        old: What the readers know.
        new: The newest briefing.
        changes: The comparison of the two.
        told: Those of its changes that are told, one or more.
        waiting: How many wait for what they lack.
        is_new: Whether the readers have not heard of the story.
    """

    story: str
    version: int
    old: Briefing
    new: Briefing
    changes: Changes
    told: tuple[Change, ...]
    waiting: int
    is_new: bool


def at_once(telling: Telling) -> tuple[bytes, ...]:
    """Write the messages of one story."""
    title = f"{_kind(telling)}: {heading(telling.new)}"
    summary = _summary(telling)
    return encoded(
        pack(
            title,
            telling.new.bottom_line or summary,
            _pieces(telling, summary),
            footer(telling.new),
        )
    )


def digest(tellings: Sequence[Telling], name: str) -> tuple[bytes, ...]:
    """Write the messages of several stories.

    Args:
        tellings: The stories, one or more.
        name: What the digest is called, with its time.
    """
    count = "1 story" if len(tellings) == 1 else f"{len(tellings)} stories"
    title = f"{name}: {count}"
    pieces: list[Piece] = []
    for one in tellings:
        part = f"{_kind(one)}: {visible(heading(one.new))}"
        pieces += [_lead(part, one), *_changes(part, one)]
    notes = tuple(dict.fromkeys(n for one in tellings for n in footer(one.new)))
    return encoded(pack(title, title, pieces, notes[:6]))


def _kind(telling: Telling) -> str:
    return "New story" if telling.is_new else "Changed"


def _summary(telling: Telling) -> str:
    sources = len({s.copy_of or s.id for s in telling.new.sources})
    told = "1 source" if sources == 1 else f"{sources} sources"
    if telling.is_new:
        return f"{telling.story} · {told}"
    return f"{telling.story} · {told} · {wording.count(_shown(telling))}"


def _shown(telling: Telling) -> Changes:
    return telling.changes.model_copy(update={"changes": telling.told})


def _pieces(telling: Telling, summary: str) -> list[Piece]:
    found = [_lead("", telling)]
    found.append(Piece("", tuple(rich([Line((Run(summary, "italic"),))]))))
    for name, changes in wording.sections(_shown(telling)):
        part = f"{name} ({len(changes)})"
        found += _changes(part, telling, changes)
    return found


def _lead(part: str, telling: Telling) -> Piece:
    lines = [Line((Run(telling.new.bottom_line or heading(telling.new)),))]
    if not telling.is_new:
        lines += [Line((Run(f"⚠ {n}", "bold"),)) for n in wording.caution(telling.changes)]  # fmt: skip
    return Piece(part, tuple(rich(lines)))


def _changes(
    part: str, telling: Telling, changes: Sequence[Change] | None = None
) -> list[Piece]:
    sources = {
        "old": {source.id: source for source in telling.old.sources},
        "new": {source.id: source for source in telling.new.sources},
    }
    shown = telling.told if changes is None else changes
    found = [
        slack.piece(part, one, telling.changes, sources, mark_of(telling, one))
        for one in shown[:_MOST]
    ]
    if (more := len(shown) - _MOST) > 0:
        line = Line((Run(f"{more} more changes", "italic"),))
        found.append(Piece(part, tuple(rich([line]))))
    return found


def mark_of(telling: Telling, change: Change) -> str:
    """Name a change so that `watch --explain` finds it: story, version, item."""
    return f"{telling.story}.{telling.version}.{change.item.id}"
