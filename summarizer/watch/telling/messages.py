"""What a watch posts: the changes of one story as they happen, or of several at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.briefing import Briefing, Casualties, OpenQuestion
from summarizer.assembly import bottom_line, tolls
from summarizer.assembly.bottom_line import Weighty
from summarizer.changes import Change, Changes
from summarizer.posting import encoded
from summarizer.proof.claims import Items
from summarizer.reading.english.names import party_names
from summarizer.render.changes import slack, wording
from summarizer.render.slack.blocks import Line, Run, rich
from summarizer.render.slack.briefing import short_footer
from summarizer.render.slack.packing import Piece, pack
from summarizer.render.words.origins import heading
from summarizer.render.words.wording import visible

_MOST = 25
"""Changes of a story in one post; what is more is counted and stands on the page."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of one story.

    Attributes:
        rule: The rule that tells it.
        story: Its id.
        version: Of its newest briefing.
        old: What the readers know.
        new: The newest briefing.
        changes: The comparison of the two.
        told: Those of its changes that are told, one or more.
        waiting: How many wait for what they lack.
        is_new: Whether the readers have not heard of the story.
    """

    rule: str
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
            lead(telling) or summary,
            _pieces(telling, summary),
            (f"Rule {telling.rule}", *short_footer(telling.new)),
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
    notes = tuple(dict.fromkeys(n for one in tellings for n in short_footer(one.new)))
    return encoded(pack(title, title, pieces, notes[:6]))


def lead(telling: Telling) -> str:
    """Say in a line or two what is news: of a new story, what it comes to.

    Of a story that readers know the line is made of what is told now: what else it comes
    to they have read, and an edited article opens as it did before.

    Returns:
        The words; empty when there are none.
    """
    if telling.is_new:
        return telling.new.bottom_line
    moved = [one for one in telling.told if one.kind == "toll_revised"][:_MOST_TOLLS]
    items, silent = _news(telling, {one.item.id for one in moved})
    parts = [bottom_line.compose(items, silent).text] if items else []
    parts += [_moved(one) for one in moved]
    parts += [_taken_back(one) for one in telling.told if one.new is None]
    said = " ".join(part for part in parts if part)
    return said or next((wording.what(one) for one in telling.told), "")


_MOST_TOLLS = 2
"""Revised tolls in the first line of a post; the others stand below."""


def _news(telling: Telling, moved: set[str]) -> tuple[Items, tuple[OpenQuestion, ...]]:
    """List the items that are told as they are now, and who is silent.

    A toll that is told as moved is left out, unless its sentence leads to the others.
    """
    found: list[Weighty] = []
    silent = []
    for one in telling.told:
        item = one.answer or one.new
        if isinstance(item, OpenQuestion):
            silent.append(item)
        elif isinstance(item, Weighty) and item not in found:
            found.append(item)
    others = [item for item in found if item.id not in moved]
    leading = min(found, key=_place, default=None)
    if others and leading is not None and leading not in others:
        others.insert(0, leading)
    return tuple(others), tuple(silent)


def _place(item: Weighty) -> tuple[int, str, int]:
    told = item.evidence[0]
    return len(told.source), told.source, told.start  # "s10" comes after "s9"


def _moved(change: Change) -> str:
    """Say from what to what a toll went: "Killed: 24 → 27 (the hospital)."."""
    old, new = change.old, change.new
    if not isinstance(old, Casualties) or not isinstance(new, Casualties):
        return ""
    counter = new.source or old.source
    by = f" ({counter.name})" if counter else ""
    return f"{new.kind.capitalize()}: {_count(old)} → {_count(new)}{by}."


def _count(row: Casualties) -> str:
    words = row.count_text or row.who_text or ""
    return f"{words[:1].lower()}{words[1:]}"


def _taken_back(change: Change) -> str:
    """Cite what an edited article says no more."""
    if change.kind != "no_longer_mentioned":
        return ""
    return f"No longer in the article: “{change.item.evidence[0].exact}”"


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
    lines = [Line((Run(lead(telling) or heading(telling.new)),))]
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
        slack.piece(
            part,
            one,
            telling.changes,
            sources,
            mark_of(telling, one),
            _agreement(one, telling.new),
        )
        for one in shown[:_MOST]
    ]
    if (more := len(shown) - _MOST) > 0:
        line = Line((Run(f"{more} more changes", "italic"),))
        found.append(Piece(part, tuple(rich([line]))))
    return found


def _agreement(change: Change, new: Briefing) -> str:
    """Say who else gives a number: a second counter's count is no second event."""
    item = change.new
    if not isinstance(item, Casualties) or item.source is None:
        return ""
    others = [
        one.source.name
        for one in new.casualties
        if one.source is not None
        and not party_names.same(one.source.name, item.source.name)
        and tolls.agree(one, item)
    ]
    names = " and ".join(dict.fromkeys(others))
    return f"the same number as {names}" if names else ""


def mark_of(telling: Telling, change: Change) -> str:
    """Name a change so that `watch --explain` finds it: story, version, item."""
    return f"{telling.story}.{telling.version}.{name_of(change)}"


def name_of(change: Change) -> str:
    """Name the item of a change within a story's edition.

    An item that the edition has no more bears the number of another edition, which may be
    that of something else in this one.
    """
    return change.item.id if change.new is not None else f"was-{change.item.id}"
