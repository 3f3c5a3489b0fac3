"""How far a run over an archive is, in a line of words; and how much there is of it.

How many articles there are is counted beside the run, in passing: lines and files, not what
is in them. Where that would take reading (Parquet, crawls, object storage) nobody counts.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summarizer.batch.entries import Cost, Entry
from summarizer.sources.files import is_address

_ARTICLES: Final = frozenset(
    {".txt", ".html", ".htm", ".pdf", ".docx", ".eml", ".md", ".markdown"}
)
_LINES: Final = frozenset({".jsonl", ".ndjson", ".urls"})
_UNCOUNTED: Final = (".parquet", ".warc", ".gz", ".zst", ".bz2", ".xz")
_BLOCK: Final = 1 << 20


@dataclass(slots=True)
class Progress:
    """What this run has done, and what it took.

    Attributes:
        clock: Tells seconds, from any start.
        total: Articles that this run is to do; None while nobody knows.
        counts: Articles by what became of them.
    """

    clock: Callable[[], float] = time.monotonic
    total: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    tokens: int = 0
    usd: float = 0.0
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def add(self, entry: Entry, cost: Cost) -> None:
        """Take note of an article that is done."""
        self.counts[entry.status] += 1
        self.tokens += cost.read_tokens + cost.written_tokens
        self.usd += cost.usd

    def words(self) -> str:
        """Say how far the run is, how fast it is, and when it will end."""
        done = self.counts.total()
        minutes = max(1e-3, (self.clock() - self.begun) / 60)
        told = [f"{n:,} {name}" for name, n in self.counts.items()] or ["0 done"]
        left = None if self.total is None else max(0, self.total - done)
        told.append("so far" if left is None else f"{left:,} left")
        told.append(f"{done / minutes:,.0f} a minute")
        if self.tokens:
            told.append(f"{self.tokens / minutes:,.0f} tokens a minute")
        if self.usd:
            told.append(f"${self.usd / minutes:,.3f} a minute")
        if left and done:
            told.append(f"{_lasting(left * minutes / done)} to go")
        return " · ".join(told)


def _lasting(minutes: float) -> str:
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(round(minutes), 60)
    return f"about {hours:,} h {rest} min" if hours else f"about {rest} min"


def counted_beside(
    places: Sequence[str], told: Callable[[int], None], spared: Path | None
) -> None:
    """Count in a thread of its own; tell it when it is known, or never."""

    def run() -> None:
        try:
            found = count(places, spared)
        except OSError:
            return  # the run itself will say what cannot be read
        if found is not None:
            told(found)

    threading.Thread(target=run, name="counting", daemon=True).start()


def count(places: Sequence[str], spared: Path | None = None) -> int | None:
    """Count the articles in places, roughly: what is given twice counts twice.

    Args:
        places: Files, folders and addresses.
        spared: The folder of the output, which is no input.

    Returns:
        How many; None when it would take reading them, as for patterns and crawls.
    """
    total = 0
    for place in places:
        found = _in_place(place, spared)
        if found is None:
            return None
        total += found
    return total


def _in_place(place: str, spared: Path | None) -> int | None:
    if is_address(place):
        return 1
    path = Path(place)
    if "://" in place or not path.exists():
        return None
    if not path.is_dir():
        return _in_file(path, is_named=True)
    total = 0
    for folder, _, names in os.walk(path):
        here = Path(folder)
        if spared is not None and here.resolve().is_relative_to(spared):
            continue
        for name in names:
            found = _in_file(here / name, is_named=False)
            if found is None:
                return None
            total += found
    return total


def _in_file(path: Path, *, is_named: bool) -> int | None:
    suffix = path.suffix.lower()
    if suffix in _UNCOUNTED:
        return None
    if suffix in _LINES:
        return _lines(path)
    return int(is_named or suffix in _ARTICLES)


def _lines(path: Path) -> int:
    found, last = 0, b"\n"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found += block.count(b"\n")
            last = block[-1:]
    return found + (last != b"\n")
