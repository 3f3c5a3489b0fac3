"""`summarizer watch` as its user meets it: real programs, a real press on this machine."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import slack_server
import watching
from typer.testing import CliRunner, Result
from website import serving

from summarizer.cli import app
from summarizer.watch.state import State

RUNNER = CliRunner()
ENVIRON = {"SLACK_WEBHOOK_URL": ""}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which a watch did one round: one article, one post."""
    folder = tmp_path_factory.mktemp("watch")
    with _press() as root, slack_server.serving() as slack:
        _file(folder, root)
        ENVIRON["SLACK_WEBHOOK_URL"] = slack.url
        result = _once(folder, "--log", "json", "--metrics", str(folder / "watch.prom"))
        assert result.exit_code == 0, result.stderr
        (folder / "log").write_text(result.stderr, "utf-8")
        assert len(slack.posted) == 1
        yield folder


@contextmanager
def _press() -> Iterator[str]:
    press = watching.Press()
    with serving(press.answer) as site:
        press.page("/a", "Ferry workers ask port for talks", watching.story("ferries"))
        press.feed("/feed", [watching.item("a", f"{site.root}/a")])
        yield site.root


def _file(folder: Path, root: str, more: str = "") -> None:
    text = (
        'contact = "desk@example.org"\ntimezone = "UTC"\n[[source]]\nname = "post"\n'
        f'place = "{root}/feed"\nbackfill = 1\n[[channel]]\nname = "desk"\n'
        'webhook_env = "SLACK_WEBHOOK_URL"\n[[rule]]\nname = "all"\nchannel = "desk"\n'
    )
    (folder / "watch.toml").write_text(text + more, "utf-8")


def _arguments(folder: Path) -> list[str]:
    return [
        "watch", "--config", str(folder / "watch.toml"), "--state",
        str(folder / "state"), "--no-model", "--allow-private",
    ]  # fmt: skip


def _once(folder: Path, *more: str) -> Result:
    return RUNNER.invoke(app, [*_arguments(folder), "--once", *more], env=ENVIRON)


def _look(folder: Path, command: str, *more: str) -> Result:
    state = ["--state", str(folder / "state")]
    return RUNNER.invoke(app, ["watch", command, *more, *state], env=ENVIRON)


def test_check_says_what_is_followed_and_told(place: Path) -> None:
    config = str(place / "watch.toml")
    result = RUNNER.invoke(app, ["watch", "check", "--config", config], env=ENVIRON)
    assert result.exit_code == 0
    assert "post: feed http://127.0.0.1:" in result.stdout
    assert "rule all: to desk, as it happens" in result.stdout


def test_a_fault_of_the_file_names_its_line_and_key(tmp_path: Path) -> None:
    _file(tmp_path, "https://post.example", "at_mots = 3\n")
    config = str(tmp_path / "watch.toml")
    result = RUNNER.invoke(app, ["watch", "check", "--config", config], env=ENVIRON)
    assert result.exit_code != 0
    assert "at_mots" in result.stderr
    assert re.search(r"\b1[0-4]\b", result.stderr)
    assert "Traceback" not in result.stderr


def test_each_line_of_the_log_is_json_without_the_webhook(place: Path) -> None:
    text = (place / "log").read_text("utf-8")
    events = [json.loads(line)["event"] for line in text.splitlines()]
    assert events[0] == events[-1] == "state"
    assert {"polled", "story", "edition", "told", "sent"} <= set(events)
    assert "s3cr3t" not in text


def test_figures_are_text_that_prometheus_reads(place: Path) -> None:
    text = (place / "watch.prom").read_text("utf-8")
    sample = re.compile(r'grounded_briefing_watch_\w+(\{state="\w+"\})? \d+(\.\d+)?')
    described = re.compile(r"# (HELP \w+ .+|TYPE \w+ (gauge|counter))")
    for line in text.splitlines():
        assert sample.fullmatch(line) or described.fullmatch(line), line
    assert 'posts_total{state="posted"} 1' in text


def test_figures_show_a_source_that_fails_though_nothing_is_briefed(
    tmp_path: Path,
) -> None:
    _file(tmp_path, "http://127.0.0.1:9")
    environ = {"SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/x"}
    state = str(tmp_path / "state")
    figures = tmp_path / "watch.prom"
    RUNNER.invoke(
        app,
        [*_arguments(tmp_path), "--once", "--metrics", str(figures)],
        env=environ,
    )
    assert "watch_sources_failing 1" in figures.read_text("utf-8")
    found = RUNNER.invoke(app, ["watch", "status", "--state", state]).stdout
    assert "1 sources, 1 failing" in found


def test_figures_that_cannot_be_written_do_not_end_the_watch(place: Path) -> None:
    result = _once(place, "--metrics", str(place / "nowhere" / "watch.prom"))
    assert result.exit_code == 0
    assert "cannot write" in result.stderr


def test_stories_are_listed_and_one_with_its_articles(place: Path) -> None:
    assert _look(place, "stories").stdout.startswith("st1 ")
    assert "article 1 (post)" in _look(place, "stories", "st1").stdout
    assert "there is no story 'st9'" in _look(place, "stories", "st9").stderr


def test_a_mark_of_a_post_is_explained(place: Path) -> None:
    rows = State(place / "state")
    (item,) = rows.rows.execute("SELECT item FROM decisions LIMIT 1").fetchone()
    rows.close()
    result = RUNNER.invoke(
        app, [*_arguments(place), "--explain", f"st1.1.{item}"], env=ENVIRON
    )
    assert "rule all: told in post 1, posted" in result.stdout


def test_a_post_that_waits_for_nobody_cannot_be_settled(place: Path) -> None:
    result = _look(place, "settle", "1", "--from", "1")
    assert result.exit_code != 0
    assert "post 1 does not wait for anybody" in result.stderr


def test_a_second_watch_of_one_state_is_refused(place: Path) -> None:
    held = State(place / "state")
    try:
        result = _once(place)
    finally:
        held.close()
    assert result.exit_code != 0
    assert "another watch runs in" in result.stderr


def test_a_hangup_reads_the_file_again_and_a_termination_ends_well(
    tmp_path: Path,
) -> None:
    with _press() as root, slack_server.serving() as slack:
        _file(tmp_path, root)
        environ = {**os.environ, "SLACK_WEBHOOK_URL": slack.url}
        command = [sys.executable, "-m", "summarizer.cli", *_arguments(tmp_path)]
        with subprocess.Popen(
            command, env=environ, stderr=subprocess.PIPE, text=True
        ) as run:
            try:
                assert "posted" in _until(run, " sent ")
                run.send_signal(signal.SIGHUP)
                assert "has read its file again" in _until(run, " state ")
                _file(tmp_path, root, "at_mots = 3\n")
                run.send_signal(signal.SIGHUP)
                assert "at_mots" in _until(run, "goes on as before")
                run.send_signal(signal.SIGTERM)
                assert run.wait(10) == 0
            finally:
                run.kill()


def _until(run: "subprocess.Popen[str]", words: str) -> str:
    """Read the log to the line that holds *words*, for half a minute at most."""
    assert run.stderr is not None
    end = time.monotonic() + 30
    for line in run.stderr:
        if words in line:
            return line
        assert time.monotonic() < end
    pytest.fail(f"it ended before it said {words!r}")
