"""A watch in a hostile world, from feeds to Slack and site: each source does no harm.

All hostile sources and channels are followed at once, beside one honest feed and one
honest folder. What a feed alone can do to the poller: `test_watch_hostile_feeds.py`.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hostile_articles import TEXTS
from hostile_world import (
    HOUR,
    LONG,
    PRIVATE,
    World,
    followed,
    given,
)
from lxml import html
from slack_server import PATH
from slack_words import elements, texts
from watching import START, Press, item
from website import serving

from summarizer.render import html as html_page
from summarizer.watch.configuring import parsed
from summarizer.watch.opening import opened

FAILING = {
    "private": "leads to 169.254.169.254, not a public address",
    "huge": "has more than 5,000,000 bytes",
    "endless": "has more than 5,000,000 bytes",
    "dripping": "took more than 1 seconds",
    "entities": "declares entities that could grow without end",
    "zipped": "has more than 5,000,000 bytes",
    "html": "is a web page, not a feed",
    "sitemap": "is no feed: its outermost element is 'urlset'",
    "svg": "is no feed: its outermost element is 'svg'",
    "soap": "is no feed: its outermost element is 's:Envelope'",
}
NOTED = {
    "year1970": ["1 new items state a day that cannot be, as 1970-01-01"],
    "year2099": ["1 new items state a day that cannot be, as 2099-03-05"],
    "renamed": [],
    "markup": ["the feed is not well formed"],
    "flood": [
        "the feed lists 10,000 items: the newest 500 are looked at",
        "'Offer 0' is read later: the robots.txt of '127.0.0.1' cannot be had",
    ],
    "charset": [],
    "orders": [],
    "titled": [],
    "paged": [],
    "script": [],
    "twins": [],
    "files": [
        "link.txt' is a link that leads out of the folder",
        "pipe.txt' is no file that can be read to an end",
        "binary.txt' is not text (it looks like a binary file)",
        "huge.txt' has more than 50,000,000 bytes",
    ],
    "honest": [],
    "desk-files": [],
}
TOLD = {
    "markup": "sandbank of Velm",
    "orders": "grain mill in Durrow",
    "titled": "tulip growers around Nessa",
    "paged": "Three conductors were injured",
    "script": "brewery quarter in Ostrel",
    "elder": "chess club of Marn",
    "younger": "ring road of Tolbin",
    "year1970": "clock tower of Grauben",
    "year2099": "observatory on Mount Kerr",
    "renamed": "cape of Sirra",
    "charset": "botanical garden of Ülmen",
    "filed": "fair of Hollin",
    "marked": "circus in Falk",
}
"""What only one article says, by its name."""

HONEST = {
    "honest-1": (1, "the coast guard", "send divers"),
    "honest-2": (2, "the provincial hospital", "leave the hills"),
    "honest-3": (3, "the mining authority", "send drills"),
    "honest-file": (1, "the interior ministry", "four men"),
}
"""After how many half hours it is published, and what of it must be told."""

CHANNELS = {
    "down": "Slack answered 500",
    "limited": "Slack is still limiting our rate",
    "moved": "Slack answered 302: check the webhook",
    "garbled": "Slack’s answer was lost",
    "refusing": "Slack refuses a block of the message",
}


OURS = Path(html_page.__file__).parent / "page" / "briefing.js"
"""The one script, which the page of a briefing names by its digest."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, after two hours of it."""
    with followed(tmp_path_factory.mktemp("world")) as one:
        yield one


@pytest.mark.parametrize(("name", "words"), FAILING.items(), ids=FAILING)
def test_a_feed_that_fails_is_one_line_of_the_log(
    world: World, name: str, words: str
) -> None:
    (told,) = world.troubles(name)

    assert words in told


@pytest.mark.parametrize("name", FAILING)
def test_a_feed_that_fails_is_asked_ever_less_often(world: World, name: str) -> None:
    asked = [path for path, _ in world.seen if path == f"/{name}"]

    assert 3 <= len(asked) <= 4  # after 15, 30 and 60 minutes; each 15 would be 9


@pytest.mark.parametrize(("name", "words"), FAILING.items(), ids=FAILING)
def test_status_names_the_cause_and_the_next_try(
    world: World, name: str, words: str
) -> None:
    (line,) = [
        one for one in world.status.splitlines() if one.startswith(f"failing: {name},")
    ]

    assert re.search(r"tried again 2025-03-05 1\d:\d\d UTC: ", line)
    assert line.partition(" UTC: ")[2].endswith(words) or words in line


@pytest.mark.parametrize(("name", "notes"), NOTED.items(), ids=NOTED)
def test_what_is_wrong_with_a_source_is_said_once(
    world: World, name: str, notes: list[str]
) -> None:
    troubles = world.troubles(name)

    assert len(troubles) == len(notes)
    for note in notes:
        assert len([one for one in troubles if note in one]) == 1, note


def test_status_counts_what_is_not_said_again(world: World) -> None:
    (line,) = [one for one in world.status.splitlines() if "link.txt" in one]

    assert re.fullmatch(
        r"trouble: 2025-03-05 1\d:\d\d UTC, [78] times: files: .*", line
    )


@pytest.mark.parametrize(("name", "words"), TOLD.items(), ids=TOLD)
def test_an_article_from_a_hostile_source_is_told_once(
    world: World, name: str, words: str
) -> None:
    assert words in TEXTS[name]
    assert len(world.posts_with(words)) == 1


@pytest.mark.parametrize(("name", "told"), HONEST.items(), ids=HONEST)
def test_an_honest_article_is_told_whole_and_within_a_round(
    world: World, name: str, told: tuple[int, str, str]
) -> None:
    halves, toll, demand = told
    (post,) = world.posts_with(toll)
    came = START + halves * HOUR / 2

    assert name in TEXTS
    assert demand in texts(post.bodies)
    assert post.state == "posted"
    assert post.done_at is not None
    assert came <= post.done_at <= came + timedelta(minutes=17)


def test_the_day_of_an_article_with_a_lost_clock_is_that_of_fetching(
    world: World,
) -> None:
    days = {page.name for page in world.pages() if page.name.startswith("day-")}
    shown = "".join(page.read_text("utf-8") for page in world.pages())

    assert days == {"day-2025-03-05.html"}
    assert "1970-01-01" not in shown
    assert "2099-03-05" not in shown


def test_no_order_in_an_article_is_obeyed(world: World) -> None:
    told = texts(body for post in world.posts for body in post.bodies)

    assert "OBEYED" not in told
    assert "900" not in told
    assert world.posts_with("Durrow")


def test_nothing_in_a_post_pings_links_or_formats(world: World) -> None:
    for channel in world.channels.values():
        for message in map(json.loads, channel.requests):
            kinds, links, marked = elements(message)
            assert kinds.isdisjoint({"user", "usergroup", "broadcast", "channel"})
            assert not [link for link in links if "evil" in link]
            assert not [words for words in marked if re.search(r"<|>", words)]


def test_slack_takes_every_post(world: World) -> None:
    """Its server here refuses what Slack would: limits, controls, links that act."""
    assert len(world.channels["desk"].posted) == len(world.channels["desk"].requests)


def test_hostile_words_are_shown_as_words(world: World) -> None:
    (post,) = world.posts_with(TOLD["marked"])
    (header, *_) = json.loads(post.bodies[0])["blocks"]

    assert header["text"]["type"] == "plain_text"
    assert "&lt;!channel&gt; @here &lt;http://evil.example|click&gt;" in texts(
        [json.dumps(header).encode()]
    )


def test_no_page_holds_a_script_a_handler_or_a_link_that_acts(world: World) -> None:
    pages, ours = world.pages(), OURS.read_text("utf-8")
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        scripts = [one.text for one in tree.iter("script")]
        is_briefing = re.fullmatch(r"story-\w+-\d+\.html", page.name)
        assert scripts == ([ours] if is_briefing else []), page.name
        for one in tree.iter():
            assert not [key for key in one.attrib if key.startswith("on")], page.name
            assert one.tag not in {"iframe", "object", "embed", "base", "form", "img"}
    assert len(pages) > 30


def test_links_of_pages_lead_to_pages_and_sources_only(world: World) -> None:
    names = {page.name for page in world.pages()} | {"changes.atom", ""}
    for page in world.pages():
        tree = html.fromstring(page.read_bytes())
        for link in tree.xpath("//@href | //@src | //@action"):
            is_source = re.match(r"http://(127\.0\.0\.1|localhost):\d+/\w", link)
            assert is_source or link.partition("#")[0] in names, (page.name, link)


def test_the_feed_of_the_site_is_whole_and_holds_no_markup(world: World) -> None:
    tree = ET.fromstring((world.site / "changes.atom").read_text("utf-8"))  # noqa: S314  our own

    kinds = {one.get("type") for one in tree.iter() if one.text and one.get("type")}
    assert kinds <= {"text"}


def test_a_title_without_end_is_cut_everywhere(world: World) -> None:
    longest = max(len(line.words) for line in world.lines)

    assert longest < 1_000
    assert max(page.stat().st_size for page in world.pages()) < 300_000


def test_what_is_outside_of_the_folder_is_never_read(world: World) -> None:
    places = [*world.site.rglob("*"), *(world.root / "state").rglob("*")]

    for place in places:
        assert not place.is_file() or PRIVATE.encode() not in place.read_bytes()


def test_memory_stays_bounded(world: World) -> None:
    assert world.grown_kb < 200_000


def test_figures_count_what_fails(world: World) -> None:
    failing = f"grounded_briefing_watch_sources_failing {len(FAILING)}\n"

    assert failing in world.metrics


@pytest.mark.parametrize(("name", "words"), CHANNELS.items(), ids=CHANNELS)
def test_a_webhook_that_misbehaves_is_one_line_of_the_log(
    world: World, name: str, words: str
) -> None:
    (told,) = world.troubles(name)

    assert words in told


def test_a_webhook_that_was_down_for_an_hour_gets_all_in_their_order(
    world: World,
) -> None:
    posts = [post for post in world.posts if post.channel == "down"]
    bodies = [json.loads(body) for post in posts for body in post.bodies]
    failed = len(world.channels["down"].requests) - len(bodies)

    assert {post.state for post in posts} == {"posted"}
    assert world.channels["down"].posted == bodies
    assert failed <= 4 * 8  # after 1, 2, 4, 8 and each 15 minutes, four tries each


def test_a_webhook_that_says_when_is_asked_again_then(world: World) -> None:
    posts = [post for post in world.posts if post.channel == "limited"]
    requests = len(world.channels["limited"].requests)

    assert requests == sum(len(post.bodies) for post in posts) + 1
    assert min(post.done_at for post in posts if post.done_at) >= START + HOUR


def test_a_webhook_that_redirects_is_not_followed_and_its_posts_wait(
    world: World,
) -> None:
    posts = [post for post in world.posts if post.channel == "moved"]

    assert world.channels["elsewhere"].requests == []
    assert {post.state for post in posts} == {"waiting"}
    assert re.search(
        r"failing: channel moved, tried again 2025-03-05 14:\d\d UTC: Slack answered 302",
        world.status,
    )


def test_a_webhook_that_answers_garbage_gets_nothing_twice(world: World) -> None:
    posts = [post for post in world.posts if post.channel == "garbled"]
    requests = world.channels["garbled"].requests

    assert len(requests) == len(set(requests)) == len(posts)
    assert {post.state for post in posts} == {"unclear"}
    first = min(post.id for post in posts)
    assert re.search(rf"unclear: post {first} and \d more to garbled", world.status)


def test_a_post_that_slack_refuses_does_not_hold_up_the_next(world: World) -> None:
    first, *others = [post for post in world.posts if post.channel == "refusing"][::-1]

    assert first.state == "refused"
    assert {post.state for post in others} == {"posted"}
    assert f"refused: post {first.id} to refusing: Slack refuses a block" in (
        world.status
    )


def test_no_line_page_or_file_holds_a_webhook(world: World) -> None:
    secret = PATH.rpartition("/")[2]
    places = [*world.site.rglob("*"), *(world.root / "state").rglob("*")]

    assert secret not in world.status
    assert not [line for line in world.lines if secret in line.words]
    for place in places:
        assert not place.is_file() or secret.encode() not in place.read_bytes()


def test_stories_are_briefed_while_a_flood_of_pages_is_read(tmp_path: Path) -> None:
    press, one = Press(), World(tmp_path)
    press.page("/ferry", "Ferry sinks", TEXTS["honest-1"])
    flood = [item(f"{n}", f"/gone/{n}", f"Offer {n}") for n in range(60)]
    press.feed("/feed", [item("00", "/ferry", "Ferry sinks"), *flood])
    with serving(press.answer) as site:
        file = (
            'contact = "desk@example.org"\ntimezone = "UTC"\n[[source]]\n'
            f'name = "flood"\nplace = "{site.root}/feed"\nbackfill = 100\n'
        )
        with opened(parsed(file, "watch.toml"), given(one, {})) as watch:

            def passes() -> None:
                one.clock[0] += timedelta(minutes=3)
                watch.is_stopping = one.clock[0] > START + HOUR

            watch.polled = passes
            asyncio.run(watch.run_once())

    (edition,) = [line for line in one.lines if line.event == "edition"]
    assert edition.at <= START + timedelta(minutes=9)


def test_the_world_was_followed_to_its_end(world: World) -> None:
    assert world.clock[0] == START + LONG
