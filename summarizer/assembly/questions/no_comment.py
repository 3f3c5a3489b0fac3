"""Find who was asked and gave no comment, and what could not be verified."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schemas.evidence import Span
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.speech import pronouns
from summarizer.reading.values import Attribution, Mention
from summarizer.text import lexicon, words

How = Literal["declined", "silent", "unreached"]


@dataclass(frozen=True, slots=True)
class Silence:
    """One party that was asked and said nothing."""

    sentence: int
    who: Mention | None
    how: How
    cue: Span


def silences(directory: Directory, said: Sequence[Attribution] = ()) -> list[Silence]:
    """Find the parties that gave no comment, in order.

    Args:
        directory: Who is who.
        said: The statements of the article, by which a pronoun finds its party.
    """
    article = directory.article
    found: list[Silence] = []
    for index, sentence in enumerate(article.sentences):
        for how in ("declined", "silent", "unreached"):
            for match in _pattern(article.tongue, "no_comment", how).finditer(
                article.text, sentence.span.start, sentence.span.end
            ):
                cue = Span.at(match)
                if any(cue.overlaps(one.cue) for one in found):
                    continue  # "had no immediate comment" is on two lists
                who = _subject(directory, sentence.span, cue)
                who = who or _before(directory, index, cue, said)
                found.append(Silence(index, who, how, cue))
    return sorted(found, key=lambda s: s.cue.start)


def unverified(directory: Directory) -> list[int]:
    """List the sentences that say that something could not be verified."""
    article = directory.article
    pattern = _pattern(article.tongue, "unverified", "phrases")
    return [
        index
        for index, sentence in enumerate(article.sentences)
        if pattern.search(article.text, sentence.span.start, sentence.span.end)
    ]


def _subject(directory: Directory, sentence: Span, cue: Span) -> Mention | None:
    """Find the phrase just before the words of silence, in their own clause."""
    text = directory.article.text
    clause = max(text.rfind(mark, sentence.start, cue.start) for mark in (";", ":"))
    inside = [
        m
        for m in directory.within(sentence)
        if m.span.end <= cue.start
        and m.span.start >= max(sentence.start, clause)
        and not m.nested
        and m.form != "pronoun"
    ]
    return (
        inside[0]
        if inside
        and re.match(r"(?i)\s*(?:\w+\s*){0,4}$", text[inside[-1].span.end : cue.start])
        else (inside[-1] if inside else None)
    )


def _before(
    directory: Directory, index: int, cue: Span, said: Sequence[Attribution]
) -> Mention | None:
    """Find whom "It did not respond" means, where the sentence begins so."""
    sentence = directory.article.sentences[index].span
    first = next(iter(directory.within(sentence)), None)
    if first is None or first.form != "pronoun" or first.span.start != sentence.start:
        return None
    between = directory.article.text[first.span.end : cue.start]
    if not re.fullmatch(r"\s+(?:\w+\s+){0,2}", between):
        return None
    return pronouns.antecedent(directory.article, index, first, said, directory.proper)


@cache
def _pattern(language: str, section: str, name: str) -> re.Pattern[str]:
    if language != "en":
        return lexicon.of(language).pattern(section, name)
    return re.compile(rf"\b(?:{'|'.join(words.lists(section)[name])})", re.IGNORECASE)
