"""Tables as comma-separated values (RFC 4180, UTF-8), for a spreadsheet too."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from summarizer.batch.outputs.columns import Columns

SUFFIX: Final = ".csv"
MOST_CELL: Final = 32_767
"""Characters that a cell of a spreadsheet holds (Microsoft, Excel specifications)."""

_RUNS: Final = frozenset("=+-@\t\r")
"""First characters of what a spreadsheet runs as a formula (OWASP, CSV injection)."""


class Sheet:
    """One table that is being written."""

    def __init__(self, path: Path, columns: Columns) -> None:
        """Open the file, and write its header."""
        # A lone surrogate stands for no character: no file can hold it.
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(columns)

    def write(self, values: Sequence[object]) -> None:
        """Write a row."""
        self._writer.writerow([_cell(value) for value in values])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    if value[:1] in _RUNS and value:
        value = f"'{value}"
    return value if len(value) <= MOST_CELL else f"{value[: MOST_CELL - 1]}…"
