"""The items of a source made once more: drafts of the saved ones, judged and assembled.

Proof and assembly are those that made the briefing; nothing here judges by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TypeVar

from schemas.briefing import (
    Casualties,
    Development,
    Item,
    Party,
    Position,
    Quantity,
    Request,
)
from schemas.draft import (
    AnyDraft,
    CasualtyDraft,
    DevelopmentDraft,
    Drafted,
    QuotedCasualty,
    QuotedPosition,
    QuotedRequest,
    SpeakerDraft,
)
from schemas.evidence import Span
from schemas.terms import Section
from summarizer.assembly import assemble
from summarizer.assembly.context import Context
from summarizer.prompting import cues
from summarizer.reading.english.names.party_names import bare
from summarizer.reading.reading import Reading
from summarizer.reading.values import Refusal
from summarizer.text.locate import locate

Names = dict[str, tuple[str, ...]]
"""By the id of each actor, the names that it goes by."""

ItemT = TypeVar("ItemT", bound=Item)


@dataclass
class Rebuilt:
    """What one source states, as the code of today finds it."""

    reading: Reading
    beside: tuple[Drafted, ...]
    """Drafts that the forms of the source were assembled with."""

    names: Names
    """Those of the saved briefing."""

    refused: dict[Drafted, Refusal] = field(default_factory=dict)
    """Why a draft became no item."""

    def __post_init__(self) -> None:
        self.context = Context((self.reading,))

    @cached_property
    def _by_sentence(self) -> dict[int, list[Item]]:
        found: dict[int, list[Item]] = {}
        made = assemble.facts(self.context, self.beside, forms=True)
        for item in made.items:
            for index in self._cited(item):
                found.setdefault(index, []).append(item)
        return found

    def _cited(self, item: Item) -> Iterable[int]:
        touched = self.reading.article.touched
        return dict.fromkeys(i for e in item.evidence for i in touched(e.span))

    def of_draft(self, draft: Drafted) -> tuple[Item, ...]:
        """Make the item of one draft by itself; none where it is refused."""
        made = assemble.facts(self.context, (draft,), forms=False)
        self.refused.update(made.refused)
        return made.items

    def near(self, kind: type[ItemT], place: Span) -> list[ItemT]:
        """List what forms show in the sentences of *place*, a span of the untouched text."""
        article = self.reading.article
        sentences = article.touched(article.seen.visible(place))
        return [item for index in sentences for item in self.at(kind, index)]

    def at(self, kind: type[ItemT], index: int) -> list[ItemT]:
        """List the items of a section that forms show in one sentence."""
        found = self._by_sentence.get(index, ())
        return [item for item in found if isinstance(item, kind)]

    def is_one(self, made: Party | None, saved: Party | None) -> bool:
        """Tell whether a party found here is one of the saved briefing."""
        if made is None or saved is None:
            return made is saved
        ours = {bare(n) for n in self.context.cast.names(made)}
        theirs = {bare(n) for n in names_of(self.names, saved)}
        return bare(made.name) in theirs or bare(saved.name) in ours


def names_of(names: Names, party: Party | None) -> tuple[str, ...]:
    """List the names of a party; for none, the blank that a draft has there."""
    return ("",) if party is None else names.get(party.id, (party.name,))


def drafts(
    reading: Reading, item: Item, names: Names, *, small: bool
) -> Iterator[Drafted]:
    """Draft an item again, with every name that its parties go by.

    Args:
        reading: Its first source.
        item: The item.
        names: Of the parties.
        small: Whether a small model drafted it, which was asked about one sentence.
    """
    article = reading.article
    place = article.seen.visible(item.evidence[0].span)
    if not article.touched(place):
        return  # named as a finding of the item that cites it
    section, whole = _KINDS[type(item)]
    for draft in _drafts(item, names, place.of(article.text), small=small):
        # A draft that brings no words of its own is about a sentence.
        asked = None if isinstance(draft, whole) else place
        yield Drafted(section=section, item=draft, source=article.id, asked=asked)


def _drafts(item: Item, names: Names, quote: str, *, small: bool) -> Iterator[AnyDraft]:
    kind = _KINDS[type(item)][1]
    if isinstance(item, Request):
        for by, to in product(names_of(names, item.by), names_of(names, item.to)):
            yield _drafted(kind, item, quote=quote, by=by, to=to)
    elif isinstance(item, Position):
        said = [item.speech.cue.exact] if item.speech else []
        head = quote.partition(item.gist)[0]
        for holder in names_of(names, item.holder):
            for word in [*said, *cues.spoken(quote), "“"] if small else ():
                yield SpeakerDraft(name=holder, word=word)
            # The item cites more than what was quoted.
            for words in (quote, item.gist, f"{head}{item.gist}"):
                yield _drafted(kind, item, quote=words, holder=holder)
    elif isinstance(item, Casualties):
        # What no draft tells, forms do.
        told = CasualtyDraft if small or item.supersedes else kind
        yield _drafted(told, item, quote=quote, who=item.who_text or "")
        if item.value == 0:  # "did not hurt any" was drafted as a count
            yield _drafted(told, item, quote=quote, who="", count="no")
    elif isinstance(item, Development):
        own = [names_of(names, party) for party in item.who]
        who = (next((n for n in of if locate(n, quote)), of[0]) for of in own)
        yield _drafted(kind, item, who=tuple(who))


_KINDS: dict[type[Item], tuple[Section, type[AnyDraft]]] = {
    Request: ("requests", QuotedRequest),
    Position: ("positions", QuotedPosition),
    Casualties: ("casualties", QuotedCasualty),
    Development: ("developments", DevelopmentDraft),
}


def _drafted(kind: type[AnyDraft], item: Item, **given: object) -> AnyDraft:
    """Fill a draft with what is given and, for the rest, the fields of an item."""
    told = {
        name: _told(getattr(item, _FIELDS.get(name, name), None))
        for name in kind.model_fields
    }
    told.update((name, value) for name, value in given.items() if name in told)
    return kind.model_validate(told)


_FIELDS = {"count": "count_text", "when": "when_text"}
"""What items call otherwise than drafts."""


def _told(value: object) -> object:
    """Return a value of an item in the words of a draft."""
    if isinstance(value, Party):
        return value.name
    if isinstance(value, Quantity):
        return value.text
    if isinstance(value, tuple):
        return tuple(map(_told, value))
    return "" if value is None else value
