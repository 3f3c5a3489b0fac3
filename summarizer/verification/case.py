"""What the checks of one briefing share: its sources, read once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from schemas.briefing import (
    Actor,
    Briefing,
    Exclusion,
    Flag,
    Item,
    Party,
    Source,
)
from schemas.evidence import Span
from summarizer.reading.english.names.party_names import bare
from summarizer.reading.reading import Reading, read
from summarizer.reading.values import Mention
from summarizer.reports import Finding
from summarizer.sources import Metadata, make_article


@dataclass
class Case:
    """One briefing, its sources and their readings, which all checks share."""

    briefing: Briefing
    replaced: dict[str, str]
    _readings: dict[str, Reading] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each source by its id."""
        return {s.id: self.replaced.get(s.id, s.text) for s in self.briefing.sources}

    @cached_property
    def by_id(self) -> dict[str, Source]:
        """The sources by their ids."""
        return {s.id: s for s in self.briefing.sources}

    @cached_property
    def copy_of(self) -> dict[str, str]:
        """Which source each copy repeats."""
        return {s.id: s.copy_of for s in self.briefing.sources if s.copy_of}

    @cached_property
    def left_out(self) -> dict[str, list[tuple[Span, str]]]:
        """List by source what is no part of its article, with the reason."""
        found: dict[str, list[tuple[Span, str]]] = {}
        boxes: tuple[Exclusion | Flag, ...] = (
            *self.briefing.excluded,
            *self.briefing.flagged,
        )
        for box in boxes:
            span = Span(start=box.start, end=box.end)
            found.setdefault(box.source, []).append((span, box.reason))
        return found

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors by their ids."""
        return {a.id: a for a in self.briefing.actors}

    def reading(self, source: str) -> Reading:
        """Read a source, once."""
        if source not in self._readings:
            meta = self.by_id[source]
            article = make_article(
                self.texts[source],
                metadata=Metadata(published=meta.published, language=meta.language),
                source_id=source,
            )
            self._readings[source] = read(article)
        return self._readings[source]

    def sentences(self, item: Item) -> Iterator[tuple[Reading, int]]:
        """List the sentences that an item cites."""
        for evidence in item.evidence:
            if evidence.source not in self.by_id:
                continue  # named as a finding of the item that cites it
            reading = self.reading(evidence.source)
            place = reading.article.seen.visible(evidence.span)
            for index in reading.article.touched(place):
                yield reading, index

    def passage(self, item: Item) -> str:
        """Join the cited sentences, each with the one before it."""
        found: dict[tuple[str, int], str] = {}
        for reading, index in self.sentences(item):
            for i in (index - 1, index):
                if i >= 0:
                    found[reading.article.id, i] = reading.article.words(i)
        return " ".join(found[key] for key in sorted(found))

    def party(self, item: str, party: Party | None) -> Iterator[Finding]:
        """Check that a party is one of the actors."""
        if party is None:
            return
        actor = self.actors.get(party.id)
        if actor is None or actor.name != party.name:
            reason = f"{party.name!r} is not the actor {party.id}"
            yield Finding(item=item, check="party", reason=reason)

    def names_party(
        self, reading: Reading, mention: Mention | None, party: Party | None
    ) -> bool:
        """Tell whether a phrase of the source names a party of the briefing."""
        if mention is None or party is None:
            return mention is None and party is None
        actor = self.actors.get(party.id)
        names = {bare(party.name)} | {bare(a) for a in (actor.aliases if actor else ())}
        known = reading.directory.known(mention.core.of(reading.article.text), mention)
        return (
            bare(known.name) in names
            or bare(mention.core.of(reading.article.text)) in names
        )

    def names_of(self, party: Party) -> tuple[str, ...]:
        """List the names that a party goes by."""
        actor = self.actors.get(party.id)
        return (party.name, *(actor.aliases if actor else ()))
