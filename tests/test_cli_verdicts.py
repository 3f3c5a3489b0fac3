"""The command line with verdicts: what is left out or cut, and schemas old and new."""

import json
from pathlib import Path

import pytest
from doubted import doubted
from endpoint import completion
from endpoint import serving as model
from slack_server import serving as slack_serving
from typer.testing import CliRunner, Result

from schemas.briefing import SCHEMA_VERSION, Briefing
from summarizer.cli import app
from summarizer.render import json as as_json

DATA = Path(__file__).parent / "data"
MARKET = str(Path(__file__).parent / "articles" / "market.txt")
OLD = str(DATA / "briefing-1.0.json")
NEXT = str(DATA / "briefing-1.0-next.json")


@pytest.fixture
def story(tmp_path: Path) -> str:
    file = tmp_path / "story.json"
    file.write_text(as_json.render(doubted()), encoding="utf-8")
    return str(file)


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARIZER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("summarizer.delivery.delivering.PAUSE_S", 0.0)


def _run(*arguments: str) -> Result:
    environ = {"COLUMNS": "100", "NO_COLOR": "1", "SLACK_WEBHOOK_URL": ""}
    return CliRunner().invoke(app, list(arguments), env=environ)


# Supported items only.


@pytest.mark.parametrize("form", ["terminal", "markdown", "html", "slack"])
def test_render_leaves_out_what_is_unconfirmed_and_says_so(
    story: str, form: str
) -> None:
    result = _run("render", story, "--supported-only", "--format", form)

    assert result.exit_code == 0
    assert "two people who may be the speaker" not in result.stdout
    assert "upported items only: 3 unconfirmed items left out" in result.stdout


def test_json_stays_a_briefing_and_the_line_goes_to_standard_error(story: str) -> None:
    result = _run("render", story, "--supported-only", "--format", "json")

    read = Briefing.model_validate_json(result.stdout)
    assert [p.id for p in read.positions] == ["p2"]
    assert result.stderr.splitlines() == [
        "Supported items only: 3 unconfirmed items left out."
    ]


def test_post_leaves_out_what_is_unconfirmed_and_says_so(story: str) -> None:
    result = _run("post", story, "--dry-run", "--supported-only")

    assert "We will not bend" not in result.stdout
    assert "3 unconfirmed items left out" in result.stdout


def test_post_marks_what_is_unconfirmed(story: str) -> None:
    assert "Unconfirmed: " in _run("post", story, "--dry-run").stdout


def test_changes_are_posted_without_the_unconfirmed_ones(
    story: str, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(
        as_json.render(doubted(positions=(), developments=())), encoding="utf-8"
    )

    result = _run(
        "post", story, "--since", str(earlier), "--dry-run", "--supported-only"
    )

    assert "refused to free the crew" in result.stdout
    assert "We will not bend" not in result.stdout
    assert "2 changes of unconfirmed items left out" in result.stdout


# The weightiest items.


def test_render_cuts_each_section_and_counts_the_rest(story: str) -> None:
    result = _run("render", story, "--top", "1", "--no-quotes")

    assert "p2 Chad, refuse" in result.stdout
    assert "p1" not in result.stdout
    assert "and 1 more (1 unconfirmed)" in result.stdout
    assert result.stdout.count("killed:") == 3


def test_json_is_never_cut(story: str) -> None:
    cut = _run("render", story, "--top", "1", "--format", "json")

    assert Briefing.model_validate_json(cut.stdout) == doubted()


def test_no_item_at_all_is_wrong_usage(story: str) -> None:
    assert _run("render", story, "--top", "0").exit_code == 2


# Schemas old and new.


def test_a_briefing_of_schema_1_0_is_rendered() -> None:
    result = _run("render", OLD)

    assert result.exit_code == 0
    assert "Positions (6)" in result.stdout
    assert "unconfirmed" not in result.stdout


def test_briefings_of_schema_1_0_are_compared() -> None:
    result = _run("diff", OLD, NEXT, "--no-quotes")

    assert result.exit_code == 0
    assert "toll revised" in result.stdout


def test_a_briefing_of_schema_1_0_is_compared_with_a_new_one(story: str) -> None:
    result = _run("diff", OLD, story)

    assert result.exit_code == 0
    assert "The older briefing is of schema 1.0" in result.stdout


def test_a_briefing_of_schema_1_0_is_posted() -> None:
    result = _run("post", OLD, "--dry-run")

    assert result.exit_code == 0
    assert "Positions (6)" in result.stdout


def _newer(tmp_path: Path, **more: object) -> str:
    data = json.loads(as_json.render(doubted()))
    data["provenance"]["schema_version"] = "1.10"
    file = tmp_path / "newer.json"
    file.write_text(json.dumps({**data, **more}), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("more", [{}, {"mood": "sombre"}], ids=["known", "unknown"])
@pytest.mark.parametrize("command", ["render", "verify", "post"])
def test_a_newer_schema_is_refused_in_one_sentence(
    tmp_path: Path, command: str, more: dict[str, object]
) -> None:
    file = _newer(tmp_path, **more)

    result = _run(command, file)

    assert result.exit_code == 3
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line == (
        f"error: {file!r} is a briefing of schema 1.10, and this program reads up to "
        f"{SCHEMA_VERSION}: install a newer grounded-briefing, or make the briefing "
        "anew with this one"
    )


def test_a_newer_schema_is_refused_by_diff(tmp_path: Path) -> None:
    result = _run("diff", OLD, _newer(tmp_path))

    assert result.exit_code == 3
    assert "schema 1.10" in result.stderr


@pytest.mark.parametrize("version", [None, 7, "banana", "1.x"])
def test_a_schema_that_is_no_version_says_what_is_wrong_with_the_file(
    tmp_path: Path, version: object
) -> None:
    file = Path(_newer(tmp_path, mood="sombre"))
    data = json.loads(file.read_text(encoding="utf-8"))
    data["provenance"]["schema_version"] = version
    file.write_text(json.dumps(data), encoding="utf-8")

    result = _run("render", str(file))

    assert result.exit_code == 3
    assert "is no briefing" in result.stderr


# A new briefing.


def _brief(*more: str, webhook: str = "") -> Result:
    environ = {
        "SLACK_WEBHOOK_URL": webhook,
        "SUMMARIZER_STRATEGY": "focused",
        "OPENAI_API_KEY": "k",
        "NO_COLOR": "1",
    }
    with model(completion()) as endpoint:
        address = ["--base-url", endpoint.url, "--model", "m"]
        return CliRunner().invoke(app, ["brief", MARKET, *address, *more], env=environ)


def test_brief_prints_supported_items_only() -> None:
    result = _brief("--supported-only")

    assert result.exit_code == 0
    assert "Supported items only: " in result.stdout


def test_brief_cuts_its_sections() -> None:
    result = _brief("--top", "1", "--no-quotes")

    assert result.exit_code == 0
    assert " more" in result.stdout


def test_brief_posts_supported_items_only() -> None:
    with slack_serving() as slack:
        result = _brief("--supported-only", "--post", webhook=slack.url)

    assert result.exit_code == 0
    assert any("upported items only" in str(body) for body in slack.posted)
