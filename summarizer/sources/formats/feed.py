"""A feed to its items: RSS and Atom by feedparser, JSON Feed by its own rules.

From bytes only: feedparser opens addresses and files when it is handed a string.
"""

import calendar
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import feedparser

from summarizer.sources.formats import fragments, stamps
from summarizer.sources.formats.parsed import FeedItem, ParsedFeed, UnreadableError

MOST_ITEMS: Final = 500
"""Items of one feed that are looked at, the newest; news feeds list 10 to 200."""
_PERIODS: Final = {
    "hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000,
    "yearly": 31_536_000,
}  # fmt: skip
_ENTITY: Final = re.compile(rb"<!ENTITY[^>]{0,2000}>?", re.IGNORECASE)
_HARMLESS: Final = re.compile(
    rb"<!ENTITY\s+[\w.-]{1,40}\s+(?:\"[^\"&%<]{0,40}\"|'[^'&%<]{0,40}'"
    rb"|[\"']&#x?[0-9a-fA-F]{1,7};[\"'])\s*>",
    re.IGNORECASE,
)
_MOST_ENTITIES: Final = 300
"""Names for characters that a feed may declare itself; all of HTML's are 250."""
_WEBPAGE: Final = re.compile(rb"(?i)<(?:!doctype\s+html|html[\s>])")


def parse(raw: bytes, charset: str | None) -> ParsedFeed:
    """Read a feed of any of the three kinds.

    Args:
        raw: The document as it came.
        charset: The encoding that its server stated.

    Raises:
        UnreadableError: It is empty, no feed, or declares entities that could grow.
    """
    head = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not head:
        raise UnreadableError("is empty")
    return _json(raw) if head in b"{[" else _xml(raw, charset)


def _xml(raw: bytes, charset: str | None) -> ParsedFeed:
    _check_entities(raw)
    found = _parsed(raw, charset)
    if charset and not found.entries:  # a wrong encoding makes other letters of all
        found = _parsed(raw, None)
    if not found.version and not found.entries:
        raise UnreadableError(_no_feed(raw))
    feed = found.feed
    items, notes = _newest([_entry(dict(one)) for one in found.entries])
    if found.bozo and not isinstance(
        found.get("bozo_exception"), feedparser.CharacterEncodingOverride
    ):
        notes = (*notes, "is not well formed: what could be read of it was read")
    return ParsedFeed(
        title=fragments.line(feed.get("title")),
        language=stamps.language(feed.get("language")),
        every_s=_every_s(feed),
        items=items,
        notes=notes,
    )


def _parsed(raw: bytes, charset: str | None) -> feedparser.FeedParserDict:
    stated = f"application/xml; charset={charset}" if charset else "application/xml"
    return feedparser.parse(
        io.BytesIO(raw),
        response_headers={"content-type": stated},
        sanitize_html=False,  # all markup goes
        resolve_relative_uris=False,
    )


def _check_entities(raw: bytes) -> None:
    """Refuse declarations that name others, files or much text: they grow when read.

    Raises:
        UnreadableError: There is one.
    """
    plain = raw.replace(b"\0", b"")  # UTF-16 and 32 hide nothing
    for count, found in enumerate(_ENTITY.finditer(plain)):
        if count >= _MOST_ENTITIES or not _HARMLESS.fullmatch(found[0]):
            raise UnreadableError("declares entities that could grow without end")


def _no_feed(raw: bytes) -> str:
    if _WEBPAGE.search(raw[:4_096]):
        return "is a web page, not a feed: give the address of the feed itself"
    root = re.search(rb"<([A-Za-z_][\w.:-]{0,60})", raw[:65_536])
    if root is None:
        return "is neither XML nor JSON, so no feed"
    name = root[1].decode("ascii", "replace")
    return f"is no feed: its outermost element is {name!r}"


def _entry(entry: Mapping[str, Any]) -> FeedItem:
    """Take an entry as a plain mapping: feedparser's own gives one time for another."""
    bodies = [one.get("value") for one in entry.get("content", ())]
    bodies.append(entry.get("summary"))
    return _item(
        guid=entry.get("id"),
        link=entry.get("link"),
        title=entry.get("title"),
        bodies=bodies,
        byline=entry.get("author"),
        published=_utc(entry.get("published_parsed")),
        updated=_utc(entry.get("updated_parsed")),
    )


def _item(
    *,
    guid: object,
    link: object,
    title: object,
    bodies: list[object],
    byline: object,
    published: str | None,
    updated: str | None,
) -> FeedItem:
    content = max(
        (fragments.text(one) for one in bodies if isinstance(one, str)),
        key=len,
        default="",
    )
    address = link.strip()[:4_000] if isinstance(link, str) else None
    heading = fragments.line(title) if isinstance(title, str) else None
    name = str(guid).strip() if isinstance(guid, str | int) else ""
    if not name or len(name) > 1_000:
        words = f"{address}\n{heading}\n{'' if address else content}"
        name = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
    return FeedItem(
        guid=name,
        link=address or None,
        title=heading,
        content=content,
        byline=fragments.line(byline) if isinstance(byline, str) else None,
        published=published,
        updated=updated,
    )


def _newest(items: list[FeedItem]) -> tuple[tuple[FeedItem, ...], tuple[str, ...]]:
    """Keep the newest: by their times where all state one, else the first listed."""
    if all(item.published or item.updated for item in items):
        items = sorted(
            items,
            key=lambda item: item.published or item.updated or "",
            reverse=True,
        )
    if len(items) <= MOST_ITEMS:
        return tuple(items), ()
    said = f"lists {len(items):,} items: the newest {MOST_ITEMS} are looked at"
    return tuple(items[:MOST_ITEMS]), (said,)


def _utc(stamp: object) -> str | None:
    """Put feedparser's time, which is in UTC, in ISO 8601; None when it is none."""
    try:
        return datetime.fromtimestamp(
            calendar.timegm(stamp),  # type: ignore[arg-type]  # whatever it made of it
            UTC,
        ).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _every_s(feed: Mapping[str, Any]) -> float | None:
    """Read how often the feed wants to be looked at: RSS's ttl, or sy:updatePeriod."""
    stated: list[float] = []
    if (minutes := _number(feed.get("ttl"))) is not None:
        stated.append(minutes * 60)
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    if period is not None:
        times = _number(feed.get("sy_updatefrequency")) or 1
        stated.append(period / times)
    return max(stated, default=None)


def _number(stated: object) -> float | None:
    try:
        found = float(str(stated))
    except ValueError:
        return None
    return found if 0 < found < 10_000_000 else None


def _json(raw: bytes) -> ParsedFeed:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        found = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as exc:
        raise UnreadableError("is damaged JSON, so no feed") from exc
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise UnreadableError("is JSON, but no JSON Feed: it has no list of items")
    listed = [_json_item(one) for one in found["items"] if isinstance(one, dict)]
    items, notes = _newest(listed)
    return ParsedFeed(
        title=fragments.line(_text(found.get("title"))),
        language=stamps.language(_text(found.get("language"))),
        items=items,
        notes=notes,
    )


def _json_item(one: Mapping[str, Any]) -> FeedItem:
    return _item(
        guid=one.get("id"),
        link=one.get("url") or one.get("external_url"),
        title=one.get("title"),
        bodies=[one.get("content_html"), one.get("content_text"), one.get("summary")],
        byline=", ".join(_authors(one)),
        published=_stamp(one.get("date_published")),
        updated=_stamp(one.get("date_modified")),
    )


def _authors(one: Mapping[str, Any]) -> Iterator[str]:
    listed = one.get("authors")
    for author in [*(listed if isinstance(listed, list) else ()), one.get("author")]:
        if isinstance(author, dict) and isinstance(author.get("name"), str):
            yield author["name"]


def _stamp(stated: object) -> str | None:
    try:
        found = datetime.fromisoformat(str(stated))
        return found.astimezone(UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return None


def _text(stated: object) -> str | None:
    return stated if isinstance(stated, str) else None
