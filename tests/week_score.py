"""How well the week was told: what an editor wants told, once, and what not.

A change counts as told when a post cites words of its quote, not before its time. What is
in no list is not judged.

    python tests/week_score.py [--hours N] [--model]

follows the week, or its first hours, and prints the table; with the embedded model also
what that took.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from week_of_news import Silent, Told, Week

from summarizer.watch import figures
from summarizer.watch.watching import Watch

ENOUGH = 0.6
"""Share of the words of a wanted quote that a post must cite in a row."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it came into the channel: when, and its quotes of what is new."""

    at: datetime
    story: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the wanted and the unwanted.

    Attributes:
        wanted: By story, must be told: told, and all.
        minutes: From publication to post, of what was told.
        silent: By reason, what must not be told: told, and all.
        twice: Items that two posts of one story tell as new: section and quote.
    """

    wanted: Mapping[str, tuple[int, int]]
    minutes: tuple[float, ...]
    silent: Mapping[str, tuple[int, int]]
    twice: tuple[str, ...]


def quotes(message: Mapping[str, Any]) -> Iterator[str]:
    """List what a message cites as the words of now."""
    for block in message["blocks"]:
        for element in block.get("elements", ()):
            runs = element.get("elements", ()) if isinstance(element, dict) else ()
            texts = [run.get("text", "") for run in runs]
            if texts and texts[0].startswith("now:"):
                yield " ".join(texts[1:])


def score(
    week: Week, posts: Sequence[Post], twice: Sequence[str], end: datetime
) -> Score:
    """Hold the posts against what is expected until the end."""
    must = [one for one in week.told if not one.may and one.at <= end]
    found = {one: _first(one, posts) for one in must}
    wanted = {
        story: (
            sum(found[one] is not None for one in must if one.story == story),
            sum(one.story == story for one in must),
        )
        for story in (*week.stories, "single")
    }
    minutes = tuple(
        (at - one.at).total_seconds() / 60 for one, at in found.items() if at
    )
    bad = Counter(
        one.reason for one in week.silent if one.at <= end and _first(one, posts)
    )
    silent: dict[str, tuple[int, int]] = {
        r: (bad[r], n) for r, n in Counter(o.reason for o in week.silent).items()
    }
    return Score(wanted, minutes, silent, tuple(twice))


def told_twice(watch: Watch) -> list[str]:
    """List the items that two posts tell as new: the same words, for the same section."""
    found: dict[tuple[str, str, str], set[int]] = {}
    told = watch.rows.execute(
        "SELECT DISTINCT story, version, item FROM decisions "
        "WHERE outcome = 'told' AND kind = 'new'"
    )
    for story, version, name in told.fetchall():
        briefing = watch.editor.chronicle.briefing(story, version)
        assert briefing is not None
        for section in ("requests", "positions", "casualties", "developments"):
            for item in getattr(briefing, section):
                if item.id == name:
                    key = (story, section, item.evidence[0].exact)
                    found.setdefault(key, set()).add(version)
    return [f"{one}: {quote}" for (_, one, quote), n in found.items() if len(n) > 1]


def _first(one: Told | Silent, posts: Sequence[Post]) -> datetime | None:
    """Find when a post first cites most of a quote, not before its time."""
    return next(
        (p.at for p in posts if p.at >= one.at and any(_cites(q, one.quote) for q in p.quotes)),
        None,
    )  # fmt: skip


def _cites(cited: str, wanted: str) -> bool:
    words, given = _words(wanted), _words(cited)
    least = max(3, int(ENOUGH * len(words)))
    runs = {tuple(given[n : n + least]) for n in range(len(given) - least + 1)}
    return any(
        tuple(words[n : n + least]) in runs for n in range(len(words) - least + 1)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def main() -> None:
    """Follow the week, and print how it was told."""
    from week_watch import following  # noqa: PLC0415  needs the program

    reader = argparse.ArgumentParser()
    reader.add_argument("--hours", type=float, default=24 * 7 + 12)
    reader.add_argument("--model", action="store_true")
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder, following(Path(folder)) as run:
        run.is_asked = asked.model
        with run.opened() as watch:
            end = min(run.end, run.clock[0] + timedelta(hours=asked.hours))
            run.until(watch, end)
            posts = [
                Post(post.made_at, post.stories[0].partition(".")[0], tuple(
                    q for body in post.bodies for q in quotes(json.loads(body))
                ))
                for post in watch.sender.outbox.of_state("posted")
            ]  # fmt: skip
            found = score(run.week, posts, told_twice(watch), end)
            _print(found, len(posts))
            if asked.model:
                print(_spent(watch))


def _print(found: Score, posts: int) -> None:
    for story, (told, all_) in found.wanted.items():
        print(f"{story:<10} told {told} of {all_}")
    print("all        told {} of {}".format(*map(sum, zip(*found.wanted.values(), strict=True))))  # fmt: skip
    for reason, (told, all_) in found.silent.items():
        print(f"not wanted: {reason:<12} told {told} of {all_}")
    late = sorted(found.minutes)
    print(f"minutes to post: median {late[len(late) // 2]:.1f}, most {late[-1]:.1f}")
    print(f"{posts} posts, {len(found.twice)} quotes twice as new")
    for quote in found.twice:
        print("twice:", quote[:120])


def _spent(watch: Watch) -> str:
    """Say what the model took: the time of all, by article and by briefing."""
    of = figures.read(watch.rows, watch.now())
    return (
        f"{of.articles} articles, {of.briefings} briefings, {of.calls} requests, "
        f"{of.tokens} tokens, {of.kept} kept replies, {of.seconds:.0f} s of work: "
        f"{of.seconds / max(1, of.articles):.0f} s an article"
    )


if __name__ == "__main__":
    main()
