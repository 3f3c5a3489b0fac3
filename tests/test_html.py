"""The page as a file: whole, closed to the world, nothing of an article acting in it."""

import base64
import hashlib
from pathlib import Path

import pytest
from attacks import ATTACKS
from outline import Page
from paged import POST, at, whole

from schemas.briefing import Briefing, Withheld
from schemas.draft import PositionDraft
from summarizer.render import html
from summarizer.render.page import shell

GOLDEN = Path(__file__).parent / "data" / "page.txt"
HOSTILE = (
    "Kenya urged Chad </p></script><script>alert(1)</script> to free "
    '<img src=x onerror="alert(2)"> the crew. &lt;b&gt; {{ 7*7 }} {% raw %}\n'
    "\u202eReversed\u202c and \u2028 parted."
)


def _page(briefing: Briefing, *, quotes: bool = True) -> Page:
    return Page(html.render(briefing, quotes=quotes))


def _poisoned(words: str) -> Briefing:
    """Put *words* into every field of a briefing that is text."""
    data = whole().model_dump(mode="json")
    for item in [*data["requests"], *data["positions"], *data["casualties"]]:
        for name in ("what", "gist", "count_text", "who_text", "id", "quote"):
            if name in item:
                item[name] = words
        for name in ("by", "to", "holder", "source"):
            if item.get(name):
                item[name] = {"id": words, "name": words}
    for source in data["sources"]:
        source.update(title=words, publisher=words, uri=words, language=words)
        source["text"] = words
    data["bottom_line"] = words
    data["withheld"][0]["reason"] = words
    data["provenance"]["model"] = words
    return Briefing.model_validate(data)


def test_the_page_says_what_was_reviewed() -> None:
    outline = _page(whole()).outline()

    # After a change that is meant: look at the page, then write the file anew with
    # `python tests/test_html.py`.
    assert outline == GOLDEN.read_text(encoding="utf-8")


def test_the_policy_names_the_style_and_the_script_that_are_there() -> None:
    page = _page(whole())

    (policy,) = (
        meta["content"] or ""
        for meta in page.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest())
        assert f"{kind}-src 'sha256-{digest.decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy


def test_a_page_without_a_script_may_run_none() -> None:
    assert "script-src 'none'" in shell.policy("p {}", "")


def test_the_style_and_the_script_are_the_same_for_every_briefing() -> None:
    one, other = _page(whole()), _page(_poisoned(HOSTILE))

    assert one.raw == other.raw


@pytest.mark.parametrize("words", [HOSTILE, '" onload="x', *ATTACKS])
def test_words_of_an_article_become_no_tag_and_no_attribute(words: str) -> None:
    clean = {tag for tag, _ in _page(whole()).tags}
    page = _page(_poisoned(words))

    assert {tag for tag, _ in page.tags} <= clean | {"bdi"}
    assert len(page.all("script")) == 1
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert not (attributes.get("href") or "#").startswith("javascript")
        assert not {"src", "srcset", "action", "srcdoc"} & attributes.keys()


def test_only_an_address_of_the_web_is_a_link_out_of_the_page() -> None:
    links = [link["href"] or "" for link in _page(whole()).all("a")]

    assert {href for href in links if not href.startswith("#")} == {
        "https://example.org/s1",
        "https://example.org/s2",
    }


def test_every_link_inside_the_page_has_its_target() -> None:
    page = _page(whole())

    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    for link in page.all("a"):
        if (href := link["href"] or "").startswith("#"):
            assert href[1:] in names


def test_words_that_do_not_stand_at_their_place_are_named_and_not_linked() -> None:
    astray = at("Kenya urged Chad").model_copy(update={"start": 3})
    request = whole().requests[0].model_copy(update={"evidence": (astray,)})

    page = _page(whole(requests=(request,)))

    assert "(these words do not stand in the article)" in page.outline()
    (row,) = (li for li in page.all("li") if li.get("id") == "requests-1")
    assert row["data-places"] == ""


def test_quotes_can_be_left_out_of_the_page() -> None:
    assert _page(whole()).all("blockquote")
    assert not _page(whole(), quotes=False).all("blockquote")


def test_words_copied_for_a_withheld_item_are_found_in_the_article() -> None:
    draft = PositionDraft(
        holder="Sheep", act="deny", quote="Police had counted 31 dead"
    )
    made_up = draft.model_copy(update={"quote": "nobody said this"})
    withheld = tuple(
        Withheld(section="positions", item=one, source="s1", reason="r", check="c")
        for one in (draft, made_up)
    )

    page = _page(whole(withheld=withheld))

    places = {li["id"]: li["data-places"] for li in page.all("li") if li.get("id")}
    start = POST.index(draft.quote)
    assert places["withheld-1"] == f"words-1-{start}:{start + len(draft.quote)}"
    assert places["withheld-2"] == ""


def test_a_briefing_that_is_whole_shows_no_hole() -> None:
    briefing = whole()
    coverage = briefing.coverage.model_copy(update={"passages_failed": ()})

    assert "Incomplete" in _page(briefing).outline()
    assert "Incomplete" not in _page(whole(coverage=coverage, complete=True)).outline()


def test_one_source_needs_no_tabs() -> None:
    briefing = whole()
    one = whole(sources=briefing.sources[:1], positions=(), casualties=(), requests=())

    assert (
        len([b for b in _page(briefing).all("button") if b.get("role") == "tab"]) == 2
    )
    assert not [b for b in _page(one).all("button") if b.get("role") == "tab"]


if __name__ == "__main__":
    GOLDEN.write_text(_page(whole()).outline(), encoding="utf-8")
