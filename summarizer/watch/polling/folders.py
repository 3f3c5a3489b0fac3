"""Look at a folder, or at a file with one address a line: no network, no parsing."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from summarizer.errors import InputError
from summarizer.sources.bytes_read import MAX_BYTES
from summarizer.sources.files import is_address
from summarizer.sources.formats.sniff import SUFFIXES
from summarizer.watch.polling.items import Item

MOST_FILES: Final = 100_000
"""Files of a folder that are looked at."""
MOST_ADDRESSES: Final = 1_000
"""Addresses of a list: each is a request every time."""
SETTLED_S: Final = 2.0
"""Seconds that a file must have been left alone: it may still be written."""

Known = Callable[[str], str | None]
"""Gives the mark that an item had when it was last listed; None if it never was."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be an article.

    Attributes:
        name: Its path within the folder.
        stamp: Its size and time, as in a mark.
        changed: Its time, in seconds since 1970.
    """

    name: str
    path: Path
    stamp: str
    changed: float


def files(place: str, now: datetime) -> tuple[list[Found], tuple[str, ...]]:
    """List the files of a folder that our readers read, the newest first.

    Returns:
        The files, and what a person should know.

    Raises:
        InputError: There is no such folder, or it cannot be read.
    """
    folder = Path(place)
    if not folder.is_dir():
        msg = f"there is no folder {place!r}"
        raise InputError(msg)
    try:
        os.scandir(folder).close()
    except OSError as exc:
        msg = f"the folder {place!r} cannot be read: {exc.strerror}"
        raise InputError(msg) from exc
    inside = folder.resolve()
    notes: list[str] = []
    found: list[Found] = []
    for path in _walk(folder, notes):
        if len(found) >= MOST_FILES:
            notes.append(f"the folder has more than {MOST_FILES:,} files: no more")
            break
        one = _found(folder, inside, path, notes)
        if one is not None and not 0 <= now.timestamp() - one.changed < SETTLED_S:
            found.append(one)
    found.sort(key=lambda one: (-one.changed, one.name))
    return found, tuple(notes)


def changed(found: list[Found], known: Known) -> list[Found]:
    """Leave out the files whose size and time are as they were."""
    return [
        one
        for one in found
        if ((mark := known(one.name)) or "").partition(":")[2] != one.stamp
        or mark is None
    ]


def listed(found: list[Found]) -> tuple[Item, ...]:
    """Make items of files; the bytes tell whether one that was touched is another.

    One that has gone in the meantime is left out.
    """
    items: list[Item] = []
    for one in found:
        try:
            with one.path.open("rb") as file:
                digest = hashlib.sha256(file.read(MAX_BYTES + 1)).hexdigest()[:32]
        except OSError:
            digest = "unread"  # its reading will say why
        mark = f"{digest}:{one.stamp}"
        items.append(Item(guid=one.name, place=str(one.path.resolve()), mark=mark))
    return tuple(items)


def check(place: str) -> None:
    """Let a file that was listed be read, unless it has been replaced since.

    Raises:
        InputError: It has become a link, or nothing that can be read to an end.
    """
    path = Path(place)
    if path.exists() and not (path.is_file() and path.resolve() == path):
        msg = f"{place!r} has been replaced by something that is no file"
        raise InputError(msg)


def addresses(place: str) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Read a list of addresses: one a line, "#" before a remark.

    Returns:
        The pages in their order, and what a person should know.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        lines = Path(place).read_text("utf-8-sig", "replace").splitlines()
    except OSError as exc:
        msg = f"cannot read {place!r}: {exc.strerror}"
        raise InputError(msg) from exc
    words = dict.fromkeys(line.strip() for line in lines)
    named = [line for line in words if line and not line.startswith("#")]
    pages = [line for line in named if is_address(line)]
    notes = [f"{line[:80]!r} is no address" for line in named if not is_address(line)]
    if len(pages) > MOST_ADDRESSES:
        notes.append(
            f"the list has {len(pages):,} addresses: {MOST_ADDRESSES} are read"
        )
    chosen = pages[:MOST_ADDRESSES]
    return tuple(Item(guid=one, place=one, mark="") for one in chosen), tuple(
        notes[:20]
    )


def _walk(folder: Path, notes: list[str]) -> Iterator[Path]:
    def failed(exc: OSError) -> None:
        notes.append(f"the folder {str(exc.filename)!r} cannot be read: {exc.strerror}")

    for parent, folders, names in os.walk(folder, onerror=failed):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES:
                yield Path(parent) / name


def _found(folder: Path, inside: Path, path: Path, notes: list[str]) -> Found | None:
    try:
        if not path.resolve().is_relative_to(inside):
            notes.append(f"{str(path)!r} is a link that leads out of the folder")
            return None
        state = path.stat()
    except OSError:
        return None  # gone in the meantime
    if not path.is_file():
        notes.append(f"{str(path)!r} is no file that can be read to an end")
        return None
    name = path.relative_to(folder).as_posix()
    stamp = f"{state.st_size}.{state.st_mtime_ns}"
    return Found(name, path, stamp, state.st_mtime)
