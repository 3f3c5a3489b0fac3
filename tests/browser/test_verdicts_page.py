"""What is unconfirmed, as a reader of the page meets it and filters it."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from doubted import doubted
from paged import whole
from playwright.sync_api import Page, expect

from summarizer.render import html
from summarizer.selection import selected, top

Open = Callable[..., Page]


def _shown(page: Page) -> list[str]:
    """List the ids of the items that can be seen."""
    found: list[str] = page.eval_on_selector_all(
        "[data-verdict]",
        "all => all.filter(one => one.getClientRects().length)"
        ".map(one => one.querySelector('.ident').textContent)",
    )
    return found


UNSURE = ["d2", "p1", "c1"]


def test_unconfirmed_items_are_marked_by_a_word_and_say_why(opened: Open) -> None:
    page = opened(doubted())

    row = page.locator("li.item", has=page.get_by_text("p1", exact=True))
    expect(row.locator(".head")).to_contain_text("unconfirmed")
    expect(row).to_contain_text("Why unconfirmed: the sentence names two people")


def test_the_filter_shows_only_what_was_chosen(opened: Open) -> None:
    page = opened(doubted())
    everything = _shown(page)

    page.get_by_label("Unconfirmed only (3)").check()
    assert _shown(page) == UNSURE
    expect(page.locator("#found")).to_have_text("3 unconfirmed shown")
    expect(page.get_by_role("heading", name="Requests")).to_be_hidden()

    page.get_by_label("Supported only (9)").check()
    assert _shown(page) == [one for one in everything if one not in UNSURE]

    page.get_by_label("All (12)").check()
    assert _shown(page) == everything
    expect(page.locator("#found")).to_have_text("")


def test_the_filter_works_with_the_arrow_keys(opened: Open) -> None:
    page = opened(doubted())

    page.get_by_label("All (12)").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Supported only (9)")).to_be_focused()
    page.keyboard.press("ArrowRight")

    assert _shown(page) == UNSURE


def test_the_filter_hides_nothing_that_could_not_be_read(opened: Open) -> None:
    page = opened(doubted())

    page.get_by_label("Unconfirmed only (3)").check()

    expect(page.locator("#holes-1")).to_be_visible()


def test_search_and_filter_go_together(opened: Open) -> None:
    page = opened(doubted())
    page.get_by_label("Unconfirmed only (3)").check()

    page.get_by_label("Search").fill("people")

    assert _shown(page) == ["p1", "c1"]
    page.get_by_label("Search").fill("")
    assert _shown(page) == UNSURE


def test_words_of_a_hidden_item_bring_it_back(opened: Open) -> None:
    page = opened(doubted())
    page.get_by_label("Supported only (9)").check()

    page.locator(".words").get_by_text("“We will not bend,”", exact=True).click()

    expect(page.locator("li.item.on .ident")).to_have_text("p1")
    expect(page.get_by_label("All (12)")).to_be_checked()


def test_words_of_a_shown_item_leave_the_filter_as_it_is(opened: Open) -> None:
    page = opened(doubted())
    page.get_by_label("Supported only (9)").check()

    page.locator(".words").get_by_text("dozens of sailors", exact=True).click()

    expect(page.locator("li.item.on .ident")).to_have_text("c2")
    expect(page.get_by_label("Supported only (9)")).to_be_checked()


def test_the_bottom_line_leads_to_what_it_rests_on(opened: Open) -> None:
    page = opened(doubted(rests_on=("d1", "p1")))
    page.get_by_label("Supported only (9)").check()
    rests = page.locator(".rests")
    expect(rests).to_have_text("Rests on d1, p1 (unconfirmed)")

    rests.get_by_role("link", name="p1").click()

    expect(page.locator("#positions-2")).to_be_in_viewport()
    expect(page.locator("#positions-2")).to_contain_text("We will not bend")


def test_without_doubts_there_is_nothing_to_filter(opened: Open) -> None:
    page = opened(whole())

    expect(page.get_by_role("radio")).to_have_count(0)


def test_without_javascript_every_item_is_shown_with_its_mark(opened: Open) -> None:
    page = opened(doubted(), java_script_enabled=False)

    for row in page.locator("li.item").all():
        expect(row).to_be_visible()
    expect(page.locator(".verdict")).to_have_count(3)
    expect(page.get_by_role("radio")).to_have_count(0)


def test_print_shows_every_item_with_its_mark_whatever_is_filtered(
    opened: Open,
) -> None:
    page = opened(doubted())
    page.get_by_label("Supported only (9)").check()

    page.emulate_media(media="print")

    assert len(_shown(page)) == 12
    for mark in page.locator(".verdict").all():
        expect(mark).to_be_visible()


def test_a_cut_page_says_how_much_more_there_is(opened: Open) -> None:
    page = opened(html.render(top(selected(doubted()), 1)))

    expect(page.get_by_text("and 1 more (1 unconfirmed)")).to_have_count(2)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_problem_with_marks_and_filter(
    opened: Open, colours: str, width: int
) -> None:
    page = opened(
        doubted(rests_on=("d1", "p1")),
        color_scheme=colours,
        viewport={"width": width, "height": 800},
        # axe writes markup, which our own policy forbids.
        bypass_csp=True,
    )
    page.get_by_label("Unconfirmed only (3)").check()
    page.locator("#positions-2 a.lead").click()

    found = Axe().run(page).response["violations"]

    serious = [
        (one["id"], node["html"], node["failureSummary"])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
    assert serious == []
