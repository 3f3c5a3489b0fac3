"""What an article will take, at a glance: whether it can be read, and how long it is.

A file of text is decoded and no more. Of a page or a document only the beginning is looked
at, which tells what it is; its length is guessed by its bytes. Nothing is fetched.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summarizer.batch.inputs import Given
from summarizer.errors import InputError
from summarizer.sources.bytes_read import MAX_BYTES
from summarizer.sources.files import is_address, read_text
from summarizer.sources.formats import sniff

_HEAD_BYTES: Final = 65_536
_LONGEST_KNOWN: Final[dict[str, int]] = {"html": 20_000, "pdf": 40_000, "word": 40_000}
"""Characters that the words of a page or a document are guessed to have at most: the rest
of a large one is markup, scripts, pictures and fonts."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is known of an article that was not read.

    Attributes:
        chars: Its characters, or a guess; None when nothing is known.
        why: Why it cannot be read; None when nothing speaks against it.
    """

    chars: int | None = None
    why: str | None = None


def at(given: Given, max_chars: int) -> Glance:
    """Look at an article.

    Args:
        given: The article.
        max_chars: Longest article, in code points.
    """
    if given.error is not None:
        return Glance(why=given.error)
    if given.text is not None:
        return _words(given.text, max_chars)
    if is_address(given.place):
        return Glance()
    try:
        return _file(given.place, max_chars)
    except InputError as exc:
        return Glance(why=str(exc))
    except OSError as exc:
        return Glance(why=f"cannot read {given.place!r}: {exc.strerror}")


def _words(text: str, max_chars: int) -> Glance:
    if not text.strip():
        return Glance(why="it is empty")
    if len(text) > max_chars:
        return Glance(why=f"it has {len(text):,} characters; {max_chars:,} are read at most")  # fmt: skip
    return Glance(len(text))


def _file(place: str, max_chars: int) -> Glance:
    size = Path(place).stat().st_size
    with Path(place).open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if (refusal := sniff.refusal(head)) is not None:
        return Glance(why=f"{place!r} {refusal}")
    if not head.strip() and size <= _HEAD_BYTES:
        return Glance(why=f"{place!r} is empty")
    if size > MAX_BYTES:
        return Glance(why=f"{place!r} has more than {MAX_BYTES:,} bytes")
    kind = sniff.kind(head, sniff.expected(place))
    if kind in _LONGEST_KNOWN:
        return Glance(min(size, _LONGEST_KNOWN[kind]))
    return _words(read_text(place, max_chars=max_chars), max_chars)
