"""Pages of a crawl in a WARC file (ISO 28500), one after the other, whatever it holds.

The only module that reads WARC. It unpacks a container and hands on the bytes of pages;
what is in a page is for the child process that parses documents.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from summarizer.sources.containers import extra

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

MOST_PAGE: Final = 20_000_000
"""Bytes of one page, packed or not. Crawlers cut off at 1 to 5 million."""

_BOMB: Final = 1_000_000_000, 50
"""A record of more bytes, and of so many times the bytes of its whole file, ends it: to
step over it, it would have to be unpacked."""

_MOST_WOUNDS: Final = 100
"""Damaged stretches of a file that are stepped over."""

_BEGINNINGS: Final = (b"\x1f\x8b\x08", b"WARC/1.")
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a crawl kept, or a stretch of the file that cannot be read.

    Attributes:
        number: Which response of the file it is, from 1; all are counted, pages or not.
        raw: Its bytes, unpacked; empty with *error*.
        uri: Where it was fetched.
        fetched: The day on which.
        charset: What the server said of its encoding.
        error: Why it cannot be read, or "".
    """

    number: int
    raw: bytes = b""
    uri: str | None = None
    fetched: date | None = None
    charset: str | None = None
    error: str = ""


def pages(file: BinaryIO) -> Iterator[Page]:
    """Read the web pages that a server delivered (status 200), in their order.

    A damaged stretch is one page with an error; reading goes on behind it.

    Args:
        file: The file, packed with gzip record by record, as a whole, or not at all. It
            can be sought in.

    Raises:
        InputError: fastwarc is not installed.
    """
    size = file.seek(0, io.SEEK_END)
    number, begin, wounds = 0, 0, 0
    is_sound = True
    while True:
        at = begin
        try:
            for record in _records(file, begin):
                number, at, is_sound = number + 1, max(at, record.stream_pos), True
                if record.content_length > max(_BOMB[0], _BOMB[1] * size):
                    yield Page(number, error="a record unpacks to far more than its file has: the rest is not read")  # fmt: skip
                    return
                if (page := _page(record, number)) is not None:
                    yield page
        except OSError as exc:
            wounds += 1
            if is_sound:
                number, is_sound = number + 1, False
                yield Page(number, error=f"is damaged ({_first_line(exc)})")
        else:
            return
        found = _next_beginning(file, at + 1)
        if found is None or wounds >= _MOST_WOUNDS:
            return
        begin = found


def loaded() -> ModuleType:
    """Load fastwarc.

    Raises:
        InputError: It is not installed.
    """
    try:
        from fastwarc import warc  # noqa: PLC0415  not everybody has it
    except ImportError as exc:
        raise extra.missing("WARC files", "fastwarc") from exc
    return warc


def _records(file: BinaryIO, begin: int) -> "ArchiveIterator":
    library = loaded()
    file.seek(begin)
    found: ArchiveIterator = library.ArchiveIterator(
        file, record_types=library.WarcRecordType.response
    )
    return found


def _page(record: "WarcRecord", number: int) -> Page | None:
    """Take the page of a response; None when it is another kind of thing."""
    headers = record.http_headers
    if headers is None:
        return Page(number, error="is cut off")
    kind = (record.http_content_type or "").lower()
    if headers.status_code != 200 or kind not in _PAGES:
        return None
    uri = record.headers.get("WARC-Target-URI")
    about: dict[str, Any] = {"uri": (uri and uri.strip("<> ")[:2_000]) or None}
    length = record.content_length
    raw = record.reader.read(min(length, MOST_PAGE + 1))
    if len(raw) < min(length, MOST_PAGE + 1):
        return Page(number, error="is cut off", **about)
    raw = _unpacked(raw, headers.get("Transfer-Encoding"), headers.get("Content-Encoding"))  # fmt: skip
    if len(raw) > MOST_PAGE:
        return Page(number, error=f"has more than {MOST_PAGE:,} bytes", **about)
    return Page(number, raw, fetched=_day(record), charset=record.http_charset, **about)


def _unpacked(raw: bytes, transfer: str | None, content: str | None) -> bytes:
    """Undo what was done to the page on its way, as far as *MOST_PAGE* and a byte.

    Many crawlers keep the headers and unpack the page: what cannot be undone was not done.
    """
    from fastwarc import stream_io  # noqa: PLC0415  as above

    if (transfer or "").strip().lower() == "chunked":
        raw = _read(stream_io.ChunkedReader(io.BytesIO(raw))) or raw
    readers = {
        "br": stream_io.BrotliReader, "zstd": stream_io.ZstdReader,
        "gzip": stream_io.GzipReader, "x-gzip": stream_io.GzipReader,
    }  # fmt: skip
    for name in reversed((content or "").lower().split(",")):
        if (reader := readers.get(name.strip())) is not None:
            raw = _read(reader(io.BytesIO(raw))) or raw
        elif name.strip() == "deflate":
            raw = _read(stream_io.GzipReader(io.BytesIO(raw), zlib=True)) or raw
    return raw


def _read(packed: Any) -> bytes:
    """Read up to *MOST_PAGE* and a byte; b"" when it was not packed so."""
    parts: list[bytes] = []
    left = MOST_PAGE + 1
    try:
        while left > 0 and (part := packed.read(min(left, 1 << 16))):
            parts.append(part)
            left -= len(part)
    except (OSError, ValueError):
        return b""
    return b"".join(parts)


def _day(record: "WarcRecord") -> date | None:
    try:
        return record.record_date.date()
    except (ValueError, AttributeError):
        return None


def _next_beginning(file: BinaryIO, start: int) -> int | None:
    """Find where the next record, or packed record, may begin."""
    file.seek(start)
    held, at = b"", start
    while part := file.read(1 << 20):
        held += part
        found = [n for n in (held.find(mark) for mark in _BEGINNINGS) if n >= 0]
        if found:
            return at + min(found)
        at += max(0, len(held) - 6)
        held = held[-6:]
    return None


def _first_line(exc: OSError) -> str:
    return (str(exc).splitlines() or [type(exc).__name__])[0][:100]
