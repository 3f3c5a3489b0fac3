"""How a watch stands: for a person (`watch status`) and for Prometheus. Reads only."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from summarizer.watch.spending import has_usd

_PREFIX: Final = "grounded_briefing_watch"


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source.

    Attributes:
        name: The source.
        last_ok: When it answered last; None for never.
        next_due: When it is asked next.
        failures: Failed looks in a row.
        ended: Whether it is gone for good.
    """

    name: str
    last_ok: datetime | None
    next_due: datetime
    failures: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How a watch stands.

    Attributes:
        at: When this was read.
        sources: By name.
        articles: Articles that were brought.
        to_read: Articles that are known and not read yet.
        stories: Stories that were briefed.
        to_brief: Stories that wait to be briefed.
        editions: Editions of all stories.
        posts: Posts by state.
        oldest_waiting: When the oldest waiting post was written down.
        briefings, calls, tokens, kept, seconds, usd: What was spent, in all.
    """

    at: datetime
    sources: tuple[SourceFigures, ...]
    articles: int
    to_read: int
    stories: int
    to_brief: int
    editions: int
    posts: dict[str, int]
    oldest_waiting: datetime | None
    briefings: int
    calls: int
    tokens: int
    kept: int
    seconds: float
    usd: float


def read(rows: sqlite3.Connection, now: datetime) -> Figures:
    """Read how the watch of a database stands."""

    def count(query: str) -> int:
        return int(rows.execute(query).fetchone()[0])

    spent = rows.execute(
        "SELECT total(briefings), total(calls), total(tokens), total(kept), "
        "total(seconds) FROM spending"
    ).fetchone()
    paid = "SELECT total(usd) FROM spending"
    (oldest,) = rows.execute(
        "SELECT min(made_at) FROM posts WHERE state = 'waiting'"
    ).fetchone()
    return Figures(
        at=now,
        sources=tuple(_sources(rows)),
        articles=count("SELECT count(*) FROM watch_articles"),
        to_read=count("SELECT count(*) FROM watch_waiting"),
        stories=count("SELECT count(DISTINCT story) FROM editions"),
        to_brief=count("SELECT count(*) FROM changed"),
        editions=count("SELECT count(*) FROM editions"),
        posts=dict(rows.execute("SELECT state, count(*) FROM posts GROUP BY state")),
        oldest_waiting=_moment(oldest),
        briefings=int(spent[0]),
        calls=int(spent[1]),
        tokens=int(spent[2]),
        kept=int(spent[3]),
        seconds=spent[4],
        usd=rows.execute(paid).fetchone()[0] if has_usd(rows) else 0.0,
    )


def _sources(rows: sqlite3.Connection) -> Iterator[SourceFigures]:
    found = rows.execute(
        "SELECT name, last_ok, next_due, failures, ended FROM watch_sources ORDER BY name"
    )
    for name, last_ok, next_due, failures, ended in found:
        due = datetime.fromtimestamp(next_due, UTC)
        yield SourceFigures(name, _moment(last_ok), due, failures, ended is not None)


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def status(of: Figures) -> str:
    """Write how the watch stands, for a person."""
    failing = [one for one in of.sources if one.failures and not one.ended]
    ended = [one for one in of.sources if one.ended]
    posts = ", ".join(f"{n:,} {state}" for state, n in sorted(of.posts.items()))
    lines = [
        f"{len(of.sources):,} sources, {len(failing):,} failing, {len(ended):,} ended",
        f"{of.articles:,} articles, {of.to_read:,} to be read",
        f"{of.stories:,} stories in {of.editions:,} editions, {of.to_brief:,} to be briefed",
        f"posts: {posts or 'none yet'}",
        (
            f"{of.briefings:,} briefings, {of.calls:,} requests, {of.tokens:,} tokens, "
            f"{of.kept:,} kept replies, {of.seconds:,.0f} s of work, {of.usd:,.2f} US dollars"
        ),
    ]
    for one in failing:
        last = f"{one.last_ok:%Y-%m-%d %H:%M} UTC" if one.last_ok else "never"
        lines.append(
            f"failing: {one.name}, {one.failures} times in a row, last well {last}, "
            f"tried again {one.next_due:%Y-%m-%d %H:%M} UTC"
        )
    lines += [f"ended: {one.name}" for one in ended]
    if of.posts.get("unclear"):
        lines.append(
            "a post may have been sent or not: look into the channel, then say so with "
            "`summarizer watch settle`"
        )
    return "\n".join(lines) + "\n"


def metrics(of: Figures) -> str:
    """Write how the watch stands in the text format of Prometheus."""
    lag = max(
        (
            (of.at - one.last_ok).total_seconds()
            for one in of.sources
            if one.last_ok and not one.ended
        ),
        default=0.0,
    )
    waits = (of.at - of.oldest_waiting).total_seconds() if of.oldest_waiting else 0.0
    lines = [
        *_metric("sources", "gauge", "Sources that are followed", len(of.sources)),
        *_metric("sources_failing", "gauge", "Sources whose last look failed", sum(1 for s in of.sources if s.failures and not s.ended)),
        *_metric("sources_ended", "gauge", "Sources that are gone for good", sum(1 for s in of.sources if s.ended)),
        *_metric("lag_seconds", "gauge", "Time since the last good look, of the source for which it is longest", f"{lag:.0f}"),
        *_metric("articles_total", "counter", "Articles that were brought", of.articles),
        *_metric("articles_to_read", "gauge", "Articles that are known and not read yet", of.to_read),
        *_metric("stories_total", "counter", "Stories that were briefed", of.stories),
        *_metric("stories_to_brief", "gauge", "Stories that wait to be briefed", of.to_brief),
        *_metric("editions_total", "counter", "Editions of all stories", of.editions),
        *_metric("post_wait_seconds", "gauge", "Age of the oldest post that waits", f"{waits:.0f}"),
        *_metric("requests_total", "counter", "Requests to the model", of.calls),
        *_metric("tokens_total", "counter", "Tokens read and written by the model", of.tokens),
        *_metric("kept_replies_total", "counter", "Replies that were not paid again", of.kept),
        *_metric("work_seconds_total", "counter", "Seconds of briefing", f"{of.seconds:.1f}"),
        *_metric("usd_total", "counter", "US dollars paid, where a price is known", f"{of.usd:.6f}"),
        f"# HELP {_PREFIX}_posts_total Posts by state",
        f"# TYPE {_PREFIX}_posts_total counter",
    ]  # fmt: skip
    lines += [
        f'{_PREFIX}_posts_total{{state="{state}"}} {of.posts.get(state, 0)}'
        for state in ("posted", "waiting", "unclear", "refused")
    ]
    return "\n".join(lines) + "\n"


def _metric(name: str, kind: str, words: str, value: object) -> tuple[str, str, str]:
    full = f"{_PREFIX}_{name}"
    return f"# HELP {full} {words}", f"# TYPE {full} {kind}", f"{full} {value}"
