"""What the commands of `summarizer watch` do: one watch opened, run, looked into."""

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from summarizer.cli.report import say
from summarizer.errors import InputError, SettingsError, SummarizerError
from summarizer.plan import Plan
from summarizer.settings import Settings
from summarizer.watch import figures, orders, site
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.configuring import Rule, Watchfile, read
from summarizer.watch.lines import Line, Tell
from summarizer.watch.opening import (
    Given,
    check_budget,
    check_channels,
    opened,
    sources,
)
from summarizer.watch.polling.seen import Seen
from summarizer.watch.shelf import Shelf
from summarizer.watch.state import readable
from summarizer.watch.telling.explaining import Explainer
from summarizer.watch.telling.outbox import Outbox
from summarizer.watch.watching import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a watch is run.

    Attributes:
        place: Its file.
        folder: Its state.
        once: Whether it ends when nothing is due.
        site: Folder of the pages; None for none.
        metrics: File of the figures for Prometheus; None for none.
        as_json: Whether lines of the log are JSON.
        allow_private: Take from private networks too.
        backfill: How many of the newest articles the first look at a source takes; None
            leaves it to the file.
    """

    place: Path
    folder: Path
    once: bool
    site: Path | None
    metrics: Path | None
    as_json: bool
    allow_private: bool
    backfill: int | None = None


def run(wanted: Wanted, settings: Settings, plan: Plan, *, is_asked: bool) -> None:
    """Run a watch until it ends.

    Raises:
        SummarizerError: It cannot be opened.
    """
    file = read(wanted.place)
    tell = _teller(wanted, file)
    given = Given(
        place=wanted.place.resolve().parent,
        folder=wanted.folder,
        settings=settings,
        plan=plan,
        is_asked=is_asked,
        environ=os.environ,
        allow_private=wanted.allow_private,
        backfill=wanted.backfill,
        tell=tell,
        sleep=time.sleep,
    )
    with opened(file, given) as watch:
        watch.polled = _figures(watch, wanted)
        watch.edited = _after(watch, wanted)
        tell(Line(watch.now(), "state", f"begins with {len(file.source)} sources"))
        watch.edited("")
        asyncio.run(_until_ended(watch, wanted))
        watch.edited("")
        tell(Line(watch.now(), "state", "ends; the same command goes on"))


async def _until_ended(watch: Watch, wanted: Wanted) -> None:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        watch.is_stopping = True
        watch.wake()

    def again() -> None:
        _reread(watch, wanted)
        watch.wake()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGHUP, again)
    await (watch.run_once() if wanted.once else watch.run())


def _reread(watch: Watch, wanted: Wanted) -> None:
    """Read the file again; with a fault in it the watch goes on as before."""
    try:
        file = read(wanted.place)
        check_channels(file, os.environ)
        check_budget(file, watch.newsroom.spending.price)
        followed = sources(file, wanted.place.resolve().parent, wanted.backfill)
    except SettingsError as exc:
        watch.tell(Line(watch.now(), "trouble", f"goes on as before: {exc}"))
        return
    watch.replace(file, followed)
    watch.tell(Line(watch.now(), "state", "has read its file again"))


def _teller(wanted: Wanted, file: Watchfile) -> Tell:
    def tell(line: Line) -> None:
        say(line.json() if wanted.as_json else line.plain(file.timezone))

    return tell


def _after(watch: Watch, wanted: Wanted) -> Callable[[str], None]:
    """Write pages and figures when a story has a new edition, or it all begins or ends."""
    pages = site.Site(wanted.site, watch.file.timezone) if wanted.site else None

    def after(story: str) -> None:
        try:
            if pages is not None:
                changed = [story] if story else None
                editions = watch.editor.chronicle
                site.write(editions, pages, watch.now(), changed, watch.shelf)
        except SummarizerError as exc:
            watch.troubles.say("the site", f"cannot write pages: {exc}")
        watch.polled()

    return after


def _figures(watch: Watch, wanted: Wanted) -> Callable[[], None]:
    """Write figures after each look at sources and each edition: failures show too."""

    def write() -> None:
        if wanted.metrics is None:
            return
        text = figures.metrics(figures.read(watch.rows, watch.now()))
        part = wanted.metrics.with_name(f"{wanted.metrics.name}.part")
        try:
            part.write_text(text, "utf-8")
            part.replace(wanted.metrics)
        except OSError as exc:  # a full disk of figures is no reason to end
            words = f"cannot write {str(wanted.metrics)!r}: {exc.strerror}"
            watch.troubles.say("the figures", words)

    return write


def explained(place: Path, folder: Path, item: str) -> str:
    """Say why an item was told or not.

    Args:
        place: The file of the watch.
        folder: Its state.
        item: Its mark in a post: story, edition and item, as in "st12.3.r1".

    Raises:
        InputError: There is no such item.
    """
    story, _, rest = item.partition(".")
    number, _, name = rest.partition(".")
    if not (story and number.isdecimal() and name):
        msg = f"{item!r} is no mark of an item; one looks like st12.3.r1"
        raise InputError(msg)
    with _looked_at(folder) as rows:
        chronicle = Chronicle(rows)
        if chronicle.briefing(story, int(number)) is None:
            msg = f"there is no edition {number} of the story {story!r}"
            raise InputError(msg)
        lines = Explainer(rows, chronicle, read(place)).lines(story, int(number), name)
    return "".join(f"{line}\n" for line in lines) or "no rule is in the file\n"


def status(folder: Path) -> str:
    """Say how a watch stands.

    Raises:
        InputError: None has run there.
    """
    with _looked_at(folder) as rows:
        return figures.status(figures.read(rows, datetime.now(UTC)))


def checked(place: Path) -> str:
    """Say what a watch of a file would do.

    Raises:
        SettingsError: Something in the file cannot be used.
    """
    file = read(place)
    followed = sources(file, place.resolve().parent)
    check_channels(file, os.environ)
    for one in followed:
        if one.kind != "feed" and not Path(one.place).exists():
            msg = f"{place}: the source {one.name!r} has no {one.kind} {one.place!r}"
            raise SettingsError(msg)
    lines = [
        f"{one.name}: {one.kind} {one.place}, every {_minutes(one.every_s)}"
        for one in followed
    ]
    lines += [_of_rule(rule, file) for rule in file.rule]
    if not file.rule:
        lines.append("no rule: nothing is posted")
    return "\n".join(lines) + "\n"


def _minutes(seconds: float) -> str:
    return "minute" if seconds == 60 else f"{seconds / 60:g} minutes"


def _of_rule(rule: Rule, file: Watchfile) -> str:
    """Say where a rule posts, when, and what it lets through."""
    hours = ", ".join(f"{hour:%H:%M}" for hour in rule.at)
    parts = [
        f"to {rule.channel}",
        f"at {hours} {file.timezone.key}" if hours else "as it happens",
    ]
    if rule.quiet:
        parts.append(f"not from {rule.quiet[0]:%H:%M} to {rule.quiet[1]:%H:%M}")
    if rule.at_most:
        parts.append(f"at most {rule.at_most} posts an hour")
    for name in ("parties", "countries", "sections", "kinds"):
        chosen = getattr(rule, name)
        if chosen and chosen != Rule.model_fields[name].default:
            parts.append(f"{name} {', '.join(chosen)}")
    if rule.sources > 1:
        parts.append(f"{rule.sources} sources or more")
    if rule.supported_only:
        parts.append("supported only")
    return f"rule {rule.name}: {'; '.join(parts)}"


def stories(folder: Path, story: str | None) -> str:
    """List the stories, the newest first, or what one consists of.

    Raises:
        InputError: There is no such story.
    """
    with _looked_at(folder) as rows:
        chronicle = Chronicle(rows)
        if story is None:
            return "".join(
                f"{one.story:<6} {one.at:%Y-%m-%d %H:%M} edition {one.version}: {one.heading}\n"
                for one in chronicle.stories()
            )
        editions = chronicle.editions(story)
        if not editions:
            msg = f"there is no story {story!r}"
            raise InputError(msg)
        shelf = Shelf(rows, Seen(rows))
        lines = [f"edition {e.version} {e.at:%Y-%m-%d %H:%M}: {e.bottom_line}" for e in editions]  # fmt: skip
        if into := shelf.absorbed().get(story):
            lines.insert(0, f"{story} is part of {into} now")
        for version, copy_of in shelf.all_of(story):
            copy = f", a copy of {copy_of}" if copy_of else ""
            lines.append(
                f"article {version.article_id} ({version.source}{copy}): {version.title}"
            )
        return "\n".join(lines) + "\n"


def split(folder: Path, story: str, articles: list[str]) -> str:
    """Order that articles be taken out of a story.

    Raises:
        InputError: There is no such story, it has no such article, or these are all.
    """
    stories(folder, story)
    with _looked_at(folder) as rows:
        there = {str(v.article_id) for v, _ in Shelf(rows, Seen(rows)).all_of(story)}
    if strange := sorted(set(articles) - there):
        msg = f"{story} has no article {strange[0]!r}: its articles are {', '.join(sorted(there, key=int))}"
        raise InputError(msg)
    if set(articles) == there:
        msg = f"all articles of {story} cannot leave it: name some"
        raise InputError(msg)
    orders.give(folder, "split", [story, *articles], datetime.now(UTC))
    return f"noted: {', '.join(articles)} leave {story} at the next step of the watch"


def join(folder: Path, story: str, other: str) -> str:
    """Order that two stories be one.

    Raises:
        InputError: One is not there, or both are the same.
    """
    if story == other:
        msg = f"{story} cannot be joined with itself"
        raise InputError(msg)
    for one in (story, other):
        stories(folder, one)
    orders.give(folder, "join", [story, other], datetime.now(UTC))
    return f"noted: {story} and {other} are one at the next step of the watch"


def settle(folder: Path, post: int, first: int) -> str:
    """Order that a post be gone on with.

    Raises:
        InputError: There is none that waits for it.
    """
    with _looked_at(folder) as rows:
        found = Outbox(rows).find(post)
    if found is None or found.state not in {"unclear", "refused"}:
        msg = f"post {post} does not wait for anybody"
        raise InputError(msg)
    if first > len(found.bodies) + 1:
        msg = f"there is no message {first}: post {post} has {len(found.bodies)}"
        raise InputError(msg)
    orders.give(folder, "settle", [str(post), str(first)], datetime.now(UTC))
    return f"noted: post {post} goes on at the next step of the watch"


@contextmanager
def _looked_at(folder: Path) -> Iterator[sqlite3.Connection]:
    rows = readable(folder)
    try:
        yield rows
    except sqlite3.Error as exc:
        msg = (
            f"the state in {str(folder)!r} cannot be read: {exc}; put back a copy of "
            "watch.sqlite, or move the folder away to begin anew"
        )
        raise InputError(msg) from exc
    finally:
        rows.close()
