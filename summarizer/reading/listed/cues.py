"""Which sentences may hold an item, by the words of a language's lists."""

from schemas.terms import Section
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.listed import numbers
from summarizer.text.lexicon import KEYS, Lexicon

_LISTS: tuple[tuple[Section, tuple[str, ...]], ...] = (
    ("casualties", ("harm",)),
    ("requests", ("requests",)),
    ("positions", ("speech", "acts", "stance")),
)


def worth_asking(sentence: str, lexicon: Lexicon) -> frozenset[Section]:
    """List the sections of which a sentence may hold an item.

    A section whose words the language does not list may be in any sentence.
    """
    return frozenset(
        section
        for section, listed in _LISTS
        if not any(map(lexicon.has, listed))
        or any(_has_word(name, sentence, lexicon) for name in listed)
    )


def seems_to_hold(directory: Directory, lexicon: Lexicon, index: int) -> Section | None:
    """Tell what a sentence that no item cites seems to hold; None without lists."""
    sentence = directory.article.words(index)
    if _has_word("harm", sentence, lexicon) and numbers.spans(sentence, lexicon):
        return "casualties"
    if _has_word("requests", sentence, lexicon):
        return "requests"
    span = directory.article.sentences[index].span
    named = any(m.form == "name" for m in directory.within(span))
    return "positions" if named and _has_word("speech", sentence, lexicon) else None


def _has_word(section: str, sentence: str, lexicon: Lexicon) -> bool:
    return any(
        lexicon.pattern(section, name).search(sentence)
        for name in KEYS[section]
        if name != "nominal"
    )
