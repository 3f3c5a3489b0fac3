"""What the checks of one briefing share: its sources, read once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Exclusion,
    Flag,
    Item,
    Party,
    Request,
    Source,
)
from schemas.draft import Drafted
from schemas.evidence import Span
from summarizer.proof import claims
from summarizer.reading.reading import Reading, read
from summarizer.reports import Finding
from summarizer.sources import Metadata, make_article
from summarizer.verification import rebuilding
from summarizer.verification.rebuilding import ItemT, Names, Rebuilt


@dataclass
class Case:
    """One briefing, its sources and their readings, which all checks share."""

    briefing: Briefing
    replaced: dict[str, str]
    _readings: dict[str, Reading] = field(default_factory=dict)
    _rebuilt: dict[str, Rebuilt] = field(default_factory=dict)

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
                metadata=Metadata(
                    title=meta.title,
                    published=meta.published,
                    published_at=meta.published_at,
                    language=meta.language,
                ),
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

    def party(self, item: str, party: Party) -> Iterator[Finding]:
        """Check that a party is one of the actors."""
        actor = self.actors.get(party.id)
        if actor is None or actor.name != party.name:
            reason = f"{party.name!r} is not the actor {party.id}"
            yield Finding(item=item, check="party", reason=reason)

    @cached_property
    def names(self) -> Names:
        """By the id of each actor, the names that it goes by."""
        return {a.id: (a.name, *a.aliases) for a in self.briefing.actors}

    @cached_property
    def facts(self) -> claims.Items:
        """The items that are made once more."""
        made = self.briefing
        return (
            *made.requests,
            *made.positions,
            *made.casualties,
            *made.developments,
        )

    def drafts(self, item: Item) -> Iterator[Drafted]:
        """List the drafts that an item may have been; none for most that forms found."""
        source = item.evidence[0].source
        by_form = item.found_by not in {"model", "both"}
        # Whether another source tells what happened cannot be seen in one.
        if source in self.by_id and (not by_form or isinstance(item, Development)):
            yield from rebuilding.drafts(
                self.reading(source), item, self.names, small=self.is_small
            )

    @property
    def is_small(self) -> bool:
        """Whether a small model was asked about single sentences."""
        return self.briefing.provenance.strategy == "focused"

    def rebuilt(self, source: str) -> Rebuilt:
        """Read a source again and make its items once more."""
        if source not in self._rebuilt:
            own = (i for i in self.facts if i.evidence[0].source == source)
            # What a request or a count is, no form takes for a statement.
            beside = (i for i in own if isinstance(i, Request | Casualties))
            drafted = tuple(d for i in beside for d in self.drafts(i))
            self._rebuilt[source] = Rebuilt(self.reading(source), drafted, self.names)
        return self._rebuilt[source]

    def again(self, item: ItemT) -> Iterator[ItemT]:
        """Make an item once more: what its sentences hold, then its own drafts."""
        cited = item.evidence[0]
        rebuilt = self.rebuilt(cited.source)
        if item.found_by != "model" or self.is_small:
            yield from rebuilt.near(type(item), cited.span)
        for draft in self.drafts(item):
            made = rebuilt.of_draft(draft)
            yield from (one for one in made if isinstance(one, type(item)))
