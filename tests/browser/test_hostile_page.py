"""Articles that attack: the page shows their words and runs nothing."""

from collections.abc import Callable

from attacks import ATTACKS
from paged import at, whole
from playwright.sync_api import Page, expect

from schemas.briefing import Briefing
from summarizer.render import html

Open = Callable[..., Page]


def _attacked(attack: str) -> Briefing:
    text = f"Kenya urged Chad to free {attack} the crew.\n{attack}\nThe end."
    words = at(f"to free {attack} the", text)
    data = whole(text).model_dump(mode="json")
    for source in data["sources"]:
        source.update(title=attack, publisher=attack, uri=attack)
    data["bottom_line"] = attack
    data["requests"][0].update(id=attack, what=attack, evidence=[words.model_dump()])
    data["requests"][0]["by"] = {"id": attack, "name": attack}
    data["positions"] = data["casualties"] = data["actors"] = []
    data["withheld"][0]["reason"] = attack
    data["coverage"]["passages_failed"][0]["reason"] = attack
    data["provenance"]["endpoint"] = attack
    return Briefing.model_validate(data)


def test_nothing_of_an_article_runs(opened: Open) -> None:
    attack = " ".join(ATTACKS)
    page = opened(_attacked(attack))

    expect(page.locator("h1")).to_be_visible()
    page.locator("#requests-1 a.lead").click()
    marked = "".join(
        page.eval_on_selector_all(".words.on", "all => all.map(one => one.textContent)")
    )
    assert marked == f"to free {attack} the"
    # A long name in what is marked must not bury the page.
    expect(page.locator(".bar")).to_be_visible()
    assert page.locator(".bar").evaluate("one => one.offsetHeight") < 150
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Search").fill(attack)
    page.keyboard.press("Enter")
    page.locator(".source:not([hidden]) .facts").click()
    assert page.locator("script").count() == 1
    assert page.url.startswith("file:")


def test_the_browser_would_refuse_what_an_escape_had_missed(opened: Open) -> None:
    smuggled = (
        "<script>window.hacked = 1</script><style>main { display: none }</style>"
        "<img src='https://evil.example/x.png' onerror='window.hacked = 2'>"
        "<p id='styled' style='display: none'>shown</p><script src='data:,x'></script>"
    )
    page = opened(
        html.render(whole()).replace("<main>", f"{smuggled}<main>"), listening=False
    )

    assert page.evaluate("window.hacked ?? null") is None
    expect(page.locator("main")).to_be_visible()
    expect(page.locator("#styled")).to_be_visible()
    assert page.url.startswith("file:")


def test_words_in_other_scripts_run_in_their_own_direction(opened: Open) -> None:
    text = "حثت كينيا تشاد على إطلاق سراح الطاقم.\nKenya urged Chad to free the crew."
    page = opened(whole(text))

    directions = page.eval_on_selector_all(
        "#source-1 .text p", "all => all.map(one => getComputedStyle(one).direction)"
    )

    assert directions == ["rtl", "ltr"]


def test_marks_that_reorder_words_are_shown_and_have_no_effect(opened: Open) -> None:
    page = opened(whole("The total is \u202e321\u202c dead."))

    left = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(
            document.querySelector("#source-1 .text"), NodeFilter.SHOW_TEXT);
          let node;
          while ((node = walker.nextNode())) if (node.data.includes("321")) break;
          return [0, 2].map((at) => {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().left;
          });
        }"""
    )

    assert left[0] < left[1]
    expect(page.locator("bdi.inert")).to_have_count(2)
