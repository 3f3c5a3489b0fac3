"""A watch for an hour at a hundred times real speed: does it grow, does it fall behind?

    python benchmarks/watch_soak.py [MINUTES [FEEDS]] [--speed N] [--journal FILE]

A process of its own serves the invented week of `tests/week`, so many other feeds with
invented news (each gives a report every two hours or so; some go on with a story, some are
edited), and a channel that answers as Slack does. The watch is the one of the program, with
pages and figures, without a model; only its clock runs faster. Stories close after 12 hours,
so that as many end as begin.

Each minute one line is printed and written down: what the process and its children hold in
memory, open files, the size of the state, time since what was due, and what was done. At
the end: the memory of each tenth of the time, and by how much it grew after the first
third, when as many stories close as open.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import slack_server
import website
import week_site
from invented import Writer
from week_of_news import load

from summarizer.plan import Plan
from summarizer.settings import Settings
from summarizer.watch import figures, site
from summarizer.watch.configuring import parsed
from summarizer.watch.lines import Line
from summarizer.watch.opening import Given, opened
from summarizer.watch.watching import Watch

BEGIN = load().documents[0].at - timedelta(minutes=30)
EVERY = timedelta(hours=2)
"""Time between two reports of one feed."""
NEWEST = 20
"""Items that a feed shows."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs faster than real time from a moment on.

    Attributes:
        started: Seconds of `time.time` at which it shows BEGIN.
        speed: How many of its seconds pass in one.
    """

    started: float
    speed: float

    def now(self) -> datetime:
        """Tell its time."""
        passed = (time.time() - self.started) * self.speed
        return BEGIN + timedelta(seconds=passed)


def feed(number: int, now: datetime) -> bytes:
    """Write feed *number* as it stands: every fourth report goes on with the one before.

    A report is edited an hour after it came: its toll is revised.
    """
    offset = EVERY * (number % 40 / 40)
    last = int((now - BEGIN - offset) / EVERY)
    items = []
    for one in range(last, max(-1, last - NEWEST), -1):
        at = BEGIN + offset + one * EVERY
        story = one - 1 if one % 4 == 3 else one
        more = (4 if now - at > timedelta(hours=1) else 0) + (9 if one != story else 0)
        title, text = report(number, story, more)
        items.append(
            f"<item><guid>f{number}-{one}</guid><title>{escape(title)}</title>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
        )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Post {number}</title>"
        f"{''.join(items)}</channel></rss>"
    ).encode()


def report(number: int, story: int, more: int) -> tuple[str, str]:
    """Write a report of some 200 words, with names of its own; its toll grows by *more*."""
    writer = Writer(number * 10_000 + story)
    town, river = writer.coined(), writer.coined()
    toll = 5 + story % 30 + more
    lines = [
        f"At least {toll} people were killed in {town} when the {river} dam gave way, the {river} rescue service said.",
        f"The governor of {town} asked the army of {river} to send boats.",
        *(writer.paragraph() for _ in range(3)),
    ]
    return f"{toll} killed in {town} as {river} dam fails", "\n\n".join(lines)


def serve(clock: Clock) -> None:
    """Serve news and a channel until the process is ended; say where on the first line."""

    def answer(path: str, headers: dict[str, str]) -> website.Reply:
        if not path.startswith("/f"):
            return website.Reply(404)
        body = feed(int(path[2:]), clock.now())
        etag = f'"{hash(body):x}"'
        found = {"ETag": etag}
        if headers.get("if-none-match") == etag:
            return website.Reply(304, headers=found)
        return website.Reply(body=body, content_type="text/xml", headers=found)

    with (
        week_site.serving(BEGIN) as week,
        website.serving(answer) as others,
        slack_server.serving() as slack,
    ):
        week.clock = clock.now
        print(json.dumps([week.root, others.root, slack.url]), flush=True)
        while True:  # what was asked is not kept: this process is not what is measured
            time.sleep(5)
            week.seen.clear()
            others.seen.clear()
            slack.requests.clear()
            slack.posted.clear()


def watchfile(week: str, others: str, feeds: int) -> str:
    """Write the file of the watch."""
    places = [(name, f"{week}/{name}/feed") for name in load().feeds]
    places += [(f"post{n}", f"{others}/f{n}") for n in range(feeds)]
    sources = "".join(f'[[source]]\nname = "{n}"\nplace = "{p}"\n\n' for n, p in places)
    return f"""\
contact = "desk@example.org"
timezone = "Europe/Zurich"
every = "15m"
{sources}
[[channel]]
name = "desk"
webhook_env = "SLACK_WEBHOOK_URL"
[[rule]]
name = "tolls"
channel = "desk"
sections = ["casualties"]
[[rule]]
name = "day"
channel = "desk"
at = ["08:00", "17:00"]
[stories]
closes_after = "12h"
[keep]
days = 7
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the journal; megabytes are of 1,000,000 bytes.

    Attributes:
        minutes: Real time since the start.
        hours: Time that passed for the watch.
        own_mb: Resident memory of the process.
        children_mb: Of its children.
        files: Open descriptors.
        state_mb: Size of the folder of the state.
        pages: Files of the site.
        late_s: Real seconds since the most urgent thing was due.
        cpu_s: Processor time of the process so far.
        done: What was done: articles, stories, editions, posts, failing sources.
    """

    minutes: float
    hours: float
    own_mb: float
    children_mb: float
    files: int
    state_mb: float
    pages: int
    late_s: float
    cpu_s: float
    done: dict[str, int]


def resident_mb(pid: int) -> float:
    """Give the resident memory of a process; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children() -> Iterator[int]:
    """Name the processes that this one started, but for the server of news."""
    for thread in Path("/proc/self/task").iterdir():
        try:
            listed = (thread / "children").read_text("utf-8").split()
            for one in listed:
                if b"--serve" not in Path(f"/proc/{one}/cmdline").read_bytes():
                    yield int(one)
        except OSError:  # it has ended meanwhile
            continue


def read(watch: Watch, folder: Path, clock: Clock, began: float) -> Reading:
    """Look how the watch stands."""
    due, now = watch.next_due(), clock.now()
    late = (now - due).total_seconds() / clock.speed if due and due < now else 0.0

    def count(query: str) -> int:
        return int(watch.rows.execute(query).fetchone()[0])

    return Reading(
        minutes=round((time.monotonic() - began) / 60, 2),
        hours=round((now - BEGIN).total_seconds() / 3600, 2),
        own_mb=round(resident_mb(os.getpid()), 1),
        children_mb=round(sum(map(resident_mb, children())), 1),
        files=sum(1 for _ in Path("/proc/self/fd").iterdir()),
        state_mb=round(
            sum(f.stat().st_size for f in (folder / "state").rglob("*") if f.is_file())
            / 1e6,
            1,
        ),
        pages=sum(1 for _ in (folder / "site").rglob("*")),
        late_s=round(late, 1),
        cpu_s=round(time.process_time(), 1),
        done={
            "versions": count("SELECT count(*) FROM watch_versions"),
            "stories": count("SELECT count(DISTINCT story) FROM editions"),
            "editions": count("SELECT count(*) FROM editions"),
            "posts": count("SELECT count(*) FROM posts WHERE state = 'posted'"),
            "unsent": count("SELECT count(*) FROM posts WHERE state != 'posted'"),
        },
    )


async def follow(
    watch: Watch, clock: Clock, end: float, look: Callable[[], None]
) -> None:
    """Let the watch do what is due until the end, and look at it each minute."""
    next_look = time.monotonic()
    while time.monotonic() < end:
        while time.monotonic() < end and await watch.step():
            if time.monotonic() >= next_look:
                look()
                next_look += 60
        if time.monotonic() >= next_look:
            look()
            next_look += 60
        due = watch.next_due()
        wait = (due - clock.now()).total_seconds() / clock.speed if due else 1.0
        await asyncio.sleep(min(max(wait, 0.01), 1.0))


def soak(minutes: float, feeds: int, speed: float, journal: Path | None) -> None:
    """Run it, and print what it held."""
    clock = Clock(time.time() + 3, speed)
    program = [sys.executable, __file__, "--serve", str(clock.started), str(speed)]
    readings: list[Reading] = []
    lines: dict[str, int] = {}

    def tell(line: Line) -> None:
        lines[line.event] = lines.get(line.event, 0) + 1
        if line.event == "trouble" and lines[line.event] <= 20:
            print(line.words[:200], flush=True)

    server = subprocess.Popen(program, stdout=subprocess.PIPE)  # noqa: S603  this file
    try:
        assert server.stdout is not None  # noqa: S101  it was asked for
        week, others, url = json.loads(server.stdout.readline())
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            given = Given(
                place=folder,
                folder=folder / "state",
                settings=Settings(),
                plan=Plan(),
                is_asked=False,
                environ={"SLACK_WEBHOOK_URL": url},
                allow_private=True,
                tell=tell,
                now=clock.now,
                sleep=lambda _s: None,
                pause_s=0,
            )
            file = parsed(watchfile(week, others, feeds), "watch.toml")
            began = time.monotonic()
            with opened(file, given) as watch:
                hook(watch, folder)

                def look() -> None:
                    one = read(watch, folder, clock, began)
                    readings.append(one)
                    words = json.dumps(asdict(one))
                    print(words, flush=True)
                    if journal is not None:
                        with journal.open("a", encoding="utf-8") as out:
                            out.write(f"{words}\n")

                asyncio.run(follow(watch, clock, began + 60 * minutes, look))
                look()
    finally:
        server.kill()
        server.wait()
    conclude(readings, lines)


def hook(watch: Watch, folder: Path) -> None:
    """Write pages and figures as the command does."""
    pages = site.Site(folder / "site", watch.file.timezone)

    def polled() -> None:
        text = figures.metrics(figures.read(watch.rows, watch.now()))
        (folder / "watch.prom").write_text(text, "utf-8")

    def edited(story: str) -> None:
        site.write(watch.editor.chronicle, pages, watch.now(), [story])
        polled()

    watch.polled, watch.edited = polled, edited


def conclude(readings: list[Reading], lines: dict[str, int]) -> None:
    """Say by how much it grew, and whether it kept up."""
    print("lines of the log:", lines)
    size = max(1, len(readings) // 10)
    tenths = [readings[n : n + size] for n in range(0, len(readings), size)]
    for tenth in tenths:
        most = max(one.own_mb for one in tenth)
        print(
            f"minutes {tenth[0].minutes:5.1f}-{tenth[-1].minutes:5.1f}: {most:6.1f} MB "
            f"+ children {max(one.children_mb for one in tenth):5.1f} MB, "
            f"{max(one.files for one in tenth)} files, state {tenth[-1].state_mb} MB, "
            f"late by {max(one.late_s for one in tenth)} s at most"
        )
    steady = readings[len(readings) // 3 :]
    if len(steady) > 1:
        hours = steady[-1].hours - steady[0].hours
        print(
            f"after the first third: {steady[0].own_mb} to {steady[-1].own_mb} MB "
            f"in {hours:.0f} hours of the watch; most ever {max(one.own_mb for one in readings)} MB"
        )


def main() -> None:
    """Serve, or follow."""
    if sys.argv[1:2] == ["--serve"]:
        serve(Clock(float(sys.argv[2]), float(sys.argv[3])))
        return
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("minutes", type=float, nargs="?", default=60)
    reader.add_argument("feeds", type=int, nargs="?", default=50)
    reader.add_argument("--speed", type=float, default=100)
    reader.add_argument("--journal", type=Path)
    asked = reader.parse_args()
    soak(asked.minutes, asked.feeds, asked.speed, asked.journal)


if __name__ == "__main__":
    main()
