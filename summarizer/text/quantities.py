"""Numbers with their units: 90 jobs, 6 %, £119m, some 30 aircraft.

Numerals of English texts; people harmed are read by `counts`, with its floors.
"""

import re

from schemas.evidence import Span
from schemas.terms import Comparator
from summarizer.text import counts, words

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
_NO_UNITS = frozenset(words.lists("english")["no_units"])


def find(text: str) -> list[Span]:
    """Find the quantities of a clause: numbers with a sign, a scale or a unit."""
    return [
        Span(start=match.start(), end=_end(match))
        for match in _QUANTITY.finditer(text)
        if match["sign"] or match["scale"] or _unit(match)
    ]


def qualified(text: str, span: Span) -> Span:
    """Widen a number to the words before it that limit it: "above $1,300"."""
    before = _LIMIT.search(text[max(0, span.start - 24) : span.start])
    if before is None:
        return span
    return Span(start=span.start - len(before.group()), end=span.end)


def read(words: str) -> tuple[float | None, str | None, Comparator | None]:
    """Read a quantity.

    Returns:
        Value, unit and comparator; None for each that the words do not give.
    """
    if _SCORE.search(words):
        return None, None, None  # 19-15 is a result, and neither number by itself
    match = _QUANTITY.search(words)
    if match is None:
        return _worded(words)
    value = float(match["figure"].replace(",", ""))
    value *= _SCALE.get((match["scale"] or "").lower(), 1)
    said = (match["qualifier"] or "").lower()
    comparator: Comparator = _COMPARATORS.get(said, "~" if said else "=")
    return value, match["sign"] or _unit(match), comparator


def _worded(words: str) -> tuple[float | None, str | None, Comparator | None]:
    """Read a number that is written out: "two drug traffickers"."""
    found = counts.spans(words)
    count = counts.read(found[0].of(words)) if found else None
    if count is None or count.value is None:
        return None, None, None
    unit = " ".join(words[found[0].end :].split()) or None
    return float(count.value), unit, count.comparator


def _unit(match: re.Match[str]) -> str | None:
    """Take the noun behind a number: a plural, or a measure."""
    unit = match["unit"]
    if unit is None or unit.lower() in _NO_UNITS:
        return None
    plural = unit.endswith("s") and not unit.endswith("ss")
    return unit if plural or unit == "%" or unit.lower() in _MEASURES else None


def _end(match: re.Match[str]) -> int:
    if match["unit"] is not None and _unit(match) is None:
        return match.end("scale") if match["scale"] else match.end("figure")
    return match.end()


_SCORE = re.compile(r"\b\d+\s?[-–]\s?\d+\b|\b\d+ to \d+\b")
_LIMIT = re.compile(rf"(?i)\b{_QUALIFIER[3:-2]}$")
_MEASURES = frozenset(
    {
        "percent",
        "per cent",
        "percentage point",
        "kg",
        "km",
        "aircraft",
        "people",
        "staff",
        "tonne",
        "hectare",
        "bpd",
        "barrel",
        "euro",
        "yen",
    }
)
