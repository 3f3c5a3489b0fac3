"""Archives over processes: articles a second, share of the limit used, paid twice after kills.

A scripted endpoint in this process takes half a second for an empty answer; the command runs
as a user runs it. Times are between the first request and the last that the endpoint saw.

    python benchmarks/clusters.py [ARTICLES]
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import Answer, Endpoint, completion, serving

LATENCY_S = 0.5
PER_MINUTE = 120
ANSWER = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip
LOCAL = ("--cluster", "local:2", "--shard", "25")
Kill = Callable[[subprocess.Popen[bytes]], bool]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    text = (ROOT / "tests" / "articles" / "market.txt").read_text("utf-8")
    words = (text.split() * 10)[:300]
    rows = (
        json.dumps({"id": n, "text": f"Report {n}. {' '.join(words)}"})
        for n in range(count)
    )
    archive = "\n".join(rows) + "\n"
    print(f"{count} articles of 300 words, {LATENCY_S} s an answer, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    limited = (*LOCAL, "--requests-per-minute", str(PER_MINUTE))
    _told("one process", archive)
    _told("local:2", archive, *LOCAL)
    _told(f"local:2, {PER_MINUTE} a minute", archive, *limited)
    _told("local:2, a worker killed", archive, *LOCAL, kill=_kill_worker)
    _told("local:2, driver killed", archive, *LOCAL, kill=_kill_driver)


def _told(name: str, archive: str, *words: str, kill: Kill | None = None) -> None:
    """Run the command, and print what the endpoint and the folder saw."""
    times: list[float] = []
    pause = threading.Event()

    def late(_number: int) -> Answer:
        times.append(time.monotonic())
        pause.wait(LATENCY_S)
        return completion(ANSWER)

    with tempfile.TemporaryDirectory() as folder, serving(late) as endpoint:
        Path(folder, "in.jsonl").write_text(archive, "utf-8")
        begun = time.monotonic()
        run = _started(folder, endpoint, *words)
        if kill is not None:
            while len(times) < archive.count("\n") // 3 and run.poll() is None:
                time.sleep(0.05)
            if kill(run):
                run.wait()
                run = _started(folder, endpoint, *words)
        run.wait()
        wall = time.monotonic() - begun
        found = [
            json.loads(line)["key"]
            for file in Path(folder, "out").glob("briefings-*.jsonl")
            for line in file.read_text("utf-8").splitlines()
        ]
        report = Path(folder, "out", "report.md").read_text("utf-8")
    texts = Counter(json.dumps(b.get("messages")) for b in endpoint.seen)
    twice = [line for line in report.splitlines() if "paid twice" in line]
    seconds = times[-1] - times[0]
    print(
        f"{name}: exit {run.returncode}, {len(times) / seconds:.1f} requests a second in {seconds:.0f} s "
        f"(command {wall:.0f} s); rows {len(found)}, of them different {len(set(found))}; "
        f"sent {len(times)}, of them different {len(texts)}; report: {twice or 'none paid twice'}"
    )
    if "minute" in name:
        _print_share(times, PER_MINUTE / 60)


def _print_share(times: list[float], rate: float) -> None:
    """Print the share of the limit that was used, without the first second's burst."""
    burst = rate
    share = (len(times) - burst) / (times[-1] - times[0]) / rate
    windows = {s: max(sum(a <= t < a + s for t in times) for a in times) for s in (1, 10, 60)}  # fmt: skip
    allowed = {s: rate * s + burst for s in windows}
    print(f"  {share:.1%} of the limit; most in a window of s seconds {windows}, allowed {allowed}")  # fmt: skip


def _started(folder: str, endpoint: Endpoint, *words: str) -> subprocess.Popen[bytes]:
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OPENAI_BASE_URL": endpoint.url,
        "SUMMARIZER_MODEL": "m",
        "SUMMARIZER_STRATEGY": "whole",
        "SUMMARIZER_STRUCTURE": "json_schema",
    }
    command = [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out"]
    return subprocess.Popen(  # noqa: S603  our own program
        [*command, "-q", *words], cwd=folder, env=environ, stdout=subprocess.DEVNULL
    )


def _kill_driver(run: subprocess.Popen[bytes]) -> bool:
    run.send_signal(signal.SIGKILL)
    return True


def _kill_worker(run: subprocess.Popen[bytes]) -> bool:
    """Kill the first worker: the processes that the driver spawned, without their tracker."""
    for process in Path(f"/proc/{run.pid}/task").glob("*/children"):
        for child in process.read_text().split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
                return False
    print("  no worker was found")
    return False


if __name__ == "__main__":
    main()
