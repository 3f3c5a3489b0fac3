"""`render` and `diff` as a user meets them, and what a terminal is written."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from day import SAVED, saved_days
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.changes import Changes, compare
from summarizer.cli import app, manual

RUNNER = CliRunner()
OLD, NEW = map(str, SAVED)
ROOT = Path(__file__).parents[1]


def _run(*arguments: str, stdin: str | None = None, **environ: str) -> Result:
    return RUNNER.invoke(app, list(arguments), input=stdin, env=environ)


# -- render ------------------------------------------------------------------------


def test_a_saved_briefing_is_rendered_without_a_model() -> None:
    result = _run("render", OLD)

    assert result.exit_code == 0
    assert "send engineers to the dam" in result.stdout
    assert result.stderr == ""


def test_json_is_rendered_as_it_was_read() -> None:
    result = _run("render", OLD, "--format", "json")

    assert Briefing.model_validate_json(result.stdout) == saved_days()[0]


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_quotes_can_be_left_out_of_each_form(form: str) -> None:
    with_quotes = _run("render", OLD, "-f", form).stdout
    without = _run("render", OLD, "-f", form, "--no-quotes").stdout

    assert len(without) < len(with_quotes)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.md", "markdown"),
        ("a.json", "json"),
        ("a.txt", "terminal"),
        ("a", "terminal"),
        ("html", "terminal"),
    ],
)
def test_the_name_of_the_file_tells_the_form(
    tmp_path: Path, name: str, form: str
) -> None:
    _run("render", OLD, "-o", str(tmp_path / name))

    told = _run("render", OLD, "-f", form, "-o", str(tmp_path / "told"))
    assert told.exit_code == 0
    assert (tmp_path / name).read_text() == (tmp_path / "told").read_text()


def test_the_form_that_is_asked_for_wins_over_the_name(tmp_path: Path) -> None:
    _run("render", OLD, "-f", "json", "-o", str(tmp_path / "a.html"))

    assert (tmp_path / "a.html").read_text().startswith("{")


def test_a_briefing_is_read_from_standard_input() -> None:
    result = _run("render", "-", "-f", "markdown", stdin=Path(OLD).read_text("utf-8"))

    assert result.stdout == _run("render", OLD, "-f", "markdown").stdout


def test_the_result_goes_to_a_file_without_colour(tmp_path: Path) -> None:
    target = tmp_path / "story.txt"

    result = _run("render", OLD, "-o", str(target))

    assert result.stdout == ""
    assert "\x1b" not in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not json", "is no briefing"),
        ("[" * 100_000, "is no briefing"),
        ("{}", "is no briefing: sources: Field required"),
        ("[1, 2]", "is no briefing"),
        ('{"sources": "\x1b[31m"}', "is no briefing"),
        ("", "is empty"),
    ],
)
@pytest.mark.parametrize("command", ["render", "diff"])
def test_what_is_no_briefing_is_one_line_and_exits_with_3(
    tmp_path: Path, command: str, content: str, words: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")

    result = _run(command, str(path), *([OLD] if command == "diff" else []))

    assert (result.exit_code, result.stdout) == (3, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_json_nested_without_end_is_refused_by_verify_too(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("[" * 100_000, encoding="utf-8")

    result = _run("verify", str(path))

    assert result.exit_code == 3
    assert "neither a briefing nor" in result.stderr


def test_words_that_do_not_stand_in_the_source_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "forged.json"
    text = Path(OLD).read_text("utf-8")
    path.write_text(text.replace('"exact": "The bank', '"exact": "The Bank'), "utf-8")

    result = _run("render", str(path))

    assert result.exit_code == 0
    assert "does not say the words of p6" in result.stderr


# -- diff --------------------------------------------------------------------------


def test_changes_are_printed_and_the_exit_code_is_0() -> None:
    result = _run("diff", OLD, NEW)

    assert (result.exit_code, result.stderr) == (0, "")
    assert "reversed" in result.stdout
    assert "− “We may accept a truce,”" in result.stdout
    assert "+ “We will never accept a truce,”" in result.stdout


def test_equal_briefings_have_no_change() -> None:
    result = _run("diff", "--exit-code", OLD, OLD)

    assert result.exit_code == 0
    assert "Nothing changed" in result.stdout


def test_scripts_can_ask_for_an_exit_code() -> None:
    assert _run("diff", "--exit-code", OLD, NEW).exit_code == 12


def test_changes_in_json_read_back() -> None:
    result = _run("diff", OLD, NEW, "--format", "json")

    assert Changes.model_validate_json(result.stdout) == compare(*saved_days())


def test_a_revised_toll_shows_both_figures_and_both_sources_at_any_width() -> None:
    for width in ("40", "60", "120"):
        text = _run("diff", OLD, NEW, "--no-quotes", COLUMNS=width).stdout
        flat = " ".join(text.split())
        assert "At least 12 people [≥ 12, Health Ministry]" in flat
        assert "At least 19 people [≥ 19, the fire service]" in flat


def test_one_of_two_briefings_comes_from_standard_input() -> None:
    result = _run("diff", "-", NEW, stdin=Path(OLD).read_text("utf-8"))

    assert result.stdout == _run("diff", OLD, NEW).stdout


def test_both_cannot_come_from_standard_input() -> None:
    result = _run("diff", "-", "-", stdin="{}")

    assert result.exit_code == 3
    assert "only one of the two" in result.stderr


def test_a_briefing_with_holes_is_warned_of() -> None:
    _, second = saved_days()
    holed = second.model_copy(update={"complete": False}).model_dump_json()

    result = _run("diff", OLD, "-", stdin=holed)

    assert "The newer briefing is incomplete" in " ".join(result.stdout.split())


def test_briefings_in_the_wrong_order_are_pointed_out() -> None:
    result = _run("diff", NEW, OLD)

    assert "The newer briefing is of the earlier article" in result.stdout


def test_two_readings_of_one_text_stop_mentioning_nothing() -> None:
    first, _ = saved_days()
    fewer = first.model_copy(update={"positions": first.positions[1:]})

    result = _run("diff", OLD, "-", stdin=fewer.model_dump_json())

    assert "not found this time" in " ".join(result.stdout.split())
    assert "no longer mentioned" not in result.stdout


# -- terminals ---------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("quotes", ["--quotes", "--no-quotes"])
@pytest.mark.parametrize("command", [["render", OLD], ["diff", OLD, NEW]])
def test_no_line_is_wider_than_columns(
    command: list[str], quotes: str, width: int
) -> None:
    text = _run(*command, quotes, COLUMNS=str(width)).stdout

    assert max(map(cell_len, text.splitlines())) <= width


def test_a_short_briefing_fits_a_screen() -> None:
    text = _run("render", OLD, "--no-quotes", COLUMNS="80").stdout

    assert len(text.splitlines()) <= 24
    for item in (*saved_days()[0].requests, *saved_days()[0].positions):
        assert f" {item.id} " in text


@pytest.mark.parametrize(
    "name", ["東京電力ホールディングス" * 5, "👩‍👩‍👧‍👦🇰🇪" * 20, "x" * 200, "é" * 99]
)
def test_wide_and_long_names_stay_within_the_width(name: str) -> None:
    first, _ = saved_days()
    held = first.positions[0]
    party = held.holder.model_copy(update={"name": name})
    told = held.model_copy(update={"holder": party, "gist": name})
    wide = first.model_copy(update={"positions": (told,)}).model_dump_json()

    for quotes in ("--quotes", "--no-quotes"):
        text = _run("render", "-", quotes, COLUMNS="60", stdin=wide).stdout
        assert max(map(cell_len, text.splitlines())) <= 60


def _on_a_terminal(*command: str, **environ: str) -> str:
    """Run the command with a terminal of its own as standard output."""
    import pty  # noqa: PLC0415  not on every system

    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    child = subprocess.Popen(
        [sys.executable, "-m", "summarizer", *command],
        stdout=theirs,
        env={**kept, "TERM": "xterm", "COLUMNS": "80", **environ},
    )
    os.close(theirs)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    assert child.wait(timeout=120) == 0
    return seen.decode()


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65_536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.skipif(sys.platform == "win32", reason="has no pty")
@pytest.mark.parametrize(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    environ: dict[str, str], *, coloured: bool
) -> None:
    assert ("\x1b[" in _on_a_terminal("render", OLD, **environ)) is coloured


def test_what_is_no_terminal_gets_no_colour() -> None:
    assert "\x1b" not in _run("render", OLD).stdout
    assert "\x1b" not in _run("diff", OLD, NEW).stdout


# -- help --------------------------------------------------------------------------


def test_the_manual_is_not_stale() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    assert written == manual.text(), "run `make docs`"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_installed_for(shell: str, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "summarizer"
    if not program.exists():
        program = Path(str(shutil.which("summarizer")))
    script = subprocess.run(
        [str(program)],
        env={"_SUMMARIZER_COMPLETE": f"source_{shell}", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "summarizer" in script
    assert f"complete_{shell}" in script


def test_completion_offers_commands_and_forms() -> None:
    def offered(words: str) -> list[str]:
        result = RUNNER.invoke(
            app,
            [],
            prog_name="summarizer",
            env={
                "_SUMMARIZER_COMPLETE": "complete_bash",
                "COMP_WORDS": words,
                "COMP_CWORD": str(len(words.split(" ")) - 1),
            },
        )
        return result.stdout.split()

    assert "diff" in offered("summarizer di")
    assert set(offered("summarizer diff --format ")) >= {"markdown", "json"}


def test_json_changes_are_plain_json() -> None:
    tree = json.loads(_run("diff", OLD, NEW, "-f", "json").stdout)

    assert set(tree) == {"old", "new", "changes", "unchanged", "left_out"}
