"""Hostile and broken feeds: one line each in the report, and the others go on."""

import contextlib
import gzip
import json
import threading
import tracemalloc
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from watching import START, Press, feed, item, json_feed, rss, story, titles, watching
from website import Reply

from summarizer.watch.polling import poller
from summarizer.watch.polling.pages import Outcome
from summarizer.watch.polling.values import PollReport, Source
from summarizer.watch.polling.web import Manners

HOUR = timedelta(hours=1)
FERRY = "Ferry workers ask port for talks"
QUICK = Manners(
    contact="x@reader.example", allow_private=True, pause_s=0, feed_s=0.3, page_s=5
)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    """Send 100 MB, or as much as is taken."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n<rss>")
    with contextlib.suppress(OSError):
        for _ in range(1_000):
            handler.wfile.write(b" " * 100_000)


def _slow(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, and never end."""
    never = threading.Event()
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n")
    with contextlib.suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            never.wait(0.05)


def _bomb() -> bytes:
    lines = ['<!ENTITY a0 "haha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return f"<?xml version='1.0'?><!DOCTYPE rss [{''.join(lines)}]><rss><channel><title>&a11;</title></channel></rss>".encode()


HOSTILE = {
    "to a private address": (
        Reply(302, headers={"Location": "http://169.254.169.254/latest/"}),
        "leads to 169.254.169.254, not a public address",
    ),
    "to itself": (Reply(302, headers={"Location": "/feed"}), "more than 5 times"),
    "100 MB": (Reply(act=_endless), "has more than 5,000,000 bytes"),
    "never ends": (Reply(act=_slow), "took more than 0.3 seconds"),
    "entity bomb": (Reply(body=_bomb()), "declares entities that could grow"),
    "gzip bomb": (
        Reply(
            body=gzip.compress(b" " * 50_000_000),
            headers={"Content-Encoding": "gzip"},
        ),
        "has more than 5,000,000 bytes",
    ),
    "not the gzip it says": (
        Reply(body=b"<rss>", headers={"Content-Encoding": "gzip"}),
        "packed with gzip, but is not",
    ),
    "a web page": (
        Reply(body=b"<!doctype html><html><p>Hi</html>"),
        "is a web page, not a feed",
    ),
    "other XML": (
        Reply(body=b"<?xml version='1.0'?><gpx><trk/></gpx>"),
        "is no feed: its outermost element is 'gpx'",
    ),
    "empty": (Reply(body=b""), "is empty"),
    "a picture": (Reply(body=b"\x89PNG\r\n\x1a\n\0\0"), "is neither XML nor JSON"),
    "deep": (Reply(body=b"[" * 100_000), "is damaged JSON"),
    "not there": (Reply(404), "answered 404 (no such page)"),
}


@pytest.mark.parametrize(("reply", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_feed_is_one_line_and_the_next_feed_is_read(
    reply: Reply, words: str
) -> None:
    press = Press(feeds={"/feed": reply})
    press.feed("/good", [item("g", "/gone", FERRY, story(FERRY))])
    with watching(
        lambda root: feed(root, name="bad"),
        lambda root: feed(root, "/good", name="good", backfill=1),
        press=press,
        manners=QUICK,
    ) as watch:
        report = watch.poll()

    (trouble,) = report.troubles
    assert (trouble.source, trouble.kind) == ("bad", "failing")
    assert words in str(trouble)
    assert "\n" not in str(trouble)
    assert titles(report.versions) == [(FERRY, 1)]


def test_memory_stays_bounded_whatever_is_sent() -> None:
    press = Press(
        feeds={
            "/feed": Reply(act=_endless),
            "/bomb": HOSTILE["gzip bomb"][0],
        }
    )
    with watching(
        feed,
        lambda root: feed(root, "/bomb", name="bomb"),
        press=press,
    ) as watch:
        tracemalloc.start()
        watch.poll()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak < 20_000_000


def _poll(*items: str, charset: str = "utf-8") -> tuple[PollReport, PollReport]:
    """Look at a feed of *items* that was empty before, and once more."""
    press = Press()
    press.feed("/feed", [])
    with watching(press=press) as watch:
        watch.poll()
        kind = f"application/rss+xml; charset={charset}"
        press.feeds["/feed"] = Reply(body=rss(items), content_type=kind)
        return watch.poll(after=HOUR), watch.poll(after=HOUR)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01"),
        ("Thu, 05 Mar 2099 09:00:00 GMT", "2099-03-05"),
    ],
)
def test_a_day_that_cannot_be_is_replaced_by_that_of_fetching_and_said_once(
    stated: str, day: str
) -> None:
    report, again = _poll(item("g", "/gone", FERRY, story(FERRY), published=stated))

    (version,) = report.versions
    assert version.metadata.published_at == START + HOUR
    assert version.metadata.published == START.date()
    assert [one.words for one in report.troubles] == [
        f"1 new items state a day that cannot be, as {day}: the time of fetching is taken"
    ]
    assert again.troubles == ()


def test_a_day_that_cannot_be_on_the_page_is_replaced_by_the_feeds() -> None:
    press = Press()
    head = '<meta property="article:published_time" content="1970-01-01T00:00:00Z">'
    press.page("/ferry", FERRY, story(FERRY), head)
    press.feed("/feed", [item("g", "/ferry", FERRY)])
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        report = watch.poll()

    assert str(report.versions[0].metadata.published_at) == "2025-03-05 09:00:00+00:00"
    assert "states the day 1970-01-01, which cannot be: 2025-03-05 is taken" in str(
        report.troubles[0]
    )


def test_scripts_in_titles_are_plain_words_or_gone() -> None:
    title = "Ferry <script>alert(1)</script><img src=x onerror=y()>stops &lt;b&gt;now"
    report, _ = _poll(item("g", "/gone", title, story(FERRY) + "<script>z()</script>"))

    (version,) = report.versions
    assert version.title == "Ferry stops now"
    assert "z()" not in version.text


def test_of_ten_thousand_items_at_once_the_newest_are_taken_and_that_is_said() -> None:
    press = Press()
    press.feed("/feed", [])
    listed: list[dict[str, object]] = [
        {"id": str(n), "title": f"Item {n}", "url": f"/{n}"} for n in range(10_000)
    ]
    with watching(press=press) as watch:
        watch.poll()
        press.feeds["/feed"] = json_feed(listed)
        watch.press.robots = Reply(503)
        report = watch.poll(after=HOUR)

    assert report.waiting == 500
    assert "lists 10,000 items: the newest 500 are looked at" in str(report.troubles[0])


def _offers(look: int, count: int = 500) -> Reply:
    return json_feed(
        [
            {"id": f"{look}.{n}", "title": "Offer", "url": f"/{look}.{n}"}
            for n in range(count)
        ]
    )


def test_a_feed_that_lists_more_than_can_be_read_is_bounded() -> None:
    press = Press(feeds={"/feed": _offers(0, 0)}, robots=Reply(503))
    said: list[str] = []
    waiting: list[int] = []
    with watching(press=press) as watch:
        watch.poll()
        for look in range(1, 4):
            press.feeds["/feed"] = _offers(look)
            report = watch.poll(after=HOUR)
            waiting.append(report.waiting)
            said += [str(one) for one in report.troubles if one.kind == "lost"]

    assert waiting == [500, 1_000, 1_000]
    assert said == ["post: 500 articles are given up unread: more than 1,000 wait"]


def test_a_feed_that_brings_too_many_articles_goes_on_the_next_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(poller, "MOST_A_DAY", 3)
    monkeypatch.setattr(poller, "MOST_OF_HOST", 1)
    press = Press()
    listed = [
        item(f"{n}", f"/gone/{n}", f"Report {n}", story(f"{n}")) for n in range(5)
    ]
    press.feed("/feed", listed)
    with watching(lambda root: feed(root, backfill=5), press=press) as watch:
        first = [watch.poll() for _ in range(5)]
        due = watch.poller.next_due()
        later = [watch.poll(after=25 * HOUR) for _ in range(2)]

    assert [len(one.versions) for one in first] == [1, 1, 1, 0, 0]
    assert due is not None
    assert due > START
    assert [str(one) for one in first[3].troubles] == [
        "post: brought 3 articles in a day: the others wait"
    ]
    assert [len(one.versions) for one in later] == [1, 1]


def test_a_flood_of_links_to_a_site_leaves_room_for_the_articles_of_others() -> None:
    press = Press(feeds={"/feed": _offers(1)})
    press.page("/ferry", FERRY, story(FERRY))
    press.feed("/good", [item("zz", "/ferry", FERRY)])
    with watching(
        lambda root: feed(root, name="flood", backfill=500),
        lambda root: feed(root, "/good", name="good", backfill=1),
        press=press,
    ) as watch:
        report = watch.poll()

    assert titles(report.versions) == [(FERRY, 1)]


def test_a_slow_host_does_not_hold_up_a_round() -> None:
    press = Press()
    for number in range(5):
        press.page(f"/{number}", f"Report {number}", story(f"report {number}"))
    press.feed("/feed", [item(str(n), f"/{n}", f"Report {n}") for n in range(5)])
    slow = Manners(contact="x@reader.example", allow_private=True, pause_s=0, host_s=0)
    with watching(
        lambda root: feed(root, backfill=5), press=press, manners=slow
    ) as watch:
        rounds = [len(watch.poll().versions) for _ in range(5)]

    assert rounds == [1, 1, 1, 1, 1]


def test_a_file_that_became_a_link_after_it_was_listed_is_not_read(
    tmp_path: Path,
) -> None:
    folder, secret = tmp_path / "inside", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text(story("a secret"), "utf-8")
    (folder / "note.txt").write_text(story("a note"), "utf-8")
    with watching(
        lambda _: Source(name="files", kind="folder", place=str(folder), backfill=1)
    ) as watch:
        read = watch.poller._read

        async def late() -> list[Outcome]:
            (folder / "note.txt").unlink()
            (folder / "note.txt").symlink_to(secret)
            return await read()

        watch.poller._read = late  # type: ignore[method-assign]
        report = watch.poll()

    assert report.versions == ()
    assert "has been replaced by something that is no file" in str(report.troubles[0])


@pytest.mark.parametrize("charset", ["us-ascii", "utf-16", "klingon", "punycode"])
def test_a_wrong_encoding_of_the_server_loses_no_article(charset: str) -> None:
    report, _ = _poll(
        item("g", "/gone", "Café in Kasra", story(FERRY)), charset=charset
    )

    assert [one.number for one in report.versions] == [1]


def test_a_page_that_redirects_to_a_private_address_is_not_read() -> None:
    press = Press()
    press.pages["/ferry"] = Reply(302, headers={"Location": "http://169.254.169.254/"})
    press.feed("/feed", [item("g", "/ferry", FERRY)])
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        report = watch.poll()

    assert "cannot be had, so its pages wait" in str(report.troubles[0])
    assert "169.254.169.254" in str(report.troubles[0])


@pytest.mark.parametrize("link", ["http://169.254.169.254/x", "file:///etc/passwd"])
def test_an_item_cannot_send_us_to_a_private_place(link: str) -> None:
    report, _ = _poll(item("g", link, FERRY, "Few words."))

    assert report.versions == ()
    assert [one.kind for one in report.troubles] == ["page"]


def test_a_page_that_leads_to_a_wall_is_not_taken_for_the_article() -> None:
    press = Press()
    press.pages["/ferry"] = Reply(302, headers={"Location": "/subscribe"})
    press.page("/subscribe", "Subscribe now", "Read all that we write. " * 20)
    press.feed("/feed", [item("g", "/ferry", FERRY)])
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        report = watch.poll()

    assert report.versions == ()
    assert "leads to another page" in str(report.troubles[0])


def test_items_that_all_lead_to_the_front_page_are_not_read_there() -> None:
    press = Press()
    press.page("/", "Kasra Post", "All the news of Kasra. " * 20)
    listed = [item(str(n), "/", f"Report {n}", story(f"report {n}")) for n in range(3)]
    press.feed("/feed", listed)
    with watching(lambda root: feed(root, backfill=3), press=press) as watch:
        report = watch.poll()

    assert sorted(titles(report.versions)) == [(f"Report {n}", 1) for n in range(3)]
    assert watch.asked("/") == []


def test_a_json_feed_of_nonsense_is_read_as_far_as_it_makes_sense() -> None:
    nonsense = {
        "items": [
            1,
            {"id": None, "title": 7, "url": ["x"], "date_published": {}, "authors": 3},
            {"id": "ok", "title": FERRY, "content_text": story(FERRY)},
        ]
    }
    press = Press(feeds={"/feed": Reply(body=json.dumps(nonsense).encode())})
    with watching(lambda root: feed(root, backfill=9), press=press) as watch:
        report = watch.poll()

    assert titles(report.versions) == [(FERRY, 1)]
    assert [one.kind for one in report.troubles] == ["page"]
