"""Make the items of the sections of a user's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.briefing import OwnItem, OwnSection, OwnWithheld, Quantity, Value
from schemas.evidence import Span, cite
from schemas.sections import FieldDefinition, SectionDefinition
from summarizer.assembly.context import Context, flat
from summarizer.assembly.several import corroboration
from summarizer.prompting.own import OwnDraft
from summarizer.proof.own import fields, judging
from summarizer.proof.own.held import Filled, Held
from summarizer.reading.reading import Reading
from summarizer.reading.values import Refusal
from summarizer.text import quantities

Answers = Mapping[int, Mapping[str, str]]
"""Blind second answers about the parties of drafts, by the draft's `id` and field."""


@dataclass(frozen=True, slots=True)
class Made:
    """A section, and what of its drafts code could not show.

    Attributes:
        section: As it is published.
        doubted: Drafts of shown items, each with a party whose part is not shown.
    """

    section: OwnSection
    doubted: tuple[tuple[OwnDraft, str], ...]


def build(
    context: Context,
    definition: SectionDefinition,
    drafts: Iterable[OwnDraft],
    answers: Answers,
) -> Made:
    """Judge the drafts of a section and make its items.

    Args:
        context: The sources and the parties so far; new ones are entered.
        definition: The section.
        drafts: What the model drafted, in the order of asking.
        answers: Blind second answers.
    """
    found = _Found(context, definition)
    for draft in drafts:
        found.judge(draft, answers.get(id(draft)))
    groups = corroboration.join(
        found.items,
        lambda one: (context.sources.story(one), _parties(one)),
        lambda one, two: _alike(one, two, definition),
    )
    items = tuple(
        corroboration.one_of(group, context.sources.copy_of, f"{definition.name}{n}")
        for n, group in enumerate(groups, 1)
    )
    section = OwnSection(
        definition=definition, items=items, withheld=_once(found.withheld)
    )
    return Made(section, tuple(found.doubted))


@dataclass(slots=True)
class _Found:
    """What became of the drafts of a section so far."""

    context: Context
    definition: SectionDefinition
    items: list[OwnItem] = field(default_factory=list)
    withheld: list[OwnWithheld] = field(default_factory=list)
    doubted: list[tuple[OwnDraft, str]] = field(default_factory=list)

    def judge(self, draft: OwnDraft, answers: Mapping[str, str] | None) -> None:
        """Make an item of a draft, or withhold it; of equal ones the fuller is kept."""
        _, reading = self.context.by_id[draft.source]
        held = judging.judge(reading, self.definition, draft, answers)
        if isinstance(held, Refusal):
            self.withheld.append(_withheld(draft, held))
            return
        self.withheld += [_dropped(draft, n, r) for n, r in held.dropped.items()]
        item = _item(self.context, reading, self.definition, held)
        for number, other in enumerate(self.items):
            if _is_same(item, other, self.definition):
                if len(item.fields) > len(other.fields):
                    self.items[number] = item
                return
        self.items.append(item)
        self.doubted += [(draft, name) for name in held.doubted]


def _once(withheld: Sequence[OwnWithheld]) -> tuple[OwnWithheld, ...]:
    kept: list[OwnWithheld] = []
    for one in withheld:
        if one not in kept:
            kept.append(one)
    return tuple(kept)


def _withheld(draft: OwnDraft, refusal: Refusal) -> OwnWithheld:
    return OwnWithheld(
        source=draft.source,
        quote=draft.quote,
        fields=dict(draft.fields),
        reason=refusal.reason,
        check=refusal.check,
    )


def _dropped(draft: OwnDraft, name: str, refusal: Refusal) -> OwnWithheld:
    """List a field that was left out of an item that is shown."""
    return OwnWithheld(
        source=draft.source,
        quote=draft.quote,
        fields={name: draft.fields[name]},
        reason=refusal.reason,
        check=refusal.check,
    )


def _item(
    context: Context, reading: Reading, definition: SectionDefinition, held: Held
) -> OwnItem:
    article, text = reading.article, reading.article.text
    spans = [f.span for f in held.fields if f.span and f.span.within(held.sentence)]
    cited = [held.place, *spans]
    span = Span(start=min(s.start for s in cited), end=max(s.end for s in cited))
    kinds = {one.name: one for one in definition.fields}
    values = tuple(_value(context, reading, kinds[f.name], f) for f in held.fields)
    return OwnItem(
        id="new",
        verdict=held.verdict,
        reasons=held.all_reasons,
        found_by="model",
        evidence=(cite(article.id, text, span),),
        fields=values,
        attribution=context.tier(reading, None, held.sentence),
        hedge=reading.reader.hedge(span.of(text)),
    )


def _value(
    context: Context, reading: Reading, one: FieldDefinition, filled: Filled
) -> Value:
    article, text = reading.article, reading.article.text
    words = filled.text or (filled.span.of(text) if filled.span else "")
    return Value(
        name=filled.name,
        text=flat(words),
        evidence=cite(article.id, text, filled.span) if filled.span else None,
        party=context.party(reading, filled.party),
        number=quantity(words) if one.kind == "number" else None,
        when=fields.when(reading, filled.span)
        if one.kind == "date" and filled.span
        else None,
    )


def quantity(words: str) -> Quantity:
    """Read a number from words that hold one."""
    value, unit, comparator = quantities.read(words)
    return Quantity(text=flat(words), value=value, unit=unit, comparator=comparator)


def _parties(item: OwnItem) -> tuple[tuple[str, str], ...]:
    return tuple((v.name, v.party.id) for v in item.fields if v.party is not None)


def _is_same(one: OwnItem, two: OwnItem, definition: SectionDefinition) -> bool:
    """Tell whether two drafts of one source are one item, told twice."""
    if one.evidence[0].source != two.evidence[0].source:
        return False
    overlap = one.evidence[0].span.overlaps(two.evidence[0].span)
    return (
        overlap
        and _parties(one) == _parties(two)
        and bool(_alike(one, two, definition))
    )


def _alike(one: OwnItem, two: OwnItem, definition: SectionDefinition) -> float:
    """Tell how surely two items say the same, field by field; parties are the same."""
    score = 1.0
    for wanted in definition.fields:
        first, second = one.value(wanted.name), two.value(wanted.name)
        if first is None or second is None or first.party is not None:
            continue
        if wanted.kind == "verbatim":
            score = min(score, corroboration.same_words(first.text, second.text))
        elif wanted.kind == "date":
            unknown = first.when is None or second.when is None
            score = min(score, float(unknown or first.when == second.when))
        elif (first.number, first.text) != (second.number, second.text):
            same = (
                first.number and second.number and _equal(first.number, second.number)
            )
            score = min(score, float(bool(same)))
    return score


def _equal(one: Quantity, two: Quantity) -> bool:
    return (one.value, one.comparator) == (two.value, two.comparator)


def summary(sections: Sequence[OwnSection]) -> str:
    """Say how much was found, where nothing else was looked for."""
    return "; ".join(
        f"{one.definition.title}: {len(one.items) or 'none found'}" for one in sections
    )
