"""Who is who in a text that is read by lists, or by none.

A party that a model names is looked up here: the words that it gives must stand in the
text.
"""

import re
from dataclasses import dataclass

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.indexed import Index
from summarizer.reading.english.names.parties import NOWHERE, Directory
from summarizer.reading.listed import capitals, names
from summarizer.reading.values import Known, Mention
from summarizer.text import lexicon as lexicons
from summarizer.text.locate import occurrences

BEFORE = 2
"""Sentences before the cited one in which a party may be named."""


@dataclass(slots=True)
class ListedDirectory(Directory):
    """Who is who in an article that is not read as English."""

    def __post_init__(self) -> None:
        text, lexicon = self.article.text, lexicons.of(self.article.tongue)
        spans = [s.span for s in self.article.sentences]
        self.proper = capitals.proper(text, spans)
        found = [
            m for span in spans for m in names.find(text, span, self.proper, lexicon)
        ]
        self._index = Index(self.article, found)
        for mention in found:
            name = _flat(mention.core.of(text))
            self._index.first.setdefault(name, mention)
            if mention.form == "name":
                self._index.named.setdefault(name, []).append(mention)

    def _look_up(self, phrase: str, mention: Mention | None) -> Known:
        text, index = self.article.text, self._index
        core = _flat(mention.core.of(text) if mention else phrase)
        full = _full(index, core)
        # The place that says most of the party is shown.
        places = index.named.get(full, [])
        first = next((m for m in places if m.role), None) or index.first.get(full)
        first = first or mention
        kind: ActorKind = first.kind or "organisation" if first else "organisation"
        role = first.role if first is not None else None
        described = first is not None and first.form == "described"
        return Known(
            key=f"{kind}:{full.casefold()}" if described else full.casefold(),
            name=full,
            kind=kind,
            first=first.core if first is not None else NOWHERE,
            named=not described,
            role=_flat(role.of(text)) if role is not None else None,
            role_span=role,
            aliases=(core,) if core != full else (),
        )


def _full(index: Index, core: str) -> str:
    """Find the full name that ends in a surname, if there is just one."""
    longer = {
        name
        for name, places in index.named.items()
        if name.endswith(f" {core}") and places[0].kind == "person"
    }
    return longer.pop() if len(longer) == 1 and " " not in core else core


def named(directory: Directory, words: str, index: int) -> Mention | None:
    """Find the party that *words* name in a sentence or up to two before it.

    Args:
        directory: Who is who.
        words: A name, as a model copied it.
        index: The sentence.

    Returns:
        The phrase, nearest first; None when none of these sentences has the words.
    """
    if not re.search(r"\w", words):
        return None
    article = directory.article
    for number in range(index, max(-1, index - BEFORE - 1), -1):
        span = article.sentences[number].span
        place = next(occurrences(words, article.text, span), None)
        if place is None:
            continue
        around = [m for m in directory.within(span) if m.span.overlaps(place)]
        known = next((m for m in around if _meets(m, place)), None)
        return known or _plain(place, article.text)
    return None


def _meets(mention: Mention, place: Span) -> bool:
    """Tell whether a phrase found by form is the one that a model named."""
    return (
        mention.core.within(place)
        or place.within(mention.core)
        or (place.within(mention.span))
    )


def _plain(place: Span, text: str) -> Mention:
    words = place.of(text)
    # Only a script with capitals shows by a small letter that this is no name.
    return Mention(place, place, "described" if words[0].islower() else "name")


def _flat(words: str) -> str:
    return " ".join(words.split())
