"""`summarizer post` and `summarizer brief --post` as a user meets them."""

import json
import os
from pathlib import Path

import pytest
from briefings import made
from endpoint import completion
from endpoint import serving as model
from slack_server import PATH, Reply, serving
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.cli import app

MARKET = Path(__file__).parent / "articles" / "market.txt"
RUNNER = CliRunner()
SECRET = "s3cr3tInvented"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SUMMARIZER_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("summarizer.delivery.delivering.PAUSE_S", 0.0)


@pytest.fixture
def story(tmp_path: Path) -> str:
    file = tmp_path / "story.json"
    file.write_text(made().model_dump_json(), encoding="utf-8")
    return str(file)


def _post(story: str, *more: str, url: str | None = None) -> Result:
    env = {"SLACK_WEBHOOK_URL": url}
    return RUNNER.invoke(app, ["post", story, *more], env=env)


def test_a_saved_briefing_is_posted_once(story: str) -> None:
    with serving() as slack:
        first = _post(story, url=slack.url)
        second = _post(story, url=slack.url)

    assert (first.exit_code, first.stderr) == (0, "posted 1 message\n")
    assert second.exit_code == 0
    assert "nothing posted: this was posted before (1 message)" in second.stderr
    assert first.stdout == second.stdout == ""
    assert len(slack.posted) == 1


def test_force_posts_it_again(story: str) -> None:
    with serving() as slack:
        _post(story, url=slack.url)
        result = _post(story, "--force", url=slack.url)

    assert result.stderr == "posted 1 message\n"
    assert len(slack.posted) == 2


def test_a_dry_run_prints_the_messages_and_needs_no_webhook(story: str) -> None:
    result = _post(story, "--dry-run")

    assert result.exit_code == 0
    messages = json.loads(result.stdout)
    assert [block["type"] for block in messages[0]["blocks"]][:2] == [
        "header",
        "rich_text",
    ]


def test_the_webhook_can_stand_in_a_file(story: str, tmp_path: Path) -> None:
    file = tmp_path / "webhook"
    with serving() as slack:
        file.write_text(f"{slack.url}\n", encoding="utf-8")
        result = _post(story, "--webhook-url-file", str(file))

    assert result.exit_code == 0
    assert len(slack.posted) == 1


def test_without_a_webhook_it_says_how_to_give_one(story: str) -> None:
    result = _post(story)

    assert result.exit_code == 4
    assert result.stderr == (
        "error: no webhook to post to: set SLACK_WEBHOOK_URL or pass "
        "--webhook-url-file FILE\n"
    )


def test_a_wrong_webhook_is_not_shown(story: str) -> None:
    result = _post(story, url=f"https://example.org{PATH}")

    assert result.exit_code == 4
    assert "is not on hooks.slack.com" in result.stderr
    assert SECRET not in result.output


def test_a_refusal_has_an_exit_code_of_its_own(story: str) -> None:
    with serving(Reply(410, "channel_is_archived")) as slack:
        result = _post(story, url=slack.url)

    assert result.exit_code == 11
    assert result.stderr.startswith("error: the channel is archived: restore it")
    assert SECRET not in result.output


def test_what_is_no_briefing_is_not_posted(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"a": 1}', encoding="utf-8")
    with serving() as slack:
        result = _post(str(file), url=slack.url)

    assert result.exit_code == 3
    assert "is no briefing" in result.stderr
    assert slack.requests == []


def test_who_looked_into_the_channel_can_go_on(story: str) -> None:
    with serving(Reply(drops=True)) as slack:
        first = _post(story, url=slack.url)
        again = _post(story, "--from", "2", url=slack.url)

    assert first.exit_code == 11
    assert "pass --from 1 if it is not there, or --from 2 if it is" in first.stderr
    assert again.exit_code == 0
    assert len(slack.posted) == 1


def test_a_run_that_goes_on_says_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    file.write_text(made((12, 0, 0, 0, 0)).model_dump_json(), encoding="utf-8")
    with serving(Reply(), Reply(404, "no_service")) as slack:
        _post(str(file), url=slack.url)
        result = _post(str(file), url=slack.url)

    assert result.stderr == "posted 1 of 2 messages; the others were there\n"


def test_the_ledger_is_kept_in_the_users_state_directory(
    story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUMMARIZER_STATE_DIR")
    monkeypatch.setattr("platformdirs.user_state_path", lambda name: tmp_path / name)
    with serving() as slack:
        _post(story, url=slack.url)

    assert len([*tmp_path.glob("grounded-briefing/deliveries/*.json")]) == 1


def test_ctrl_c_is_one_line(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("summarizer.posting.deliver", pressed)
    result = _post(story, url=f"http://127.0.0.1:1{PATH}")

    assert result.exit_code == 130
    assert result.stderr == (
        "error: interrupted; the same command goes on where it can\n"
    )


def _brief(url: str, webhook: str | None, *more: str) -> Result:
    env = {"SLACK_WEBHOOK_URL": webhook, "SUMMARIZER_STRATEGY": "focused"}
    return RUNNER.invoke(
        app,
        ["brief", str(MARKET), "--base-url", url, "--model", "m", "--post", *more],
        env=env,
    )


def test_a_new_briefing_is_printed_and_posted() -> None:
    with model(completion()) as endpoint, serving() as slack:
        result = _brief(endpoint.url, slack.url, "--format", "json")

    assert result.exit_code == 0
    assert Briefing.model_validate_json(result.stdout).complete
    assert len(slack.posted) >= 1


def test_a_briefing_that_cannot_be_posted_is_printed_all_the_same() -> None:
    with model(completion()) as endpoint, serving(Reply(404, "no_service")) as slack:
        result = _brief(endpoint.url, slack.url, "--format", "json")

    assert result.exit_code == 11
    assert Briefing.model_validate_json(result.stdout).complete
    assert "error: this webhook was switched off" in result.stderr


def test_a_missing_webhook_is_found_before_the_model_is_asked() -> None:
    with model(completion()) as endpoint:
        result = _brief(endpoint.url, None)

    assert result.exit_code == 4
    assert endpoint.seen == []


@pytest.mark.parametrize("option", [["--force"], ["--webhook-url-file", "x"]])
def test_an_option_of_posting_without_posting_is_wrong_usage(option: list[str]) -> None:
    result = RUNNER.invoke(app, ["brief", str(MARKET), *option])

    assert result.exit_code == 2
    assert "go with --post" in result.stderr
