"""Sentences that read as if they held an item, and yielded none.

The words are the same whether or not a model saw anything in them: a reader learns
where something may have been missed.
"""

import re
from collections.abc import Iterable
from functools import cache

from schemas.evidence import Span
from schemas.terms import Section
from summarizer.reading.english.tolls import harm
from summarizer.reading.listed import cues as listed_cues
from summarizer.reading.reading import Reading
from summarizer.text import counts, words


def find(reading: Reading, cited: Iterable[Span]) -> list[tuple[int, Section]]:
    """List the sentences that may hold what no item cites.

    Args:
        reading: One source.
        cited: The evidence of all items in it, in offsets of its visible text.

    Returns:
        Sentences with what their words seem to hold, in order.
    """
    article = reading.article
    covered = {i for span in cited for i in article.touched(span)}
    found: list[tuple[int, Section]] = []
    for index in range(len(article.sentences)):
        if index not in covered:
            section = _seems_to_hold(reading, index)
            if section is not None:
                found.append((index, section))
    return found


def _seems_to_hold(reading: Reading, index: int) -> Section | None:
    sentence = reading.article.words(index)
    if reading.lexicon is not None:
        return listed_cues.seems_to_hold(reading.directory, reading.lexicon, index)
    # What is quickest to see is asked first: most sentences count nobody and name nobody.
    if counts.spans(sentence) and _harm().search(sentence):
        return "casualties"
    if any(frame.bar is None for frame in reading.frames[index]):
        return "requests"
    if not _has_person(reading, index):
        return None
    return "positions" if _speech().search(sentence) else None


def _has_person(reading: Reading, index: int) -> bool:
    span = reading.article.sentences[index].span
    return any(m.form == "name" for m in reading.directory.within(span))


@cache
def _harm() -> re.Pattern[str]:
    lists = words.lists("harm")
    return words.compiled(word for kind in harm.KINDS for word in lists[kind])


@cache
def _speech() -> re.Pattern[str]:
    """Match the verbs of saying; those of asking are no statements."""
    return words.compiled(
        re.escape(form)
        for name, verbs in words.lists("speech").items()
        if name != "asking"
        for verb in verbs
        for form in words.forms(verb)
    )
