"""Find time expressions and resolve them against the day of publication.

Values are TIMEX3: 2025-07-20, 2025-W29, 2025-07, 2024. A relative expression resolves
only against a known day of publication; without one it stays as its words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.briefing import When
from schemas.evidence import Span
from schemas.terms import Basis, Precision
from summarizer.text import lexicon
from summarizer.text.remembered import remembered

_MONTHS = lexicon.load("en").entries("dates", "months")
_MONTH_OF = {name: n for n, name in enumerate(_MONTHS, start=1)}
_MONTH_OF |= lexicon.load("en").values("dates", "months_short")
_DAYS = lexicon.load("en").entries("dates", "weekdays")
_DAY_OF = {name: n for n, name in enumerate(_DAYS)}
_DAY_OF |= {
    name: n - 1
    for name, n in lexicon.load("en").values("dates", "weekdays_short").items()
}
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_FULL_DAY = "|".join(_DAYS)
_SMALL = {
    word: n
    for word, n in lexicon.load("en").values("numbers", "words").items()
    if 1 <= n <= 12
}
_SMALL |= {"a": 1, "an": 1}

# A month's name alone is a date only after a preposition or before a year: "may" and
# "march" are verbs, and "August" a name.
_PATTERNS = {
    "iso": r"(?P<iso_y>\d{4})-(?P<iso_m>\d{2})-(?P<iso_d>\d{2})",
    "dmy": rf"(?:(?:{_FULL_DAY}|sun|mon|tue|wed|thu|fri|sat),?\s+)?(?:the\s+)?(?P<dmy_d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmy_m>{_MONTH})\b\.?(?:,?\s+(?P<dmy_y>\d{{4}}))?",
    "mdy": rf"(?:(?:{_FULL_DAY}),?\s+)?(?P<mdy_m>{_MONTH})\b\.?\s+(?P<mdy_d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,\s*(?P<mdy_y>\d{{4}})|\s+(?P<mdy_z>\d{{4}}))?",
    "my": rf"(?P<my_m>{_MONTH})\b\.?(?:\s+of)?,?\s+(?P<my_y>(?:19|20)\d{{2}})",
    "month": rf"(?:(?<=in )|(?<=since )|(?<=until )|(?<=by )|(?<=during )|(?<=last )|(?<=next )|(?<=early )|(?<=late )|(?<=mid-))(?P<month_m>{'|'.join(_MONTHS)})\b",
    "week": r"(?:(?P<week_part>earlier|later)\s+)?(?P<week_rel>this|last|next|the past)\s+week(?:end)?",
    "period": r"(?P<per_rel>this|last|next)\s+(?P<per_unit>month|year)",
    "weekday": rf"(?:(?P<wd_rel>last|next|this|on|late on|early on|by|until|since)\s+)?(?P<wd>{_FULL_DAY})(?:\s+(?:morning|afternoon|evening|night))?",
    "near": r"(?P<near>yesterday|today|tonight|tomorrow|last night|this (?:morning|afternoon|evening))",
    "ago": rf"(?P<ago_n>\d+|{'|'.join(_SMALL)})\s+(?P<ago_unit>day|week|month|year)s?\s+(?P<ago_dir>ago|earlier)",
    "year": r"(?:(?<=in )|(?<=since )|(?<=the )|(?<=of )|(?<=from )|(?<=by )|(?<=until ))(?P<year>(?:19|20)\d{2})(?![\d,-])",
}  # fmt: skip
_ANY = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{k}_>{p})" for k, p in _PATTERNS.items())
    + r")(?![\w])",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?i)\b(?:will|due|next|scheduled|planned|plans?|expected|ahead of|by|until|upcoming)\W+(?:\w+\W+){0,3}$"
)
_UNRESOLVED = When(basis="unresolved")


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression: where it stands, and what it means."""

    span: Span
    when: When


def find(text: str, published: date | None) -> list[Dated]:
    """Find the time expressions of *text*, in order.

    Args:
        text: A sentence, untouched.
        published: Day of publication; None leaves relative ones unresolved.
    """
    return list(_find(text, published))


@remembered(4096)
def _find(text: str, published: date | None) -> tuple[Dated, ...]:
    """Find them once: each item of a sentence asks for its times."""
    found: list[Dated] = []
    for match in _ANY.finditer(text):
        start = match.start()
        words = match.group()
        if match["weekday_"]:
            # The preposition helps to read it but is not part of the expression.
            skip = re.match(r"(?i)(?:late on|early on|on|by|until|since)\s+", words)
            start += skip.end() if skip else 0
        ahead = _AHEAD.search(text[max(0, start - 60) : start]) is not None
        when = _resolve(match, published, ahead=ahead)
        if when is not None:
            end = match.end() - (1 if words.endswith(".") else 0)
            found.append(Dated(Span(start=start, end=end), when))
    return tuple(found)


def read(words: str, published: date | None) -> When | None:
    """Resolve the first time expression in *words*.

    Returns:
        What it means, `basis` unresolved when it is relative and *published* is
        None, or None when there is no time expression.
    """
    found = find(f"on {words}", published)
    return found[0].when if found else None


def _resolve(
    match: re.Match[str], published: date | None, *, ahead: bool
) -> When | None:
    kind = next(name for name in _PATTERNS if match[f"{name}_"])
    try:
        return _READERS[kind](match, published, ahead)
    except (ValueError, OverflowError):  # 31 June, or before the year 1: no day
        return None


def _iso(m: re.Match[str], _published: date | None, _ahead: bool) -> When:
    day = date(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"]))
    return on_day(day, "explicit")


def _day_month(m: re.Match[str], published: date | None, ahead: bool) -> When:
    kind = "dmy" if m["dmy_"] else "mdy"
    day, month = int(m[f"{kind}_d"]), _month(m[f"{kind}_m"])
    year = m["dmy_y"] if kind == "dmy" else (m["mdy_y"] or m["mdy_z"])
    if year is not None:
        return on_day(date(int(year), month, day), "explicit")
    if published is None:
        date(2024, month, day)
        return _UNRESOLVED
    found = date(published.year, month, day)
    if found > published and not ahead and (found - published).days > 180:
        found = date(published.year - 1, month, day)
    elif found < published and ahead:
        found = date(published.year + 1, month, day)
    # The day and month are stated; only the year leans on the publication.
    return on_day(found, "explicit")


def _month_year(m: re.Match[str], _published: date | None, _ahead: bool) -> When:
    return whole_month(int(m["my_y"]), _month(m["my_m"]), "explicit")


def _month_alone(m: re.Match[str], published: date | None, ahead: bool) -> When:
    if published is None:
        return _UNRESOLVED
    month = _month(m["month_m"])
    year = published.year
    if ahead and month < published.month:
        year += 1
    elif not ahead and month > published.month:
        year -= 1
    return whole_month(year, month, "relative")


def _week(m: re.Match[str], published: date | None, _ahead: bool) -> When:
    if published is None:
        return _UNRESOLVED
    rel = m["week_rel"].lower()
    shift = {"last": -7, "the past": -7, "next": 7}.get(rel, 0)
    week = whole_week(published + timedelta(days=shift))
    if (m["week_part"] or "").lower() != "earlier":
        return week
    # earlier this week ends today at the latest
    return week.model_copy(update={"end": published})


def _period(m: re.Match[str], published: date | None, _ahead: bool) -> When:
    if published is None:
        return _UNRESOLVED
    shift = {"last": -1, "this": 0, "next": 1}[m["per_rel"].lower()]
    return shifted(m["per_unit"].lower(), shift, published)


def _weekday(m: re.Match[str], published: date | None, ahead: bool) -> When:
    if published is None:
        return _UNRESOLVED
    rel = (m["wd_rel"] or "").lower()
    ahead = ahead or rel in {"next", "by", "until"}
    return on_weekday(published, _DAY_OF[m["wd"].lower()], ahead=ahead)


def _near(m: re.Match[str], published: date | None, _ahead: bool) -> When:
    if published is None:
        return _UNRESOLVED
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(m["near"].lower(), 0)
    return on_day(published + timedelta(days=shift), "relative")


def _ago(m: re.Match[str], published: date | None, _ahead: bool) -> When:
    # "Two days earlier" leans on some other date than that of publication.
    if published is None or m["ago_dir"].lower() == "earlier":
        return _UNRESOLVED
    text = m["ago_n"].lower()
    count = int(text) if text.isdigit() else _SMALL[text]
    unit = m["ago_unit"].lower()
    if unit in {"day", "week"} and count > 10_000:
        return _UNRESOLVED
    if unit == "week":
        unit, count = "day", 7 * count
    return shifted(unit, -count, published)


def _year(m: re.Match[str], _published: date | None, _ahead: bool) -> When:
    return whole_year(int(m["year"]), "explicit")


_Reader = Callable[[re.Match[str], date | None, bool], When]
_READERS: dict[str, _Reader] = {
    "iso": _iso,
    "dmy": _day_month,
    "mdy": _day_month,
    "my": _month_year,
    "month": _month_alone,
    "week": _week,
    "period": _period,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "year": _year,
}


def _month(name: str) -> int:
    return _MONTH_OF[name.lower()]


def shifted(unit: str, count: int, published: date) -> When:
    """Make the value of what lies *count* days, weeks, months or years from a day."""
    if unit == "day":
        return on_day(published + timedelta(days=count), "relative")
    if unit == "week":
        return whole_week(published + timedelta(days=7 * count))
    if unit == "year":
        return whole_year(published.year + count, "relative")
    months = published.year * 12 + published.month - 1 + count
    return whole_month(months // 12, months % 12 + 1, "relative")


def on_weekday(published: date, wanted: int, *, ahead: bool) -> When:
    """Make the value of the nearest weekday before a day, itself included, or behind it."""
    if ahead:
        days = (wanted - published.weekday() - 1) % 7 + 1
        return on_day(published + timedelta(days=days), "relative")
    back = (published.weekday() - wanted) % 7
    return on_day(published - timedelta(days=back), "relative")


def on_day(day: date, basis: Basis) -> When:
    """Make the value of one day."""
    return _when(day.isoformat(), day, day, "day", basis)


def whole_week(inside: date) -> When:
    """Make the value of the week, Monday to Sunday, around a day."""
    monday = inside - timedelta(days=inside.weekday())
    year, week, _ = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    return _when(f"{year}-W{week:02d}", monday, sunday, "week", "relative")


def whole_month(year: int, month: int, basis: Basis) -> When:
    """Make the value of a month, 1 to 12."""
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return _when(f"{year}-{month:02d}", first, last, "month", basis)


def whole_year(year: int, basis: Basis) -> When:
    """Make the value of a year."""
    return _when(str(year), date(year, 1, 1), date(year, 12, 31), "year", basis)


def _when(
    value: str, start: date, end: date, precision: Precision, basis: Basis
) -> When:
    return When(value=value, start=start, end=end, precision=precision, basis=basis)
