"""Feeds of all kinds, read in the child process: plain words, times in UTC, no bomb."""

import json
from collections.abc import Iterator

import pytest

from summarizer.sources.formats.feeds import FeedReader
from summarizer.sources.formats.parsed import FeedItem, UnreadableError

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
<title>Kasra Post</title><link>https://post.example/</link><language>en-GB</language>
<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>
<item><guid isPermaLink="false">post-1</guid><title>Ferry &amp;lt;b&amp;gt;stops&amp;lt;/b&amp;gt;</title>
<link>https://post.example/ferry</link><author>Ana Ruiz</author>
<pubDate>Wed, 05 Mar 2025 09:30:00 +0200</pubDate>
<description>The ferry stopped.</description>
<content:encoded><![CDATA[<p>The ferry stopped on Monday.</p><script>x()</script>
<p>Nobody was hurt.</p>]]></content:encoded></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Belmora Radio</title>
<entry><id>tag:radio.example,2025:1</id><title type="html">Bridge &lt;i&gt;opens&lt;/i&gt;</title>
<link rel="alternate" href="https://radio.example/bridge"/>
<published>2025-03-05T09:00:00Z</published><updated>2025-03-06T10:00:00Z</updated>
<summary>The bridge opens.</summary></entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Tarsk Wire",
    "items": [
        {
            "id": 7,
            "url": "https://wire.example/7",
            "title": "Mine reopens",
            "content_html": "<p>The mine reopens.</p>",
            "date_published": "2025-03-05T09:00:00+02:00",
            "authors": [{"name": "Otto Bra"}],
        }
    ],
}


@pytest.fixture(scope="module")
def reader() -> Iterator[FeedReader]:
    with FeedReader() as one:
        yield one


def test_rss_is_read_as_plain_words_with_times_in_utc(reader: FeedReader) -> None:
    feed = reader.parse(RSS.encode())

    assert (feed.title, feed.language, feed.every_s) == ("Kasra Post", "en-GB", 5_400)
    assert feed.items == (
        FeedItem(
            guid="post-1",
            link="https://post.example/ferry",
            title="Ferry stops",
            content="The ferry stopped on Monday.\n\nNobody was hurt.",
            byline="Ana Ruiz",
            published="2025-03-05T07:30:00+00:00",
        ),
    )


def test_atom_is_read_with_both_times(reader: FeedReader) -> None:
    (item,) = reader.parse(ATOM.encode()).items

    assert (item.guid, item.title) == ("tag:radio.example,2025:1", "Bridge opens")
    assert item.published == "2025-03-05T09:00:00+00:00"
    assert item.updated == "2025-03-06T10:00:00+00:00"


def test_a_json_feed_is_read(reader: FeedReader) -> None:
    (item,) = reader.parse(json.dumps(JSON).encode()).items

    assert (item.guid, item.link) == ("7", "https://wire.example/7")
    assert (item.content, item.byline) == ("The mine reopens.", "Otto Bra")
    assert item.published == "2025-03-05T07:00:00+00:00"


def test_an_item_without_a_name_is_named_by_its_address_and_title(
    reader: FeedReader,
) -> None:
    bare = RSS.replace('<guid isPermaLink="false">post-1</guid>', "")
    first, second = reader.parse(bare.encode()), reader.parse(bare.encode())

    assert first.items[0].guid == second.items[0].guid
    assert len(first.items[0].guid) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_the_encoding_that_is_stated_is_followed(
    reader: FeedReader, encoding: str
) -> None:
    told = RSS.replace("ferry stopped.", "café stopped.").replace("utf-8", encoding)
    told = told.replace("<content:encoded>", "<x>").replace(
        "</content:encoded>", "</x>"
    )

    assert "café" in reader.parse(told.encode(encoding)).items[0].content


def test_a_wrong_encoding_of_the_server_loses_no_item(reader: FeedReader) -> None:
    told = RSS.replace("ferry stopped", "café stopped")

    assert reader.parse(told.encode(), "us-ascii").items[0].guid == "post-1"
    assert reader.parse(told.encode(), "no-such-thing").items[0].guid == "post-1"


def test_broken_xml_gives_what_can_be_had_and_says_so(reader: FeedReader) -> None:
    feed = reader.parse(RSS.replace("</channel></rss>", "<item><title>cut").encode())

    assert feed.items[0].guid == "post-1"
    assert feed.notes == ("is not well formed: what could be read of it was read",)


def _entities(*declared: str) -> bytes:
    inside = "".join(f"<!ENTITY {one}>" for one in declared)
    return RSS.replace("<rss", f"<!DOCTYPE rss [{inside}]><rss", 1).encode()


_NESTED = [
    'a0 "ha"',
    *(f'a{n} "{f"&a{n - 1};" * 10}"' for n in range(1, 10)),
]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<!doctype html><html><p>Hi", "is a web page, not a feed"),
        (b"<?xml version='1.0'?><svg><g/></svg>", "outermost element is 'svg'"),
        (b"hello", "neither XML nor JSON"),
        (b'{"items": 3}', "no JSON Feed"),
        (b"[1]", "no JSON Feed"),
        (b'{"items": [', "damaged JSON"),
        (b"[" * 200_000, "damaged JSON"),
        (_entities(*_NESTED), "declares entities"),
        (_entities('x SYSTEM "file:///etc/passwd"'), "declares entities"),
        (_entities(f'x "{"a" * 5_000}"'), "declares entities"),
        (_entities('% x "y"'), "declares entities"),
        (_entities(*_NESTED).decode().encode("utf-16"), "is no feed|declares entities"),
    ],
)
def test_what_is_no_feed_is_said_in_words(
    reader: FeedReader, raw: bytes, words: str
) -> None:
    with pytest.raises(UnreadableError, match=words):
        reader.parse(raw)


def test_a_feed_that_names_characters_itself_is_read(reader: FeedReader) -> None:
    raw = _entities('nbsp "&#160;"', 'who "Kasra"')

    assert reader.parse(raw).items[0].guid == "post-1"


def test_of_ten_thousand_items_the_newest_are_looked_at(reader: FeedReader) -> None:
    items = [
        {
            "id": str(n),
            "title": f"Item {n}",
            "date_published": f"2025-03-05T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z",
        }
        for n in range(10_000)
    ]
    feed = reader.parse(json.dumps({"items": items}).encode())

    assert [feed.items[0].guid, feed.items[-1].guid] == ["9999", "9500"]
    assert feed.notes == ("lists 10,000 items: the newest 500 are looked at",)


def test_a_feed_of_an_address_opens_nothing(reader: FeedReader) -> None:
    """feedparser opens addresses and files when it is handed their names."""
    for name in (b"http://127.0.0.1:9/", b"/etc/hostname"):
        with pytest.raises(UnreadableError, match="neither XML nor JSON"):
            reader.parse(name)


def test_a_child_that_takes_too_long_is_ended_and_the_next_feed_is_read() -> None:
    with FeedReader(wall_s=0.01) as slow:
        with pytest.raises(UnreadableError, match="too much time or memory"):
            slow.parse(RSS.encode())
        slow._wall_s = 30
        assert slow.parse(RSS.encode()).items


def test_a_child_is_begun_anew_after_some_feeds() -> None:
    with FeedReader(most_feeds=1) as reader:
        reader.parse(ATOM.encode())
        first = reader._child
        reader.parse(ATOM.encode())

        assert reader._child is not first


def test_a_feed_that_takes_more_than_its_time_or_memory_is_said() -> None:
    deep = b"<rss><channel>" + b"<a b='c'>" * 1_000_000

    with FeedReader(cpu_s=0) as reader:
        with pytest.raises(UnreadableError, match="too much (time|memory)"):
            reader.parse(deep)
        assert reader.parse(RSS.encode()).items
