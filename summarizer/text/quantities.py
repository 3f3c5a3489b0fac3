"""Numbers with their units: 90 jobs, 6 %, £119m, some 30 aircraft.

Numerals of English texts; people harmed are read by `counts`, with its floors.
"""

import re

from schemas.evidence import Span
from schemas.terms import Comparator

_SCALE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
_NUMBER = (
    r"(?P<sign>[$€£¥]|US\$|C\$|A\$)?\s?(?P<figure>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[kmb])\b)?"
    r"(?:\s?(?P<unit>%|per cent\b|percent\b|percentage points?\b|[-A-Za-z]{2,}))?"
)
_QUALIFIER = (
    r"(?:(?P<qualifier>at least|no fewer than|no less than|more than|over|above|less than|fewer than|under|below|"
    r"up to|as many as|as much as|about|around|some|nearly|almost|roughly|approximately)\s+)?"
)
_QUANTITY = re.compile(rf"(?i)(?<![\w.]){_QUALIFIER}{_NUMBER}")
_COMPARATORS: dict[str, Comparator] = {
    "at least": ">=",
    "no fewer than": ">=",
    "no less than": ">=",
    "more than": ">",
    "over": ">",
    "above": ">",
    "less than": "<",
    "fewer than": "<",
    "under": "<",
    "below": "<",
    "up to": "<=",
    "as many as": "<=",
    "as much as": "<=",
}
_NO_UNITS = frozenset(
    [
        "and",
        "or",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "of",
        "with",
        "the",
        "as",
        "after",
        "before",
        "since",
        "until",
        "than",
        "when",
        "while",
        "who",
        "which",
        "that",
        "is",
        "was",
        "were",
        "are",
        "has",
    ]
)


def find(text: str) -> list[Span]:
    """Find the quantities of a clause: numbers with a sign, a scale or a unit."""
    found: list[Span] = []
    for match in _QUANTITY.finditer(text):
        unit = _unit(match)
        if match["sign"] or match["scale"] or unit:
            found.append(Span(start=match.start(), end=_end(match)))
    return found


def read(words: str) -> tuple[float | None, str | None, Comparator | None]:
    """Read a quantity.

    Returns:
        Value, unit and comparator; None for each that the words do not give.
    """
    match = _QUANTITY.search(words)
    if match is None:
        return None, None, None
    value = float(match["figure"].replace(",", ""))
    value *= _SCALE.get((match["scale"] or "").lower(), 1)
    said = (match["qualifier"] or "").lower()
    comparator: Comparator = _COMPARATORS.get(said, "~" if said else "=")
    return value, match["sign"] or _unit(match), comparator


def _unit(match: re.Match[str]) -> str | None:
    unit = match["unit"]
    return None if unit is None or unit.lower() in _NO_UNITS else unit


def _end(match: re.Match[str]) -> int:
    if match["unit"] is not None and _unit(match) is None:
        return match.end("scale") if match["scale"] else match.end("figure")
    return match.end()
