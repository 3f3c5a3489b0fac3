"""The dateline that opens an article: how far it goes, and the day if it states it in full."""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may",
            "june jun", "july jul", "august aug", "september sep sept",
            "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\.?,? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}}),? (\d{{4}})\b", re.IGNORECASE)
_HEAD = 80
"""Code points in which a dateline stands: place, agency and date."""

_SIGN = re.compile(
    r"\(dateline [^)]*\)|^[^a-z]{0,30}[^.!?]{0,60}(?:--|[—–]|\) -|\)(?:\s|$))"
)

_ALONE = re.compile(
    rf"(?i)(?:(?:published|updated|posted)(?: on)?:?\s+)?(?:\w+day,?\s+)?(?:{_DAY_FIRST.pattern}|{_MONTH_FIRST.pattern})"
)
"""A line that is a date and nothing else."""


def length(first_sentence: str) -> int:
    """Measure the dateline that opens a sentence, in code points: it is no part of it.

    Returns:
        Where the sentence itself begins; 0 where none opens it, or nothing follows.
    """
    opening = _OPENING.match(first_sentence)
    found = opening is not None and _is_dateline(first_sentence, opening)
    return opening.end() if opening and found else 0


def _is_dateline(sentence: str, opening: re.Match[str]) -> bool:
    """Tell "HALVIK (Agency) —" from an aside between dashes: "Money — as ever — is short."."""
    head, rest = opening["head"], sentence[opening.end() :]
    words = re.split(r"[ /]+", head)
    if not all(map(_NAME.fullmatch, words)) or rest[0].islower():
        return False
    place = head.partition(",")[0]
    dated, agency = _DAY.search(head) is not None, opening["agency"] is not None
    if opening["dash"] is None:
        return dated and agency and place.isupper()
    signed = dated or agency
    if signed and (place.isupper() or not place):
        return True
    named = all(w in _SMALL or not w[0].islower() for w in words)
    return named and (signed or place.isupper()) and not _ASIDE_ENDS.search(rest)


_OPENING = re.compile(
    r"(?P<head>[^()—–\n!?;:“”\"«»]{0,70}?)\s*(?:[(/](?P<agency>[^()/\n]{2,40})[)/]\s*)?"
    r"(?:(?P<dash>--+|[—–]|\.-|(?<=[\s).])[-_](?=\s))[\s\-–—]*|(?<=\)\s))(?=\S)"
)
"""What may be a dateline: a place, a day, an agency in brackets, and a dash."""

_NAME = re.compile(r"(?:[^\W\d_][\w.’'-]*|\d{1,4}(?:st|nd|rd|th)?[.º]*)?,?")
_SMALL = frozenset({"", "de", "del", "do", "da", "la", "le", "of", "the"})
_DAY = re.compile(rf"(?i),.*(?:\d\W+(?:{_MONTH})\b|\b(?:{_MONTH})\.? \d)")
_ASIDE_ENDS = re.compile(r"\s(?:[—–]|--?)\s")


def read(first_sentence: str) -> date | None:
    """Read a full date out of a dateline ("GOMA, 3 March 2025 (Agency) --").

    Returns:
        The date, or None when the sentence is no date and opens with no dateline or the dateline
        states no year.
    """
    sign = _SIGN.search(first_sentence[: 2 * _HEAD])
    alone = _ALONE.fullmatch(first_sentence.strip())
    if sign is None and alone is None:
        return None
    head = first_sentence[: sign.end() if sign else None][:_HEAD]
    if found := _DAY_FIRST.search(head):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.search(head):
        month, day, year = found.groups()
    else:
        return None
    try:
        return date(int(year), _MONTHS[month.lower()], int(day))
    except ValueError:
        return None
