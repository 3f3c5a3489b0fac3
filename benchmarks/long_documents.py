"""CPU time and peak memory of long reports, of hostile texts, and of many articles.

Run it with `make bench-long`; it needs no model. A scripted completer answers every
question with nothing, so that what is measured is all that code does: splitting, reading,
asking, checking, assembling, writing the JSON. The texts are invented (`invented.py`).
Each line is a process of its own; memory is its peak, the interpreter's included.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from invented import report

from schemas.draft import WholeAnswer
from schemas.evidence import Frozen
from summarizer.pipeline import brief
from summarizer.ports import Ask, Reply, Usage
from summarizer.sources import Article, make_article

ARTICLES = 1_000
ARTICLE_WORDS = 300
LONGEST_S = 600


@dataclass
class Scripted:
    """A model that finds nothing, and notes how large the questions were."""

    strategy: str = "focused"
    model: str = "none"
    host: str = "none"
    passage_tokens: int = 1_048
    output_tokens: int = 1_048
    is_embedded: bool = True
    sizes: list[int] = field(default_factory=list)
    counted: int = 0

    def count_tokens(self, text: str) -> int:
        """Count one token for every three code points."""
        self.counted += 1
        return len(text) // 3

    def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:
        """Answer with nothing."""
        self.sizes.append(sum(len(m.content) for m in ask.messages))
        nothing: dict[str, object] = {"items": ()}
        if ask.answer is WholeAnswer:
            lists = ("requests", "positions", "casualties", "roles", "open_questions")
            nothing = {"bottom_line": "", **dict.fromkeys(lists, ())}
        return Reply(ask.answer.model_validate(nothing), Usage(calls=1))


def one(words: int, strategy: str) -> str:
    """Brief one report; say how it was asked about."""
    scripted = Scripted(strategy)
    made = brief([make_article(report(words))], scripted)  # type: ignore[arg-type]  # a Completer by shape
    size = len(made.model_dump_json())
    items = len(made.requests) + len(made.positions) + len(made.casualties)
    return (
        f"{len(scripted.sizes)} questions, the longest {max(scripted.sizes):,} characters; "
        f"{items} items, {len(made.actors)} actors; {size / 1e6:.1f} MB of JSON"
    )


def _short(number: int) -> Article:
    text = report(ARTICLE_WORDS, seed=number + 1)
    return make_article(text, source_id=f"s{number + 1}")


def together(count: int) -> str:
    """Brief many short articles in one briefing."""
    made = brief([_short(n) for n in range(count)], Scripted())  # type: ignore[arg-type]
    return f"{len(made.sources)} sources, {len(made.actors)} actors, {len(made.requests)} requests"


def each(count: int) -> str:
    """Brief many short articles one by one."""
    actors = 0
    for number in range(count):
        actors += len(brief([_short(number)], Scripted()).actors)  # type: ignore[arg-type]
    return f"{count} briefings, {actors} actors"


HOSTILE: dict[str, Callable[[int], str]] = {
    "one sentence again and again": lambda n: "Kenya urged Chad to free the crew. " * n,
    "a sentence of verbs without end": lambda n: "Iran urged Iraq to leave and " * n,
    "harm without end": lambda n: "killed 12 people and " * n,
    "parts without end": lambda n: "12 killed including " * n,
    "sources without end": lambda n: "according to Rao, " * n,
    "statements without end": lambda n: "“We go,” Rao said, " * n,
    "one token of small letters": lambda n: "a" * 20 * n,
    "one token of capitals": lambda n: "A" * 20 * n,
    "capitals": lambda n: "Rapid " * 3 * n,
    "names before an acronym": lambda n: "Of The " * 3 * n + "(RSF)",
    "acronyms": lambda n: "Rapid Forces (RF) " * n,
    "digits": lambda n: "9" * 20 * n,
    "numbers": lambda n: "12 " * 7 * n,
    "quotation marks": lambda n: "“" * 20 * n,
    "straight quotation marks": lambda n: '" ' * 10 * n,
    "single quotation marks": lambda n: "' " * 10 * n,
    "brackets": lambda n: "(" * 20 * n,
    "commas": lambda n: "a, " * 7 * n,
    "apostrophes": lambda n: "a’" * 10 * n,
    "stops": lambda n: "A." * 10 * n,
    "accents": lambda n: "a\u0301" * 10 * n,
    "line ends": lambda n: "\n" * 20 * n + "x",
    "no letters that we know": lambda n: "記者団は十二人が死亡したと述べた。" * n,
}


def hostile(name: str, times: int) -> str:
    """Brief a text that was made to be slow."""
    text = HOSTILE[name](times)
    brief([make_article(text)], Scripted())  # type: ignore[arg-type]
    return f"{len(text):,} characters"


def run(job: str, *args: str) -> None:
    """Do one job in this process and print what it took."""
    jobs: dict[str, Callable[[], str]] = {
        "one": lambda: one(int(args[0]), args[1]),
        "together": lambda: together(int(args[0])),
        "each": lambda: each(int(args[0])),
        "hostile": lambda: hostile(args[0], int(args[1])),
    }
    one(200, "focused")  # patterns are compiled once, whatever the text
    start = time.process_time()
    told = jobs[job]()
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{' '.join((job, *args)):<44} {took:>7.2f} s {peak:>6.0f} MB   {told}",
        flush=True,
    )


def main() -> None:
    """Run all jobs, each in a process of its own."""
    jobs = [("one", str(words), s) for s in ("focused", "whole") for words in SIZES]
    jobs += [(how, str(n)) for how in ("each", "together") for n in (100, ARTICLES)]
    jobs += [("hostile", name, str(n)) for name in HOSTILE for n in (1_000, 10_000)]
    wanted = sys.argv[1:]
    for job in jobs:
        if not wanted or job[0] in wanted:
            command = [sys.executable, __file__, "--", *job]
            try:
                subprocess.run(command, check=True, timeout=LONGEST_S)  # noqa: S603  our own file
            except subprocess.TimeoutExpired:
                print(f"{' '.join(job):<44} more than {LONGEST_S} s", flush=True)


SIZES = (1_000, 10_000, 50_000)

if __name__ == "__main__":
    if sys.argv[1:2] == ["--"]:
        run(*sys.argv[2:])
    else:
        main()
