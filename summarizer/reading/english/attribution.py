"""How the source of a statement is identified: the contract's seven tiers.

Judged on the source phrase and its sentence, first that fits, as news agencies use
the terms; anonymous stays anonymous however well the people are described.
"""

import re

from schemas.terms import Attribution
from summarizer.reading.values import Known
from summarizer.text import words


def tier(source: Known | None, sentence: str) -> Attribution:
    """Classify the source of a statement.

    Args:
        source: Who says it; None when the article itself does.
        sentence: The words around it, in which anonymity is granted.
    """
    if source is None:
        return "outlet"
    named = source.named and not _COUNTED.match(source.name)
    if (source.kind in {"officials", "group"} or not named) and is_anonymous(sentence):
        return "anonymous"
    head = _PHRASE.split(source.name)[0].split()[-1]
    is_document = words.pattern("parties", "document").fullmatch(head) is not None
    if is_document and (head.islower() or source.kind != "person"):
        return "document"
    if source.kind == "person":
        return "named" if named else "described"
    if source.kind == "media":
        return "media"
    if source.kind in {"officials", "group"}:
        return "described"
    return "institution"


_COUNTED = re.compile(r"(?i)(?:an?|one|another|two|three|some|several|many)\s")
"""What no name begins with: "One line supervisor"."""

_PHRASE = re.compile(
    r"\s(?:by|of|from|on|for|to|in|at|about|sent|written|seen|(?!United\b)\w+ed)\s"
)
"""Where the head of a phrase ends: "letter sent to staff"."""


def is_anonymous(sentence: str) -> bool:
    """Tell whether a sentence grants its source anonymity."""
    return words.pattern("anonymity", "phrases").search(sentence) is not None


def hedge(passage: str) -> str | None:
    """Find the first word of doubt in *passage*.

    Returns:
        The word as it stands there, or None.
    """
    found = words.pattern("hedges", "words").search(passage)
    return found.group() if found else None
