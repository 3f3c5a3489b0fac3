"""Archives: nothing lost, nothing paid twice, whatever happens to a run."""

import csv
import gc
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from endpoint import Answer, Endpoint, completion, error, serving
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.batch import garbage
from summarizer.batch.entries import Cost, Entry
from summarizer.batch.inputs import Inputs, mapping_of
from summarizer.batch.ledger import Ledger
from summarizer.cli import app
from summarizer.errors import InputError, SettingsError

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _archive(count: int, name: str = "in.jsonl") -> None:
    rows = (
        {"id": n, "body": TEXT.format(n), "date": "2025-03-05"} for n in range(count)
    )
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _run(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(app, ["batch", *words, "-q"], env=environ)


def _asked(endpoint: Endpoint) -> dict[str, str]:
    return {
        "OPENAI_BASE_URL": endpoint.url,
        "SUMMARIZER_MODEL": "m",
        "SUMMARIZER_STRATEGY": "whole",
        "SUMMARIZER_STRUCTURE": "json_schema",
        "SUMMARIZER_TIMEOUT_S": "20",
    }


WHOLE = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip


def _rows(out: str = "out") -> list[dict[str, object]]:
    files = sorted(Path(out).glob("briefings-*.jsonl"))
    return [
        json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()
    ]


# -- inputs ----------------------------------------------------------------------


def test_files_folders_patterns_rows_and_addresses_are_taken_each_once() -> None:
    _archive(2)
    Path("news").mkdir()
    for name in ("a.txt", "b.md", "picture.png"):
        Path("news", name).write_text(f"It rained in {name}.", "utf-8")
    Path("list.urls").write_text("# ours\nhttps://example.org/a\n", "utf-8")

    given = Inputs(("in.jsonl", "news", "news/*.txt", "list.urls", "in.jsonl"))
    places = [one.place for one in given]

    assert places == [
        "in.jsonl:1", "in.jsonl:2", "news/a.txt", "news/b.md", "https://example.org/a",
    ]  # fmt: skip
    assert given.doubled == 3


def test_which_field_is_what_is_guessed_and_said() -> None:
    _archive(1)
    given = Inputs(("in.jsonl",))

    (one,) = given

    assert given.guessed == {
        "in.jsonl": {"text": "body", "published": "date", "id": "id"}
    }
    assert str(one.metadata.published) == "2025-03-05"


def test_a_field_can_be_named() -> None:
    Path("in.jsonl").write_text('{"words": "It rained.", "text": "no"}\n', "utf-8")

    (one,) = Inputs(("in.jsonl",), mapping_of(["text=words"]))

    assert one.text == "It rained."


def test_a_file_or_folder_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(InputError, match="there is no file or folder 'in.jsonl'"):
        list(Inputs(("in.jsonl",)))


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ((), "no field holds the text: say which with --map text=NAME (there are foo)"),
        (("text=body",), "no field is named 'body' (there are foo)"),
    ],
)
def test_a_stray_file_of_rows_stops_no_archive(
    mapping: tuple[str, ...], words: str
) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text("It rained in Varos.", "utf-8")
    Path("news/junk.jsonl").write_text('{"foo": 1}\n', "utf-8")

    text, junk = Inputs(("news",), mapping_of(mapping))

    assert (text.error, junk.error) == (None, words)


def test_a_mark_of_byte_order_is_no_part_of_the_first_row() -> None:
    Path("in.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "It rained."}\n')

    (one,) = Inputs(("in.jsonl",))

    assert one.text == "It rained."


def test_a_link_that_leads_out_of_the_folder_is_not_read() -> None:
    Path("news").mkdir()
    Path("secret.txt").write_text("not for the archive", "utf-8")
    Path("news/link.txt").symlink_to(Path("secret.txt").resolve())

    (one,) = Inputs(("news",))

    assert one.error == "it is a link that leads out of the folder"


def test_the_output_can_stand_within_the_input() -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text("It rained in Varos.", "utf-8")

    _run("news", "-o", "news/out", "--no-model")
    result = _run("news", "-o", "news/out", "--no-model")

    assert "| done | 1 |" in result.stdout
    assert "| failed | 0 |" in result.stdout


def test_files_of_others_are_not_written_over() -> None:
    _archive(1)
    Path("out").mkdir()
    Path("out/report.md").write_text("mine", "utf-8")

    result = _run("in.jsonl", "-o", "out", "--no-model")

    assert result.exit_code == 3
    assert "'out' holds a report.md that no run made" in result.stderr
    assert Path("out/report.md").read_text("utf-8") == "mine"


@pytest.mark.parametrize("harm", ["ledger", "cut", "gone", "events"])
def test_what_somebody_damaged_is_one_sentence_or_done_again(harm: str) -> None:
    _archive(3)
    _run("in.jsonl", "-o", "out", "--no-model")
    shard = Path("out/briefings-00000.jsonl")
    more: tuple[str, ...] = ()
    if harm == "ledger":
        Path("out/ledger.sqlite").write_bytes(
            b"no database, but long enough to be read"
        )
    elif harm == "cut":
        shard.write_bytes(shard.read_bytes()[:-200])
    elif harm == "gone":
        shard.unlink()
    else:
        more = ("--events", "none/x")

    result = _run("in.jsonl", "-o", "out", "--no-model", *more)

    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)  # fmt: skip
    if harm in {"cut", "gone"}:
        assert result.exit_code == 0
        assert len({row["key"] for row in _rows()}) == len(_rows()) == 3
    else:
        assert result.exit_code == 3
        assert len(result.stderr.strip().splitlines()) == 1


def test_failures_are_the_exit_code_of_inputs_that_cannot_be_read() -> None:
    Path("in.jsonl").write_text('{"text": "It rained."}\nno json\n', "utf-8")

    result = _run("in.jsonl", "-o", "out", "--no-model")

    assert result.exit_code == 3
    assert "error: 1 articles failed: failed.jsonl says why" in result.stderr


@pytest.mark.parametrize("word", ["text", "body=text", "text="])
def test_a_mapping_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="--map takes NAME=FIELD"):
        mapping_of([word])


def test_the_same_article_in_another_place_is_the_same() -> None:
    _archive(1, "one.jsonl")
    _archive(1, "two.jsonl")

    assert len(list(Inputs(("one.jsonl", "two.jsonl")))) == 1


# -- a run -----------------------------------------------------------------------


def test_each_article_becomes_a_row_and_its_items_rows_of_tables() -> None:
    _archive(3)

    result = _run("in.jsonl", "-o", "out", "--no-model")

    assert result.exit_code == 0
    assert "| done | 3 |" in result.stdout
    briefings = [Briefing.model_validate(row["briefing"]) for row in _rows()]
    assert [len(b.requests) for b in briefings] == [1, 1, 1]
    with Path("out/requests.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(r["by"], r["to"], r["published"]) for r in table] == [("Kenya", "Chad", "2025-03-05")] * 3  # fmt: skip
    assert Path("out/report.md").read_text("utf-8") == result.stdout


def test_a_table_cannot_run_a_formula() -> None:
    row = {"text": TEXT.format(1), "title": "=HYPERLINK(1)"}
    Path("in.jsonl").write_text(json.dumps(row) + "\n", "utf-8")

    _run("in.jsonl", "-o", "out", "--no-model")

    assert ",'=HYPERLINK(1)," in Path("out/requests.csv").read_text("utf-8")


def test_a_second_run_does_nothing_twice() -> None:
    _archive(3)
    with serving(completion(WHOLE)) as endpoint:
        _run("in.jsonl", "-o", "out", **_asked(endpoint))
        paid = len(endpoint.seen)
        again = _run("in.jsonl", "-o", "out", **_asked(endpoint))

        assert (paid, len(endpoint.seen)) == (3, 3)
    assert "| done | 3 |" in again.stdout
    assert len(_rows()) == 3


def test_new_articles_are_done_and_the_others_not_again() -> None:
    _archive(2)
    with serving(completion(WHOLE)) as endpoint:
        _run("in.jsonl", "-o", "out", **_asked(endpoint))
        _archive(5)
        _run("in.jsonl", "-o", "out", **_asked(endpoint))

        assert len(endpoint.seen) == 5
    assert len(_rows()) == 5


def test_a_limit_and_a_sample_choose_articles() -> None:
    _archive(9)

    _run("in.jsonl", "-o", "first", "--no-model", "--limit", "2")
    _run("in.jsonl", "-o", "some", "--no-model", "--sample", "4")
    _run("in.jsonl", "-o", "same", "--no-model", "--sample", "4")

    assert sorted(str(row["place"]) for row in _rows("first")) == [
        "in.jsonl:1",
        "in.jsonl:2",
    ]
    assert len(_rows("some")) == 4
    assert {r["key"] for r in _rows("some")} == {r["key"] for r in _rows("same")}


def test_a_dry_run_says_what_it_takes_and_makes_nothing() -> None:
    _archive(3)

    result = _run("in.jsonl", "-o", "out", "--dry-run")

    assert result.stdout.startswith("3 articles\n0 of them cannot be read\n")
    assert "text = 'body'" in result.stdout
    assert "tokens read" in result.stdout
    assert not Path("out").exists()


def test_what_cannot_be_read_is_a_failure_with_its_cause() -> None:
    Path("in.jsonl").write_text(
        '{"text": "It rained."}\nno json\n{"text": " "}\n', "utf-8"
    )

    result = _run("in.jsonl", "-o", "out", "--no-model")

    assert "| failed | 2 |" in result.stdout
    assert "| the line is no JSON object | 1 | in.jsonl:2 |" in result.stdout
    failed = Path("out/failed.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["place"] for line in failed] == [
        "in.jsonl:2",
        "in.jsonl:3",
    ]


def test_another_address_is_another_run() -> None:
    _archive(1)
    with serving(completion(WHOLE)) as endpoint:
        _run("in.jsonl", "-o", "out", **_asked(endpoint))
    with serving(completion(WHOLE)) as endpoint:
        left = _run("in.jsonl", "-o", "out", **_asked(endpoint))

        assert endpoint.seen == []
    assert "was made with another endpoint" in left.stderr


def test_an_answer_of_no_use_is_asked_for_anew_on_a_retry() -> None:
    _archive(2)
    answers: list[Callable[[int], Answer]] = [
        lambda n: completion("no" if n <= 4 else WHOLE)
    ]
    with serving(*answers) as endpoint:
        first = _run("in.jsonl", "-o", "out", **_asked(endpoint))
        same = _run("in.jsonl", "-o", "out", **_asked(endpoint))
        paid = len(endpoint.seen)
        retried = _run("in.jsonl", "-o", "out", "--retry-failed", **_asked(endpoint))

        assert (paid, len(endpoint.seen)) == (4, 6)
    assert "| done | 0 |" in first.stdout
    assert "| done | 0 |" in same.stdout
    assert "| done | 2 |" in retried.stdout
    assert len(_rows()) == 2  # no row of the first time is left


def test_a_refused_key_ends_the_run_and_no_article_counts_as_failed() -> None:
    _archive(9)
    with serving(error(401)) as endpoint:
        result = _run("in.jsonl", "-o", "out", **_asked(endpoint))

        assert len(endpoint.seen) < 9
    assert result.exit_code == 7
    assert "refused the key" in result.stderr
    assert "| failed | 0 |" in result.stdout


# -- faults ------------------------------------------------------------------------


def test_two_runs_cannot_write_into_one_folder() -> None:
    _archive(1)

    with Ledger(Path("out")):
        result = _run("in.jsonl", "-o", "out", "--no-model")

    assert result.exit_code == 3
    assert "another run writes to 'out'" in result.stderr


@pytest.mark.parametrize(
    "words", [("--only", "requests"), ("--no-forms", "--base-url", "http://h/v1", "--model", "m")]
)  # fmt: skip
def test_a_folder_that_was_made_in_another_way_is_not_mixed(
    words: tuple[str, ...],
) -> None:
    _archive(1)
    _run("in.jsonl", "-o", "out", "--no-model")

    extra = ("--no-model",) if words[0] == "--only" else ()
    result = _run("in.jsonl", "-o", "out", *words, *extra)

    assert result.exit_code == 4
    assert "'out' was made with another" in result.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence() -> None:
    _archive(1)
    Path("out").write_text("a file", "utf-8")

    result = _run("in.jsonl", "-o", "out", "--no-model")

    assert result.exit_code == 3
    assert "cannot write to the folder 'out'" in result.stderr


def test_a_row_that_was_written_and_not_entered_is_cut_off() -> None:
    _archive(2)
    _run("in.jsonl", "-o", "out", "--no-model", "--limit", "1")
    shard = Path("out/briefings-00000.jsonl")
    whole = shard.read_bytes()
    shard.write_bytes(whole + b'{"key": "half a row')

    _run("in.jsonl", "-o", "out", "--no-model")

    assert shard.read_bytes().startswith(whole)
    assert len(_rows()) == 2


def test_shards_hold_so_many_rows_and_replaced_rows_are_gone() -> None:
    with Ledger(Path("out"), now=lambda: 0.0, shard_rows=2) as ledger:
        for n in range(5):
            entry = Entry(f"{n:064x}", f"p{n}", "incomplete", "a hole")
            ledger.write(entry, {"key": f"{n:064x}"}, Cost())
        ledger.write(
            Entry(f"{1:064x}", "p1", "done"), {"key": f"{1:064x}", "now": 1}, Cost()
        )
        ledger.compact()

    with Ledger(Path("out")) as ledger:
        rows = list(ledger.rows())
    assert sorted(str(r["key"])[-1] for r in rows) == list("01234")
    assert [r for r in rows if "now" in r]
    assert len(_rows()) == 5


def test_a_file_of_replies_that_is_none_is_one_sentence() -> None:
    _archive(1)
    Path("out").mkdir()
    Path("out/replies.sqlite").write_text(
        "no database, but long enough to be looked at", "utf-8"
    )

    with serving(completion(WHOLE)) as endpoint:
        result = _run("in.jsonl", "-o", "out", **_asked(endpoint))

    assert result.exit_code == 4
    assert "cannot keep replies in" in result.stderr


# -- kill ---------------------------------------------------------------------------


def _started(endpoint: Endpoint, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out", "-q", *words],
        env={**os.environ, **_asked(endpoint)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def slow() -> Iterator[Endpoint]:
    """An endpoint that takes some hundredths of a second for each answer."""
    pause = threading.Event()

    def late(_number: int) -> Answer:
        pause.wait(0.05)
        return completion(WHOLE)

    with serving(late) as endpoint:
        yield endpoint


def _texts(endpoint: Endpoint) -> Counter[str]:
    # A kill may cut a request in its middle.
    whole = (body for body in endpoint.seen if "messages" in body)
    return Counter(json.dumps(body["messages"]) for body in whole)


def test_killed_at_any_moment_nothing_is_lost_and_only_what_was_under_way_paid_again(
    slow: Endpoint,
) -> None:
    count, kills, at_once = 40, 4, 4
    _archive(count)
    chance = random.Random(7)  # noqa: S311  no secret
    for _ in range(kills):
        run = _started(slow)
        deadline = time.monotonic() + 30
        before = len(slow.seen)
        wanted = before + chance.randint(1, 8)
        while (
            len(slow.seen) < wanted
            and time.monotonic() < deadline
            and run.poll() is None
        ):
            threading.Event().wait(0.01)
        run.send_signal(signal.SIGKILL)
        run.communicate()

    result = _started(slow)
    out, _ = result.communicate(timeout=120)

    assert result.returncode == 0
    assert f"| done | {count} |" in out
    keys = [row["key"] for row in _rows()]
    assert len(keys) == len(set(keys)) == count
    assert len(slow.seen) - count <= kills * at_once
    assert len(_texts(slow)) == count


def test_ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on(
    slow: Endpoint,
) -> None:
    _archive(60)
    run = _started(slow)
    while len(slow.seen) < 6 and run.poll() is None:
        threading.Event().wait(0.01)

    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)

    assert run.returncode == 130
    assert "the same command goes on" in err
    done = len(_rows())
    assert done == len(slow.seen) < 60
    assert f"| done | {done} |" in out


def test_what_was_paid_is_on_the_disk_before_it_is_used() -> None:
    _archive(1)
    with serving(completion("no JSON at all")) as endpoint:
        _run("in.jsonl", "-o", "out", **_asked(endpoint))
        paid = len(endpoint.seen)

    rows = (
        sqlite3.connect("out/replies.sqlite")
        .execute("SELECT body FROM replies")
        .fetchall()
    )
    assert len(rows) == paid
    assert all(b"no JSON at all" in bytes(body) for (body,) in rows)


def test_no_key_stands_in_any_file_of_a_run() -> None:
    _archive(2)
    with serving(completion(WHOLE)) as endpoint:
        _run(
            "in.jsonl",
            "-o",
            "out",
            **_asked(endpoint),
            OPENAI_API_KEY="sk-invented-12345",
        )

    for file in Path("out").iterdir():
        assert b"sk-invented-12345" not in file.read_bytes()


def test_each_article_is_a_line_of_events() -> None:
    _archive(2)

    _run("in.jsonl", "-o", "out", "--no-model", "--events", "events.jsonl")

    events = [
        json.loads(line)
        for line in Path("events.jsonl").read_text("utf-8").splitlines()
    ]
    assert [e["type"] for e in events] == ["started", "article", "article", "finished"]
    assert [e["status"] for e in events[1:3]] == ["done", "done"]
    assert {"key", "place", "calls", "seconds", "time"} <= events[1].keys()
    assert [e["totals"].get("done", 0) for e in events] == [0, 1, 2, 2]


def test_a_place_that_is_not_there_makes_no_folder() -> None:
    result = _run("nope", "-o", "out", "--no-model")

    assert result.exit_code == 3
    assert "there is no file or folder 'nope'" in result.stderr
    assert not Path("out").exists()


def test_a_folder_without_articles_is_said() -> None:
    Path("empty").mkdir()

    result = _run("empty", "-o", "out", "--no-model")

    assert "warning: no article was found in what was named" in result.stderr


def test_a_row_is_rendered_verified_and_compared_like_a_file() -> None:
    _archive(2)
    _run("in.jsonl", "-o", "out", "--no-model")
    row = "out/briefings-00000.jsonl"

    shown = CliRunner().invoke(app, ["render", f"{row}:2"])
    checked = CliRunner().invoke(app, ["verify", f"{row}:1"])
    changed = CliRunner().invoke(app, ["diff", f"{row}:1", f"{row}:2"])

    assert "Kenya → Chad" in shown.stdout
    assert "checked items hold" in checked.stdout
    assert changed.exit_code == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("out/briefings-00000.jsonl:9", "is no row with a briefing"),
        ("out/none.jsonl:1", "cannot read 'out/none.jsonl'"),
        (
            "out/briefings-00000.jsonl",
            "holds a briefing in each row: say which, as out/briefings-00000.jsonl:1",
        ),
    ],
)
def test_a_row_that_is_none_is_one_sentence(row: str, words: str) -> None:
    _archive(1)
    _run("in.jsonl", "-o", "out", "--no-model")

    result = CliRunner().invoke(app, ["render", row])

    assert result.exit_code == 3
    assert words in result.stderr


def test_a_ledger_says_how_it_was_made(tmp_path: Path) -> None:
    with Ledger(tmp_path / "out") as ledger:
        ledger.check({"model": "a"})
        with pytest.raises(SettingsError, match=r"another model \(a, now b\)"):
            ledger.check({"model": "b"})


def test_the_collector_of_cycles_is_as_before_after_a_run() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()

    with garbage.rarely():
        during = gc.get_threshold()

    assert during > before[0]
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
