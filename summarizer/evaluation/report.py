"""The report of an evaluation: figures, mistakes, and two reports compared."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from pydantic import ValidationError

from schemas.evidence import Frozen
from summarizer.errors import InputError
from summarizer.evaluation import figures, sections
from summarizer.evaluation.figures import Figure
from summarizer.evaluation.gold import Document
from summarizer.evaluation.journal import Entry, Journal, Made
from summarizer.evaluation.tally import Mistake, Tally
from summarizer.sources.files import read_text


class Error(Frozen):
    """One mistake, beside the words of the document that it is about."""

    document: str
    section: str
    wrong: str
    shown: str
    gold: str
    sentence: str


class Part(Frozen):
    """What one section of a set holds, by who reads: found, right, wrong."""

    set: str
    section: str
    readers: str
    """both, no model, no forms."""

    gold: int
    found: int
    """Gold items that are among those shown."""

    shown: int
    wrong: int
    """Shown items that are none of the gold, where all of it is annotated."""


class Scored(Frozen):
    """The counts of one document, so that two reports can be compared in pairs."""

    id: str
    set: str
    counts: dict[str, int]
    error: str | None = None


class Evaluation(Frozen):
    """How good a model's briefings are, measured on gold sets."""

    made: Made
    figures: tuple[Figure, ...]
    documents: tuple[Scored, ...]
    errors: tuple[Error, ...]
    unanswered: int = 0
    """Questions of a replay for which no answer was kept."""

    ablation: tuple[Part, ...] = ()
    """What each reader adds; empty for a run in which one was switched off."""


class Change(Frozen):
    """One figure of two reports, over the documents that both have."""

    set: str
    section: str
    name: str
    old: float
    new: float
    low: float
    """Lower end of the 95 % interval of the difference."""

    high: float
    documents: int
    aim: str

    @property
    def is_clear(self) -> bool:
        """Tell whether the interval of the difference leaves out zero."""
        return self.low > 0 or self.high < 0


def make(
    documents: Sequence[Document], journal: Journal, *, unanswered: int = 0
) -> Evaluation:
    """Score a run.

    Args:
        documents: Gold documents, in order.
        journal: An entry for each of them.
        unanswered: Questions of a replay without a kept answer.
    """
    entries = {e.id: e for e in journal.entries}
    tallies = [(d, _tally(d, entries[d.id])) for d in documents if d.id in entries]
    return Evaluation(
        made=journal.made,
        figures=_figures(tallies),
        documents=tuple(
            Scored(id=d.id, set=d.set, counts=dict(t.counts), error=entries[d.id].error)
            for d, t in tallies
        ),
        errors=tuple(_error(m) for _, t in tallies for m in t.mistakes),
        unanswered=unanswered,
    )


def read(path: str) -> Evaluation:
    """Read a report that was saved as JSON.

    Raises:
        InputError: It is none.
    """
    try:
        return Evaluation.model_validate_json(read_text(path))
    except ValidationError as exc:
        msg = f"{path!r} is no report of an evaluation"
        raise InputError(msg) from exc


def compare(old: Evaluation, new: Evaluation) -> tuple[Change, ...]:
    """Compare two reports, figure by figure, on the documents that both have.

    The interval is that of the difference on the same documents: both runs are drawn
    together (paired bootstrap), so that the difficulty of a document cancels out.
    """
    before = {d.id: d for d in old.documents}
    pairs = [(before[d.id], d) for d in new.documents if d.id in before]
    found: list[Change] = []
    for name, group in groupby(
        sorted(pairs, key=lambda p: p[1].set), lambda p: p[1].set
    ):
        found += _changes(name, list(group))
    return tuple(found)


def _changes(name: str, pairs: Sequence[tuple[Scored, Scored]]) -> list[Change]:
    draws = figures.paired([(o.counts, n.counts) for o, n in pairs])
    first = figures.summed([o.counts for o, _ in pairs])
    second = figures.summed([n.counts for _, n in pairs])
    found: list[Change] = []
    for measure in figures.MEASURES:
        one, two = measure.value(first), measure.value(second)
        if one is None or two is None:
            continue
        low, high = figures.interval_of_difference(measure, draws)
        found.append(
            Change(
                set=name,
                section=measure.section,
                name=measure.name,
                old=round(one, 4),
                new=round(two, 4),
                low=round(low, 4),
                high=round(high, 4),
                documents=len(pairs),
                aim=measure.aim,
            )
        )
    return found


def _tally(document: Document, entry: Entry) -> Tally:
    costs = Counter(
        asked=1,
        failed=int(entry.briefing is None),
        incomplete=int(entry.briefing is not None and not entry.briefing.complete),
        milliseconds=entry.milliseconds,
        calls=entry.calls,
        prompt_tokens=entry.prompt_tokens,
        cached_tokens=entry.cached_tokens,
        completion_tokens=entry.completion_tokens,
    )
    if entry.briefing is None:
        return Tally(costs)
    scored = sections.score(document, entry.briefing)
    return Tally(Counter({**scored.counts, **costs}), scored.mistakes)


def _figures(tallies: Sequence[tuple[Document, Tally]]) -> tuple[Figure, ...]:
    by_set: dict[str, list[Tally]] = {}
    for document, tally in tallies:
        by_set.setdefault(document.set, []).append(tally)
    return tuple(f for name, of in by_set.items() for f in figures.figures(name, of))


def _error(one: Mistake) -> Error:
    return Error(
        document=one.document,
        section=one.section,
        wrong=one.wrong,
        shown=one.shown,
        gold=one.gold,
        sentence=" ".join(one.sentence.split())[:_LONGEST],
    )


_LONGEST = 600
"""Characters of a sentence in a report; totals cite a whole document."""
