"""What is under way in a shard, noted before it is done: who died of it, what was paid twice.

Lines are appended, each by one write, and not synced: the kill of a process loses none, and
a machine that loses power loses counts and nothing else.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Journal:
    """The journal of one shard; one process at a time writes it."""

    def __init__(self, file: Path) -> None:
        """Name the file; it is made with the first line."""
        self._file = file

    @contextmanager
    def run(self, run: str) -> Iterator[None]:
        """Note that the shard is begun, and that it is over, in whatever way.

        Args:
            run: Name of the driver's run.
        """
        self._note("start", run)
        try:
            yield
        finally:
            self._note("end", run)

    @contextmanager
    def call(self, key: str) -> Iterator[None]:
        """Note that a request is sent, and that it was answered or has failed.

        One that is cut off by a kill, or cancelled, stays open: nobody knows whether it
        was answered and paid.
        """
        self._note("sent", key)
        try:
            yield
        except Exception:
            self._note("over", key)
            raise
        self._note("over", key)

    def deaths(self, run: str) -> int:
        """Count the workers that began the shard in a run, and did not end it."""
        counts = self._counts()
        return counts["start", run] - counts["end", run]

    def paid_twice(self) -> int:
        """Count the requests at most that were paid and sent once more: cut off in a kill."""
        counts = self._counts()
        return sum(
            min(sent - counts["over", key], sent - 1)
            for (word, key), sent in counts.items()
            if word == "sent"
        )

    def _counts(self) -> Counter[tuple[str, str]]:
        try:
            text = self._file.read_text("utf-8", "replace")
        except FileNotFoundError:
            return Counter()
        parts = (line.partition(" ") for line in text.splitlines())
        return Counter((word, name) for word, _, name in parts)

    def _note(self, word: str, name: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        descriptor = os.open(self._file, flags, 0o600)
        try:
            os.write(descriptor, f"{word} {name}\n".encode())
        finally:
            os.close(descriptor)
