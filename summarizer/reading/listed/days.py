"""Find dates in a language by its lists, and resolve them against the publication.

The same values as in `dates`, which reads English. What leans on the day of publication
stays unresolved without one.
"""

import re
from datetime import date
from functools import cache

from schemas.briefing import When
from schemas.evidence import Span
from summarizer.reading.listed import numbers
from summarizer.text import dates
from summarizer.text.dates import Dated
from summarizer.text.lexicon import Lexicon

_UNRESOLVED = When(basis="unresolved")
_UNITS = ("day", "week", "month", "year")
_MOST_AGO = 10_000


def find(text: str, published: date | None, lexicon: Lexicon) -> list[Dated]:
    """Find the time expressions of *text*, in order; longer ones win.

    Args:
        text: A sentence, untouched.
        published: Day of publication; None leaves relative ones unresolved.
        lexicon: The lists of its language.
    """
    found: list[Dated] = []
    for kind, pattern in _patterns(lexicon):
        for match in pattern.finditer(text):
            span = Span.at(match)
            if any(span.overlaps(one.span) for one in found):
                continue
            when = _read(kind, match, published, lexicon)
            if when is not None:
                found.append(Dated(span, when))
    return sorted(found, key=lambda d: d.span.start)


def _read(
    kind: str, match: re.Match[str], published: date | None, lexicon: Lexicon
) -> When | None:
    fields = {name: value for name, value in match.groupdict().items() if value}
    try:
        if kind == "formats":
            return _calendar(fields, published, lexicon)
        if kind == "year":
            return dates.whole_year(int(fields["year"]), "explicit")
        if published is None:
            return _UNRESOLVED
        if kind == "ago":
            return _ago(fields, published, lexicon)
        if kind in {"weekday", "weekday_ahead"}:
            wanted = _weekday(fields["weekday"], lexicon)
            return dates.on_weekday(published, wanted, ahead=kind == "weekday_ahead")
        return _counted(kind, match.group(), published, lexicon)
    except (ValueError, OverflowError):  # 31 de junio: no day
        return None


def _calendar(
    fields: dict[str, str], published: date | None, lexicon: Lexicon
) -> When | None:
    month = _month(fields["month"], lexicon)
    year = fields.get("year")
    if "day" not in fields:
        return dates.whole_month(int(year), month, "explicit") if year else None
    day = int(fields["day"])
    if year is not None:
        return dates.on_day(date(int(year), month, day), "explicit")
    if published is None:
        date(2024, month, day)
        return _UNRESOLVED
    found = date(published.year, month, day)
    if (found - published).days > _HALF_A_YEAR:
        found = date(published.year - 1, month, day)
    return dates.on_day(found, "explicit")


_HALF_A_YEAR = 180


def _ago(fields: dict[str, str], published: date, lexicon: Lexicon) -> When | None:
    count = numbers.number(fields["n"], lexicon)
    unit = next(
        u
        for u in _UNITS
        if lexicon.pattern("dates", f"unit_{u}").fullmatch(fields["unit"])
    )
    if count is None or count > _MOST_AGO:
        return None
    return dates.shifted(unit, -count, published)


def _counted(kind: str, words: str, published: date, lexicon: Lexicon) -> When | None:
    flat = " ".join(words.split())
    table = lexicon.values("dates", kind)
    shift = next(
        n for word, n in table.items() if re.fullmatch(_bare(word), flat, re.IGNORECASE)
    )
    return dates.shifted(_UNIT_OF[kind], shift, published)


_UNIT_OF = {"days": "day", "weeks": "week", "whole_months": "month", "years": "year"}


def _bare(word: str) -> str:
    """Leave out what a pattern asks of its neighbours."""
    return re.sub(r"\(\?<?[!=](?:[^()]|\([^()]*\))*\)", "", word)


def _month(name: str, lexicon: Lexicon) -> int:
    months = [m.lower() for m in lexicon.entries("dates", "months")]
    short = lexicon.values("dates", "months_short")
    lower = name.lower()
    return short[lower] if lower in short else months.index(lower) + 1


def _weekday(name: str, lexicon: Lexicon) -> int:
    listed = [d.lower() for d in lexicon.entries("dates", "weekdays")]
    short = lexicon.values("dates", "weekdays_short")
    lower = name.lower()
    return short[lower] - 1 if lower in short else listed.index(lower)


@cache
def _patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile the forms of a language; a form that needs an empty list is left out."""
    months = [
        *lexicon.entries("dates", "months"),
        *lexicon.values("dates", "months_short"),
    ]
    days = [
        *lexicon.entries("dates", "weekdays"), *lexicon.values("dates", "weekdays_short")
    ]  # fmt: skip
    units = [e for u in _UNITS for e in lexicon.entries("dates", f"unit_{u}")]
    fields = {
        "day": r"(?P<day>(?<!\d)\d{1,2}(?!\d))",
        "year": r"(?P<year>(?<!\d)(?:19|20)\d{2}(?![\d.,]*\d))",
        "month": f"(?P<month>{lexicon.whole(months)})",
        "weekday": f"(?P<weekday>{lexicon.whole(days)})",
        "unit": f"(?P<unit>{lexicon.whole(units)})",
        "n": rf"(?P<n>\d+|{lexicon.whole(lexicon.values('numbers', 'words'))})",
    }
    found: list[tuple[str, re.Pattern[str]]] = []
    for kind in ("formats", "ago", "weekday_ahead", "weekday", "year"):
        for form in lexicon.entries("dates", kind):
            filled = form.replace(" ", r"\s+")
            for name, pattern in fields.items():
                filled = filled.replace(f"{{{name}}}", pattern)
            found.append((kind, re.compile(rf"(?<!\w){filled}(?!\w)", re.IGNORECASE)))
    for kind in _UNIT_OF:
        listed = lexicon.whole(map(_loose, lexicon.values("dates", kind)))
        found.append((kind, re.compile(listed, re.IGNORECASE)))
    return tuple(found)


def _loose(entry: str) -> str:
    """Let a line end stand for a space; what looks back must keep its width."""
    return entry if "(?<" in entry else entry.replace(" ", r"\s+")
