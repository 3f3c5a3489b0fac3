"""Fragments of markup, as feeds hold them in titles and contents, to plain text. Pure.

Only what a reader would see: no script, no style, no comment. Broken markup gives what
can be had of it.
"""

import re
from html.parser import HTMLParser
from typing import Final

_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "iframe", "svg"})
_BLOCKS: Final = frozenset(
    {
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table",
        "tr", "blockquote", "section", "article", "figure", "figcaption", "hr", "pre",
    }
)  # fmt: skip
_MARKED: Final = re.compile(r"<[a-zA-Z/!?]|&[#\w]+;")
MOST: Final = 200_000
"""Characters of a fragment that are read; an article has up to 60,000."""


def text(fragment: str) -> str:
    """Take the words out of *fragment*: paragraphs with blank lines between them."""
    fragment = fragment[:MOST]
    if not _MARKED.search(fragment):
        return _tidy(fragment)
    reader = _Words()
    reader.feed(fragment)
    reader.close()
    return _tidy("".join(reader.words))


def line(fragment: str | None, most: int = 300) -> str | None:
    """Take the words of a title or a name on one line; None if there are none.

    Some feeds escape the markup of a title twice; what is left of it after one reading
    is read once more.
    """
    words = text(fragment or "")
    if _MARKED.search(words):
        words = text(words)
    return " ".join(words.split())[:most].strip() or None


def _tidy(words: str) -> str:
    blocks = (" ".join(block.split()) for block in re.split(r"\n[ \t\r]*\n", words))
    return "\n\n".join(block for block in blocks if block)


class _Words(HTMLParser):
    """Collects what is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  of the parser's
        """Open an element."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.words.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  of the parser's
        """Take an element without content: of what is unseen, nothing stays open."""
        if tag in _BLOCKS:
            self.words.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self._unseen:
            self.words.append(data)
