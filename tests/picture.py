"""Write docs/page.png: the page of an invented article in a real Chromium.

`make picture` runs it. The system's Chromium is used, the one that SUMMARIZER_CHROMIUM
names, or Playwright's own.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from summarizer.pipeline import brief
from summarizer.render import html
from summarizer.sources import read_article

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "tests" / "articles" / "market.txt"
PICTURE = ROOT / "docs" / "page.png"
MOST_BYTES = 300_000
CHOSEN = "#requests-1"
"""The item that is clicked, so that its words are marked."""


def page() -> str:
    """Write the page of the article, as `summarizer brief --no-model` does."""
    return html.render(brief([read_article(str(ARTICLE))], None))


def main() -> None:
    """Open the page, choose an item, and take its picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(page(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium(playwright),
            args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
        )
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        shown.goto(file.as_uri())
        shown.locator(f"{CHOSEN} a.lead").click()
        shown.mouse.move(0, 0)
        shown.evaluate("document.activeElement.blur()")
        shown.screenshot(path=PICTURE, animations="disabled")
        browser.close()
    size = PICTURE.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{PICTURE} has {size:,} bytes; {MOST_BYTES:,} are the most")


def chromium(playwright: Playwright) -> str:
    """Find a Chromium; end with a sentence when there is none."""
    places = (
        os.environ.get("SUMMARIZER_CHROMIUM"),
        *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")),
        playwright.chromium.executable_path,
    )
    found = next((one for one in places if one and Path(one).exists()), None)
    if found is None:
        sys.exit("no Chromium: install the package, or set SUMMARIZER_CHROMIUM to one")
    return found


if __name__ == "__main__":
    main()
