"""The page as a reader uses it: with a mouse, a keyboard, a phone, a printer."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from paged import HERALD, POST, at, whole
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def _marked(page: Page) -> str:
    """Join the words of the articles that are marked, in order."""
    parts = page.eval_on_selector_all(
        ".words.on", "found => found.map(one => one.textContent)"
    )
    return "".join(parts)


def _chosen(page: Page) -> list[str]:
    """List the ids of the items that are marked."""
    found: list[str] = page.eval_on_selector_all(
        "li.item.on .ident", "found => found.map(one => one.textContent)"
    )
    return found


def _words(page: Page, text: str) -> None:
    page.locator(".words").get_by_text(text, exact=True).click()


def test_each_item_marks_exactly_its_words(opened: Open) -> None:
    page = opened(whole())

    briefing = whole()
    items = (
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.open_questions,
        *briefing.actors,
    )
    for item in items:
        row = page.locator("li.item", has=page.get_by_text(item.id, exact=True))
        row.locator("a.lead").click()
        assert _chosen(page) == [item.id]
        ordered = sorted(item.evidence, key=lambda e: (e.source, e.start))
        assert _marked(page) == "".join(e.exact for e in ordered)


def test_the_words_of_an_item_are_scrolled_into_view(opened: Open) -> None:
    long = "\n".join(["Nothing happened in Tarsis that day."] * 60) + "\n" + POST
    request = whole().requests[0]
    moved = request.model_copy(
        update={"evidence": (at(request.evidence[0].exact, long),)}
    )
    page = opened(whole(long, requests=(moved,), positions=(), casualties=()))
    words = page.locator(".words.used").first
    expect(words).not_to_be_in_viewport()

    page.locator("#requests-1").click()

    expect(words).to_be_in_viewport()


def test_words_show_every_item_that_rests_on_them(opened: Open) -> None:
    page = opened(whole())

    _words(page, "dozens of sailors")

    assert _chosen(page) == ["c1", "c2"]
    expect(page.locator(".bar")).to_contain_text("2 items rest on these words: c1, c2")
    expect(page.locator("#casualties-1")).to_be_in_viewport()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#casualties-2.here")).to_be_in_viewport()


def test_next_goes_through_the_places_of_an_item_and_opens_their_source(
    opened: Open,
) -> None:
    page = opened(whole())
    page.locator("#positions-2 a.lead").click()
    expect(page.locator("#source-1")).to_be_visible()

    page.get_by_role("button", name="Next").click()

    expect(page.locator("#source-2")).to_be_visible()
    expect(page.locator("#source-1")).to_be_hidden()
    here = page.locator(".words.here")
    expect(here).to_have_text("Chad refused to free the crew before Monday.")


def test_one_quote_of_several_leads_to_its_own_words(opened: Open) -> None:
    page = opened(whole())
    page.get_by_label("Quotes under items").check()

    page.locator("#positions-2 .quote a").nth(1).click()

    expect(page.locator("#source-2 .words.here")).to_be_visible()


def test_speaker_cue_and_content_are_told_apart(opened: Open) -> None:
    page = opened(whole())

    page.locator("#positions-1 a.lead").click()

    expect(page.locator(".is-speaker")).to_have_text("Ana Ruiz, the mayor of Tarsis")
    expect(page.locator(".is-cue")).to_have_text("said")
    expect(page.locator(".is-content")).to_have_text("“We will not bend,”")
    page.keyboard.press("Escape")
    expect(page.locator(".is-speaker, .is-cue, .is-content")).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_items_and_words_work_from_the_keyboard(opened: Open, key: str) -> None:
    page = opened(whole())
    lead = page.locator("#requests-1 a.lead")
    for _ in range(12):
        page.keyboard.press("Tab")
        if lead.evaluate("one => one === document.activeElement"):
            break
    expect(lead).to_be_focused()

    page.keyboard.press(key)
    assert _marked(page) == "Kenya urged Chad to free the crew."
    page.keyboard.press("Escape")
    assert _marked(page) == ""
    expect(lead).to_be_focused()

    words = page.locator("a.words", has_text="Kenya").first
    words.focus()
    page.keyboard.press(key)
    assert _chosen(page) == ["r1", "p2", "q1", "a1"]


def test_the_tab_key_stops_once_for_each_item_s_words(opened: Open) -> None:
    page = opened(whole())

    stops = page.eval_on_selector_all(
        ".words",
        "found => found.filter(one => one.tabIndex === 0).map(one => one.textContent)",
    )

    starts = {
        (e.source, e.start)
        for items in (whole().requests, whole().positions, whole().casualties)
        for item in items
        for e in item.evidence
    }
    assert len(stops) == len(starts)


def test_tabs_follow_the_arrow_keys(opened: Open) -> None:
    page = opened(whole())
    tabs = page.get_by_role("tab")
    tabs.first.focus()

    for key, chosen in (
        ("ArrowRight", 1), ("ArrowRight", 0), ("ArrowLeft", 1), ("Home", 0), ("End", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(tabs.nth(chosen)).to_be_focused()
        expect(tabs.nth(chosen)).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(page.get_by_role("tabpanel")).to_contain_text("The harbour burns")


def test_search_keeps_items_and_finds_words_across_marks(opened: Open) -> None:
    page = opened(whole())
    page.get_by_label("Search").fill("Including DOZENS")

    expect(page.locator("#found")).to_have_text("1 item, 1 place in the article")
    expect(page.locator("#casualties-1")).to_be_visible()
    expect(page.locator("#requests-1")).to_be_hidden()
    expect(page.get_by_role("heading", name="Requests")).to_be_hidden()
    lit = page.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert lit == ["including dozens"]

    page.keyboard.press("Escape")
    expect(page.locator("#requests-1")).to_be_visible()
    expect(page.locator("#found")).to_have_text("")


def test_enter_in_the_search_goes_from_place_to_place(opened: Open) -> None:
    page = opened(whole())
    page.get_by_label("Search").fill("crew")
    expect(page.locator("#found")).to_contain_text("2 places")

    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("Place 1 of 2 in the article")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("Place 2 of 2 in the article")
    expect(page.locator("#source-2")).to_be_visible()
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#source-1")).to_be_visible()


def test_a_search_without_a_result_says_so(opened: Open) -> None:
    page = opened(whole())

    page.get_by_label("Search").fill("zebra")

    expect(page.locator("#found")).to_have_text("0 items, 0 places in the article")
    expect(page.get_by_text("No item holds these words.")).to_be_visible()


def test_a_search_hides_nothing_that_could_not_be_read(opened: Open) -> None:
    page = opened(whole())

    page.get_by_label("Search").fill("zebra")

    expect(page.locator("#holes-1")).to_be_visible()


@pytest.mark.parametrize(
    ("label", "row", "is_on"),
    [
        ("Withheld (1)", "#withheld-1", False),
        ("Not covered (1)", "#uncovered-1", False),
        ("Flagged (1)", "#flagged-1", True),
        ("Left out of the article (1)", ".box", True),
    ],
)
def test_switches_show_and_hide(
    opened: Open, label: str, row: str, *, is_on: bool
) -> None:
    page = opened(whole())
    switch = page.get_by_label(label)

    expect(page.locator(row)).to_be_visible(visible=is_on)
    switch.focus()
    page.keyboard.press("Space")
    expect(page.locator(row)).to_be_visible(visible=not is_on)


def test_a_sentence_that_no_item_covers_is_marked_once_it_is_switched_on(
    opened: Open,
) -> None:
    page = opened(whole())
    words = page.locator(".words.uncovered")
    words.click()
    expect(page.locator(".bar")).to_be_hidden()

    page.get_by_label("Not covered (1)").check()
    words.click()

    expect(page.locator("#uncovered-1.on")).to_be_in_viewport()


def test_what_could_not_be_read_stands_above_all_items(opened: Open) -> None:
    page = opened(whole())

    expect(page.get_by_text("Incomplete: these passages")).to_be_in_viewport()
    page.locator("#holes-1").click()
    assert _marked(page) == "Between 10 and 12 boats sank."


def test_the_articles_are_shown_word_for_word(opened: Open) -> None:
    text = "Kenya urged\tChad <b>\n\n\u202eto free\u202c the 👩‍👩‍👧 crew.\u2028 “Now”  or\u00a0never."
    page = opened(
        whole(text, **dict.fromkeys(("requests", "positions", "casualties"), ()))
    )

    shown = page.eval_on_selector_all(".text", "found => found.map(t => t.textContent)")

    assert shown == [text, HERALD]


def test_offsets_count_code_points_not_what_the_browser_counts(opened: Open) -> None:
    text = "👩‍👩‍👧 🇰🇪 " + POST
    request = whole().requests[0]
    moved = request.model_copy(
        update={"evidence": (at(request.evidence[0].exact, text),)}
    )
    page = opened(whole(text, requests=(moved,), positions=(), casualties=()))

    page.locator("#requests-1 a.lead").click()

    assert _marked(page) == "Kenya urged Chad to free the crew."


def test_a_phone_shows_the_words_and_the_way_back(opened: Open) -> None:
    page = opened(whole(), **PHONE)
    lead = page.locator("#casualties-4 a.lead")
    lead.tap()
    expect(page.locator(".words.on")).to_be_in_viewport()
    expect(lead).not_to_be_in_viewport()

    page.get_by_role("button", name="Back").tap()

    expect(lead).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_shows_everything_and_no_controls(opened: Open) -> None:
    page = opened(whole())
    page.get_by_label("Left out of the article (1)").uncheck()
    page.get_by_label("Search").fill("zebra")
    page.emulate_media(media="print")

    for row in page.locator("li.item").all():
        expect(row).to_be_visible()
    for quote in page.locator(".quote").all():
        expect(quote).to_be_visible()
    expect(page.locator(".box")).to_be_visible()
    expect(page.locator("#source-2")).to_be_visible()
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.get_by_role("tab")).to_have_count(0)


def test_without_javascript_all_is_there_and_links_lead_to_the_words(
    opened: Open,
) -> None:
    page = opened(whole(), java_script_enabled=False)

    for row in page.locator("li.item").all():
        expect(row).to_be_visible()
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator("#source-2")).to_be_visible()
    page.locator("#casualties-4 a.lead").click()
    expect(page.locator(".words:target")).to_have_text(
        "Some 200 people fled, a driver said."
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_problem(opened: Open, colours: str, width: int) -> None:
    page = opened(
        whole(),
        color_scheme=colours,
        viewport={"width": width, "height": 800},
        # axe writes markup, which our own policy forbids.
        bypass_csp=True,
    )
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("#positions-2 a.lead").click()
    page.get_by_label("Search").fill("c")

    found = Axe().run(page).response["violations"]

    serious = [
        (one["id"], node["html"], node["failureSummary"])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
    assert serious == []
