"""Markdown to plain text, read as its standard (CommonMark) reads it.

Link texts stay, addresses go; blocks of code and raw HTML are left out and counted.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from summarizer.sources.formats import stamps
from summarizer.sources.formats.parsed import Parsed, UnreadableError

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]+)\s*:\s*(.+?)\s*$", re.MULTILINE)
_DEEPEST = 100
"""Quotes and lists inside one another; what is deeper would be lost without a word in
a document of this kind, and no text is."""
_DROPPED = {"fence", "code_block", "html_block"}


def parse(text: str) -> Parsed:
    """Read Markdown; plain fields of a front matter are metadata.

    Raises:
        UnreadableError: There is something, and no text in it.
    """
    front = _FRONT.match(text)
    fields = dict(_FIELD.findall(front[1])) if front else {}
    meta = {k.lower(): v.strip("\"' ") for k, v in fields.items()}
    body = text[front.end() :] if front else text
    tokens = (
        MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(body)
    )
    dropped = sum(token.type in _DROPPED for token in tokens)
    published, published_at = stamps.day_and_time(meta.get("date"))
    updated, updated_at = stamps.day_and_time(meta.get("updated"))
    words = "\n\n".join(_paragraphs(tokens))
    if not words and body.strip():
        raise UnreadableError("has no text outside code, markup and deep nesting")
    return Parsed(
        text=words,
        title=stamps.one_line(meta.get("title")) or _first_heading(tokens),
        byline=stamps.one_line(meta.get("author")),
        publisher=stamps.one_line(meta.get("publisher")),
        language=stamps.language(meta.get("lang") or meta.get("language")),
        published=published,
        published_at=published_at,
        updated=updated,
        updated_at=updated_at,
        notes=(f"blocks of code or markup left out: {dropped}",) if dropped else (),
    )


def _paragraphs(tokens: Iterable[Token]) -> Iterator[str]:
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield " | ".join(cells or ())
            cells = None
        elif token.type == "inline":
            words = _words(token)
            if cells is not None:
                cells.append(words)
            elif words:
                yield words


def _words(inline: Token) -> str:
    parts: list[str] = []
    for child in inline.children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _first_heading(tokens: list[Token]) -> str | None:
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h1":
            return stamps.one_line(_words(token))
    return None
