"""The places that hold the articles of an archive: files, folders, patterns, lists."""

import glob
import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summarizer.batch.inputs import rows
from summarizer.batch.inputs.given import Given, key_of, unreadable
from summarizer.errors import InputError
from summarizer.sources.files import is_address

_SUFFIXES: Final = frozenset(
    {".txt", ".html", ".htm", ".pdf", ".docx", ".eml", ".md", ".markdown"}
)
"""Files of a folder that are articles; others are passed over."""

_LINES: Final = frozenset({".jsonl", ".ndjson"})


@dataclass(slots=True)
class Inputs:
    """The articles that were named, in their order, each once.

    Attributes:
        places: Files, folders, patterns with *, addresses; files of JSON lines, or of
            one address a line (.urls).
        mapping: By what is wanted (text, title, …) the field of a row that holds it.
        spared: The folder of the output, which is no input even within one.
        guessed: Which field of which file was taken for what; grows while rows are read.
        doubled: How many articles were given more than once.
    """

    places: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    spared: Path | None = None
    guessed: dict[str, dict[str, str]] = field(default_factory=dict)
    doubled: int = 0

    def __iter__(self) -> Iterator[Given]:
        self.doubled = 0
        seen: set[bytes] = set()
        for given in self._all():
            short = bytes.fromhex(given.key)[:16]
            if short in seen:
                self.doubled += 1
                continue
            seen.add(short)
            yield given

    def check(self) -> None:
        """Find out whether all places are there, before anything is made.

        Raises:
            InputError: One is not.
        """
        for place in self.places:
            is_pattern = any(mark in place for mark in "*?[")
            if not (is_address(place) or is_pattern or Path(place).exists()):
                msg = f"there is no file or folder {place!r}"
                raise InputError(msg)

    def _all(self) -> Iterator[Given]:
        for place in self.places:
            yield from self._of(place)

    def _of(self, place: str) -> Iterator[Given]:
        if is_address(place):
            yield Given(key_of(place.encode()), place)
            return
        path = Path(place)
        if path.is_dir():
            yield from self._folder(path)
        elif path.is_file():
            yield from self._file(path)
        elif any(mark in place for mark in "*?["):
            found = sorted(glob.glob(place, recursive=True))  # noqa: PTH207  ** too
            if not found:
                msg = f"nothing fits {place!r}"
                raise InputError(msg)
            for one in found:
                if Path(one).is_file():
                    yield from self._file(Path(one))
        else:
            msg = f"there is no file or folder {place!r}"
            raise InputError(msg)

    def _folder(self, folder: Path) -> Iterator[Given]:
        inside = folder.resolve()
        for path in sorted(folder.rglob("*")):
            if self.spared is not None and path.resolve().is_relative_to(self.spared):
                continue  # what an earlier run made
            if path.suffix.lower() not in _SUFFIXES | _LINES or not path.is_file():
                continue
            if not path.resolve().is_relative_to(inside):
                why = "it is a link that leads out of the folder"
                yield unreadable(str(path), str(path), why)
                continue
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Given]:
        if path.suffix.lower() in _LINES:
            yield from self._rows(path)
        elif path.suffix.lower() == ".urls":
            for line in path.read_text("utf-8").splitlines():
                address = line.strip()
                if address and not address.startswith("#"):
                    yield Given(key_of(address.encode()), address)
        else:
            yield _of_file(path)

    def _rows(self, path: Path) -> Iterator[Given]:
        names: dict[str, str] | None = None
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                place = f"{path}:{number}"
                row = rows.row_of(line)
                if row is None:
                    yield unreadable(place, line, "the line is no JSON object")
                    continue
                if names is None:
                    names = rows.names_of(row, self.mapping)
                    if names.get("text") not in row:
                        yield unreadable(place, line, rows.no_text(row, self.mapping))
                        if self.mapping.get("text") is None:
                            return  # no file of articles: its other lines are none
                        names = None
                        continue
                    self.guessed[str(path)] = names
                yield rows.article_of(place, line, row, names)


def _of_file(path: Path) -> Given:
    try:
        raw = path.read_bytes()
    except OSError as exc:
        return unreadable(str(path), str(path), f"it cannot be read: {exc.strerror}")
    beside = path.with_suffix(".toml")
    known = beside.read_bytes() if beside.is_file() else b""
    return Given(key_of(raw, known), str(path))


def chosen(given: Inputs, sample: int | None) -> Iterator[Given]:
    """Take all articles, or so many by chance: those of the smallest hashes.

    The hashes are as good as chance, and the same archive gives the same sample.

    Args:
        given: What was named.
        sample: How many, 1 or more; None for all.
    """
    if sample is None:
        return iter(given)
    return iter(heapq.nsmallest(sample, given, key=lambda one: one.key))
