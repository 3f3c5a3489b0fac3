"""What a rival shows, in one plain form: read from each rival's own output.

Nothing is judged here. Items that are the same word for word are one, and an actor is
one however often it is mentioned: LangExtract gives every mention.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from schemas.terms import Section

_CLASSES: Mapping[str, Section] = {
    "actor": "actors",
    "request": "requests",
    "position": "positions",
    "casualty": "casualties",
    "open_question": "open_questions",
}
_QUOTED_BY = {"actors": "name"}


@dataclass(frozen=True, slots=True)
class Found:
    """One item as a rival shows it.

    Attributes:
        section: Where it belongs in a briefing.
        quote: The words that it gives as the article's.
        fields: What it says of them, by the names of the schema.
        place: Where in the text the rival says that they stand, half-open.
    """

    section: Section
    quote: str
    fields: tuple[tuple[str, str], ...]
    place: tuple[int, int] | None = None

    def get(self, name: str) -> str:
        """Look up a field; an absent one is empty."""
        return dict(self.fields).get(name, "")


def of_instructor(output: object) -> tuple[Found, ...]:
    """Read the nested briefing that instructor returned."""
    sections = cast("Mapping[Section, list[Mapping[str, object]]]", output)
    return _once(
        Found(
            section,
            str(item.get(_QUOTED_BY.get(section, "quote")) or ""),
            _fields(item),
        )
        for section, items in sections.items()
        for item in items
    )


def of_langextract(output: object) -> tuple[Found, ...]:
    """Read LangExtract's extractions; a class that nobody asked for is left out."""
    listed = cast("Mapping[str, list[Mapping[str, object]]]", output)["extractions"]
    return _once(
        _extraction(one) for one in listed if one["extraction_class"] in _CLASSES
    )


def omitted(output: object) -> int:
    """Count the chunks of the text whose answer LangExtract could not read."""
    return int(cast("Mapping[str, int]", output).get("omitted", 0))


def _extraction(one: Mapping[str, object]) -> Found:
    section = _CLASSES[str(one["extraction_class"])]
    fields = cast("Mapping[str, object]", one.get("attributes") or {})
    interval = cast("Mapping[str, int | None]", one.get("char_interval") or {})
    start, end = interval.get("start_pos"), interval.get("end_pos")
    return Found(
        section,
        str(one["extraction_text"]),
        _fields(fields),
        (start, end) if start is not None and end is not None else None,
    )


def _fields(item: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, _words(value)) for name, value in item.items() if name != "quote"
    )


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value).strip()


def _once(items: Iterable[Found]) -> tuple[Found, ...]:
    return tuple({_key(item): item for item in reversed(tuple(items))}.values())[::-1]


def _key(item: Found) -> tuple[str, ...]:
    quote = " ".join(item.quote.casefold().split())
    if item.section == "actors":
        return item.section, quote
    said = (f"{k}={v.casefold()}" for k, v in sorted(item.fields) if k != "question")
    return item.section, quote, *said


def by_section(items: Iterable[Found], section: Section) -> Iterator[Found]:
    """List the items of one section."""
    return (item for item in items if item.section == section)
