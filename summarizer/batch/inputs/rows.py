"""Articles that are rows: which field holds what, and one line or record made an article."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from summarizer.batch.inputs.given import Given, key_of, unreadable
from summarizer.errors import InputError
from summarizer.sources import Metadata

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "maintext", "full_text", "raw_text"),
    "title": ("title", "headline", "header"),
    "published": ("published", "date", "date_publish", "published_at", "pub_date", "datetime", "timestamp"),
    "uri": ("uri", "url", "link", "canonical"),
    "publisher": ("publisher", "source", "outlet", "source_domain", "site"),
    "id": ("id", "guid", "doc_id", "article_id", "uuid"),
}  # fmt: skip
"""What is looked for in a row, and the names that fields go by, the surest first."""

MOST_LINE: Final = 50_000_000
"""Bytes of one row of JSON."""


def mapping_of(words: Iterable[str]) -> dict[str, str]:
    """Read "text=body" as what is wanted, and the field that holds it.

    Raises:
        InputError: It is not of that form, or wants what is not known.
    """
    found: dict[str, str] = {}
    for word in words:
        wanted, mark, name = word.partition("=")
        if not mark or wanted not in FIELDS or not name:
            known = ", ".join(FIELDS)
            msg = f"--map takes NAME=FIELD with NAME one of {known}, not {word!r}"
            raise InputError(msg)
        found[wanted] = name
    return found


def names_of(row: Mapping[str, object], mapping: Mapping[str, str]) -> dict[str, str]:
    """Find which field holds what: as it was said, or by its usual names.

    Args:
        row: The first row.
        mapping: By what is wanted, the field that somebody said.

    Returns:
        By what is wanted, the field; without what no field holds.
    """
    found: dict[str, str] = {}
    for wanted, usual in FIELDS.items():
        told = mapping.get(wanted)
        name = told or next((n for n in usual if n in row), None)
        if name is not None:
            found[wanted] = name
    return found


def no_text(row: Mapping[str, object], mapping: Mapping[str, str]) -> str:
    """Say that no field holds the text."""
    fields = ", ".join(list(row)[:12]) or "none"
    if told := mapping.get("text"):
        return f"no field is named {told!r} (there are {fields})"
    return (
        f"no field holds the text: say which with --map text=NAME (there are {fields})"
    )


def article_of(
    place: str, line: str, row: Mapping[str, object], names: Mapping[str, str]
) -> Given:
    """Make an article of a row.

    Args:
        place: Where the row stands.
        line: The row as it stands.
        row: The row.
        names: Which field holds what.
    """
    text = row.get(names["text"])
    if isinstance(text, bytes):  # a column of Parquet that is not marked as text
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str) or not text.strip():
        return unreadable(place, line, f"its field {names['text']!r} holds no text")
    told = {wanted: _words(row.get(name)) for wanted, name in names.items()}
    metadata = Metadata(
        uri=told.get("uri"),
        publisher=told.get("publisher"),
        title=told.get("title"),
        published=_day(told.get("published")),
    )
    known = json.dumps(
        [told.get(n) for n in ("uri", "publisher", "title", "published")]
    )
    key = key_of(text.encode("utf-8", "surrogatepass"), known.encode())
    return Given(key, place, text, metadata)


def row_of(line: str) -> dict[str, object] | None:
    """Read a line as a JSON object; None when it is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _words(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, date):  # a time is a day too
        return value.isoformat()
    if isinstance(value, str) and value.strip():
        return value.strip()
    return (
        str(value) if isinstance(value, int) and not isinstance(value, bool) else None
    )


def _day(words: str | None) -> date | None:
    """Read the day of a time in ISO form; other forms are not guessed."""
    if words is None:
        return None
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None
