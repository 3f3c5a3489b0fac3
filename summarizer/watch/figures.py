"""How a watch stands: for a person (`watch status`) and for Prometheus. Reads only."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from summarizer.watch.lines import counted
from summarizer.watch.spending import has_usd

_PREFIX: Final = "grounded_briefing_watch"
_RECENT: Final = timedelta(days=1)
_MOST: Final = 20
"""Troubles, and posts that wait for a person, that are listed."""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source.

    Attributes:
        name: The source.
        last_ok: When it answered last; None for never.
        next_due: When it is asked next.
        failures: Failed looks in a row.
        ended: Whether it is gone for good.
        cause: Why the last look failed; blank when it did not, or nobody knows.
    """

    name: str
    last_ok: datetime | None
    next_due: datetime
    failures: int
    ended: bool
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PostFigures:
    """A post that is not in its channel.

    Attributes:
        id: Its number.
        channel: Where to.
        state: waiting, and those behind it with it; or unclear or refused.
        count: How many of the channel there are with that cause.
        next_at: When it is tried again, if it waits.
        cause: Why it was not posted.
    """

    id: int
    channel: str
    state: str
    count: int
    next_at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class TroubleFigures:
    """Something that went wrong of late.

    Attributes:
        words: What, with the name of what it is of.
        count: How often since it was last said.
        last_at: When, the last time.
    """

    words: str
    count: int
    last_at: datetime


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
        held: Posts that were tried and are not in their channel.
        troubles: What else went wrong in the last day, the newest first.
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
    held: tuple[PostFigures, ...] = ()
    troubles: tuple[TroubleFigures, ...] = ()


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
        held=tuple(_held(rows)),
        troubles=tuple(_troubles(rows, now)),
        briefings=int(spent[0]),
        calls=int(spent[1]),
        tokens=int(spent[2]),
        kept=int(spent[3]),
        seconds=spent[4],
        usd=rows.execute(paid).fetchone()[0] if has_usd(rows) else 0.0,
    )


def _sources(rows: sqlite3.Connection) -> Iterator[SourceFigures]:
    causes = _causes(rows)
    found = rows.execute(
        "SELECT name, last_ok, next_due, failures, ended FROM watch_sources ORDER BY name"
    )
    for name, last_ok, next_due, failures, ended in found:
        due = datetime.fromtimestamp(next_due, UTC)
        cause = causes.get(name, "") if failures else ""
        yield SourceFigures(
            name, _moment(last_ok), due, failures, ended is not None, cause
        )


def _causes(rows: sqlite3.Connection) -> dict[str, str]:
    """Tell why sources failed the last time, by their names."""
    if not _has_troubles(rows):
        return {}
    query = "SELECT of, cause FROM troubles WHERE cause != words ORDER BY last_at"
    return dict(rows.execute(query))


def _held(rows: sqlite3.Connection) -> Iterator[PostFigures]:
    """List the first post of each channel and kind of fault, those that fail before others."""
    found = rows.execute(
        "SELECT min(id), channel, state, count(*), next_at, said FROM posts "
        "WHERE state IN ('unclear', 'refused') OR state = 'waiting' AND tries > 0 "
        "GROUP BY channel, state, said ORDER BY state = 'waiting' DESC, min(id) LIMIT ?",
        (_MOST,),
    )
    for number, channel, state, count, next_at, said in found:
        due = datetime.fromtimestamp(next_at, UTC)
        yield PostFigures(number, channel, state, count, due, said)


def _troubles(rows: sqlite3.Connection, now: datetime) -> Iterator[TroubleFigures]:
    if not _has_troubles(rows):
        return
    found = rows.execute(
        "SELECT words, count, last_at FROM troubles WHERE cause = words "
        "AND last_at >= ? ORDER BY last_at DESC, of LIMIT ?",
        ((now - _RECENT).timestamp(), _MOST),
    )
    for words, count, last_at in found:
        yield TroubleFigures(words, count, datetime.fromtimestamp(last_at, UTC))


def _has_troubles(rows: sqlite3.Connection) -> bool:
    """Tell whether the table is there: older states have none before the next run."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'troubles'"
    return rows.execute(query).fetchone() is not None


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def status(of: Figures) -> str:
    """Write how the watch stands, for a person."""
    failing = [one for one in of.sources if one.failures and not one.ended]
    ended = [one for one in of.sources if one.ended]
    posts = ", ".join(f"{n:,} {state}" for state, n in sorted(of.posts.items()))
    lines = [
        f"{counted(len(of.sources), 'source')}, {len(failing):,} failing, {len(ended):,} ended",
        f"{counted(of.articles, 'article')}, {of.to_read:,} to be read",
        f"{of.stories:,} stories in {of.editions:,} editions, {of.to_brief:,} to be briefed",
        f"posts: {posts or 'none yet'}",
        (
            f"{of.briefings:,} briefings, {of.calls:,} requests, {of.tokens:,} tokens, "
            f"{of.kept:,} kept replies, {of.seconds:,.0f} s of work, {of.usd:,.2f} US dollars"
        ),
    ]
    for one in failing:
        last = f"{one.last_ok:%Y-%m-%d %H:%M} UTC" if one.last_ok else "never"
        cause = f": {one.cause}" if one.cause else ""
        lines.append(
            f"failing: {one.name}, {one.failures} times in a row, last well {last}, "
            f"tried again {one.next_due:%Y-%m-%d %H:%M} UTC{cause}"
        )
    lines += [f"ended: {one.name}" for one in ended]
    lines += [_of_post(one) for one in of.held]
    for trouble in of.troubles:
        often = f", {trouble.count:,} times" if trouble.count > 1 else ""
        lines.append(
            f"trouble: {trouble.last_at:%Y-%m-%d %H:%M} UTC{often}: {trouble.words}"
        )
    if of.posts.get("unclear"):
        lines.append(
            "a post may have been sent or not: look into the channel, then say so with "
            "`summarizer watch settle`"
        )
    return "".join(f"{_plain(line)}\n" for line in lines)


def _of_post(one: PostFigures) -> str:
    if one.state == "waiting":
        due = f"{one.next_at:%Y-%m-%d %H:%M} UTC"
        return f"failing: channel {one.channel}, tried again {due}: {one.cause}"
    more = f" and {one.count - 1:,} more" if one.count > 1 else ""
    return f"{one.state}: post {one.id}{more} to {one.channel}: {one.cause}"


def _plain(line: str) -> str:
    """Keep what others wrote from acting in a terminal."""
    return "".join(c if c.isprintable() else " " for c in line)


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
