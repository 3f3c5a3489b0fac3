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
    Uncovered,
    Withheld,
)
from schemas.draft import Blind, Drafted
from schemas.evidence import Span, cite
from summarizer import prompting
from summarizer.assembly import bottom_line, own
from summarizer.assembly.assemble import OwnDrafts, assemble
from summarizer.assembly.assembled import Assembled
from summarizer.assembly.questions import uncovered
from summarizer.ports import Endpoint
from summarizer.proof.claims import Items
from summarizer.reading.listed import unchecked
from summarizer.reading.reading import Reading
from summarizer.run import Run


@dataclass(frozen=True, slots=True)
class Drafts:
    """What the model drafted, and the lines that it wrote for the whole."""

    drafted: list[Drafted]
    lines: tuple[str, ...] = ()
    answers: Mapping[Drafted, Blind] = field(default_factory=dict)
    own: tuple[OwnDrafts, ...] = ()


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
    ).only(run.plan.wants)
    lines = drafts.lines
    articles = [r.article for r in readings]
    items: Items = (
        *made.requests,
        *made.positions,
        *made.casualties,
        *made.developments,
    )
    # A line written about one passage of several would speak for the whole.
    drafted = lines[0] if len(lines) == 1 else ""
    line = bottom_line.of(drafted, items, made.open_questions, made.actors)
    if run.plan.only == frozenset() and made.own_made:
        line = replace(line, text=own.summary(made.sections), rests_on=())
    holes = run.holes(articles)
    by_id = {a.id: a for a in articles}
    shown = made.citing(lambda e: by_id[e.source].original(e))
    return Briefing(
        sources=tuple(
            a.as_source().model_copy(update={"copy_of": made.copy_of.get(a.id)})
            for a in articles
        ),
        excluded=tuple(e for a in articles for e in a.excluded),
        flagged=tuple(f for a in articles for f in a.flagged),
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
        withheld=_by_section(
            tuple(w for w in (*made.withheld, *run.unread) if run.plan.wants(w.section))
        ),
        provenance=_provenance(endpoint, run),
    )


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


def _by_section(withheld: tuple[Withheld, ...]) -> tuple[Withheld, ...]:
    order = (
        "requests", "positions", "casualties", "developments", "actors",
        "open_questions",
    )  # fmt: skip
    return tuple(sorted(withheld, key=lambda w: order.index(w.section)))


def _coverage(
    readings: tuple[Reading, ...], made: Assembled, run: Run, holes: tuple[Hole, ...]
) -> Coverage:
    cited = total = unread = 0
    missed: list[Uncovered] = []
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
    failed_in = run.failed_spans()
    for reading in readings:
        article = reading.article
        total += len(article.sentences)
        spans = cited_in.get(article.id, [])
        cited += len({i for span in spans for i in article.touched(span)})
        failed = failed_in.get(article.id, [])
        unread += len({i for span in failed for i in article.touched(span)})
        for index, section in uncovered.find(reading, [*spans, *failed]):
            if not run.plan.wants(section):
                continue
            evidence = cite(article.id, article.text, article.sentences[index].span)
            place = article.original(evidence)
            missed.append(
                Uncovered(
                    source=article.id,
                    start=place.start,
                    end=place.end,
                    exact=place.exact,
                    section=section,
                )
            )
    return Coverage(
        sentences=total,
        sentences_read=total - unread,
        sentences_cited=cited,
        passages_failed=holes,
        not_covered=tuple(missed),
    )
