"""The order of the steps, nothing else: read, ask, check, assemble.

The steps are one generator that yields batches of questions and takes their outcomes,
so that the sync and the async way are the same way.
"""

import asyncio
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, cast

from schemas.briefing import (
    Briefing,
    Casualties,
    Coverage,
    Hole,
    NotChecked,
    Provenance,
    Uncovered,
    Withheld,
)
from schemas.draft import Blind, BlindAnswer, Drafted, UnreadDraft, WholeAnswer
from schemas.evidence import Frozen, Span, cite
from summarizer import prompting
from summarizer.assembly import bottom_line
from summarizer.assembly.assemble import Assembled, assemble
from summarizer.assembly.questions import uncovered
from summarizer.errors import (
    AccessError,
    EndpointError,
    InputError,
    InterruptedRunError,
    ModelError,
    TooLongError,
)
from summarizer.ports import (
    Ask,
    AsyncCompleter,
    Completer,
    Endpoint,
    Progress,
    Reply,
    Usage,
    silent,
)
from summarizer.prompting import focused, repair, second, whole
from summarizer.proof.claims import Items
from summarizer.reading.listed import unchecked
from summarizer.reading.reading import Reading, read
from summarizer.settings import Settings
from summarizer.sources import Article, Metadata, make_article

BREAKER = 2
"""Questions in a row that a server fails, tries and all, before the rest is not asked:
each failure may have taken a minute of waiting."""


@dataclass(frozen=True, slots=True)
class NoModel:
    """Stands for the model of a briefing that was made without one."""

    model: str = "none"
    host: str = ""
    strategy: Literal["focused", "whole"] = "focused"
    passage_tokens: int = 0
    output_tokens: int = 0
    is_embedded: bool = True

    def count_tokens(self, text: str) -> int:
        """Count nothing: nobody is asked."""
        return len(text) * 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A question without an answer, and why."""

    error: ModelError


Strategy = Literal["focused", "whole"]
Outcome = Reply[Frozen] | Failure
Steps = Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Briefing]


def brief(
    articles: Sequence[Article],
    completer: Completer | None,
    *,
    forms: bool = True,
    budget_tokens: int | None = None,
    budget_calls: int | None = None,
    progress: Progress = silent,
    clock: Callable[[], float] = time.monotonic,
) -> Briefing:
    """Brief the articles, asking one question at a time.

    Args:
        articles: One or more, with different ids.
        completer: Answers the questions; without one the briefing holds what the form
            of sentences shows, in a fraction of a second.
        forms: Whether what the form of sentences shows becomes items beside what a
            small model finds. A strong model's drafts stand by themselves in any case.
        budget_tokens: Tokens, read and written together, after which nothing more is
            asked: the rest is named as not read. None is no limit.
        budget_calls: The same for requests to the model.
        progress: Is told how far the run is.
        clock: Tells seconds, from any start.

    Returns:
        The briefing. Questions that failed are holes in it; when all of them did, it
        holds what forms show.

    Raises:
        AccessError: The endpoint refuses the key, the address or the model.
        EndpointError: The endpoint cannot be reached or fails.
        InterruptedRunError: The run was interrupted; it carries what was finished.
    """
    endpoint = completer if completer is not None else NoModel()
    run = _Run(endpoint, progress, clock, budget_tokens, budget_calls)
    steps = _steps(articles, endpoint, run, forms=forms)
    step = _advance(steps)
    while not isinstance(step, Briefing):
        outcomes = (
            tuple(run.answered(ask, completer.complete) for ask in run.planned(step))
            if completer is not None
            else ()
        )
        step = _advance(steps, outcomes)
    return run.finished(step)


async def abrief(
    articles: Sequence[Article],
    completer: AsyncCompleter,
    *,
    forms: bool = True,
    budget_tokens: int | None = None,
    budget_calls: int | None = None,
    progress: Progress = silent,
    clock: Callable[[], float] = time.monotonic,
) -> Briefing:
    """Brief the articles, asking as many questions at once as the endpoint likes.

    Arguments, result and errors are those of `brief`; an interrupted task is
    cancelled and delivers nothing.
    """
    run = _Run(completer, progress, clock, budget_tokens, budget_calls)
    steps = _steps(articles, completer, run, forms=forms)
    slots = asyncio.Semaphore(completer.parallel)

    async def answer(ask: Ask[Frozen]) -> Outcome:
        async with slots:
            outcome: Outcome
            if (stopped := run.stopped()) is not None:
                outcome = Failure(stopped)
            else:
                try:
                    outcome = run.took(await completer.complete(ask))
                except ModelError as exc:
                    outcome = run.failed(exc)
            return run.noted(ask, outcome)

    # Reading a long report takes seconds, in which the caller's event loop must go on.
    step = await asyncio.to_thread(_advance, steps)
    while not isinstance(step, Briefing):
        outcomes = await asyncio.gather(*(answer(ask) for ask in run.planned(step)))
        step = await asyncio.to_thread(_advance, steps, tuple(outcomes))
    return run.finished(step)


def _advance(
    steps: Steps, outcomes: tuple[Outcome, ...] | None = None
) -> tuple[Ask[Frozen], ...] | Briefing:
    """Hand over the outcomes of a batch; get the next one, or the briefing at the end."""
    try:
        return next(steps) if outcomes is None else steps.send(outcomes)
    except StopIteration as end:
        return cast("Briefing", end.value)


def summarize(
    text: str,
    *,
    settings: Settings | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    published: date | None = None,
    progress: Progress = silent,
) -> Briefing:
    """Brief one article.

    Args:
        text: The article, plain text.
        settings: Which model; the embedded one when None.
        title: Headline, if it is known.
        publisher: Who published it.
        url: Where it stands.
        published: Day of publication, against which "on Friday" is resolved.
        progress: Is told how far the run is.

    Returns:
        The briefing.

    Raises:
        InputError: The text is blank.
        SummarizerError: The model cannot be reached or started.
    """
    from summarizer.client.connect import completer  # noqa: PLC0415  the SDKs are slow

    article = _from_text(text, title, publisher, url, published)
    with completer(settings or Settings()) as client:
        return brief([article], client, progress=progress)


async def asummarize(
    text: str,
    *,
    settings: Settings | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    published: date | None = None,
    progress: Progress = silent,
) -> Briefing:
    """Brief one article without blocking the event loop. As `summarize`."""
    from summarizer.client.connect import async_completer  # noqa: PLC0415  slow

    article = _from_text(text, title, publisher, url, published)
    async with async_completer(settings or Settings()) as client:
        return await abrief([article], client, progress=progress)


def _from_text(
    text: str,
    title: str | None,
    publisher: str | None,
    url: str | None,
    published: date | None,
) -> Article:
    if not text.strip():
        msg = "the text is blank"
        raise InputError(msg)
    metadata = Metadata(uri=url, publisher=publisher, title=title, published=published)
    return make_article(text, metadata=metadata)


@dataclass(frozen=True, slots=True)
class _Drafts:
    """What the model drafted, and the lines that it wrote for the whole."""

    drafted: list[Drafted]
    lines: tuple[str, ...] = ()
    answers: Mapping[Drafted, Blind] = field(default_factory=dict)


def _steps(
    articles: Sequence[Article], endpoint: Endpoint, run: "_Run", *, forms: bool
) -> Steps:
    """Yield batches of questions, take their outcomes, return the briefing."""
    readings = tuple(read(article) for article in articles)
    if isinstance(endpoint, NoModel):
        return _briefing(readings, endpoint, run, _Drafts([]), forms=True)
    if endpoint.strategy == "whole":
        drafts = yield from _ask_whole(readings, endpoint, run)
        # What a strong model drafts stands by itself; forms judge it. When it answered
        # nothing at all, what forms find is better than an empty hand.
        return _briefing(readings, endpoint, run, drafts, forms=run.is_empty_handed())
    drafts = yield from _ask_focused(readings, forms=forms)
    forms = forms or run.is_empty_handed()
    return _briefing(readings, endpoint, run, drafts, forms=forms)


def _ask_focused(
    readings: tuple[Reading, ...], *, forms: bool
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], _Drafts]:
    asks = tuple(
        ask
        for r in readings
        for ask in focused.by_sentence(
            r.article, r.settled() if forms else {}, r.worth_asking()
        )
    )
    outcomes = yield asks
    drafts = yield from _repaired(readings, _drafted(asks, outcomes))
    names = assemble(readings, drafts.drafted, forms=forms).undescribed
    about_roles = (
        focused.roles(r.article, names.get(r.article.id, ())) for r in readings
    )
    more = tuple(ask for ask in about_roles if ask is not None)
    outcomes = yield more
    return replace(drafts, drafted=[*drafts.drafted, *_drafted(more, outcomes)])


def _repaired(
    readings: tuple[Reading, ...], drafted: list[Drafted]
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], _Drafts]:
    """Ask once more for what failed; what fails again stays withheld."""
    failed = [
        (d, refusal.check, refusal.reason)
        for d, refusal in assemble(readings, drafted).refused
    ]
    groups = repair.questions([r.article for r in readings], failed)
    if not groups:
        return _Drafts(drafted)
    asks = tuple(ask for ask, _ in groups)
    outcomes = yield asks
    answers = [_drafted([a], [o]) for a, o in zip(asks, outcomes, strict=True)]
    every = [d for new in answers for d in new]
    refused = {id(d) for d, _ in assemble(readings, every).refused} if every else set()
    mended: list[Drafted] = []
    settled: set[int] = set()
    for (_, failing), new in zip(groups, answers, strict=True):
        held = [d for d in new if id(d) not in refused]
        if held:
            mended += held
            settled |= {id(d) for d in failing}
    kept = [d for d in drafted if id(d) not in settled]
    return _Drafts([*kept, *mended])


def _ask_whole(
    readings: tuple[Reading, ...], endpoint: Endpoint, run: "_Run"
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], _Drafts]:
    names = {
        r.article.id: tuple(whole.Name(*one) for one in r.directory.shortened())
        for r in readings
    }
    asks = tuple(
        ask
        for r in readings
        for ask in whole.questions(
            r.article,
            passage_tokens=endpoint.passage_tokens,
            max_tokens=endpoint.output_tokens,
            count=endpoint.count_tokens,
            names=names[r.article.id],
        )
    )
    outcomes = yield asks
    answered = list(zip(asks, outcomes, strict=True))
    while too_long := _halved(readings, answered, names, run):
        outcomes = yield too_long
        answered += zip(too_long, outcomes, strict=True)
    drafted: list[Drafted] = []
    lines: list[str] = []
    order = {r.article.id: number for number, r in enumerate(readings)}
    answered.sort(key=lambda one: (order[one[0].source], one[0].spans[0].start))
    for ask, outcome in answered:
        if isinstance(outcome, Reply) and isinstance(outcome.answer, WholeAnswer):
            drafted += whole.drafted(ask, outcome.answer)
            lines.append(outcome.answer.bottom_line)
    drafts = yield from _repaired(readings, drafted)
    answers = yield from _asked_again(readings, endpoint, drafts.drafted)
    return replace(drafts, lines=tuple(lines), answers=answers)


def _asked_again(
    readings: tuple[Reading, ...], endpoint: Endpoint, drafted: list[Drafted]
) -> Generator[tuple[Ask[Frozen], ...], tuple[Outcome, ...], Mapping[Drafted, Blind]]:
    """Ask once, blindly, about all that code could not show."""
    unconfirmed = assemble(readings, drafted, forms=False).unconfirmed
    calls = [
        call
        for r in readings
        for call in second.questions(
            r.article,
            [d for d in unconfirmed if d.source == r.article.id],
            passage_tokens=endpoint.passage_tokens,
            max_tokens=endpoint.output_tokens,
            count=endpoint.count_tokens,
        )
    ]
    if not calls:
        return {}
    outcomes = yield tuple(call.ask for call in calls)
    answers: dict[Drafted, Blind] = {}
    for call, outcome in zip(calls, outcomes, strict=True):
        answer = outcome.answer if isinstance(outcome, Reply) else None
        for told in answer.items if isinstance(answer, BlindAnswer) else ():
            if 1 <= told.number <= len(call.drafts):
                answers[call.drafts[told.number - 1]] = told
    return answers


def _halved(
    readings: tuple[Reading, ...],
    answered: list[tuple[Ask[Frozen], Outcome]],
    names: dict[str, tuple[whole.Name, ...]],
    run: "_Run",
) -> tuple[Ask[Frozen], ...]:
    """Cut the passages that the server found too long; they are no holes then.

    *answered* loses what is asked again.
    """
    articles = {r.article.id: r.article for r in readings}
    found: list[Ask[Frozen]] = []
    kept: list[tuple[Ask[Frozen], Outcome]] = []
    for ask, outcome in answered:
        halves: tuple[Ask[Frozen], ...] = ()
        if isinstance(outcome, Failure) and isinstance(outcome.error, TooLongError):
            halves = whole.halves(articles[ask.source], ask, names[ask.source])
        if not halves:
            kept.append((ask, outcome))
        found += halves
    asked_again = {id(ask) for ask, _ in answered} - {id(ask) for ask, _ in kept}
    run.forget(asked_again)
    answered[:] = kept
    return tuple(found)


def _drafted(asks: Iterable[Ask[Frozen]], outcomes: Iterable[Outcome]) -> list[Drafted]:
    return [
        drafted
        for ask, outcome in zip(asks, outcomes, strict=True)
        if isinstance(outcome, Reply)
        for drafted in focused.drafted(ask, outcome.answer)
    ]


def _briefing(
    readings: tuple[Reading, ...],
    endpoint: Endpoint,
    run: "_Run",
    drafts: _Drafts,
    *,
    forms: bool,
) -> Briefing:
    made = assemble(readings, drafts.drafted, forms=forms, answers=drafts.answers)
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
        coverage=_coverage(readings, made, run, holes),
        complete=not holes,
        not_checked=_not_checked(readings),
        withheld=_by_section((*made.withheld, *run.unread)),
        provenance=_provenance(endpoint, run),
    )


def _provenance(endpoint: Endpoint, run: "_Run") -> Provenance:
    return Provenance(
        model=endpoint.model,
        endpoint=endpoint.host,
        strategy=endpoint.strategy,
        prompt_sha256=prompting.fingerprint(endpoint.strategy),
        calls=run.usage.calls,
        prompt_tokens=run.usage.prompt_tokens,
        cached_tokens=run.usage.cached_tokens,
        completion_tokens=run.usage.completion_tokens,
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
    readings: tuple[Reading, ...], made: Assembled, run: "_Run", holes: tuple[Hole, ...]
) -> Coverage:
    cited = total = unread = 0
    missed: list[Uncovered] = []
    items = (
        *made.requests,
        *made.positions,
        *made.casualties,
        *(d for d in made.developments if d.found_by != "form"),
        *made.open_questions,
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


@dataclass(slots=True)
class _Run:
    """What happens while questions are answered: costs, failures, the brake."""

    endpoint: Endpoint
    progress: Progress
    clock: Callable[[], float]
    budget_tokens: int | None = None
    budget_calls: int | None = None
    usage: Usage = field(default_factory=Usage)
    started: float = field(init=False)
    _done: int = 0
    _total: int = 0
    _in_a_row: int = 0
    _successes: int = 0
    _stop: ModelError | None = None
    _interrupted: bool = False
    unread: list[Withheld] = field(default_factory=list)
    _failed: list[tuple[Ask[Frozen], Failure]] = field(default_factory=list)
    _last_error: ModelError | None = None

    def __post_init__(self) -> None:
        self.started = self.clock()

    def seconds(self) -> float:
        return self.clock() - self.started

    def planned(self, batch: tuple[Ask[Frozen], ...]) -> tuple[Ask[Frozen], ...]:
        self._total += len(batch)
        return batch

    def answered(
        self, ask: Ask[Frozen], complete: Callable[[Ask[Frozen]], Reply[Frozen]]
    ) -> Outcome:
        """Answer one question, or say why not, keeping what was finished."""
        self.progress(self._done, self._total, ask.section or "everything")
        outcome: Outcome
        if (stopped := self.stopped()) is not None:
            outcome = Failure(stopped)
        else:
            try:
                outcome = self.took(complete(ask))
            except ModelError as exc:
                outcome = self.failed(exc)
            except KeyboardInterrupt:
                self._interrupted = True
                self._stop = ModelError("the run was interrupted")
                outcome = Failure(self._stop)
        return self.noted(ask, outcome)

    def noted(self, ask: Ask[Frozen], outcome: Outcome) -> Outcome:
        """Remember what became of a question."""
        if not ask.repairs:
            self._missed(ask, outcome)
        self._done += 1
        self.progress(self._done, self._total, ask.section or "everything")
        return outcome

    def _missed(self, ask: Ask[Frozen], outcome: Outcome) -> None:
        """Remember what of an answer is missing, and what of it fits nothing."""
        if isinstance(outcome, Failure):
            self._failed.append((ask, outcome))
            return
        if outcome.cut is not None:
            self._failed.append((ask, Failure(ModelError(outcome.cut))))
        self.unread += [
            Withheld(
                section=one.section,
                item=UnreadDraft(raw=one.raw),
                source=ask.source,
                reason=one.reason,
                check="schema",
                found_by="model",
            )
            for one in outcome.rejected
        ]

    def stopped(self) -> ModelError | None:
        return self._stop

    def took(self, reply: Reply[Frozen]) -> Reply[Frozen]:
        self.usage += reply.usage
        self._in_a_row = 0
        self._successes += 1
        self._mind_budget()
        return reply

    def failed(self, exc: ModelError) -> Failure:
        self.usage += Usage(exc.calls, exc.prompt_tokens, 0, exc.completion_tokens)
        self._last_error = exc
        self._in_a_row += isinstance(exc, EndpointError)
        self._mind_budget()
        if isinstance(exc, AccessError) or self._in_a_row >= BREAKER:
            self._stop = exc
        return Failure(exc)

    def _mind_budget(self) -> None:
        spent = self.usage.prompt_tokens + self.usage.completion_tokens
        if self.budget_tokens is not None and spent >= self.budget_tokens:
            msg = f"the budget of {self.budget_tokens:,} tokens is spent"
            self._stop = self._stop or ModelError(msg)
        if self.budget_calls is not None and self.usage.calls >= self.budget_calls:
            msg = f"the budget of {self.budget_calls:,} calls is spent"
            self._stop = self._stop or ModelError(msg)

    def holes(self, articles: Sequence[Article]) -> tuple[Hole, ...]:
        """Name the sentences whose question failed."""
        found: list[Hole] = []
        by_id = {article.id: article for article in articles}
        for ask, failure in self._failed:
            article = by_id[ask.source]
            seen = Span(start=ask.spans[0].start, end=ask.spans[-1].end)
            place = article.original(cite(article.id, article.text, seen))
            found.append(
                Hole(
                    section=ask.section,
                    source=ask.source,
                    start=place.start,
                    end=place.end,
                    exact=place.exact,
                    reason=str(failure.error),
                )
            )
        return tuple(found)

    def failed_spans(self) -> dict[str, list[Span]]:
        """List, by source, the sentences whose question failed."""
        found: dict[str, list[Span]] = {}
        for ask, _ in self._failed:
            found.setdefault(ask.source, []).extend(ask.spans)
        return found

    def forget(self, asks: set[int]) -> None:
        """Drop the failures of questions, by `id`, that are asked again in parts."""
        if asks:
            self._failed = [one for one in self._failed if id(one[0]) not in asks]

    def is_empty_handed(self) -> bool:
        """Tell whether questions were asked and none was answered."""
        return self._successes == 0 and self._last_error is not None

    def finished(self, briefing: Briefing) -> Briefing:
        """Deliver, unless the endpoint cannot be asked or the run was interrupted."""
        if self._interrupted:
            kept = briefing if self._successes else None
            msg = f"interrupted: {self._successes} of {self._total} questions were answered"
            raise InterruptedRunError(msg, briefing=kept)
        # An answer that cannot be read is a hole; an endpoint that does not answer, or
        # refuses the key, is for the user to mend.
        error = self._last_error
        if self._successes == 0 and isinstance(error, (AccessError, EndpointError)):
            raise error
        return briefing
