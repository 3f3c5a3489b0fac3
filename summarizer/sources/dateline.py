"""The day of publication, when the article's own dateline states it in full."""

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

_OPENING = re.compile(
    rf"""
    (?P<place>[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){{0,4}}(?:,\ [A-Z][\w'’.-]*(?:\ [A-Z][\w'’.-]*){{0,2}})?)
    (?P<day>,?\ (?:\w+day,?\ )?(?i:(?:{_MONTH})\.?\ \d{{1,2}}|\d{{1,2}}\ (?:{_MONTH})\.?)(?:,?\ \d{{4}})?)?
    (?P<agency>\s*\([A-Z][^)]{{1,40}}\))?
    \s*(?:--|—|–|-)\s+(?=[A-Z“"‘'0-9])
    """,
    re.VERBOSE,
)


def opening(first_sentence: str) -> int:
    """Measure the dateline that opens a sentence: "GOMA, March 3 (Agency) — ".

    Place, day and agency are no words of the news. A place alone must stand in capitals,
    or it could be whoever the sentence is about.

    Returns:
        Its length in code points, 0 when there is none.
    """
    found = _OPENING.match(first_sentence[: 2 * _HEAD])
    if found is None:
        return 0
    town = found["place"].partition(",")[0]
    if found["day"] or found["agency"] or (town.isupper() and len(town) > 3):
        return found.end()
    return 0


def without(first_sentence: str) -> str:
    """Leave out the dateline that opens a sentence: place, day and agency are no news."""
    sign = _SIGN.match(first_sentence[: 2 * _HEAD])
    if sign is None or read(first_sentence) is None:
        return first_sentence
    return first_sentence[sign.end() :].lstrip(" -—–")


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
