"""The invented week agrees with itself, and its site serves it as it stood at any time."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
import week_site
from week_of_news import Document, Silent, Told, Version, documents, load, swapped
from week_site import WeekSite

from summarizer.assembly.several import copies
from summarizer.sources import Metadata, make_article
from summarizer.sources.formats import webpage

feedparser = pytest.importorskip("feedparser", reason="needs the extra `watch`")

WEEK = load()
PLACED: tuple[Told | Silent, ...] = (*WEEK.told, *WEEK.silent)
EDITS = [(d, n) for d in WEEK.documents for n in range(1, len(d.versions))]
IN_WORDS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "eleven": 11, "fifteen": 15, "sixty-one": 61, "two": 2,
}  # fmt: skip
INFERRED = {
    "The three people who were still missing have been found alive as well.": 0,
    "Police detained the first officer of the ferry for questioning and released him "
    "after four hours, his lawyer said.": 1,
    "Keld was arrested at his house in the morning.": 1,
    "The union, which had spoken of nine, conceded that two of its members had only been "
    "asked for their papers.": 7,
}
"""Numbers that an editor works out of a sentence, which does not give them."""

WEDNESDAY_NOON = datetime.fromisoformat("2026-03-04T12:00:00+01:00")
LAST = datetime.fromisoformat("2026-03-08T23:59:00+01:00")
MINUTE = timedelta(minutes=1)


def _named(one: Told | Silent) -> str:
    return f"{one.document} {one.quote[:40]}"


def _version(one: Told | Silent) -> Version:
    """Find the version that a line of expected.toml names by its time."""
    (found,) = (v for v in WEEK.document(one.document).versions if v.at == one.at)
    return found


def test_each_story_has_its_documents() -> None:
    assert Counter(d.story for d in WEEK.documents) == {
        "ferry": 13, "flood": 10, "truce": 11, "strike": 7, "bank": 7, "single": 5,
    }  # fmt: skip
    assert {d.feed.id for d in WEEK.documents} == set(WEEK.feeds)
    assert list(documents()) == sorted(WEEK.documents, key=lambda d: d.at)


def test_no_two_documents_share_a_guid_or_an_address() -> None:
    assert len({d.guid for d in WEEK.documents}) == len(WEEK.documents)
    assert len({d.uri for d in WEEK.documents}) == len(WEEK.documents)


def test_a_text_is_as_long_as_news_is() -> None:
    lengths = [(d.id, len(v.text.split())) for d in WEEK.documents for v in d.versions]

    assert [(name, n) for name, n in lengths if not 120 <= n <= 350] == []


def test_every_quote_stands_once_in_the_version_it_names() -> None:
    found = [(_named(one), _version(one).text.count(one.quote)) for one in PLACED]

    assert [(name, n) for name, n in found if n != 1] == []


def test_what_an_edit_brings_did_not_stand_in_the_version_before() -> None:
    brought = [t for t in WEEK.told if t.at != WEEK.document(t.document).at]
    before = [WEEK.document(t.document).version(t.at - MINUTE) for t in brought]

    assert len(brought) == 6
    assert all(
        v is not None and t.quote not in v.text
        for t, v in zip(brought, before, strict=True)
    )


def test_what_is_told_stands_in_the_order_of_time_within_a_story() -> None:
    for story in WEEK.stories:
        times = [t.at for t in WEEK.told if t.story == story]
        assert times == sorted(times)
        assert times


def test_the_number_of_a_change_stands_in_its_quote() -> None:
    counted = [t for t in WEEK.told if t.now is not None]

    assert [_named(t) for t in counted if t.now not in _numbers(t.quote)] == []
    assert len(counted) == 57


def _numbers(quote: str) -> set[float]:
    """List the numbers of a quote, in figures, in words, or worked out of it."""
    if quote in INFERRED:
        return {INFERRED[quote]}
    english = re.sub(r"(?<=\d)\.(?=\d{3}\b)", ",", quote)  # of Spanish thousands
    figures = re.findall(r"\d[\d,.]*\d|\d", english)
    words = re.findall(r"[\w-]+", quote.casefold())
    return {float(f.replace(",", "")) for f in figures} | {
        IN_WORDS[w] for w in words if w in IN_WORDS
    }


def test_a_toll_is_revised_from_where_the_same_counter_left_it() -> None:
    stood: dict[tuple[str, str | None, str | None], float | None] = {}
    for one in (t for t in WEEK.told if t.harm):
        counter = (one.story, one.harm, one.by)
        if one.kind == "toll_revised":
            assert stood[counter] == one.was, _named(one)
        elif one.kind == "toll_disputed":
            others = [n for (s, h, by), n in stood.items()
                      if (s, h) == counter[:2] and by != one.by]  # fmt: skip
            assert one.was in others, _named(one)
        else:
            assert counter not in stood, _named(one)
        stood[counter] = one.now


def test_what_is_answered_was_opened_before() -> None:
    answers = [t for t in WEEK.told if t.kind == "answered"]
    for one in answers:
        (opened,) = (t for t in WEEK.told if t.quote.endswith(one.answers or "-"))
        assert (opened.kind, opened.story) == ("opened", one.story)
        assert opened.at < one.at
    assert len(answers) == 9


def test_what_is_reversed_or_taken_back_was_said_before_in_its_story() -> None:
    backwards = [t for t in WEEK.told if t.reverses]
    for one in backwards:
        said = (v for d in WEEK.documents if d.story == one.story for v in d.versions)
        assert any(str(one.reverses) in v.text for v in said if v.at < one.at), _named(
            one
        )
    assert {t.kind for t in WEEK.told if not t.reverses}.isdisjoint(
        {"reversed", "confirmed", "retracted"}
    )
    assert len(backwards) == 9


def test_copies_are_near_copies_and_nothing_else_is() -> None:
    """The program's own measure: 0.35 of the shorter text's runs of five words."""
    articles = [
        make_article(
            d.versions[0].text,
            source_id=d.id,
            metadata=Metadata(language=d.language, published=d.at.date()),
        )
        for d in WEEK.documents
    ]

    found = copies.find(articles)

    assert {frozenset(pair) for pair in found.items()} == {
        frozenset((d.id, d.copy_of)) for d in WEEK.documents if d.copy_of
    }
    assert len(found) == 7


def test_a_copy_comes_after_its_original_and_from_another_feed() -> None:
    for copy in (d for d in WEEK.documents if d.copy_of):
        original = WEEK.document(str(copy.copy_of))
        assert original.at < copy.at
        assert (original.story, original.copy_of) == (copy.story, None)
        assert original.feed != copy.feed


def test_edits_come_later_and_change_the_text() -> None:
    for document, number in EDITS:
        before, after = document.versions[number - 1 : number + 1]
        assert before.at < after.at
        assert before.text != after.text
    assert len(EDITS) == 8


def test_nothing_is_told_of_a_copy() -> None:
    assert not [t for t in WEEK.told if WEEK.document(t.document).copy_of]


def test_every_copy_and_every_edit_is_spoken_of_in_what_is_expected() -> None:
    spoken = {(one.document, one.at) for one in PLACED}
    copied = {(d.id, d.at) for d in WEEK.documents if d.copy_of}
    edited = {(d.id, d.versions[n].at) for d, n in EDITS}

    assert copied | edited <= spoken


def test_nothing_happens_on_a_quiet_day() -> None:
    for story, days in WEEK.quiet.items():
        busy = {v.at.date() for d in WEEK.documents if d.story == story for v in d.versions}  # fmt: skip
        assert busy.isdisjoint(days)
        assert busy | set(days) <= {date(2026, 3, n) for n in range(2, 9)}


def test_one_story_ends_in_the_middle_of_the_week() -> None:
    last = {d.story: d.at.date() for d in WEEK.documents}

    assert last["strike"] == date(2026, 3, 4)
    assert [s for s, day in last.items() if day < date(2026, 3, 7)] == ["strike"]


def test_one_text_is_in_spanish_one_has_a_wrong_date_and_one_gives_orders() -> None:
    assert [d.id for d in WEEK.documents if d.language == "es"] == ["flood-07"]
    wrong = [(d.id, d.stated.year) for d in WEEK.documents if d.stated != d.at]
    assert wrong == [("flood-09", 2099)]
    assert {s.document for s in WEEK.silent if s.reason == "orders"} == {"flood-08"}


@pytest.mark.parametrize("words", ["absent", "twice"])
def test_words_that_do_not_stand_once_are_not_swapped(words: str) -> None:
    with pytest.raises(ValueError, match=f"'{words}' stands"):
        swapped("twice and twice", [(words, "once")])


def test_words_that_stand_once_are_swapped() -> None:
    assert swapped("12 dead", [("12", "13")]) == "13 dead"


# The site


def _get(url: str, tag: str | None = None) -> tuple[HTTPResponse, bytes]:
    place = urlsplit(url)
    connection = HTTPConnection(str(place.hostname), place.port, timeout=5)
    try:
        headers = {"If-None-Match": tag} if tag else {}
        connection.request("GET", place.path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def _guids(site: WeekSite, feed: str) -> list[str]:
    _, body = _get(site.feed(feed))
    if WEEK.feeds[feed].form == "json":
        return [item["id"] for item in json.loads(body)["items"]]
    return [entry.id for entry in feedparser.parse(body).entries]


@cache
def _standing(feed: str, at: datetime) -> list[str]:
    found = [d.guid for d in WEEK.documents if d.feed.id == feed and d.at <= at]
    return found[::-1]


@pytest.mark.parametrize("feed", WEEK.feeds)
def test_a_feed_shows_what_stands_at_its_time_the_newest_first(feed: str) -> None:
    with week_site.serving(WEDNESDAY_NOON) as site:
        assert _guids(site, feed) == _standing(feed, WEDNESDAY_NOON)
        site.at = WEEK.documents[0].at - MINUTE
        assert _guids(site, feed) == []


def test_a_feed_shows_its_newest_fifteen() -> None:
    with week_site.serving(LAST) as site:
        shown = _guids(site, "pelago")

    assert len(_standing("pelago", LAST)) == 16
    assert shown == _standing("pelago", LAST)[:15]


@pytest.mark.parametrize(("feed", "version"), [
    ("mna", "rss20"), ("ledger", "rss20"), ("pelago", "atom10"),
])  # fmt: skip
def test_an_xml_feed_is_well_formed_and_of_its_kind(feed: str, version: str) -> None:
    with week_site.serving(LAST) as site:
        answer, body = _get(site.feed(feed))
        read = feedparser.parse(body)

        assert not read.bozo
        assert read.version == version
        assert read.feed.title == WEEK.feeds[feed].name
        assert "xml" in answer.headers["content-type"]
        for entry in read.entries:
            assert entry.link.startswith(f"{site.root}/{feed}/2026/")
            assert entry.title
            assert entry.summary
            assert entry.published_parsed


def test_the_json_feed_has_what_its_standard_asks_for() -> None:
    with week_site.serving(LAST) as site:
        _, body = _get(site.feed("relief"))
    read = json.loads(body)

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["title"] == "Joint Relief Office"
    assert [i["language"] for i in read["items"]] == ["en", "en", "es", "en", "en"]
    for item in read["items"]:
        assert item["content_html"].startswith("<p>")
        assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_a_feed_states_the_wrong_date_as_it_is() -> None:
    wrong = WEEK.document("flood-09")
    with week_site.serving(wrong.at) as site:
        _, body = _get(site.feed("mna"))

    assert feedparser.parse(body).entries[0].published_parsed.tm_year == 2099


@pytest.mark.parametrize("feed", WEEK.feeds)
def test_an_unchanged_feed_is_not_sent_again(feed: str) -> None:
    with week_site.serving(WEDNESDAY_NOON) as site:
        first, body = _get(site.feed(feed))
        again, nothing = _get(site.feed(feed), first.headers["etag"])
        site.at = LAST
        later, newer = _get(site.feed(feed), first.headers["etag"])

    assert (first.status, again.status, later.status) == (200, 304, 200)
    assert (again.headers["etag"], nothing) == (first.headers["etag"], b"")
    assert newer != body
    assert later.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(("document", "number"), EDITS, ids=[d.id for d, _ in EDITS])
def test_an_edit_changes_the_page_under_the_same_guid(
    document: Document, number: int
) -> None:
    edited = document.versions[number]
    with week_site.serving(edited.at - MINUTE) as site:
        first, before = _get(site.page(document))
        site.at = edited.at.astimezone(UTC)
        second, after = _get(site.page(document), first.headers["etag"])

        assert second.status == 200
        assert document.guid in _guids(site, document.feed.id)
    assert edited.at.isoformat().encode() in after
    assert edited.at.isoformat().encode() not in before


def test_a_page_is_not_there_before_its_time() -> None:
    document = WEEK.document("bank-05")
    with week_site.serving(document.at - MINUTE) as site:
        early, _ = _get(site.page(document))
        site.at = document.at
        then, _ = _get(site.page(document))

    assert (early.status, then.status) == (404, 200)


@pytest.mark.parametrize("name", ["ferry-05", "flood-07", "truce-08", "bank-04"])
def test_our_reader_of_pages_finds_the_whole_text_of_a_page(name: str) -> None:
    document = WEEK.document(name)
    with week_site.serving(LAST) as site:
        _, body = _get(site.page(document))
    read = webpage.parse(body.decode())
    version = document.versions[-1]

    assert all(paragraph in read.text for paragraph in version.text.split("\n\n"))
    assert (read.title, read.canonical) == (version.title, document.uri)
    assert read.published_at == document.stated.isoformat()


def test_the_site_lets_robots_in_and_knows_no_other_page() -> None:
    with week_site.serving(LAST) as site:
        allowed, robots = _get(f"{site.root}/robots.txt")
        other, _ = _get(f"{site.root}/mna/2026/03/02/0000")

    assert (allowed.status, robots) == (200, b"User-agent: *\nAllow: /\n")
    assert other.status == 404
