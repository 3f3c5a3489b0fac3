"""Find where in a source a quote stands: the same words, in order, contiguous.

Only typography may differ (see `typography`), and a final stop, and an initial
capital. Never edit distance, never a prefix: a quote that needs one is a paraphrase.
Linear in the text.
"""

import re
import unicodedata
from collections.abc import Iterator

from schemas.evidence import Span
from summarizer.text.typography import Canonical, canonical, flat

_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
"""Scripts that write words without spaces between them: no word border to ask for."""

_WITHIN_SYLLABLE = re.compile(r"[\u1160-\u11ff]")
"""Later parts of a Korean syllable, as the canonical spelling takes it apart."""

_HANGUL = re.compile(r"[\u1100-\u11ff]")
_ATTACHED = re.compile(r"(?:[وف]?(?:ال|[بكل](?:ال)?|لل)?|[ושהבלכמ]{1,3})$")
"""What Arabic and Hebrew write together with the word that follows: "and", "in", "the"."""


def locate(quote: str, text: str, within: Span | None = None) -> Span | None:
    """Find the first place where *text* says *quote*.

    Args:
        quote: Words that somebody says were copied from the text.
        text: The source, untouched.
        within: Where to look; None is everywhere.

    Returns:
        The place, in code points of *text*, or None when the words are not there.

    Raises:
        ValueError: *quote* holds no visible character; it would match everywhere.
    """
    return next(occurrences(quote, text, within), None)


def occurrences(quote: str, text: str, within: Span | None = None) -> Iterator[Span]:
    """Find every place where *text* says *quote*, in order.

    Raises:
        ValueError: *quote* holds no visible character.
    """
    wanted = flat(quote)
    if not wanted:
        msg = "the quote is blank"
        raise ValueError(msg)
    wanted = wanted.rstrip(".").rstrip() or wanted
    found = _places(wanted, text, within)
    first = next(found, None)
    if first is None and (joined := _AFTER_MARK.sub(r"\1", wanted)) != wanted:
        found = _places(joined, text, within)
        first = next(found, None)
    if first is not None:
        yield first
        yield from found


_AFTER_MARK = re.compile(r"(?<=\s)([\"'])\s+(?=\w)")
"""A quotation mark with a space behind it, where it opens: as some models set it."""


def _places(wanted: str, text: str, within: Span | None) -> Iterator[Span]:
    """Find the words in their canonical spelling."""
    offset = within.start if within else 0
    source = canonical(within.of(text) if within else text)
    for start in _starts(wanted, source):
        yield Span(
            start=offset + source.start(start),
            end=offset + source.end(start + len(wanted)),
        )


def _starts(wanted: str, source: Canonical) -> Iterator[int]:
    """Yield where *wanted* stands in whole words, an initial capital aside."""
    first, rest = wanted[0], wanted[1:]
    at = -1
    for found in _finds(rest, source.chars) if rest else _finds(first, source.chars):
        start = found - 1 if rest else found
        if start < 0 or start <= at:
            continue
        if source.chars[start].casefold() != first.casefold():
            continue
        if _is_whole(source.chars, start, start + len(wanted)):
            at = start
            yield start


def _finds(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no word or number is cut at either end."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _joins(before, text[start]) and not _is_attached(text, start):
        return False
    if _HANGUL.match(before) and _HANGUL.match(text[start]):
        return False  # particles come after a word, never before it
    if _joins(text[end - 1], after):
        return False
    # "1" is not what "1,200" says, nor "2.5" what "12.5" says.
    if text[start].isdigit() and re.search(r"\d[.,]$", text[max(0, start - 2) : start]):
        return False
    return not (text[end - 1].isdigit() and re.match(r"[.,]\d", text[end : end + 2]))


def _joins(left: str, right: str) -> bool:
    """Tell whether two neighbours belong to one word."""
    if not left or not right or _UNSPACED.match(left) or _UNSPACED.match(right):
        return False
    if _WITHIN_SYLLABLE.match(right):
        return True
    if _HANGUL.match(left) and _HANGUL.match(right):
        return False  # particles are written together with the word before
    return _is_letter(left) and _is_letter(right)


def _is_attached(text: str, start: int) -> bool:
    """Tell whether only small words of Arabic or Hebrew stand between a word's start."""
    first = start
    while first > 0 and _is_letter(text[first - 1]):
        first -= 1
    return first < start and _ATTACHED.match(text[first:start]) is not None


def _is_letter(char: str) -> bool:
    # Combining marks belong to the letter before them.
    return char.isalnum() or char == "_" or unicodedata.category(char) in {"Mn", "Mc"}
