"""The columns of the tables: what each is called, of what type it is, and how it is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Row = Mapping[str, Any]
Kind = Literal["text", "whole", "number", "day", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        of: Reads it from an item, or from a row.
        kind: Of what type it is.
    """

    of: Callable[[Any], object]
    kind: Kind = "text"


Columns = Mapping[str, Column]


def _plain(field: str, kind: Kind = "text") -> Column:
    return Column(lambda item: item.get(field), kind)


def _name(field: str) -> Column:
    return Column(lambda item: (item.get(field) or {}).get("name"))


def _when(field: str, kind: Kind = "day") -> Column:
    return Column(lambda item: (item.get("when") or {}).get(field), kind)


def _source(field: str, kind: Kind = "text") -> Column:
    return Column(lambda row: row["briefing"]["sources"][0][field], kind)


ABOUT: Final[Columns] = {
    "key": _plain("key"), "place": _plain("place"), "title": _source("title"),
    "publisher": _source("publisher"), "published": _source("published", "day"),
    "uri": _source("uri"),
}  # fmt: skip
"""What says which article a row of any table is about; read from a row of the archive."""

_SHARED: Final[Columns] = {
    "id": _plain("id"), "verdict": _plain("verdict"), "found_by": _plain("found_by"),
    "quote": Column(lambda i: i["evidence"][0]["exact"]),
    "start": Column(lambda i: i["evidence"][0]["start"], "whole"),
    "end": Column(lambda i: i["evidence"][0]["end"], "whole"),
    "when": _when("value", "text"), "when_start": _when("start"), "when_end": _when("end"),
    "attribution": _plain("attribution"),
}  # fmt: skip
"""What every table has, behind the columns of its own."""

_OWN: Final[Mapping[str, Columns]] = {
    "requests": {
        "by": _name("by"), "to": _name("to"), "what": _plain("what"),
        "force": _plain("force"), "modality": _plain("modality"), "status": _plain("status"),
        "reported_by": _name("reported_by"),
    },
    "positions": {
        "holder": _name("holder"), "act": _plain("act"), "gist": _plain("gist"),
        "target": _name("target"), "form": _plain("form"), "medium": _plain("medium"),
        "conditional": _plain("conditional", "flag"),
    },
    "casualties": {
        "kind": _plain("kind"), "count_text": _plain("count_text"),
        "value": _plain("value", "whole"), "low": _plain("low", "whole"),
        "high": _plain("high", "whole"), "comparator": _plain("comparator"),
        "vague": _plain("vague", "flag"), "none_reported": _plain("none_reported", "flag"),
        "who": _plain("who_text"), "source_party": _name("source"), "by": _name("by"),
        "place_of_event": _plain("place"), "event": _plain("event"), "scope": _plain("scope"),
    },
    "developments": {
        "what": _plain("what"),
        "who": Column(lambda i: "; ".join(p["name"] for p in i["who"])),
        "place_of_event": _plain("place"),
        "figures": Column(lambda i: "; ".join(f["text"] for f in i["figures"])),
    },
}  # fmt: skip
SECTIONS: Final[Mapping[str, Columns]] = {
    name: {**columns, **_SHARED} for name, columns in _OWN.items()
}
"""The tables that every archive has, with the columns behind those of `ABOUT`."""


def _counted(field: str) -> Column:
    return Column(lambda row: len(row["briefing"][field]), "whole")


ARTICLES: Final[Columns] = {
    **ABOUT,
    "language": _source("language"),
    "status": _plain("status"),
    "error": _plain("error"),
    "bottom_line": Column(lambda row: row["briefing"]["bottom_line"]),
    **{
        name: _counted(name)
        for name in (*SECTIONS, "open_questions", "actors", "withheld")
    },
    "briefing": _plain("text"),
}
"""A row an article; read from a row of the archive with its status, error and text."""


def items(row: Row) -> Iterator[tuple[str, Columns, Row]]:
    """Yield each item of a row with its table's name and columns."""
    for name, columns in SECTIONS.items():
        for item in row["briefing"][name]:
            yield name, columns, item
    for section in row["briefing"].get("sections", ()):
        definition = section["definition"]
        columns = _of_fields(definition["fields"])
        for item in section["items"]:
            found = {value["name"]: value for value in item["fields"]}
            yield definition["name"], columns, {**item, "found": found}


def _of_fields(fields: list[Row]) -> dict[str, Column]:
    """Make the columns of a section of the user's own, one for each of its fields."""
    numbers = [f["name"] for f in fields if f["kind"] == "number"]
    own = {f["name"]: _field(f["name"]) for f in fields}
    own |= {f"{n}_value": _number(n) for n in numbers}
    taken = {*ABOUT, *_SHARED}
    return {f"own_{n}" if n in taken else n: c for n, c in own.items()} | dict(_SHARED)


def _field(name: str) -> Column:
    def told(item: Row) -> object:
        value = item["found"].get(name)
        return value and ((value.get("party") or {}).get("name") or value["text"])

    return Column(told)


def _number(name: str) -> Column:
    def told(item: Row) -> object:
        return ((item["found"].get(name) or {}).get("number") or {}).get("value")

    return Column(told, "number")


def day(value: object) -> date | None:
    """Read a day as a briefing writes it."""
    return date.fromisoformat(value) if isinstance(value, str) else None
