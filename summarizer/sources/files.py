"""Read an article from a file, from standard input or from the web, with its metadata.

Tells what a document is, hands it to the reader of its format, and makes an article of
the text. Refuses what cannot be read, with one sentence; never guesses silently.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schemas.evidence import Span
from schemas.terms import ExclusionReason
from summarizer.errors import InputError
from summarizer.settings import MAX_CHARS
from summarizer.sources import bytes_read, encoding, language
from summarizer.sources.article import Article, Layout, Metadata, make_article
from summarizer.sources.encoding import decode
from summarizer.sources.formats import isolated, sniff
from summarizer.sources.formats.parsed import Parsed, UnreadableError
from summarizer.sources.formats.sniff import Kind

if TYPE_CHECKING:
    from summarizer.sources.web.fetching import Page

__all__ = [
    "as_date",
    "decode",
    "is_address",
    "read_article",
    "read_bytes",
    "read_document",
    "read_page",
    "read_text",
]

_FIELDS: Final = frozenset(
    {"title", "publisher", "uri", "published", "language", "byline", "updated"}
)
_ASIDES: Final[dict[str, ExclusionReason]] = {
    "quoted_reply": "quoted_reply",
    "signature": "signature",
}

Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read, before sentences are cut."""

    parsed: Parsed
    kind: Kind
    uri: str | None


def read_article(
    path: str,
    *,
    metadata: Metadata | None = None,
    source_id: str = "s1",
    max_chars: int = MAX_CHARS,
    warn: Warn = lambda _: None,
    allow_private: bool = False,
) -> Article:
    """Read the article at *path*: a file, a web address, or standard input when "-".

    Text, HTML, PDF, Word (.docx), e-mail (.eml) and Markdown are read; the bytes tell
    which it is. A TOML file of the same name beside a file (`story.toml` for
    `story.txt`) may give title, publisher, uri, published, language, byline and
    updated; it wins over what the document says of itself, *metadata* over both.

    Args:
        path: A file, an http or https address, or "-".
        metadata: What the caller knows.
        source_id: Short name of the source in the briefing.
        max_chars: Longest text to take, in code points.
        warn: Is told about guesses: a fallback encoding, a wrong file name.
        allow_private: Fetch from private networks and from this machine too.

    Raises:
        InputError: There is no such file or page, or it cannot be read, is empty or
            too long.
    """
    meta = metadata or Metadata()
    if is_address(path):
        found = _fetched(path, max_chars, warn, allow_private=allow_private)
    else:
        found = read_document(path, max_chars=max_chars, warn=warn)
        if path != "-":
            meta = _merged(meta, _beside(Path(path).with_suffix(".toml")))
    return _article(found, meta, source_id)


def read_page(
    page: "Page", *, max_chars: int = MAX_CHARS, warn: Warn = lambda _: None
) -> Article:
    """Read the article of a page that was fetched already.

    Raises:
        InputError: It cannot be read, is empty or too long.
    """
    return _article(_of_page(page, page.url, max_chars, warn), Metadata(), "s1")


def _article(found: Document, meta: Metadata, source_id: str) -> Article:
    return make_article(
        found.parsed.text,
        metadata=_merged(meta, _stated(found)),
        source_id=source_id,
        layout=_layout(found.parsed),
    )


def read_bytes(
    raw: bytes,
    name: str,
    *,
    metadata: Metadata | None = None,
    source_id: str = "s1",
    charset: str | None = None,
    expected: Kind | None = None,
    max_chars: int = MAX_CHARS,
    warn: Warn = lambda _: None,
) -> Article:
    """Read an article whose bytes are at hand: a page of a crawl, an object of a storage.

    Args:
        raw: The document.
        name: What to call it in an error.
        metadata: What the caller knows; it wins over what the document says of itself.
        source_id: Short name of the source in the briefing.
        charset: What was said of its encoding.
        expected: What was said that it is; its name tells when None.
        max_chars: Longest text to take, in code points.
        warn: Is told about guesses.

    Raises:
        InputError: It cannot be read, is empty or too long.
    """
    if len(raw) > bytes_read.MAX_BYTES:
        raise InputError(f"{name!r} has more than {bytes_read.MAX_BYTES:,} bytes")
    expected = expected or sniff.expected(name)
    found = _understood(raw, name, expected, charset, None, max_chars, warn)
    return make_article(
        found.parsed.text,
        metadata=_merged(metadata or Metadata(), _stated(found)),
        source_id=source_id,
        layout=_layout(found.parsed),
    )


def is_address(place: str) -> bool:
    """Tell a web address, or what is written like one, from a file name."""
    scheme, mark, _ = place.partition("://")
    return bool(mark) and scheme.isascii() and scheme.isalpha()


def read_document(
    path: str, *, max_chars: int = MAX_CHARS, warn: Warn = lambda _: None
) -> Document:
    """Read a file of any known format, or standard input when *path* is "-".

    Raises:
        InputError: It cannot be read, is empty or too long.
    """
    raw, name = bytes_read.of(path)
    uri = None if path == "-" else Path(path).name
    return _understood(raw, name, sniff.expected(path), None, uri, max_chars, warn)


def read_text(
    path: str, *, max_chars: int = MAX_CHARS, warn: Warn = lambda _: None
) -> str:
    """Read plain text, or standard input when *path* is "-", whatever it looks like.

    Raises:
        InputError: There is no such file, or it is no text, empty or too long.
    """
    raw, name = bytes_read.of(path)
    return _checked(
        Parsed(text=_text(raw, name, max_chars, warn)), name, max_chars
    ).text


def _fetched(url: str, max_chars: int, warn: Warn, *, allow_private: bool) -> Document:
    import platformdirs  # noqa: PLC0415  a file needs no network

    from summarizer.sources.web import fetching, pagecache  # noqa: PLC0415

    policy = fetching.Policy(
        allow_private=allow_private, version=version("grounded-briefing")
    )
    cache = pagecache.PageCache(
        platformdirs.user_cache_path("grounded-briefing") / "pages"
    )
    page = fetching.fetch(url, policy=policy, cache=cache)
    return _of_page(page, url, max_chars, warn)


def _of_page(page: "Page", url: str, max_chars: int, warn: Warn) -> Document:
    path = page.url.partition("?")[0]
    expected = sniff.expected(path) if page.kind == "text" else page.kind
    return _understood(
        page.raw, url[:200], expected, page.charset, page.url, max_chars, warn
    )


def _understood(
    raw: bytes,
    name: str,
    expected: Kind | None,
    charset: str | None,
    uri: str | None,
    max_chars: int,
    warn: Warn,
) -> Document:
    """Tell what it is and read it as that."""
    if (refusal := sniff.refusal(raw)) is not None:
        raise InputError(f"{name!r} {refusal}")
    if not raw.strip():
        raise InputError(f"{name!r} is empty")
    kind = sniff.kind(raw, expected)
    said: list[str] = []
    if expected not in {None, kind} or (expected is None and kind != "text" and uri):
        said.append(f"{name!r} is {sniff.NAMES[kind]} by its content; read as such")
    try:
        parsed = _parsed(raw, kind, name, charset, max_chars, said.append)
    except UnreadableError as exc:
        raise InputError(f"{name!r} {exc}") from exc
    for words in said:
        warn(words)
    parsed = replace(parsed, notes=(*said, *parsed.notes))
    return Document(_checked(parsed, name, max_chars), kind, uri)


def _parsed(
    raw: bytes, kind: Kind, name: str, charset: str | None, max_chars: int, warn: Warn
) -> Parsed:
    if kind == "text":
        return Parsed(text=_text(raw, name, max_chars, warn, charset))
    if kind == "html":
        stated = charset or encoding.stated_in(raw)
        raw = decode(raw, name, warn, stated).encode("utf-8", "replace")
    elif kind == "markdown":
        raw = _text(raw, name, max_chars, warn, charset).encode("utf-8", "replace")
    return isolated.parse(raw, kind, max_chars=max_chars)


def _text(
    raw: bytes, name: str, max_chars: int, warn: Warn, charset: str | None = None
) -> str:
    if len(raw) > 4 * max_chars:
        msg = f"{name!r} has {len(raw):,} bytes; the limit is {max_chars:,} characters"
        raise InputError(msg)
    return decode(raw, name, warn, charset)


def _checked(parsed: Parsed, name: str, max_chars: int) -> Parsed:
    if not parsed.text.strip():
        raise InputError(f"{name!r} is empty")
    if len(parsed.text) > max_chars:
        msg = (
            f"{name!r} has {len(parsed.text):,} characters; the limit is {max_chars:,}"
        )
        raise InputError(msg)
    return parsed


def _stated(found: Document) -> Metadata:
    """Take what the document says of itself."""
    parsed = found.parsed
    return Metadata(
        uri=found.uri,
        publisher=parsed.publisher,
        title=parsed.title,
        published=_day(parsed.published),
        language=language.settled(parsed.language, parsed.text),
        byline=parsed.byline,
        published_at=_time(parsed.published_at),
        updated=_day(parsed.updated),
        updated_at=_time(parsed.updated_at),
        canonical=parsed.canonical,
        media_type=sniff.MEDIA_TYPES[found.kind],
    )


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None


def _time(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated) if stated else None


def _layout(parsed: Parsed) -> Layout:
    return Layout(
        pages=parsed.pages,
        asides=tuple(
            (Span(start=start, end=end), _ASIDES[reason])
            for start, end, reason in parsed.asides
        ),
        notes=(*parsed.notes, *_doubt(parsed)),
    )


def _doubt(parsed: Parsed) -> tuple[str, ...]:
    """Say when the text is in another language than the document says."""
    found = language.settled(parsed.language, parsed.text)
    if found in {None, parsed.language}:
        return ()
    return (f"states the language {parsed.language}, and is in {found}",)


def _beside(path: Path) -> Metadata:
    """Read the metadata file, if there is one."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Metadata()
    except (OSError, ValueError) as exc:
        msg = f"cannot read the metadata in {str(path)!r}: {exc}"
        raise InputError(msg) from exc
    if strange := sorted(set(table) - _FIELDS):
        msg = f"{str(path)!r} has the unknown field {strange[0]!r} (known: {', '.join(sorted(_FIELDS))})"
        raise InputError(msg)
    published = as_date(table.pop("published", None))
    updated = as_date(table.pop("updated", None))
    if any(not isinstance(value, str) for value in table.values()):
        msg = f"the fields of {str(path)!r} must be text, published and updated dates"
        raise InputError(msg)
    return Metadata(**table, published=published, updated=updated)


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
    """Fill the unknown fields of *first* from *second*; a time goes with its day."""
    published = first if first.published else second
    updated = first if first.updated else second
    return Metadata(
        uri=first.uri or second.uri,
        publisher=first.publisher or second.publisher,
        title=first.title or second.title,
        published=published.published,
        language=first.language or second.language,
        byline=first.byline or second.byline,
        published_at=published.published_at,
        updated=updated.updated,
        updated_at=updated.updated_at,
        canonical=first.canonical or second.canonical,
        media_type=first.media_type or second.media_type,
    )
