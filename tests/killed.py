"""Runs over an archive that are killed at random moments, and what is left of them."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event

from endpoint import Answer, Endpoint, completion

ASK = "Kenya urged Chad on Friday to free the crew of boat {}."
ANSWER = json.dumps(
    {
        "requests": [{"by": "Kenya", "to": "Chad", "what": "free the crew", "quote": "Kenya urged Chad on Friday to free the crew"}],
        "positions": [], "casualties": [], "developments": [], "roles": [],
        "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip
AT_ONCE = 4
"""Questions that are under way at once, at an endpoint of which nothing is known."""


def late(seconds: float) -> Callable[[int], Answer]:
    """Answer after a while, so that a kill finds something under way."""
    pause = Event()

    def answer(_number: int) -> Answer:
        pause.wait(seconds)
        return completion(ANSWER)

    return answer


def archive(folder: Path, count: int, name: str = "in.jsonl") -> None:
    """Write invented articles, a row each."""
    rows = (json.dumps({"id": n, "text": ASK.format(n)}) for n in range(count))
    (folder / name).write_text("\n".join(rows) + "\n", "utf-8")


def asked(endpoint: Endpoint) -> dict[str, str]:
    """Name the endpoint in the environment."""
    return {
        "OPENAI_BASE_URL": endpoint.url,
        "SUMMARIZER_MODEL": "m",
        "SUMMARIZER_STRATEGY": "whole",
        "SUMMARIZER_STRUCTURE": "json_schema",
    }


def started(
    folder: Path, endpoint: Endpoint, out: str = "out", *words: str
) -> "subprocess.Popen[str]":
    """Start the command as a user does."""
    command = [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", out]
    return subprocess.Popen(
        [*command, "-q", *words],
        cwd=folder, env={**os.environ, **asked(endpoint)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def kill(
    run: "subprocess.Popen[str]", endpoint: Endpoint, chance: random.Random, most: int
) -> bool:
    """Kill a run after some requests and a moment; tell whether it was still running."""
    wanted = len(endpoint.seen) + chance.randint(0, most)
    ends = time.monotonic() + 60
    while (
        len(endpoint.seen) < wanted and run.poll() is None and time.monotonic() < ends
    ):
        Event().wait(0.002)
    Event().wait(chance.random() * 0.08)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    return run.returncode == -signal.SIGKILL


def paid(endpoint: Endpoint) -> Counter[str]:
    """Count how often each question was asked; a kill may have cut one in its middle."""
    return Counter(json.dumps(b["messages"]) for b in endpoint.seen if "messages" in b)


def made(folder: Path) -> dict[str, list[str]]:
    """List what a run made: rows and lines of tables, without time and cost, sorted."""
    found: dict[str, list[str]] = {"rows": []}
    for file in sorted(folder.glob("briefings-*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            del row["briefing"]["provenance"]
            found["rows"].append(json.dumps(row, sort_keys=True))
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as table:
            found[file.name] = sorted(map(str, csv.reader(table)))
    found["rows"].sort()
    return found
