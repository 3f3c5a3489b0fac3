"""The index of an archive as a page, and the data that lies beside it.

The page is a table that reads without a script. With one it is searched and filtered, by
data that stands in the page or, of a large archive, in files that it loads when they are
needed. Pure: values in, text out.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from summarizer.render.page import shell
from summarizer.render.words.wording import visible

POLICY: Final = "chunks"
"""The one way by which the page's script may load a file: see `archive.js`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An article, as the index lists it.

    Attributes:
        name: Name of its page without the suffix.
        day: Its day of publication as YYYY-MM-DD, or "".
        title: Its headline, or where it stands.
        from_: Who published it and where it stands.
        bottom_line: What matters most.
        items: How many items it has.
        unconfirmed: How many of them are unconfirmed.
        is_complete: Whether every question about it was answered.
        parties: Numbers of parties in the list of the index.
        countries: The same of countries.
        kinds: The same of kinds of casualties.
        sections: The same of sections in which it has items.
    """

    name: str
    day: str
    title: str
    from_: str
    bottom_line: str
    items: int
    unconfirmed: int
    is_complete: bool
    parties: tuple[int, ...] = ()
    countries: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What can be filtered by: names, the most frequent first."""

    parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def render(
    lines: Sequence[Line],
    facets: Facets,
    *,
    total: int,
    chunks: int,
    has_pages: bool,
    notes: Sequence[str],
) -> str:
    """Write the index.

    Args:
        lines: The articles that stand in the page itself, the newest first.
        facets: What can be filtered by.
        total: How many articles the index has.
        chunks: Files of data beside the page; 0 when *lines* are all there are.
        has_pages: Whether each article has a page of its own.
        notes: What is left out, a sentence each.
    """
    data = {
        "total": total,
        "chunks": chunks,
        "pages": has_pages,
        "lines": [] if chunks else [_packed(line) for line in lines],
    }
    return shell.fill(
        "archive.html",
        styles=("shell.css", "archive.css"),
        scripts=("archive.js",),
        loads=POLICY,
        title="Archive",
        lines=[_shown(line) for line in lines],
        total=total,
        has_pages=has_pages,
        notes=[visible(note) for note in notes],
        filters=[
            (name, label, [(n, visible(one)) for n, one in enumerate(names)])
            for name, label, names in (
                ("party", "Party", facets.parties),
                ("country", "Country", facets.countries),
                ("kind", "Casualties", facets.kinds),
                ("section", "Section", facets.sections),
            )
        ],
        data=Markup(embedded(data)),  # noqa: S704  JSON without "<": it ends no script
    )


def chunk(number: int, lines: Sequence[Line], most: int) -> str:
    """Write a file of data: a script that hands its articles to the page.

    Args:
        number: Which it is, from 0.
        lines: Its articles.
        most: Bytes of an article; the words of a longer one are cut.
    """
    packed = ",\n".join(embedded(_fitted(line, most)) for line in lines)
    return f"archiveChunk({number},[\n{packed}\n]);\n"


def embedded(value: object) -> str:
    """Write JSON that can stand in a script: nothing in it ends the script or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)  # fmt: skip


def _packed(line: Line) -> list[Any]:
    return [
        line.name, line.day, visible(line.title), visible(line.from_),
        visible(line.bottom_line), line.items, line.unconfirmed, int(line.is_complete),
        line.parties, line.countries, line.kinds, line.sections,
    ]  # fmt: skip


_WORDS: Final = (4, 2, 3)
"""Where the bottom line, the title and the place stand in a packed line: cut in this
order, down to so many characters that one knows what it is."""

_LEAST: Final = (40, 40, 0)


def _fitted(line: Line, most: int) -> list[Any]:
    """Cut the words of a line until it has *most* bytes at most."""
    packed = _packed(line)
    most -= len(",\n")
    for place, least in zip(_WORDS, _LEAST, strict=True):
        over = len(embedded(packed).encode()) - most
        if over > 0:
            packed[place] = _cut(packed[place], over, least)
    return packed


def _cut(words: str, over: int, least: int) -> str:
    """Cut *over* bytes off and put a mark there, but keep *least* characters."""
    raw = words.encode("utf-8", "replace")
    kept = raw[: max(0, len(raw) - over - len("…".encode()))].decode("utf-8", "ignore")
    if len(kept) < least:
        kept = words[:least]
    return words if len(kept) == len(words) else f"{kept.rstrip()}…"


def _shown(line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "day": line.day,
        "title": visible(line.title),
        "from_": visible(line.from_),
        "bottom_line": visible(line.bottom_line),
        "count": line.items,
        "unconfirmed": line.unconfirmed,
        "is_complete": line.is_complete,
    }
