"""Look at a feed: ask for it with its marks, read it if it changed, list its items."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from summarizer.errors import InputError
from summarizer.sources.formats.feeds import FeedReader
from summarizer.sources.formats.parsed import FeedItem, ParsedFeed, UnreadableError
from summarizer.sources.web import asking
from summarizer.sources.web.asking import Answer
from summarizer.watch.polling import identity, schedule
from summarizer.watch.polling.items import Item
from summarizer.watch.polling.states import State
from summarizer.watch.polling.values import Source
from summarizer.watch.polling.web import Now, Web

_TAKEN: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_TRIES_MOVED: Final = 4
"""After so many failures where a feed has moved to, its old address is tried once."""


class GoneError(InputError):
    """A feed says that it is gone for good."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a source found.

    Attributes:
        state: What to remember, but for when to look again.
        listed: Its items, the newest first; None when nothing changed.
        wishes: Seconds that feed and server want between looks, by name.
        notes: What a person should know, one line each.
        strange: Times that cannot be, by the name of the item.
    """

    state: State
    listed: tuple[Item, ...] | None
    wishes: dict[str, float]
    notes: tuple[str, ...] = ()
    strange: tuple[tuple[str, str], ...] = ()


class Feeds:
    """Looks at feeds."""

    def __init__(self, web: Web, reader: FeedReader, now: Now) -> None:
        self._web, self._reader, self._now = web, reader, now

    async def look(self, source: Source, state: State) -> Look:
        """Ask for a feed.

        Raises:
            GoneError: It says that it is gone for good.
            InputError: It cannot be had or read.
        """
        moved = state.moved_to
        if moved and state.failures % (_TRIES_MOVED + 1) == _TRIES_MOVED:
            moved = None
        reached = await self._web.get(
            moved or source.place,
            policy=self._web.manners.feeds(),
            headers=[("Accept", _TAKEN), *_marks(state)],
        )
        answer = reached.answer
        if answer.status == 410:
            raise GoneError("the feed says that it is gone for good (410)")
        if answer.status == 304 and state.body_sha is not None:
            kept = replace(state, moved_to=reached.moved_to or moved)
            return Look(kept, None, schedule.wishes(answer.headers, state.stated_s))
        if answer.status != 200:
            raise asking.refused(answer)
        state = replace(state, moved_to=reached.moved_to or moved)
        return await self._read(state, answer)

    async def _read(self, state: State, answer: Answer) -> Look:
        """Read the body, unless it is the one of the last time."""
        body_sha = hashlib.sha256(answer.raw).hexdigest()
        state = replace(
            state, etag=answer.mark("etag"), modified=answer.mark("last-modified")
        )
        if body_sha == state.body_sha:
            wishes = schedule.wishes(answer.headers, state.stated_s)
            return Look(state, None, wishes)
        try:
            feed = await self._web.run(
                lambda: self._reader.parse(answer.raw, answer.charset)
            )
        except UnreadableError as exc:
            msg = f"{answer.where.url[:200]!r} {exc}"
            raise InputError(msg) from exc
        state = replace(state, body_sha=body_sha, stated_s=feed.every_s)
        now = self._now()
        return Look(
            state,
            tuple(_items(feed, answer.where.url, now)),
            schedule.wishes(answer.headers, feed.every_s),
            tuple(f"the feed {note}" for note in feed.notes),
            tuple(_strange(feed, now)),
        )


def _marks(state: State) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if state.etag:
        found.append(("If-None-Match", state.etag))
    if state.modified:
        found.append(("If-Modified-Since", state.modified))
    return found


def _items(feed: ParsedFeed, base: str, now: datetime) -> list[Item]:
    """Make items of a feed's; a name that several bear tells none of them."""
    names = Counter(one.guid for one in feed.items)
    return [_item(one, feed, base, now, names[one.guid] > 1) for one in feed.items]


def _item(
    one: FeedItem,
    feed: ParsedFeed,
    base: str,
    now: datetime,
    is_shared: bool,  # noqa: FBT001  said by position in one place
) -> Item:
    place = _joined(base, one.link)
    stated = _time(one.published) or _time(one.updated)
    return Item(
        guid=f"{one.guid}\n{place}\n{one.title}" if is_shared else one.guid,
        place=place,
        mark=identity.print_of(one.title, one.content, one.updated),
        title=one.title,
        content=one.content,
        byline=one.byline,
        published=now if stated and not schedule.can_be(stated, now) else stated,
        publisher=feed.title,
        language=feed.language,
        is_own=place is None or identity.same_site(base, place),
    )


def _joined(base: str, link: str | None) -> str | None:
    """Make a link whole; a site's front page is no article's address."""
    try:
        place = urljoin(base, link or "").partition("#")[0]
    except ValueError:
        return None
    return place if link and identity.canonical(place) else None


def _strange(feed: ParsedFeed, now: datetime) -> list[tuple[str, str]]:
    """List the times that cannot be, with the items that state them."""
    found: list[tuple[str, str]] = []
    for one in feed.items:
        stated = _time(one.published) or _time(one.updated)
        if stated is not None and not schedule.can_be(stated, now):
            found.append((one.guid, stated.date().isoformat()))
    return found


def _time(stated: str | None) -> datetime | None:
    return datetime.fromisoformat(stated) if stated else None
