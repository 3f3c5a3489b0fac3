"""The journals of a comparison: one a contestant, one line a document.

A line is on disk before the next document begins, so a run that is killed goes on where
it was. What made the outputs stands in the first line; the journal of another
configuration is put aside, never mixed in.
"""

import itertools
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.meter import Spent


@dataclass(frozen=True, slots=True)
class Line:
    """What one contestant made of one document, and what it cost.

    Attributes:
        output: As the contestant gave it; None when the document failed.
        error: Why it failed.
    """

    id: str
    text_sha256: str
    seconds: float
    spent: Spent
    output: object = None
    error: str | None = None


def kept(path: Path, made: Mapping[str, object]) -> dict[tuple[str, str], Line]:
    """Read the lines of a journal by document and text; none when there is no file.

    A torn last line, of a run that was killed, is cut off. A journal of something else
    than *made* is renamed, and a new one begins.
    """
    if not path.exists():
        return {}
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        os.truncate(path, whole)
    first, *rest = data[:whole].decode().split("\n")[:-1] or [""]
    if first and json.loads(first) != dict(made):
        path.rename(_aside(path))
        return {}
    lines = [json.loads(line) for line in rest]
    return {
        (one["id"], one["text_sha256"]): Line(**{**one, "spent": Spent(**one["spent"])})
        for one in lines
    }


def add(path: Path, made: Mapping[str, object], line: Line) -> None:
    """Write one line, after the first one, and see it to the disk."""
    fresh = not path.exists() or path.stat().st_size == 0
    with path.open("a", encoding="utf-8") as file:
        if fresh:
            file.write(json.dumps(dict(made)) + "\n")
        file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _aside(path: Path) -> Path:
    """Find a free name for a journal that is put aside: its own, numbered."""
    return next(
        name
        for number in itertools.count(1)
        if not (name := path.with_suffix(f".{number}.old")).exists()
    )
