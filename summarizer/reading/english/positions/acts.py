"""The acts that words show: of a statement, and of a stance that the article tells."""

import re
from typing import cast

from schemas.draft import PositionDraft
from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading import acts
from summarizer.text import words


def shown_acts(content: str) -> list[Act]:
    """List the acts that words of a statement show, the one that counts first."""
    return acts.shown(content, lambda act: words.pattern("acts", act))


def shown_act(content: str, draft: PositionDraft | None = None) -> Act:
    """Find the act that a word of the statement shows; plain statements assert."""
    return acts.first(shown_acts(content), draft)


def stance(text: str, within: Span) -> tuple[Act, Span] | None:
    """Find the first word by which the article ascribes a stance."""
    found: list[tuple[int, Act, Span]] = []
    for name in words.lists("stance"):
        for match in words.pattern("stance", name).finditer(
            text, within.start, within.end
        ):
            span = Span.at(match)
            found.append((match.start(), cast("Act", name), span))
    if not found:
        return None
    _, act, span = min(found, key=lambda f: (f[0], -f[2].end))
    if re.search(
        r"(?i)\b(?:not|never|no longer|n[o’']t)\s+(?:\w+\s+)?$",
        text[within.start : span.start],
    ):
        act = {"support": "refuse", "refuse": "neutral", "criticise": "neutral"}.get(
            act, act
        )  # type: ignore[assignment]  # keys and values are acts
    return act, span
