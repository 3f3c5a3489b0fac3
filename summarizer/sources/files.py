"""Read an article from a file or from standard input, with its metadata.

Refuses what is no text, with one sentence; never guesses silently: a fallback
encoding is reported, not hidden.
"""

import codecs
import sys
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

from summarizer.errors import InputError
from summarizer.settings import MAX_CHARS
from summarizer.sources.article import Article, Metadata, make_article

_FALLBACK = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SHARE = 0.02
"""Share of control characters from which bytes are no text. Text has none but tabs
and line ends; a stray form feed or escape in a long page stays far below this."""


def read_article(
    path: str,
    *,
    metadata: Metadata | None = None,
    source_id: str = "s1",
    max_chars: int = MAX_CHARS,
    warn: Callable[[str], None] = lambda _: None,
) -> Article:
    """Read the article at *path*, or standard input when it is "-".

    A TOML file of the same name beside it (`story.toml` for `story.txt`) may give
    title, publisher, uri, published and language; *metadata* wins over it.

    Args:
        path: A file of plain text, or "-".
        metadata: What the caller knows; None fields are filled from the TOML file.
        source_id: Short name of the source in the briefing.
        max_chars: Longest text to take, in code points.
        warn: Is told about a fallback encoding.

    Raises:
        InputError: There is no such file, or it is no text, empty or too long.
    """
    text = read_text(path, max_chars=max_chars, warn=warn)
    meta = metadata or Metadata()
    if path != "-":
        beside = _beside(Path(path).with_suffix(".toml"))
        meta = _merged(meta, beside)
        if meta.uri is None:
            meta = replace(meta, uri=Path(path).name)
    return make_article(text, metadata=meta, source_id=source_id)


def read_text(
    path: str,
    *,
    max_chars: int = MAX_CHARS,
    warn: Callable[[str], None] = lambda _: None,
) -> str:
    """Read the text at *path*, or standard input when it is "-".

    Raises:
        InputError: There is no such file, or it is no text, empty or too long.
    """
    raw = _stdin_bytes(max_chars) if path == "-" else _file_bytes(Path(path), max_chars)
    name = "standard input" if path == "-" else path
    text = decode(raw, name, warn)
    if not text.strip():
        msg = f"{name!r} is empty"
        raise InputError(msg)
    if len(text) > max_chars:
        msg = f"{name!r} has {len(text):,} characters; the limit is {max_chars:,}"
        raise InputError(msg)
    return text


def decode(raw: bytes, name: str, warn: Callable[[str], None]) -> str:
    """Turn bytes into text: by byte order mark, as UTF-8, or as Windows-1252.

    Raises:
        InputError: They are no text in any of these.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as exc:
                msg = f"{name!r} starts like {encoding} but is not: byte {exc.start}"
                raise InputError(msg) from exc
    if _looks_binary(raw):
        msg = f"{name!r} is not text (it looks like a binary file)"
        raise InputError(msg)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        try:
            text = raw.decode(_FALLBACK)
        except UnicodeDecodeError:
            msg = f"{name!r} is neither UTF-8 nor Windows-1252 (byte {exc.start})"
            raise InputError(msg) from exc
        warn(f"{name!r} is not UTF-8 (byte {exc.start}); read as Windows-1252")
        return text


def _looks_binary(raw: bytes) -> bool:
    head = raw[:65_536]
    if b"\0" in head:
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return controls > _BINARY_SHARE * len(head)


def _stdin_bytes(max_chars: int) -> bytes:
    return sys.stdin.buffer.read(4 * max_chars + 4)


def _file_bytes(path: Path, max_chars: int) -> bytes:
    try:
        if path.is_dir():
            msg = f"{str(path)!r} is a directory; name a text file"
            raise InputError(msg)
        size = path.stat().st_size
        if size > 4 * max_chars:
            msg = f"{str(path)!r} has {size:,} bytes; the limit is {max_chars:,} characters"
            raise InputError(msg)
        with path.open("rb") as file:
            return file.read(4 * max_chars + 4)
    except FileNotFoundError as exc:
        msg = f"no such file: {str(path)!r}"
        raise InputError(msg) from exc
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        msg = f"cannot read {str(path)!r}: {reason}"
        raise InputError(msg) from exc


def _beside(path: Path) -> Metadata:
    """Read the metadata file, if there is one."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Metadata()
    except (OSError, ValueError) as exc:
        msg = f"cannot read the metadata in {str(path)!r}: {exc}"
        raise InputError(msg) from exc
    known = {field.name for field in fields(Metadata)}
    if strange := sorted(set(table) - known):
        msg = f"{str(path)!r} has the unknown field {strange[0]!r} (known: {', '.join(sorted(known))})"
        raise InputError(msg)
    published = table.pop("published", None)
    if any(not isinstance(value, str) for value in table.values()):
        msg = f"the fields of {str(path)!r} must be text, and published a date"
        raise InputError(msg)
    return Metadata(**table, published=as_date(published))


def as_date(value: object) -> date | None:
    """Read a day of publication.

    Args:
        value: None, a date, a date and time, or text like 2025-07-23.

    Raises:
        InputError: It is none of these.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as exc:
        msg = f"not a date: {value!r} (write it as 2025-07-23)"
        raise InputError(msg) from exc


def _merged(first: Metadata, second: Metadata) -> Metadata:
    """Fill the unknown fields of *first* from *second*."""
    return Metadata(
        uri=first.uri or second.uri,
        publisher=first.publisher or second.publisher,
        title=first.title or second.title,
        published=first.published or second.published,
        language=first.language or second.language,
    )
