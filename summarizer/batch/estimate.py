"""What a run over an archive would take, before anything is asked."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from summarizer.batch import glance
from summarizer.batch.inputs import Given, Inputs, chosen
from summarizer.batch.job import Job
from summarizer.batch.ledger import FILE
from summarizer.client import prices, profiles
from summarizer.client.prices import Price
from summarizer.client.purse import dollars
from summarizer.ports import Usage

_TOKENS_AN_ARTICLE: Final = {"focused": (9_000, 1_200), "whole": (7_000, 2_500)}
"""Tokens read and written for an article of 1,000 words, from briefings that were made."""

_EMBEDDED_A_SECOND: Final = (57, 18)
"""Tokens that the embedded model reads and writes in a second, on two cores."""

_USUAL_WORDS: Final = 600
"""Words of an article whose length nobody knows yet."""

_BATCHES: Final = (
    "time: a batch is mostly answered within 24 hours; what an answer leads to asks more, "
    "two or three batches in all"
)
_MOST_CAUSES: Final = 5


@dataclass(slots=True)
class _Counted:
    """What was counted of an archive."""

    articles: int = 0
    measured: int = 0
    chars: int = 0
    causes: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> float:
        """Words of an article, on the average of those whose length is known."""
        return self.chars / 6 / self.measured if self.measured else _USUAL_WORDS

    @property
    def good(self) -> int:
        """Articles that nothing speaks against."""
        return self.articles - self.causes.total()


@dataclass(frozen=True, slots=True)
class _Done:
    """What an article took on the average, of those that were done; seconds of work."""

    articles: int
    read: float
    written: float
    seconds: float


def told(given: Inputs, sample: int | None, job: Job, *, halved: bool = False) -> str:
    """Say how many articles there are, what a run would read and write, cost and last.

    Args:
        given: What was named.
        sample: As many articles by chance; None for all.
        job: How they would be done.
        halved: Whether they would be asked in batches, for half the price.

    Returns:
        A line for each thing that is known.
    """
    counted = _counted(chosen(given, sample), job.settings.max_chars)
    lines = [
        f"{counted.articles:,} articles",
        f"{counted.causes.total():,} of them cannot be read",
        *(f"  {n:,}: {why}" for why, n in counted.causes.most_common(_MOST_CAUSES)),
    ]
    if given.doubled:
        lines.append(f"{given.doubled:,} given more than once, counted once")
    for place, names in given.guessed.items():
        fields = ", ".join(f"{wanted} = {name!r}" for wanted, name in names.items())
        lines.append(f"{place}: {fields}")
    lines += _taken(counted, job, halved=halved)
    return "\n".join(lines) + "\n"


def _counted(articles: Iterable[Given], max_chars: int) -> _Counted:
    found = _Counted()
    for one in articles:
        found.articles += 1
        seen = glance.at(one, max_chars)
        if seen.why is not None:
            found.causes[seen.why.replace(repr(one.place), "it")] += 1
        elif seen.chars is not None:
            found.measured += 1
            found.chars += seen.chars
    return found


def _taken(counted: _Counted, job: Job, *, halved: bool) -> list[str]:
    if not job.is_asked:
        return ["no model: nothing is paid"]
    done, count = _done(job), counted.good
    if done is not None:
        read, wrote = done.read * count, done.written * count
        of = f"as the {done.articles:,} articles took that are done"
    else:
        each, said = _TOKENS_AN_ARTICLE[profiles.choose(job.settings).strategy]
        share = max(0.3, counted.words / 1_000)
        read, wrote = count * each * share, count * said * share
        of = f"of articles of {counted.words:,.0f} words"
    return [
        f"about {read:,.0f} tokens read and {wrote:,.0f} written, {of}",
        _cost(read, wrote, prices.of(job.settings), job, halved=halved),
        _BATCHES if halved else _time(count, read, wrote, done, job),
    ]


def _cost(
    read: float, wrote: float, price: Price | None, job: Job, *, halved: bool
) -> str:
    if price is None:
        return (
            "cost: no price is known of the model; --price-in and --price-out state it"
        )
    if job.settings.embedded:
        return "cost: nothing, the model runs on this machine"
    usage = Usage(prompt_tokens=round(read), completion_tokens=round(wrote))
    full = f"cost: about {dollars(price.usd(usage))}"
    half = dollars(price.halved.usd(usage))
    return f"{full}, in batches {half}" if halved else full


def _time(count: int, read: float, wrote: float, done: _Done | None, job: Job) -> str:
    """Say how long it takes, by what was measured; nothing is guessed of an endpoint."""
    settings = job.settings
    if settings.embedded:
        reads, writes = _EMBEDDED_A_SECOND
        return f"time: about {_span(read / reads + wrote / writes)}, on two cores"
    parallel = profiles.choose(settings).parallel
    known = [done.seconds * count / parallel] if done is not None else []
    if settings.tokens_per_minute:
        known.append((read + wrote) / settings.tokens_per_minute * 60)
    if settings.requests_per_minute:
        known.append(count / settings.requests_per_minute * 60)
    if not known:
        return "time: nobody knows yet; --limit 10 does ten, and this then says"
    bound = "about" if done is not None else "at least"
    return f"time: {bound} {_span(max(known))}"


def _span(seconds: float) -> str:
    for size, name in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {name}"
    return f"{max(1, seconds):,.0f} seconds"


def _done(job: Job) -> _Done | None:
    """Measure what articles took that are done in the folder, and were asked about."""
    file = (job.folder / FILE).resolve()
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as rows:
            found = rows.execute(
                "SELECT count(*), avg(read_tokens), avg(written_tokens), avg(seconds) "
                "FROM articles WHERE calls > 0 AND kept_replies = 0"
            ).fetchone()
    except sqlite3.Error:
        return None
    return _Done(*found) if found[0] else None
