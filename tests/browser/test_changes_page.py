"""The page of what changed, in a real Chromium."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from day import saved_days
from playwright.sync_api import Page

from summarizer.changes import compare
from summarizer.render.changes import html as diff_html

Open = Callable[..., Page]


def _written() -> str:
    old, new = saved_days()
    return diff_html.render(compare(old, new), old, new)


def test_the_quotes_of_a_change_stand_beside_each_other(opened: Open) -> None:
    page = opened(_written())

    sides = page.locator(".reversed .sides").first
    old, new = (sides.locator(side).bounding_box() for side in (".old", ".new"))

    assert old is not None
    assert new is not None
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] <= new["x"]


def test_nothing_is_wider_than_a_phone(opened: Open) -> None:
    page = opened(_written(), viewport={"width": 360, "height": 740})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_no_serious_problem(opened: Open, colours: str) -> None:
    page = opened(_written(), color_scheme=colours, bypass_csp=True)

    found = Axe().run(page).response["violations"]

    serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
    assert serious == []
