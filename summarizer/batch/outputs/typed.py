"""Tables as Parquet, with the types of their columns. Writes, and never reads, rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from summarizer.batch.outputs.columns import Columns, Kind, day
from summarizer.sources.containers.parquet import loaded

SUFFIX: Final = ".parquet"
_AT_ONCE: Final = 1_000
_MOST_HELD: Final = 16_000_000
"""Rows, or characters of them, that are held until they are written together."""

_LARGEST: Final = 2**63


class Typed:
    """One table that is being written."""

    def __init__(
        self, path: Path, columns: Columns, about: Mapping[str, str] | None = None
    ) -> None:
        """Open the file.

        Args:
            path: Where it goes.
            columns: What it has.
            about: What to note in the file beside its rows.

        Raises:
            InputError: pyarrow is not installed.
        """
        parquet = loaded()
        import pyarrow as pa  # noqa: PLC0415  slow, and not everybody has it

        kinds = {
            "text": pa.string(), "whole": pa.int64(), "number": pa.float64(),
            "day": pa.date32(), "flag": pa.bool_(),
        }  # fmt: skip
        self._kinds: list[Kind] = [c.kind for c in columns.values()]
        fields = [pa.field(n, kinds[c.kind]) for n, c in columns.items()]
        self._schema = pa.schema(fields, metadata=dict(about or {}))
        self._file = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._batch = pa.record_batch
        self._held: list[list[object]] = []
        self._size = 0

    def write(self, values: Sequence[object]) -> None:
        """Write a row."""
        row = [_typed(v, k) for v, k in zip(values, self._kinds, strict=True)]
        self._held.append(row)
        self._size += sum(len(v) for v in row if isinstance(v, str))
        if len(self._held) >= _AT_ONCE or self._size >= _MOST_HELD:
            self._flush()

    def close(self) -> None:
        """Finish the file."""
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._held:
            columns: Any = list(zip(*self._held, strict=True))
            self._file.write_batch(self._batch(columns, schema=self._schema))
        self._held, self._size = [], 0


def noted(path: Path) -> dict[str, str]:
    """Read what was noted in a file that we wrote; nothing when it is none."""
    try:
        found = loaded().read_schema(path).metadata or {}
    except (OSError, ValueError):
        return {}
    return {name.decode(): value.decode("utf-8", "replace") for name, value in found.items()}  # fmt: skip


def _typed(value: object, kind: Kind) -> object:
    """Make a value of its column's type; None when there is none or it does not fit."""
    if value is None:
        return None
    if kind == "text":
        return str(value).encode("utf-8", "replace").decode()
    if kind == "day":
        return day(value)
    if kind == "whole":
        fits = isinstance(value, int) and -_LARGEST <= value < _LARGEST
        return value if fits else None
    if kind == "number":
        return float(value) if isinstance(value, int | float) else None
    return bool(value)
