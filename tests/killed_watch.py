"""A watch over the invented week that is killed and started again, and what it posted.

`python tests/killed_watch.py KILLS HOURS` compares what came into the channel with what an
undisturbed watch posts: nothing lost, nothing twice. A post whose answer a kill swallowed is
settled as a person would, after a look into the channel.
"""

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import slack_server
import week_site
from slack_server import Slack
from week_of_news import load
from week_score import quotes
from week_watch import LEAD, Run, following

from summarizer.watch import orders

LATEST = timedelta(minutes=40)
"""Within so long all that came is told: two looks at a feed, and what they take."""
EARLY = 0.25
"""Share of the kills that come while the program starts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Attributes:
        kills: How often it was killed.
        unclear: Posts of which it did not know whether they were sent.
        lost: Words that only the undisturbed watch told.
        more: Words that only the killed one told.
        twice: Messages that came into the channel twice.
    """

    kills: int
    unclear: int
    lost: tuple[str, ...]
    more: tuple[str, ...]
    twice: int


def compared(folder: Path, kills: int, hours: float, seed: int = 1) -> Outcome:
    """Follow so many hours of the week twice, once undisturbed, once killed.

    It ends when nothing has come for a while: chance decides when a feed is looked at, and
    what came just before the end may be told by one and not yet by the other.
    """
    hours = _until_all_is_told(hours)
    (folder / "quiet").mkdir(parents=True)
    with following(folder / "quiet") as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=hours))
        wanted = _told(run.slack.posted)
    channel, unclear, done = _killed(folder / "killed", kills, hours, seed)
    told = _told(channel)
    bodies = [json.dumps(one, sort_keys=True) for one in channel]
    return Outcome(
        kills=done,
        unclear=unclear,
        lost=tuple(sorted(wanted - told)),
        more=tuple(sorted(told - wanted)),
        twice=len(bodies) - len(set(bodies)),
    )


def _until_all_is_told(hours: float) -> float:
    week = load()
    came = [version.at for one in week.documents for version in one.versions]
    begin = week.documents[0].at - LEAD
    end = begin + timedelta(hours=hours)
    while any(end - LATEST < at <= end for at in came):
        end += LATEST
    return (end - begin) / timedelta(hours=1)


def _told(channel: Sequence[Any]) -> set[str]:
    return {quote for message in channel for quote in quotes(message)}


def _killed(
    folder: Path, kills: int, hours: float, seed: int
) -> tuple[list[Any], int, int]:
    folder.mkdir(parents=True)
    chance, week = random.Random(seed), load()  # noqa: S311  no secret
    begin = week.documents[0].at - LEAD
    clock = folder / "clock"
    clock.write_text(begin.isoformat())
    unclear = done = 0
    with week_site.serving(begin, week) as site, slack_server.serving() as slack:
        site.clock = lambda: datetime.fromisoformat(clock.read_text())
        end = begin + timedelta(hours=hours)
        # Spread over all that is followed, so that no machine is too fast for them.
        moments = [
            timedelta(hours=hours * (n + chance.random()) / (kills + 1))
            for n in range(kills)
        ]
        for number in range(10 * kills + 10):
            program = [
                sys.executable,
                __file__,
                "run",
                str(folder),
                site.root,
                slack.url,
                end.isoformat(),
            ]
            with subprocess.Popen(program, cwd=ROOT) as process:
                if done < kills:
                    _wait(process, clock, begin + moments[done], chance)
                    if process.poll() is None:
                        process.kill()
                        done += 1
                is_over = process.wait() == 0
            unclear += _settled(folder, slack)
            if (is_over and done >= kills) or (is_over and number > kills):
                break
        return list(slack.posted), unclear, done


def _wait(
    process: "subprocess.Popen[bytes]",
    clock: Path,
    until: datetime,
    chance: random.Random,
) -> None:
    """Wait until the watch has come so far, or ends; or not so long, while it starts."""
    if chance.random() < EARLY:
        time.sleep(chance.uniform(0.05, 0.8))
        return
    while process.poll() is None and datetime.fromisoformat(clock.read_text()) < until:
        time.sleep(0.01)
    time.sleep(chance.uniform(0.0, 0.1))


def _settled(folder: Path, slack: Slack) -> int:
    """Look into the channel for the posts of which nobody knows, and say what is there."""
    place = folder / "state" / "watch.sqlite"
    if not place.is_file():
        return 0
    rows = sqlite3.connect(place)
    try:
        open_ones = rows.execute(
            "SELECT id, bodies FROM posts WHERE state = 'unclear' AND NOT EXISTS "
            "(SELECT 1 FROM orders WHERE verb = 'settle' AND done_at IS NULL)"
        ).fetchall()
    except sqlite3.OperationalError:  # not all tables are made yet
        return 0
    finally:
        rows.close()
    there = [json.dumps(one, sort_keys=True) for one in slack.posted]
    for number, bodies in open_ones:
        found = [
            json.dumps(json.loads(b), sort_keys=True) in there
            for b in json.loads(bodies)
        ]
        first = found.index(False) + 1 if False in found else len(found) + 1
        orders.give(
            folder / "state",
            "settle",
            [str(number), str(first)],
            datetime.now().astimezone(),
        )
    return len(open_ones)


def _run(folder: Path, root: str, url: str, end: datetime) -> None:
    """Follow the week from where the clock stands; the parent serves it."""
    clock = folder / "clock"
    site = week_site.WeekSite(load(), datetime.fromisoformat(clock.read_text()), root)

    def passed(now: datetime) -> None:
        part = folder / "clock.part"
        part.write_text(now.isoformat())
        part.replace(clock)

    slack = Slack(url=url, posted=[], requests=[], asked=None)  # type: ignore[arg-type]  # only its address is used
    run = Run(site, slack, folder, clock=[site.at], passed=passed)
    with run.opened() as watch:
        run.until(watch, end)


def main() -> None:
    """Be the watch that is killed, or compare."""
    if sys.argv[1] == "run":
        folder, root, url, end = sys.argv[2:]
        _run(Path(folder), root, url, datetime.fromisoformat(end))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = compared(Path(folder), int(sys.argv[1]), float(sys.argv[2]))
    print(f"{found.kills} kills, {found.unclear} posts unclear and settled")
    print(
        f"{len(found.lost)} quotes lost, {len(found.more)} more, {found.twice} messages twice"
    )
    for one in (*found.lost, *found.more):
        print(one[:150])


if __name__ == "__main__":
    main()
