"""The page in a real Chromium, which may reach nothing.

Without Chromium these tests are left out, and say so; where REQUIRE_CHROMIUM is set
they fail instead. The browser is closed after each module: the loop that Playwright
keeps running would be in the way of other tests.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from schemas.briefing import Briefing
from summarizer.render import html

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

_PATIENCE_MS = 20_000
"""For a machine that does other work too; a page that is right answers at once."""

expect.set_options(timeout=_PATIENCE_MS)

Open = Callable[..., Page]


def _chromium(playwright: Playwright) -> str | None:
    """Find a Chromium: the one that is named, the system's, or Playwright's own."""
    places = (
        os.environ.get("SUMMARIZER_CHROMIUM"),
        *map(shutil.which, _NAMES),
        playwright.chromium.executable_path,
    )
    return next((place for place in places if place and Path(place).exists()), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once for a module."""
    with sync_playwright() as playwright:
        place = _chromium(playwright)
        if place is None:
            words = (
                "the page was not tested: no Chromium here (install the package "
                "chromium, or set SUMMARIZER_CHROMIUM to one)"
            )
            if os.environ.get("REQUIRE_CHROMIUM"):
                pytest.fail(words, pytrace=False)
            pytest.skip(words)
        browser = playwright.chromium.launch(executable_path=place, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open briefings as pages; whatever they ask for, run or complain about fails."""
    noise: list[str] = []
    pages: list[Page] = []

    def open_page(
        briefing: Briefing | str, *, listening: bool = True, **context: object
    ) -> Page:
        file = tmp_path / f"page-{len(pages)}.html"
        text = briefing if isinstance(briefing, str) else html.render(briefing)
        file.write_bytes(text.encode())
        chosen = {
            "viewport": {"width": 1280, "height": 800},
            "reduced_motion": "reduce",
            **context,
        }
        page = browser.new_context(**chosen).new_page()  # type: ignore[arg-type]  # as Playwright names them
        page.set_default_timeout(_PATIENCE_MS)
        if listening:
            _listen(page, noise)
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert [one for one in noise if not one.startswith("request: file:")] == []


def _listen(page: Page, noise: list[str]) -> None:
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("dialog", lambda dialog: noise.append(f"dialog: {dialog.message}"))
    page.on("popup", lambda _: noise.append("popup"))
    page.on("request", lambda request: noise.append(f"request: {request.url}"))
