"""A briefing of several articles in every form, checked again, compared, and from the
command line. All articles, people, places and outlets are invented.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from endpoint import completion, serving
from outline import Page
from several import HERALD, LIBRARY, MONDAY, POST, TUESDAY, article, ferry, together
from test_several_copies import WIRE
from typer.testing import CliRunner

from schemas.briefing import Briefing
from summarizer.changes import compare
from summarizer.cli import app
from summarizer.render import html, markdown, slack, terminal
from summarizer.render.slack.briefing import footer
from summarizer.verification import verify

RUNNER = CliRunner()


def _checks(briefing: Briefing) -> set[str]:
    return {f.check for f in verify(briefing).findings}


@cache
def _copied() -> Briefing:
    return together(
        article("s1", WIRE, "Varos Post", MONDAY),
        article("s2", f"{WIRE} The bell is green.", "Selm Herald", TUESDAY),
        article("s3", HERALD, "Tarn Courier", TUESDAY),
    )


@pytest.mark.parametrize("render", [terminal.render, markdown.render, html.render])
def test_the_source_of_each_quote_is_named(render: object) -> None:
    assert callable(render)
    shown = re.sub(r"<[^>]*>|\s+", " ", render(ferry()))

    for quote, outlet in (
        ("Mayor Ana Ruiz urged Kenya to send divers.", "Varos Post"),
        ("Mayor Ruiz urged Kenya to send divers.", "Selm Herald"),
    ):
        rest = shown.split(quote)[1:]
        assert any(outlet in after[:30] for after in rest), shown


def test_slack_names_the_source_of_a_quote_that_has_no_address() -> None:
    shown = json.dumps(slack.messages(ferry()), ensure_ascii=False)

    quote = "Mayor Ruiz urged Kenya to send divers. "
    assert "(Selm Herald)" in shown.split(quote)[1][:80]
    assert "2 sources · status open" in shown


def test_slack_says_in_the_small_print_which_source_is_a_copy() -> None:
    shown = footer(_copied())

    assert "3 sources, Selm Herald a copy of Varos Post" in shown


@pytest.mark.parametrize("render", [terminal.render, markdown.render, html.render])
def test_an_item_says_how_many_sources_state_it(render: object) -> None:
    assert callable(render)

    assert "2 sources · " in render(ferry())
    assert "2 sources and a copy · " in render(_copied())


def test_the_footer_lists_the_sources_and_which_is_a_copy() -> None:
    shown = terminal.render(_copied(), width=120)

    assert "s1: standard input · Varos Post · 2025-03-03." in shown
    assert "· Selm Herald · 2025-03-04; for the most part a copy of s1." in shown


def test_each_source_has_a_tab_and_a_copy_says_of_what() -> None:
    page = html.render(_copied())

    assert [b["id"] for b in Page(page).all("button") if b.get("role") == "tab"] == [
        "tab-source-1", "tab-source-2", "tab-source-3",
    ]  # fmt: skip
    assert "Selm Herald · 2025-03-04 · for the most part a copy of Varos Post" in page


def test_a_line_of_the_short_form_ends_with_its_sources() -> None:
    shown = terminal.render(ferry(), width=60, quotes=False)

    (line,) = [line for line in shown.splitlines() if line.startswith("asks")]
    assert line.endswith(" (s1, s2)")
    assert max(map(len, shown.splitlines())) <= 100


def test_what_is_not_covered_says_of_which_source() -> None:
    shown = terminal.render(ferry(), width=200)

    assert "ignoring warnings about the engine. (s1 Varos Post)" in shown


def test_one_source_says_nothing_of_sources() -> None:
    shown = terminal.render(together(POST))

    assert "(s1" not in shown
    assert "1 source" not in shown


def test_a_merged_briefing_holds_after_it_was_saved() -> None:
    saved = Briefing.model_validate_json(ferry().model_dump_json())

    report = verify(saved)

    assert report.findings == ()
    assert report.checked > 10


@pytest.mark.parametrize(
    "texts",
    [
        (POST, HERALD, LIBRARY),
        (WIRE, f"{WIRE} The bell is green.", HERALD),
        ("The Kenyan government urged Chad to go.", "Nairobi urged Chad to go."),
        (
            "Chad said the rebels burned the Lind Bridge of Tarsis.",
            "The rebels denied burning the Lind Bridge of Tarsis.",
        ),
    ],
)
def test_merged_briefings_hold(texts: tuple[str, ...]) -> None:
    assert verify(together(*texts)).findings == ()


def test_evidence_of_another_source_that_does_not_state_it_is_found() -> None:
    made = ferry()
    (request,) = made.requests
    other = made.positions[-1].evidence[0]
    assert other.source == "s2"
    padded = request.model_copy(update={"evidence": (request.evidence[0], other)})

    findings = verify(made.model_copy(update={"requests": (padded,)})).findings

    assert [f.reason for f in findings if f.item == "r1"] == [
        "the cited words of s2 do not state it"
    ]


def test_a_toll_that_cites_another_number_is_found() -> None:
    made = ferry()
    one, two = made.casualties
    both = one.model_copy(
        update={"evidence": (*one.evidence, *two.evidence), "corroboration": 2}
    )

    assert "corroboration" in _checks(
        made.model_copy(update={"casualties": (both, two)})
    )


def test_a_wrong_count_of_sources_is_found() -> None:
    made = ferry()
    (request,) = made.requests
    wrong = request.model_copy(update={"corroboration": 3})

    assert "corroboration" in _checks(made.model_copy(update={"requests": (wrong,)}))


def test_a_real_quote_of_another_source_is_found_to_stand_elsewhere() -> None:
    made = ferry()
    (request,) = made.requests
    moved = request.evidence[1].model_copy(update={"source": "s1"})
    wrong = request.model_copy(update={"evidence": (request.evidence[0], moved)})

    findings = verify(made.model_copy(update={"requests": (wrong,)})).findings

    assert [f.verdict for f in findings if f.item == "r1"] == ["elsewhere"]


def test_an_older_figure_that_is_not_older_is_found() -> None:
    road = "Otto Brandt of the Lind council closed the road to Tarsis."
    made = together(
        article("s1", f"The fire service said 12 people were killed in the Tarsis fire. {road}", "Post", MONDAY),
        article("s2", f"The fire service said 19 people were killed in the Tarsis fire. {road}", "Post", TUESDAY),
    )  # fmt: skip
    days = (TUESDAY, MONDAY)
    swapped = tuple(
        s.model_copy(update={"published": day})
        for s, day in zip(made.sources, days, strict=True)
    )

    assert "superseded" in _checks(made.model_copy(update={"sources": swapped}))


def test_a_merged_briefing_has_not_changed_from_itself() -> None:
    assert compare(ferry(), ferry()).changes == ()


def test_a_second_article_shows_as_what_it_adds() -> None:
    changes = compare(together(article("s1", POST, "Varos Post", MONDAY)), ferry())

    assert {c.kind for c in changes.changes} <= {"new", "answered"}
    assert any("60" in str(c.new) for c in changes.changes)


def test_the_command_merges_its_inputs_and_the_result_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented-1234567890")
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    Path("post.txt").write_text(POST, encoding="utf-8")
    Path("herald.txt").write_text(HERALD, encoding="utf-8")
    with serving(completion()) as endpoint:
        made = RUNNER.invoke(
            app,
            [
                "brief", "post.txt", "herald.txt", "--format", "json", "-o", "both.json",
                "--base-url", endpoint.url, "--model", "m",
            ],
        )  # fmt: skip
    held = RUNNER.invoke(app, ["verify", "both.json"])

    assert (made.exit_code, held.exit_code) == (0, 0), made.stderr + held.stdout
    briefing = Briefing.model_validate_json(Path("both.json").read_text("utf-8"))
    assert [r.corroboration for r in briefing.requests] == [2]
    assert any(q.kind == "conflicting" for q in briefing.open_questions)
