"""Write docs/watch-site.png: a story of the invented week in a real Chromium.

`make picture` runs it, after `tests/picture.py`, which says which Chromium is taken.
"""

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from picture import ROOT, chromium
from playwright.sync_api import sync_playwright
from week_site_pages import ZONE, chronicle

from summarizer.watch import site
from summarizer.watch.site import names

PICTURE = ROOT / "docs" / "watch-site.png"
MOST_BYTES = 200_000
STORY = "ferry"


def main() -> None:
    """Write the site, open the page of a story, and take its picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        state, made = chronicle(place / "state", (STORY,))
        now = datetime(2026, 3, 8, 18, tzinfo=ZONE)
        site.write(made, site.Site(place / "site", ZONE), now)
        state.close()
        browser = playwright.chromium.launch(
            executable_path=chromium(playwright),
            args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
        )
        shown = browser.new_page(viewport={"width": 1120, "height": 760})
        shown.goto((place / "site" / names.story(STORY)).as_uri())
        shown.screenshot(path=PICTURE, animations="disabled")
        browser.close()
    size = PICTURE.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{PICTURE} has {size:,} bytes; {MOST_BYTES:,} are the most")


if __name__ == "__main__":
    main()
