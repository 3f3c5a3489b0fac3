"""What an assembly makes: the items of a briefing, and what is not among them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    Item,
    OpenQuestion,
    OwnItem,
    OwnSection,
    Party,
    Position,
    Request,
    Speech,
    Value,
    Withheld,
)
from schemas.draft import Drafted
from schemas.evidence import Evidence
from schemas.terms import Section
from summarizer.assembly import own
from summarizer.reading.values import Refusal

ItemT = TypeVar("ItemT", bound=Item)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The items of a briefing, and what is not among them."""

    actors: tuple[Actor, ...]
    requests: tuple[Request, ...]
    positions: tuple[Position, ...]
    casualties: tuple[Casualties, ...]
    developments: tuple[Development, ...]
    open_questions: tuple[OpenQuestion, ...]
    withheld: tuple[Withheld, ...]
    undescribed: Mapping[str, tuple[str, ...]]
    """Names of actors whose role the text's form does not show."""

    refused: tuple[tuple[Drafted, Refusal], ...]
    """The drafts behind `withheld`."""

    unconfirmed: tuple[Drafted, ...]
    """Drafts of items that are shown and unconfirmed."""

    copy_of: Mapping[str, str]
    """By the id of each source that is a copy, the id of its original."""

    own_made: tuple[own.Made, ...] = ()
    """The sections of the user's own."""

    @property
    def sections(self) -> tuple[OwnSection, ...]:
        """The sections of the user's own, as they are published."""
        return tuple(made.section for made in self.own_made)

    def only(self, wanted: Callable[[Section], bool]) -> "Assembled":
        """Leave out the sections that are not wanted, and what is only about them."""
        kept: dict[str, tuple[Item, ...]] = {
            name: getattr(self, name) if wanted(name) else () for name in _DROPPABLE
        }
        dropped = {i.id for n in _DROPPABLE for i in getattr(self, n)} - {
            i.id for items in kept.values() for i in items
        }
        if not dropped and wanted("actors"):
            return self
        kept["open_questions"] = tuple(
            q
            for q in self.open_questions
            if wanted("open_questions") and q.about not in dropped
        )
        kept["positions"] = tuple(
            p.model_copy(
                update={"answers": tuple(a for a in p.answers if a not in dropped)}
            )
            for p in self.positions
            if wanted("positions")
        )
        named = {p.id for items in kept.values() for p in parties(items)}
        named |= {p.id for one in self.sections for p in parties(one.items)}
        actors = tuple(a for a in self.actors if a.id in named)
        return replace(self, actors=actors, **kept)  # type: ignore[arg-type]  # by name

    def citing(self, cited: Callable[[Evidence], Evidence]) -> "Assembled":
        """Return the same items with each evidence put through *cited*."""

        def changed(items: tuple[ItemT, ...]) -> tuple[ItemT, ...]:
            return tuple(_cited(item, cited) for item in items)

        return replace(
            self,
            actors=changed(self.actors),
            requests=changed(self.requests),
            positions=changed(self.positions),
            casualties=changed(self.casualties),
            developments=changed(self.developments),
            open_questions=changed(self.open_questions),
            own_made=tuple(
                replace(
                    made,
                    section=made.section.model_copy(
                        update={"items": changed(made.section.items)}
                    ),
                )
                for made in self.own_made
            ),
        )


_DROPPABLE: tuple[Section, ...] = (
    "requests", "positions", "casualties", "developments", "open_questions",
)  # fmt: skip


def parties(items: Iterable[Item]) -> Iterator[Party]:
    """Yield every party that *items* name."""
    for item in items:
        for value in vars(item).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Party):
                    yield one
                elif isinstance(one, Value) and one.party is not None:
                    yield one.party
        if isinstance(item, Casualties):
            yield from (f.source for f in item.supersedes if f.source)


def _cited(item: ItemT, cited: Callable[[Evidence], Evidence]) -> ItemT:
    """Put every evidence of an item through *cited*."""
    update: dict[str, object] = {"evidence": tuple(map(cited, item.evidence))}
    if isinstance(item, Position) and item.speech is not None:
        spans = {name: cited(evidence) for name, evidence in item.speech}
        update["speech"] = Speech.model_validate(spans)
    if isinstance(item, OwnItem):
        update["fields"] = tuple(
            v.model_copy(update={"evidence": cited(v.evidence)}) if v.evidence else v
            for v in item.fields
        )
    if isinstance(item, Casualties):
        update["supersedes"] = tuple(
            f.model_copy(update={"evidence": tuple(map(cited, f.evidence))})
            for f in item.supersedes
        )
    return item.model_copy(update=update)
