"""Archives over several processes: nothing lost, nothing doubled, one limiter, no key on its way."""

import asyncio
import json
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from distributed import LocalCluster
from endpoint import Answer, Endpoint, completion, envelope, error, serving
from typer.testing import CliRunner, Result

from summarizer.batch.entries import Cost, Entry
from summarizer.batch.executors import processes
from summarizer.batch.inputs import Given
from summarizer.batch.ledger import Ledger
from summarizer.batch.sharding.journal import Journal
from summarizer.batch.sharding.leases import News, Pool
from summarizer.batch.sharding.order import VERSION, Order, bare, packed, unpacked
from summarizer.batch.sharding.shard import MOST_DEATHS, run_shard
from summarizer.batch.sharding.shelf import Shelf
from summarizer.cli import app
from summarizer.client.limits import Limits
from summarizer.client.replies import NAME
from summarizer.errors import InputError, SettingsError
from summarizer.plan import Plan
from summarizer.settings import Settings
from summarizer.sources import Metadata

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."
KEY = "sk-invented-12345"
AT_ONCE = 4
"""Requests that one worker has under way at most."""

WHOLE = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _archive(count: int) -> None:
    rows = (
        {"id": n, "body": TEXT.format(n), "date": "2025-03-05"} for n in range(count)
    )
    Path("in.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), "utf-8"
    )


def _run(*words: str, **environ: str) -> Result:
    words = ("batch", "in.jsonl", "-o", "out", "-q", *words)
    return CliRunner().invoke(app, words, env=environ)


def _asked(url: str) -> dict[str, str]:
    return {
        "OPENAI_BASE_URL": url,
        "SUMMARIZER_MODEL": "m",
        "SUMMARIZER_STRATEGY": "whole",
        "SUMMARIZER_STRUCTURE": "json_schema",
        "SUMMARIZER_TIMEOUT_S": "20",
    }


def _rows() -> list[dict[str, object]]:
    files = sorted(Path("out").glob("briefings-*.jsonl"))
    return [
        json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()
    ]


def _order(**changed: object) -> Order:
    settings = Settings(base_url="http://127.0.0.1:9/v1", model="m")
    order = Order(
        run="r", folder=str(Path("out").resolve()), shard=0, settings=settings,
        has_key=False, plan=Plan(), is_asked=False, allow_private=False,
    )  # fmt: skip
    return replace(order, **changed)  # type: ignore[arg-type]  # fields of an order


# -- one limiter -------------------------------------------------------------------


class _Clock:
    """A clock that stands still until nobody has anything to do, and then leaps."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


@pytest.mark.parametrize("tokens", [1, 3_000])
def test_the_limiter_grants_the_rate_and_no_more_however_many_ask(tokens: int) -> None:
    clock = _Clock()
    limits = Limits(requests_per_minute=600, tokens_per_minute=600_000, now=clock)
    pool = Pool(limits, sleep=clock.sleep, now=clock)
    sent: list[float] = []

    async def worker() -> None:
        while clock.at < 120:
            count = await pool.lease([tokens] * 5, lambda: True)
            sent.extend([clock.at] * count)
            await asyncio.sleep(0)

    async def all_at_work() -> None:
        await asyncio.gather(*(worker() for _ in range(8)))

    asyncio.run(all_at_work())

    allowed = min(600, 600_000 / tokens)
    minutes = [sum(m <= at < m + 60 for at in sent) for m in (0, 10, 30, 60)]
    assert all(0.95 * allowed <= n <= allowed * (1 + 1 / 60) + 1 for n in minutes)


def test_a_worker_that_died_in_the_line_is_passed_over() -> None:
    clock = _Clock()
    pool = Pool(Limits(requests_per_minute=60, now=clock), sleep=clock.sleep, now=clock)

    async def lease() -> list[int]:
        first = await pool.lease([1], lambda: True)
        dead = pool.lease([1], lambda: False)
        return [first, *await asyncio.gather(dead, pool.lease([1], lambda: True))]

    assert asyncio.run(lease()) == [1, 0, 1]


def test_refusals_of_one_moment_halve_the_rate_once_and_headers_name_it() -> None:
    clock = _Clock()
    limits = Limits(now=clock)
    pool = Pool(limits, sleep=clock.sleep, now=clock)

    for _ in range(5):
        pool.hear(News(refused=1, headers={"x-ratelimit-limit-requests": "60"}))

    assert limits.share == 0.5
    assert asyncio.run(pool.lease([1, 1, 1], lambda: True)) == 1


# -- shards on the disk --------------------------------------------------------------


def _shelf(run: str = "r") -> Shelf:
    Path("out").mkdir(exist_ok=True)
    shelf = Shelf(Path("out"))
    shelf.prepare(run)
    return shelf


def test_articles_are_read_again_by_a_worker_in_another_folder(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    Path("story.txt").write_text("It rained in Varos.", "utf-8")
    moment = datetime(2025, 3, 5, 9, 30, tzinfo=UTC)
    told = Metadata(title="Rain", published=moment.date(), published_at=moment)
    given = [
        Given("aa", "in.jsonl:1", "It \ud800 rained.", told),
        Given("bb", "story.txt"),
        Given("cc", "in.jsonl:2", error="no JSON"),
    ]
    number = _shelf().add(given)

    monkeypatch.chdir("/")
    row, file, bad = Shelf(folder / "out").given(number)

    assert (row.text, row.metadata) == (given[0].text, told)
    assert (file.place, bad.error) == ("story.txt", "no JSON")
    assert file.read(max_chars=100).text == "It rained in Varos."


def test_rows_are_put_once_whoever_comes_second() -> None:
    shelf = _shelf()
    number = shelf.add([Given("aa", "a", "It rained.")])
    first, second = shelf.part(number), shelf.part(number)
    for part, word in ((first, "first"), (second, "second")):
        part.write(Entry("aa", "a", "done"), {"by": word}, Cost())

    assert (first.put(), second.put()) == (1, 0)
    assert [row for _, _, row in shelf.rows(number)] == [{"by": "first"}]


def test_requests_cut_off_by_a_kill_and_sent_again_are_counted() -> None:
    lines = "sent a\nover a\nsent b\nsent c\nsent c\nover c\nsent d\nover d\nsent d\nover d\n"
    Path("journal.txt").write_text(lines, "utf-8")

    # b was never sent again, c once; d had failed, and was answered at the second try
    assert Journal(Path("journal.txt")).paid_twice() == 1


def test_a_shard_that_takes_worker_after_worker_is_given_up() -> None:
    shelf = _shelf()
    number = shelf.add([Given("aa", "a", "It rained.")])
    begun = Path(f"out/shards/{number:06}/journal.txt")
    begun.write_text("start old\n" * 9 + "start r\n" * (MOST_DEATHS - 1), "utf-8")

    with begun.open("a", encoding="utf-8") as file:
        file.write("start r\n")
    run_shard(_order(), None, worker="w", stopping=lambda: False)

    ((entry, _, row),) = shelf.rows(number)
    assert (entry.status, row) == ("failed", None)
    assert entry.cause.startswith("3 workers were lost on the shard")


def test_a_folder_that_a_worker_does_not_see_is_one_sentence() -> None:
    _shelf("of another run")

    outcome = run_shard(_order(), None, worker="w", stopping=lambda: False)

    assert isinstance(outcome.trouble, InputError)
    assert "the worker w does not see the folder" in str(outcome.trouble)


# -- what travels --------------------------------------------------------------------


def test_an_order_holds_no_key_and_cannot_be_made_to() -> None:
    settings = Settings(api_key=KEY, model="m")

    order = _order(settings=bare(settings), has_key=True)

    assert KEY.encode() not in packed(order)
    assert (order.settings.url, order.settings.embedded) == (settings.url, False)
    with pytest.raises(SettingsError, match="an order holds a key"):
        packed(replace(order, settings=settings))


def test_a_worker_takes_the_key_of_its_own_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = _order(has_key=True)
    with pytest.raises(SettingsError, match="this worker has no key"):
        order.keyed()

    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    assert order.keyed().api_key == KEY
    assert _order().keyed().api_key is None


def test_another_version_on_a_worker_is_one_sentence() -> None:
    raw = packed(_order())

    assert unpacked(VERSION, raw, "w") == pickle.loads(raw)  # noqa: S301  ours
    with pytest.raises(SettingsError, match=r"the worker w has grounded-briefing .*, this command 0\.0\.1: install the same"):  # fmt: skip
        unpacked("0.0.1", raw, "w")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("local:x", "--cluster local:N takes a number of processes"),
        ("processes:0", "--cluster processes:N takes a number of processes from 1 to 64, not '0'"),
        ("nowhere", "--cluster takes local:N, tcp://HOST:PORT or tls://HOST:PORT, not 'nowhere'"),
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at 'tcp://127.0.0.1:9'"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_one_sentence(
    address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.executors.dask._CONNECT_S", 0.3)
    _archive(1)

    result = _run("--no-model", "--cluster", address)

    assert result.exit_code == 4
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_embedded_model_is_not_spread() -> None:
    _archive(1)

    result = _run("--cluster", "here")

    assert result.exit_code == 4
    assert "the embedded model answers one process" in result.stderr
    assert not Path("out").exists()


def test_a_missing_extra_is_one_sentence() -> None:
    _archive(1)
    lines = (
        "import sys; sys.modules['distributed'] = None",
        "sys.argv[1:] = 'batch in.jsonl -o out --no-model --cluster local:1'.split()",
        "from summarizer.cli import main; main()",
    )

    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)  # fmt: skip

    assert done.returncode == 4
    assert "pip install 'grounded-briefing[cluster]'" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# -- in one process --------------------------------------------------------------------


def test_shards_make_the_same_rows_as_one_process() -> None:
    _archive(7)
    _run("--no-model")
    plain = {str(row["key"]): row for row in _rows()}
    shutil.rmtree("out")

    result = _run("--no-model", "--cluster", "here", "--shard", "3")

    assert result.exit_code == 0
    spread = {str(row["key"]): row for row in _rows()}
    made = [row["briefing"].pop("provenance") for row in (*plain.values(), *spread.values())]  # type: ignore[attr-defined]  # fmt: skip
    assert len(made) == 14
    assert plain == spread


def test_what_a_shard_paid_is_kept_for_later_runs_but_for_answers_of_no_use() -> None:
    _archive(3)
    with serving(lambda n: completion(WHOLE if n != 2 else "no")) as endpoint:
        environ = _asked(endpoint.url)
        _run("--cluster", "here", **environ)
        paid = len(endpoint.seen)
        shutil.move("out/replies.sqlite", "kept")
        shutil.rmtree("out")
        Path("out").mkdir()
        shutil.move("kept", "out/replies.sqlite")
        result = _run("--cluster", "here", "--shard", "2", **environ)

        assert (paid, len(endpoint.seen)) == (4, 5)
    assert "| done | 3 |" in result.stdout
    assert not list(Path("out/shards").glob("0*"))


def test_a_refused_key_ends_the_run_and_what_was_done_before_is_kept() -> None:
    _archive(9)
    answers: list[Callable[[int], Answer]] = [
        lambda n: completion(WHOLE) if n <= 4 else error(401)
    ]
    with serving(*answers) as endpoint:
        result = _run("--cluster", "here", "--shard", "5", **_asked(endpoint.url))

        assert len(endpoint.seen) < 9
    assert result.exit_code == 7
    assert "refused the key" in result.stderr
    assert "| done | 4 |" in result.stdout
    assert "| failed | 0 |" in result.stdout


def test_a_run_without_a_cluster_takes_over_what_one_left() -> None:
    _archive(4)
    shelf = _shelf()
    _run("--no-model", "--limit", "1")
    given = [Given("aa" * 32, "a", "It rained."), Given("bb" * 32, "b", "It rained.")]
    number = shelf.add(given)
    part = shelf.part(number)
    row = {**_rows()[0], "key": "aa" * 32}
    part.write(Entry("aa" * 32, "a", "done"), row, Cost())
    part.put()

    result = _run("--no-model")

    assert "| done | 5 |" in result.stdout
    assert not list(Path("out/shards").glob("*0*"))


def test_rows_that_are_taken_over_twice_are_not_doubled() -> None:
    entry = Entry("aa" * 32, "a", "incomplete", "a hole")
    for word in ("first", "second"):
        with Ledger(Path("out")) as ledger:  # killed before it was compacted
            ledger.write(entry, {"key": "aa" * 32, "by": word}, Cost())

    with Ledger(Path("out")) as ledger:
        ledger.compact()

    assert [row["by"] for row in _rows()] == ["second"]


# -- over processes ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers that stand for a remote cluster; the key is in their environment only."""
    made = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        local_directory=str(tmp_path_factory.mktemp("dask")),
        env={"OPENAI_API_KEY": KEY},
    )
    with made:
        yield made


@contextmanager
def _late(keys: list[str], times: list[float]) -> Iterator[Endpoint]:
    """Serve answers that take a moment; note the key and the time of each request."""
    pause = threading.Event()

    def answer(http: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        keys.append(http.headers.get("authorization", ""))
        pause.wait(0.1)
        body = json.dumps(envelope(WHOLE)).encode()
        http.send_response(200)
        http.send_header("content-type", "application/json")
        http.send_header("content-length", str(len(body)))
        http.end_headers()
        http.wfile.write(body)

    with serving(Answer(act=answer)) as endpoint:
        yield endpoint


@contextmanager
def _driver(
    endpoint: Endpoint, *words: str, **more: str
) -> Iterator[subprocess.Popen[str]]:
    run = subprocess.Popen(
        [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out", "-q", *words],
        env={**os.environ, **_asked(endpoint.url), "OPENAI_API_KEY": KEY, **more},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield run
    finally:
        if run.poll() is None:
            run.kill()
        run.communicate()


def _until(true: Callable[[], bool], run: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not true() and run.poll() is None and time.monotonic() < deadline:
        threading.Event().wait(0.02)


def _hold(endpoint: Endpoint, count: int, out: str, kills: int) -> None:
    """Hold that each article has one row, and was paid once but for what was cut off."""
    keys = [row["key"] for row in _rows()]
    texts = Counter(json.dumps(b["messages"]) for b in endpoint.seen if "messages" in b)
    assert f"| done | {count} |" in out
    assert len(keys) == len(set(keys)) == len(texts) == count
    said = re.search(r"- requests paid twice at most: (\d+)", out)
    most = int(said[1]) if said else 0
    assert len(endpoint.seen) - count <= most <= kills * AT_ONCE


def test_two_workers_share_one_rate_and_the_key_goes_nowhere(
    cluster: LocalCluster, folder: Path
) -> None:
    _archive(60)
    keys: list[str] = []
    times: list[float] = []
    address = ("--cluster", cluster.scheduler_address, "--shard", "10")
    with (
        _late(keys, times) as endpoint,
        _driver(endpoint, *address, "--requests-per-minute", "1200") as run,
    ):
        out, err = run.communicate(timeout=120)

        _hold(endpoint, 60, out, 0)
    assert (run.returncode, err) == (0, "")
    assert set(keys) == {f"Bearer {KEY}"}
    # 20 a second, and 20 at once in the beginning
    assert all(sum(a <= b <= a + 1 for b in times) <= 40 + 2 for a in times)
    assert times[-1] - times[0] >= 2.0 - 0.2
    assert cluster.scheduler is not None
    tasks = json.dumps(cluster.scheduler.get_events("all"), default=repr)
    for place in (*folder.rglob("*"), *Path(cluster.workers[0].local_directory).rglob("*")):  # fmt: skip
        assert not place.is_file() or KEY.encode() not in place.read_bytes()
    assert KEY not in tasks + out + err


def test_a_killed_worker_loses_no_row_and_what_it_paid_twice_is_said(
    cluster: LocalCluster,
) -> None:
    _archive(40)
    with (
        _late([], []) as endpoint,
        _driver(endpoint, "--cluster", cluster.scheduler_address, "--shard", "10") as run,
    ):  # fmt: skip
        _until(lambda: len(endpoint.seen) >= 12, run)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        out, _ = run.communicate(timeout=120)

        _hold(endpoint, 40, out, 1)


def test_a_killed_driver_loses_nothing(cluster: LocalCluster) -> None:
    _archive(40)
    words = ("--cluster", cluster.scheduler_address, "--shard", "10")
    with _late([], []) as endpoint:
        with _driver(endpoint, *words) as run:
            _until(lambda: len(endpoint.seen) >= 12, run)
            run.kill()
        with _driver(endpoint, *words) as run:
            out, _ = run.communicate(timeout=120)

        _hold(endpoint, 40, out, 2)


def test_ctrl_c_finishes_what_is_under_way(cluster: LocalCluster) -> None:
    _archive(200)
    words = ("--cluster", cluster.scheduler_address, "--shard", "100")
    with _late([], []) as endpoint:
        with _driver(endpoint, *words) as run:
            _until(lambda: len(endpoint.seen) >= 6, run)
            run.send_signal(signal.SIGINT)
            _, err = run.communicate(timeout=60)

        assert "the same command goes on" in err
        assert len(_rows()) == len(endpoint.seen) < 200


# -- a scheduler of one's own ------------------------------------------------------------


@contextmanager
def _started(*words: str, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    with Path("dask.log").open("ab") as log:
        made = subprocess.Popen(
            [sys.executable, "-m", *words],
            env={**os.environ, **environ}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield made
    finally:
        made.kill()
        made.wait()


@contextmanager
def _scheduler(port: int, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    module = "distributed.cli.dask_scheduler"
    with _started(module, *where, "--dashboard-address", "127.0.0.1:0", *words) as made:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and made.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            threading.Event().wait(0.05)
        yield made


def _worker(address: str, *words: str) -> tuple[str, ...]:
    own = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
    scratch = ("--local-directory", "scratch")
    return ("distributed.cli.dask_worker", address, *own, *scratch, *words)


def _free_port() -> int:
    with serving() as endpoint:
        return int(endpoint.url.rpartition(":")[2].partition("/")[0])


def test_a_scheduler_that_is_started_anew_goes_on() -> None:
    _archive(30)
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    with _late([], []) as endpoint, ExitStack() as started:
        first = started.enter_context(_scheduler(port))
        started.enter_context(_started(*_worker(address), OPENAI_API_KEY=KEY))
        with _driver(endpoint, "--cluster", address, "--shard", "10") as run:
            _until(lambda: len(endpoint.seen) >= 6, run)
            first.kill()
            first.wait()
            started.enter_context(_scheduler(port))
            # Dask's workers end with their scheduler; whoever runs them starts them anew
            started.enter_context(_started(*_worker(address), OPENAI_API_KEY=KEY))
            out, _ = run.communicate(timeout=120)

        _hold(endpoint, 30, out, 1)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")  # fmt: skip
def test_a_cluster_over_tls_is_told_by_dasks_own_settings() -> None:
    _archive(4)
    port = _free_port()
    address = f"tls://127.0.0.1:{port}"
    subprocess.run(
        [shutil.which("openssl") or "", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=invented", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    files = ("--tls-ca-file", "cert.pem", "--tls-cert", "cert.pem", "--tls-key", "key.pem")  # fmt: skip
    tls = {
        f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(Path(file).resolve())
        for name, file in {
            "CA_FILE": "cert.pem", "CLIENT__CERT": "cert.pem", "CLIENT__KEY": "key.pem",
        }.items()
    }  # fmt: skip
    with (
        _late([], []) as endpoint,
        _scheduler(port, "--protocol", "tls", *files),
        _started(*_worker(address, *files), OPENAI_API_KEY=KEY),
    ):
        with _driver(endpoint, "--cluster", address, **tls) as run:
            out, err = run.communicate(timeout=120)
        with _driver(endpoint, "--cluster", address) as bare_run:
            _, refused = bare_run.communicate(timeout=120)

        _hold(endpoint, 4, out, 0)
    assert err == ""
    assert f"no certificates for {address!r}" in refused
    assert len(refused.strip().splitlines()) == 1


def test_local_processes_are_started_and_ended_by_the_command() -> None:
    _archive(4)
    with (
        _late([], []) as endpoint,
        _driver(endpoint, "--cluster", "local:1", "--shard", "2") as run,
    ):
        out, err = run.communicate(timeout=120)

        _hold(endpoint, 4, out, 0)
    assert (run.returncode, err) == (0, "")
    assert Path("out", NAME).exists()


# -- processes without Dask --------------------------------------------------------------


def test_processes_share_what_is_kept_and_ask_nothing_again() -> None:
    _archive(6)
    with _late([], []) as endpoint:
        with _driver(endpoint) as run:
            run.communicate(timeout=120)
        replies = Path("out", NAME).read_bytes()
        shutil.rmtree("out")
        Path("out").mkdir()
        Path("out", NAME).write_bytes(replies)

        with _driver(endpoint, "--cluster", "processes:2", "--shard", "2") as run:
            out, err = run.communicate(timeout=120)

        _hold(endpoint, 6, out, 0)
    assert (run.returncode, err) == (0, "")


def test_ctrl_c_lets_processes_finish_what_is_under_way() -> None:
    _archive(200)
    with _late([], []) as endpoint:
        with _driver(endpoint, "--cluster", "processes:2", "--shard", "100") as run:
            _until(lambda: len(endpoint.seen) >= 6, run)
            os.killpg(run.pid, signal.SIGINT)
            _, err = run.communicate(timeout=60)

        assert "the same command goes on" in err
        assert len(_rows()) == len(endpoint.seen) < 200


def test_processes_end_with_a_driver_that_is_killed_and_nothing_is_lost() -> None:
    _archive(40)
    words = ("--cluster", "processes:2", "--shard", "10")
    with _late([], []) as endpoint:
        with _driver(endpoint, *words) as run:
            _until(lambda: len(endpoint.seen) >= 8, run)
            run.kill()
        with _driver(endpoint, *words) as run:
            out, _ = run.communicate(timeout=120)

        _hold(endpoint, 40, out, 2)


def test_a_process_that_is_killed_loses_no_row() -> None:
    _archive(40)
    with (
        _late([], []) as endpoint,
        _driver(endpoint, "--cluster", "processes:2", "--shard", "10") as run,
    ):
        _until(lambda: len(endpoint.seen) >= 8, run)
        os.kill(_workers(run)[0], signal.SIGKILL)
        out, _ = run.communicate(timeout=120)

        _hold(endpoint, 40, out, 2)


def _workers(run: subprocess.Popen[str]) -> list[int]:
    """List the processes that do shards: those that were spawned to run anything."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(run.pid)],  # noqa: S607  wherever it is
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.split(maxsplit=1) for line in found.stdout.splitlines()]
    return [int(pid) for pid, args in lines if "spawn_main" in args]


def test_processes_share_the_rates_that_are_set() -> None:
    order = _order(
        settings=Settings(requests_per_minute=60.0, tokens_per_minute=9_000.0)
    )

    one = processes.shared(order, 3)

    assert one.settings.requests_per_minute == 20.0
    assert one.settings.tokens_per_minute == 3_000.0
    assert processes.shared(_order(), 3) == _order()
