"""Progress for a person who waits: a bar on a terminal, silence elsewhere."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the layers below tell their progress to."""

    bar: Progress

    def asked(self, done: int, total: int, what: str) -> None:
        """Show *done* of *total* questions; *what* is being asked about."""
        words = f"asking about {what.replace('_', ' ')}"
        self._show("questions", done, total, words)

    def briefed(self, done: int, total: int, what: str) -> None:
        """Show *done* of *total* documents of an evaluation; *what* comes next."""
        self._show("documents", done, total, f"briefing {what}"[:60])

    def fetched(self, done: int, total: int) -> None:
        """Show *done* of *total* bytes of the model."""
        self._show("bytes", done, total, "fetching the model")

    def _show(self, kind: str, done: int, total: int, words: str) -> None:
        task = next((t for t in self.bar.tasks if t.fields.get("kind") == kind), None)
        if task is None:
            self.bar.add_task(words, total=total, completed=done, kind=kind)
        else:
            self.bar.update(task.id, completed=done, total=total, description=words)


@contextlib.contextmanager
def shown(*, quiet: bool, fetching: bool = False) -> Iterator[Shown]:
    """Show progress on standard error while the block runs.

    Args:
        quiet: Show nothing, terminal or not.
        fetching: Count bytes rather than questions.
    """
    console = Console(stderr=True)
    count = DownloadColumn() if fetching else MofNCompleteColumn()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        count,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bar:
        yield Shown(bar)
