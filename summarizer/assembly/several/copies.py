"""Tell which sources are copies: the same agency text in two outlets.

The method is w-shingling (A. Broder, "On the resemblance and containment of
documents", 1997): texts are compared by the sets of their runs of `WORDS` words. What
counts is containment, the shared part of the shorter text, since outlets cut agency
texts from the end and put a line of their own before them.

Each text is compared with originals only, by an index of their runs, so that a
thousand articles, or a thousand copies of one, take time in proportion to their words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b

from summarizer.sources import Article, Metadata
from summarizer.text.typography import flat

WORDS = 5
"""Words in a run; shorter ones repeat by chance, longer ones break at each edit."""

COPIED = 0.35
"""Share of the shorter text's runs from which it is a copy: the middle of the gap that
`benchmarks/copies.py` measures. Copies with every 15th word changed share 0.65 or more,
those cut to the half with a paragraph added 0.42, with every 8th word changed 0.38; a
text that only quotes a fifth of another 0.27 or less, two texts of one story 0.26. A
short text that is cut, added to and reworded (0.28) passes for one of its own."""

PHRASE = 25
"""Runs that two texts share, from which they are more than a phrase or two: a body, a
spokesman and his office, a stock sentence of such reports. Below it only a short text
that is `MOSTLY` in the other is a copy."""

MOSTLY = 0.65
"""Share of a short text's runs from which it is a copy. Of texts of their own that
share a phrase or two it is 0.62 or less (`tests/test_several_phrases.py`), of copies with
every 15th word changed 0.65 or more (`benchmarks/copies.py`)."""

FEWEST = 20
"""Runs that a text needs to be judged: two short notes may share a sentence by chance."""

_MOST_HOLDERS = 50
"""Originals that share a run from which it is a standing phrase, and tells nothing."""

_WORD = re.compile(r"\w+")


def find(articles: Sequence[Article]) -> dict[str, str]:
    """Find the copies among *articles*.

    The one published first is the original; of one day those with a moment come before
    the others, and of one moment, or of none, the longest is it, then the first.

    Returns:
        By the id of each copy, the id of its original, which is itself no copy.
    """
    order = {article.id: number for number, article in enumerate(articles)}
    ranked = sorted(
        articles,
        key=lambda a: (
            *_published(a.metadata),
            -sum(s.span.end - s.span.start for s in a.sentences),
            order[a.id],
        ),
    )
    sizes: dict[str, int] = {}
    holders: dict[int, list[str]] = {}
    found: dict[str, str] = {}
    for article in ranked:
        own = shingles(article)
        original = _original(own, holders, sizes)
        if original is not None:
            found[article.id] = original
            continue
        if len(own) >= FEWEST:
            sizes[article.id] = len(own)
            for run in own:
                holders.setdefault(run, []).append(article.id)
    return {a.id: found[a.id] for a in articles if a.id in found}


def _published(known: Metadata) -> tuple[date, datetime]:
    """Tell the day and the moment of publication; what is unknown comes last."""
    at = known.published_at
    if at is None:
        return known.published or date.max, datetime.max.replace(tzinfo=UTC)
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return at.date(), at


def shingles(article: Article) -> frozenset[int]:
    """Number the runs of `WORDS` words of an article, excluded text left out."""
    return runs(sentence.span.of(article.text) for sentence in article.sentences)


def runs(passages: Iterable[str]) -> frozenset[int]:
    """Number the runs of `WORDS` words of passages, read as one text."""
    words: list[str] = []
    for passage in passages:
        words += _WORD.findall(flat(passage).casefold())
    return frozenset(
        int.from_bytes(
            blake2b(" ".join(words[i : i + WORDS]).encode(), digest_size=8).digest()
        )
        for i in range(len(words) - WORDS + 1)
    )


def root(source: str, copy_of: Mapping[str, str]) -> str:
    """Name the original of a source, which may be the source itself."""
    return copy_of.get(source, source)


def independent(sources: Sequence[str], copy_of: Mapping[str, str]) -> int:
    """Count sources, each copy with its original."""
    return len({root(source, copy_of) for source in sources})


def _original(
    runs: frozenset[int], holders: Mapping[int, list[str]], sizes: Mapping[str, int]
) -> str | None:
    """Find the original that shares most of the shorter text, if it is enough."""
    if len(runs) < FEWEST:
        return None
    shared: Counter[str] = Counter()
    for run in runs:
        with_it = holders.get(run, ())
        if len(with_it) <= _MOST_HOLDERS:
            shared.update(with_it)
    best, score = None, 0.0
    for source, count in shared.items():
        fewer = min(len(runs), sizes[source])
        if not is_copied(count, fewer):
            continue
        contained = count / fewer
        # Ties go to the one that came first, whatever order a set is walked in.
        if contained > score or (contained == score and source < (best or "")):
            best, score = source, contained
    return best


def is_copied(shared: int, fewer: int, phrase: int = PHRASE) -> bool:
    """Tell whether two texts share so much that one is a copy.

    Args:
        shared: Runs that both have.
        fewer: Runs of the shorter one.
        phrase: Shared runs that may be a phrase in common.
    """
    return shared >= (COPIED if shared >= phrase else MOSTLY) * fewer
