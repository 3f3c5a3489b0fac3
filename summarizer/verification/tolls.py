"""Casualties: how many people, read again."""

from collections.abc import Iterator

from schemas.briefing import (
    Casualties,
    Figure,
)
from schemas.draft import (
    CasualtyDraft,
)
from schemas.terms import Scope
from summarizer.proof import verdicts
from summarizer.reading.reading import Reading, counter
from summarizer.reading.values import Harm, Refusal
from summarizer.reports import Finding
from summarizer.text import counts
from summarizer.text.locate import locate
from summarizer.verification.case import Case
from summarizer.verification.drafted import drafted, told_by_draft, toll_drafts
from summarizer.verification.findings import of_refusal, refused


def casualties(case: Case, item: Casualties) -> Iterator[Finding]:
    """Check a toll: judged again, or compared with what its sentence shows."""
    for party in (item.source, item.by):
        yield from case.party(item.id, party)
    if item.found_by == "model" and told_by_draft(case, item):
        yield from drafted(case, item, toll_drafts(item))
        return
    reading, index = next(case.sentences(item), (None, 0))
    if reading is None:
        return
    draft = CasualtyDraft(
        kind=item.kind, count=item.count_text or "", who=item.who_text or ""
    )
    found = reading.reader.harmed(index, draft)
    if isinstance(found, Refusal):
        yield of_refusal(item.id, found)
        return
    yield from row(case, item, reading, index, found)


def row(
    case: Case, item: Casualties, reading: Reading, index: int, found: Harm
) -> Iterator[Finding]:
    """Compare a row with what its sentence says of these people."""
    absent = _absent(item, reading, index)
    if absent is not None:
        yield absent
        return
    yield from _misread(case, item, found)
    counted_by = counter(reading, index, found)
    if not case.names_party(reading, counted_by, item.source):
        yield Finding(item=item.id, check="speaker", reason="somebody else counted")
    yield from figures(case, item)
    by, status = reading.reader.doer(index, found, counted_by)
    if not case.names_party(reading, by, item.by) or status != item.by_status:
        yield Finding(item=item.id, check="by", reason="somebody else did it")


def _absent(item: Casualties, reading: Reading, index: int) -> Finding | None:
    """Return a finding on the first words of a row that its sentence does not have."""
    text, sentence = reading.article.text, reading.article.sentences[index].span
    for label, words in (
        ("count", item.count_text),
        ("who", item.who_text),
        ("place", item.place),
        ("event", item.event),
    ):
        if words is not None and locate(words, text, sentence) is None:
            return refused(item.id, label, verdicts.judge(words, sentence.of(text)))
    return None


def _misread(case: Case, item: Casualties, found: Harm) -> Iterator[Finding]:
    """Compare the number, the kind and the scope of a row with what its words mean."""
    count = None if item.none_reported else found.count
    meant = (
        (count.value, count.comparator, count.low, count.high, count.vague)
        if count is not None
        else (None, None, None, None, False)
    )
    if meant != (item.value, item.comparator, item.low, item.high, item.vague):
        reason = f"the words do not mean {item.value or item.low}"
        yield Finding(item=item.id, check="count", reason=reason)
    if found.kind != item.kind:
        reason = f"the sentence says {found.kind}, not {item.kind}"
        yield Finding(item=item.id, check="kind", reason=reason)
    scopes = {found.scope, scope_of_whole(case, item)}
    if item.scope not in scopes or found.none_reported != item.none_reported:
        yield Finding(item=item.id, check="scope", reason="the scope is another")


def scope_of_whole(case: Case, item: Casualties) -> Scope | None:
    """Return the scope of the row that a part belongs to: the ledger hands it down."""
    rows = case.briefing.casualties
    return next((row.scope for row in rows if row.id == item.part_of), None)


def figures(case: Case, item: Casualties) -> Iterator[Finding]:
    """Check the figures that a row replaces: told, read right, and replaced."""
    for figure in item.supersedes:
        yield from case.party(item.id, figure.source)
        told = " ".join(e.exact for e in figure.evidence)
        count = counts.read(figure.count_text)
        meant = count and (
            count.value, count.comparator, count.low, count.high, count.vague
        )  # fmt: skip
        said = (
            figure.value, figure.comparator, figure.low, figure.high, figure.vague
        )  # fmt: skip
        if locate(figure.count_text, told) is None or meant != said:
            reason = f"no cited sentence gives {figure.count_text!r} as earlier"
            yield Finding(item=item.id, check="superseded", reason=reason)
    if all(is_older(case, figure, item) for figure in item.supersedes):
        return
    told_again = any(r.reader.revised(i) is not None for r, i in case.sentences(item))
    if item.supersedes and not told_again:
        reason = "no cited sentence replaces a figure"
        yield Finding(item=item.id, check="superseded", reason=reason)


def is_older(case: Case, figure: Figure, item: Casualties) -> bool:
    """Tell whether only articles of earlier days than the item's gave a figure."""
    before = [case.by_id[e.source].published for e in figure.evidence]
    after = [case.by_id[e.source].published for e in item.evidence]
    days, later = list(filter(None, before)), list(filter(None, after))
    known = len(days) == len(before) and len(later) == len(after)
    return known and max(days) < min(later)
