"""Tell which sources report one story: by the names that they have in common.

What is not named, "the army" or "three people killed", is the same in two articles only
if they are about the same thing. Countries, outlets and the like are named everywhere
and join nothing. A note with hardly a name is of the story whose sentence it has.
"""

from collections.abc import Iterator, Mapping, Sequence

from summarizer.reading.english.names import name_words
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import (
    country_of_party,
    is_organisation,
)
from summarizer.reading.values import Mention
from summarizer.text import content, words

COMMON_NAMES = 2
"""Names that two articles of one story share at least; of one that has fewer, all."""

SENTENCE_WORDS = 6
"""Words from which the same sentence in two articles is no standing phrase."""

_MOST_SOURCES = 50
"""Sources that share a name from which it is of no story: a head of state, a river."""


def groups(
    directories: Sequence[Directory], copy_of: Mapping[str, str]
) -> dict[str, int]:
    """Number the stories.

    Args:
        directories: The sources.
        copy_of: Which are copies, of which: they are of one story, and count as one.

    Returns:
        For each source the number of its story, from 0, in the order of the sources.
    """
    named = {d.article.id: _names(d) for d in directories}
    holders: dict[str, list[str]] = {}
    for source, found in named.items():
        for name in found if source not in copy_of else ():
            holders.setdefault(name, []).append(source)
    shared: dict[tuple[str, str], int] = {}
    for with_it in holders.values():
        if len(with_it) > max(_MOST_SOURCES, len(directories) // 10):
            continue
        for n, one in enumerate(with_it):
            for two in with_it[n + 1 :]:
                shared[one, two] = shared.get((one, two), 0) + 1
    parent = {source: source for source in named}
    alike = [
        (one, two)
        for (one, two), count in shared.items()
        if count >= min(COMMON_NAMES, len(named[one]), len(named[two]))
    ]
    noted = _same_sentences(directories, named)
    for one, two in (*alike, *noted, *copy_of.items()):
        parent[_top(parent, two)] = _top(parent, one)
    numbers: dict[str, int] = {}
    return {s: numbers.setdefault(_top(parent, s), len(numbers)) for s in named}


def _same_sentences(
    directories: Sequence[Directory], named: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Pair a short note, which has hardly a name to go by, with who has its words."""
    first: dict[str, list[str]] = {}
    for directory in directories:
        article = directory.article
        for index in range(len(article.sentences)):
            words_of_it = content.plain(article.words(index))
            if words_of_it.count(" ") >= SENTENCE_WORDS - 1:
                first.setdefault(words_of_it, []).append(article.id)
    for with_it in first.values():
        notes = [s for s in with_it if len(named[s]) < COMMON_NAMES]
        # Two that have names enough are not joined by way of a note.
        named_ones = [s for s in with_it if s not in notes]
        others = [*notes, *named_ones[:1]]
        yield from ((others[0], other) for other in others[1:])


def _top(parent: dict[str, str], source: str) -> str:
    while parent[source] != source:
        parent[source] = parent[parent[source]]
        source = parent[source]
    return source


def _names(directory: Directory) -> frozenset[str]:
    """Collect the names of an article, people by their surname."""
    text = directory.article.text
    return frozenset(
        _short(mention.core.of(text))
        for mention in directory.all
        if _tells(mention, mention.core.of(text))
    )


def _short(name: str) -> str:
    flat = " ".join(name.split())
    return flat if is_organisation(flat) else flat.rsplit(maxsplit=1)[-1]


def _tells(mention: Mention, name: str) -> bool:
    """Tell whether a name says what an article is about."""
    lists = words.lists("parties")
    return (
        mention.form == "name"
        and mention.kind not in {"media", "igo", "government"}
        and bool(name.strip())
        and name not in lists["igo"]
        and name not in lists["outlets"]
        and not name_words.is_country(name)
        and country_of_party(name) is None
    )
