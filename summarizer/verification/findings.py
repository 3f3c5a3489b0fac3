"""What a check reports, and how words are compared."""

import hashlib
from collections.abc import Iterator

from schemas.briefing import Casualties, Item, Position
from schemas.evidence import Evidence
from summarizer.proof import verdicts
from summarizer.reading.values import Refusal
from summarizer.reports import Finding
from summarizer.text.typography import flat


def refused(item: str, check: str, verdict: verdicts.Verdict) -> Finding:
    """Report words that are not the source's."""
    what = f" ({', '.join(verdict.differences)})" if verdict.differences else ""
    return Finding(
        item=item,
        check=check,
        reason=f"{verdict.name.replace('_', ' ')}{what}",
        verdict=verdict.name,
        differences=verdict.differences,
        diff=verdict.diff,
    )


def of_refusal(item: str, refusal: Refusal) -> Finding:
    """Report a check that failed."""
    return Finding(item=item, check=refusal.check, reason=refusal.reason)


def equal(one: str, two: str) -> bool:
    """Compare words, typography aside."""
    first, second = flat(one).rstrip("."), flat(two).rstrip(".")
    return first == second or is_capital_only(first, second)


def is_capital_only(one: str, two: str) -> bool:
    """Tell whether two texts differ in typography and an initial capital only."""
    first, second = flat(one).rstrip("."), flat(two).rstrip(".")
    return first[1:] == second[1:] and first[:1].lower() == second[:1].lower()


def sha256(text: str) -> str:
    """Hash a text as a briefing does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cited(item: Item) -> Iterator[Evidence]:
    """List all evidence of an item, that of its parts included."""
    yield from item.evidence
    if isinstance(item, Position) and item.speech is not None:
        yield from (evidence for _, evidence in item.speech)
    if isinstance(item, Casualties):
        for figure in item.supersedes:
            yield from figure.evidence
