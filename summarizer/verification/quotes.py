"""Quotes of other tools against one source."""

from collections.abc import Iterator, Sequence

from schemas.evidence import Frozen, Span
from schemas.terms import Check
from summarizer.proof import verdicts
from summarizer.reading.english.names.party_names import same
from summarizer.reading.listed import unchecked
from summarizer.reading.reading import Reading, read
from summarizer.reports import Finding, Report, Unchecked
from summarizer.sources import make_article
from summarizer.verification.findings import refused


class Quote(Frozen):
    """A quote of some other tool, with what that tool says of it."""

    quote: str
    speaker: str | None = None
    count: int | str | None = None
    start: int | None = None
    """Offset that the tool gives; None when it gives none."""


def verify_quotes(quotes: Sequence[Quote], text: str) -> Report:
    """Check quotes of another tool against one source.

    A speaker must be the one to whom the source ascribes the words; a count must be
    a number that the quote states.
    """
    reading = read(make_article(text))
    findings: list[Finding] = []
    not_checked: list[Unchecked] = []
    missing = missing_checks(reading)
    for number, one in enumerate(quotes, start=1):
        findings += quote_findings(str(number), one, text, reading)
        wanted: dict[Check, bool] = {
            "speakers": bool(one.speaker),
            "numbers": one.count is not None,
        }
        checks = tuple(c for c, asked in wanted.items() if asked and c in missing)
        if checks:
            not_checked.append(Unchecked(item=str(number), checks=checks))
    return Report(
        checked=len(quotes), findings=tuple(findings), not_checked=tuple(not_checked)
    )


def quote_findings(
    name: str, one: Quote, text: str, reading: Reading
) -> Iterator[Finding]:
    """Check one quote: its words, its speaker, its number."""
    near = None
    if one.start is not None and 0 <= one.start < len(text):
        near = Span(start=one.start, end=one.start + 1)
    verdict = verdicts.judge(one.quote, text, near=near, lexicon=reading.lexicon)
    if verdict.span is None:
        yield refused(name, "quote", verdict)
        return
    missing = missing_checks(reading)
    speaker = None if "speakers" in missing else one.speaker
    if speaker and not says(reading, verdict.span, speaker):
        reason = f"the source does not ascribe these words to {speaker!r}"
        yield Finding(item=name, check="speaker", reason=reason)
    count = None if "numbers" in missing else one.count
    if count is not None and not states_count(reading, one.quote, count):
        reason = f"the quote does not state the number {one.count!r}"
        yield Finding(item=name, check="count", reason=reason)


def says(reading: Reading, place: Span, speaker: str) -> bool:
    """Tell whether the form of a sentence ascribes words to a speaker."""
    text = reading.article.text
    for index in reading.article.touched(place):
        for said in reading.said_in(index):
            if said.speaker is None or not said.content.overlaps(place):
                continue
            known = reading.directory.known(said.speaker.core.of(text), said.speaker)
            if any(same(n, speaker) for n in (known.name, *known.aliases)):
                return True
    return False


def states_count(reading: Reading, quote: str, count: float | str) -> bool:
    """Tell whether a quote states a number."""
    wanted = reading.reader.count(str(count))
    if wanted is None:
        return False
    spans = reading.reader.count_spans(quote)
    stated = [c for s in spans if (c := reading.reader.count(s.of(quote)))]
    return any(
        c.value == wanted.value and (c.low == wanted.low or str(count).isdigit())
        for c in stated
    )


def missing_checks(reading: Reading) -> frozenset[Check]:
    """List what is not checked in a source."""
    found = unchecked.of(reading.article, reading.lexicon)
    return frozenset(found.checks) if found is not None else frozenset()
