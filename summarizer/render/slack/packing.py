"""Pieces packed into numbered messages, split between pieces and nowhere else.

Only a piece that no message could hold by itself is spread over several, block by
block. All sizes are known before a piece is placed, so that every message is within
the limits by construction.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from summarizer.render.slack.blocks import (
    HEADER_CHARS,
    Block,
    context,
    escape,
    header,
    shortened,
    size,
    title,
)

MESSAGE_BLOCKS: Final = 50
MESSAGE_CHARS: Final = 10_000
"""For the whole JSON of a message. Slack names no such limit; from about 11,000
characters on, messages were reported to be refused."""
FALLBACK_CHARS: Final = 400
NOTE_CHARS: Final = 300
NUMBER: Final = " (9999/9999)"
"""Room for the number of a message in its header."""

_LOOKALIKES: Final = str.maketrans("*_~`", "∗ˍ∼ˋ")
"""For notifications only: Slack has no escape for the marks that it formats by."""
_LINKED: Final = re.compile(r"[:@]|(?<=\w)\.(?=\w)")


class Message(TypedDict):
    """What is sent: blocks, and the text that notifications and readers of text show."""

    text: str
    blocks: list[Block]
    unfurl_links: Literal[False]
    unfurl_media: Literal[False]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together: an item, or a few lines that only make sense as one.

    Attributes:
        part: Title of the part that it belongs to, in our own words; empty for none.
            It is shown above the first piece of the part in each message.
        blocks: One or more, each far smaller than a message.
    """

    part: str
    blocks: tuple[Block, ...]


def pack(
    heading: str, summary: str, pieces: Sequence[Piece], notes: Sequence[str]
) -> tuple[Message, ...]:
    """Put *pieces* into as few messages as their order allows.

    Args:
        heading: First line of each message; cut when it is too long for one.
        summary: What notifications show beside the heading; cut likewise.
        pieces: In the order of reading.
        notes: Small print of the last message, at most ten.

    Returns:
        One message or more, numbered "(2/3)" if there are several.
    """
    heading = shortened(heading, HEADER_CHARS - len(NUMBER))
    summary = shortened(summary, FALLBACK_CHARS)
    footer = context(notes, NOTE_CHARS)
    # Where the notification is cut hangs on the length of the number, and so do the
    # signs that are put into it: what is longest counts.
    longest = max(
        size(_message(heading, NUMBER[:length], summary, [footer]))
        for length in range(len(NUMBER) + 1)
    )
    filled = _Filled(
        chars=longest, blocks=len(_message(heading, "", summary, [footer])["blocks"])
    )
    bodies = list(_bodies(pieces, filled))
    count = len(bodies)
    return tuple(
        _message(
            heading,
            f" ({number}/{count})" if count > 1 else "",
            summary,
            [*body, *([footer] if number == count else [])],
        )
        for number, body in enumerate(bodies, start=1)
    )


@dataclass(frozen=True, slots=True)
class _Filled:
    """How much of a message is taken."""

    chars: int
    blocks: int

    def with_(self, more: Sequence[Block]) -> "_Filled":
        # A comma parts each block from the one before.
        chars = self.chars + sum(size(block) + 1 for block in more)
        return _Filled(chars, self.blocks + len(more))

    @property
    def fits(self) -> bool:
        return self.chars <= MESSAGE_CHARS and self.blocks <= MESSAGE_BLOCKS


def _bodies(pieces: Sequence[Piece], empty: _Filled) -> Iterator[list[Block]]:
    """Fill one message after another; *empty* is what each holds before."""
    body: list[Block] = []
    filled = empty
    here = before = ""  # the part whose title this message, or any, showed last
    for piece in pieces:
        for group in _groups(piece, empty):
            more = _titled(piece.part, group, here, before)
            if body and not filled.with_(more).fits:
                yield body
                body, filled, here = [], empty, ""
                more = _titled(piece.part, group, here, before)
            body += more
            filled = filled.with_(more)
            here = before = piece.part
    yield body


def _groups(piece: Piece, empty: _Filled) -> list[tuple[Block, ...]]:
    """Keep a piece whole if any message could hold it."""
    if empty.with_([*_continued(piece.part), *piece.blocks]).fits:
        return [piece.blocks]
    return [(block,) for block in piece.blocks]


def _titled(part: str, group: Sequence[Block], here: str, before: str) -> list[Block]:
    if not part or part == here:
        return [*group]
    return [*(_continued(part) if part == before else [title(part)]), *group]


def _continued(part: str) -> list[Block]:
    return [title(f"{part}, continued")] if part else []


def _message(
    heading: str, number: str, summary: str, blocks: Sequence[Block]
) -> Message:
    first = heading + number
    text = shortened(f"{first}: {summary}", FALLBACK_CHARS)
    return {
        "text": _inert(escape(text)),
        "blocks": [header(first), *blocks],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _inert(text: str) -> str:
    """Break what Slack links or formats; a word joiner (U+2060) is not seen."""
    return _LINKED.sub("\\g<0>\u2060", text.translate(_LOOKALIKES))
