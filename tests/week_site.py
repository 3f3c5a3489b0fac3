"""The four feeds of the invented week and their pages, as they stand at a settable time.

A real server on this machine. Feeds show their newest items and answer 304 to who has
them already; pages are those of the version that stands, and 404 before the first.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

import website
from website import Reply
from week_of_news import Document, Feed, Version, Week, load

NEWEST = 15
"""Items that a feed shows."""

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
ROBOTS = b"User-agent: *\nAllow: /\n"

Item = tuple[Document, Version]


@dataclass
class WeekSite:
    """The running site. Set `at`, and it shows the week as it stood then."""

    week: Week
    at: datetime
    root: str = ""
    clock: Callable[[], datetime] | None = None
    """Tells `at`, when another process sets it."""

    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Paths asked for, with the headers of each request."""

    def feed(self, name: str) -> str:
        """Give the address of a feed."""
        return f"{self.root}/{name}/feed"

    def page(self, document: Document) -> str:
        """Give the address of a document's page."""
        return f"{self.root}/{document.feed.id}{document.path}"


@contextmanager
def serving(at: datetime, week: Week | None = None) -> Iterator[WeekSite]:
    """Serve the week as it stands at a time that the caller may move on."""
    site = WeekSite(week or load(), at)
    with website.serving(lambda path, headers: _answer(site, path, headers)) as running:
        site.root, site.seen = running.root, running.seen
        yield site


def _answer(site: WeekSite, path: str, headers: dict[str, str]) -> Reply:
    if site.clock is not None:
        site.at = site.clock()
    if path == "/robots.txt":
        return Reply(body=ROBOTS, content_type="text/plain")
    for feed in site.week.feeds.values():
        if path == f"/{feed.id}/feed":
            return _unless_known(_feed(site, feed), TYPES[feed.form], headers)
    for document in site.week.documents:
        if path == f"/{document.feed.id}{document.path}":
            version = document.version(site.at)
            body = _page(document, version).encode() if version else b""
            return _unless_known(body, website.HTML, headers) if body else Reply(404)
    return Reply(404)


def _unless_known(body: bytes, content_type: str, headers: dict[str, str]) -> Reply:
    """Send the body, or 304 without it to who names its ETag."""
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    known = [one.strip() for one in headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Reply(304, headers={"etag": tag}, content_type=None)
    return Reply(body=body, headers={"etag": tag}, content_type=content_type)


def _feed(site: WeekSite, feed: Feed) -> bytes:
    standing = [
        (document, version)
        for document in site.week.documents
        if document.feed == feed and (version := document.version(site.at))
    ]
    items = standing[-NEWEST:][::-1]
    return {"rss": _rss, "atom": _atom, "json": _json}[feed.form](site, feed, items)


def _rss(site: WeekSite, feed: Feed, items: Sequence[Item]) -> bytes:
    """Write RSS 2.0, which does not say that an item was edited."""
    told = "".join(
        f"<item><title>{escape(version.title)}</title><link>{site.page(document)}</link>"
        f'<guid isPermaLink="false">{document.guid}</guid>'
        f"<pubDate>{format_datetime(document.stated)}</pubDate>"
        f"<description>{escape(_lead(version))}</description>"
        + (
            f"<content:encoded>{escape(_html(version))}</content:encoded>"
            if feed.full
            else ""
        )
        + "</item>"
        for document, version in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(feed.name)}</title><link>{site.root}/{feed.id}</link>"
        f"<description>Invented news</description>{told}</channel></rss>"
    ).encode()


def _atom(site: WeekSite, feed: Feed, items: Sequence[Item]) -> bytes:
    told = "".join(
        f"<entry><id>{document.guid}</id><title>{escape(version.title)}</title>"
        f"<link href={quoteattr(site.page(document))}/>"
        f"<published>{document.stated.isoformat()}</published>"
        f"<updated>{version.at.isoformat()}</updated>"
        f"<summary>{escape(_lead(version))}</summary></entry>"
        for document, version in items
    )
    changed = max((v.at for _, v in items), default=site.week.documents[0].at)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>tag:{feed.host},2026:feed</id><title>{escape(feed.name)}</title>"
        f"<author><name>{escape(feed.name)}</name></author>"
        f"<updated>{changed.isoformat()}</updated>{told}</feed>"
    ).encode()


def _json(site: WeekSite, feed: Feed, items: Sequence[Item]) -> bytes:
    """Write JSON Feed 1.1."""
    told = [
        {
            "id": document.guid,
            "url": site.page(document),
            "title": version.title,
            "language": document.language,
            "content_html": _html(version),
            "date_published": document.stated.isoformat(),
            "date_modified": version.at.isoformat(),
        }
        for document, version in items
    ]
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.name,
            "feed_url": site.feed(feed.id),
            "items": told,
        },
        ensure_ascii=False,
    ).encode()


def _lead(version: Version) -> str:
    return version.text.partition("\n\n")[0]


def _html(version: Version) -> str:
    return "".join(f"<p>{escape(one)}</p>\n" for one in version.text.split("\n\n"))


def _page(document: Document, version: Version) -> str:
    name, title = escape(document.feed.name), escape(version.title)
    return (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">\n'
        f"<title>{title} | {name}</title>\n"
        f'<meta property="og:site_name" content="{name}">\n'
        f'<meta property="og:title" content={quoteattr(version.title)}>\n'
        f'<link rel="canonical" href="{document.uri}">\n'
        '<meta property="article:published_time" '
        f'content="{document.stated.isoformat()}">\n'
        f'<meta property="article:modified_time" content="{version.at.isoformat()}">\n'
        f'</head><body><nav><a href="/{document.feed.id}">Home</a></nav>\n'
        f"<article><h1>{title}</h1>\n{_html(version)}</article>\n"
        f"<footer>© {name}. Invented news.</footer></body></html>"
    )
