"""The site of a watch: what its pages say, which are written, and what is left alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attacks import ATTACKS
from desk import START, Desk, briefing, rule
from outline import Page
from paged import whole

from schemas.briefing import Briefing, Casualties
from summarizer.changes import compare
from summarizer.errors import InputError
from summarizer.watch import site
from summarizer.watch.chronicle import Edition
from summarizer.watch.site import chart, feed, lines, names, tolls
from summarizer.watch.site.story import MOST_EDITIONS, thinned

ZONE = ZoneInfo("Europe/Berlin")
FIRST = (
    "A ferry sank off Selm. At least 12 people were killed, the coast guard said on "
    "Monday. Mayor Ana Ruiz asked the navy to send divers."
)
SECOND = (
    "At least 19 people were killed when a ferry sank off Selm, the coast guard said on "
    "Tuesday. Mayor Ana Ruiz asked the navy to send divers."
)
OTHER = "The union asked the port to pay more. The strike began on Monday."


class Watched:
    """A desk whose stories are written as a site."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder / "state", rule())
        self.folder = folder / "site"
        self.site = site.Site(self.folder, ZONE)

    def write(self) -> site.Written:
        """Write what changed."""
        return site.write(self.desk.chronicle, self.site, self.desk.now)

    def text(self, name: str) -> str:
        """Read a page."""
        return (self.folder / name).read_text("utf-8")

    def words(self, name: str) -> str:
        """Read the words of a page, its head left out."""
        body = self.text(name).partition("<body>")[2]
        return " ".join(re.sub(r"<[^>]*>", " ", body).split())

    def listed(self) -> list[str]:
        """List the files of the folder that anybody sees."""
        return sorted(p.name for p in self.folder.iterdir() if p.name[0] != ".")


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """Open a desk, and close it."""
    made = Watched(tmp_path)
    yield made
    made.desk.state.close()


def test_the_first_page_lists_the_stories_of_the_last_day(watched: Watched) -> None:
    watched.desk.edition("old", OTHER)
    watched.desk.passes(days=1)
    watched.desk.edition("ferry", FIRST)

    watched.write()

    index = watched.words("index.html")
    assert "Tuesday 3 March 2026" in index
    assert "A ferry sank off Selm" in index
    assert "The union asked the port to pay more" not in index
    assert 'href="day-2026-03-02.html"' in watched.text("index.html")
    assert "The union asked the port" in watched.words("day-2026-03-02.html")


def test_a_story_is_new_on_its_first_day_only(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(days=1)
    watched.desk.edition("ferry", FIRST, SECOND)

    watched.write()

    assert "new story" in watched.words("day-2026-03-02.html")
    assert "new story" not in watched.words("index.html")


def test_a_day_says_what_changed_last_and_when(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(hours=3)
    watched.desk.edition("ferry", FIRST, SECOND)

    watched.write()

    index = watched.words("index.html")
    assert "13:00" in index
    assert "At least 19 people" in index
    assert "Last article: At least 19 people were killed" in index
    assert "2 sources" in index


def test_the_first_page_says_when_nothing_has_changed_since(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(days=3)

    watched.write()

    assert (
        "No story has changed since Monday 2 March 2026 "
        "(written on Thursday 5 March 2026)." in watched.words("index.html")
    )


def test_a_site_without_a_story_says_so(watched: Watched) -> None:
    watched.write()

    assert watched.listed() == ["index.html"]
    assert "There is no story yet." in watched.words("index.html")


def test_a_timeline_begins_with_the_newest_edition(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(hours=1)
    watched.desk.edition("ferry", FIRST, SECOND)

    watched.write()

    text = watched.text("story-ferry.html")
    assert text.index('id="edition-2"') < text.index('id="edition-1"')
    assert "The story begins" in watched.words("story-ferry.html")


def test_a_revised_toll_stands_with_the_words_of_before_and_now(
    watched: Watched,
) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.edition("ferry", SECOND)

    watched.write()

    words = watched.words("story-ferry.html")
    assert "toll revised" in words
    assert "Before: At least 12 people were killed, the coast guard said" in words
    assert "[≥ 12, the coast guard, as of Monday = 2026-03-02] → At least 19" in words


def test_a_quote_leads_to_its_words_in_the_source(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)

    watched.write()

    links = re.findall(r'href="(https:[^"]+)"', watched.text("story-ferry.html"))
    assert any(
        one.startswith("https://agency.example/1#:~:text=At%20least") for one in links
    )


def test_only_what_changed_is_written(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.edition("port", OTHER)
    watched.write()
    watched.desk.edition("ferry", FIRST, SECOND)

    written = watched.write()

    assert sorted(written.written) == [
        "changes.atom",
        "day-2026-03-02.html",
        "index.html",
        "story-ferry-2.html",
        "story-ferry.html",
    ]


def test_a_watch_may_name_the_stories_that_changed(watched: Watched) -> None:
    for story in ("ferry", "port"):
        watched.desk.edition(story, FIRST)
    watched.write()
    for story in ("ferry", "port"):
        watched.desk.edition(story, FIRST, SECOND)

    named = site.write(
        watched.desk.chronicle, watched.site, watched.desk.now, ["ferry", "unknown"]
    )

    assert "story-ferry.html" in named.written
    assert "story-port.html" not in named.written
    assert "story-port.html" in watched.write().written


def test_nothing_is_written_when_nothing_changed(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.write()
    watched.desk.passes(hours=1)

    assert watched.write() == site.Written((), ())


def test_a_site_written_step_by_step_equals_one_written_at_once(
    watched: Watched,
) -> None:
    for day in range(4):
        watched.desk.edition("ferry", *(FIRST, SECOND, OTHER)[: day + 1])
        watched.desk.edition(f"other{day}", OTHER)
        watched.write()
        watched.desk.passes(days=1)
    watched.write()
    at_once = site.Site(watched.folder.with_name("again"), ZONE)

    site.write(watched.desk.chronicle, at_once, watched.desk.now)

    for name in watched.listed():
        assert (at_once.folder / name).read_bytes() == (
            watched.folder / name
        ).read_bytes(), name


def test_a_file_of_somebody_else_is_not_written_over(watched: Watched) -> None:
    watched.folder.mkdir()
    (watched.folder / "index.html").write_text("mine")
    watched.desk.edition("ferry", FIRST)

    with pytest.raises(InputError, match=r"index\.html' was not written by this site"):
        watched.write()

    assert watched.text("index.html") == "mine"


def test_a_link_of_somebody_else_is_not_followed(watched: Watched) -> None:
    watched.folder.mkdir()
    aim = watched.folder.with_name("aim")
    (watched.folder / "story-ferry.html").symlink_to(aim)
    watched.desk.edition("ferry", FIRST)

    with pytest.raises(InputError, match="was not written by this site"):
        watched.write()

    assert not aim.exists()


def test_a_folder_that_is_a_file_is_one_sentence(watched: Watched) -> None:
    watched.folder.write_text("mine")

    with pytest.raises(InputError, match="cannot write the site in"):
        watched.write()


def test_a_broken_database_is_one_sentence(watched: Watched) -> None:
    watched.folder.mkdir()
    (watched.folder / ".site.sqlite").write_bytes(b"no database" * 100)

    with pytest.raises(InputError, match=r"file is not a database"):
        watched.write()


def test_what_a_fault_left_undone_is_made_up_for(watched: Watched) -> None:
    watched.folder.mkdir()
    (watched.folder / "story-port.html").write_text("mine")
    watched.desk.edition("ferry", FIRST)
    watched.desk.edition("port", OTHER)
    with pytest.raises(InputError):
        watched.write()
    (watched.folder / "story-port.html").unlink()

    watched.write()

    index = watched.words("index.html")
    assert "A ferry sank off Selm" in index
    assert "The union asked the port" in index


def test_pages_of_a_story_that_is_gone_are_removed_and_no_others(
    watched: Watched,
) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.edition("port", OTHER)
    watched.write()
    (watched.folder / "story-mine.html").write_text("mine")
    watched.desk.rows.execute("DELETE FROM editions WHERE story = 'port'")

    written = watched.write()

    assert set(written.removed) == {"story-port.html", "story-port-1.html"}
    assert watched.text("story-mine.html") == "mine"
    assert "The union" not in watched.words("index.html")


def test_an_older_copy_of_the_state_is_told_as_it_is(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.edition("ferry", FIRST, SECOND)
    watched.write()
    watched.desk.rows.execute("DELETE FROM editions WHERE version = 2")

    watched.write()

    assert "edition-2" not in watched.text("story-ferry.html")
    assert "story-ferry-2.html" not in watched.listed()


def test_the_last_ten_editions_have_a_page_and_the_story_says_so(
    watched: Watched,
) -> None:
    for number in range(12):
        watched.desk.edition("ferry", FIRST.replace("12", str(12 + number)))
        watched.write()

    pages = [name for name in watched.listed() if name.startswith("story-ferry-")]
    assert len(pages) == 10
    assert "story-ferry-2.html" not in pages
    text = watched.text("story-ferry.html")
    assert 'href="story-ferry-3.html"' in text
    assert 'href="story-ferry-2.html"' not in text
    assert (
        "Briefings beside their articles are kept for the last 10 editions."
        in watched.words("story-ferry.html")
    )


def test_the_page_of_an_edition_leads_back_to_the_story(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)

    watched.write()

    page = watched.text("story-ferry-1.html")
    assert '<a href="story-ferry.html#edition-1">The story</a>' in page


def test_days_are_those_of_the_zone(watched: Watched) -> None:
    watched.desk.passes(hours=14, minutes=30)  # 23:30 UTC
    watched.desk.edition("ferry", FIRST)

    watched.write()

    assert "day-2026-03-03.html" in watched.listed()
    assert "00:30" in watched.words("index.html")


def test_days_lead_to_those_beside_them(watched: Watched) -> None:
    for number in range(3):
        watched.desk.edition(f"story{number}", OTHER)
        watched.write()
        watched.desk.passes(days=1)

    middle = watched.text("day-2026-03-03.html")

    assert '<a href="day-2026-03-02.html" rel="prev">' in middle
    assert '<a href="day-2026-03-04.html" rel="next">' in middle


def test_unconfirmed_items_are_marked_with_the_reason(watched: Watched) -> None:
    made = briefing(FIRST)
    (toll,) = made.casualties
    unsure = toll.model_copy(
        update={"verdict": "unconfirmed", "reasons": ("who counted is not shown",)}
    )
    made = made.model_copy(update={"casualties": (unsure,)})
    watched.desk.chronicle.add("ferry", "", START, made, None)

    watched.write()

    words = watched.words("story-ferry.html")
    assert "Why unconfirmed: who counted is not shown" in words
    assert words.count("unconfirmed") >= 3
    if toll.id in made.rests_on:
        assert "unconfirmed" in watched.words("index.html")


def _poisoned(words: str) -> Briefing:
    data = whole().model_dump(mode="json")
    for item in [*data["requests"], *data["positions"], *data["casualties"]]:
        for name in ("what", "gist", "count_text", "who_text", "as_of_text"):
            if name in item:
                item[name] = words
        for name in ("by", "to", "holder", "source"):
            if item.get(name):
                item[name] = {"id": words, "name": words}
        for one in item["evidence"]:
            one.update(exact=words)
    for source in data["sources"]:
        source.update(title=words, publisher=words, uri=words, language=words)
    data["bottom_line"] = words
    return Briefing.model_validate(data)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Write a site of stories that are attacks from their names on."""
    watched = Watched(tmp_path_factory.mktemp("attacked"))
    for number, attack in enumerate(ATTACKS):
        old, new = _poisoned(attack), _poisoned(f"{attack} {number}")
        made = watched.desk.chronicle
        made.add(attack, "", START, old, None)
        made.add(attack, "", START, new, compare(old, new))
    watched.write()
    yield watched
    watched.desk.state.close()


def test_nothing_of_an_article_acts_in_a_page(attacked: Watched) -> None:
    checked = 0
    for name in attacked.listed():
        if re.fullmatch(r"story-\w+-\d+\.html|changes\.atom", name):
            continue  # the page of a briefing has tests of its own
        page = Page(attacked.text(name))
        checked += 1
        found = {tag for tag, _ in page.tags}
        assert {"script", "img", "iframe", "base", "form"}.isdisjoint(found)
        keys = {key for _, given in page.tags for key in given}
        assert not any(key.startswith("on") or key == "style" for key in keys)
    assert checked == len(ATTACKS) + 2


def test_links_lead_to_pages_of_the_site_or_of_the_web(attacked: Watched) -> None:
    pages = set(attacked.listed())
    for name in pages:
        for link in re.findall(r'href="([^"]*)"', attacked.text(name)):
            if name.endswith(".html") and not re.fullmatch(
                r"story-\w+-\d+\.html", name
            ):
                place = link.partition("#")[0]
                assert not place or place in pages or link.startswith("https://"), link


def test_a_page_may_do_nothing_but_show_its_style(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)

    watched.write()

    for name in ("index.html", "story-ferry.html"):
        assert "default-src &#39;none&#39;; script-src &#39;none&#39;" in watched.text(
            name
        )


@pytest.mark.parametrize("story", ["..", "a/b", "CON", "é" * 200, "a-3", "", "\0"])
def test_the_name_of_a_file_is_safe_whatever_the_story_is_called(story: str) -> None:
    assert re.fullmatch(r"story-0[0-9a-f]{20}\.html", names.story(story))


def test_no_story_takes_the_page_of_an_edition_of_another() -> None:
    assert names.evidence("a", 3) != names.story("a-3")


@pytest.mark.parametrize("name", ["../x.html", "notes.html", "story-A.html", "x"])
def test_no_other_name_is_ever_taken_for_one_of_the_site(name: str) -> None:
    assert not names.is_ours(name)


def test_long_stories_keep_a_line_of_each_older_edition(watched: Watched) -> None:
    made = briefing(FIRST)
    for number in range(MOST_EDITIONS + 2):
        at = START + timedelta(hours=number)
        watched.desk.chronicle.add(
            "ferry", "", at, made, compare(made, made) if number else None
        )

    watched.write()

    text = watched.text("story-ferry.html")
    assert text.count('class="edition"') == MOST_EDITIONS
    assert "edition 2" in watched.words("story-ferry.html")


def test_counts_of_old_editions_are_those_of_the_last_of_each_day() -> None:
    found = [
        Edition("a", n + 1, START + timedelta(hours=6 * n), "", "", "")
        for n in range(MOST_EDITIONS + 8)
    ]  # 09:00, 15:00, 21:00, 03:00 …

    kept = [one.version for one in thinned(found, UTC)]

    assert kept[:3] == [3, 7, 9]
    assert kept[3:] == list(range(10, MOST_EDITIONS + 9))


# Counts over time.


def _toll(**facts: object) -> Casualties:
    (made,) = briefing(FIRST).casualties
    plain = {"value": 12, "low": 12, "high": 12, "comparator": "=", "count_text": "12"}
    return made.model_copy(update={**plain, **facts})


def _by(name: str | None) -> object:
    (made,) = briefing(FIRST).casualties
    assert made.source is not None
    return made.source.model_copy(update={"name": name}) if name else None


def _series(*editions: list[Casualties]) -> tuple[tolls.Series, ...]:
    made = briefing(FIRST)
    return tolls.series(
        (
            Edition("a", n, START + timedelta(hours=n), "", "", ""),
            made.model_copy(update={"casualties": tuple(items)}),
        )
        for n, items in enumerate(editions, 1)
    )


def test_two_counters_are_two_lines() -> None:
    found = _series(
        [_toll(source=_by("the army"))],
        [_toll(source=_by("the army")), _toll(source=_by("a hospital"), low=15)],
        [
            _toll(source=_by("the army"), low=17),
            _toll(source=_by("a hospital"), low=15),
        ],
    )

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    assert [(one.counter, len(one.segments)) for one in drawn.drawn] == [
        ("the army", 1),
        ("a hospital", 0),
    ]


def test_counts_that_nobody_is_named_for_are_never_joined() -> None:
    found = _series(
        [_toll(source=None)], [_toll(source=None), _toll(source=None, low=20)]
    )

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    assert [one.segments for one in drawn.drawn] == [()]


@pytest.mark.parametrize(
    "facts", [{"scope": "cumulative"}, {"who": "civilian"}, {"part_of": "c9"}]
)
def test_other_people_are_another_line(facts: dict[str, object]) -> None:
    found = _series([_toll()], [_toll(), _toll(**facts)])

    assert len(found) == 2


def test_a_count_stands_at_the_edition_that_had_it_first() -> None:
    (found,) = _series([_toll()], [_toll()], [_toll(), _toll(low=19, high=19)])

    assert [(p.version, p.counted.low) for p in found.points] == [(1, 12), (3, 19)]


def test_a_count_that_comes_back_is_a_count_again() -> None:
    (found,) = _series([_toll()], [_toll(low=10)], [_toll()])

    assert [point.counted.low for point in found.points] == [12, 10, 12]


VAGUE = {"value": None, "low": 24, "high": None, "vague": True, "count_text": "dozens"}


@pytest.mark.parametrize(
    ("facts", "drawn_as"),
    [
        ({}, ("", "filled", "mark", "12")),
        ({"comparator": ">=", "high": None}, ("up", "hollow", "mark", "≥ 12")),
        ({"comparator": "<=", "low": 0}, ("down", "hollow", "mark", "≤ 12")),
        ({"comparator": "~"}, ("", "hollow", "mark", "≈ 12")),
        ({"value": None, "high": 15}, ("", "hollow", "mark", "12–15")),
        (VAGUE, ("", "filled", "area", "dozens")),
    ],
)
def test_a_mark_shows_how_sure_a_number_is(
    facts: dict[str, object], drawn_as: tuple[str, ...]
) -> None:
    found = _series([_toll(value=40, low=40, high=40)], [_toll(**facts)])

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    mark = drawn.drawn[0].marks[1]
    assert drawn_as == (
        mark.opens,
        "hollow" if mark.is_hollow else "filled",
        "area" if mark.is_area else "mark",
        mark.label,
    )


def test_a_range_is_a_bar_between_its_numbers() -> None:
    found = _series([_toll(value=40, low=40, high=40)], [_toll(value=None, high=20)])

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    mark = drawn.drawn[0].marks[1]
    per_person = (chart.BOTTOM - chart.TOP) / 40
    assert mark.y - mark.y_to == pytest.approx(8 * per_person, abs=0.2)


def test_no_line_goes_through_a_vague_word() -> None:
    found = _series([_toll()], [_toll(**VAGUE)], [_toll(value=30, low=30, high=30)])

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    (line,) = drawn.drawn[0].segments
    first, _, last = drawn.drawn[0].marks
    assert (line.x1, line.x2) == (first.x, last.x)


def test_one_count_is_no_drawing() -> None:
    assert chart.draw(_series([_toll()]), ZONE) is None


def test_numbers_that_would_hide_one_another_are_not_written() -> None:
    many = [_toll(value=n, low=n, high=n) for n in range(30, 60)]

    drawn = chart.draw(_series(many), ZONE)

    assert drawn is not None
    written = [mark.label for mark in drawn.drawn[0].marks if mark.label]
    assert 1 <= len(written) <= 4
    assert "59" in written


def test_midnights_of_the_zone_are_ticks_also_when_the_clock_changes() -> None:
    made = briefing(FIRST)
    days = [datetime(2026, 3, day, 12, tzinfo=ZONE) for day in (28, 29, 30)]
    found = tolls.series(
        (
            Edition("a", n, at, "", "", ""),
            made.model_copy(update={"casualties": (_toll(low=n),)}),
        )
        for n, at in enumerate(days, 1)
    )

    drawn = chart.draw(found, ZONE)

    assert drawn is not None
    assert [words for _, words in drawn.days] == ["Sat 28", "Sun 29", "Mon 30"]
    first, second, third = (x for x, _ in drawn.days)
    assert second - first == pytest.approx(100 * 24 / 71, abs=0.01)
    assert third - second == pytest.approx(100 * 23 / 71, abs=0.01)


def test_every_count_is_in_the_table_too(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(days=1)
    watched.desk.edition("ferry", FIRST, SECOND)

    watched.write()

    table = watched.text("story-ferry.html").partition("<table>")[2]
    assert "At least 12 people (≥ 12)" in table
    assert "At least 19 people (≥ 19)" in table
    assert "2 Mar, 10:00" in table


# The feed.

feedparser = pytest.importorskip("feedparser", reason="needs the extra `watch`")


def test_the_feed_tells_each_edition_once(watched: Watched) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.desk.passes(hours=2)
    watched.desk.edition("ferry", SECOND)
    watched.site = site.Site(watched.folder, ZONE, "Desk", "https://desk.example/site")

    watched.write()

    read = feedparser.parse((watched.folder / "changes.atom").read_bytes())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "Desk: what changed"
    new, old = read.entries
    assert (old.title, old.link) == (
        "New story: A ferry sank off Selm",
        "https://desk.example/site/story-ferry.html#edition-1",
    )
    assert new.updated == "2026-03-02T11:00:00+00:00"
    assert new.updated == read.feed.updated
    assert "toll revised: killed:" in new.content[0].value


def test_an_entry_keeps_its_name_when_the_site_is_written_anew(
    watched: Watched,
) -> None:
    watched.desk.edition("ferry", FIRST)
    watched.write()
    before = feedparser.parse(watched.text("changes.atom"))
    watched.desk.passes(hours=1)
    watched.desk.edition("ferry", SECOND)
    watched.site = site.Site(watched.folder.with_name("again"), ZONE)
    watched.write()

    after = feedparser.parse((watched.site.folder / "changes.atom").read_bytes())

    assert after.entries[1].id == before.entries[0].id
    assert after.feed.id == before.feed.id
    assert len({one.id for one in after.entries}) == 2


def test_the_feed_holds_the_newest_hundred() -> None:
    made = briefing(OTHER)
    first = lines.line(Edition("a", 1, START, "", "Strike", ""), made, None)
    many = [replace(first, version=n) for n in range(feed.MOST + 5, 0, -1)]

    text = feed.write(many, ident="urn:x", title="Stories", address="")

    read = feedparser.parse(text.encode())
    assert len(read.entries) == feed.MOST
    assert read.entries[0].link == f"story-a.html#edition-{feed.MOST + 5}"


def test_words_of_attackers_leave_the_feed_whole(attacked: Watched) -> None:
    text = (attacked.folder / "changes.atom").read_bytes()

    read = feedparser.parse(text)

    assert not read.bozo
    assert len(read.entries) == 2 * len(ATTACKS)
    assert b"<script" not in text
    titles = [one.title_detail.value for one in read.entries]
    assert any("<script>alert(1)" in one or "&lt;script" in one for one in titles)
