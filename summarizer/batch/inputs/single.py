"""One article of a file that holds many: FILE.jsonl:12, FILE.parquet:12, FILE.warc.gz:12."""

import re
from pathlib import Path
from typing import Final

from summarizer.batch.inputs.containers import Container, kind_of
from summarizer.batch.inputs.given import Given
from summarizer.errors import InputError

_ROW: Final = re.compile(
    r"(?P<file>.+\.(?:jsonl|ndjson|parquet|warc|warc\.gz)):(?P<number>[1-9]\d{0,11})",
    re.IGNORECASE,
)


def row_of(place: str) -> Given | None:
    """Find the article that a row of a file is.

    Args:
        place: What was named.

    Returns:
        None when it names no row.

    Raises:
        InputError: There is no such row, it is no article, or no row is named.
    """
    if kind_of(place) in {"table", "crawl"} and Path(place).is_file():
        msg = f"{place!r} holds many articles: `summarizer batch` does all, {place}:1 is the first"
        raise InputError(msg)
    named = _ROW.fullmatch(place)
    if named is None or "://" in place or Path(place).exists():
        return None
    file = Path(named["file"])
    if not file.is_file():
        msg = f"no such file: {named['file']!r}"
        raise InputError(msg)
    rows = Container(named["file"], lambda: file.open("rb"), {}, {})
    found = rows.article(int(named["number"]))
    if found is None:
        msg = f"{named['file']!r} has no row {named['number']} that is an article"
        raise InputError(msg)
    if found.error is not None:
        msg = f"{place!r}: {found.error}"
        raise InputError(msg)
    return found
