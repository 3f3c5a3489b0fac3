"""Which sentences may hold an item, by single English words."""

import re
from collections.abc import Sequence
from functools import cache

from schemas.terms import Section
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.tolls import harm_words
from summarizer.reading.values import Frame
from summarizer.text import counts, words


def seems_to_hold(
    directory: Directory, frames: Sequence[Frame], index: int
) -> Section | None:
    """Tell what a sentence that no item cites seems to hold.

    Args:
        directory: Who is who.
        frames: The requests of the sentence.
        index: Its number.
    """
    sentence = directory.article.words(index)
    # What is quickest to see is asked first: most sentences count nobody and name nobody.
    if counts.spans(sentence) and _harm().search(sentence):
        return "casualties"
    if any(frame.bar is None for frame in frames):
        return "requests"
    if not _has_person(directory, index):
        return None
    return "positions" if _speech().search(sentence) else None


def _has_person(directory: Directory, index: int) -> bool:
    span = directory.article.sentences[index].span
    return any(m.form == "name" for m in directory.within(span))


@cache
def _harm() -> re.Pattern[str]:
    lists = words.lists("harm")
    return words.compiled(word for kind in harm_words.KINDS for word in lists[kind])


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
