"""How far copies and different articles lie apart by w-shingling.

The texts are the seeds, those in their gold file, and the invented articles of the tests.

Prints, for each kind of pair, the smallest and the largest share of common runs: what
`summarizer.assembly.copies.COPIED` stands between. Run it with
`.venv/bin/python benchmarks/copies.py`.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from summarizer.assembly.several import copies
from summarizer.sources import make_article

OWN = (
    "Readers of this paper sent us pictures of what they saw on that day, and some of "
    "them have asked not to be named here. We show the pictures on our own pages, and "
    "we thank all who wrote to us about them since then."
)


def changed(text: str, every: int) -> str:
    """Put another word for each n-th, as house style does."""
    words = text.split(" ")
    return " ".join("so" if i % every == every - 1 else w for i, w in enumerate(words))


def versions(text: str) -> Iterator[tuple[str, str]]:
    """Copy a text as outlets do."""
    half = text[: len(text) // 2].rpartition(" ")[0]
    yield "word for word", text
    yield "cut to the half", half
    yield "cut, a paragraph added", f"{OWN}\n\n{half}"
    yield "every 30th word changed", changed(text, 30)
    yield "every 15th word changed", changed(text, 15)
    yield "cut, added, every 15th changed", f"{OWN}\n\n{changed(half, 15)}"
    yield "every 8th word changed", changed(text, 8)


def fifth(text: str) -> str:
    """Take a statement's length out of the middle of a text."""
    return text[2 * len(text) // 5 : 3 * len(text) // 5]


def contained(one: frozenset[int], two: frozenset[int]) -> float:
    """Measure the shared part of the shorter text."""
    return len(one & two) / max(1, min(len(one), len(two)))


def main() -> None:
    """Print the ranges."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("seeds/*.txt"))]
    texts += [
        p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("tests/articles/*.txt"))
    ]
    gold = (ROOT / "seeds/gold/invented.jsonl").read_text(encoding="utf-8")
    texts += [json.loads(line)["text"] for line in gold.splitlines()]
    days = [
        p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests/days").iterdir())
    ]
    runs = [copies.shingles(make_article(t)) for t in texts]
    kept = [(t, r) for t, r in zip(texts, runs, strict=True) if len(r) > copies.FEWEST]
    found: dict[str, list[float]] = {}
    for text, own in kept:
        for name, copy in versions(text):
            share = contained(own, copies.shingles(make_article(copy)))
            found.setdefault(name, []).append(share)
    found["another text with a fifth of this"] = [
        contained(own, copies.shingles(make_article(f"{fifth(text)}\n\n{other}")))
        for text, own in kept
        for other, runs_of_it in kept
        if other != text and len(runs_of_it) > len(own) / 2
    ]
    found["two texts"] = [
        contained(a, b) for (_, a), (_, b) in combinations(kept, 2) if a != b
    ]
    one, two = (copies.shingles(make_article(t)) for t in days[:2])
    found["one story, two days"] = [contained(one, two)]
    for name, shares in found.items():
        least, most = min(shares), max(shares)
        print(f"{name:<34} {len(shares):>6} pairs  {least:.2f} to {most:.2f}")


if __name__ == "__main__":
    main()
