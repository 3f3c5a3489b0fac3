"""A verdict on a quote: what the source says instead, and in what it differs.

`exact` and `typographic` quotes are the source's words. Everything else is refused, and
named: `altered` (with what was altered), `stitched` from places that do not follow one
another, `elsewhere` (real, but in another source), `not_found`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from schemas.evidence import Span
from summarizer.reading.listed import days, numbers
from summarizer.reports import Difference, VerdictName
from summarizer.text import counts
from summarizer.text.lexicon import Lexicon, load
from summarizer.text.locate import locate, occurrences
from summarizer.text.remembered import remembered
from summarizer.text.typography import flat

ACCEPTED: frozenset[VerdictName] = frozenset({"exact", "typographic"})

NEAR_ENOUGH = 0.6
"""Share of a quote's words, in order, that the nearest words of the source must have
for it to count as altered. Set so that the probe's
alterations are above it and its paraphrase below; `tests/test_verdicts.py` holds it."""

MOST_PIECES = 4
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])"
_WORD = re.compile(rf"{_LETTER}+(?:[.,'-]{_LETTER}+)*|[^\w\s]")
_MODALS = frozenset(load("en").entries("modals", "words"))
_NEGATIONS = frozenset(load("en").entries("negation", "words")) | {"refused"}
_DATE = re.compile(
    r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|"
    r"august|september|october|november|december|yesterday|today|tomorrow|(?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a quote is.

    Attributes:
        name: The verdict.
        span: Where the words stand in the untouched text, when they are accepted.
        source: Where they stand instead, for `elsewhere`.
        differences: What was altered, in the order of the quote.
        diff: The nearest words of the source against the quote: [-source-]{+quote+}.
    """

    name: VerdictName
    span: Span | None = None
    source: str | None = None
    differences: tuple[Difference, ...] = ()
    diff: str = ""

    @property
    def accepted(self) -> bool:
        """True when the words are the source's."""
        return self.name in ACCEPTED


def judge(
    quote: str,
    text: str,
    *,
    others: Mapping[str, str] | None = None,
    near: Span | None = None,
    lexicon: Lexicon | None = None,
) -> Verdict:
    """Judge whether *text* says *quote*.

    Args:
        quote: Words that are said to be the source's.
        text: The source, untouched.
        others: Other sources of the same run, by id.
        near: Where the speaker stands; of several places the nearest is taken.
        lexicon: Lists of the language, by which an alteration is named; None for
            English.

    Returns:
        The verdict; a blank quote is not found.
    """
    if not flat(quote):
        return Verdict("not_found", diff="the quote is blank")
    place = _nearest(quote, text, near)
    if place is not None:
        name: VerdictName = "exact" if place.of(text) == quote else "typographic"
        return Verdict(name, span=place)
    for source, other in (others or {}).items():
        if locate(quote, other) is not None:
            return Verdict("elsewhere", source=source, diff=f"stands in {source}")
    if (pieces := _pieces(quote, text)) is not None:
        return Verdict("stitched", diff=" … ".join(pieces))
    return _altered(quote, text, lexicon)


def word_diff(source: str, quote: str) -> str:
    """Show word by word how a quote departs from its source."""
    one, two = _tokens(source), _tokens(quote)
    parts: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(
        None, one, two, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append(" ".join(one[a:b]))
            continue
        gone = f"[-{' '.join(one[a:b])}-]" if b > a else ""
        new = f"{{+{' '.join(two[c:d])}+}}" if d > c else ""
        parts.append(gone + new)
    return " ".join(parts)


def _tokens(text: str) -> list[str]:
    """Split a text into words and marks, accents composed."""
    return _WORD.findall(unicodedata.normalize("NFC", flat(text)))


def _nearest(quote: str, text: str, near: Span | None) -> Span | None:
    if near is None:
        return locate(quote, text)
    return min(
        occurrences(quote, text),
        key=lambda s: max(0, max(s.start, near.start) - min(s.end, near.end)),
        default=None,
    )


def _pieces(quote: str, text: str) -> list[str] | None:
    """Cut a quote into stretches that the source has, but not one after another.

    Returns:
        Two to `MOST_PIECES` stretches of two words or more, or None.
    """
    tokens = flat(quote).split()
    pieces: list[str] = []
    start = 0
    while start < len(tokens) and len(pieces) < MOST_PIECES:
        end = _longest(tokens, start, text)
        if end - start < 2:
            return None
        pieces.append(" ".join(tokens[start:end]))
        start = end
    if start < len(tokens) or len(pieces) < 2:
        return None
    # A word or two beside a long stretch is an alteration, not a stitch.
    if max(map(len, pieces)) > 0.8 * len(flat(quote)):
        return None
    return pieces


def _longest(tokens: list[str], start: int, text: str) -> int:
    """Find by bisection how far the words from *start* on stand in the source.

    What the source says of many words it says of the first few of them too.
    """
    low, high = start, len(tokens)
    while low < high:
        middle = (low + high + 1) // 2
        piece = " ".join(tokens[start:middle]).rstrip(",;:")
        if piece and locate(piece, text) is not None:
            low = middle
        else:
            high = middle - 1
    return low


def _altered(quote: str, text: str, lexicon: Lexicon | None) -> Verdict:
    window = _window(quote, text)
    if window is None:
        return Verdict("not_found")
    one, two = _tokens(window), _tokens(quote)
    matcher = SequenceMatcher(
        None, [w.lower() for w in one], [w.lower() for w in two], autojunk=False
    )
    kept = sum(block.size for block in matcher.get_matching_blocks())
    shown = word_diff(window, quote)
    if kept < NEAR_ENOUGH * len(two):
        return Verdict("not_found", diff=shown)
    differences: list[Difference] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            kind = _difference(one[a:b], two[c:d], lexicon)
            if kind not in differences:
                differences.append(kind)
    return Verdict("altered", differences=tuple(differences), diff=shown)


def _window(quote: str, text: str) -> str | None:
    """Find the stretch of the source that shares most words with a quote, cut to it."""
    wanted = {w for w in _tokens(quote.lower()) if w[0].isalnum()}
    best, score = None, 0
    for sentence, have in _sentences(text):
        shared = len(wanted & have)
        if shared > score:
            best, score = sentence, shared
    if best is None:
        return None
    one = _tokens(best)
    two = _tokens(quote)
    blocks = SequenceMatcher(
        None, [w.lower() for w in one], [w.lower() for w in two], autojunk=False
    ).get_matching_blocks()[:-1]
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    start = max(0, first.a - first.b)
    end = min(len(one), last.a + last.size + (len(two) - last.b - last.size))
    return " ".join(one[start:end])


@remembered(32)
def _sentences(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Cut a text roughly into sentences, each with its words; kept for the next quote."""
    return tuple(
        (piece, frozenset(_tokens(piece.lower())))
        for piece in re.split(r"(?<=[.!?])[”\"’')]*\s+|(?<=[。！？])|\n+", text)
        if piece.strip()
    )


def _difference(gone: list[str], new: list[str], lexicon: Lexicon | None) -> Difference:
    both = [w.lower() for w in (*gone, *new)]
    named = _named(both) if lexicon is None else _listed(both, lexicon)
    if named is not None:
        return named
    if any(w[:1].isupper() for w in (*gone, *new)):
        return "name"
    return "other"


def _named(words: list[str]) -> Difference | None:
    """Tell what English words make of an alteration."""
    if any(w in _NEGATIONS or w.endswith("n't") for w in words):
        return "negation"
    if any(_DATE.fullmatch(w) for w in words):
        return "date"
    if any(counts.number(w) is not None for w in words):
        return "number"
    return "modal" if any(w in _MODALS for w in words) else None


def _listed(words: list[str], lexicon: Lexicon) -> Difference | None:
    """Tell the same by the lists of another language; digits are numbers in any."""

    def listed(section: str) -> bool:
        pattern = lexicon.pattern(section, "words")
        return any(pattern.fullmatch(w) for w in words)

    if listed("negation"):
        return "negation"
    if any(days.find(w, None, lexicon) for w in words):
        return "date"
    if any(w.isdigit() or numbers.number(w, lexicon) is not None for w in words):
        return "number"
    return "modal" if listed("modals") else None
