"""When two items are one article, and when an article is another version of itself."""

from datetime import timedelta

import pytest
from watching import FEED, Press, feed, item, rss, story, titles, watching
from website import Reply

from summarizer.watch.polling import identity
from summarizer.watch.polling.items import are_alike

HOUR = timedelta(hours=1)
FERRY, PIER = "Ferry workers ask port for talks", "Belmora pier is repaired at last"


def _press(*shown: tuple[str, str]) -> Press:
    """Put an empty feed and some pages online, each a path and a title."""
    press = Press()
    press.feed("/feed", [])
    for path, title in shown:
        press.page(path, title, story(title))
    return press


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://www.Post.example/a/", "post.example/a"),
        ("http://post.example:80/a#part", "post.example/a"),
        ("https://post.example:8443/a", "post.example:8443/a"),
        ("https://post.example/a?utm_source=x&id=3&fbclid=y", "post.example/a?id=3"),
        ("https://post.example/a?b=2&a=1", "post.example/a?a=1&b=2"),
        ("https://post.example/?p=7", "post.example?p=7"),
        ("https://post.example/a/amp/", "post.example/a"),
        ("https://post.example/amp/a", "post.example/a"),
        ("https://post.example/a.amp.html", "post.example/a.html"),
        ("https://amp.post.example/a?amp=1", "post.example/a"),
        (
            "https://post-example.cdn.ampproject.org/c/s/post.example/a",
            "post.example/a",
        ),
        ("https://www.google.com/amp/s/post.example/a", "post.example/a"),
        ("https://post.example/camp", "post.example/camp"),
        ("https://post.example/", None),
        ("tag:post.example,2025:1", None),
        ("https://[bad/", None),
        ("https://post.example:99999/a", None),
    ],
)
def test_addresses_of_one_article_are_equal(address: str, plain: str | None) -> None:
    assert identity.canonical(address) == plain


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://www.post.example/a", "http://m.post.example/b", True),
        ("https://post.example/a", "https://wire.example/a", False),
        ("https://post.example/a", "https://post.example.evil.example/a", False),
    ],
)
def test_a_site_is_told_by_its_host(one: str, other: str, *, is_same: bool) -> None:
    assert identity.same_site(one, other) is is_same


def test_words_are_the_same_whatever_their_marks_but_few_words_tell_nothing() -> None:
    one = identity.words_of("A title", story("x"))
    other = identity.words_of("a TITLE…", story("x").replace(" ", "  ") + "\n")

    assert one == other != identity.words_of("Another title", story("x"))
    assert identity.words_of("Live", "Updates follow.") is None


def test_edited_texts_are_alike_and_two_reports_are_not() -> None:
    text = story("the ferry")
    assert are_alike(text, text.replace("Monday", "Tuesday") + "\n\nMore came later.")
    assert not are_alike(
        text,
        "A storm tore down the power lines near Tarsk, where engineers worked all night "
        "and schools stayed closed, the regional grid company announced yesterday.",
    )


def test_the_same_article_in_two_feeds_is_one() -> None:
    press = _press(("/ferry", FERRY))
    press.feed("/other", [])
    with watching(
        feed,
        lambda root: feed(root, "/other", name="other"),
        press=press,
    ) as watch:
        watch.poll()
        press.feed("/feed", [item("g1", "/ferry?utm_source=rss", FERRY)])
        press.feed("/other", [item("x9", "/ferry#top", f"{FERRY}!", "Summed up.")])
        report = watch.poll(after=HOUR)
        again = watch.poll(after=HOUR)

    assert titles(report.versions) == [(FERRY, 1)]
    assert again.versions == ()


def test_an_article_that_another_feed_counted_as_seen_is_still_brought() -> None:
    """
    A feed that is followed later lists it at its first look, which brings nothing; the
    one that is followed already lists it after that.
    """
    press = _press(("/ferry", FERRY))
    press.feed("/late", [item("x9", "/ferry", FERRY)])
    with watching(
        feed,
        lambda root: feed(root, "/late", name="late"),
        press=press,
    ) as watch:
        first = watch.poll()
        press.feed("/feed", [item("g1", "/ferry", FERRY)])
        second = watch.poll(after=HOUR)

    assert first.versions == ()
    assert titles(second.versions) == [(FERRY, 1)]


def test_two_addresses_that_name_one_canonical_address_are_one_article() -> None:
    press = _press()
    head = '<link rel="canonical" href="{}/ferry">'
    with watching(press=press) as watch:
        for path, words in (("/a", "before noon"), ("/b", "before the night")):
            text = story(FERRY).replace("before noon", words)
            press.page(path, FERRY, text, head.format(watch.site.root))
        watch.poll()
        press.feed("/feed", [item("g1", "/a", FERRY)])
        first = watch.poll(after=HOUR)
        press.feed("/feed", [item("g2", "/b", FERRY)])
        second = watch.poll(after=HOUR)

    assert titles(first.versions) == [(FERRY, 1)]
    assert titles(second.versions) == [(FERRY, 2)]
    assert second.versions[0].article_id == first.versions[0].article_id


def test_one_canonical_address_for_all_pages_of_a_site_makes_them_not_one() -> None:
    press = _press()
    told = (
        "The council of Tarsk voted on Friday to close four schools next summer. " * 4
    )
    with watching(press=press) as watch:
        head = f'<link rel="canonical" href="{watch.site.root}/news">'
        press.page("/a", FERRY, story(FERRY), head)
        press.page("/b", "Schools close", told, head)
        watch.poll()
        press.feed("/feed", [item("1", "/a", FERRY), item("2", "/b", "Schools close")])
        report = watch.poll(after=HOUR)

    assert {one.number for one in report.versions} == {1}
    assert len({one.article_id for one in report.versions}) == 2


def test_a_page_cannot_claim_the_address_of_another_sites_article() -> None:
    press = _press(("/ferry", FERRY))
    claim = '<link rel="canonical" href="https://post.example/ferry">'
    press.page("/false", PIER, story(PIER), claim)
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("1", "/false", PIER)])
        watch.poll(after=HOUR)
        known = watch.seen._find(identity.key("address", "post.example/ferry"))

    assert known is None


def test_an_edited_article_is_a_new_version_and_an_unchanged_one_is_nothing() -> None:
    press = _press(("/ferry", FERRY))
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("g1", "/ferry", FERRY, "First.")])
        first = watch.poll(after=HOUR)
        press.feed("/feed", [item("g1", "/ferry", FERRY, "Second.")])
        same = watch.poll(after=HOUR)
        press.page("/ferry", FERRY, story(FERRY) + "\n\nThe talks began at noon.")
        press.feed("/feed", [item("g1", "/ferry", FERRY, "Third.")])
        edited = watch.poll(after=HOUR)
        kept = watch.seen.versions.of(first.versions[0].article_id)

    assert same.versions == ()
    assert titles(edited.versions) == [(FERRY, 2)]
    assert edited.versions[0].first_seen == first.versions[0].first_seen
    assert "The talks began at noon." in edited.versions[0].text
    assert [one.number for one in kept] == [1, 2]


def test_a_live_article_under_new_names_is_read_again_where_its_words_differ() -> None:
    press = _press(("/live", FERRY))
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("u1", "/live#1", FERRY, story("hour one"))])
        first = watch.poll(after=HOUR)
        press.page("/live", FERRY, story(FERRY) + "\n\nThe talks began at noon.")
        press.feed("/feed", [item("u2", "/live#2", FERRY, story("hour two"))])
        second = watch.poll(after=HOUR)

    assert (titles(first.versions), titles(second.versions)) == (
        [(FERRY, 1)],
        [(FERRY, 2)],
    )


def test_a_feed_that_changes_all_names_brings_nothing_again() -> None:
    press = _press(("/ferry", FERRY), ("/pier", PIER))
    listed = [("/ferry", FERRY), ("/pier", PIER)]
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        press.feed("/feed", [item(f"old{p}", p, t, story(t)) for p, t in listed])
        first = watch.poll()
        asked = len(watch.site.seen)
        press.feed("/feed", [item(f"new{p}", p, t, story(t)) for p, t in listed])
        second = watch.poll(after=HOUR / 2)

    assert titles(first.versions) == [(FERRY, 1)]
    assert (second.versions, second.waiting) == ((), 0)
    assert len(watch.site.seen) == asked + 1


def test_a_feed_that_changes_all_names_and_addresses_brings_nothing_again() -> None:
    press = _press(("/ferry", FERRY), ("/2025/ferry", FERRY))
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("old", "/ferry", FERRY)])
        first = watch.poll(after=HOUR)
        press.feed("/feed", [item("new", "/2025/ferry", FERRY)])
        second = watch.poll(after=HOUR)

    assert (titles(first.versions), second.versions) == ([(FERRY, 1)], ())


def test_items_that_share_one_name_are_told_apart() -> None:
    press = _press(("/ferry", FERRY), ("/pier", PIER))
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("0", "/ferry", FERRY), item("0", "/pier", PIER)])
        report = watch.poll(after=HOUR)

    assert sorted(titles(report.versions)) == [(PIER, 1), (FERRY, 1)]


def test_a_feed_that_states_a_new_time_for_all_it_holds_brings_nothing_old() -> None:
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Ferry</title>'
        '<link href="/ferry"/><updated>2025-03-05T{}:00:00Z</updated></entry></feed>'
    )
    press = _press(("/ferry", FERRY))
    with watching(press=press) as watch:
        press.feeds["/feed"] = Reply(body=entry.format("09").encode())
        watch.poll()
        press.feeds["/feed"] = Reply(body=entry.format("10").encode())
        report = watch.poll(after=HOUR)

    assert (report.versions, report.waiting, watch.asked("/ferry")) == ((), 0, [])


def test_an_article_that_counted_as_seen_is_brought_when_its_words_change() -> None:
    press = _press(("/ferry", FERRY))
    press.feed("/feed", [item("g1", "/ferry", FERRY, "The ferry sails.")])
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("g1", "/ferry", FERRY, "The ferry does not sail.")])
        report = watch.poll(after=HOUR)

    assert titles(report.versions) == [(FERRY, 1)]


def test_the_words_of_a_feed_are_no_version_of_a_page_that_was_read() -> None:
    """
    Else any feed could put words into another's article while its page is down.
    """
    press = _press(("/ferry", FERRY))
    press.feed("/other", [])
    with watching(
        feed,
        lambda root: feed(root, "/other", name="other"),
        press=press,
    ) as watch:
        watch.poll()
        press.feed("/feed", [item("g1", "/ferry", FERRY, "First.")])
        watch.poll(after=HOUR)
        press.pages["/ferry"] = Reply(500)
        press.feed("/feed", [item("g1", "/ferry", FERRY, story("a lie"))])
        report = watch.poll(after=HOUR)

    assert report.versions == ()


def test_a_feed_cannot_take_the_address_of_another_sites_article() -> None:
    press = _press()
    told = item("1", "http://nowhere.example/ferry", FERRY, story("a lie"))
    press.feeds["/feed"] = Reply(body=rss([told]), content_type=FEED)
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        (version,) = watch.poll().versions
        known = watch.seen._find(identity.key("address", "nowhere.example/ferry"))

    assert (version.read_from, known) == ("feed", None)


def test_texts_are_forgotten_but_not_that_they_were_seen() -> None:
    press = _press(("/ferry", FERRY))
    with watching(press=press) as watch:
        watch.poll()
        press.feed("/feed", [item("g1", "/ferry", FERRY)])
        first = watch.poll(after=HOUR)
        early = watch.seen.versions.forget_texts(watch.clock[0] + HOUR)
        watch.seen.versions.take(first.versions)
        late = watch.seen.versions.forget_texts(watch.clock[0] + HOUR)
        press.feed("/feed", [item("g1", "/ferry", FERRY, "Listed anew.")])
        second = watch.poll(after=HOUR)

    assert (early, late, second.versions) == (0, 1, ())
