"""What the builders of the sections share: sources, actors, who is a source of what."""

import re
from dataclasses import dataclass, field, replace

from schemas.briefing import Party, When
from schemas.evidence import Span
from schemas.terms import ActorKind
from schemas.terms import Attribution as Tier
from summarizer.assembly import merging
from summarizer.assembly.cast import Cast
from summarizer.assembly.merging import Sources
from summarizer.reading import timing
from summarizer.reading.english.names.party_names import bare
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention
from summarizer.text.locate import locate


@dataclass(slots=True)
class Context:
    """The sources of one briefing and its actors so far."""

    readings: tuple[Reading, ...]
    kinds: dict[str, ActorKind] = field(default_factory=dict)
    """What kind of party a strong model says that each name is."""

    cast: Cast = field(init=False)
    sources: Sources = field(init=False)
    by_id: dict[str, tuple[int, Reading]] = field(init=False)
    _first: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cast = Cast(tuple(r.directory for r in self.readings))
        articles = [r.article for r in self.readings]
        self.sources = merging.of(articles, self.cast.across)
        self.by_id = {r.article.id: (n, r) for n, r in enumerate(self.readings)}

    def place(self, reading: Reading) -> int:
        """Tell which of the sources it is: "s10" comes after "s9"."""
        return self.by_id[reading.article.id][0]

    def party(self, reading: Reading, mention: Mention | None) -> Party | None:
        """Name the party of a phrase, entering it when it is new."""
        return self.cast.party(reading.directory, mention) if mention else None

    def tier(
        self, reading: Reading, source: Party | None, sentence: Span
    ) -> Tier | None:
        """Tell how the source of an item is identified."""
        known = self.cast.known(source) if source is not None else None
        if known is not None:
            kind = self.kinds.get(bare(known.name), known.kind)
            known = replace(known, kind=kind)
        # Who asked not to be named stays anonymous where "he added" something.
        first = self._introduced(reading, known.name) if known is not None else ""
        words = sentence.of(reading.article.text)
        return reading.reader.tier(known, f"{words} {first}")

    def _introduced(self, reading: Reading, name: str) -> str:
        """Return the sentence of a source that first has a name, or nothing."""
        key = (reading.article.id, name)
        if key not in self._first:
            place = locate(name, reading.article.text)
            index = reading.article.index_at(place.start) if place is not None else None
            self._first[key] = "" if index is None else reading.article.words(index)
        return self._first[key]


def told_time(reading: Reading, words: Span | None) -> tuple[str, When] | None:
    """Read a draft's words for the time as their sentence has them; None for none."""
    index = None if words is None else reading.article.index_at(words.start)
    if words is None or index is None:
        return None
    for dated in timing.in_sentence(reading.article, index):
        before = reading.article.text[max(0, dated.span.start - 8) : dated.span.start]
        if _AHEAD.search(before):
            continue  # "adjourned until July" happened before it
        if dated.span.overlaps(words):
            return dated.span.of(reading.article.text), dated.when
    return None


_AHEAD = re.compile(r"(?i)\b(?:until|till|by)\s+$")


def flat(words: str) -> str:
    """Make copied words one line; the untouched ones stand in the evidence."""
    return " ".join(words.split())
