"""Flat tables of the items of an archive: one file a section, one row an item."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from summarizer.batch.outputs import columns
from summarizer.batch.outputs.columns import ABOUT, SECTIONS, Columns, Row


class Table(Protocol):
    """A table that is being written."""

    def write(self, values: list[object], /) -> None:
        """Write a row."""

    def close(self) -> None:
        """Finish the file."""


class Tables:
    """The tables of all sections, in one format; replaced when all is written."""

    def __init__(
        self, folder: Path, suffix: str, opened: Callable[[Path, Columns], Table]
    ) -> None:
        """Begin the tables that every archive has.

        Args:
            folder: Where the files go.
            suffix: How their names end.
            opened: Opens one.
        """
        self._folder, self._suffix, self._opened = folder, suffix, opened
        self._tables: dict[str, Table] = {}
        self.counts: Counter[str] = Counter()
        for name, own in SECTIONS.items():
            self._table(name, own)

    def add(self, row: Row) -> None:
        """Write the items of a row of the archive."""
        about = [column.of(row) for column in ABOUT.values()]
        for name, own, item in columns.items(row):
            told = [column.of(item) for column in own.values()]
            self._table(name, own).write([*about, *told])
            self.counts[name] += 1

    def close(self) -> None:
        """Finish all files; they are not in their places yet."""
        for table in self._tables.values():
            table.close()

    def put(self) -> None:
        """Put the finished files into their places."""
        for name in self._tables:
            self._part(name).replace(self._folder / f"{name}{self._suffix}")

    def _table(self, name: str, own: Columns) -> Table:
        if name not in self._tables:
            self._tables[name] = self._opened(self._part(name), {**ABOUT, **own})
            self.counts[name] = 0
        return self._tables[name]

    def _part(self, name: str) -> Path:
        return self._folder / f"{name}{self._suffix}.part"
