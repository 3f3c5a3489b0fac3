"""Which sentences may hold an item, by single English words."""

from collections.abc import Sequence

from schemas.terms import CasualtyKind, Section
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.tolls import harm
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
    if any(_has_cue(kind, sentence) for kind in harm.KINDS) and counts.spans(sentence):
        return "casualties"
    if any(frame.bar is None for frame in frames):
        return "requests"
    verbs = words.verbs("speech")
    spoken = any(p.search(sentence) for name, p in verbs.items() if name != "asking")
    return "positions" if spoken and _has_person(directory, index) else None


def _has_person(directory: Directory, index: int) -> bool:
    span = directory.article.sentences[index].span
    return any(m.form == "name" for m in directory.within(span))


def _has_cue(kind: CasualtyKind, sentence: str) -> bool:
    return words.pattern("harm", kind).search(sentence) is not None
