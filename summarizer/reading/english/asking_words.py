"""The words by which a sentence asks: where they stand, and how strongly they ask."""

import re
from functools import cache

from schemas.evidence import Span
from schemas.terms import Force
from summarizer.sources import Article
from summarizer.text import words as lists


def asks(said: str) -> bool:
    """Tell at one look whether a word of some sentences asks, demands or orders."""
    for phrase in lists.lists("anonymity")["phrases"]:
        said = lists.compiled([phrase]).sub(" ", said)  # "who asked not to be named"
    return _plain_asking().search(said) is not None


def find(article: Article, place: Span) -> Span | None:
    """Find the first word of asking in the quotation, or in its sentences."""
    text = article.text
    for within in (place, *article.spans(place)):
        if match := _asking().search(text, within.start, within.end):
            return Span.at(match)
    return None


def force(text: str, cue: Span | None) -> Force:
    """Tell how strongly the word of asking asks."""
    if cue is None:
        return "request"
    pattern, named = lists.verb_index("requests")
    longer = pattern.match(text, cue.start)  # "called on", of which the cue is "called"
    found = named.get((longer.group() if longer else cue.of(text)).lower())
    return found if found in {"request", "call", "demand"} else "request"  # type: ignore[return-value]  # the names of the lists are the forces


@cache
def _plain_asking() -> re.Pattern[str]:
    return lists.compiled([*_verbs(), *lists.lists("asking")["look"]])


@cache
def _asking() -> re.Pattern[str]:
    """Collect the words of asking, wide rather than narrow: verbs, nouns, modals."""
    nouns = lists.lists("requests")["nominal"]
    return lists.compiled([*_verbs(), *nouns, *lists.lists("asking")["words"]])


def _verbs() -> list[str]:
    return [
        re.escape(form)
        for name, entries in lists.lists("requests").items()
        if name != "nominal"
        for verb in entries
        for form in lists.forms(verb)
    ]
