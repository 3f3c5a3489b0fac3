"""Feeds, folders and lists of addresses, polled on a real server: polite and complete."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from watching import (
    START,
    Press,
    Watch,
    feed,
    item,
    json_feed,
    rss,
    story,
    titles,
    watching,
)
from website import Reply

from summarizer.errors import InputError, SettingsError
from summarizer.watch.polling import folders, schedule
from summarizer.watch.polling.poller import Poller
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import Source
from summarizer.watch.polling.web import Manners

HOUR = timedelta(hours=1)
TITLES = [
    "Ferry workers ask port",
    "Belmora pier is repaired",
    "Fishermen wait at gate",
]


def _press(count: int, **headers: str) -> Press:
    """Put *count* articles online, the newest first in the feed."""
    press = Press()
    for number in range(count):
        press.page(f"/{number}", TITLES[number], story(TITLES[number]))
    listed = [item(f"g{n}", f"/{n}", TITLES[n]) for n in reversed(range(count))]
    press.feed("/feed", listed, **headers)
    return press


def _add(watch: Watch, number: int) -> None:
    """Put one more article online and list it first."""
    watch.press.page(f"/{number}", TITLES[number], story(TITLES[number]))
    listed = [item(f"g{n}", f"/{n}", TITLES[n]) for n in reversed(range(number + 1))]
    watch.press.feed("/feed", listed)


def test_the_first_look_brings_nothing_and_the_next_one_what_is_new() -> None:
    with watching(press=_press(2)) as watch:
        first = watch.poll()
        _add(watch, 2)
        second = watch.poll(after=HOUR)

    assert (first.versions, first.troubles, first.waiting) == ((), (), 0)
    (version,) = second.versions
    assert (version.title, version.number, version.text) == (
        TITLES[2],
        1,
        f"{TITLES[2]}\n\n{story(TITLES[2])}",
    )
    assert (version.source, version.read_from) == ("post", "page")
    assert version.first_seen == version.fetched_at == START + HOUR
    assert version.metadata.uri == f"{watch.site.root}/2"
    assert version.metadata.publisher == "Kasra Post"
    assert version.metadata.published_at == datetime(2025, 3, 5, 9, tzinfo=UTC)
    assert version.article().words(0).startswith("Ferry workers in Kasra")
    assert watch.asked("/0") == []


def test_the_first_look_brings_the_newest_when_asked_to() -> None:
    with watching(lambda root: feed(root, backfill=1), press=_press(3)) as watch:
        report = watch.poll()

    assert titles(report.versions) == [(TITLES[2], 1)]


def test_a_feed_is_asked_with_its_marks_and_a_304_is_nothing() -> None:
    marks = {"ETag": '"1"', "Last_Modified": "Wed, 05 Mar 2025 09:00:00 GMT"}
    with watching(press=_press(1, **marks)) as watch:
        watch.poll()
        report = watch.poll(after=HOUR)

    first, second = watch.asked("/feed")
    assert "if-none-match" not in first
    assert second["if-none-match"] == '"1"'
    assert second["if-modified-since"] == "Wed, 05 Mar 2025 09:00:00 GMT"
    assert (report.polled, report.unchanged) == (1, 1)


def test_a_source_is_not_asked_before_it_is_due() -> None:
    with watching(press=_press(1)) as watch:
        watch.poll()
        due = watch.poller.next_due()
        early = watch.poll(after=timedelta(seconds=899))
        late = watch.poll(after=timedelta(seconds=1))

    assert due == START + timedelta(seconds=900)
    assert (early.polled, late.polled) == (0, 1)


@pytest.mark.parametrize(
    ("headers", "channel", "seconds"),
    [
        ({"Cache-Control": "public, max-age=7200"}, "", 7_200),
        ({"Cache-Control": "no-cache, max-age=7200"}, "", 900),
        ({"Cache-Control": "max-age=60"}, "", 900),
        ({"Cache-Control": "max-age=99999999"}, "", 86_400),
        ({}, "<ttl>180</ttl>", 10_800),
        ({}, "<ttl>lots</ttl>", 900),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_wishes_up_to_a_day(
    headers: dict[str, str], channel: str, seconds: int
) -> None:
    press = Press(feeds={"/feed": Reply(body=rss([], channel), headers=headers)})
    with watching(press=press) as watch:
        watch.poll()

        assert watch.poller.next_due() == START + timedelta(seconds=seconds)


def test_a_wish_of_the_feed_holds_after_a_304_too() -> None:
    marked = Reply(body=rss([], "<ttl>180</ttl>"), headers={"ETag": '"1"'})
    with watching(press=Press(feeds={"/feed": marked})) as watch:
        watch.poll()
        watch.poll(after=3 * HOUR)

        assert watch.poller.next_due() == START + 6 * HOUR


def test_chance_only_ever_lengthens_a_wait() -> None:
    shortest = schedule.after_success(900, {}, lambda: 0.0)
    longest = schedule.after_success(900, {}, lambda: 1.0)

    assert shortest == 900.0
    assert longest == pytest.approx(990)


def test_a_failing_feed_waits_twice_as_long_each_time_and_recovers() -> None:
    press = Press(feeds={"/feed": Reply(500)})
    waits: list[float] = []
    said: list[str] = []
    with watching(press=press) as watch:
        for _ in range(9):
            said += map(str, watch.poll().troubles)
            due = watch.poller.next_due()
            assert due is not None
            waits.append((due - watch.clock[0]).total_seconds())
            watch.clock[0] = due
        watch.press.feed("/feed", [item("g", "/g")])
        report = watch.poll()
        last = watch.poller.next_due()

    assert waits == [900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400]
    assert len(said) == 9
    assert said[0].startswith("post: 'http://127.0.0.1")
    assert said[0].endswith("(failed; tried again in 15 minutes)")
    assert said[8].endswith(
        "answered 500 (a fault of the server) "
        "(failed, 9 times in a row; tried again in 24 hours)"
    )
    assert report.troubles == ()
    assert last == watch.clock[0] + timedelta(seconds=900)


@pytest.mark.parametrize("stated", ["7200", "Wed, 05 Mar 2025 14:00:00 GMT"])
def test_a_server_that_says_when_to_come_back_is_heeded(stated: str) -> None:
    press = Press(feeds={"/feed": Reply(429, headers={"Retry-After": stated})})
    with watching(press=press) as watch:
        watch.poll()

        assert watch.poller.next_due() == START + 2 * HOUR


def test_a_server_that_asks_to_be_left_alone_is_not_asked_by_another_source() -> None:
    press = Press(feeds={"/a": Reply(503, headers={"Retry-After": "3600"})})
    with watching(
        lambda root: feed(root, "/a", name="a"),
        lambda root: feed(root, "/b", name="b"),
        press=press,
    ) as watch:
        report = watch.poll()

    assert watch.asked("/b") == []
    assert "asked to be left alone for 3,600 more seconds" in str(report.troubles[1])


def test_a_feed_that_is_gone_ends_and_that_is_said_once() -> None:
    with watching(press=Press(feeds={"/feed": Reply(410)})) as watch:
        first = watch.poll()
        second = watch.poll(after=100 * HOUR)
        due = watch.poller.next_due()

    assert [one.kind for one in first.troubles] == ["ended"]
    assert "gone for good (410): it is not asked again" in str(first.troubles[0])
    assert (second.troubles, second.polled, due) == ((), 0, None)
    assert len(watch.asked("/feed")) == 1


def test_a_feed_that_moved_for_good_is_followed_remembered_and_said_once() -> None:
    press = _press(1)
    press.feeds["/old"] = Reply(301, headers={"Location": "/feed"})
    with watching(lambda root: feed(root, "/old"), press=press) as watch:
        first = watch.poll()
        second = watch.poll(after=HOUR)

    assert [one.kind for one in first.troubles] == ["moved"]
    assert f"moved for good to '{watch.site.root}/feed'" in str(first.troubles[0])
    assert second.troubles == ()
    assert (len(watch.asked("/old")), len(watch.asked("/feed"))) == (1, 2)


def test_a_redirect_for_now_is_followed_and_not_remembered() -> None:
    press = _press(1)
    press.feeds["/old"] = Reply(302, headers={"Location": "/feed"})
    with watching(lambda root: feed(root, "/old"), press=press) as watch:
        first = watch.poll()
        watch.poll(after=HOUR)

    assert first.troubles == ()
    assert len(watch.asked("/old")) == 2


def test_a_feed_that_fails_where_it_moved_to_is_tried_at_its_old_address() -> None:
    press = _press(1)
    press.feeds["/old"] = Reply(301, headers={"Location": "/new"})
    press.feeds["/new"] = press.feeds["/feed"]
    with watching(lambda root: feed(root, "/old"), press=press) as watch:
        watch.poll()
        press.feeds["/new"], press.feeds["/old"] = Reply(404), press.feeds["/feed"]
        for _ in range(4):
            watch.poll(after=100 * HOUR)
        report = watch.poll(after=100 * HOUR)

    assert report.troubles == ()
    assert (len(watch.asked("/old")), len(watch.asked("/new"))) == (2, 5)


def test_we_say_who_we_are_and_how_to_reach_the_user() -> None:
    manners = Manners(contact="press@reader.example", version="1.2", allow_private=True)
    with watching(press=_press(1), manners=manners) as watch:
        watch.poll()

    assert watch.asked("/feed")[0]["user-agent"] == (
        "grounded-briefing/1.2 (follows feeds; press@reader.example)"
    )


@pytest.mark.parametrize("contact", ["", " ", "a\r\nX: y", "caf\xe9", "x" * 201])
def test_a_contact_that_cannot_be_sent_is_refused(contact: str) -> None:
    with pytest.raises(SettingsError, match="contact line"):
        Manners(contact=contact)


def test_one_host_is_asked_one_thing_at_a_time_with_a_pause_between() -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    never = threading.Event()

    def respond(_path: str, _headers: dict[str, str]) -> Reply | None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        never.wait(0.03)  # long enough for another one to come in between
        with lock:
            under_way -= 1
        return None

    manners = Manners(contact="x@reader.example", allow_private=True, pause_s=2)

    def source(number: int) -> Callable[[str], Source]:
        return lambda root: feed(root, f"/{number}", name=f"f{number}")

    press = Press(feeds={f"/{n}": Reply(body=rss([])) for n in range(5)})
    press.respond = respond
    with watching(*map(source, range(5)), press=press, manners=manners) as watch:
        report = watch.poll()

    assert (report.polled, most) == (5, 1)
    assert watch.slept == [2, 2, 2, 2]


def test_a_page_that_robots_forbid_is_not_read_and_that_is_said() -> None:
    press = _press(2)
    press.robots = Reply(body=b"User-agent: *\nDisallow: /1\n")
    with watching(lambda root: feed(root, backfill=2), press=press) as watch:
        report = watch.poll()

    assert titles(report.versions) == [(TITLES[0], 1)]
    assert (watch.asked("/1"), report.waiting) == ([], 1)
    assert "is read later: the robots.txt of '127.0.0.1' forbids" in str(
        report.troubles[0]
    )


def test_rules_for_us_by_name_are_heeded() -> None:
    press = _press(1)
    press.robots = Reply(
        body=b"User-agent: *\nAllow: /\n\nUser-agent: grounded-briefing\nDisallow: /\n"
    )
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        assert watch.poll().versions == ()


def test_robots_are_asked_for_once_a_day() -> None:
    with watching(press=_press(1)) as watch:
        watch.poll()
        _add(watch, 1)
        watch.poll(after=HOUR)
        _add(watch, 2)
        watch.poll(after=HOUR)
        before = len(watch.asked("/robots.txt"))
        watch.press.page("/9", "Gate", story("Gate"))
        watch.press.feed("/feed", [item("g9", "/9", "Gate")])
        watch.poll(after=24 * HOUR)

    assert (before, len(watch.asked("/robots.txt"))) == (1, 2)


def test_pages_wait_while_robots_cannot_be_had() -> None:
    press = _press(1)
    press.robots = Reply(503)
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        first = watch.poll()
        press.robots = Reply(404)
        second = watch.poll(after=HOUR)

    assert (first.versions, first.waiting) == ((), 1)
    assert "cannot be had, so its pages wait: it answered 503" in str(first.troubles[0])
    assert titles(second.versions) == [(TITLES[0], 1)]


def test_a_site_that_wants_long_pauses_gets_them_without_holding_a_round() -> None:
    press = _press(3)
    press.robots = Reply(body=b"User-agent: *\nCrawl-delay: 30\n")
    with watching(lambda root: feed(root, backfill=3), press=press) as watch:
        first = watch.poll()
        second = watch.poll(after=timedelta(seconds=30))
        third = watch.poll(after=timedelta(seconds=30))

    assert [len(one.versions) for one in (first, second, third)] == [1, 1, 1]
    assert (first.troubles, watch.slept) == ((), [])


def test_a_page_that_fails_is_told_by_the_feeds_own_words_if_they_are_enough() -> None:
    press = Press()
    press.feed("/feed", [item("g", "/gone", text=story("the pier"))])
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        (version,) = watch.poll().versions

    assert (version.read_from, version.number) == ("feed", 1)
    assert version.text.startswith("Ferry workers in Kasra asked")
    assert version.layout.notes == (
        "the text is the feed's own: its page could not be read",
    )


def test_a_page_that_fails_is_tried_again_and_given_up_after_eight_tries() -> None:
    press = Press()
    press.feed("/feed", [item("g", "/gone", text="Few words.")])
    kinds: list[str] = []
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        for _ in range(9):
            kinds += [one.kind for one in watch.poll(after=24 * HOUR).troubles]

    assert kinds == ["page"] * 7 + ["lost"]
    assert len(watch.asked("/gone")) == 8


def test_what_was_listed_is_read_by_a_later_run_too(tmp_path: Path) -> None:
    """
    The process ends between listing and reading: nothing is forgotten.
    """
    press, file = Press(), tmp_path / "watch.db"
    press.feed("/feed", [item("g", "/late", TITLES[0])])
    clock = [START]
    place = ""

    def source(root: str) -> Source:
        nonlocal place
        place = place or f"{root}/feed"
        return Source(name="post", kind="feed", place=place, backfill=1)

    with watching(source, press=press, file=file, clock=clock) as watch:
        watch.poll()
        press.page("/late", TITLES[0], story(TITLES[0]))
        again = Poller(
            watch.poller.sources,
            Seen(sqlite3.connect(file)),
            manners=Manners(contact="x@reader.example", allow_private=True),
            now=lambda: START + HOUR,
        )
        report = asyncio.run(again.poll_due())
        again.close()
        kept = again.seen.versions.not_taken()
        again.seen.versions.take(kept)
        rest = again.seen.versions.not_taken()
        again.seen._db.close()

    assert titles(report.versions) == titles(kept) == [(TITLES[0], 1)]
    assert kept[0].text == report.versions[0].text
    assert rest == []


def test_a_round_reads_few_pages_of_one_host_and_the_next_is_due_at_once() -> None:
    press = Press()
    told = [(f"Report {n}", story(f"report {n}")) for n in range(12)]
    press.feed("/feed", [item(f"g{n}", f"/{n}", *one) for n, one in enumerate(told)])
    with watching(lambda root: feed(root, backfill=12), press=press) as watch:
        first = watch.poll()
        due = watch.poller.next_due()
        second = watch.poll()

    assert (len(first.versions), first.waiting, due) == (10, 2, START)
    assert (len(second.versions), second.waiting) == (2, 0)


def test_a_json_feed_is_followed() -> None:
    press = Press()
    press.page("/7", TITLES[0], story(TITLES[0]))
    press.feeds["/feed"] = json_feed([{"id": "7", "url": "/7", "title": TITLES[0]}])
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        assert titles(watch.poll().versions) == [(TITLES[0], 1)]


def test_a_source_at_another_place_begins_anew(tmp_path: Path) -> None:
    seen = Seen(sqlite3.connect(":memory:"))
    source = Source(name="post", kind="feed", place="https://a.example/feed")
    moved = Source(name="post", kind="feed", place="https://b.example/feed")
    state = seen.states.of(source)
    seen.states.save(source, state)

    assert seen.states.of(source) == state
    assert seen.states.of(moved).begun is None
    seen._db.close()


def test_every_commit_is_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "watch.db")
    Seen(db)

    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    db.close()


def _write(path: Path, words: str, age_s: float = 60) -> None:
    path.write_text(words, "utf-8")
    when = START.timestamp() - age_s
    os.utime(path, (when, when))


def _folder(path: Path, backfill: int = 0) -> Source:
    return Source(name="desk", kind="folder", place=str(path), backfill=backfill)


def test_a_folder_brings_new_files_and_edited_ones(tmp_path: Path) -> None:
    _write(tmp_path / "old.txt", story("old"))
    with watching(lambda _: _folder(tmp_path)) as watch:
        first = watch.poll()
        _write(tmp_path / "new.txt", story("new"))
        _write(tmp_path / "picture.png", "no article")
        second = watch.poll(after=HOUR)
        _write(tmp_path / "new.txt", story("new") + "\n\nThe talks began.", age_s=30)
        third = watch.poll(after=HOUR)
        fourth = watch.poll(after=HOUR)

    assert first.versions == fourth.versions == ()
    assert [(v.metadata.uri, v.number) for v in second.versions] == [("new.txt", 1)]
    assert [(v.metadata.uri, v.number) for v in third.versions] == [("new.txt", 2)]
    assert third.versions[0].article_id == second.versions[0].article_id


def test_a_file_that_was_only_touched_is_nothing(tmp_path: Path) -> None:
    _write(tmp_path / "old.txt", story("old"))
    with watching(lambda _: _folder(tmp_path)) as watch:
        watch.poll()
        _write(tmp_path / "old.txt", story("old"), age_s=10)
        touched = watch.poll(after=HOUR)
        _write(tmp_path / "old.txt", story("old") + " More.", age_s=5)
        edited = watch.poll(after=HOUR)

    assert touched.versions == ()
    assert [v.number for v in edited.versions] == [1]


def test_a_file_that_may_still_be_written_waits_for_the_next_look(
    tmp_path: Path,
) -> None:
    with watching(lambda _: _folder(tmp_path)) as watch:
        watch.poll()
        _write(tmp_path / "half.txt", story("half"), age_s=-HOUR.total_seconds() + 1)
        first = watch.poll(after=HOUR)
        second = watch.poll(after=HOUR)

    assert (len(first.versions), len(second.versions)) == (0, 1)


def test_a_link_out_of_the_folder_is_not_followed_and_said(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    _write(tmp_path / "secret.txt", story("secret"))
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    with watching(lambda _: _folder(inside, backfill=5)) as watch:
        report = watch.poll()

    assert report.versions == ()
    assert "is a link that leads out of the folder" in str(report.troubles[0])


def test_a_folder_that_is_not_there_fails_and_comes_back(tmp_path: Path) -> None:
    with watching(lambda _: _folder(tmp_path / "late", backfill=1)) as watch:
        first = watch.poll()
        (tmp_path / "late").mkdir()
        _write(tmp_path / "late" / "a.txt", story("a"))
        second = watch.poll(after=HOUR)

    assert "there is no folder" in str(first.troubles[0])
    assert len(second.versions) == 1


def test_a_list_of_addresses_brings_pages_that_changed_and_new_ones(
    tmp_path: Path,
) -> None:
    press, urls = _press(2), tmp_path / "pages.urls"
    with watching(
        lambda _: Source(name="list", kind="addresses", place=str(urls)), press=press
    ) as watch:
        urls.write_text(f"# ours\n{watch.site.root}/0\nnonsense\n", "utf-8")
        first = watch.poll()
        same = watch.poll(after=HOUR)
        press.page("/0", TITLES[0], story(TITLES[0], 3))
        urls.write_text(f"{watch.site.root}/0\n{watch.site.root}/1\n", "utf-8")
        second = watch.poll(after=HOUR)

    assert first.versions == same.versions == ()
    assert "'nonsense' is no address" in str(first.troubles[0])
    assert titles(second.versions) == [(TITLES[0], 2), (TITLES[1], 1)]


def test_a_page_of_a_list_is_asked_with_its_marks(tmp_path: Path) -> None:
    press, urls = Press(), tmp_path / "pages.urls"
    press.page("/0", TITLES[0], story(TITLES[0]))
    marked = press.pages["/0"]
    press.pages["/0"] = Reply(body=marked.body, headers={"ETag": '"7"'})
    with watching(
        lambda _: Source(name="list", kind="addresses", place=str(urls)), press=press
    ) as watch:
        urls.write_text(f"{watch.site.root}/0\n", "utf-8")
        watch.poll()
        report = watch.poll(after=HOUR)

    assert watch.asked("/0")[1]["if-none-match"] == '"7"'
    assert (report.versions, report.waiting) == ((), 0)


@pytest.mark.parametrize(
    ("name", "every_s", "backfill", "words"),
    [
        (" ", 900, 0, "needs a name and a place"),
        ("post", 5, 0, "cannot be looked at every 5 seconds: 60 is the least"),
        ("post", 900, -1, "cannot bring -1 articles"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused(
    name: str, every_s: float, backfill: int, words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        Source(name=name, kind="feed", place="x", every_s=every_s, backfill=backfill)


def test_two_sources_of_one_name_are_refused() -> None:
    db = sqlite3.connect(":memory:")
    source = Source(name="post", kind="feed", place="https://a.example/")

    with pytest.raises(SettingsError, match="two sources are called 'post'"):
        Poller([source, source], Seen(db), manners=Manners(contact="x@y.example"))
    db.close()


def test_a_folder_within_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    scan = os.scandir

    def refuses(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuses)
    found, notes = folders.files(str(tmp_path), START)

    assert not found
    assert notes == (
        f"the folder {str(tmp_path / 'closed')!r} cannot be read: Permission denied",
    )
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        folders.files(str(tmp_path / "closed"), START)
