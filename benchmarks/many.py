"""Time and memory of one run over many short articles, without the model.

A third of the articles are copies of another one, a third tell a story that another one
tells too, and the rest stand alone; all are made up here, of invented names. The model
is replaced by one that finds nothing, so what is measured is the code: reading, merging,
finding copies, questions, the briefing, and `verify`, the page and the other forms.

Run it with `.venv/bin/python benchmarks/many.py [articles]`.
"""

import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from several import Silent

from summarizer.pipeline import brief
from summarizer.render import html, markdown, slack, terminal
from summarizer.sources import Article, Metadata, make_article
from summarizer.verification import verify

T = TypeVar("T")
FIRST = ("Ana", "Otto", "Leila", "Pablo", "Ines", "Karl", "Mira", "Jon", "Ada", "Tom")
SYLLABLES = (
    "bra",
    "dor",
    "gel",
    "hin",
    "kos",
    "lum",
    "mar",
    "nev",
    "pol",
    "ruk",
    "tas",
)
LAST = [f"{a}{b}".title() for a in SYLLABLES for b in SYLLABLES]
TOWNS = [f"Port {a}{b}{c}".title() for a in SYLLABLES for b in SYLLABLES for c in "aeo"]
CALAMITIES = ("a ferry sank", "a bridge fell", "a mine flooded", "a market burned")
NOUNS = [
    "road",
    "boat",
    "baker",
    "school",
    "council",
    "pier",
    "lamp",
    "bell",
    "roof",
    "letter",
    "bus",
    "garden",
]
VERBS = [
    "closed",
    "opened",
    "waited",
    "burned",
    "slept",
    "came",
    "worked",
    "sang",
    "fell",
    "stood",
]
PLACES = ["near the mill", "by the river", "at dawn", "on the hill", "in the old hall"]


def story(rng: random.Random) -> dict[str, str | int]:
    """Make up what happened."""
    return {
        "town": rng.choice(TOWNS),
        "mayor": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "judge": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "what": rng.choice(CALAMITIES),
        "dead": rng.randrange(3, 90),
    }


def filler(rng: random.Random) -> str:
    """Make up a sentence that states nothing and that no other article has."""
    one, two = rng.sample(NOUNS, 2)
    name = rng.choice(LAST).lower()
    return (
        f"The {name} {one} {rng.choice(VERBS)} {rng.choice(PLACES)} and a "
        f"{rng.choice(LAST).lower()} {two} {rng.choice(VERBS)} {rng.choice(PLACES)}."
    )


def text(told: dict[str, str | int], rng: random.Random, *, again: bool) -> str:
    """Tell it in some 120 words; *again* in other words than the first time."""
    town, dead, what = told["town"], told["dead"], told["what"]
    facts = [
        f"The {town} Rescue Service said at least {dead} people died when {what} there."
        if again
        else f"At least {dead} people were killed when {what} in {town}, the {town} "
        "Rescue Service said.",
        f"Kenya was urged by Mayor {told['mayor']} to send divers."
        if again
        else f"Mayor {told['mayor']} urged Kenya to send divers to {town}.",
        f"“We will not leave,” said Judge {told['judge']}."
        if again
        else f"“We will not leave,” Judge {told['judge']} told reporters in {town}.",
        f"{told['mayor']} said the road would open in {rng.randrange(2, 30)} days.",
    ]
    lines = [*facts, *(filler(rng) for _ in range(5))]
    rng.shuffle(lines)
    return " ".join(lines)


def articles(count: int) -> list[Article]:
    """Make up the articles."""
    rng = random.Random(7)  # noqa: S311  the same texts each time
    made: list[tuple[str, dict[str, str | int]]] = []
    for number in range(count):
        if number % 3 == 1:
            made.append((f"{made[-1][0]} Printed in town {number}.", made[-1][1]))
        else:
            again = number % 3 == 2
            told = made[-1][1] if again else story(rng)
            made.append((text(told, rng, again=again), told))
    return [
        make_article(
            words,
            metadata=Metadata(
                publisher=f"Post {number % 40}",
                title=f"Story {number}",
                published=date(2025, 3, 1) + timedelta(days=number % 5),
            ),
            source_id=f"s{number + 1}",
        )
        for number, (words, _) in enumerate(made)
    ]


def timed(name: str, work: Callable[[], T]) -> T:
    """Run *work* and print its CPU seconds, and the peak of memory so far."""
    start = time.process_time()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<12} {time.process_time() - start:8.1f} s CPU   peak {peak:6.0f} MiB")
    return result


def main() -> None:
    """Measure, and say what was merged."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    read = timed("read", lambda: articles(count))
    made = timed("brief", lambda: brief(read, Silent()))  # type: ignore[arg-type]  # a Completer by shape
    report = timed("verify", lambda: verify(made))
    for name, render in (
        ("terminal", terminal.render), ("markdown", markdown.render),
        ("slack", slack.render), ("page", html.render),
    ):  # fmt: skip
        timed(name, lambda render=render: render(made))  # type: ignore[misc]
    items = (*made.requests, *made.positions, *made.casualties)
    words = sum(len(a.text.split()) for a in read)
    mixed = [
        item.id
        for item in items
        if len({(int(e.source[1:]) - 1) // 3 for e in item.evidence}) > 1
    ]
    print(
        f"{count} articles, {words:,} words: {len(items)} items, {len(made.actors)} actors, "
        f"{sum(s.copy_of is not None for s in made.sources)} copies, "
        f"{sum(i.corroboration > 1 for i in items)} items of two sources or more, "
        f"{len(mixed)} items of two stories {mixed[:5]}, {len(report.findings)} findings"
    )


if __name__ == "__main__":
    main()
