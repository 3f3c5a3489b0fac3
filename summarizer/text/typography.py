"""One spelling for what typography may vary, with the way back to the untouched text.

Quotation marks, dashes, white space, soft hyphens, invisible characters and composed
or decomposed accents may differ between a quote and its source. Letters, digits and
punctuation that carries meaning may not.
"""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_ALWAYS_DROPPED = {"\u00ad", "\ufeff"}


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text in one spelling.

    Attributes:
        chars: The text: plain marks, single spaces, no invisible characters.
        origins: For each of these, the code point of the source it came from, and
            at the end the length of the source.
    """

    chars: str
    origins: Sequence[int]

    def start(self, index: int) -> int:
        """Offset in the source of canonical character *index*."""
        return self.origins[index]

    def end(self, index: int) -> int:
        """Offset in the source just past canonical character *index* - 1."""
        return self.origins[index - 1] + 1


_LONG = 20_000
"""Code points from which a text is a whole article: few of them are remembered."""


def canonical(text: str) -> Canonical:
    """Spell *text* in the one way, remembering where each character came from."""
    return _short(text) if len(text) < _LONG else _article(text)


def _spell(text: str) -> Canonical:
    chars: list[str] = []
    origins = array("I")  # a list of them would take nine times as much memory
    for piece in _PIECE.finditer(text):
        offset, plain = piece.start(), piece["plain"]
        if plain is not None:
            chars.append(plain)
            origins.extend(range(offset, piece.end()))
            continue
        spelled = _spelled(piece.group())
        if spelled == " " and (not chars or chars[-1] == " "):
            continue
        chars.extend(spelled)
        origins.extend([offset] * len(spelled))
    origins.append(len(text))
    return Canonical("".join(chars), origins)


_short = lru_cache(maxsize=256)(_spell)
_article = lru_cache(maxsize=4)(_spell)

_PIECE = re.compile(r"(?s)(?P<plain>[!-_a-~]+(?: [!-_a-~]+)*)|.")
"""Words that are spelled as they stand, which most are, or one character."""


@lru_cache(maxsize=4096)
def _spelled(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if char.isspace():
        return " "
    # Format characters (zero-width, bidi marks) and control characters show nothing.
    if char in _ALWAYS_DROPPED or unicodedata.category(char) in {"Cf", "Cc"}:
        return ""
    return unicodedata.normalize("NFD", char)


def flat(text: str) -> str:
    """Spell *text* in the one way, without white space at its ends."""
    return canonical(text).chars.strip()
