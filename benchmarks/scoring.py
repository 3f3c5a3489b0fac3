"""Score the journals: the sections as `summarizer eval` does, and the proof of all."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import found, mapping
from benchmarks.found import Found
from benchmarks.journals import Line
from schemas.briefing import Briefing, Item
from summarizer.evaluation import sections
from summarizer.evaluation.figures import MEASURES, Mean, Measure
from summarizer.evaluation.gold import Document
from summarizer.evaluation.tally import Tally
from summarizer.proof import verdicts
from summarizer.verification import verify, verify_quotes

_OURS_ONLY = frozenset({"everything shown", "documents", "cost"})

ROWS: tuple[Measure, ...] = (
    *(m for m in MEASURES if m.section not in _OURS_ONLY),
    Measure("everything shown", "verbatim", "verbatim", "shown"),
    Measure("everything shown", "not borne out by the source", "refused", "shown", "down"),
    Measure("everything shown", "refused speakers, right by the gold", "doubted_right", "doubted", "down"),
    Measure("documents", "failed", "failed", "asked", "down"),
    Measure("documents", "partly lost", "partial", "asked", "down"),
    Mean("cost", "seconds a document", "milliseconds", "asked", "down", 1_000),
    Mean("cost", "calls a document", "calls", "asked", "down"),
    Mean("cost", "prompt tokens a document", "prompt_tokens", "asked", "down"),
    Mean("cost", "cached of them", "cached_tokens", "asked"),
    Mean("cost", "output tokens a document", "completion_tokens", "asked", "down"),
)  # fmt: skip
"""What the table shows: the measures of `summarizer eval`, and four of the bench."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that the checks of `summarizer verify` refuse.

    Attributes:
        words: Its quote.
        reason: What does not hold.
        is_right: What the gold says of a refused speaker; None where it says nothing.
    """

    words: str
    reason: str
    is_right: bool | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a contestant shows of one document, as the scorer and `verify` take it.

    Attributes:
        briefing: For the scorer.
        quotes: The words of each item, for the verbatim rate.
        refused: Items that are not borne out.
        partial: Whether part of the document was lost on the way.
    """

    briefing: Briefing
    quotes: tuple[str, ...]
    refused: tuple[Refused, ...]
    partial: bool


Reader = Callable[[Document, object], Shown]


def ours(_: Document, output: object) -> Shown:
    """Read a briefing of this project; all its fields are checked."""
    made = Briefing.model_validate(output)
    items: tuple[Item, ...] = (
        *made.actors, *made.requests, *made.positions, *made.casualties,
        *made.open_questions,
    )  # fmt: skip
    quotes = {item.id: item.evidence[0].exact for item in items}
    reasons = {f.item: f.reason for f in reversed(verify(made).findings)}
    refused = tuple(
        Refused(quotes[item], reason)
        for item, reason in reasons.items()
        if item in quotes
    )
    return Shown(made, tuple(quotes.values()), refused, not made.complete)


def instructor(document: Document, output: object) -> Shown:
    """Read what instructor returned."""
    return _rival(found.of_instructor(output), document, partial=False)


def langextract(document: Document, output: object) -> Shown:
    """Read what LangExtract returned."""
    partial = found.omitted(output) > 0
    return _rival(found.of_langextract(output), document, partial=partial)


READERS: Mapping[str, Reader] = {
    "ours": ours,
    "instructor": instructor,
    "langextract": langextract,
}


def tally(document: Document, line: Line, reader: Reader) -> Tally:
    """Count what one contestant did with one document.

    A document that failed shows nothing: what the gold has is missed, its totals are
    wrong, and that nothing was invented in it is no merit.
    """
    spent = line.spent
    costs = Counter(
        asked=1,
        failed=int(line.error is not None),
        milliseconds=round(1_000 * line.seconds),
        calls=spent.calls,
        prompt_tokens=spent.prompt_tokens,
        cached_tokens=spent.cached_tokens,
        completion_tokens=spent.completion_tokens,
    )
    if line.error is not None:
        return Tally(Counter({**_missed(document), **costs}))
    shown = reader(document, line.output)
    scored = sections.score(document, shown.briefing)
    judged = [r.is_right for r in shown.refused if r.is_right is not None]
    proof = Counter(
        shown=len(shown.quotes),
        verbatim=sum(_is_verbatim(q, document.text) for q in shown.quotes),
        refused=len(shown.refused),
        doubted=len(judged),
        doubted_right=sum(judged),
        partial=int(shown.partial),
    )
    return Tally(Counter({**scored.counts, **proof, **costs}), scored.mistakes)


def _rival(items: Sequence[Found], document: Document, *, partial: bool) -> Shown:
    return Shown(
        mapping.briefing(items, document.text),
        tuple(item.quote for item in items),
        tuple(_refused(items, document)),
        partial,
    )


def _refused(items: Sequence[Found], document: Document) -> Iterator[Refused]:
    """List what `summarizer verify` refuses in a plain list; each item once."""
    told = verify_quotes(mapping.quotes(items), document.text).findings
    for number, finding in {f.item: f for f in reversed(told)}.items():
        item = items[int(number) - 1]
        right = _is_said_by(item, document) if finding.check == "speaker" else None
        yield Refused(item.quote, finding.reason, right)


def _is_said_by(item: Found, document: Document) -> bool | None:
    """Ask the gold whether a position is its holder's; None where it cannot tell."""
    alone = mapping.briefing((item,), document.text)
    counts = sections.score(document, alone).counts
    return bool(counts["speakers_right"]) if counts["speakers"] else None


def _is_verbatim(quote: str, text: str) -> bool:
    return verdicts.judge(quote, text).accepted


def _missed(document: Document) -> dict[str, int]:
    """Score nothing at all, and leave out what nothing is right about."""
    counts = sections.score(document, mapping.briefing((), document.text)).counts
    return {
        name: 0 if name.startswith("totals_") else value
        for name, value in counts.items()
        if not name.startswith("nothing")
    }
