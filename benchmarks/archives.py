"""Archives: own time an article, memory, going on, and kept replies (`make bench-batch`).

A scripted endpoint in this process answers at once with an empty answer; the command runs as
a user runs it. Times are of the processor, memory is the largest that the process had.

    python benchmarks/archives.py [ARTICLES]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import completion, serving

ANSWER = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip


def main() -> None:
    """Make an archive of invented articles, and brief it four times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    text = (ROOT / "tests" / "articles" / "market.txt").read_text("utf-8")
    words = (text.split() * 10)[:300]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(completion(ANSWER)) as endpoint,
    ):
        rows = (
            json.dumps({"id": n, "text": f"Report {n}. {' '.join(words)}"})
            for n in range(count)
        )
        Path(folder, "in.jsonl").write_text("\n".join(rows), "utf-8")
        environ = {
            **os.environ,
            "OPENAI_BASE_URL": endpoint.url,
            "SUMMARIZER_MODEL": "m",
            "SUMMARIZER_STRATEGY": "whole",
            "SUMMARIZER_STRUCTURE": "json_schema",
        }
        print(f"{count:,} articles of 300 words")
        _timed("asked", folder, environ, count, "-o", "out")
        _timed("all done before", folder, environ, count, "-o", "out")
        replies = Path(folder, "out", "replies.sqlite").read_bytes()
        Path(folder, "again").mkdir()
        Path(folder, "again", "replies.sqlite").write_bytes(replies)
        _timed("from kept replies", folder, environ, count, "-o", "again")
        _timed("no model", folder, environ, count, "-o", "forms", "--no-model")
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
