"""Tell whether a name in a briefing and a name in the gold mean the same party.

The gold gives names as annotators marked them, often whole phrases ("Leslie Wimes, a
South Florida-based president of …"). Two names agree when the words of one are among
those of the other, small words aside, or when both end in the same capitalised word.
"""

import re
from collections.abc import Iterable

_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "with",
        "his",
        "her",
        "its",
        "their",
        "our",
        "this",
        "that",
        "some",
    ]
)
_PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "you",
        "who",
        "him",
        "our",
        "her",
        "them",
        "us",
        "his",
        "its",
        "their",
        "which",
        "that",
    ]
)


def is_pronoun(name: str) -> bool:
    """Tell whether a name is a pronoun: it says nothing without its context."""
    bare = name.strip(" .,")
    return bare.lower() in _PRONOUNS and bare != "US"


def agree(shown: Iterable[str], gold: Iterable[str]) -> bool:
    """Tell whether any name of one list agrees with any of the other."""
    wanted = [name for name in gold if not is_pronoun(name)]
    return any(_agree(one, two) for one in shown for two in wanted)


def _agree(one: str, two: str) -> bool:
    first, second = _words(one), _words(two)
    if not first or not second:
        return False
    small, large = sorted((set(first), set(second)), key=len)
    if small <= large:
        return True
    return first[-1] == second[-1] and all(
        re.search(rf"\b{re.escape(first[-1])}\b", name, re.IGNORECASE) is not None
        and re.search(r"[A-Z]\w*\W*$", _head(name)) is not None
        for name in (one, two)
    )


def _head(name: str) -> str:
    """Take a name without what follows a comma or "of"."""
    return re.split(r",|\s+of\s+", name, maxsplit=1)[0]


def _words(name: str) -> list[str]:
    plain = re.sub(r"[’']s?\b", "", name)
    found = re.findall(r"\w+", plain.lower())
    return [w for w in found if w not in _SMALL]
