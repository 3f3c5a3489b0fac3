"""Read what waits: pages as `brief` reads an address, files, else the feed's own words."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from time import monotonic
from typing import Final

from summarizer.errors import InputError
from summarizer.sources import Article, Layout, Metadata, files
from summarizer.sources.web import asking, fetching
from summarizer.watch.polling import folders, identity, schedule
from summarizer.watch.polling.items import Item, Read, Waiting
from summarizer.watch.polling.robots import Robots
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import Trouble, Version
from summarizer.watch.polling.web import LaterError, Now, RestingError, Web

LEAST_CONTENT: Final = 400
"""Characters from which a feed's own text stands for a page that cannot be read."""
MOST_TRIES: Final = 8
"""Readings that fail before an article is given up; by then two days have passed."""
PARSED_AT_ONCE: Final = 2
"""Pages that are parsed at once: each takes a processor and up to 100 MB."""
_WORD: Final = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article that waited."""

    version: Version | None = None
    trouble: Trouble | None = None


class GonePageError(InputError):
    """A page is not there, or not any more."""


class Pages:
    """Reads articles and enters them."""

    def __init__(
        self,
        web: Web,
        robots: Robots,
        seen: Seen,
        now: Now,
        *,
        max_chars: int,
        feeds: frozenset[str],
    ) -> None:
        """Make ready.

        Args:
            web: The network.
            robots: What may be asked.
            seen: Where articles are entered.
            now: Tells the time.
            max_chars: Characters of an article at most.
            feeds: Names of the feeds, whose pages are looked at again.
        """
        self._web, self._robots, self._seen = web, robots, seen
        self._now, self._max_chars, self._feeds = now, max_chars, feeds
        self._parsing = asyncio.Semaphore(PARSED_AT_ONCE)

    async def read(self, waiting: Sequence[Waiting]) -> list[Outcome]:
        """Read the articles of one host, one after another.

        What a slow host leaves no time for waits for the next round.
        """
        done: list[Outcome] = []
        end = monotonic() + self._web.manners.host_s
        for number, one in enumerate(waiting):
            if number and one.item.host and monotonic() > end:
                break
            delay = self._robots.delay_s(one.item.host) if one.item.host else 0.0
            if number and delay > self._web.manners.pause_s:
                due = self._now().timestamp() + number * delay
                self._put_off(one, due, is_failure=False)
                continue
            done += await self._one(one)
        return done

    async def _one(self, one: Waiting) -> list[Outcome]:
        try:
            found = await self._read(one)
        except InputError as exc:
            if one.is_again:
                return self._not_again(one, exc)
            if len(one.item.content) < LEAST_CONTENT:
                return self._failed(one, exc)
            found = _of_feed(one.item), (None, None)
        if found is None:  # not modified
            self._let_go(one, is_page=True)
            return []
        read, marks = found
        dated, strange = self._dated(one.item, read)
        with self._seen.together():
            version = self._seen.enter(one, dated, self._now())
            if one.item.host and dated.read_from == "page":
                self._seen.mark(one.item.place or "", *marks)
            self._let_go(one, is_page=dated.read_from == "page")
        note = Trouble(one.source, "note", strange) if version and strange else None
        return [Outcome(version, note)] if version else []

    def _let_go(self, one: Waiting, *, is_page: bool) -> None:
        """Wait for it no longer; have its page looked at later, or not any more."""
        if one.is_again:
            self._seen.again.done(one, self._now())
            return
        self._seen.drop(one)
        if is_page and not one.is_quiet and one.source in self._feeds:
            self._seen.again.plan(one, self._now())

    def _put_off(self, one: Waiting, due: float, *, is_failure: bool) -> None:
        if one.is_again:
            self._seen.again.put_off(one, due)
        else:
            self._seen.put_off(one, due, is_failure=is_failure)

    def _not_again(self, one: Waiting, exc: InputError) -> list[Outcome]:
        """Note that a page cannot be looked at again; one that is gone is said."""
        if not isinstance(exc, GonePageError):
            self._seen.again.done(one, self._now())
            return []
        self._seen.again.let_go(one)
        name = one.item.title or one.item.place or one.item.guid
        words = f"{name[:120]!r} was taken off its site: {exc}"
        return [Outcome(trouble=Trouble(one.source, "note", words))]

    async def _read(
        self, one: Waiting
    ) -> tuple[Read, tuple[str | None, str | None]] | None:
        """Read a page or a file; None when the page says that it did not change.

        Raises:
            InputError: It cannot be had or read.
        """
        place = one.item.place
        if place is None:
            raise InputError("the feed gives no address for it, and too few words")
        if not one.item.host:
            article = await self._web.run(lambda: self._file(place))
            return _of(article, "file", ()), (None, None)
        return await self._page(one, place)

    def _file(self, place: str) -> Article:
        folders.check(place)
        return files.read_article(place, max_chars=self._max_chars)

    async def _page(
        self, one: Waiting, place: str
    ) -> tuple[Read, tuple[str | None, str | None]] | None:
        reached = await self._web.get(
            place,
            policy=self._web.manners.pages(),
            headers=[fetching.ACCEPT, *self._marks(place)],
            judge=fetching.judge,
            check=self._robots.check,
        )
        answer = reached.answer
        if answer.status == 304:
            return None
        if answer.status in {404, 410}:
            raise GonePageError(str(asking.refused(answer)))
        if answer.status != 200:
            raise asking.refused(answer)
        page = fetching.page(answer)
        async with self._parsing:
            article = await self._web.run(
                lambda: files.read_page(page, max_chars=self._max_chars)
            )
        _check_about(one.item, page.url, article)
        canonical = article.metadata.canonical
        own = (
            [canonical] if canonical and identity.same_site(canonical, page.url) else []
        )
        marks = answer.mark("etag"), answer.mark("last-modified")
        return _of(article, "page", (*own, page.url)), marks

    def _marks(self, place: str) -> list[tuple[str, str]]:
        etag, modified = self._seen.marks(place)
        found = (("If-None-Match", etag), ("If-Modified-Since", modified))
        return [(name, value) for name, value in found if value]

    def _failed(self, one: Waiting, exc: InputError) -> list[Outcome]:
        """Have it read later, or give it up after many tries."""
        name = one.item.title or one.item.place or one.item.guid
        if one.tries + 1 >= MOST_TRIES:
            self._seen.drop(one)
            words = f"{name[:120]!r} is given up after {MOST_TRIES} tries: {exc}"
            return [Outcome(trouble=Trouble(one.source, "lost", words))]
        wished = exc.retry_after_s if isinstance(exc, LaterError) else None
        is_failure = not isinstance(exc, RestingError)
        wait = max(schedule.PAGE_S * 2.0**one.tries, min(wished or 0.0, schedule.DAY_S))
        due = self._now().timestamp() + wait
        self._seen.put_off(one, due, is_failure=is_failure)
        words = f"{name[:120]!r} is read later: {exc}"
        return [Outcome(trouble=Trouble(one.source, "page", words))]

    def _dated(self, item: Item, read: Read) -> tuple[Read, str | None]:
        """Settle when it was published; a time that cannot be is not taken."""
        now, meta = self._now(), read.metadata
        stated = meta.published_at or _noon(meta)
        if stated is None or schedule.can_be(stated, now):
            meta = _filled(meta, item)
            return replace(read, metadata=meta), None
        when = item.published or now
        meta = replace(meta, published_at=when, published=when.date())
        words = f"{(read.title or '')[:120]!r} states the day {stated.date()}, which cannot be: {when.date()} is taken"
        return replace(read, metadata=_filled(meta, item)), words


def _check_about(item: Item, url: str, article: Article) -> None:
    """Guard against front pages and walls that an address is redirected to.

    Raises:
        InputError: It is another page, and holds too few words of the item's title.
    """
    if identity.canonical(url) == item.address:
        return
    wanted = set(_WORD.findall((item.title or "").casefold()))
    held = f"{article.metadata.title}\n{article.text}".casefold()
    if len(wanted) >= 2 and 3 * sum(word in held for word in wanted) < len(wanted):
        msg = f"{(item.place or '')[:200]!r} leads to another page, {url[:200]!r}"
        raise InputError(msg)


def _of(article: Article, read_from: str, places: tuple[str, ...]) -> Read:
    return Read(
        text=article.untouched,
        title=article.metadata.title,
        metadata=article.metadata,
        layout=article.layout,
        read_from="file" if read_from == "file" else "page",
        places=places,
    )


def _of_feed(item: Item) -> Read:
    """Take the feed's own words for the article."""
    note = "the text is the feed's own: its page could not be read"
    return Read(
        text=item.content,
        title=item.title,
        metadata=Metadata(title=item.title, uri=item.place),
        layout=Layout(notes=(note,)),
        read_from="feed",
    )


def _filled(meta: Metadata, item: Item) -> Metadata:
    """Fill what the page does not state from what the feed says of it."""
    at = meta.published_at or item.published
    return replace(
        meta,
        title=meta.title or item.title,
        byline=meta.byline or item.byline,
        publisher=meta.publisher or item.publisher,
        language=meta.language or item.language,
        published_at=at,
        published=meta.published or (at.date() if at else None),
    )


def _noon(meta: Metadata) -> datetime | None:
    if meta.published is None:
        return None
    return datetime.combine(meta.published, time(12), UTC)
