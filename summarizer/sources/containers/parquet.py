"""Rows of a Parquet file, one after the other, whatever the file holds.

The only module that reads Parquet. A file may be any size: it is read row by row, since a
dictionary of a few kilobytes can stand for a thousand rows of forty megabytes each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from summarizer.sources.containers import extra
from summarizer.sources.formats.parsed import UnreadableError

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_AT_ONCE: Final = 1
"""Rows that are unpacked together. Measured on 20,000 articles of 700 words: 15,000 rows
a second, 40,000 with 32 at once; of a file of 1,000 rows that all name one value of 40 MB
a row takes 250 MB of memory, and 32 at once 2.6 GB."""

_BUFFER: Final = 1 << 20
"""Bytes of a column that are read ahead."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A Parquet file that was opened.

    Attributes:
        names: Its columns.
    """

    names: tuple[str, ...]
    _file: "ParquetFile"

    def read(
        self, columns: Sequence[str]
    ) -> Iterator[tuple[int, dict[str, Any] | str]]:
        """Read some columns of all rows.

        Yields:
            The number of a row, from 1, and its values by column; of a group of rows
            that is damaged, its first row that cannot be read, and why.
        """
        number = 0
        for group in range(self._file.num_row_groups):
            size = self._file.metadata.row_group(group).num_rows
            done = 0
            try:
                for row in self._group(group, columns):
                    done += 1
                    yield number + done, row
            except Exception as exc:  # noqa: BLE001  whatever it raises, the file is at fault
                why = f"{size - done:,} rows from here on are damaged ({type(exc).__name__})"
                yield number + done + 1, why
            number += size

    def one(self, number: int, columns: Sequence[str]) -> dict[str, Any] | str | None:
        """Read one row, counted from 1; None when there is none, or why it is damaged."""
        first = 1
        for group in range(self._file.num_row_groups):
            size = self._file.metadata.row_group(group).num_rows
            if number < first + size:
                try:
                    rows = enumerate(self._group(group, columns), first)
                    return next((row for at, row in rows if at == number), None)
                except Exception as exc:  # noqa: BLE001  as above
                    return f"the row is damaged ({type(exc).__name__})"
            first += size
        return None

    def _group(self, group: int, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        batches = self._file.iter_batches(
            _AT_ONCE, row_groups=[group], columns=list(columns), use_threads=False
        )
        for batch in batches:
            yield from batch.to_pylist()


def loaded() -> Any:
    """Load pyarrow.

    Raises:
        InputError: It is not installed.
    """
    try:
        from pyarrow import parquet  # noqa: PLC0415  slow, and not everybody has it
    except ImportError as exc:
        raise extra.missing("Parquet files", "pyarrow") from exc
    return parquet


def opened(file: BinaryIO | str) -> Rows:
    """Open a Parquet file.

    Args:
        file: Its path, or a file that can be sought in.

    Raises:
        InputError: pyarrow is not installed.
        UnreadableError: It is no Parquet file, or its end is damaged.
    """
    library = loaded()
    try:
        found = library.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
        names = tuple(found.schema_arrow.names)
    except FileNotFoundError as exc:
        raise UnreadableError("is not there") from exc
    except Exception as exc:  # whatever it raises, the file is at fault
        why = f"is no Parquet file, or damaged ({type(exc).__name__})"
        raise UnreadableError(why) from exc
    return Rows(names, found)
