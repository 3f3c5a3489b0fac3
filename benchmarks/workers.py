"""Run each contestant in a process of its own, which a time limit can end."""

import contextlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]

START_LIMIT_S = 300.0
"""Importing the SDKs takes seconds; on a cold disk and a busy machine a minute."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a contestant made of one article: its output, or why there is none."""

    output: object = None
    error: str | None = None


@dataclass
class Worker:
    """A contestant that is started when it is needed, and again after its end.

    Attributes:
        command: Program and arguments.
        config: Is sent as the first line.
    """

    command: Sequence[str]
    config: Mapping[str, object]
    _child: "subprocess.Popen[str] | None" = None
    _log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    @property
    def is_running(self) -> bool:
        """Tell whether the process is there; a new one has yet to be warmed up."""
        return self._child is not None

    def brief(self, text: str, published: str | None, *, limit_s: float) -> Answer:
        """Have one article briefed.

        Args:
            text: The article.
            published: Its day of publication, as ISO 8601 writes it.
            limit_s: Seconds after which the process is ended.
        """
        if self._child is None:
            self._child = self._started()
            started = self._exchange(self._child, self.config, START_LIMIT_S)
            if started.error is not None:
                return started
        asked = {"text": text, "published": published}
        return self._exchange(self._child, asked, limit_s)

    def stop(self) -> None:
        """End the process; it is started anew for the next article."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def close(self) -> None:
        """End the process for good."""
        self.stop()
        self._log.close()

    def _started(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603  our own modules
            list(self.command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )

    def _exchange(
        self, child: "subprocess.Popen[str]", line: Mapping[str, object], limit_s: float
    ) -> Answer:
        overtime = threading.Event()

        def end() -> None:
            overtime.set()
            child.kill()

        timer = threading.Timer(limit_s, end)
        timer.start()
        try:
            answer = _sent(child, line)
        finally:
            timer.cancel()
        if overtime.is_set():
            self.stop()
            return Answer(error=f"not done after {limit_s:.0f} s")
        if answer is None:
            self.stop()
            return Answer(error=f"the process ended: {self._last_words()}")
        return Answer(answer.get("output"), answer.get("error"))

    def _last_words(self) -> str:
        self._log.seek(0)
        told = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return told[-1][:200] if told else "it said nothing"


@contextlib.contextmanager
def working(worker: Worker) -> Iterator[Worker]:
    """Stop *worker* when the block ends, and close what it wrote."""
    try:
        yield worker
    finally:
        worker.close()


def _sent(
    child: "subprocess.Popen[str]", line: Mapping[str, object]
) -> dict[str, str] | None:
    """Send a line and read the answer; None when the process is gone."""
    assert child.stdin is not None  # noqa: S101  for the type checker: PIPE
    assert child.stdout is not None  # noqa: S101
    try:
        child.stdin.write(json.dumps(line) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
    except OSError:
        return None
    return dict(json.loads(answer)) if answer.strip() else None
