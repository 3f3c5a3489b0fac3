"""The rows of an archive as Parquet, a file for each shard; the failed in one of their own."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from summarizer.batch.entries import Kept
from summarizer.batch.ledger import Ledger
from summarizer.batch.outputs import typed
from summarizer.batch.outputs.columns import ARTICLES

FAILED: Final = "briefings-failed.parquet"


class Shards:
    """The shards of an archive that are being written as Parquet."""

    def __init__(self, ledger: Ledger) -> None:
        """Find out which shards have changed since they were written."""
        self._folder = ledger.folder
        self._states = {
            number: f"{count}:{ledger.shard_file(number).stat().st_size}"
            for number, count in ledger.shards().items()
        }
        self._number: int | None = None
        self._table: typed.Typed | None = None
        self._drop_old()

    def add(self, kept: Kept) -> None:
        """Write a row; those of a shard follow on one another."""
        if kept.shard != self._number:
            self._finish()
            self._number = kept.shard
            self._begin(kept.shard)
        if self._table is not None:
            row = _row(kept)
            self._table.write([column.of(row) for column in ARTICLES.values()])

    def put(self) -> None:
        """Put the last file into its place."""
        self._finish()

    def close(self) -> None:
        """Let go of a file that was not finished."""
        if self._table is not None:
            self._table.close()

    def _begin(self, number: int) -> None:
        about = {"shard": self._states[number]}
        if typed.noted(self._file(number)).get("shard") != about["shard"]:
            part = self._file(number).with_suffix(".parquet.part")
            self._table = typed.Typed(part, ARTICLES, about)

    def _finish(self) -> None:
        if self._table is None or self._number is None:
            return
        self._table.close()
        self._table = None
        file = self._file(self._number)
        file.with_suffix(".parquet.part").replace(file)

    def _file(self, number: int) -> Path:
        return self._folder / f"briefings-{number:05}.parquet"

    def _drop_old(self) -> None:
        """Take away files of shards that are no more."""
        for file in self._folder.glob("briefings-*.parquet"):
            with suppress(ValueError):
                if int(file.stem.rpartition("-")[2]) not in self._states:
                    file.unlink()


def _row(kept: Kept) -> dict[str, Any]:
    return {
        **kept.row,
        "status": kept.entry.status,
        "error": kept.entry.cause or None,
        "text": json.dumps(kept.row["briefing"], ensure_ascii=False),
    }


def write_failed(failures: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Write what is known of the articles that failed, in the columns of the others."""
    part = folder / f"{FAILED}.part"
    table = typed.Typed(part, ARTICLES)
    for one in failures:
        told = {**one, "status": "failed"}
        table.write([told.get(name) for name in ARTICLES])
    table.close()
    part.replace(folder / FAILED)
