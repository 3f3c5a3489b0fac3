"""The command line as a user meets it: output, errors, exit codes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from briefed import name
from endpoint import Answer, completion, error, serving
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.cli import app

MARKET = Path(__file__).parent / "articles" / "market.txt"
RUNNER = CliRunner()
KEY = "sk-secret-1234567890"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in list(os.environ):
        if variable.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_schema")


def _brief(url: str, *more: str, article: str = str(MARKET)) -> Result:
    return RUNNER.invoke(
        app, ["brief", article, "--base-url", url, "--model", "m", *more]
    )


def test_the_briefing_goes_to_standard_output_and_nothing_else_does() -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint.url, "--format", "json")

    assert result.exit_code == 0
    briefing = Briefing.model_validate_json(result.stdout)
    assert briefing.complete
    assert briefing.provenance.model == "m"
    assert result.stderr == ""


def test_metadata_options_reach_the_briefing() -> None:
    with serving(completion()) as endpoint:
        result = _brief(
            endpoint.url, "--format", "json", "--title", "T", "--publisher", "P",
            "--url", "https://example.org/x", "--published", "2025-03-07",
        )  # fmt: skip

    source = Briefing.model_validate_json(result.stdout).sources[0]
    assert (source.title, source.publisher, source.uri, str(source.published)) == (
        "T",
        "P",
        "https://example.org/x",
        "2025-03-07",
    )


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_each_form_shows_items_quotes_and_the_model(form: str) -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint.url, "--format", form)

    assert result.exit_code == 0
    assert "Amin Rafe" in result.stdout
    assert "At least 12 people" in result.stdout
    assert "Model m at 127" in result.stdout.replace("\\", "")


def test_quotes_can_be_left_out() -> None:
    with serving(completion()) as endpoint:
        with_quotes = _brief(endpoint.url).stdout
        without = _brief(endpoint.url, "--no-quotes").stdout

    assert "» " in with_quotes
    assert "» " not in without


def test_the_result_can_go_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with serving(completion()) as endpoint:
        result = _brief(endpoint.url, "--format", "json", "-o", str(target))

    assert result.stdout == ""
    assert Briefing.model_validate_json(target.read_text(encoding="utf-8")).complete


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint.url, "-o", str(tmp_path / "no" / "out.txt"))

    assert result.exit_code == 3
    assert "cannot write" in result.stderr


def test_standard_input_is_read() -> None:
    with serving(completion()) as endpoint:
        result = RUNNER.invoke(
            app,
            ["brief", "-", "--base-url", endpoint.url, "--model", "m", "-f", "json"],
            input=b"Kenya urged Chad to free the crew.",
        )

    (request,) = Briefing.model_validate_json(result.stdout).requests
    assert (name(request.by), request.what) == ("Kenya", "free the crew")


def test_a_failed_question_is_a_named_hole_and_the_rest_is_delivered() -> None:
    def answers(number: int) -> Answer:
        return completion("not json") if number <= 2 else completion()

    with serving(answers) as endpoint:
        result = _brief(endpoint.url, "--format", "json")

    briefing = Briefing.model_validate_json(result.stdout)
    assert result.exit_code == 0
    assert not briefing.complete
    assert len(briefing.coverage.passages_failed) == 1
    assert briefing.positions
    assert "incomplete: 1 of the questions failed" in result.stderr


def test_strict_exits_with_9_and_still_delivers() -> None:
    def answers(number: int) -> Answer:
        return completion("not json") if number <= 2 else completion()

    with serving(answers) as endpoint:
        result = _brief(endpoint.url, "--format", "json", "--strict")

    assert result.exit_code == 9
    assert not Briefing.model_validate_json(result.stdout).complete


def test_holes_are_shown_in_the_text_forms() -> None:
    def answers(number: int) -> Answer:
        return completion("not json") if number <= 2 else completion()

    for form in ("terminal", "markdown", "html"):
        with serving(answers) as endpoint:
            result = _brief(endpoint.url, "--format", form)
        assert "Incomplete: these passages could not be read" in result.stdout


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (error(401), 7, "refused the key (401): check OPENAI_API_KEY"),
        (error(404), 7, "knows no model 'm'"),
        (error(429, "insufficient_quota"), 7, "no quota left"),
        (error(400), 6, "answered 400"),
    ],
)
def test_when_nothing_is_answered_the_reason_is_one_line(
    answer: Answer, code: int, words: str
) -> None:
    with serving(answer) as endpoint:
        result = _brief(endpoint.url)

    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert KEY not in result.stderr


def test_when_no_answer_can_be_read_what_forms_find_is_delivered() -> None:
    with serving(completion("no")) as endpoint:
        result = _brief(endpoint.url, "--format", "json")
        strict = _brief(endpoint.url, "--strict")

    briefing = Briefing.model_validate_json(result.stdout)
    assert (result.exit_code, strict.exit_code) == (0, 9)
    assert not briefing.complete
    assert briefing.requests
    assert {r.found_by for r in briefing.requests} == {"form"}
    assert "of the questions failed" in result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such file"),
        (b"", "is empty"),
        (b"\x00\x01\x02", "is not text"),
    ],
)
def test_bad_input_exits_with_3(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "story.txt"
    if content is not None:
        path.write_bytes(content)

    result = _brief("http://127.0.0.1:9/v1", article=str(path))

    assert (result.exit_code, result.stdout) == (3, "")
    assert words in result.stderr


def test_a_fallback_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("The café in Kasra burned.".encode("cp1252"))
    with serving(completion()) as endpoint:
        result = _brief(endpoint.url, article=str(path))

    assert "read as Windows-1252" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "ftp://h", "--model", "m"], "not a base URL: 'ftp://h'"),
        (["--base-url", "http://u:p@h/v1", "--model", "m"], "holds a password"),
        (["--base-url", "http://h/v1"], "no model named for h"),
    ],
)
def test_settings_that_cannot_work_exit_with_4(
    arguments: list[str], words: str
) -> None:
    result = RUNNER.invoke(app, ["brief", str(MARKET), *arguments])

    assert result.exit_code == 4
    assert words in result.stderr


def test_weights_that_are_no_model_exit_with_5(tmp_path: Path) -> None:
    fake = tmp_path / "fake.gguf"
    fake.write_text("hello")

    result = RUNNER.invoke(app, ["brief", str(MARKET), "--model", str(fake)])

    assert result.exit_code == 5
    assert "is not a GGUF file" in result.stderr


def test_a_model_name_without_an_endpoint_is_explained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    result = RUNNER.invoke(app, ["brief", str(MARKET), "--model", "gpt-x"])

    assert result.exit_code == 4
    assert "no endpoint for the model 'gpt-x'" in result.stderr


def test_control_characters_in_an_error_cannot_act_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    result = RUNNER.invoke(app, ["brief", "no\x1b[31mfile"])

    assert result.exit_code == 3
    assert "\x1b" not in result.stderr


def test_the_schema_is_printed_and_is_the_one_that_is_checked_in() -> None:
    result = RUNNER.invoke(app, ["schema"])

    published = Path(__file__).parents[1] / "briefing.schema.json"
    assert result.stdout == published.read_text(encoding="utf-8")
    assert json.loads(result.stdout)["title"] == "Briefing"


def test_a_model_that_is_not_fetched_is_said_so() -> None:
    listed = RUNNER.invoke(app, ["model", "list"])
    path = RUNNER.invoke(app, ["model", "path"])

    assert "not fetched" in listed.stdout
    assert path.exit_code == 5
    assert "summarizer model pull" in path.stderr


def test_the_version_is_printed() -> None:
    result = RUNNER.invoke(app, ["--version"])

    assert result.stdout.startswith("grounded-briefing ")


def test_every_command_has_help_with_an_example() -> None:
    for command in (
        ["brief"],
        ["verify"],
        ["render"],
        ["diff"],
        ["schema"],
        ["model", "pull"],
        ["model", "path"],
        ["model", "list"],
        ["model", "serve"],
    ):
        result = RUNNER.invoke(app, [*command, "--help"])
        assert result.exit_code == 0
        assert f"summarizer {' '.join(command)}" in result.stdout


def test_help_loads_neither_pydantic_nor_an_sdk() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from summarizer.cli import app;"
        "CliRunner().invoke(app, ['--help']);"
        "print([m for m in ('pydantic', 'openai', 'instructor') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_no_sdk() -> None:
    code = "import sys, summarizer; print('openai' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False False"


_INTERRUPTIBLE = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('summarizer', run_name='__main__', alter_sys=True)"
)
"""Tests that run in the background of a shell inherit that Ctrl-C is ignored."""

_PATIENCE_S = 120
"""A machine that does other work starts and ends a process late; nothing waits that long."""


def test_ctrl_c_keeps_what_is_finished_and_says_so() -> None:
    hang = threading.Event()

    def answers(number: int) -> Answer:
        return completion() if number == 1 else Answer(waits=hang)

    with serving(answers) as endpoint:
        child = subprocess.Popen(
            [
                sys.executable, "-c", _INTERRUPTIBLE, "brief", str(MARKET),
                "--base-url", endpoint.url, "--model", "m", "--format", "json",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE_S
        while len(endpoint.seen) < 2 and time.monotonic() < deadline:
            hang.wait(0.05)
        child.send_signal(signal.SIGINT)
        try:
            out, err = child.communicate(timeout=_PATIENCE_S)
        finally:
            child.kill()
            hang.set()

    assert child.returncode == 130
    briefing = Briefing.model_validate_json(out)
    assert not briefing.complete
    assert briefing.positions
    assert "interrupted: 1 of" in err
