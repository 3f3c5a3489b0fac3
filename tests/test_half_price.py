"""Half price: nothing is asked twice, nothing is lost, whatever becomes of a batch."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import batch_server
import pytest
from batch_server import LIVE, Line, Server, expired, good, refused
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.batch.half_price.running import HalfPrice
from summarizer.batch.inputs import Inputs
from summarizer.batch.job import Job
from summarizer.cli import app
from summarizer.plan import Plan
from summarizer.settings import Settings

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."
PRICED = ("--price-in", "10", "--price-out", "20")
"""At half of this an answer costs 1.5 cents."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server() -> Iterator[Server]:
    with batch_server.serving() as held:
        yield held


def _archive(count: int) -> None:
    rows = ({"body": TEXT.format(n), "date": "2025-03-05"} for n in range(count))
    Path("in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")


def _boat(request: Line) -> str:
    return str(request["body"]["messages"]).split("crew of boat ")[-1].split(".")[0]


def _is_odd(request: Line) -> bool:
    return int(_boat(request)) % 2 == 1


def _environ(server: Server) -> dict[str, str]:
    return {
        "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-invented-4321",
        "SUMMARIZER_MODEL": "m", "SUMMARIZER_PROFILE": "openai",
        "SUMMARIZER_TIMEOUT_S": "20",
    }  # fmt: skip


RUN = ("in.jsonl", "-o", "out", "-q", "--half-price")
WAITED = (*RUN, "--wait", "--poll", "0.02")


def _batch(server: Server, *words: str) -> Result:
    result = CliRunner().invoke(app, ["batch", *words], env=_environ(server))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def _rows() -> list[dict[str, object]]:
    files = sorted(Path("out").glob("briefings-*.jsonl"))
    return [json.loads(x) for f in files for x in f.read_text("utf-8").splitlines()]


def _made() -> list[Briefing]:
    return [Briefing.model_validate(row["briefing"]) for row in _rows()]


def _holds(server: Server, count: int, batches: int = 1) -> None:
    """Hold that each article is there once, each request was paid once, in so many batches."""
    assert len({row["key"] for row in _rows()}) == len(_rows()) == count
    assert len(server.batches) == batches
    assert set(server.paid.values()) <= {1}


# -- the way -------------------------------------------------------------------------


def test_a_run_sends_a_batch_and_the_same_command_makes_briefings_of_it(
    server: Server,
) -> None:
    _archive(3)
    server.polls = 1
    first = _batch(server, *RUN)
    waiting = _batch(server, *RUN)
    last = _batch(server, *RUN)

    assert [first.exit_code, waiting.exit_code, last.exit_code] == [14, 14, 0]
    assert "1 batches with 3 requests wait at 127.0.0.1" in first.stderr
    assert "`summarizer batch status out` says how they stand" in first.stderr
    assert "| done | 3 |" in last.stdout
    assert server.asked[LIVE] == 0
    _holds(server, 3)


def test_waiting_for_the_batches_ends_when_all_is_done(server: Server) -> None:
    _archive(4)
    server.polls = 3

    result = _batch(server, *WAITED)

    assert result.exit_code == 0
    assert "| done | 4 |" in result.stdout
    _holds(server, 4)


def test_results_belong_to_their_request_and_not_to_their_place(server: Server) -> None:
    _archive(12)

    def fate(request: Line, _n: int) -> list[Line]:
        boat = _boat(request)
        answer = {**json.loads(batch_server.WHOLE), "bottom_line": ""}
        answer["requests"] = [
            {"by": "Kenya", "to": "Chad", "what": f"to free the crew of boat {boat}",
             "quote": TEXT.format(boat)}
        ]  # fmt: skip
        return [good(request, json.dumps(answer))]

    server.fate = fate
    _batch(server, *WAITED)

    for row in _rows():
        made = Briefing.model_validate(row["briefing"])
        number = int(str(row["place"]).partition(":")[2]) - 1
        assert [r.evidence[0].exact for r in made.requests] == [TEXT.format(number)]
        assert made.coverage.passages_failed == ()


def test_a_question_that_an_answer_leads_to_goes_with_the_next_batch(
    server: Server,
) -> None:
    _archive(3)

    def fate(request: Line, _n: int) -> list[Line]:
        is_again = {"role": "assistant", "content": "no"} in request["body"]["messages"]
        return [good(request, batch_server.WHOLE if is_again else "no")]

    server.fate = fate

    result = _batch(server, *WAITED)

    assert "| done | 3 |" in result.stdout
    assert len(server.lines) == 6
    _holds(server, 3, batches=2)


def test_what_is_no_answer_twice_is_a_hole_and_asked_anew_on_a_retry(
    server: Server,
) -> None:
    _archive(2)
    server.fate = lambda r, n: [good(r, batch_server.WHOLE if n > 2 else "no")]

    first = _batch(server, *WAITED)
    same = _batch(server, *WAITED)
    retried = _batch(server, *WAITED, "--retry-failed")

    assert "| incomplete | 2 |" in first.stdout
    assert "| incomplete | 2 |" in same.stdout
    assert "| done | 2 |" in retried.stdout
    assert len(server.batches) == 3


def test_a_limit_holds_for_what_is_begun(server: Server) -> None:
    _archive(5)

    _batch(server, *RUN, "--limit", "2")
    begun = len(server.files)
    _batch(server, *RUN, "--limit", "2")

    assert begun == 1
    assert len(_rows()) == 2
    assert len(server.batches) == 1


def test_a_batch_holds_no_more_requests_than_it_may(server: Server) -> None:
    _archive(7)
    settings = Settings(base_url=server.url, api_key="k", model="m", profile="openai")
    job = Job(settings, Plan(), Path("out"), is_asked=True)
    with job.opened():
        HalfPrice(wait=True, poll_s=0.01, most_requests=3).run(job, lambda: iter(Inputs(("in.jsonl",))))  # fmt: skip
        job.deliver()

    sizes = [b["request_counts"]["total"] for b in server.batches.values()]
    assert sorted(sizes) == [1, 3, 3]
    _holds(server, 7, batches=3)


def test_azure_has_a_path_of_its_own(server: Server) -> None:
    _archive(1)
    server.path = "/chat/completions"

    result = _batch(server, *WAITED, "--profile", "azure")

    assert "| done | 1 |" in result.stdout
    assert server.asked["file"] == 1  # Azure must have read a file before


def test_an_endpoint_without_batches_is_told_before_anything_is_asked(
    server: Server,
) -> None:
    _archive(1)

    result = _batch(server, *RUN, "--profile", "generic")

    assert result.exit_code == 4
    assert "the profile 'generic' has no batches at half price" in result.stderr
    assert server.asked == Counter()


# -- what becomes of a batch ---------------------------------------------------------


@pytest.mark.parametrize("status", ["expired", "cancelled", "completed"])
def test_what_is_missing_goes_with_the_next_batch(server: Server, status: str) -> None:
    _archive(6)
    gone: set[str] = set()

    def fate(request: Line, number: int) -> list[Line]:
        if number == 1 and _is_odd(request):
            gone.add(request["custom_id"])
            return [] if status == "completed" else [expired(request)]
        return [good(request)]

    server.fate = fate
    server.ends = lambda n: status if n == 1 else "completed"
    result = _batch(server, *WAITED)

    assert gone
    assert "| done | 6 |" in result.stdout
    _holds(server, 6, batches=2)


def test_what_never_comes_is_given_up_after_three_batches_and_named(
    server: Server,
) -> None:
    _archive(3)
    server.fate = lambda _r, _n: []

    result = _batch(server, *WAITED)

    assert len(server.batches) == 3
    assert "| incomplete | 3 |" in result.stdout
    assert "no result came back for it" in result.stdout


def test_a_request_that_is_refused_is_not_sent_again(server: Server) -> None:
    _archive(2)
    server.fate = lambda r, _n: [refused(r, 400, "this is not allowed")]

    result = _batch(server, *WAITED)

    assert len(server.batches) == 1
    assert "this is not allowed (400)" in result.stdout


def test_a_server_that_failed_is_asked_again(server: Server) -> None:
    _archive(2)
    server.fate = lambda r, n: [refused(r, 503)] if n == 1 else [good(r)]

    result = _batch(server, *WAITED)

    assert "| done | 2 |" in result.stdout
    _holds(server, 2, batches=2)


def test_lines_that_come_twice_or_belong_to_nobody_change_nothing(
    server: Server,
) -> None:
    _archive(3)

    def fate(request: Line, _n: int) -> list[Line]:
        stranger = {**request, "custom_id": "f" * 64}
        return [expired(request), good(request), good(request, "no"), good(stranger)]

    server.fate = fate
    first = _batch(server, *WAITED)

    assert first.exit_code == 0
    assert len({row["key"] for row in _rows()}) == 3


def test_a_batch_that_is_refused_as_a_whole_is_said_and_sent_again(
    server: Server,
) -> None:
    _archive(2)
    server.ends = lambda n: "failed" if n == 1 else "completed"

    first = _batch(server, *WAITED)
    second = _batch(server, *WAITED)

    assert first.exit_code == 6
    assert "refused the batch batch_1; it says 'Enqueued token limit reached'" in first.stderr  # fmt: skip
    assert "| done | 2 |" in second.stdout
    _holds(server, 2, batches=2)


def test_results_that_the_endpoint_has_deleted_are_asked_for_anew(
    server: Server,
) -> None:
    _archive(2)
    _batch(server, *RUN)
    server.faults = {"content": [404]}

    result = _batch(server, *WAITED)

    assert "| done | 2 |" in result.stdout
    assert len(server.batches) == 2


def test_a_request_that_was_too_long_is_asked_in_halves(server: Server) -> None:
    text = " ".join(TEXT.format(n) for n in range(40))
    Path("story.txt").write_text(text, "utf-8")

    def fate(request: Line, _n: int) -> list[Line]:
        if len(str(request["body"]["messages"])) > server.window:
            return [
                refused(
                    request, 400, "This model's maximum context length is 9 tokens."
                )
            ]
        return [good(request)]

    server.fate = fate
    server.window = 10**9
    _batch(
        server,
        "story.txt",
        "-o",
        "whole",
        "-q",
        "--half-price",
        "--wait",
        "--poll",
        "0.02",
    )
    server.window = len(str(server.lines[0]["body"]["messages"])) - 100
    result = _batch(server, "story.txt", "-o", "out", "-q", "--half-price", "--wait", "--poll", "0.02")  # fmt: skip

    assert "| done | 1 |" in result.stdout
    assert len(server.lines) == 4  # whole, whole again, two halves
    assert _made()[0].complete


def test_what_expired_can_be_asked_at_once(server: Server) -> None:
    _archive(4)
    server.ends = lambda _n: "expired"
    server.fate = lambda r, n: [good(r)] if n == 0 or _is_odd(r) else [expired(r)]  # fmt: skip
    _batch(server, *RUN)

    result = _batch(server, "in.jsonl", "-o", "out", "-q", "--finish-live", "--wait")

    assert result.exit_code == 0
    assert "| done | 4 |" in result.stdout
    assert len(server.batches) == 1
    assert server.paid.total() == 4
    assert server.paid[LIVE] > 0


def test_a_run_at_full_price_does_not_pay_again_what_is_under_way(
    server: Server,
) -> None:
    _archive(2)
    server.polls = 99
    _batch(server, *RUN)

    result = _batch(server, "in.jsonl", "-o", "out", "-q")

    assert result.exit_code == 4
    assert "1 batches of 'out' are under way" in result.stderr
    assert server.asked[LIVE] == 0


# -- from anywhere -------------------------------------------------------------------


def test_a_folder_is_looked_at_collected_and_gone_on_with_elsewhere(
    server: Server, folder: Path
) -> None:
    _archive(2)
    server.polls = 1
    _batch(server, *RUN)
    (folder / "elsewhere").mkdir()
    Path("out").rename("elsewhere/out")
    environ = {k: v for k, v in _environ(server).items() if k.startswith("OPENAI_")}

    def told(*words: str) -> Result:
        return CliRunner().invoke(app, ["batch", *words, "elsewhere/out"], env=environ)

    status, collected, after = told("status"), told("collect"), told("status")

    assert "1. batch_1: in_progress, 0 answered, 0 failed of 2" in status.stdout
    assert "1 batches were read, 0 are under way; 2 requests are answered" in collected.stdout  # fmt: skip
    assert "1. batch_1: 2 requests, completed, read" in after.stdout
    Path("elsewhere/out").rename("out")
    last = _batch(server, *RUN)
    assert "| done | 2 |" in last.stdout
    _holds(server, 2)


def test_a_batch_that_is_cancelled_keeps_what_it_answered(server: Server) -> None:
    _archive(4)
    server.polls = 99
    server.fate = lambda r, _n: [good(r)] if _is_odd(r) else [expired(r)]  # fmt: skip
    _batch(server, *RUN)

    cancelled = _batch(server, "cancel", "out")
    paid = server.paid.total()
    server.fate, server.polls = lambda r, _n: [good(r)], 0
    result = _batch(server, *WAITED)

    assert "1. batch_1: cancelled" in cancelled.stdout
    assert 0 < paid < 4
    assert "| done | 4 |" in result.stdout
    _holds(server, 4, batches=2)


@pytest.mark.parametrize("word", ["status", "collect", "cancel"])
def test_a_folder_without_batches_is_one_sentence(server: Server, word: str) -> None:
    result = _batch(server, word, "nothing")

    assert result.exit_code == 3
    assert result.stderr.strip() == "error: no batch was sent of 'nothing'"
    assert not Path("nothing").exists()


def test_an_address_that_a_folder_names_gets_no_key(server: Server) -> None:
    _archive(1)
    server.polls = 99
    _batch(server, *RUN)
    with batch_server.serving() as other:
        environ = {**_environ(server), "OPENAI_BASE_URL": other.url}
        result = CliRunner().invoke(app, ["batch", "status", "out"], env=environ)

        assert other.asked == Counter()
    assert result.exit_code == 4
    assert f"are at {server.url}, not at {other.url}" in result.stderr


def test_a_file_that_is_named_as_a_command_can_be_given(server: Server) -> None:
    Path("status").write_text(TEXT.format(1), "utf-8")

    result = _batch(server, "./status", "-o", "out", "-q", "--no-model")

    assert "| done | 1 |" in result.stdout


def test_no_key_stands_in_any_file(server: Server) -> None:
    _archive(1)
    _batch(server, *WAITED)

    for file in Path("out").iterdir():
        assert b"sk-invented-4321" not in file.read_bytes()
    assert not list(Path("out").glob("*.part"))


# -- money ---------------------------------------------------------------------------


def test_half_is_paid_and_each_article_knows_its_part(server: Server) -> None:
    _archive(2)

    result = _batch(server, *WAITED, *PRICED)

    assert "$0.03 were paid, $0.015 an article." in result.stdout
    assert [b.provenance.cost for b in _made()] == [pytest.approx(0.015)] * 2


def test_a_batch_is_no_larger_than_what_may_be_paid(server: Server) -> None:
    _archive(9)

    first = _batch(server, *WAITED, *PRICED, "--budget-usd", "0.2")
    done = len(_rows())
    more = _batch(server, *WAITED, *PRICED, "--budget-usd", "9")

    assert first.exit_code == 13
    assert "the same command with a larger --budget-usd goes on" in first.stderr
    assert 0 < done < 9
    assert more.exit_code == 0
    assert len(_rows()) == server.paid.total() == 9


def test_what_was_written_down_for_an_article_that_is_gone_is_not_sent(
    server: Server,
) -> None:
    _archive(9)
    _batch(server, *WAITED, *PRICED, "--budget-usd", "0.2")
    before = len(server.lines)
    row = {"body": TEXT.format(99), "date": "2025-03-05"}
    Path("in.jsonl").write_text(json.dumps(row) + "\n", "utf-8")

    result = _batch(server, *WAITED, *PRICED, "--budget-usd", "9")

    assert result.exit_code == 0
    assert [_boat(line) for line in server.lines[before:]] == ["99"]


def test_a_dry_run_says_what_half_the_price_is(server: Server) -> None:
    _archive(2)

    result = _batch(server, *RUN, *PRICED, "--dry-run")

    assert "in batches $" in result.stdout
    assert server.asked == Counter()


# -- the way there fails -------------------------------------------------------------


@pytest.mark.parametrize("step", ["upload", "create", "look", "content"])
@pytest.mark.parametrize("status", [429, 500])
def test_a_step_that_fails_for_a_moment_is_done_again(
    server: Server, step: str, status: int
) -> None:
    _archive(2)
    server.faults = {step: [status]}

    result = _batch(server, *WAITED)

    assert "| done | 2 |" in result.stdout
    assert server.asked[step] >= 2
    assert len([f for f in server.files.values() if f["purpose"] == "batch"]) == 1
    _holds(server, 2)


@pytest.mark.parametrize("step", ["upload", "create"])
def test_what_was_made_and_answered_by_an_error_is_not_made_again(
    server: Server, step: str
) -> None:
    _archive(2)
    server.lost[step] = 1
    server.page = 1

    result = _batch(server, *WAITED)

    assert "| done | 2 |" in result.stdout
    assert server.asked[step] == 1
    assert len([f for f in server.files.values() if f["purpose"] == "batch"]) == 1
    _holds(server, 2)


@pytest.mark.parametrize("step", ["upload", "create", "look"])
def test_a_refused_key_ends_the_run_and_the_same_command_goes_on(
    server: Server, step: str
) -> None:
    _archive(2)
    server.faults = {step: [401]}

    first = _batch(server, *WAITED)
    second = _batch(server, *WAITED)

    assert first.exit_code == 7
    assert "refused the key" in first.stderr
    assert "| done | 2 |" in second.stdout
    _holds(server, 2)


# -- kill ----------------------------------------------------------------------------


def test_ctrl_c_ends_the_waiting_and_the_same_command_goes_on(server: Server) -> None:
    _archive(2)
    server.polls = 10**6
    run = _started(server)
    deadline = time.monotonic() + 60
    while server.asked["look"] < 3 and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    for batch in server.batches.values():
        batch["left"] = 0
    last = _batch(server, *WAITED)

    assert run.returncode == 130
    assert "the same command goes on" in err
    assert "| done | 2 |" in last.stdout
    _holds(server, 2)


def _started(server: Server) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer.cli", "batch", *WAITED, *PRICED],
        env={**os.environ, **_environ(server)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "when"),
    [
        ("upload", "before"), ("upload", "after"), ("create", "before"), ("create", "after"),
        ("look", "before"), ("look", "after"), ("content", "before"), ("content", "after"),
    ],
)  # fmt: skip
def test_killed_at_any_step_nothing_is_made_twice_and_nothing_lost(
    server: Server, step: str, when: str
) -> None:
    _archive(4)
    server.page = 1
    server.fate = lambda r, n: [expired(r)] if n == 1 and _is_odd(r) else [good(r)]  # fmt: skip
    server.stop_at(step, when)
    run = _started(server)
    assert server.hanging.wait(60)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    server.go.set()

    out, err = _started(server).communicate(timeout=120)

    assert "| done | 4 |" in out, err
    assert "$0.06 were paid, $0.015 an article." in out
    assert len([f for f in server.files.values() if f["purpose"] == "batch"]) == 2
    assert not list(Path("out").glob("*.part"))
    _holds(server, 4, batches=2)


# -- offline -------------------------------------------------------------------------


def _answered_offline(requests: str, results: str) -> None:
    """Do what `vllm run-batch` does with a file."""
    lines = [json.loads(x) for x in Path(requests).read_text("utf-8").splitlines()]
    words = "".join(json.dumps(good(line)) + "\n" for line in reversed(lines))
    Path(results).write_text(words, "utf-8")


OFFLINE = ("in.jsonl", "-o", "out", "-q", "--profile", "vllm")


def test_requests_and_results_are_files(server: Server) -> None:
    _archive(3)

    first = _batch(server, *OFFLINE, "--write-requests", "r.jsonl")
    _answered_offline("r.jsonl", "done.jsonl")
    last = _batch(server, *OFFLINE, "--read-results", "done.jsonl")

    (line, *_) = [
        json.loads(x) for x in Path("r.jsonl").read_text("utf-8").splitlines()
    ]
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    assert line["body"]["model"] == "m"
    assert first.exit_code == 14
    assert "3 requests stand in 'r.jsonl'" in first.stderr
    assert "vllm run-batch -i r.jsonl -o RESULTS --model m" in first.stderr
    assert last.exit_code == 0
    assert "| done | 3 |" in last.stdout
    assert server.asked[LIVE] == 0


def test_results_that_miss_some_are_taken_and_the_rest_written_again(
    server: Server,
) -> None:
    _archive(3)
    _batch(server, *OFFLINE, "--write-requests", "r.jsonl")
    _answered_offline("r.jsonl", "done.jsonl")
    kept = Path("done.jsonl").read_text("utf-8").splitlines()[:2]
    Path("done.jsonl").write_text("\n".join(["no json", *kept, '{"custom_id": "x"']), "utf-8")  # fmt: skip

    again = _batch(server, *OFFLINE, "--read-results", "done.jsonl", "--write-requests", "r2.jsonl")  # fmt: skip

    assert again.exit_code == 14
    assert "| done | 2 |" in again.stdout
    assert len(Path("r2.jsonl").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--read-results", "none.jsonl"), 3, "cannot read 'none.jsonl'"),
        (("--write-requests", "none/r.jsonl"), 3, "cannot write 'none/r.jsonl'"),
        (("--write-requests", "r.jsonl", "--half-price"), 2, "do not go together"),
        (("--wait",), 2, "add --half-price"),
    ],
)
def test_a_wrong_file_or_option_is_said(
    server: Server, words: tuple[str, ...], code: int, told: str
) -> None:
    _archive(1)

    result = _batch(server, *OFFLINE, *words)

    assert result.exit_code == code
    assert told in result.stderr
