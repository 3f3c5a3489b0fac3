"""Make a briefing's items of what forms read and what drafts were proven to say.

The order is that of dependence: requests and counts, then what is said of them, then
what happened, then what stays open. Drafts that are no items are withheld, each with
the reason.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.briefing import (
    Casualties,
    Development,
    Item,
    OpenQuestion,
    Position,
    Request,
    Withheld,
)
from schemas.draft import Blind, Drafted, RoleDraft
from schemas.sections import SectionDefinition
from schemas.terms import ActorKind
from summarizer.assembly import (
    developments,
    merging,
    own,
    positions,
    prominent,
    relations,
    requests,
)
from summarizer.assembly.assembled import Assembled
from summarizer.assembly.cast import check_role
from summarizer.assembly.context import Context
from summarizer.assembly.counted import casualties
from summarizer.assembly.questions import open_questions
from summarizer.prompting.own import OwnDraft
from summarizer.proof import judging
from summarizer.proof.judging import Proved, Verdicts
from summarizer.reading.english.names.party_names import bare
from summarizer.reading.reading import Reading
from summarizer.reading.values import Refusal


@dataclass(frozen=True, slots=True)
class OwnDrafts:
    """A section of the user's own, and what the model drafted for it."""

    definition: SectionDefinition
    drafts: tuple[OwnDraft, ...] = ()
    answers: own.Answers = field(default_factory=dict)


def assemble(
    readings: Iterable[Reading],
    drafted: Iterable[Drafted],
    *,
    forms: bool = True,
    answers: Mapping[Drafted, Blind] | None = None,
    asked: Sequence[OwnDrafts] = (),
    verdicts: Verdicts | None = None,
) -> Assembled:
    """Judge all drafts and build the items.

    Args:
        readings: One for each source, in order.
        drafted: What the model drafted, in the order of asking.
        forms: Whether what the form of a sentence shows becomes items too. Without it,
            forms only judge what the model drafted.
        answers: Blind second answers about drafts that were unconfirmed.
        asked: The sections of the user's own, with what the model drafted for them.
        verdicts: What drafts of these articles were judged to be before.
    """
    drafted = tuple(drafted)
    kinds = {} if forms else _kinds(drafted)
    context = Context(tuple(readings), kinds)
    given = dict(answers or {})
    return _Assembly(context, drafted, forms, given, asked, verdicts).build()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked, said, counted and told, before actors and open questions."""

    requests: tuple[Request, ...]
    positions: tuple[Position, ...]
    casualties: tuple[Casualties, ...]
    developments: tuple[Development, ...]
    refused: tuple[tuple[Drafted, Refusal], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, section by section."""
        return (
            *self.requests,
            *self.positions,
            *self.casualties,
            *self.developments,
        )


def facts(context: Context, drafted: Iterable[Drafted], *, forms: bool) -> Facts:
    """Judge drafts and build the items that rest on words alone: `verify` needs no more.

    Args:
        context: The sources; its cast knows the parties of the items afterwards.
        drafted: Drafts, in the order of asking.
        forms: Whether what the form of a sentence shows becomes items too.
    """
    assembly = _Assembly(context, tuple(drafted), forms, {})
    return assembly.facts(assembly.proved())


def _kinds(drafted: Iterable[Drafted]) -> dict[str, ActorKind]:
    """List what kind of party a strong model says that each name is."""
    roles = (d.item for d in drafted if isinstance(d.item, RoleDraft))
    return {bare(role.name): role.kind for role in roles}


def withheld(d: Drafted, refusal: Refusal) -> Withheld:
    """Describe a refused draft in the briefing."""
    return Withheld(
        section=d.section,
        item=d.item,
        source=d.source,
        reason=refusal.reason,
        check=refusal.check,
        found_by=d.found_by,
    )


@dataclass(slots=True)
class _Assembly:
    """The steps of `assemble` and what they share; used once."""

    context: Context
    drafted: tuple[Drafted, ...]
    forms: bool
    answers: dict[Drafted, Blind]
    asked: Sequence[OwnDrafts] = ()
    verdicts: Verdicts | None = None
    withheld: list[Withheld] = field(default_factory=list)
    refused: list[tuple[Drafted, Refusal]] = field(default_factory=list)

    def build(self) -> Assembled:
        """Return the items, in the order in which they rest on one another."""
        context, sources = self.context, self.context.sources
        proved = self.proved()
        made = self.facts(proved)
        if self.forms:
            self._fighters()
        roles = self._roles(proved)
        questions = self._questions(proved, made)
        sections = self._sections()
        own_items = tuple(item for one in sections for item in one.section.items)
        items: tuple[Item, ...] = (*made.items, *own_items)
        return Assembled(
            actors=context.cast.actors(
                roles, sources.copy_of, items, strong=not self.forms
            ),
            requests=made.requests,
            positions=made.positions,
            casualties=made.casualties,
            developments=made.developments,
            open_questions=questions,
            withheld=tuple(self.withheld),
            undescribed=context.cast.undescribed(),
            refused=tuple(self.refused),
            unconfirmed=tuple(proved.unconfirmed),
            copy_of=sources.copy_of,
            own_made=sections,
        )

    def proved(self) -> Proved:
        """Judge the drafts; those that are refused are withheld."""
        proved = judging.prove(
            self.context.readings, self.drafted, self.answers, self.verdicts
        )
        self._withhold_all(proved.refused)
        return proved

    def facts(self, proved: Proved) -> Facts:
        """Return the items that rest on words alone."""
        made, stated, tolls = self._told(proved)
        happened = self._developments(proved, (*made, *stated, *tolls))
        return Facts(made, stated, tolls, happened, tuple(self.refused))

    def _told(
        self, proved: Proved
    ) -> tuple[tuple[Request, ...], tuple[Position, ...], tuple[Casualties, ...]]:
        """Return what is asked, said and counted, of forms and drafts together."""
        context, sources, forms = self.context, self.context.sources, self.forms
        asked = requests.together(
            context, requests.read(context) if forms else [], proved.requests
        )
        shown = casualties.read(context) if forms else []
        rows = casualties.rows(context, [*proved.tolls, *shown])
        said = positions.read(context, asked, rows, self.drafted) if forms else []
        held, lost = positions.together(context, said, proved.positions)
        self._fought(proved, lost)
        made = merging.requests(requests.build(context, asked), sources)
        stated = merging.positions(positions.build(context, held, made), sources)
        made = relations.with_status(made, stated)
        tolls = merging.casualties(casualties.build(context, rows), sources)
        return made, stated, tolls

    def _questions(self, proved: Proved, made: Facts) -> tuple[OpenQuestion, ...]:
        """Return the open questions; drafted ones that fail a check are withheld."""
        questions, failed = open_questions.build(
            [(r.directory, r.said) for r in self.context.readings],
            self.context.cast,
            made.requests,
            made.positions,
            made.casualties,
            proved.questions,
            self.context.sources.about,
        )
        self._withhold_all(failed)
        return questions

    def _withhold_all(self, refused: Iterable[tuple[Drafted, Refusal]]) -> None:
        """Withhold drafts, each with the reason."""
        for d, refusal in refused:
            self._withhold(d, refusal)

    def _sections(self) -> tuple[own.Made, ...]:
        """Make the sections of the user's own."""
        return tuple(
            own.build(self.context, one.definition, one.drafts, one.answers)
            for one in self.asked
        )

    def _withhold(self, d: Drafted, refusal: Refusal) -> None:
        self.refused.append((d, refusal))
        entry = withheld(d, refusal)
        if entry not in self.withheld:
            self.withheld.append(entry)

    def _fought(self, proved: Proved, values: Sequence[object]) -> None:
        """Withhold drafts that a form reads otherwise."""
        for value in values:
            d = proved.origins.get(id(value))
            if d is not None:
                reason = "the form of the sentence names another party"
                self._withhold(d, Refusal("disputed", reason))

    def _developments(
        self, proved: Proved, others: tuple[Request | Position | Casualties, ...]
    ) -> tuple[Development, ...]:
        found = list(proved.developments)
        if self.forms and not found:
            found = developments.read(self.context)
        items, left = developments.build(self.context, found, others)
        kept = {id(one) for _, one in left}
        for (_, one), d in zip(
            proved.developments, self._drafts("developments"), strict=False
        ):
            if id(one) in kept:
                reason = f"told already, or beyond the first {developments.MOST}"
                self._withhold(d, Refusal("surplus", reason))
        return items

    def _drafts(self, section: str) -> list[Drafted]:
        """List the drafts of a section that were proven, in order."""
        gone = [d for d, _ in self.refused]
        return [d for d in self.drafted if d.section == section and d not in gone]

    def _fighters(self) -> None:
        """Enter the armed groups that the article names, and who acts again and again."""
        for reading in self.context.readings:
            if not reading.has_grammar:
                continue  # who acts is told by a grammar only
            text = reading.article.text
            for mention in reading.directory.all:
                words = mention.core.of(text)
                named = re.match(r"[A-Z]", words) and not mention.nested
                if not named or _SINGLE_FIGHTER.search(words):
                    continue
                known = reading.directory.known(words, mention)
                if known.kind == "armed_group":
                    self.context.cast.party(reading.directory, mention)
            for mention in prominent.find(reading.directory):
                self.context.cast.party(reading.directory, mention)

    def _roles(self, proved: Proved) -> dict[str, list[RoleDraft]]:
        kept: dict[str, list[RoleDraft]] = {}
        for reading, d, item in proved.roles:
            refusal = check_role(reading.directory, item, near=not self.forms)
            if refusal is None:
                kept.setdefault(d.source, []).append(item)
                continue
            self._withhold(d, refusal)
            if refusal.check == "role" and not self.forms:
                # What kind of party it is stands, though its post is not told so.
                bared = item.model_copy(update={"role": ""})
                kept.setdefault(d.source, []).append(bared)
        return kept


_SINGLE_FIGHTER = re.compile(
    r"(?i)\b(?:militant|terrorist|fighter|insurgent|rebel|gunman|separatist)$"
)
"""One fighter, or an adjective: "Sunni militant" names no group."""
