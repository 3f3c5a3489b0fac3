"""A run over an archive, seen while it runs: words on a terminal, events in a file."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from endpoint import error, serving
from killed import archive, asked, late, started
from typer.testing import CliRunner

from summarizer.batch.entries import Cost, Entry
from summarizer.batch.inputs import Inputs
from summarizer.batch.progress import Progress, count, counted_beside
from summarizer.cli import app


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _after(seconds: float, total: int | None, *costs: Cost) -> str:
    times = iter((0.0, seconds))
    progress = Progress(clock=lambda: next(times), total=total)
    for one in costs:
        progress.add(Entry("00", "p", "done"), one)
    progress.add(Entry("01", "p", "failed", "why"), Cost())
    return progress.words()


def test_a_line_says_what_is_done_and_left_how_fast_and_until_when() -> None:
    cost = Cost(read_tokens=900, written_tokens=100, usd=0.5)

    words = _after(60, 1_202, cost)

    assert words == (
        "1 done · 1 failed · 1,200 left · 2 a minute · 1,000 tokens a minute · "
        "$0.500 a minute · about 10 h 0 min to go"
    )


def test_without_money_and_a_known_number_a_line_says_neither() -> None:
    assert _after(60, None, Cost()) == "1 done · 1 failed · so far · 2 a minute"


@pytest.mark.parametrize(
    ("total", "words"), [(3, "less than a minute to go"), (42, "about 20 min to go")]
)
def test_the_end_is_told_in_words_that_are_no_more_exact_than_it_is(
    total: int, words: str
) -> None:
    assert _after(60, total, Cost()).endswith(words)


def test_articles_are_counted_by_lines_and_files_as_they_are_read() -> None:
    archive(Path(), 3)
    Path("news").mkdir()
    for name in [
        "a.txt",
        "b.md",
        "c.html",
        "d.pdf",
        "e.docx",
        "f.eml",
        "g.markdown",
        "h.htm",
        "i.png",
    ]:
        Path("news", name).write_text(f"It rained in {name}.", "utf-8")
    Path("news/more.ndjson").write_text('{"text": "It snowed."}', "utf-8")
    Path("news/out").mkdir()
    Path("news/out/briefings-00000.jsonl").write_text("{}\n{}\n", "utf-8")
    places = ("in.jsonl", "news", "https://example.org/a")
    spared = Path("news/out").resolve()

    assert count(places, spared) == len(list(Inputs(places, spared=spared))) == 13


@pytest.mark.parametrize("place", ["news/*.txt", "a.warc.gz", "none", "s3://b/c"])
def test_what_would_have_to_be_read_is_not_counted(place: str) -> None:
    Path("a.warc.gz").write_bytes(b"")

    assert count((place,)) is None


def test_counting_goes_on_beside_the_run_and_what_cannot_be_read_tells_nothing() -> (
    None
):
    archive(Path(), 2)
    told: list[int] = []

    counted_beside(("in.jsonl",), told.append, None)
    counted_beside(("in.jsonl", "\0"), told.append, None)
    for thread in threading.enumerate():
        if thread.name == "counting":
            thread.join()

    assert told == [2]


def test_a_terminal_shows_what_is_left() -> None:
    archive(Path(), 12)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out"]
    with serving(late(0.1)) as endpoint:
        run = subprocess.Popen(
            command, env={**os.environ, **asked(endpoint), "COLUMNS": "150", "TERM": "xterm"},
            stdout=theirs, stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        shown = b""
        while block := _read(ours):
            shown += block
        run.wait(60)

    assert b" left" in shown
    assert b"tokens a minute" in shown


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


def _events(name: str = "events.jsonl") -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]


def test_a_run_that_is_interrupted_says_so_in_its_events() -> None:
    archive(Path(), 60)
    with serving(late(0.05)) as endpoint:
        run = started(Path(), endpoint, "out", "--events", "events.jsonl")
        while len(endpoint.seen) < 4 and run.poll() is None:
            threading.Event().wait(0.01)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)

    events = _events()
    assert events[-1]["type"] == "ended"
    assert events[-1]["cause"] == "interrupted"
    assert events[-1]["totals"] == {
        "done": len(events) - 2, "tokens": 15 * (len(events) - 2), "usd": 0.0,
    }  # fmt: skip


def test_a_run_that_the_endpoint_ends_says_why_in_its_events() -> None:
    archive(Path(), 3)
    with serving(error(401)) as endpoint:
        CliRunner().invoke(
            app, ["batch", "in.jsonl", "-o", "out", "-q", "--events", "events.jsonl"],
            env=asked(endpoint),
        )  # fmt: skip

    assert [e["type"] for e in _events()] == ["started", "ended"]
    assert "refused the key" in str(_events()[-1]["cause"])


def test_failed_articles_do_not_make_a_run_one_that_ended_early() -> None:
    Path("in.jsonl").write_text('{"text": "It rained."}\nno json\n', "utf-8")

    CliRunner().invoke(
        app, ["batch", "in.jsonl", "-o", "out", "-q", "--no-model", "--events", "e"]
    )

    assert [e["type"] for e in _events("e")] == ["started", "article", "article", "finished"]  # fmt: skip
    assert _events("e")[-1]["totals"] == {"done": 1, "failed": 1, "tokens": 0, "usd": 0.0}  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_events_that_cannot_be_written_stop_no_run() -> None:
    archive(Path(), 2)

    result = CliRunner().invoke(
        app, ["batch", "in.jsonl", "-o", "out", "-q", "--no-model", "--events", "/dev/full"]
    )  # fmt: skip

    assert result.exit_code == 0
    assert result.stderr == (
        "warning: the events cannot be written any more; the run goes on\n"
    )
    assert "| done | 2 |" in result.stdout
