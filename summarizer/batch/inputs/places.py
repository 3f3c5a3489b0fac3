"""The places that hold the articles of an archive: files, folders, patterns, lists."""

import glob
import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summarizer.batch import storage
from summarizer.batch.inputs import containers
from summarizer.batch.inputs.containers import Container, Open, kind_of
from summarizer.batch.inputs.given import Document, Given, key_of, unreadable
from summarizer.errors import InputError
from summarizer.sources.bytes_read import MAX_BYTES
from summarizer.sources.files import is_address

_SUFFIXES: Final = frozenset(
    {".txt", ".html", ".htm", ".pdf", ".docx", ".eml", ".md", ".markdown"}
)
"""Files of a folder that are articles; others are passed over."""


@dataclass(slots=True)
class Inputs:
    """The articles that were named, in their order, each once.

    Attributes:
        places: Files, folders, patterns with *, addresses of the web and of object
            storage; files that hold many articles.
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
            InputError: One is not, or what reads it is not installed.
        """
        for place in self.places:
            containers.check(place)
            if storage.is_storage(place):
                storage.check(place)
                continue
            is_pattern = any(mark in place for mark in "*?[")
            if not (is_address(place) or is_pattern or Path(place).exists()):
                msg = f"there is no file or folder {place!r}"
                raise InputError(msg)

    def _all(self) -> Iterator[Given]:
        for place in self.places:
            yield from self._of(place)

    def _of(self, place: str) -> Iterator[Given]:
        if storage.is_storage(place):
            for found_object in storage.listed(place):
                is_named = found_object.address == place
                yield from self._object(found_object, is_named=is_named)
            return
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
            if not _is_article(path.name) or not path.is_file():
                continue
            if not path.resolve().is_relative_to(inside):
                why = "it is a link that leads out of the folder"
                yield unreadable(str(path), str(path), why)
                continue
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Given]:
        if kind_of(path.name):
            yield from self._many(str(path), lambda: path.open("rb"))
        else:
            yield _of_file(path)

    def _object(self, one: storage.Object, *, is_named: bool) -> Iterator[Given]:
        if not (is_named or _is_article(one.address)):
            return
        if kind_of(one.address):
            yield from self._many(one.address, one.opened)
            return
        try:
            raw = one.read(MAX_BYTES + 1)
        except (InputError, OSError) as exc:
            why = str(exc) if isinstance(exc, InputError) else exc.strerror
            yield unreadable(one.address, one.address, f"it cannot be read: {why}")
            return
        yield Given(key_of(raw, b""), one.address, document=Document(raw))

    def _many(self, name: str, opened: Open) -> Iterator[Given]:
        return Container(name, opened, self.mapping, self.guessed).articles()


def _is_article(name: str) -> bool:
    """Tell what is read of a folder by its name."""
    kind = kind_of(name)
    is_one = any(name.lower().endswith(end) for end in _SUFFIXES)
    return is_one or kind in {"lines", "table", "crawl"}


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
