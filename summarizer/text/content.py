"""What a phrase is about: its content words, without what shows only the stance.

Function words, modals, negations, numbers and verbs of saying are left out: they are
what changes between two days, and are compared on their own (`changes.stance`,
`corroboration`).
"""

import re
from functools import cache

from summarizer.text import words
from summarizer.text.remembered import remembered
from summarizer.text.typography import flat

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ies|ing|ed|es|ly|[sey])$")
_FRAME = re.compile(
    r"(?i)^(?:who counted|is it decided or known by now whether|what will become of|"
    r"what has come of|what is known about)\b|\b(?:answer|independently|confirmed)\b"
)
"""The forms in which `assembly.open_questions` and `assembly.unsettled` put questions."""

_NOT = re.compile(
    r"(?i)\b(?:not(?! only)|no(?! doubt)|never|none|neither|nor|nothing|nobody|cannot|"
    r"without)\b|n't\b"
)
_SHORTEST = 3
"""Letters below which a word says nothing by itself."""


@remembered(16_384)
def stems(text: str) -> frozenset[str]:
    """Reduce a phrase to the stems of its content words.

    Returns:
        The stems; those of all its words when none is a content word, so that "not
        now" equals "not now".
    """
    found = [w.removesuffix("'s") for w in _WORD.findall(flat(text).casefold())]
    kept = [w for w in found if len(w) >= _SHORTEST and w not in _left_out()]
    return frozenset(_ENDING.sub("", w) for w in kept or found)


def likeness(one: str, two: str) -> float:
    """Tell how much two phrases have in common: Dice's coefficient of their stems.

    Returns:
        0 for no common word, 1 for the same words in any order, or two empty phrases.
    """
    first, second = stems(one), stems(two)
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))


def covered(part: str, whole: str) -> float:
    """Tell what share of the stems of *part* stands in *whole*, 0 to 1; 0 if it has none."""
    wanted = stems(part)
    return len(wanted & stems(whole)) / len(wanted) if wanted else 0.0


def subject(question: str) -> str:
    """Take from a question the words of its form, which all of its kind share."""
    return _FRAME.sub(" ", question)


def plain(text: str) -> str:
    """Spell a phrase without case, marks and typography, to compare it by the letter."""
    return " ".join(re.findall(r"[\w%]+", flat(text).casefold()))


def is_negated(text: str) -> bool:
    """Tell whether a phrase holds an odd number of negations."""
    return len(_NOT.findall(flat(text))) % 2 == 1


@cache
def _left_out() -> frozenset[str]:
    _, verbs = words.verb_index("speech")
    stop = words.lists("function_words")["stop"]
    return frozenset(stop) | frozenset(v for v in verbs if " " not in v)
