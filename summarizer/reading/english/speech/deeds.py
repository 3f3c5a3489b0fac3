"""Verbs that do what they name: who agrees to something, declares it, apologises for it.

What follows such a verb is no statement without it. Pure.
"""

import re

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.sentence import Sentence
from summarizer.text import words

_KINDS: dict[str, tuple[Act, re.Pattern[str]]] = {
    "agreeing": ("commit", re.compile(r"to\s")),
    "declaring": ("announce", re.compile(r"(?:an?|the|its|his|her|their)\s")),
    "apologising": ("assert", re.compile(r"(?:to|for)\s")),
}
"""By the list of the verbs, in their finite forms: the act, and what must follow."""

_NOT_DONE = re.compile(
    r"(?i)\b(?:if|unless|whether|until|nobody)\b[^,;]*$"
    r"|\b(?:should|would|could|might|may|must|can|will|shall)(?:\s+\w+){0,3}\s*$"
)
"""Before a verb of something that is open, or that nobody does."""


def act(cue: str, content: str) -> Act | None:
    """Tell what is done by a verb and the words behind it, None when nothing is."""
    for name, (done, begins) in _KINDS.items():
        if words.pattern("deeds", name).fullmatch(cue) and begins.match(content):
            return done
    return None


def is_done(here: Sentence, cue: Span) -> bool:
    """Tell "agreed to pay" from "has not agreed to pay" and "if it agreed to pay"."""
    before = here.before(cue.start)
    clause = before.rsplit(",", 1)[-1]
    return (
        _NOT_DONE.search(before) is None
        and words.pattern("negation", "words").search(clause) is None
        and words.pattern("acts", "deny").search(before) is None
    )
