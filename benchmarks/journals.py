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


Lines = dict[tuple[str, str], Line]
"""The lines of a journal, by id and hash of the document."""


def read(path: Path) -> tuple[dict[str, object], Lines]:
    """Read a journal as it stands.

    Returns:
        What made it and its lines, without a torn last one; both empty when there is
        no journal.
    """
    if not path.exists():
        return {}, {}
    first, *rest = path.read_bytes().decode("utf-8", "ignore").split("\n")[:-1] or [
        "{}"
    ]
    found = [json.loads(line) for line in rest]
    lines = {
        (one["id"], one["text_sha256"]): Line(**{**one, "spent": Spent(**one["spent"])})
        for one in found
    }
    return json.loads(first), lines


def kept(path: Path, made: Mapping[str, object]) -> Lines:
    """Read the lines to go on with.

    A torn last line, of a run that was killed, is cut off. A journal of something else
    than *made* is renamed, and a new one begins.
    """
    was, lines = read(path)
    if not was:
        path.unlink(missing_ok=True)  # killed in its first line
        return {}
    if was != dict(made):
        path.rename(_aside(path))
        return {}
    os.truncate(path, path.read_bytes().rfind(b"\n") + 1)
    return lines


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
