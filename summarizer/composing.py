"""The briefing, from what was read, asked and checked: items, coverage, provenance."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from schemas.briefing import (
    Briefing,
    Casualties,
    Coverage,
    Hole,
    NotChecked,
    OwnSection,
    Provenance,
    Source,
    Uncovered,
)
from schemas.draft import Blind, Drafted
from schemas.evidence import Span, cite
from schemas.terms import Section
from summarizer import prompting
from summarizer.assembly import bottom_line, own
from summarizer.assembly.assemble import OwnDrafts, assemble
from summarizer.assembly.assembled import Assembled
from summarizer.assembly.bottom_line import Line
from summarizer.assembly.questions import uncovered
from summarizer.ports import Endpoint
from summarizer.proof.claims import Items
from summarizer.proof.judging import Verdicts
from summarizer.reading.listed import unchecked
from summarizer.reading.reading import Reading
from summarizer.run import Run
from summarizer.sources import Article


@dataclass(frozen=True, slots=True)
class Drafts:
    """What the model drafted, the lines that it wrote for the whole, and the verdicts."""

    drafted: list[Drafted]
    lines: tuple[str, ...] = ()
    answers: Mapping[Drafted, Blind] = field(default_factory=dict)
    own: tuple[OwnDrafts, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)


def briefing(
    readings: tuple[Reading, ...],
    endpoint: Endpoint,
    run: Run,
    drafts: Drafts,
    *,
    forms: bool,
) -> Briefing:
    """Assemble the items of all readings, and say what they rest on."""
    made = assemble(
        readings,
        drafts.drafted,
        forms=forms,
        answers=drafts.answers,
        asked=drafts.own,
        verdicts=drafts.verdicts,
    ).only(run.plan.wants)
    articles = {r.article.id: r.article for r in readings}
    line = _line(made, drafts.lines, is_own=run.plan.only == frozenset())
    holes = run.holes(list(articles.values()))
    shown = made.citing(lambda e: articles[e.source].original(e))
    unread = [w for w in (*made.withheld, *run.unread) if run.plan.wants(w.section)]
    return Briefing(
        sources=_sources(readings, made),
        excluded=tuple(e for a in articles.values() for e in a.excluded),
        flagged=tuple(f for a in articles.values() for f in a.flagged),
        bottom_line=line.text,
        rests_on=line.rests_on,
        actors=shown.actors,
        requests=shown.requests,
        positions=shown.positions,
        casualties=shown.casualties,
        developments=shown.developments,
        open_questions=shown.open_questions,
        sections=tuple(_with_unread(one, run) for one in shown.sections),
        coverage=_coverage(readings, made, run, holes),
        complete=not holes,
        not_checked=_not_checked(readings),
        withheld=tuple(sorted(unread, key=lambda w: _ORDER.index(w.section))),
        provenance=_provenance(endpoint, run),
    )


def _sources(readings: tuple[Reading, ...], made: Assembled) -> tuple[Source, ...]:
    """Describe the articles; of a copy it is said of which."""
    return tuple(
        r.article.as_source().model_copy(
            update={"copy_of": made.copy_of.get(r.article.id)}
        )
        for r in readings
    )


def _line(made: Assembled, lines: tuple[str, ...], *, is_own: bool) -> Line:
    """Give the bottom line: the model's, as far as items bear it out, or ours.

    Args:
        made: The items.
        lines: What the model wrote for each passage.
        is_own: Whether only sections of the user's own are wanted.
    """
    # A line written about one passage of several would speak for the whole.
    drafted = lines[0] if len(lines) == 1 else ""
    items: Items = (
        *made.requests,
        *made.positions,
        *made.casualties,
        *made.developments,
    )
    line = bottom_line.of(drafted, items, made.open_questions, made.actors)
    if is_own and made.own_made:
        return replace(line, text=own.summary(made.sections), rests_on=())
    return line


def _with_unread(section: OwnSection, run: Run) -> OwnSection:
    """Add what answers held in the place of items."""
    unread = run.own_unread.get(section.definition.name, ())
    return section.model_copy(update={"withheld": (*section.withheld, *unread)})


def _provenance(endpoint: Endpoint, run: Run) -> Provenance:
    return Provenance(
        model=endpoint.model,
        endpoint=endpoint.host,
        strategy=endpoint.strategy,
        prompt_sha256=prompting.fingerprint(endpoint.strategy, run.plan.sections),
        calls=run.usage.calls,
        prompt_tokens=run.usage.prompt_tokens,
        cached_tokens=run.usage.cached_tokens,
        completion_tokens=run.usage.completion_tokens,
        reasoning_tokens=run.usage.reasoning_tokens,
        cached_replies=run.usage.kept_replies,
        seconds=round(run.seconds(), 1),
        cost=0.0 if endpoint.is_embedded else None,
    )


def _not_checked(readings: tuple[Reading, ...]) -> tuple[NotChecked, ...]:
    found = (unchecked.of(r.article, r.lexicon) for r in readings)
    return tuple(one for one in found if one is not None)


_ORDER = (
    "requests", "positions", "casualties", "developments", "actors", "open_questions",
)  # fmt: skip
"""The order in which withheld drafts are listed."""


def _coverage(
    readings: tuple[Reading, ...], made: Assembled, run: Run, holes: tuple[Hole, ...]
) -> Coverage:
    """Count what was read and what items cite; list what may have been missed."""
    total = sum(len(r.article.sentences) for r in readings)
    cited, failed = _cited_in(made), run.failed_spans()
    return Coverage(
        sentences=total,
        sentences_read=total - sum(_touched(r.article, failed) for r in readings),
        sentences_cited=sum(_touched(r.article, cited) for r in readings),
        passages_failed=holes,
        not_covered=tuple(
            _uncovered(reading.article, index, section)
            for reading in readings
            for index, section in uncovered.find(
                reading, [*_in(reading.article, cited), *_in(reading.article, failed)]
            )
            if run.plan.wants(section)
        ),
    )


Places = Mapping[str, list[Span]]
"""Stretches of articles, by the id of the source."""


def _in(article: Article, places: Places) -> list[Span]:
    return places.get(article.id, [])


def _touched(article: Article, places: Places) -> int:
    """Count the sentences of an article that some stretches touch."""
    return len({i for span in _in(article, places) for i in article.touched(span)})


def _cited_in(made: Assembled) -> dict[str, list[Span]]:
    """List what items cite; what only a form takes for news is no reading of it."""
    items = (
        *made.requests,
        *made.positions,
        *made.casualties,
        *(d for d in made.developments if d.found_by != "form"),
        *made.open_questions,
        *(item for one in made.sections for item in one.items),
    )
    cited_in: dict[str, list[Span]] = {}
    for item in items:
        replaced = item.supersedes if isinstance(item, Casualties) else ()
        for e in (*item.evidence, *(e for old in replaced for e in old.evidence)):
            cited_in.setdefault(e.source, []).append(e.span)
    return cited_in


def _uncovered(article: Article, index: int, section: Section) -> Uncovered:
    """Cite a sentence that reads as if it held an item, and yielded none."""
    words = cite(article.id, article.text, article.sentences[index].span)
    place = article.original(words)
    return Uncovered(
        source=article.id,
        start=place.start,
        end=place.end,
        exact=place.exact,
        section=section,
    )
