"""CPU time of `verify`, once, ten and a hundred times the text and the items.

Run it with `make speed`. The articles are those of the tests, with the names of towns
numbered so that no sentence repeats; the items are what code finds without a model.
"""

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from schemas.briefing import Briefing, Item
from schemas.evidence import Frozen
from summarizer.pipeline import brief
from summarizer.ports import Ask, Reply, Usage
from summarizer.sources import make_article
from summarizer.verification import verify

WORDS = 1_000
ITEMS = 40


@dataclass
class Silent:
    """A model that finds nothing: code's own items are enough to time."""

    model: str = "none"
    host: str = "none"
    strategy: str = "focused"
    passage_tokens: int = 1
    output_tokens: int = 1
    is_embedded: bool = True

    def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:
        """Answer with nothing."""
        return Reply(ask.answer.model_validate({"items": ()}), Usage(calls=1))


def text_of(times: int) -> str:
    """Write *times* 1,000 words."""
    parts: list[str] = []
    number = 0
    while sum(len(p.split()) for p in parts) < times * WORDS:
        number += 1
        for name in ("market", "hard", "library"):
            text = (ROOT / f"tests/articles/{name}.txt").read_text(encoding="utf-8")
            body = text.split("\n", 2)[2]
            parts.append(
                re.sub(r"\b(Kasra|Tarsis|Rafe|Rao|Orr|Selim)\b", rf"\1q{number}", body)
            )
    words = 0
    kept: list[str] = []
    for line in "\n".join(parts).splitlines():
        words += len(line.split())
        kept.append(line)
        if words >= times * WORDS:
            break
    return "\n".join(kept)


def trimmed(briefing: Briefing, items: int) -> Briefing:
    """Keep *items* items, in their order, and the actors that they name."""
    kept: dict[str, tuple[Item, ...]] = {}
    for name in ("actors", "requests", "positions", "casualties", "open_questions"):
        found: tuple[Item, ...] = getattr(briefing, name)
        kept[name] = found[: items - sum(len(of) for of in kept.values())]
    return briefing.model_copy(update=kept)


def main() -> None:
    """Print milliseconds of CPU, the least of five runs."""
    for times in (1, 10, 100):
        article = make_article(text_of(times))
        made = brief([article], Silent())  # type: ignore[arg-type]  # a Completer by shape
        count = sum(
            len(getattr(made, n))
            for n in ("actors", "requests", "positions", "casualties", "open_questions")
        )
        least = float("inf")
        failing = 0
        for run in range(5):
            # A text never seen before: nothing may come from a cache.
            fresh = made.model_copy(
                update={
                    "sources": tuple(
                        s.model_copy(update={"text": s.text + " " * (run + 1)})
                        for s in made.sources
                    )
                }
            )
            start = time.process_time()
            report = verify(fresh)
            least = min(least, time.process_time() - start)
            failing = sum(f.check != "source" for f in report.findings)
        words = len(article.text.split())
        print(
            f"{words:>7,} words {count:>5} items {1000 * least:>9.1f} ms  {failing} fail"
        )


if __name__ == "__main__":
    main()
