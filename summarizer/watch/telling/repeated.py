"""What readers know already, told again by another article in its own words. Pure.

Two briefings are paired item by item; an item beside the one that it repeats has no
partner left, and would pass for new.
"""

from typing import Final

from schemas.briefing import Briefing, Casualties, Position, Request
from summarizer.assembly import tolls
from summarizer.changes import Change
from summarizer.text import content

ALIKE: Final = 0.75
"""Share of common stems from which two statements of one party say the same."""


def is_repeated(change: Change, known: Briefing) -> bool:
    """Tell whether a new item only says again what readers know.

    Args:
        change: A change.
        known: What they know.
    """
    if change.kind != "new":
        return False
    item = change.item
    if isinstance(item, Casualties):
        return any(_same_count(item, one) for one in known.casualties)
    if isinstance(item, Position):
        return any(
            one.holder.name == item.holder.name and _alike(one.gist, item.gist)
            for one in known.positions
        )
    if isinstance(item, Request):
        return any(
            _by(one) == _by(item) and _alike(one.what, item.what)
            for one in known.requests
        )
    return False


def _same_count(item: Casualties, known: Casualties) -> bool:
    """Tell whether a count without a counter of its own repeats a known one.

    The same number by another counter confirms it, and is news.
    """
    if item.source is not None and (
        known.source is None or known.source.name != item.source.name
    ):
        return False
    return (
        (item.kind, item.scope) == (known.kind, known.scope)
        and tolls.same_number(item, known)
        and not tolls.set_apart(item, known)
    )


def _alike(one: str, two: str) -> bool:
    return (
        content.is_negated(one) == content.is_negated(two)
        and _numbers(one) == _numbers(two)
        and content.likeness(one, two) >= ALIKE
    )


def _numbers(text: str) -> set[str]:
    return {word for word in text.split() if any(c.isdigit() for c in word)}


def _by(request: Request) -> str:
    return request.by.name if request.by is not None else ""
