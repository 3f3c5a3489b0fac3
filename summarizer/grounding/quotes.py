"""Find quotations by their marks: “…”, "…" and ‘…’, as spans of the inside.

Marks only; who speaks is `speech`'s matter. A quotation that is never closed, as in
one that runs over several paragraphs, ends with its sentence.
"""

import re

from schemas.evidence import Span

_OPEN_CLOSE = {"“": "”", '"': '"', "„": "“", "«": "»", "‘": "’", "'": "'"}
_SINGLE = {"‘", "'"}
_LEFT = re.compile(r"[\s(\[—–-]|^")


def find(text: str, within: Span) -> list[Span]:
    """Find the outermost quotations in a stretch of *text*.

    Returns:
        The places between the marks, in order, without empty ones.
    """
    found: list[Span] = []
    index = within.start
    while index < within.end:
        mark = text[index]
        if mark in _OPEN_CLOSE and _opens(text, index, within):
            close = _closing(text, index, within)
            if close is None and mark in _SINGLE:
                index += 1  # an apostrophe, after all
                continue
            end = within.end if close is None else close
            if text[index + 1 : end].strip():
                found.append(Span(start=index + 1, end=end))
            index = end
        index += 1
    return found


def _opens(text: str, index: int, within: Span) -> bool:
    """Tell an opening mark: nothing, a space or a bracket stands before it."""
    if text[index] in {"“", "«", "„"}:
        return True
    before = text[index - 1] if index > within.start else ""
    return before == "" or _LEFT.match(before) is not None or before in {"“", '"'}


def _closing(text: str, index: int, within: Span) -> int | None:
    wanted = _OPEN_CLOSE[text[index]]
    at = text.find(wanted, index + 1, within.end)
    while at >= 0:
        after = text[at + 1 : at + 2]
        if text[index] not in _SINGLE or not after.isalnum():
            return at
        at = text.find(wanted, at + 1, within.end)
    return None
