"""What was seen: articles by their keys, their versions, and what waits to be read.

An article is known by what its feed calls it, else by its address, else by its words. A
version that was brought stays until the main loop says that it has taken it: a run that
breaks off between the two loses nothing.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from summarizer.watch.polling import identity, items, tables
from summarizer.watch.polling.again import Again
from summarizer.watch.polling.identity import key
from summarizer.watch.polling.items import Item, Read, Waiting
from summarizer.watch.polling.states import States
from summarizer.watch.polling.values import Source, Version
from summarizer.watch.polling.versions import Versions


class Seen:
    """All that is remembered, in one database that the caller opens and closes.

    The caller holds no transaction open while a poll awaits: it would be committed.

    Attributes:
        states: The states of the sources.
        versions: The versions of the articles.
        again: The pages that are to be looked at again.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        tables.prepare(db)
        self._db = db
        self.states = States(db)
        self.versions = Versions(db)
        self.again = Again(db)

    def list_items(
        self, source: Source, listed: Sequence[Item], now: datetime, *, is_first: bool
    ) -> frozenset[str]:
        """Take in what *source* lists; what is new or changed waits to be read.

        Args:
            source: Who lists it.
            listed: The newest first.
            now: The time.
            is_first: Whether this is the first look, which brings the newest only.

        Returns:
            What the source calls those that are to be read now.
        """
        fresh: set[str] = set()
        with tables.together(self._db):
            for number, item in enumerate(listed):
                is_quiet = is_first and number >= source.backfill
                if self._list(source, item, now, is_quiet=is_quiet):
                    fresh.add(item.guid)
        return frozenset(fresh)

    def look_again(
        self, source: Source, listed: Sequence[Item], now: datetime, *, is_first: bool
    ) -> frozenset[str]:
        """Have pages of a list read, which only their own words show to be changed.

        Args:
            source: Who lists them.
            listed: In the order of the list.
            now: The time.
            is_first: Whether this is the first look: what it reads is remembered, and
                only the first ones are brought.

        Returns:
            What the source calls those that are to be read now.
        """
        with tables.together(self._db):
            for number, item in enumerate(listed):
                self._list(source, item, now, is_quiet=True)
                article = self._find(key("guid", source.name, item.guid))
                if article is not None:
                    is_quiet = is_first and number >= source.backfill
                    self._wait(source, item, article, now, is_quiet=is_quiet)
        return frozenset(item.guid for item in listed)

    def waiting(self, now: datetime, most: int, of_host: int) -> list[Waiting]:
        """List what is to be read now: of each source in turn what waits longest.

        Args:
            now: The time.
            most: How many at most.
            of_host: How many of one host at most, so that none keeps others waiting.
        """
        rows = self._db.execute(
            "SELECT source, article, item, quiet, tries FROM (SELECT *, ROW_NUMBER() OVER"
            " (PARTITION BY host ORDER BY turn, due, source) AS number FROM (SELECT *,"
            " ROW_NUMBER() OVER (PARTITION BY source ORDER BY due, guid) AS turn"
            " FROM watch_waiting WHERE due <= ?))"
            " WHERE number <= ? ORDER BY turn, due, source LIMIT ?",
            (now.timestamp(), of_host, most),
        )
        return [
            Waiting(source, article, items.JSON.validate_json(item), bool(quiet), tries)
            for source, article, item, quiet, tries in rows
        ]

    def together(self) -> AbstractContextManager[None]:
        """Write all that is written within, or nothing."""
        return tables.together(self._db)

    def mark_of(self, source: Source, guid: str) -> str | None:
        """Give the mark with which *source* last listed an item; None if it never did."""
        found = self._db.execute(
            "SELECT print FROM watch_keys WHERE key = ?",
            (key("guid", source.name, guid),),
        ).fetchone()
        return str(found[0]) if found else None

    def count_waiting(self) -> int:
        """Count what is known and not read yet."""
        found = self._db.execute("SELECT COUNT(*) FROM watch_waiting").fetchone()
        return int(found[0])

    def next_waiting(self) -> float | None:
        """Tell when the next article is to be read, in seconds since 1970."""
        found = self._db.execute("SELECT MIN(due) FROM watch_waiting").fetchone()
        return None if found[0] is None else float(found[0])

    def put_off(self, one: Waiting, due: float, *, is_failure: bool) -> None:
        """Have an article read later; a failure is counted."""
        with tables.together(self._db):
            self._db.execute(
                "UPDATE watch_waiting SET due = ?, tries = tries + ?"
                " WHERE source = ? AND guid = ?",
                (due, int(is_failure), one.source, one.item.guid),
            )

    def due_sources(self, now: datetime) -> list[str]:
        """Name the sources of which something is to be read now."""
        query = "SELECT DISTINCT source FROM watch_waiting WHERE due <= ? ORDER BY 1"
        return [name for (name,) in self._db.execute(query, (now.timestamp(),))]

    def rest(self, source: str, until: datetime) -> None:
        """Have all that waits of a source wait until some time, or longer."""
        with tables.together(self._db):
            self._db.execute(
                "UPDATE watch_waiting SET due = max(due, ?) WHERE source = ?",
                (until.timestamp(), source),
            )

    def give_up(self, source: Source, most: int) -> int:
        """Give up what waits beyond *most* articles of a source, the least promising first.

        Returns:
            How many were given up.
        """
        with tables.together(self._db):
            done = self._db.execute(
                "DELETE FROM watch_waiting WHERE source = ?1 AND guid IN (SELECT guid"
                " FROM watch_waiting WHERE source = ?1 ORDER BY tries, due DESC, guid"
                " LIMIT -1 OFFSET ?2)",
                (source.name, most),
            )
        return done.rowcount

    def drop(self, one: Waiting) -> None:
        """Wait for an article no longer."""
        with tables.together(self._db):
            self._db.execute(
                "DELETE FROM watch_waiting WHERE source = ? AND guid = ?",
                (one.source, one.item.guid),
            )

    def marks(self, address: str) -> tuple[str | None, str | None]:
        """Give ETag and Last-Modified of a page that was read, or None for each."""
        found = self._db.execute(
            "SELECT etag, modified FROM watch_pages WHERE key = ?", (key(address),)
        ).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def mark(self, address: str, etag: str | None, modified: str | None) -> None:
        """Remember ETag and Last-Modified of a page that was read."""
        with tables.together(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO watch_pages VALUES (?, ?, ?)",
                (key(address), etag, modified),
            )

    def enter(self, one: Waiting, read: Read, now: datetime) -> Version | None:
        """Enter what was read, and wait for it no longer.

        Returns:
            The new article or version; None when the text is known, or was only to be
            remembered.
        """
        with tables.together(self._db):
            self.drop(one)
            article = self._same(one, read)
            self._remember(article, one, read)
            number = self._number(article, one, read)
            if number is None:
                return None
            version = self.versions.write(article, number, one, read, now)
        return None if one.is_quiet else version

    def _list(
        self, source: Source, item: Item, now: datetime, *, is_quiet: bool
    ) -> bool:
        """Take in one item; tell whether it waits now."""
        own = key("guid", source.name, item.guid)
        known = self._db.execute(
            "SELECT article, print FROM watch_keys WHERE key = ?", (own,)
        ).fetchone()
        if known is not None and known[1] == item.mark:
            return False
        if known is not None:
            article = int(known[0])
            # Some feeds state that all they hold has changed, whenever they are made.
            is_news = not (
                self._is_unread(article) and identity.say_the_same(known[1], item.mark)
            )
        else:
            article, is_news = self._placed(source, item, now, is_quiet=is_quiet)
        self._keep(own, article, item.mark)
        self._keep(key("listed", source.name, str(article)), article)
        for one in _keys(source.name, item):
            self._keep_first(one, article)
        if is_quiet or not is_news:
            return False
        return self._wait(source, item, article, now, is_quiet=False)

    def _placed(
        self, source: Source, item: Item, now: datetime, *, is_quiet: bool
    ) -> tuple[int, bool]:
        """Find the article of an item with a new name, or make one.

        Returns:
            The article, and whether there is something to read.
        """
        found = next(
            (a for one in _keys(source.name, item) if (a := self._find(one))), None
        )
        if found is None:
            made = self._db.execute(
                "INSERT INTO watch_articles (first_seen) VALUES (?)", (now.timestamp(),)
            )
            return int(made.lastrowid or 0), True
        if self._find(key("listed", source.name, str(found))) is None:
            # Another source counted it as seen when it was first looked at: here it is new.
            return found, not is_quiet and self._is_unread(found)
        words = _words_key(source.name, item)
        return found, words is not None and self._find(words) is None

    def _is_unread(self, article: int) -> bool:
        read = self._db.execute(
            "SELECT 1 FROM watch_versions WHERE article = ?1"
            " UNION ALL SELECT 1 FROM watch_waiting WHERE article = ?1 LIMIT 1",
            (article,),
        ).fetchone()
        return read is None

    def _wait(
        self, source: Source, item: Item, article: int, now: datetime, *, is_quiet: bool
    ) -> bool:
        other = self._db.execute(
            "SELECT 1 FROM watch_waiting WHERE source = ? AND article = ? AND guid != ?",
            (source.name, article, item.guid),
        ).fetchone()
        if other is not None:
            return False
        # Read it now, and not at once once more.
        self._db.execute(
            "DELETE FROM watch_again WHERE article = ? OR (source = ? AND guid = ?)",
            (article, source.name, item.guid),
        )
        self._db.execute(
            "INSERT INTO watch_waiting (source, guid, article, item, host, quiet, due)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, guid) DO UPDATE SET item = excluded.item",
            (
                source.name, item.guid, article,
                items.JSON.dump_json(item).decode("utf-8"), item.host, int(is_quiet),
                now.timestamp(),
            ),
        )  # fmt: skip
        return True

    def _same(self, one: Waiting, read: Read) -> int:
        """Find the article that the words or the addresses show it to be."""
        if self.versions.last(one.article_id) is not None:
            return one.article_id
        words = identity.words_of(read.title, read.text)
        if words and (found := self._find(key("text", words))) is not None:
            return found
        for address in _addresses(read):
            found = self._find(key("address", address))
            if found is not None and self._fits(found, read):
                return found
        return one.article_id

    def _fits(self, article: int, read: Read) -> bool:
        """Guard against sites that give one address to all their pages."""
        last = self.versions.last(article)
        return last is None or items.are_alike(last.text, read.text)

    def _remember(self, article: int, one: Waiting, read: Read) -> None:
        """Have the item's name lead to *article*, and its new keys too."""
        self._db.execute(
            "UPDATE watch_keys SET article = ? WHERE key = ?",
            (article, key("guid", one.source, one.item.guid)),
        )
        self._keep(key("listed", one.source, str(article)), article)
        if article != one.article_id:
            for old in _keys(one.source, one.item):
                self._keep(old, article)
        if read.read_from == "feed" and not one.item.is_own and one.item.address:
            # What a feed says of another site's page must not pass for that page.
            self._db.execute(
                "DELETE FROM watch_keys WHERE key = ? AND article = ?",
                (key("address", one.item.address), article),
            )
        for address in _addresses(read):
            self._keep_first(key("address", address), article)
        if words := identity.words_of(read.title, read.text):
            self._keep_first(key("text", words), article)

    def _number(self, article: int, one: Waiting, read: Read) -> int | None:
        """Number the version that *read* is; None when it is none.

        A feed's own words are a version only of what the same feed's words were: a page
        is read from its own server, but a feed may say anything of another's article.
        """
        last = self.versions.last(article)
        if last is None:
            return 1
        words = identity.text_of(read.text)
        if last.text_sha == words:
            return None
        if one.is_again and self.versions.had(article, words):
            return None  # another address of it, or a server that lags behind
        from_feed = read.read_from == "feed"
        if from_feed and (last.read_from, last.source) != ("feed", one.source):
            return None
        return last.number + 1

    def _find(self, one: bytes) -> int | None:
        found = self._db.execute(
            "SELECT article FROM watch_keys WHERE key = ?", (one,)
        ).fetchone()
        return int(found[0]) if found else None

    def _keep(self, one: bytes, article: int, mark: str | None = None) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO watch_keys VALUES (?, ?, ?)", (one, article, mark)
        )

    def _keep_first(self, one: bytes, article: int) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO watch_keys VALUES (?, ?, NULL)", (one, article)
        )


def _keys(source: str, item: Item) -> list[bytes]:
    """Give what tells an item beside its name: its address, then its words."""
    found = [key("address", item.address)] if item.address else []
    words = _words_key(source, item)
    return [*found, words] if words else found


def _words_key(source: str, item: Item) -> bytes | None:
    words = identity.words_of(item.title, item.content)
    return key("item", source, words) if words else None


def _addresses(read: Read) -> list[str]:
    """List the addresses of an article; a site's front page is none."""
    found = (identity.canonical(place) for place in read.places)
    return [one for one in found if one]
