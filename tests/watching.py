"""A small press on this machine: feeds and pages that change, and a clock to set."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from website import HTML, Reply, Site, serving

from summarizer.watch.polling.poller import Poller
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import PollReport, Source, Version
from summarizer.watch.polling.web import Manners

START = datetime(2025, 3, 5, 12, tzinfo=UTC)
FEED = "application/rss+xml"
Respond = Callable[[str, dict[str, str]], Reply | None]
"""What a test answers itself; None leaves it to the press."""

SENTENCES = (
    "Ferry workers in Kasra asked the port authority on Monday to open talks.",
    "The harbour master of Belmora said that no ship would sail before noon.",
    "A spokeswoman for the council told reporters that the pier would be repaired.",
    "Fishermen from three villages waited at the gate until late in the evening.",
)
"""Invented, as all of this press is."""


def story(about: str, count: int = 4) -> str:
    """Write an article about something, of invented sentences."""
    return "\n\n".join(
        f"{sentence} That was number {number} of the reports about {about}."
        for number, sentence in enumerate(SENTENCES[:count], 1)
    )


@dataclass
class Press:
    """What the site serves; tests change it between rounds."""

    feeds: dict[str, Reply] = field(default_factory=dict)
    pages: dict[str, Reply] = field(default_factory=dict)
    robots: Reply = field(default_factory=lambda: Reply(404))
    respond: Respond = lambda _path, _headers: None

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        """Answer as a site does that knows ETags."""
        if (own := self.respond(path, headers)) is not None:
            return own
        if path == "/robots.txt":
            return self.robots
        plain = path.partition("?")[0]
        found = self.feeds.get(path) or self.pages.get(plain) or Reply(404)
        etag = found.headers.get("ETag")
        if etag and headers.get("if-none-match") == etag:
            return Reply(304, headers=found.headers)
        return found

    def page(self, path: str, title: str, text: str, head: str = "") -> None:
        """Put a page online."""
        body = "".join(f"<p>{escape(one)}</p>" for one in text.split("\n\n"))
        self.pages[path] = Reply(
            body=(
                f"<!doctype html><html lang='en'><head><title>{escape(title)}</title>"
                f"<meta property='og:title' content='{escape(title)}'>{head}</head><body>"
                f"<article><h1>{escape(title)}</h1>{body}</article></body></html>"
            ).encode(),
            content_type=HTML,
        )

    def feed(self, path: str, items: Sequence[str], **headers: str) -> None:
        """Put a feed online."""
        self.feeds[path] = Reply(
            body=rss(items),
            content_type=FEED,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


def rss(items: Sequence[str], channel: str = "") -> bytes:
    """Write an RSS feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Kasra Post</title>{channel}{''.join(items)}</channel></rss>"
    ).encode()


def item(
    guid: str | None,
    link: str | None,
    title: str = "Ferry workers ask port for talks",
    text: str = "",
    published: str = "Wed, 05 Mar 2025 09:00:00 GMT",
) -> str:
    """Write one item of an RSS feed."""
    parts = {"guid": guid, "link": link, "title": title, "description": text}
    inside = "".join(f"<{k}>{escape(v)}</{k}>" for k, v in parts.items() if v)
    return f"<item>{inside}<pubDate>{published}</pubDate></item>"


@dataclass
class Watch:
    """A poller on the press, with a clock and without waiting."""

    site: Site
    press: Press
    poller: Poller
    seen: Seen
    db: sqlite3.Connection
    clock: list[datetime]
    slept: list[float]

    def poll(self, after: timedelta = timedelta(0)) -> PollReport:
        """Let time pass, and look at what is due."""
        self.clock[0] += after
        return asyncio.run(self.poller.poll_due())

    def asked(self, path: str) -> list[dict[str, str]]:
        """List the headers of the requests for *path*."""
        return [headers for one, headers in self.site.seen if one == path]


def feed(
    site: str, path: str = "/feed", *, name: str = "post", backfill: int = 0
) -> Source:
    """Follow a feed of the press."""
    return Source(name=name, kind="feed", place=f"{site}{path}", backfill=backfill)


@contextmanager
def watching(
    *sources: Callable[[str], Source],
    press: Press | None = None,
    file: Path | None = None,
    manners: Manners | None = None,
    clock: list[datetime] | None = None,
) -> Iterator[Watch]:
    """Start a press and a poller of its sources, which are made of the site's root."""
    press = press or Press()
    manners = manners or Manners(
        contact="https://reader.example/about", allow_private=True, pause_s=0
    )
    clock, slept = clock or [START], list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    db = sqlite3.connect(file or ":memory:")
    with serving(press.answer) as site:
        seen = Seen(db)
        poller = Poller(
            [make(site.root) for make in sources or (feed,)],
            seen,
            manners=manners,
            now=lambda: clock[0],
            chance=lambda: 0.0,
            sleep=sleep,
        )
        try:
            yield Watch(site, press, poller, seen, db, clock, slept)
        finally:
            poller.close()
            db.close()


def titles(versions: Sequence[Version]) -> list[tuple[str | None, int]]:
    """List title and number of versions."""
    return [(one.title, one.number) for one in versions]


def json_feed(items: Sequence[dict[str, object]]) -> Reply:
    """Write a JSON Feed."""
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": items,
    }
    return Reply(body=json.dumps(body).encode(), content_type="application/feed+json")
