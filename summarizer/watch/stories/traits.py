"""Read from a text what tells which affair it is about: names, words, places, runs.

Names are words with a capital letter inside a sentence, one by one: "Mr Reid" and
"Richard Reid" then share a term without anybody being resolved, in any language with
capital letters. The directory of `reading` knows more of names, but takes 5 ms for 200
words; a stream has that for everything together.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from summarizer.assembly.several import copies
from summarizer.sources.language import frequent_words
from summarizer.text import content, lexicon
from summarizer.text.typography import flat
from summarizer.watch.stories.values import Piece, Traits

LEAD_WEIGHT = 2
"""How many places in the body one place in the lead is worth."""

LEAD_SENTENCES = 2
MOST_TITLE = 300
MOST_CHARS = 6_000
"""Code points that are read: what an article is about stands at its beginning, and a
transcript of 50,000 words must not take a thousand times as long as a report."""

REGION_WEIGHT = 0.3
"""What a place in a region's name is worth: two quakes in the north of one country."""

MOST_TERMS = 160
"""Terms of each kind that are kept, the heaviest."""

ONE_RUN_IN = 4
"""Share of the runs that is kept. By their hash, so that two texts keep the same ones."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_REGION = re.compile(
    r"\b(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral)\w*|"
    r"(?:north|south|east|west|coast|centre|center|border|tip|interior)\w* of)\s+(?:the\s+)?"
    r"([A-Z][\w'’-]+)"
)


def read(piece: Piece) -> Traits:
    """Read the traits of a piece, of its first `MOST_CHARS` code points."""
    title, text = flat(piece.title[:MOST_TITLE]).strip(), flat(piece.text[:MOST_CHARS])
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    passages = [title, *sentences] if title else sentences
    lead = len(passages) - len(sentences) + LEAD_SENTENCES
    proper = _proper(sentences or passages)
    names, words = _counted(passages, lead, proper, piece.language)
    if sentences:  # a bare headline has few words beside its names, or none
        for stem in {stem for name in names for stem in content.stems(name)}:
            words.pop(stem, None)
    for term in _regions(passages) & names.keys():
        names[term] *= REGION_WEIGHT
    return Traits(
        names=_kept(names),
        words=_kept(words),
        lead=frozenset(
            name for p in passages[:lead] for name in _names(p, proper) if name in names
        ),
        runs=frozenset(r for r in copies.runs(passages) if r % ONE_RUN_IN == 0),
    )


def _counted(
    passages: list[str], lead: int, proper: frozenset[str], language: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Count the passages that hold each name and each stem, the first ones twice."""
    ignored = _ignored(language)
    names: dict[str, float] = defaultdict(float)
    words: dict[str, float] = defaultdict(float)
    for number, passage in enumerate(passages):
        weight = LEAD_WEIGHT if number < lead else 1
        for name in _names(passage, proper) - ignored:
            names[name] += weight
        for stem in content.stems(passage) - ignored:
            words[stem] += weight
        for found in set(_numbers(passage)):
            words[f"#{found}"] += weight / 2
    return names, words


def _kept(counts: Mapping[str, float]) -> dict[str, float]:
    """Keep the heaviest terms, in the order of the alphabet, their growth dampened."""
    heaviest = sorted(counts, key=lambda t: (-counts[t], t))[:MOST_TERMS]
    return {term: _dampened(counts[term]) for term in sorted(heaviest)}


def _dampened(count: float) -> float:
    return count if count < 1 else 1.0 + math.log(count)


def _regions(sentences: list[str]) -> set[str]:
    """Find names of what is larger than the place of the news: "northern X"."""
    return {
        _plain(word)
        for sentence in sentences
        for match in _REGION.finditer(sentence)
        for word in _WORD.findall(match[1])
    }


def _proper(sentences: list[str]) -> frozenset[str]:
    """Collect the words that have a capital letter inside a sentence."""
    found: set[str] = set()
    for sentence in sentences:
        for place, match in enumerate(_WORD.finditer(sentence)):
            word = match.group()
            if (place and word[0].isupper()) or _is_acronym(word):
                found.add(_plain(word))
    return frozenset(found)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha() and len(word) <= 6


def _names(passage: str, proper: frozenset[str]) -> set[str]:
    """Collect the words of names. A headline may write every word with a capital letter."""
    capitals = (w for w in _WORD.findall(passage) if len(w) > 1 and w[0].isupper())
    return {plain for word in capitals if (plain := _plain(word)) in proper}


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).casefold()


def _numbers(sentence: str) -> Iterator[str]:
    """Yield numbers of two digits and more."""
    for match in _NUMBER.finditer(sentence):
        digits = match.group().replace(",", "").rstrip(".")
        if len(digits) > 1:
            yield digits


@lru_cache(maxsize=32)
def _ignored(language: str) -> frozenset[str]:
    """List the words that say nothing: frequent ones, days, months."""
    listed = lexicon.of(language)
    days = (
        word for key in ("weekdays", "months") for word in listed.entries("dates", key)
    )
    listed_words = {*days, *frequent_words(language)}
    return frozenset(
        listed_words | {stem for w in listed_words for stem in content.stems(w)}
    )
