"""Markdown inside plain text: the marks that a reader reads through.

Text files and pasted text often hold links and emphasis of Markdown. The words are the
news; the marks and the addresses would keep every check from finding them. Only what is
surely markup is taken: an address must follow the link's text, and a mark of emphasis must
open at the beginning of a word and close at the end of one, in one paragraph. Addresses
that run programs (javascript:, data:) are no links here, and the sentence is set aside.
"""

import re
from collections.abc import Iterator

_IN_PARAGRAPH = r"\n(?![ \t]*\n)"
_LINK = re.compile(
    rf"!?\[(?P<words>(?:[^\[\]\n]|{_IN_PARAGRAPH}|\[[^\[\]\n]{{0,80}}\]){{1,300}})\]"
    r"\(\s?<?(?:https?://|mailto:|www\.|[/#])[^\s()<>]{0,2000}"
    r"(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000})?>?"
    r"(?:\s+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s?\)"
)
_EMPHASIS = tuple(
    (
        mark,
        re.compile(
            rf"(?<![\w\\{mark}])(?P<mark>{re.escape(mark * count)})(?=[^\s{mark}])"
            rf"(?:[^{mark}\n]|{_IN_PARAGRAPH}{inner}){{1,500}}"
            rf"(?<=[^\s{mark}])(?P=mark)(?![\w{mark}])"
        ),
    )
    for mark in "*_"
    # Between two marks a single one may stand: the emphasis of a word inside another.
    for count, inner in (
        (3, ""),
        (2, rf"|{re.escape(mark)}(?!{re.escape(mark)})"),
        (1, ""),
    )
)


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Find what belongs to the markup of *text* and not to its words.

    Yields:
        Start and end of each stretch, in code points, half-open; in no order, and those
        inside an address may be inside another.
    """
    if "](" in text:
        for link in _LINK.finditer(text):
            is_picture = link[0].startswith("!")
            yield link.start(), link.end() if is_picture else link.start("words")
            yield link.end("words"), link.end()
    for mark, form in _EMPHASIS:
        for found in form.finditer(text) if mark in text else ():
            yield found.start(), found.end("mark")
            yield found.end() - len(found["mark"]), found.end()
