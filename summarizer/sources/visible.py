"""The part of a text that a reader sees, with the way back to the untouched text.

Zero-width characters, bidirectional controls, soft hyphens, control characters and
terminal escapes show nothing, and the marks of Markdown mean nothing; hidden inside words
they would keep every check from finding them. The text is read without them and cited with
them.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.sources import markup

_ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)|.)?"
)
_HIDDEN = {"Cf", "Cc"}


_MAY_HIDE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f]"
)
"""Every character that shows nothing; most texts have none. A test holds this to the
Unicode database."""


@dataclass(frozen=True, slots=True)
class Visible:
    """A text without what shows nothing.

    Attributes:
        text: What a reader sees.
        origins: For each of its characters, the code point of the untouched text
            that it is; None when nothing was hidden, which is nearly always.
    """

    text: str
    origins: tuple[int, ...] | None

    def original(self, span: Span) -> Span:
        """Find where a stretch of the visible text stands in the untouched one."""
        if self.origins is None:
            return span
        return Span(start=self.origins[span.start], end=self.origins[span.end - 1] + 1)

    def visible(self, span: Span) -> Span:
        """Find where a stretch of the untouched text stands in the visible one."""
        if self.origins is None:
            return span
        start = bisect_left(self.origins, span.start)
        end = bisect_left(self.origins, span.end)
        return Span(start=start, end=max(end, start + 1))

    def shows(self, span: Span) -> bool:
        """Tell whether any character of a stretch of the untouched text is visible."""
        if self.origins is None:
            return True
        first = bisect_left(self.origins, span.start)
        return first < len(self.origins) and self.origins[first] < span.end


def of(text: str) -> Visible:
    """Take from *text* what shows nothing, and the marks of Markdown."""
    hidden = {i for start, end in markup.marks(text) for i in range(start, end)}
    if not hidden and _MAY_HIDE.search(text) is None:
        return Visible(text, None)
    hidden |= {i for m in _ESCAPE.finditer(text) for i in range(m.start(), m.end())}
    kept = [
        i
        for i, char in enumerate(text)
        if i not in hidden
        and (char.isspace() or unicodedata.category(char) not in _HIDDEN)
    ]
    if len(kept) == len(text):
        return Visible(text, None)
    return Visible("".join(text[i] for i in kept), tuple(kept))
