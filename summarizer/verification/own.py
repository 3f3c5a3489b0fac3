"""Sections of a user's own: each item is judged again, by the definition in the file."""

from collections.abc import Iterator

from schemas.briefing import OwnItem, OwnSection, Party, Value
from schemas.evidence import Evidence
from schemas.sections import SectionDefinition
from summarizer.assembly.own import quantity
from summarizer.prompting.own import OwnDraft
from summarizer.proof.own import fields, judging
from summarizer.proof.own.held import Filled, Held
from summarizer.reading.english.names.party_names import bare
from summarizer.reading.reading import Reading
from summarizer.reading.values import ASKED_AGAIN, Mention, Refusal
from summarizer.reports import Finding
from summarizer.text.typography import flat
from summarizer.verification.case import Case
from summarizer.verification.findings import of_refusal
from summarizer.verification.origins import evidence


def section(case: Case, one: OwnSection) -> Iterator[Finding]:
    """Check all items of a section."""
    for item in one.items:
        places = [*item.evidence, *(v.evidence for v in item.fields if v.evidence)]
        wrong = [f for e in places for f in evidence(case, item.id, e)]
        yield from wrong or _item(case, one.definition, item)


def _item(
    case: Case, definition: SectionDefinition, item: OwnItem
) -> Iterator[Finding]:
    known = {field.name for field in definition.fields}
    for value in item.fields:
        if value.name not in known:
            reason = f"{definition.name} has no field {value.name!r}"
            yield Finding(item=item.id, check="field", reason=reason)
        if value.party is not None:
            yield from case.party(item.id, value.party)
    for number, cited in enumerate(item.evidence):
        reading = case.reading(cited.source)
        held = judging.judge(reading, definition, _draft(definition, item, cited))
        if isinstance(held, Refusal):
            yield of_refusal(item.id, held)
        elif number == 0:
            yield from _differs(case, reading, item, held)


def _draft(definition: SectionDefinition, item: OwnItem, cited: Evidence) -> OwnDraft:
    """Take an item back to what the model drafted: the words, and those of each field."""
    return OwnDraft(
        section=definition.name,
        source=cited.source,
        quote=cited.exact,
        fields={v.name: v.evidence.exact if _is_said(v) and v.evidence else v.text for v in item.fields},
    )  # fmt: skip


def _is_said(value: Value) -> bool:
    """Tell words of the source from a word of a list."""
    return value.evidence is not None and flat(value.evidence.exact) == flat(value.text)


def _differs(
    case: Case, reading: Reading, item: OwnItem, held: Held
) -> Iterator[Finding]:
    """Compare an item with the one that its words give today."""
    made = {filled.name: filled for filled in held.fields}
    for value in item.fields:
        filled = made.get(value.name)
        if filled is None:
            refusal = held.dropped.get(value.name)
            reason = refusal.reason if refusal else "its words do not fill it"
            yield Finding(item=item.id, check=value.name, reason=reason)
            continue
        yield from _value_differs(case, reading, item.id, value, filled)
    is_weaker = item.verdict == "supported" and held.verdict == "unconfirmed"
    if is_weaker and ASKED_AGAIN not in item.reasons:
        reason = f"it is unconfirmed: {held.all_reasons[0]}"
        yield Finding(item=item.id, check="verdict", reason=reason)


def _value_differs(
    case: Case, reading: Reading, ident: str, value: Value, filled: Filled
) -> Iterator[Finding]:
    text = reading.article.text
    said = filled.text or (filled.span.of(text) if filled.span else "")
    if flat(said) != value.text:
        reason = f"the words are “{flat(said)}”, not “{value.text}”"
        yield Finding(item=ident, check=value.name, reason=reason)
    if value.party is not None and not _is_named(
        case, reading, filled.party, value.party
    ):
        reason = f"“{value.text}” is not {value.party.name}"
        yield Finding(item=ident, check=value.name, reason=reason)
    if value.number is not None and value.number != quantity(said):
        reason = f"“{value.text}” is not the number {value.number.value}"
        yield Finding(item=ident, check=value.name, reason=reason)
    when = fields.when(reading, filled.span) if filled.span and value.when else None
    if value.when != when:
        told = value.when.value if value.when else None
        reason = f"“{value.text}” is not {told}"
        yield Finding(item=ident, check=value.name, reason=reason)


def _is_named(
    case: Case, reading: Reading, mention: Mention | None, party: Party
) -> bool:
    """Tell whether a phrase of the source names a party of the briefing."""
    if mention is None:
        return False
    said = mention.core.of(reading.article.text)
    names = {bare(name) for name in (party.name, *case.names.get(party.id, ()))}
    return bool(names & {bare(said), bare(reading.directory.known(said, mention).name)})
