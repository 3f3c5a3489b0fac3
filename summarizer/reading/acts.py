"""Which of the acts that words show counts, in any language."""

import re
from collections.abc import Callable

from schemas.draft import PositionDraft
from schemas.terms import Act

ORDER: tuple[Act, ...] = (
    "neutral", "deny", "refuse", "accuse", "threaten", "commit", "warn", "criticise",
    "support", "announce",
)  # fmt: skip
"""Where a statement shows several acts, the first of these counts: the more specific
and the more easily missed come first."""


def shown(content: str, pattern_of: Callable[[Act], re.Pattern[str]]) -> list[Act]:
    """List the acts that words of a statement show, the one that counts first."""
    return [act for act in ORDER if pattern_of(act).search(content)]


def first(found: list[Act], draft: PositionDraft | None) -> Act:
    """Take the draft's act where the words show it; plain statements assert."""
    if draft is not None and draft.act in found:
        return draft.act
    return found[0] if found else "assert"
