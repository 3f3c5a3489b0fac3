"""The order of changes: by section, then from what must not be missed to the rest."""

from typing import Final

from summarizer.changes.values import Change, Kind

_SECTIONS: Final[tuple[str, ...]] = (
    "developments",
    "requests",
    "positions",
    "casualties",
    "open_questions",
    "actors",
)
_KINDS: Final[tuple[Kind, ...]] = (
    "reversed",
    "answered",
    "reopened",
    "toll_revised",
    "figure_revised",
    "source_changed",
    "hardened",
    "softened",
    "role_changed",
    "now_unconfirmed",
    "now_supported",
    "new",
    "reworded",
    "no_longer_mentioned",
)
"""From what an editor must not miss to what a text may simply leave out."""


def weight(change: Change) -> tuple[int, int, str, int, str]:
    """Give the place of a change among all; the smaller, the earlier."""
    first = change.item.evidence[0]
    mine = change.title != ""
    return (
        len(_SECTIONS) if mine else _SECTIONS.index(change.section),
        _KINDS.index(change.kind),
        first.source,
        first.start,
        change.item.id,
    )
