"""A saved briefing: every item, and the bottom line."""

from collections.abc import Iterable, Iterator, Mapping

from schemas.briefing import Actor, Briefing, Casualties, Item, OpenQuestion, Source
from summarizer.assembly import assembled, bottom_line
from summarizer.assembly.own import summary
from summarizer.proof import claims
from summarizer.proof.wording import foreign
from summarizer.reading.listed import unchecked
from summarizer.reading.values import ASKED_AGAIN, Refusal
from summarizer.reports import Finding, Report, Unchecked
from summarizer.text.typography import flat
from summarizer.verification import comparing, origins, own
from summarizer.verification.actors import actor
from summarizer.verification.agreement import corroborated
from summarizer.verification.case import Case
from summarizer.verification.figures import superseded
from summarizer.verification.findings import cited, of_refusal, sha256
from summarizer.verification.origins import evidence
from summarizer.verification.quotes import missing_checks


def item_findings(case: Case, item: Item) -> list[Finding]:
    """Check one item: its evidence first, then what it says."""
    findings = [f for e in cited(item) for f in evidence(case, item.id, e)]
    if findings:
        return findings
    findings = [f for p in assembled.parties([item]) for f in case.party(item.id, p)]
    findings += corroborated(case, item)
    if isinstance(item, Actor):
        findings += actor(case, item)
    elif isinstance(item, OpenQuestion):
        findings += question(case, item)
    else:
        findings += comparing.item(case, item)
    if isinstance(item, Casualties):
        findings += superseded(case, item)
    return findings


def unchecked_of(case: Case, items: Iterable[Item]) -> Iterator[Unchecked]:
    """List what of each item could not be checked, for want of a list."""
    for item in items:
        missing = frozenset(
            check
            for evidence in item.evidence
            if evidence.source in case.texts
            for check in missing_checks(case.reading(evidence.source))
        )
        if checks := unchecked.of_item(item, missing):
            yield Unchecked(item=item.id, checks=checks)


def line(case: Case) -> Iterator[Finding]:
    """Check the bottom line: composed of the items, or resting on them."""
    briefing = case.briefing
    items = case.facts
    known = {i.id for i in (*items, *briefing.open_questions)}
    if missing := set(briefing.rests_on) - known:
        reason = f"there is no item {min(missing)!r} for it to rest on"
        yield Finding(item="bottom_line", check="rests_on", reason=reason)
    if briefing.sections and briefing.bottom_line == summary(briefing.sections):
        return
    composed = bottom_line.compose(items, briefing.open_questions)
    told = flat(briefing.bottom_line).casefold()  # a capital may vary in the items
    if told in {
        flat(t).casefold() for t in (composed.text, bottom_line.NOTHING_OF_OLD)
    }:
        return
    line = briefing.bottom_line
    for part in bottom_line.silent(briefing.open_questions):
        line = line.replace(part, "")
    rests = claims.check(line, items, briefing.actors)
    if isinstance(rests, Refusal):
        yield of_refusal("bottom_line", rests)


def question(case: Case, item: OpenQuestion) -> Iterator[Finding]:
    """Check that a question speaks of what its sentences raise only."""
    about = [i for i in case.facts if i.id == item.about]
    if item.about is not None and not about:
        reason = f"there is no item {item.about!r}"
        yield Finding(item=item.id, check="about", reason=reason)
    passage = " ".join([case.passage(item), *(case.passage(i) for i in about)])
    names = [p.name for p in assembled.parties([*about, item])]
    if strange := foreign(item.question, f"{passage} {' '.join(names)}"):
        reason = f"{strange[0]!r} is not in the sentences that raise it"
        yield Finding(item=item.id, check="wording", reason=reason)


def verify(briefing: Briefing, sources: Mapping[str, str] | None = None) -> Report:
    """Check every item of *briefing* against its sources.

    Args:
        briefing: What to check.
        sources: Texts by source id that replace those stored in the briefing; each
            must be the text that the briefing was made from.

    Returns:
        One finding for each thing that fails; none when all holds.
    """
    case = Case(briefing, dict(sources or {}))
    built_in = (*briefing.actors, *case.facts, *briefing.open_questions)
    mine = (item for one in briefing.sections for item in one.items)
    items: tuple[Item, ...] = (*built_in, *mine)
    findings = tuple(_findings(case, built_in, items))
    failed = {f.item for f in findings}
    return Report(
        checked=len(items) + 1,
        findings=findings,
        not_checked=tuple(unchecked_of(case, items)),
        unconfirmed=tuple(
            i.id
            for i in items
            if i.id not in failed
            and (i.verdict == "unconfirmed" or ASKED_AGAIN in i.reasons)
        ),
    )


def _findings(
    case: Case, built_in: Iterable[Item], items: Iterable[Item]
) -> Iterator[Finding]:
    """Check sources, ids, items, the sections of the user's own and the bottom line."""
    yield from origins.sources(case)
    yield from origins.copies_of(case)
    yield from origins.ids(items)
    for item in built_in:
        yield from item_findings(case, item)
    for one in case.briefing.sections:
        yield from own.section(case, one)
    yield from line(case)


def source_of(briefing: Briefing, text: str) -> Source | None:
    """Find the source of *briefing* that *text* is, by its hash; None if it is none."""
    digest = sha256(text)
    return next((s for s in briefing.sources if s.text_sha256 == digest), None)
