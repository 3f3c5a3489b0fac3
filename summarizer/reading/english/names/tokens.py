"""Words and marks of a sentence, with their places."""

import re
from typing import NamedTuple

from schemas.evidence import Span
from summarizer.text import words
from summarizer.text.remembered import remembered

_POSSESSIVES = {"’s", "'s"}


_WHOLE = {"People's", "People’s"}
"""Parts of names ("People's Republic of …") that look possessive."""


_JOINS = re.compile("[-’']")


class Token(NamedTuple):
    """One word or mark, with its place in the article."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """The word without a possessive ending."""
        if self.text[-2:] in _POSSESSIVES and self.text not in _WHOLE:
            return self.text[:-2]
        return self.text[:-1] if self.is_possessive else self.text

    @property
    def is_possessive(self) -> bool:
        """True for "Syria’s" and "rebels’"."""
        if self.text in _WHOLE:
            return False
        return self.text[-2:] in _POSSESSIVES or self.text[-2:] in {"s’", "s'"}

    @property
    def is_capital(self) -> bool:
        """True for "Rao", "al-Sharaa", "U.S."; digits and marks are not."""
        word = self.text
        if word[0].isupper() or word.islower():
            return word[0].isupper()
        return any(part[:1].isupper() for part in _JOINS.split(word)[1:])


_CALLED_FOR = (
    r"(?:Cent(?:er|re)|Institute|Campaign|Foundation|Council|Association|Committee|Commission|Alliance|Coalition|Society|Academy|"
    r"Fund|Network|Federation|Project)\s(?:for|of|on|against)\s"
    r"(?:(?:the|an?)\s[A-Z][\w’'-]*[a-z](?:\s(?:of\s)?[A-Z][\w-]*[a-z])*"
    r"|(?:[A-Z][\w-]*[a-z]\s){1,3}and\s(?:[A-Z][\w-]*[a-z]\s){0,2}"
    r"(?:Studies|Research|Affairs|Security|Rights|Development|Justice|Policy|Relations|Technology|Culture|Trade|Industry|Science))(?![’'])"
)
"""A body's name that goes on over small words: "Center for a New American Security"."""


_TOKEN = re.compile(
    rf"(?:{words.names_with_small_words()})(?![\w-])|{_CALLED_FOR}(?![\w-])|"
    r"(?:Lt|Gen|Brig|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Rev|Hon|St)\.(?=\s+[A-Z])|"
    r"(?<=[a-z.]\s)[A-Z]\.(?=\s+[A-Z][a-z])|"
    r"(?:[A-Z]\.){2,}|\d[\d,.]*|[^\W_]+(?:[-’'][^\W_]+)*[’'](?=\s)|"
    r"[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]"
)


def tokens(text: str, within: Span) -> tuple[Token, ...]:
    """Split a stretch of *text* into words and marks."""
    return _tokens(text, within.start, within.end)


@remembered(512)
def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Split it once: for the names that it proves, and for the phrases in it."""
    return tuple(
        Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)
    )
