"""`summarizer watch` as a user meets it: a real program, a folder, a channel."""

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
from slack_server import Slack, serving
from typer.testing import CliRunner, Result

from summarizer.cli import app

RUNNER = CliRunner()
FIRST = (
    "Ferry sinks off Selm\n\nA ferry sank off Selm on Monday. At least 12 people were "
    "killed, the coast guard said. Mayor Ana Ruiz asked the navy to send divers."
)
FILE = """
contact = "desk@example.org"
timezone = "UTC"

[[source]]
name = "inbox"
kind = "folder"
place = "inbox"
every = "1m"
backfill = 5

[[channel]]
name = "desk"
webhook_env = "SLACK_WEBHOOK_URL"

[[rule]]
name = "all"
channel = "desk"
"""


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    Path("inbox").mkdir()
    Path("inbox/first.txt").write_text(FIRST, "utf-8")
    os.utime("inbox/first.txt", (time.time() - 60, time.time() - 60))  # it is whole
    Path("watch.toml").write_text(FILE, "utf-8")


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A channel."""
    with serving() as running:
        yield running


def watch(*words: str, slack: Slack | None = None) -> Result:
    env = {"SLACK_WEBHOOK_URL": slack.url if slack else None}
    return RUNNER.invoke(app, ["watch", *words], env=env)


def once(slack: Slack, *words: str) -> Result:
    return watch("--once", "--no-model", "--state", "state", *words, slack=slack)


def test_what_comes_is_briefed_and_posted_once(slack: Slack) -> None:
    first, second = once(slack), once(slack)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "post 1 to desk: posted" in first.stderr
    assert "posted" not in second.stderr
    assert len(slack.posted) == 1
    assert first.stdout == ""


@pytest.mark.parametrize(("number", "posts"), [("0", 0), ("1", 1)])
def test_the_first_look_takes_as_many_as_are_asked_for(
    slack: Slack, number: str, posts: int
) -> None:
    once(slack, "--backfill", number)

    assert len(slack.posted) == posts


def test_status_says_how_it_stands(slack: Slack) -> None:
    once(slack)
    result = watch("status", "--state", "state")

    assert result.stdout.startswith("1 source, 0 failing, 0 ended\n1 article,")
    assert "posts: 1 posted" in result.stdout


def test_the_stories_are_listed_with_their_articles(slack: Slack) -> None:
    once(slack)

    assert "Ferry sinks off Selm" in watch("stories", "--state", "state").stdout
    one = watch("stories", "st1", "--state", "state").stdout
    assert "article 1 (inbox): Ferry sinks off Selm" in one


def test_the_mark_in_a_post_is_explained(slack: Slack) -> None:
    once(slack)
    mark = re.search(r"st1\.1\.c\d+", json.dumps(slack.posted))
    assert mark is not None
    result = watch("--explain", mark[0], "--state", "state")

    assert "rule all: told in post 1, posted: new in edition 1" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--explain", "r1"), "'r1' is no mark of an item; one looks like st12.3.r1"),
        (("--explain", "st9.1.r1"), "there is no edition 1 of the story 'st9'"),
        (("stories", "st9"), "there is no story 'st9'"),
        (("split", "st9", "1"), "there is no story 'st9'"),
        (("settle", "7", "--from", "1"), "post 7 does not wait for anybody"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    words: tuple[str, ...], said: str, slack: Slack
) -> None:
    once(slack)
    result = watch(*words, "--state", "state")

    assert result.exit_code == 3
    assert result.stderr == f"error: {said}\n"


def test_without_a_state_it_says_that_none_has_run() -> None:
    result = watch("status", "--state", "nowhere")

    assert result.stderr == "error: no watch has run in 'nowhere'\n"


def test_check_says_what_a_watch_would_do(slack: Slack) -> None:
    result = watch("check", slack=slack)

    assert "inbox: folder" in result.stdout
    assert "rule all: to desk; as it happens" in result.stdout


def test_a_channel_without_its_webhook_is_said_before_anything_is_read() -> None:
    result = watch("--once", "--no-model", "--state", "state")

    assert result.stderr == (
        "error: channel 'desk' has no webhook: set SLACK_WEBHOOK_URL\n"
    )
    assert not Path("state").exists()


def test_a_fault_in_the_file_names_its_line(slack: Slack) -> None:
    Path("watch.toml").write_text(FILE + "at_most = 0\n", "utf-8")
    result = once(slack)

    assert result.exit_code == 4
    assert result.stderr.startswith("error: watch.toml, line 19: at_most: input should")


def test_figures_are_kept_as_prometheus_reads_them(slack: Slack) -> None:
    once(slack, "--metrics", "watch.prom")
    lines = Path("watch.prom").read_text("utf-8").splitlines()

    assert 'grounded_briefing_watch_posts_total{state="posted"} 1' in lines
    assert all(
        re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{state="\w+"\})? \d+(\.\d+)?', one)
        for one in lines
    )


def test_the_log_is_json_on_demand(slack: Slack) -> None:
    lines = [
        json.loads(one) for one in once(slack, "--log", "json").stderr.splitlines()
    ]

    assert {one["event"] for one in lines} >= {
        "state",
        "story",
        "edition",
        "told",
        "sent",
    }
    facts = {one["event"]: one for one in lines}
    assert facts["story"]["story"] == facts["edition"]["story"] == "st1"
    assert (facts["edition"]["edition"], facts["told"]["rule"]) == (1, "all")
    assert facts["sent"]["post"] == facts["told"]["post"] == 1


def test_pages_are_written_beside_it(slack: Slack) -> None:
    once(slack, "--site", "public")

    assert "Ferry sinks off Selm" in Path("public/index.html").read_text("utf-8")
    assert Path("public/changes.atom").is_file()


@contextmanager
def _started(slack: Slack) -> Iterator[subprocess.Popen[str]]:
    """The program itself."""
    command = [
        sys.executable, "-m", "summarizer", "watch", "--no-model", "--state", "state",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SLACK_WEBHOOK_URL": slack.url},
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()


@pytest.fixture
def running(slack: Slack) -> Iterator[subprocess.Popen[str]]:
    """The program itself, until it has posted."""
    with _started(slack) as process:
        _until(process, ": posted")
        yield process


def _until(process: subprocess.Popen[str], words: str) -> str:
    """Read lines until one has these words."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(words)


def test_it_ends_when_it_is_told_to(running: subprocess.Popen[str]) -> None:
    running.send_signal(signal.SIGTERM)

    assert "the same command goes on" in _until(running, "ends")
    assert running.wait(20) == 0


def test_a_second_one_in_the_same_folder_is_refused(
    running: subprocess.Popen[str], slack: Slack
) -> None:
    result = once(slack)

    assert result.exit_code == 3
    assert "another watch runs in 'state'" in result.stderr


def test_the_file_is_read_again_on_demand_and_a_fault_leaves_it_as_it_was(
    running: subprocess.Popen[str],
) -> None:
    Path("watch.toml").write_text(FILE.replace("UTC", "Nowhere"), "utf-8")
    running.send_signal(signal.SIGHUP)
    fault = _until(running, "goes on as before")
    Path("watch.toml").write_text(FILE + 'quiet = "22:00-06:00"\n', "utf-8")
    running.send_signal(signal.SIGHUP)

    assert "line 3: timezone: takes the name of a time zone" in fault
    assert _until(running, "has read its file again")


def test_what_cannot_be_sorted_by_hand_is_refused_at_once(slack: Slack) -> None:
    once(slack)
    joined = watch("join", "st1", "st1", "--state", "state")
    strange = watch("split", "st1", "77", "--state", "state")
    whole = watch("split", "st1", "1", "--state", "state")

    assert [one.exit_code for one in (joined, strange, whole)] == [3, 3, 3]
    assert "st1 cannot be joined with itself" in joined.stderr
    assert "st1 has no article '77': its articles are 1" in strange.stderr
    assert "all articles of st1 cannot leave it: name some" in whole.stderr


@pytest.mark.parametrize("content", [b"", b"no database" * 900])
@pytest.mark.parametrize(
    "words",
    [["status"], ["stories"], ["split", "st1", "2"], ["join", "st1", "st2"],
     ["settle", "1", "--from", "1"], ["--explain", "st1.1.c1"]],
)  # fmt: skip
def test_a_damaged_state_is_one_sentence(words: list[str], content: bytes) -> None:
    Path("state").mkdir()
    Path("state/watch.sqlite").write_bytes(content)
    result = watch(*words, "--state", "state")

    assert result.exit_code == 3
    assert "the state in 'state' cannot be read: " in result.stderr
    assert "Traceback" not in result.stderr


def test_two_stories_are_joined_while_it_runs(slack: Slack) -> None:
    mill = Path("inbox/mill.txt")
    mill.write_text(
        "Mill burns in Orla\n\nA mill burned down in Orla. Mayor Ines Pol asked the state to pay.",
        "utf-8",
    )
    os.utime(mill, (time.time() - 90, time.time() - 90))
    once(slack)
    with _started(slack) as running:
        _until(running, "begins with")
        result = watch("join", "st1", "st2", "--state", "state")
        running.send_signal(signal.SIGHUP)  # it looks up

        assert "are one at the next step of the watch" in result.stderr
        assert "st1 and st2 are one story" in _until(running, "are one story")


def test_check_says_what_a_rule_lets_through(slack: Slack) -> None:
    filters = 'countries = ["MOZ"]\nsections = ["casualties"]\nsources = 2\nat_most = 3\nquiet = "22:00-06:00"\n'
    Path("watch.toml").write_text(FILE + filters, "utf-8")

    assert (
        "rule all: to desk; as it happens; not from 22:00 to 06:00; at most 3 posts an "
        "hour; countries MOZ; sections casualties; 2 sources or more\n"
    ) in watch("check", slack=slack).stdout


def test_check_refuses_a_folder_that_is_not_there(slack: Slack) -> None:
    Path("watch.toml").write_text(FILE.replace('"inbox"', '"inbx"'), "utf-8")
    result = watch("check", slack=slack)

    assert result.exit_code == 4
    assert "the source 'inbx' has no folder" in result.stderr


def test_a_webhook_that_can_be_none_is_refused_and_not_shown() -> None:
    result = RUNNER.invoke(
        app, ["watch", "check"], env={"SLACK_WEBHOOK_URL": "s3cr3t-word"}
    )

    assert result.exit_code == 4
    assert "channel 'desk': the webhook URL" in result.stderr
    assert "s3cr3t-word" not in result.stderr
