"""Files that hold many articles: JSON lines, Parquet, crawls, lists of addresses.

A file is opened by whoever found it, on the disk or in a storage; nothing here knows
which. One that breaks in the middle gives an entry that says so, and the others go on.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from summarizer.batch.inputs import rows
from summarizer.batch.inputs.given import Document, Given, key_of, unreadable
from summarizer.errors import InputError
from summarizer.sources import Metadata
from summarizer.sources.containers import parquet, warc
from summarizer.sources.formats.parsed import UnreadableError

_MARK: Final = b"\xef\xbb\xbf"
"""A mark of byte order, which is no part of a first row."""

Open = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Container:
    """A file that holds many articles.

    Attributes:
        name: What to call it; a row of it is "name:12".
        opened: Opens it.
        mapping: By what is wanted the field that somebody said.
        guessed: Where the fields that were taken are put down.
    """

    name: str
    opened: Open
    mapping: Mapping[str, str]
    guessed: dict[str, dict[str, str]]

    def articles(self) -> Iterator[Given]:
        """Read its articles in their order.

        Raises:
            InputError: What reads it is not installed.
        """
        try:
            with self.opened() as file:
                yield from _READERS[kind_of(self.name)](self, file)
        except OSError as exc:
            why = f"it cannot be read to its end: {exc.strerror or type(exc).__name__}"
            yield unreadable(self.name, self.name, why)
        except InputError as exc:
            if isinstance(exc.__cause__, ImportError):
                raise
            yield unreadable(self.name, self.name, str(exc))

    def article(self, number: int) -> Given | None:
        """Read one article, counted from 1, without the others where that can be.

        Returns:
            None when there is none. What holds for the whole file stands for each row.

        Raises:
            InputError: What reads it is not installed.
        """
        place = f"{self.name}:{number}"
        if kind_of(self.name) == "table":
            with self.opened() as file:
                return self._row(file, number, place)
        found = (one for one in self.articles() if one.place in {place, self.name})
        return next(found, None)

    def _row(self, file: BinaryIO, number: int, place: str) -> Given | None:
        try:
            found = parquet.opened(file)
            names = _columns(found.names, self.mapping)
        except UnreadableError as exc:
            return unreadable(place, place, f"the file {exc}")
        row = found.one(number, tuple(dict.fromkeys(names.values())))
        if row is None or isinstance(row, str):
            return None if row is None else unreadable(place, place, row)
        return rows.article_of(place, repr(row)[:1_000], row, names)

    def _lines(self, file: BinaryIO) -> Iterator[Given]:
        names: dict[str, str] | None = None
        for number, line in _bounded(file):
            place = f"{self.name}:{number}"
            if line is None:
                why = f"the row has more than {rows.MOST_LINE:,} bytes"
                yield unreadable(place, place, why)
                continue
            row = rows.row_of(line)
            if row is None:
                yield unreadable(place, line, "the line is no JSON object")
                continue
            if names is None:
                names = rows.names_of(row, self.mapping)
                if names.get("text") not in row:
                    yield unreadable(place, line, rows.no_text(row, self.mapping))
                    if self.mapping.get("text") is None:
                        return  # no file of articles: its other lines are none
                    names = None
                    continue
                self.guessed[self.name] = names
            yield rows.article_of(place, line, row, names)

    def _table(self, file: BinaryIO) -> Iterator[Given]:
        try:
            found = parquet.opened(file)
            names = _columns(found.names, self.mapping)
        except UnreadableError as exc:
            yield unreadable(self.name, self.name, f"it {exc}")
            return
        self.guessed[self.name] = names
        for number, row in found.read(tuple(dict.fromkeys(names.values()))):
            place = f"{self.name}:{number}"
            if isinstance(row, str):
                yield unreadable(place, place, row)
            else:
                yield rows.article_of(place, repr(row)[:1_000], row, names)

    def _crawl(self, file: BinaryIO) -> Iterator[Given]:
        for page in warc.pages(file):
            yield _of_page(f"{self.name}:{page.number}", page)

    def _addresses(self, file: BinaryIO) -> Iterator[Given]:
        for _, line in _bounded(file):
            address = (line or "").strip()
            if address and not address.startswith("#"):
                yield Given(key_of(address.encode()), address)


_READERS: Final = {
    "lines": Container._lines,  # noqa: SLF001  our own
    "table": Container._table,  # noqa: SLF001
    "crawl": Container._crawl,  # noqa: SLF001
    "addresses": Container._addresses,  # noqa: SLF001
}
_ENDINGS: Final = {
    ".jsonl": "lines", ".ndjson": "lines", ".parquet": "table", ".warc": "crawl",
    ".warc.gz": "crawl", ".urls": "addresses",
}  # fmt: skip


def kind_of(name: str) -> str:
    """Tell by its name how a file holds many articles; "" when it is one."""
    low = name.lower()
    return next((kind for end, kind in _ENDINGS.items() if low.endswith(end)), "")


def check(name: str) -> None:
    """Find out whether what reads a file is installed, before anything is made.

    Raises:
        InputError: It is not.
    """
    kind = kind_of(name)
    if kind == "table":
        parquet.loaded()
    elif kind == "crawl":
        warc.loaded()


def _columns(columns: tuple[str, ...], mapping: Mapping[str, str]) -> dict[str, str]:
    """Find which column holds what.

    Raises:
        UnreadableError: None holds the text.
    """
    names = rows.names_of(dict.fromkeys(columns), mapping)
    if names.get("text") not in columns:
        why = rows.no_text(dict.fromkeys(columns), mapping)
        raise UnreadableError(f"is no table of articles: {why}")
    return {wanted: name for wanted, name in names.items() if name in columns}


def _of_page(place: str, page: warc.Page) -> Given:
    if page.error:
        return unreadable(place, f"{place} {page.error}", f"the record {page.error}")
    document = Document(page.raw, page.charset, "html", page.fetched)
    known = json.dumps([page.uri]).encode()
    return Given(
        key_of(page.raw, known),
        place,
        metadata=Metadata(uri=page.uri),
        document=document,
    )


def _bounded(file: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """Read lines that are not blank, with their numbers; None for one that is too long."""
    number = 0
    while line := file.readline(rows.MOST_LINE + 1):
        number += 1
        if len(line) > rows.MOST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        words = (line.removeprefix(_MARK) if number == 1 else line).decode("utf-8", "replace")  # fmt: skip
        if words.strip():
            yield number, words
