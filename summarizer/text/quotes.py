"""Find quotations by their marks: “…”, "…" and ‘…’, as spans of the inside.

Marks only; who speaks is `speech`'s matter. A quotation that is never closed ends where
it is opened again, as one that runs over several paragraphs is, or with its stretch.
"""

import re
from collections.abc import Mapping
from functools import cache

from schemas.evidence import Span

_OPEN_CLOSE = {"“": "”", '"': '"', "„": "“", "«": "»", "‘": "’", "'": "'"}
ALL = {**_OPEN_CLOSE, "「": "」", "『": "』", "《": "》", "„": "“", "‹": "›"}
"""Marks of all languages, for those whose own are not listed."""

_SINGLE = {"‘", "'"}
_ALWAYS_OPEN = {"“", "«", "„", "「", "『", "《", "‹"}
_LEFT = re.compile(r"[\s(\[—–-]")


def find(text: str, within: Span, pairs: Mapping[str, str] | None = None) -> list[Span]:
    """Find the outermost quotations in a stretch of *text*.

    Args:
        text: The article, untouched.
        within: Where to look.
        pairs: Opening and closing marks; those of English when None.

    Returns:
        The places between the marks, in order, without empty ones.
    """
    marks = pairs or _OPEN_CLOSE
    found: list[Span] = []
    opening = _any_of("".join(sorted(marks)))
    index = within.start
    while (place := opening.search(text, index, within.end)) is not None:
        index = place.start()
        mark = text[index]
        doubled = text[index + 1 : index + 2] == mark  # ""Rents rose," she said
        closed = (
            _closed(text, index, within, marks)
            if mark in marks and not doubled and _opens(text, index, within)
            else None
        )
        if closed is not None and text[index + 1 : closed[0]].strip():
            found.append(Span(start=index + 1, end=closed[0]))
        index = index + 1 if closed is None else closed[1]
    return found


def first_in(
    text: str, content: Span, pairs: Mapping[str, str] | None = None
) -> Span | None:
    """Take the words of the first quotation in a statement, without their marks."""
    # The mark that closes it may stand right behind the statement.
    around = Span(start=content.start, end=min(len(text), content.end + 1))
    for inside in find(text, around, pairs)[:1]:
        if kept := inside.of(text).rstrip(" ,"):
            return Span(start=inside.start, end=inside.start + len(kept))
    return None


def _closed(
    text: str, index: int, within: Span, marks: Mapping[str, str]
) -> tuple[int, int] | None:
    """Find where a quotation ends, and where to read on; None for an apostrophe."""
    close = _closing(text, index, within, marks)
    if close is None and text[index] in _SINGLE:
        return None
    end = within.end if close is None else close
    again = _opened_again(text, index, end)
    return (end, end + 1) if again is None else (again, again)


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]")


def _opened_again(text: str, index: int, end: int) -> int | None:
    """Find where a new sentence opens a quotation that was not closed before it.

    Each paragraph of a long quotation opens with a mark, and only the last one closes.
    """
    mark = text[index]
    if mark in _SINGLE:
        return None
    at = text.find(mark, index + 1)
    while 0 <= at <= end:  # a straight mark that seems to close may open
        if _AGAIN.search(text[index + 1 : at]) and text[at + 1 : at + 2].isupper():
            return at
        at = text.find(mark, at + 1)
    return None


_AGAIN = re.compile(r"[.!?…]\s+$")


def _opens(text: str, index: int, within: Span) -> bool:
    """Tell an opening mark: nothing, a space or a bracket stands before it."""
    if text[index] in _ALWAYS_OPEN:
        return True
    before = text[index - 1] if index > within.start else ""
    return before == "" or _LEFT.match(before) is not None or before in {"“", '"'}


def _closing(
    text: str, index: int, within: Span, marks: Mapping[str, str]
) -> int | None:
    wanted = marks[text[index]]
    at = text.find(wanted, index + 1, within.end)
    while at >= 0:
        after = text[at + 1 : at + 2]
        if text[index] not in _SINGLE or not after.isalnum():
            return at
        at = text.find(wanted, at + 1, within.end)
    return None
