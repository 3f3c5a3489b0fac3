"""What changed, as a page and in Slack: both quotes, every limit, nothing that acts."""

import json
from pathlib import Path
from typing import Any

import pytest
from attacks import ATTACKS
from day import SAVED, briefing, position, request, saved_days
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outline import Page
from slack_server import message_fault, serving
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.changes import Changes, compare
from summarizer.cli import app
from summarizer.posting import content_hash, payloads, post
from summarizer.render import slack
from summarizer.render.changes import html as diff_html
from summarizer.render.changes import slack as diff_slack
from summarizer.render.changes import wording as diff_wording

RUNNER = CliRunner()
OLD, NEW = map(str, SAVED)


def _page(old: Briefing, new: Briefing, *, quotes: bool = True) -> Page:
    return Page(diff_html.render(compare(old, new), old, new, quotes=quotes))


def _poisoned(words: str) -> tuple[Briefing, Briefing]:
    """Put *words* into the texts of both days, so that every change shows them."""
    found = []
    for number, day in enumerate(saved_days()):
        data = day.model_dump(mode="json")
        for item in [*data["requests"], *data["positions"], *data["casualties"]]:
            for name in ("what", "gist", "who_text"):
                if item.get(name):
                    item[name] = f"{item[name]} {words}"
            for name in ("holder", "by", "source"):
                if item.get(name):
                    item[name]["name"] = f"{words} {item[name]['name']}"
            for evidence in item["evidence"]:
                evidence["exact"] = f"{words} {number} {evidence['exact']}"
        data["sources"][0].update(title=words, uri=words, publisher=words)
        found.append(Briefing.model_validate(data))
    return found[0], found[1]


# -- the page ------------------------------------------------------------------------


def test_the_page_shows_the_words_of_both_days() -> None:
    outline = _page(*saved_days()).outline()

    for change in compare(*saved_days()).changes:
        for quote in (*change.old_quotes, *change.new_quotes):
            plain = "".join(quote.exact.split())
            assert plain in "".join(outline.replace("*", "").split())


def test_what_differs_between_two_quotes_is_marked_in_both() -> None:
    one = "Ruiz backed the dam on Monday."
    two = "Ruiz attacked the dam on Friday."

    pieces = diff_html.compared(one, two)

    assert "".join(p.text for p in pieces) == one
    assert [p.text for p in pieces if p.differs] == ["backed", "Monday."]


def test_two_quotes_without_a_common_word_are_not_marked_at_all() -> None:
    assert [p.differs for p in diff_html.compared("one two", "three")] == [False]


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_marked_quote_is_still_the_quote(one: str, two: str) -> None:
    one = " ".join(one.split())

    assert "".join(p.text for p in diff_html.compared(one, two)) == one


def test_quotes_can_be_left_out_of_the_page() -> None:
    page = _page(*saved_days(), quotes=False)

    assert page.all("blockquote") == []
    assert page.all("article")


def test_the_page_may_run_nothing_and_ask_for_nothing() -> None:
    page = _page(*saved_days())

    (policy,) = (
        meta["content"] or ""
        for meta in page.all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; script-src 'none'; ")
    assert "unsafe" not in policy
    assert page.all("script") == []


@pytest.mark.parametrize("words", ATTACKS)
def test_words_of_an_article_become_no_tag_and_no_attribute(words: str) -> None:
    clean = {tag for tag, _ in _page(*saved_days()).tags}
    page = _page(*_poisoned(words))

    assert {tag for tag, _ in page.tags} <= clean | {"mark"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert not (attributes.get("href") or "#").startswith("javascript")
        assert not {"src", "srcset", "action", "srcdoc"} & attributes.keys()


def test_a_quote_leads_to_its_words_on_the_web() -> None:
    old, new = saved_days()
    source = new.sources[0].model_copy(update={"uri": "https://example.org/dam"})
    page = _page(old, new.model_copy(update={"sources": (source,)}))

    links = [link["href"] or "" for link in page.all("a")]
    assert "https://example.org/dam" in links
    assert any(link.startswith("https://example.org/dam#:~:text=") for link in links)


def test_a_page_of_no_change_says_so() -> None:
    old, _ = saved_days()

    assert "Nothing changed." in _page(old, old).outline()


# -- Slack ---------------------------------------------------------------------------


def _runs(messages: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") in {"text", "link"}:
                found.append(value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner)

    walk(messages)
    return found


def _shown(changes: Changes, old: Briefing, new: Briefing) -> str:
    return "".join(r["text"] for r in _runs(diff_slack.messages(changes, old, new)))


def test_messages_show_both_figures_and_both_quotes_of_a_toll() -> None:
    old, new = saved_days()

    shown = _shown(compare(old, new), old, new)

    assert "At least 12 people [≥ 12, Health Ministry] → At least 19 people" in shown
    assert "then: At least 12 people were killed when the Sava dam" in shown
    assert "now: At least 19 people were killed when the Sava dam" in shown


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.sampled_from(["<!channel>", "<@U0123>", "x" * 3000, "🔥" * 900, *ATTACKS]))
def test_messages_are_within_every_limit_whatever_the_words(words: str) -> None:
    old, new = _poisoned(words)

    for message in diff_slack.messages(compare(old, new), old, new):
        assert message_fault(json.loads(json.dumps(message))) is None


def test_every_change_stands_in_the_messages_once() -> None:
    old, new = saved_days()
    changes = compare(old, new)

    runs = _runs(diff_slack.messages(changes, old, new))

    ids = [r["text"] for r in runs if r.get("style", {}).get("code")]
    assert ids == [change.item.id for change in changes.changes]


def test_no_change_is_no_message() -> None:
    old, _ = saved_days()

    assert payloads(old, old) == ()


def test_only_what_changed_is_posted_and_once(tmp_path: Path) -> None:
    old, new = saved_days()
    with serving() as server:
        first, second = (
            post(
                new,
                webhook_url=server.url,
                since=old,
                state_dir=tmp_path,
                sleep=lambda _: None,
            )
            for _ in range(2)
        )

    assert first.posted == first.messages == len(server.posted) > 0
    assert second.posted == 0
    assert server.posted == [json.loads(body) for body in payloads(new, old)]
    assert all("Changed" in message["text"] for message in server.posted)


def test_a_briefing_and_its_changes_are_different_posts() -> None:
    old, new = saved_days()

    assert len({content_hash(new), content_hash(new, old), content_hash(new, new)}) == 3


# -- the command ---------------------------------------------------------------------


def _run(*arguments: str, **environ: str) -> Result:
    return RUNNER.invoke(app, list(arguments), env=environ)


def test_post_since_posts_the_changes(tmp_path: Path) -> None:
    with serving() as server:
        result = _run(
            "post", NEW, "--since", OLD,
            SLACK_WEBHOOK_URL=server.url, SUMMARIZER_STATE_DIR=str(tmp_path),
        )  # fmt: skip

    assert (result.exit_code, result.stdout) == (0, "")
    assert f"posted {len(server.posted)} message" in result.stderr


def test_post_since_an_equal_briefing_posts_nothing_and_says_so(
    tmp_path: Path,
) -> None:
    with serving() as server:
        result = _run(
            "post", NEW, "--since", NEW,
            SLACK_WEBHOOK_URL=server.url, SUMMARIZER_STATE_DIR=str(tmp_path),
        )  # fmt: skip

    assert result.exit_code == 0
    assert "nothing posted: nothing changed" in result.stderr
    assert server.requests == []


def test_a_dry_run_prints_the_changes_as_one_array() -> None:
    result = _run("post", NEW, "--since", OLD, "--dry-run")
    printed = _run("diff", OLD, NEW, "--format", "slack")

    old, new = saved_days()
    assert json.loads(result.stdout) == list(
        diff_slack.messages(compare(old, new), old, new)
    )
    assert printed.stdout == result.stdout


def test_render_writes_what_slack_would_be_sent() -> None:
    result = _run("render", OLD, "--format", "slack")

    assert result.stdout == slack.render(saved_days()[0])


def test_diff_writes_a_page(tmp_path: Path) -> None:
    target = tmp_path / "changes.html"

    result = _run("diff", OLD, NEW, "--format", "html", "-o", str(target))

    assert result.exit_code == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_a_request_that_is_answered_is_cited_once_and_its_answer_as_now() -> None:
    asked = request("Chad", "free the crew", "Mali")
    refuses = position("Mali", "refuse", "refused to free the crew", answers=("r1",))

    (change,) = [
        one
        for one in compare(briefing(asked), briefing(asked, refuses)).changes
        if one.kind == "answered"
    ]

    assert [(one.side, one.evidence.exact) for one in diff_wording.quotes(change)] == [
        ("old", "Chad asked Mali to free the crew."),
        ("new", "Mali: refused to free the crew."),
    ]


@pytest.mark.parametrize(
    ("act", "gist", "said"),
    [
        ("assert", "the road is open", "says: the road is open"),
        ("deny", "denied the report", "denied the report"),
        ("refuse", "declined to comment", "declined to comment"),
        ("deny", "the road is closed", "denies: the road is closed"),
        ("accuse", "they sold the boats", "accuses: they sold the boats"),
    ],
)
def test_what_a_party_says_is_told_in_plain_words(
    act: str, gist: str, said: str
) -> None:
    (change,) = compare(briefing(), briefing(position("Mali", act, gist))).changes

    assert diff_wording.what(change) == said
