"""The journal of a run: one line a document, on disk as soon as it is done.

A run that is killed loses at most the document under way; a torn last line is dropped.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from pydantic import ValidationError

from schemas.briefing import Briefing
from schemas.evidence import Frozen
from summarizer.errors import InputError
from summarizer.evaluation.replay import Answer


class Made(Frozen):
    """What made the briefings of a run; two runs differ when this does."""

    model: str
    endpoint: str
    strategy: Literal["focused", "whole"]
    prompt_sha256: str
    version: str


class Entry(Frozen):
    """One document of a run.

    Attributes:
        briefing: What came out; None when the document failed.
        error: Why it failed, in one sentence.
        answers: The model's answers, to run what follows them again.
    """

    id: str
    text_sha256: str
    milliseconds: int
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    briefing: Briefing | None = None
    error: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as it was found on disk."""

    made: Made
    entries: tuple[Entry, ...]


def read(path: str) -> Journal | None:
    """Read the journal at *path*.

    Returns:
        The journal, or None when there is no file, or nothing in it yet.

    Raises:
        InputError: It is no journal.
    """
    try:
        # Articles hold characters at which `splitlines` would cut a line in two.
        *lines, _torn = Path(path).read_bytes().decode("utf-8", "ignore").split("\n")
    except FileNotFoundError:
        return None
    except OSError as exc:
        msg = f"cannot read the journal {path!r}: {exc.strerror}"
        raise InputError(msg) from exc
    if not lines:
        return None
    try:
        made = Made.model_validate(json.loads(lines[0])["made"])
        entries = tuple(Entry.model_validate_json(line) for line in lines[1:])
    except (ValueError, KeyError, TypeError, ValidationError) as exc:
        msg = f"{path!r} is no journal of an evaluation"
        raise InputError(msg) from exc
    return Journal(made, entries)


@contextmanager
def writing(path: str, made: Made, *, fresh: bool) -> Iterator["Writer"]:
    """Open a journal to go on with, or a new one.

    Args:
        path: Where.
        made: What makes the briefings.
        fresh: Whether to begin a new one; the file must then be absent or empty.

    Raises:
        InputError: It cannot be written.
    """
    try:
        _drop_torn_line(path)
        with Path(path).open("a", encoding="utf-8") as file:
            writer = Writer(file)
            if fresh:
                writer.put({"made": made.model_dump(mode="json")})
            yield writer
    except OSError as exc:
        msg = f"cannot write the journal {path!r}: {exc.strerror}"
        raise InputError(msg) from exc


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes entries; each is on disk before the next document begins."""

    file: TextIO

    def add(self, entry: Entry) -> None:
        """Write one document's entry."""
        self.put(entry.model_dump(mode="json"))

    def put(self, line: dict[str, Any]) -> None:
        """Write one line and see it to the disk."""
        self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())


def _drop_torn_line(path: str) -> None:
    file = Path(path)
    if not file.exists():
        return
    data = file.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with file.open("r+b") as handle:
            handle.truncate(whole)
