"""How two statements of one thing differ: reversed, hardened, softened, reworded.

Reversed: for becomes against, or a negation comes or goes. Hardened or softened: the
act is stronger or weaker (to criticise is less than to threaten), else the words are
firmer ("never"), softer ("might") or bound to a condition. A figure that stands in the
place of another is revised. What is left is wording.
"""

import re
from typing import Literal

from schemas.briefing import Position, Request
from schemas.terms import Act, Force
from summarizer.text import content, counts, words
from summarizer.text.typography import flat

Move = Literal["reversed", "hardened", "softened", "figure_revised", "reworded"]

_FOR: frozenset[Act] = frozenset({"support", "commit"})
_AGAINST: frozenset[Act] = frozenset(
    {"criticise", "accuse", "deny", "refuse", "threaten"}
)
_NEGATED_ACTS: frozenset[Act] = frozenset({"deny", "refuse"})
"""Acts that hold a "not" themselves, wherever the words put it."""

STRENGTH: dict[Act, int] = {
    "neutral": 0,
    "assert": 1,
    "announce": 1,
    "claim": 1,
    "support": 2,
    "criticise": 2,
    "deny": 2,
    "warn": 2,
    "accuse": 3,
    "commit": 3,
    "refuse": 3,
    "threaten": 4,
}
"""How far an act goes: words about the world, a judgement, a bond or a charge, a threat.
Searle's order of illocutionary strength, on the briefing's acts."""

_FORCE: dict[Force, int] = {"request": 1, "call": 2, "demand": 3}
_NO_REFUSAL = re.compile(
    r"(?i)(?:\bnot\b|n't\b)(?:\s+\w+){0,2}\s+(?:rul\w+ out|reject\w*|refus\w*|den(?:y|ied))\b"
)


def of_positions(old: Position, new: Position) -> Move | None:
    """Say how a position moved; None when it says the same."""
    if _sides(old) * _sides(new) < 0:
        # Yes to no is a turn; no to "yes, if" gives way, and back hardens.
        if old.conditional == new.conditional:
            return "reversed"
        return "softened" if new.conditional else "hardened"
    if _is_negated_anew(old, new):
        return "reversed"
    step = firmness(new) - firmness(old)
    if step:
        return "hardened" if step > 0 else "softened"
    return _wording(old.gist, new.gist)


def of_requests(old: Request, new: Request) -> Move | None:
    """Say how a request moved; None when it asks the same in the same way."""
    if content.is_negated(old.what) != content.is_negated(new.what):
        return "reversed"
    step = _FORCE[new.force] - _FORCE[old.force]
    step = step or (old.modality == "planned") - (new.modality == "planned")
    if step:
        return "hardened" if step > 0 else "softened"
    return _wording(old.what, new.what)


def _wording(old: str, new: str) -> Move | None:
    """Tell a figure that stands in the place of another from mere wording."""
    if content.plain(old) == content.plain(new):
        return None
    before, after = _figures(old), _figures(new)
    is_revised = before - after and after - before
    if is_revised and content.likeness(old, new) >= _SAME_BUT_FOR_FIGURES:
        return "figure_revised"
    return "reworded"


_SAME_BUT_FOR_FIGURES = 0.75
"""Share of common stems from which two figures answer one question: "released 40
prisoners" and "released 38 prisoners" have all, "sent 40 lorries" and "will send 12
boats" have half."""


def _figures(text: str) -> frozenset[str]:
    """List the figures of a text, "1,200", "1200" and "twelve" each in one spelling.

    "One" and vague words are none: they seldom count.
    """
    found = (_spelled(text[span.start : span.end]) for span in counts.spans(text))
    return frozenset(found) - {"", "1"}


def _spelled(figure: str) -> str:
    if digits := _DIGITS.findall(figure.replace(",", "").casefold()):
        return " ".join(digits)  # of people a count is whole; of crowns it may not be
    read = counts.read(figure)
    return "" if read is None or read.value is None else str(read.value)


_DIGITS = re.compile(r"\d+(?:\.\d+)?|hundred|thousand|million|billion|dozen")


def firmness(item: Position) -> int:
    """Measure how firmly a position is put: its act first, then its words."""
    text = flat(item.gist)
    firm = words.pattern("firmness", "firm").search(text) is not None
    soft = words.pattern("firmness", "soft").search(text) is not None
    return 3 * STRENGTH[item.act] + firm - soft - item.conditional


def _sides(item: Position) -> int:
    """Tell the side of an act: 1 for, -1 against, 0 neither; "not ruled out" is open."""
    if item.act in _NEGATED_ACTS and _NO_REFUSAL.search(flat(item.gist)):
        return 1
    return (item.act in _FOR) - (item.act in _AGAINST)


def _is_negated_anew(old: Position, new: Position) -> bool:
    """Tell whether a "not" comes or goes, in the words or in an act that holds one."""
    if "neutral" in {old.act, new.act}:
        return False
    if _sides(old) and _sides(new) and {old.act, new.act} & _NEGATED_ACTS:
        return False  # the same side, however many words say so
    return _negated(old) != _negated(new)


def _negated(item: Position) -> bool:
    if item.act in _NEGATED_ACTS:
        return _sides(item) < 0
    return content.is_negated(item.gist)
