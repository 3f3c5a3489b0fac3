"""Read from a text what tells which affair it is about: names, words, places, runs.

Names are words with a capital letter inside a sentence, one by one: "Mr Reid" and
"Richard Reid" then share a term without anybody being resolved, in any language with
capital letters. The directory of `reading` knows more of names, but takes 5 ms for 200
words; a stream has that for everything together.
"""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
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
_GENITIVE = re.compile(r"['’]s?$")
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
    headlines = len(passages) - len(sentences) if sentences else 0
    lead = headlines + LEAD_SENTENCES
    own = {_plain(word) for word in _WORD.findall(flat(piece.publisher))}
    ignored = _ignored(piece.language) | own
    named = [found - ignored for found in _names(passages, headlines)]
    names = _counted(named, lead)
    for term in _regions(passages) & names.keys():
        names[term] *= REGION_WEIGHT
    words = _counted([content.stems(p) - ignored for p in passages], lead)
    if sentences:  # a bare headline has few words beside its names, or none
        for stem in {stem for name in names for stem in content.stems(name)}:
            words.pop(stem, None)
    for number, weight in _counted([_numbers(p) for p in passages], lead).items():
        words[number] = weight / 2
    return Traits(
        names=_kept(names),
        words=_kept(words),
        lead=frozenset().union(*named[:lead]),
        runs=frozenset(r for r in copies.runs(passages) if r % ONE_RUN_IN == 0),
        language=piece.language,
    )


def _counted(found: Sequence[AbstractSet[str]], lead: int) -> dict[str, float]:
    """Count the passages that hold each term, the first ones twice."""
    counts: dict[str, float] = defaultdict(float)
    for number, terms in enumerate(found):
        for term in terms:
            counts[term] += LEAD_WEIGHT if number < lead else 1
    return counts


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


def _names(passages: list[str], headlines: int) -> list[set[str]]:
    """Collect the words of the names of each passage.

    A word is a name's if it has a capital letter inside a sentence somewhere. A headline,
    the first passage, does not show that if it writes every word with one.
    """
    if not passages:
        return []
    capitals = [
        [(place, w) for place, w in enumerate(_WORD.findall(p)) if w[0].isupper()]
        for p in passages
    ]
    proper = {
        _plain(word)
        for found in capitals[headlines if _is_title_case(passages[0]) else 0 :]
        for place, word in found
        if place or _is_acronym(word)
    }
    return [
        {plain for _, word in found if (plain := _plain(word)) in proper}
        for found in capitals
    ]


def _is_title_case(headline: str) -> bool:
    """Tell whether a headline writes nearly all its longer words with a capital letter."""
    longer = [w for w in _WORD.findall(headline) if len(w) > _LONGEST_ACRONYM // 2]
    capitals = sum(1 for w in longer if w[0].isupper())
    return capitals > _TITLE_CASE * len(longer)


_TITLE_CASE = 0.7


def _is_acronym(word: str) -> bool:
    return 1 < len(word) <= _LONGEST_ACRONYM and word.isupper() and word.isalpha()


_LONGEST_ACRONYM = 6


def _plain(word: str) -> str:
    return _GENITIVE.sub("", word).casefold()


def _numbers(passage: str) -> set[str]:
    """Collect the numbers of two digits and more, with a mark that no word has."""
    found = (n.replace(",", "").rstrip(".") for n in _NUMBER.findall(passage))
    return {f"#{number}" for number in found if len(number) > 1}


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
