"""The index of an archive as a reader uses it: small and large, with and without a script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from summarizer.render import archive
from summarizer.render.archive import Facets, Line

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
FACETS = Facets(
    parties=("Chad", "Kenya", "</script><script>alert(1)</script>"),
    countries=("KEN", "TCD"),
    kinds=("injured", "killed"),
    sections=("casualties", "requests"),
)


def _line(number: int, **changed: object) -> Line:
    told: dict[str, object] = {
        "name": f"{number:016x}", "day": f"2025-03-{28 - number % 28:02}",
        "title": f"Boat {number}", "from_": f"The Herald · in.jsonl:{number}",
        "bottom_line": f"Kenya urged Chad to free crew {number}.", "items": 3,
        "unconfirmed": 0, "is_complete": True, "parties": (0,), "countries": (),
        "kinds": (), "sections": (1,),
    }  # fmt: skip
    return Line(**{**told, **changed})  # type: ignore[arg-type]  # as they are named


LINES = (
    _line(0, day="2025-03-09", parties=(0, 1), countries=(0, 1), unconfirmed=2),
    _line(1, day="2025-03-08", kinds=(1,), sections=(0, 1), title="Café opens"),
    _line(2, day="2025-03-07", parties=(2,), is_complete=False),
    _line(3, day="", title="<img src=x onerror=alert(2)>", bottom_line="</script><b>x</b>"),
)  # fmt: skip


def _page(lines: tuple[Line, ...] = LINES, **more: object) -> str:
    told: dict[str, object] = {
        "total": len(lines), "chunks": 0, "has_pages": True, "notes": ("1 article failed.",),
    }  # fmt: skip
    return archive.render(lines, FACETS, **{**told, **more})  # type: ignore[arg-type]  # likewise


def _titles(page: Page) -> list[str]:
    return page.locator("#articles .title").all_text_contents()


def _large(folder: Path, count: int, each: int = 200) -> str:
    """Write the files of data of a large index, and give its page."""
    lines = [_line(n, kinds=(1,) if n % 50 == 0 else ()) for n in range(count)]
    chunks = -(-count // each)
    for number in range(chunks):
        text = archive.chunk(number, lines[number * each : (number + 1) * each], 300)
        (folder / f"index-data-{number}.js").write_text(text, "utf-8")
    return _page(tuple(lines[:50]), total=count, chunks=chunks)


def test_all_articles_read_without_a_script(opened: Open) -> None:
    page = opened(_page(), java_script_enabled=False)

    assert _titles(page) == ["Boat 0", "Café opens", "Boat 2", "<img src=x onerror=alert(2)>"]  # fmt: skip
    expect(page.get_by_text("Kenya urged Chad to free crew 2.")).to_be_visible()
    expect(page.get_by_role("form")).to_be_hidden()
    expect(page.get_by_text("1 article failed.")).to_be_visible()


def test_a_script_shows_the_same_rows_and_words_stay_words(opened: Open) -> None:
    still = opened(_page(), java_script_enabled=False)
    page = opened(_page())
    expect(page.locator("#state")).to_have_text("4 articles")

    rows = "rows => rows.map(row => row.innerText.replace(/\\s+/g, ' '))"
    assert page.eval_on_selector_all("tbody tr", rows) == still.eval_on_selector_all("tbody tr", rows)  # fmt: skip
    expect(page.locator("img")).to_have_count(0)


@pytest.mark.parametrize(
    ("choose", "value", "found"),
    [
        ("Party", "Kenya", ["Boat 0"]),
        ("Party", "</script><script>alert(1)</script>", ["Boat 2"]),
        ("Country", "TCD", ["Boat 0"]),
        ("Casualties", "killed", ["Café opens"]),
        ("Section", "casualties", ["Café opens"]),
        ("Verdict", "some unconfirmed", ["Boat 0"]),
        ("Verdict", "incomplete", ["Boat 2"]),
        ("Verdict", "all items supported", ["Café opens", "<img src=x onerror=alert(2)>"]),
    ],
)  # fmt: skip
def test_articles_are_filtered(
    opened: Open, choose: str, value: str, found: list[str]
) -> None:
    page = opened(_page())

    page.get_by_label(choose).select_option(label=value)

    expect(page.locator("#state")).to_have_text(f"{len(found)} of 4 articles")
    assert _titles(page) == found


def test_days_and_words_narrow_and_clear_shows_all(opened: Open) -> None:
    page = opened(_page())

    page.get_by_label("From day").fill("2025-03-07")
    page.get_by_label("To day").fill("2025-03-08")
    expect(page.locator("#state")).to_have_text("2 of 4 articles")
    page.get_by_label("Search").fill("CAFE herald")
    expect(page.locator("#state")).to_have_text("1 of 4 articles")
    assert _titles(page) == ["Café opens"]
    page.get_by_role("button", name="Clear").click()

    expect(page.locator("#state")).to_have_text("4 articles")


def test_an_article_leads_to_its_page(opened: Open) -> None:
    page = opened(_page())
    expect(page.locator("#state")).to_have_text("4 articles")

    link = page.get_by_role("link", name="Boat 0")

    assert link.get_attribute("href") == "pages/0000000000000000.html"
    without = opened(_page(has_pages=False))
    expect(without.locator("#state")).to_have_text("4 articles")
    expect(without.locator("#articles a")).to_have_count(0)


def test_a_large_archive_reads_its_data_when_it_is_needed(
    opened: Open, tmp_path: Path
) -> None:
    page = opened(_large(tmp_path, 1_000), listening=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    expect(page.locator("#state")).to_have_text("1,000 articles")
    expect(page.locator("tbody tr")).to_have_count(100)
    assert asked == []  # the first file was read before anybody listened

    page.get_by_label("Casualties").select_option(label="killed")

    expect(page.locator("#state")).to_have_text("20 of 1,000 articles")
    assert asked == [f"index-data-{n}.js" for n in range(1, 5)]


def test_more_of_a_large_archive_is_shown_step_by_step(
    opened: Open, tmp_path: Path
) -> None:
    page = opened(_large(tmp_path, 450))
    expect(page.locator("tbody tr")).to_have_count(100)
    more = page.get_by_role("button", name="Show more")

    for count in (200, 300, 400, 450):
        more.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(count)

    expect(more).to_be_hidden()
    assert len(set(_titles(page))) == 450
    expect(page.get_by_role("link", name="Boat 400", exact=True)).to_be_focused()


def test_a_file_of_data_that_is_missing_is_said(opened: Open, tmp_path: Path) -> None:
    text = _large(tmp_path, 600)
    (tmp_path / "index-data-1.js").unlink()
    page = opened(text, listening=False)
    expect(page.locator("tbody tr")).to_have_count(100)

    page.get_by_label("Search").fill("boat")

    expect(page.locator("#state")).to_have_text(
        "index-data-1.js cannot be read: it lies beside this page"
    )


def test_words_of_a_file_of_data_are_never_markup(opened: Open, tmp_path: Path) -> None:
    lines = [_line(n, title="</script><img src=x onerror=alert(3)>") for n in range(3)]
    text = archive.chunk(0, lines, 300)
    (tmp_path / "index-data-0.js").write_text(text, "utf-8")

    page = opened(_page((), total=3, chunks=1))

    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("img")).to_have_count(0)


def test_nothing_else_can_be_loaded_or_run(opened: Open) -> None:
    page = opened(_page(), listening=False)

    refused = page.evaluate(
        """() => {
          const made = document.createElement("script");
          try { made.src = "https://example.org/x.js"; return "loaded"; }
          catch (error) { return error.name; }
        }"""
    )

    assert refused == "TypeError"
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("context", [{}, PHONE], ids=["wide", "phone"])
def test_the_index_passes_axe(
    opened: Open, scheme: str, context: dict[str, object]
) -> None:
    page = opened(_page(), color_scheme=scheme, listening=False, **context)
    expect(page.locator("#state")).to_have_text("4 articles")

    found = Axe().run(page)

    assert found.response["violations"] == []


def test_a_phone_needs_no_sideways_scrolling(opened: Open) -> None:
    long = _line(9, title="W" * 200, from_="x" * 60)
    page = opened(_page((*LINES, long)), **PHONE)
    expect(page.locator("#state")).to_have_text("5 articles")

    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")

    assert widths[0] <= widths[1]


def test_print_leaves_out_what_cannot_be_pressed(opened: Open) -> None:
    page = opened(_page())
    page.emulate_media(media="print")

    expect(page.get_by_role("form")).to_be_hidden()
    expect(page.locator("#articles")).to_be_visible()


def test_the_keyboard_reaches_the_filters_and_then_the_articles(opened: Open) -> None:
    page = opened(_page())
    expect(page.locator("#state")).to_have_text("4 articles")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the articles")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Boat 0")).to_be_focused()
