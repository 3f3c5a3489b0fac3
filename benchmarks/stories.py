"""How well stories are told apart, by our method and by two baselines.

    python benchmarks/stories.py FILE.jsonl [--load N]

Each line of the file is one article: `title`, `text`, `published` (with an offset from
UTC), `story` (what it tells; null where that is not settled: such an article is in the
stream, and not scored), and `id`, `language`, `publisher` where they are known. `--load` also measures time and
memory with N articles made out of the file's, each with its own invented names.

The baselines get their best threshold, chosen on the very file that they are measured on,
which is generous to them:

- tf-idf: cosine of an article and the mean of a story's articles, with the inverse
  document frequencies of the whole file, in a window of five days;
- nearest: the same cosine, of an article and the nearest one of the last five days.

Needs nothing but the package. It reads no other file and no network.
"""

import argparse
import json
import math
import re
import resource
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rensa import RMinHash, RMinHashLSH

from summarizer.watch.stories import index, likeness, measure, profile, traits
from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.sqlite import SqliteStore
from summarizer.watch.stories.values import Kept, Piece

WINDOW = timedelta(days=5)
Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A piece and what it tells."""

    piece: Piece
    story: str | None


def read(file: Path) -> list[Labelled]:
    """Read the articles in the order in which they were published."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            when = datetime.fromisoformat(row["published"])
            name = str(row.get("id", number))
            piece = Piece(
                name,
                1,
                row.get("title") or "",
                row["text"],
                when,
                row.get("language", "en"),
                row.get("publisher", ""),
            )
            found.append(Labelled(piece, row["story"]))
    return sorted(found, key=lambda one: (one.piece.published, one.piece.id))


def ours(rows: list[Labelled]) -> dict[str, str]:
    """Assign by our method."""
    stories = Stories(SqliteStore(sqlite3.connect(":memory:")))
    for row in rows:
        stories.add(row.piece, now=row.piece.published)
    return {row.piece.id: str(stories.story_of(row.piece.id)) for row in rows}


def vectors(rows: list[Labelled]) -> list[Vector]:
    """Weigh the words of each article by tf-idf, to length 1."""
    counts = [
        Counter(re.findall(r"\w+", f"{r.piece.title} {r.piece.text}".casefold()))
        for r in rows
    ]
    held = Counter(word for one in counts for word in one)
    made = []
    for one in counts:
        raw = {
            w: (1 + math.log(n)) * math.log(len(rows) / held[w]) for w, n in one.items()
        }
        size = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        made.append({w: v / size for w, v in raw.items() if v})
    return made


def dot(one: Vector, two: Vector) -> float:
    """Multiply two vectors."""
    few, many = sorted((one, two), key=len)
    return sum(value * many[word] for word, value in few.items() if word in many)


def centroids(
    rows: list[Labelled], made: list[Vector], threshold: float
) -> dict[str, str]:
    """Assign to the story whose mean is nearest."""
    found: dict[str, str] = {}
    sums: dict[str, Vector] = {}
    latest: dict[str, datetime] = {}
    for row, vector in zip(rows, made, strict=True):
        now = row.piece.published
        for story in [s for s, when in latest.items() if now - when > WINDOW]:
            del sums[story], latest[story]
        scores = {
            story: dot(vector, total) / math.sqrt(dot(total, total))
            for story, total in sums.items()
        }
        best = max(scores, key=lambda s: (scores[s], s), default="")
        if not best or scores[best] < threshold:
            best = row.piece.id
        total = sums.setdefault(best, {})
        for word, value in vector.items():
            total[word] = total.get(word, 0.0) + value
        latest[best] = now
        found[row.piece.id] = best
    return found


def nearest(
    rows: list[Labelled], made: list[Vector], threshold: float
) -> dict[str, str]:
    """Assign to the story of the nearest article."""
    found: dict[str, str] = {}
    for number, (row, vector) in enumerate(zip(rows, made, strict=True)):
        best, story = threshold, row.piece.id
        for other, earlier in zip(rows[:number], made, strict=False):
            if row.piece.published - other.piece.published <= WINDOW:
                score = dot(vector, earlier)
                if score >= best:
                    best, story = score, found[other.piece.id]
        found[row.piece.id] = story
    return found


def best_of(
    method: Callable[[list[Labelled], list[Vector], float], dict[str, str]],
    rows: list[Labelled],
    gold: dict[str, str],
) -> tuple[float, dict[str, str]]:
    """Choose the threshold with the best pairwise F1 on the file itself."""
    made = vectors(rows)
    tried = [(n / 50, method(rows, made, n / 50)) for n in range(3, 31)]
    return max(tried, key=lambda one: measure.pairwise(one[1], gold).f1)


def candidates(rows: list[Labelled]) -> tuple[float, float]:
    """Tell how often the story of an article is among the candidates that are looked at.

    Returns:
        For the inverted index and for MinHash with locality-sensitive hashing (rensa, 128
        hashes, 64 bands): the share of articles with an earlier one of their story in the
        last five days, whose story is found.
    """
    held = index.Index()
    lsh = RMinHashLSH(threshold=0.1, num_perm=128, num_bands=64)
    members: dict[str, list[Kept]] = {}
    numbers: dict[int, str] = {}
    wanted = by_index = by_hash = 0
    for number, row in enumerate(rows):
        if row.story is None:
            continue
        seen = traits.read(row.piece)
        hashed = RMinHash(num_perm=128, seed=1)
        hashed.update([*seen.names, *seen.words])
        near = {numbers[n] for n in lsh.query(hashed)}
        there = members.setdefault(row.story, [])
        if there and row.piece.published - there[-1].published <= WINDOW:
            wanted += 1
            by_index += row.story in held.candidates(likeness.weighed(seen, held))
            by_hash += row.story in near
        there.append(Kept(row.piece.id, 1, row.piece.published, seen))
        held.put(row.story, profile.of(profile.known_by(there)))
        lsh.insert(number, hashed)
        numbers[number] = row.story
    return by_index / max(1, wanted), by_hash / max(1, wanted)


def many(rows: list[Labelled], count: int) -> Iterator[Piece]:
    """Make many articles, all within four days.

    In each round the names get another ending, and each longer word becomes another one
    of the file's, the same throughout the round: so a round has the file's stories, about
    other things, in words that other rounds use as well.
    """
    words = sorted({w for r in rows for w in re.findall(r"\b[a-z]{4,}", r.piece.text)})
    places = {word: place for place, word in enumerate(words)}
    for number in range(count):
        row, turn = rows[number % len(rows)], number // len(rows)

        def other(match: re.Match[str], turn: int = turn) -> str:
            word = match.group()
            if word in places:
                return words[(places[word] + turn * 797) % len(words)]
            return word + chr(97 + turn % 26) + chr(97 + turn // 26)

        yield Piece(
            f"{number}",
            1,
            re.sub(r"\b[A-Za-z]\w{3,}", other, row.piece.title),
            re.sub(r"\b[A-Za-z]\w{3,}", other, row.piece.text),
            rows[0].piece.published + timedelta(days=4) * number / count,
        )


def load(rows: list[Labelled], count: int) -> None:
    """Print what the last thousand of many articles take, and what stays in memory."""
    stories = Stories(SqliteStore(sqlite3.connect(":memory:")))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = 0.0
    for number, piece in enumerate(many(rows, count)):
        start = time.process_time()
        stories.add(piece, now=piece.published)
        if number >= count - 1_000:
            spent += time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"with {count} articles in {len(stories.living.stories)} open stories: "
        f"{spent / min(count, 1_000) * 1e3:.1f} ms of processor time for one of the last "
        f"thousand; {grown:.0f} MB more, the database in memory among them"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--load", type=int, default=0)
    asked = parser.parse_args()
    rows = read(asked.file)
    gold = {r.piece.id: r.story for r in rows if r.story is not None}
    print(
        f"{len(rows)} articles, {len(gold)} scored, {len(set(gold.values()))} stories"
    )
    start = time.process_time()
    found = ours(rows)
    spent = (time.process_time() - start) / len(rows) * 1e3
    results = [(f"ours ({spent:.1f} ms an article)", found)]
    for name, method in (("tf-idf", centroids), ("nearest", nearest)):
        threshold, at_best = best_of(method, rows, gold)
        results.append((f"{name}, best threshold {threshold:.2f}", at_best))
    print(f"{'':<34}precision  recall  pair F1  B-cubed F1")
    for name, one in results:
        pairs, cubed = measure.pairwise(one, gold), measure.b_cubed(one, gold)
        print(
            f"{name:<34}{pairs.precision:9.3f}{pairs.recall:8.3f}{pairs.f1:9.3f}{cubed.f1:12.3f}"
        )
    by_index, by_hash = candidates(rows)
    print(
        f"the right story is a candidate: index {by_index:.3f}, MinHash {by_hash:.3f}"
    )
    if asked.load:
        load(rows, asked.load)


if __name__ == "__main__":
    main()
