"""The clause that leads an article: the news itself, as its first sentence tells it.

News puts what matters most first (the inverted pyramid); a long first sentence is taken
up to its first subordinate clause, and never cut before its verb or its object.
"""

import re
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention

MOST_WORDS = 30
_FEWEST_WORDS = 5
_BORDER = re.compile(
    r",\s+(?:which|who|where|whose|as|after|while|although|with|when|because|but|and)\b|"
    r"\s(?:after|because|although|while|when|which)\s|;|\s[–—]\s"
)
_LOOKED_AT = 3
"""Sentences among which the lead is looked for: a title may have no verb."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads an article."""

    sentence: int
    what: Span
    who: tuple[Mention, ...]


def clause(reading: Reading) -> Lead | None:
    """Find the clause that leads the article, or None where none is whole and short."""
    article = reading.article
    if not reading.has_grammar:
        return None
    for index, sentence in enumerate(article.sentences[:_LOOKED_AT]):
        words = sentence.span.of(article.text)
        if (
            not words.rstrip().endswith((".", "”", '"'))
            or words.lstrip()[:1] in "“\"‘'"
        ):
            continue
        what = _whole(article.text, sentence.span)
        if what is None or not verbs.has_clause(what.of(article.text)):
            continue
        return Lead(index, what, _subjects(reading, what))
    return None


def _whole(text: str, sentence: Span) -> Span | None:
    """Cut a sentence to at most `MOST_WORDS` words at the border of a clause."""
    words = sentence.of(text).rstrip(" .\n")
    if len(words.split()) <= MOST_WORDS:
        return Span(start=sentence.start, end=sentence.start + len(words))
    for border in reversed(list(_BORDER.finditer(words))):
        kept = words[: border.start()].rstrip(" ,")
        if _FEWEST_WORDS <= len(kept.split()) <= MOST_WORDS:
            return Span(start=sentence.start, end=sentence.start + len(kept))
    return None


def _subjects(reading: Reading, what: Span) -> tuple[Mention, ...]:
    """Take the party at the start of the clause, as the one that acts in it."""
    text = reading.article.text
    for mention in reading.directory.within(what):
        lead = text[what.start : mention.span.start].split()
        if mention.form != "pronoun" and not mention.nested and len(lead) <= 1:
            return (mention,)
    return ()
