"""Slack's blocks, within Slack's limits, of words that cannot act on a reader.

Words of articles go into rich text, whose elements say what they are: text in them
cannot mention, link or format. Where Slack takes text objects only (header, context)
they are plain text with `&`, `<` and `>` escaped, which Slack turns back for display.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NotRequired, TypedDict

from summarizer.render.words.wording import visible

HEADER_CHARS: Final = 150
CONTEXT_ELEMENTS: Final = 10
BLOCK_CHARS: Final = 3_000
"""Slack's limit for the text of a section. It names none for rich text: ours is this
one, for the whole JSON of a block."""
RUN_CHARS: Final = 800
"""A run is split after so many code points. Each takes two characters of JSON at most
(a quotation mark, an emoji), and a link another thousand: a run fits into a block."""
_FRAME_CHARS: Final = 120
"""More than the JSON around the runs of a block, or of a list in it, takes."""


class PlainText(TypedDict):
    """A text object in which nothing is parsed but the three escapes."""

    type: Literal["plain_text"]
    text: str
    emoji: bool


class Markup(TypedDict):
    """A text object that Slack formats: for our own words only."""

    type: Literal["mrkdwn"]
    text: str


class Header(TypedDict):
    """A large line of plain text."""

    type: Literal["header"]
    text: PlainText


class Section(TypedDict):
    """A paragraph; here, the title of a part."""

    type: Literal["section"]
    text: Markup


class Context(TypedDict):
    """Small print."""

    type: Literal["context"]
    elements: list[PlainText]


class Style(TypedDict, total=False):
    """How a run of rich text looks."""

    bold: bool
    italic: bool
    code: bool


class RichRun(TypedDict):
    """Words, or a link and its words."""

    type: Literal["text", "link"]
    text: str
    url: NotRequired[str]
    style: NotRequired[Style]


class RichGroup(TypedDict):
    """A paragraph or a quotation of rich text."""

    type: Literal["rich_text_section", "rich_text_quote"]
    elements: list[RichRun]


class RichList(TypedDict):
    """A list of rich text."""

    type: Literal["rich_text_list"]
    style: Literal["bullet"]
    elements: list[RichGroup]


class RichText(TypedDict):
    """A block of rich text."""

    type: Literal["rich_text"]
    elements: list[RichGroup | RichList]


Block = Header | Section | Context | RichText
Kind = Literal["paragraph", "quote", "bullet"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look.

    Attributes:
        url: Where a click leads; None for plain words. At most 1,000 characters.
    """

    text: str
    style: Literal["plain", "bold", "italic", "code"] = "plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an item: its runs, one after another."""

    runs: tuple[Run, ...]
    kind: Kind = "paragraph"


def escape(text: str) -> str:
    """Write *text* so that Slack parses nothing in it; `&` first, or it doubles."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def units(text: str) -> int:
    """Count as the strictest reader of a limit would: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def size(payload: object) -> int:
    """Count the characters of *payload* as JSON, as it is sent."""
    return units(json.dumps(payload, ensure_ascii=False, separators=(",", ":")))


def shortened(text: str, limit: int) -> str:
    """Make *text* visible, and cut it at a word so that it fits when it is escaped.

    Args:
        text: One line.
        limit: Most characters, escapes counted, 1 or more.

    Returns:
        The text, not yet escaped; "…" stands for what was cut.
    """
    shown = visible(text)
    if units(escape(shown)) <= limit:
        return shown
    kept = shown[:limit]
    while kept and units(escape(kept)) > limit - 2:
        kept = kept[:-1]
    words = kept.rpartition(" ")[0] or kept
    return f"{words.rstrip()}…"


def plain(text: str, limit: int) -> PlainText:
    """Make a text object of words that may be an article's."""
    return {
        "type": "plain_text",
        "text": escape(shortened(text, limit)) or "–",
        "emoji": False,
    }


def header(text: str) -> Header:
    """Make the large first line of a message."""
    return {"type": "header", "text": plain(text, HEADER_CHARS)}


def title(own_words: str) -> Section:
    """Make the title of a part; never of words of an article."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"*{own_words}*"}}


def context(notes: Sequence[str], limit: int) -> Context:
    """Make the small print, a note an element, each at most *limit* characters."""
    return {
        "type": "context",
        "elements": [plain(note, limit) for note in notes[:CONTEXT_ELEMENTS]],
    }


def rich(lines: Iterable[Line]) -> list[RichText]:
    """Write lines as one block, or as several when one cannot hold them.

    Returns:
        Blocks of at most `BLOCK_CHARS` characters of JSON. Put together, their runs
        hold every character of the lines that can be seen.
    """
    blocks: list[RichText] = []
    filled: list[Line] = []
    taken = _FRAME_CHARS
    for line in _fitting(lines):
        if filled and taken + _cost(line) > BLOCK_CHARS:
            blocks.append(_block(filled))
            filled, taken = [], _FRAME_CHARS
        filled.append(line)
        taken += _cost(line)
    return [*blocks, _block(filled)] if filled else blocks


def _cost(line: Line) -> int:
    """Count the most characters of JSON that *line* adds to a block."""
    return _FRAME_CHARS + sum(size(_run(run)) + 1 for run in line.runs)


def _fitting(lines: Iterable[Line]) -> Iterator[Line]:
    """Split the lines that no block could hold, at runs and then at spaces."""
    for line in lines:
        filled: list[Run] = []
        taken = 2 * _FRAME_CHARS
        for run in (part for whole in line.runs for part in _parts(whole)):
            chars = size(_run(run)) + 1
            if filled and taken + chars > BLOCK_CHARS:
                yield Line(tuple(filled), line.kind)
                filled, taken = [], 2 * _FRAME_CHARS
            filled.append(run)
            taken += chars
        if filled:
            yield Line(tuple(filled), line.kind)


def _parts(run: Run) -> Iterator[Run]:
    """Split a run so that no part is too long, or holds a whole control sequence.

    Slack does not parse the text of an element. "<" is parted from what follows it
    all the same, for readers of exports who might.
    """
    rest = _shown(run.text)
    while rest:
        cut = len(rest)
        if cut > RUN_CHARS:
            cut = rest.rfind(" ", 1, RUN_CHARS) + 1 or RUN_CHARS
        if control := re.search(r"<(?=[!@#\w])", rest[:cut]):
            cut = control.end()
        yield Run(rest[:cut], run.style, run.url)
        rest = rest[cut:]


def _shown(text: str) -> str:
    """Make text visible; the spaces around it separate it from its neighbours."""
    inner = visible(text)
    if text.isspace():
        return " "
    before = " " if inner and text[:1].isspace() else ""
    after = " " if inner and text[-1:].isspace() else ""
    return f"{before}{inner}{after}"


def _block(lines: Sequence[Line]) -> RichText:
    elements: list[RichGroup | RichList] = []
    for line in lines:
        runs = [_run(run) for run in line.runs]
        last = elements[-1] if elements else None
        if line.kind == "bullet":
            entry: RichGroup = {"type": "rich_text_section", "elements": runs}
            if last is not None and last["type"] == "rich_text_list":
                last["elements"].append(entry)
            else:
                elements.append(
                    {"type": "rich_text_list", "style": "bullet", "elements": [entry]}
                )
        elif line.kind == "quote":
            elements.append({"type": "rich_text_quote", "elements": runs})
        elif last is not None and last["type"] == "rich_text_section":
            last["elements"] += [{"type": "text", "text": "\n"}, *runs]
        else:
            elements.append({"type": "rich_text_section", "elements": runs})
    return {"type": "rich_text", "elements": elements}


def _run(run: Run) -> RichRun:
    made: RichRun = {"type": "text", "text": run.text}
    if run.url is not None:
        made = {"type": "link", "url": run.url, "text": run.text}
    if run.style == "bold":
        made["style"] = {"bold": True}
    elif run.style == "italic":
        made["style"] = {"italic": True}
    elif run.style == "code":
        made["style"] = {"code": True}
    return made
