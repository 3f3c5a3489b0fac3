"""Write all that is made of an archive's rows, in one pass over them."""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, closing
from pathlib import Path

from summarizer.batch import report
from summarizer.batch.ledger import Ledger
from summarizer.batch.outputs import pages, shards, sheets, typed
from summarizer.batch.outputs.index import Index
from summarizer.batch.outputs.tables import Tables
from summarizer.batch.tally import Tally
from summarizer.sources.containers import parquet

_PATTERNS = (
    "briefings-*.jsonl", "briefings-*.parquet", "*.csv", "*.parquet", "failed.jsonl",
    "report.md", "index.html", "index-data-*.js", f"{pages.FOLDER}/*.html",
)  # fmt: skip


def deliver(
    ledger: Ledger,
    about: Mapping[str, str],
    also: AbstractSet[str] = frozenset(),
    paid_usd: float | None = None,
) -> str:
    """Write tables, failures, index and report into the ledger's folder.

    Args:
        ledger: What became of each article.
        about: What the run is about: model, endpoint, sections.
        also: "parquet" for the rows and tables in that form too, "pages" for a page of
            each article.
        paid_usd: US dollars that were paid in all; None when no price is known.

    Returns:
        The report.

    Raises:
        OSError: The folder cannot be written to.
        InputError: pyarrow is wanted and not installed.
    """
    folder, tally = ledger.folder, Tally()
    ledger.compact()
    with ExitStack() as opened:
        index = opened.enter_context(closing(Index(folder)))
        tables = [Tables(folder, sheets.SUFFIX, sheets.Sheet)]
        rows = None
        if "parquet" in also:
            tables.append(Tables(folder, typed.SUFFIX, typed.Typed))
            rows = opened.enter_context(closing(shards.Shards(ledger)))
        for table in tables:
            opened.callback(table.close)
        for kept in ledger.kept():
            for table in tables:
                table.add(kept.row)
            if rows is not None:
                rows.add(kept)
            if "pages" in also:
                pages.write(kept, folder)
            tally.add(kept.row)
            index.add(kept)
        for table in tables:
            table.close()
            table.put()
        if rows is not None:
            rows.put()
            shards.write_failed(ledger.failures(), folder)
        failed = _failures(ledger, folder)
        index.write(failed=failed, has_pages="pages" in also)
    text = report.write(ledger, about, tables[0].counts, tally, paid_usd)
    (folder / "report.md").write_text(text, "utf-8", errors="replace")
    return text


def _failures(ledger: Ledger, folder: Path) -> int:
    failures = list(ledger.failures())
    with (folder / "failed.jsonl").open("w", encoding="utf-8", errors="replace") as file:  # fmt: skip
        for one in failures:
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
    return len(failures)


def check(also: AbstractSet[str]) -> None:
    """Find out whether what is wanted can be made, before anything is asked.

    Raises:
        InputError: pyarrow is wanted and not installed.
    """
    if "parquet" in also:
        parquet.loaded()


def made(folder: Path) -> Iterator[Path]:
    """Yield the files of a run that others want: all but its ledger and kept replies."""
    found = {file for pattern in _PATTERNS for file in folder.glob(pattern)}
    yield from sorted(found)
