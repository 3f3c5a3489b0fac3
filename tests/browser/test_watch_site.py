"""The site of a watch in a real Chromium, from disk: no script, no request to others."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from attacks import ATTACKS
from axe_playwright_python.sync_playwright import Axe
from desk import START
from playwright.sync_api import Browser, Page, expect
from week_site_pages import ZONE, chronicle

from summarizer.changes import compare
from summarizer.watch import site

NOW = datetime(2026, 3, 8, 18, tzinfo=ZONE)
PAGES = ("index.html", "day-2026-03-02.html", "story-ferry.html", "story-strike.html")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site of two stories of the invented week, and of one that attacks."""
    root = tmp_path_factory.mktemp("week")
    state, made = chronicle(root / "state", ("ferry", "strike"))
    first, last = made.briefing("strike", 1), made.briefing("strike", 2)
    assert first is not None
    assert last is not None
    attack = " ".join(ATTACKS)
    sources = tuple(
        one.model_copy(update={"title": attack, "publisher": attack, "uri": attack})
        for one in last.sources
    )
    last = last.model_copy(update={"sources": sources, "bottom_line": attack})
    made.add("attack", "", START, first, None)
    made.add("attack", "", START, last, compare(first, last))
    site.write(made, site.Site(root / "site", ZONE), NOW)
    state.close()
    return root / "site"


@pytest.fixture
def shown(browser: Browser, folder: Path) -> Iterator[Open]:
    """Open pages of the site; what they ask of others, or complain about, fails."""
    noise: list[str] = []
    pages: list[Page] = []

    def open_page(name: str, **context: object) -> Page:
        chosen = {"viewport": {"width": 1280, "height": 800}, **context}
        page = browser.new_context(**chosen).new_page()  # type: ignore[arg-type]  # as Playwright names them
        page.on("console", lambda message: noise.append(message.text))
        page.on("dialog", lambda dialog: noise.append(dialog.message))
        page.on("request", lambda request: noise.append(request.url))
        page.goto(f"{folder.as_uri()}/{name}")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert [one for one in noise if not one.startswith("file:")] == []


@pytest.mark.parametrize("name", [*PAGES, "story-attack.html"])
def test_nothing_is_wider_than_a_phone(shown: Open, name: str) -> None:
    page = shown(name, viewport={"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(shown: Open, name: str, colours: str) -> None:
    page = shown(name, color_scheme=colours, bypass_csp=True)

    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_all_is_there_without_javascript(shown: Open) -> None:
    page = shown("index.html", java_script_enabled=False)

    page.get_by_role("link", name="Maravel ends search for ferry victims").click()

    expect(page.locator("h1")).to_contain_text("Maravel ends search")
    expect(page.locator("article.edition")).to_have_count(15)
    page.get_by_role("link", name="Briefing and articles of edition 15").click()
    expect(page.locator("#briefing")).to_be_visible()
    page.get_by_role("link", name="The story").click()
    expect(page.locator("#edition-15")).to_be_in_viewport()


def test_days_are_reached_with_the_keyboard(shown: Open) -> None:
    page = shown("index.html")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("link", name="← Saturday 7 March 2026").focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Saturday 7 March 2026")


def test_marks_of_a_drawing_have_their_words(shown: Open) -> None:
    page = shown("story-ferry.html")

    titles = page.locator("#counts .plot g.mark title").all_text_contents()

    assert any(
        one.startswith(
            "at least nine people (≥ 9) · the coast guard · Mon 2 March, 06:40"
        )
        for one in titles
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_a_drawing_stays_inside_the_page(shown: Open, width: int) -> None:
    page = shown("story-ferry.html", viewport={"width": width, "height": 740})

    for box in page.eval_on_selector_all(
        ".plot text, .plot .mark",
        "all => all.map(one => one.getBoundingClientRect().toJSON())",
    ):
        assert 0 <= box["left"] <= box["right"] <= width


def test_numbers_in_a_drawing_do_not_meet_on_a_phone(shown: Open) -> None:
    page = shown("story-ferry.html", viewport={"width": 360, "height": 740})

    boxes = page.eval_on_selector_all(
        "#counts .kind:first-of-type .plot .label",
        "all => all.map(one => one.getBoundingClientRect().toJSON())",
    )

    assert len(boxes) >= 4
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert (
                one["right"] <= other["left"] + 1
                or other["right"] <= one["left"] + 1
                or one["bottom"] <= other["top"] + 3
                or other["bottom"] <= one["top"] + 3
            )


def test_all_is_printed(shown: Open) -> None:
    page = shown("story-ferry.html")

    page.emulate_media(media="print")

    for part in ("#changes", "#counts table >> nth=0", "#counts .plot >> nth=0"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator(".way")).to_be_hidden()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_a_story_that_attacks_is_only_words(shown: Open) -> None:
    page = shown("story-attack.html")

    expect(page.locator("h1")).to_contain_text("alert(1)")
    assert page.locator("script, img, iframe").count() == 0
    links = page.eval_on_selector_all("a", "all => all.map(one => one.protocol)")
    assert set(links) <= {"file:", "http:", "https:"}
