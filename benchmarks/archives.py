"""Archives: own time an article, memory, going on, and kept replies (`make bench-batch`).

A scripted endpoint in this process answers at once, with an empty answer and then with one of
five items; the command runs as a user runs it. Times are of the processor (`getrusage`, the
start of the program with all its imports among them), memory is the largest that the process
had. A busy machine adds to both kinds of time: the least of several runs is the nearest.

    python benchmarks/archives.py [ARTICLES]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import completion, serving

NOTHING = {
    "requests": [], "positions": [], "casualties": [], "developments": [],
    "roles": [], "open_questions": [], "bottom_line": "",
}  # fmt: skip
ITEMS = {
    **NOTHING,
    "requests": [
        {"by": "The United Nations", "to": "both sides", "what": "open a corridor for the wounded", "quote": "The United Nations called on both sides to open a corridor for the wounded."},
        {"by": "Belmora", "to": "the African Union", "what": "send observers", "quote": "Belmora has asked the African Union to send observers"},
    ],
    "positions": [
        {"holder": "Amin Rafe", "act": "denial", "quote": "Rebel commander Amin Rafe denied that his forces had fired on the town.", "gist": "his forces had fired on the town"},
    ],
    "casualties": [
        {"kind": "killed", "count": "At least 12", "quote": "At least 12 people were killed"},
    ],
    "roles": [{"name": "Amin Rafe", "kind": "person", "role": "Rebel commander"}],
}  # fmt: skip
"""What a model may find in the article that all are made of."""


def main() -> None:
    """Make an archive of invented articles, and brief it four times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    text = (ROOT / "tests" / "articles" / "market.txt").read_text("utf-8")
    words = (text.split() * 10)[:300]
    with tempfile.TemporaryDirectory() as folder:
        rows = (
            json.dumps({"id": n, "text": f"Report {n}. {' '.join(words)}"})
            for n in range(count)
        )
        Path(folder, "in.jsonl").write_text("\n".join(rows), "utf-8")
        print(f"{count:,} articles of 300 words")
        _asked("empty answers", NOTHING, folder, count)
        _asked("five items", ITEMS, folder, count)
        _timed("no model", folder, dict(os.environ), count, "-o", "forms", "--no-model")


def _asked(name: str, answer: dict[str, object], folder: str, count: int) -> None:
    """Ask about all, go on when all is done, and start anew from the replies alone."""
    print(name)
    out, again = (f"{kind} {name}" for kind in ("out", "again"))
    with serving(completion(json.dumps(answer))) as endpoint:
        environ = {
            **os.environ,
            "OPENAI_BASE_URL": endpoint.url,
            "SUMMARIZER_MODEL": "m",
            "SUMMARIZER_STRATEGY": "whole",
            "SUMMARIZER_STRUCTURE": "json_schema",
        }
        _timed("asked", folder, environ, count, "-o", out)
        _timed("all done before", folder, environ, count, "-o", out)
        Path(folder, again).mkdir()
        shutil.copy(Path(folder, out, "replies.sqlite"), Path(folder, again))
        _timed("from kept replies", folder, environ, count, "-o", again)
        print(f"requests that the endpoint got: {len(endpoint.seen):,}")


def _timed(
    name: str, folder: str, environ: dict[str, str], count: int, *words: str
) -> None:
    command = [
        sys.executable,
        "-m",
        "summarizer.cli",
        "batch",
        "in.jsonl",
        "-q",
        *words,
    ]
    begun = time.monotonic()
    run = subprocess.Popen(  # noqa: S603  our own command
        command, cwd=folder, env=environ, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(run.pid, 0)
    wall = time.monotonic() - begun
    processor = used.ru_utime + used.ru_stime
    print(
        f"{name:<18} {wall:7.1f} s, processor {1000 * processor / count:6.1f} ms an article, "
        f"memory {used.ru_maxrss / 1024:4.0f} MB, exit code {os.waitstatus_to_exitcode(status)}"
    )


main()
