"""Whether the sources are the ones that the briefing was made from, and what it cites of them."""

from collections.abc import Iterable, Iterator

from schemas.briefing import Item
from schemas.evidence import Evidence
from summarizer.assembly.several import copies
from summarizer.proof import verdicts
from summarizer.reports import Finding
from summarizer.text.typography import flat
from summarizer.verification.case import Case
from summarizer.verification.findings import is_capital_only, refused, sha256


def sources(case: Case) -> Iterator[Finding]:
    """Check that each text is the one that the briefing was made from."""
    for source in case.briefing.sources:
        if sha256(case.texts[source.id]) != source.text_sha256:
            reason = "the text is not the one that the briefing was made from"
            yield Finding(item=source.id, check="source", reason=reason)


def copies_of(case: Case) -> Iterator[Finding]:
    """Look again which sources repeat another."""
    sources = case.briefing.sources
    if len(sources) == 1 and not case.copy_of:
        return
    found = copies.find([case.reading(s.id).article for s in sources])
    for source in sources:
        if source.copy_of != found.get(source.id):
            said = source.copy_of or "no other source"
            reason = f"its text does not show that it repeats {said}"
            yield Finding(item=source.id, check="copy", reason=reason)


def ids(items: Iterable[Item]) -> Iterator[Finding]:
    """Check that no two items share an id."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            yield Finding(item=item.id, check="id", reason="two items have this id")
        seen.add(item.id)


def evidence(case: Case, item: str, evidence: Evidence) -> Iterator[Finding]:
    """Check that the source has a piece of evidence, where it says."""
    text = case.texts.get(evidence.source)
    if text is None:
        reason = f"there is no source {evidence.source!r}"
        yield Finding(item=item, check="source", reason=reason)
        return
    place = evidence.span
    here = text[evidence.start : evidence.end]
    if here != evidence.exact and flat(here).rstrip(".") != flat(evidence.exact).rstrip(
        "."
    ):
        others = {k: v for k, v in case.texts.items() if k != evidence.source}
        verdict = verdicts.judge(evidence.exact, text, others=others, near=place)
        if verdict.span is None:
            yield refused(item, "quote", verdict)
            return
        if not is_capital_only(here, evidence.exact):
            reason = f"the words stand at {verdict.span.start}, not {evidence.start}"
            yield Finding(item=item, check="offsets", reason=reason)
            return
    for span, why in case.left_out.get(evidence.source, ()):
        if place.overlaps(span):
            reason = f"the words stand in excluded text ({why})"
            yield Finding(item=item, check="excluded", reason=reason)
