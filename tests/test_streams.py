"""Standard streams that are full or closed, and files that cannot be written."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from briefings import made
from endpoint import completion, serving
from typer.testing import CliRunner

from summarizer.cli import app, report
from summarizer.errors import InputError
from summarizer.render import json as as_json

RUNNER = CliRunner()
FULL = "error: cannot write standard output: No space left on device\n"
CLOSED = "error: cannot write standard output: it is closed\n"


@pytest.fixture(autouse=True)
def _in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented-1234567890")
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    Path("story.txt").write_text("Kenya urged Chad to free the crew.", encoding="utf-8")
    Path("story.json").write_text(as_json.render(made()), encoding="utf-8")


@pytest.mark.parametrize(
    ("redirected", "words", "code", "told"),
    [
        ("> /dev/full", "render story.json", 3, FULL),
        ("> /dev/full", "--help", 3, FULL),
        ("> /dev/full", "--version", 3, FULL),
        (">&-", "render story.json", 3, CLOSED),
        (">&-", "schema", 3, CLOSED),
        ("<&-", "render -", 3, "error: standard input is closed\n"),
        ("2>&-", "render gone.json", 3, ""),
        ("2> /dev/full", "render gone.json", 3, ""),
        ("> /dev/full 2>&1", "render story.json", 3, ""),
    ],
)
def test_a_stream_that_takes_nothing_is_one_line_and_a_code(
    redirected: str, words: str, code: int, told: str
) -> None:
    command = f'"{sys.executable}" -m summarizer {words} {redirected}'

    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr, done.stdout) == (code, told, "")


def test_characters_that_the_output_does_not_have_are_spelled_out() -> None:
    command = f'PYTHONIOENCODING=ascii "{sys.executable}" -m summarizer schema'

    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True)

    assert done.stdout.isascii()


def _paid(*arguments: str) -> tuple[str, int, int]:
    with serving(completion()) as endpoint:
        where = ("--base-url", endpoint.url, "--model", "m")
        result = RUNNER.invoke(app, ["brief", "story.txt", *where, *arguments])
        return result.stderr, result.exit_code, len(endpoint.seen)


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("gone/out.txt", "there is no folder 'gone'"),
        ("folder", "it is a folder"),
        ("story.txt/out.txt", "there is no folder 'story.txt'"),
        ("n" * 300, "File name too long"),
        ("full", "No space left on device"),
    ],
)
def test_what_cannot_be_written_is_found_out_before_the_model_is_paid(
    output: str, why: str
) -> None:
    Path("folder").mkdir()
    Path("full").symlink_to("/dev/full")
    if output == "full":  # a device takes nothing only when something is written
        with pytest.raises(InputError, match=why):
            report.write("words", output)
        return

    told, code, calls = _paid("-o", output)

    assert (told, code, calls) == (f"error: cannot write {output!r}: {why}\n", 3, 0)


def test_a_folder_in_the_place_of_a_file_is_found_out_for_each() -> None:
    Path("out/story.txt").mkdir(parents=True)

    told, code, calls = _paid("--each", "-o", "out")

    assert told == "error: cannot write 'out/story.txt': it is a folder\n"
    assert (code, calls) == (3, 0)


def test_trying_whether_a_file_can_be_written_leaves_it_as_it_is() -> None:
    Path("old.txt").write_text("old", encoding="utf-8")

    report.check_output("old.txt")
    report.check_output("new.txt")

    assert Path("old.txt").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in Path().iterdir()) == [
        "old.txt", "story.json", "story.txt",
    ]  # fmt: skip


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a full disk."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_full_disk_leaves_the_old_file_and_no_half() -> None:
    Path("out.txt").write_text("old", encoding="utf-8")

    with _room_for(10), pytest.raises(InputError, match=r"cannot write 'out\.txt'"):
        report.write("much more than ten bytes\n" * 1_000, "out.txt")

    assert Path("out.txt").read_text(encoding="utf-8") == "old"
    assert not Path("out.txt.part").exists()


def test_a_device_is_written_to_and_not_replaced() -> None:
    Path("null").symlink_to("/dev/null")

    report.write("words", "null")

    assert Path("null").is_symlink()


def test_a_file_whose_name_begins_with_a_dash_is_a_file() -> None:
    Path("-dash.json").write_text(as_json.render(made()), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "render", "-dash.json"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("Kenya urged")


def test_a_warning_is_said_once() -> None:
    Path("odd.json").write_bytes(b"caf\xe9")

    result = RUNNER.invoke(app, ["diff", "odd.json", "odd.json"])

    assert result.stderr.count("read as Windows-1252") == 1


def test_a_dry_run_goes_on_where_it_is_told_to() -> None:
    shown = RUNNER.invoke(app, ["post", "story.json", "--dry-run", "--from", "2"])
    beyond = RUNNER.invoke(app, ["post", "story.json", "--dry-run", "--from", "99"])

    assert (shown.exit_code, shown.stdout) == (0, "[]\n")
    assert (beyond.exit_code, beyond.stderr) == (
        11,
        "error: there is no message 99: the briefing makes 1\n",
    )
