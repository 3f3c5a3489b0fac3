"""Flat tables of the items of an archive, for DuckDB, pandas or a spreadsheet.

One file a section, one row an item, comma-separated with a header (RFC 4180, UTF-8).
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

Row = Mapping[str, Any]
Column = Callable[[Row], object]

_SHARED: Final[Mapping[str, Column]] = {
    "id": lambda i: i["id"],
    "verdict": lambda i: i["verdict"],
    "found_by": lambda i: i["found_by"],
    "quote": lambda i: i["evidence"][0]["exact"],
    "start": lambda i: i["evidence"][0]["start"],
    "end": lambda i: i["evidence"][0]["end"],
    "when": lambda i: (i.get("when") or {}).get("value"),
    "attribution": lambda i: i.get("attribution"),
}
"""What every table has, behind the columns of its own."""


def _name(field: str) -> Column:
    return lambda item: (item.get(field) or {}).get("name")


def _plain(field: str) -> Column:
    return lambda item: item.get(field)


_OWN: Final[Mapping[str, Mapping[str, Column]]] = {
    "requests": {
        "by": _name("by"), "to": _name("to"), "what": _plain("what"),
        "force": _plain("force"), "modality": _plain("modality"), "status": _plain("status"),
        "reported_by": _name("reported_by"),
    },
    "positions": {
        "holder": _name("holder"), "act": _plain("act"), "gist": _plain("gist"),
        "target": _name("target"), "form": _plain("form"), "medium": _plain("medium"),
    },
    "casualties": {
        "kind": _plain("kind"), "count_text": _plain("count_text"), "value": _plain("value"),
        "low": _plain("low"), "high": _plain("high"), "comparator": _plain("comparator"),
        "who": _plain("who_text"), "source_party": _name("source"), "by": _name("by"),
        "place": _plain("place"), "event": _plain("event"), "scope": _plain("scope"),
    },
    "developments": {
        "what": _plain("what"),
        "who": lambda i: "; ".join(p["name"] for p in i["who"]),
        "place": _plain("place"),
        "figures": lambda i: "; ".join(f["text"] for f in i["figures"]),
    },
}  # fmt: skip
_ABOUT: Final = ("key", "place", "title", "publisher", "published", "uri")


def write(rows: Iterable[Row], folder: Path) -> dict[str, int]:
    """Write the tables of all briefings.

    Args:
        rows: The rows of the ledger.
        folder: Where the files go; older ones are replaced when all is written.

    Returns:
        How many items each table has.
    """
    counts: dict[str, int] = {}
    writers: dict[str, Any] = {}
    parts: dict[str, Path] = {}
    with ExitStack() as files:

        def table(name: str, columns: Iterable[str]) -> Any:
            if name not in writers:
                parts[name] = folder / f"{name}.csv.part"
                file = parts[name].open("w", encoding="utf-8", newline="")
                writers[name] = csv.writer(files.enter_context(file))
                writers[name].writerow([*_ABOUT, *columns])
                counts[name] = 0
            return writers[name]

        for name, columns in _OWN.items():
            table(name, [*columns, *_SHARED])
        for row in rows:
            about = _about(row)
            for name, columns in _OWN.items():
                for item in row["briefing"][name]:
                    told = [c(item) for c in (*columns.values(), *_SHARED.values())]
                    writers[name].writerow([*about, *map(_safe, told)])
                    counts[name] += 1
            for section in row["briefing"].get("sections", ()):
                _write_own(section, about, table, counts)
    for name, part in parts.items():
        part.replace(folder / f"{name}.csv")
    return counts


def _write_own(
    section: Row,
    about: list[object],
    table: Callable[[str, Iterable[str]], Any],
    counts: dict[str, int],
) -> None:
    """Write the items of a section of the user's own, a column for each of its fields."""
    definition = section["definition"]
    names = [field["name"] for field in definition["fields"]]
    numbers = [f["name"] for f in definition["fields"] if f["kind"] == "number"]
    columns = [*names, *(f"{n}_value" for n in numbers), *_SHARED]
    writer = table(definition["name"], columns)
    for item in section["items"]:
        found = {value["name"]: value for value in item["fields"]}
        told: list[object] = [
            (found[n].get("party") or {}).get("name") or found[n]["text"] if n in found else None
            for n in names
        ]  # fmt: skip
        told += [(found[n].get("number") or {}).get("value") if n in found else None for n in numbers]  # fmt: skip
        told += [column(item) for column in _SHARED.values()]
        writer.writerow([*about, *map(_safe, told)])
        counts[definition["name"]] += 1


def _about(row: Row) -> list[object]:
    source = row["briefing"]["sources"][0]
    told = (source["title"], source["publisher"], source["published"], source["uri"])
    return [row["key"], *map(_safe, (row["place"], *told))]


def _safe(value: object) -> object:
    """Disarm what a spreadsheet would run as a formula (OWASP, CSV injection)."""
    is_formula = isinstance(value, str) and value[:1] in {
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
    }
    return f"'{value}" if is_formula else value
