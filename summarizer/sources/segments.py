"""Paragraphs and sentences of a text, as spans of the untouched text.

Sentences come from sentencex (Wikimedia), which keeps offsets, knows abbreviations
in many languages and does not split inside quotation marks.
"""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from schemas.evidence import Span

_ENDS = (
    ".",
    "!",
    "?",
    "”",
    '"',
    "’",
    "'",
    ":",
    "»",
    ")",
    "…",
    "。",
    "！",
    "？",
    "」",
    "』",
    "؟",
    "۔",
    "।",
    "॥",
)
_WRAPPED_SHARE = 0.6
"""Share of inner lines without a final mark from which a text counts as hard-wrapped.
Running lines end in one only by chance (about one in ten); paragraphs nearly always."""

_LONGEST = 5_000
"""Code points from which a sentence without any end is cut at a space: a model's
window is finite, and text without a single stop is data sooner than prose."""

_WINDOW = 20_000
"""Code points of a paragraph that are segmented at once; news has at most 2,000."""

_UNSPLIT_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Sen|Rep|Gov|St|Sr|Jr|No|Inc)\.$"
)

_QUOTED = re.compile(r"[」』]$")
_SAID = re.compile(r"と|、")

_EXCLAIMED = re.compile(r"[?!…][”\"’»]$")
_SOMEBODY_SAID = re.compile(
    r"\s*(?:[A-Z][\w’'-]*|[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er)(?:,?\s[\w’'-]+){0,6}?\s"
    r"(?:said|says|asked|asks|demanded|told|replied|responded|wrote|added|wondered|tweeted|shouted|cried|exclaimed|continued|"
    r"declared|insisted|queried|joked|quipped|warned|answered)\b"
)
"""Right behind a quotation that asks or exclaims: "…?" Orr demanded."""


def paragraphs(text: str) -> list[Span]:
    """Split *text* at line ends, or at blank lines when it is hard-wrapped.

    Returns:
        Spans without the white space around them; blank lines give none.
    """
    lines = list(_trimmed(text, r"[^\r\n\u2028\u2029\x0b\x0c]+"))
    blocks: list[list[Span]] = []
    for span in lines:
        gap = text[blocks[-1][-1].end : span.start] if blocks else ""
        if blocks and len(re.findall(r"\r\n|[\r\n\u2028]", gap)) == 1:
            blocks[-1].append(span)
        else:
            blocks.append([span])
    if not _hard_wrapped(blocks, text):
        return lines
    return [Span(start=b[0].start, end=b[-1].end) for b in blocks]


def sentences(text: str, within: Span, language: str) -> Iterator[Span]:
    """Split one paragraph into sentences.

    Yields:
        Spans in order, without the white space around them.
    """
    for piece in _windows(text, within):
        yield from _in_window(text, piece, language)


def _windows(text: str, within: Span) -> Iterator[Span]:
    """Cut an endless paragraph at a full stop, or else at a space.

    The segmenter's time grows with the square of a run of opening quotation marks.
    """
    start = within.start
    while within.end - start > _WINDOW:
        end = max(text.rfind(mark, start, start + _WINDOW) + 1 for mark in _WINDOW_ENDS)
        if end <= start:
            end = text.rfind(" ", start, start + _WINDOW)
        if end <= start:
            end = start + _WINDOW
        yield Span(start=start, end=end)
        start = end
    yield Span(start=start, end=within.end)


_WINDOW_ENDS = (". ", "。", "！", "？", "؟ ", "۔ ", "। ")


def _in_window(text: str, within: Span, language: str) -> Iterator[Span]:
    words = within.of(text)
    start = 0
    for bound in get_sentence_boundaries(language, words):
        piece = words[start : bound["end_index"]]
        # "Dr." before a capital N is no end, whatever the list of numbers says.
        if _UNSPLIT_ABBREVIATION.search(piece.rstrip()) and bound["end_index"] < len(
            words
        ):
            continue
        # 「はい。」と言った。: what follows says who said it.
        if _QUOTED.search(piece) and _SAID.match(words, bound["end_index"]):
            continue
        if _EXCLAIMED.search(piece.rstrip()) and _SOMEBODY_SAID.match(
            words, bound["end_index"]
        ):
            continue
        yield from _cut(piece, within.start + start)
        start = bound["end_index"]
    if start < len(words):
        yield from _cut(words[start:], within.start + start)


def _cut(piece: str, offset: int) -> Iterator[Span]:
    """Yield *piece*, trimmed, in one or, if it is endless, several spans."""
    for part in _trimmed(piece, rf"(?s).{{1,{_LONGEST}}}(?:\s|$)|\S{{1,{_LONGEST}}}"):
        yield Span(start=offset + part.start, end=offset + part.end)


def _trimmed(text: str, pattern: str) -> Iterator[Span]:
    for match in re.finditer(pattern, text):
        words = match.group()
        kept = words.strip()
        if kept:
            start = match.start() + len(words) - len(words.lstrip())
            yield Span(start=start, end=start + len(kept))


def _hard_wrapped(blocks: list[list[Span]], text: str) -> bool:
    inner = [span.of(text) for block in blocks for span in block[:-1]]
    if len(inner) < 3 or max(map(len, inner)) > 100:
        return False
    long = [line for line in inner if len(line) >= 50]
    running = [line for line in long if not line.endswith(_ENDS)]
    return len(long) > len(inner) / 2 and len(running) > _WRAPPED_SHARE * len(long)
