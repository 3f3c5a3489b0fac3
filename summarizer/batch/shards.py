"""The rows of an archive in files of so many, each row a line of JSON, only ever added to.

Rows are gathered, and stand on the disk when `sync` returns; which of them count, the ledger
says.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the number of its shard, the byte it starts at, its bytes."""

    shard: int
    start: int
    size: int


@dataclass(slots=True)
class Shards:
    """The shards of one folder, of which the last is written to.

    Attributes:
        folder: Where they are.
        most_rows: Rows of one shard, 1 or more.
    """

    folder: Path
    most_rows: int
    _number: int = 0
    _end: int = 0
    _rows: int = 0
    _unwritten: bytearray = field(default_factory=bytearray)
    _file: FileIO | None = None

    def file(self, number: int) -> Path:
        """Name the file of a shard."""
        return self.folder / f"briefings-{number:05}.jsonl"

    def open(self, number: int, rows: int) -> None:
        """Go on with a shard that holds so many rows; a new one is made.

        Raises:
            OSError: It cannot be opened.
        """
        self.close()
        self._number, self._rows = number, rows
        # Without a buffer of Python's, which would try again to write when it is closed.
        self._file = self.file(number).open("ab", buffering=0)
        self._end = self._file.seek(0, os.SEEK_END)

    def append(self, row: Mapping[str, Any] | None) -> Place:
        """Put a row behind the others; it need not be on the disk yet.

        Returns:
            Where it will stand; a place of no size for no row.

        Raises:
            OSError: A full shard cannot be written, or the next one not be made.
        """
        if row is None:
            return Place(self._number, self._end, 0)
        if self._rows >= self.most_rows:
            self.sync()
            self.open(self._number + 1, 0)
        raw = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        data = raw.encode("utf-8", "surrogatepass")
        self._unwritten += data
        place = Place(self._number, self._end, len(data))
        self._end += len(data)
        self._rows += 1
        return place

    def sync(self) -> None:
        """Wait until all rows are on the disk.

        Raises:
            OSError: They cannot be written.
        """
        assert self._file is not None  # noqa: S101  open from the beginning
        while self._unwritten:
            del self._unwritten[: self._file.write(self._unwritten)]
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; what is not written is forgotten."""
        self._unwritten.clear()
        if self._file is not None:
            self._file.close()
