"""A run over an archive on the command line: where its output goes, how far it is."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from summarizer.cli.report import warn

if TYPE_CHECKING:
    from pathlib import Path

    from summarizer.batch.entries import Cost, Entry
    from summarizer.batch.inputs import Inputs
    from summarizer.batch.job import Job
    from summarizer.batch.progress import Progress
    from summarizer.batch.storage import Bucket

    Told = Callable[[Entry, Cost], None]


class Rows(StrEnum):
    """How the rows of an archive are written; JSON lines are always, for they are safe."""

    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of an archive, and where it goes."""

    form: Annotated[
        Rows,
        typer.Option("--format", "-f", help="parquet: rows and tables as Parquet too."),
    ] = Rows.JSONL
    pages: Annotated[
        bool,
        typer.Option(
            "--pages", help="A page of its own for each article, which is large."
        ),
    ] = False
    work: Annotated[
        str | None,
        typer.Option(
            "--work",
            help="Folder of the run when OUT is in a storage; else one in your cache.",
            metavar="DIR",
        ),
    ] = None

    def also(self) -> frozenset[str]:
        """Name what is made besides.

        Raises:
            InputError: pyarrow is wanted and not installed.
        """
        from summarizer.batch import outputs  # noqa: PLC0415  slow; not for --help

        chosen = {"parquet": self.form == Rows.PARQUET, "pages": self.pages}
        also = frozenset(name for name, is_wanted in chosen.items() if is_wanted)
        outputs.check(also)
        return also

    def places(self, output: str) -> "tuple[Path, Bucket | None]":
        """Tell the folder of the run, and where what it makes goes besides.

        Raises:
            typer.BadParameter: A work folder is named, and the output is one itself.
            InputError: The address of a storage is none, or a library is missing.
        """
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        from summarizer.batch import storage  # noqa: PLC0415

        if not storage.is_storage(output):
            if self.work is not None:
                msg = "--work is for an output in a storage: -o names the folder itself"
                raise typer.BadParameter(msg)
            return Path(output), None
        bucket = storage.Bucket.at(output)
        if self.work is not None:
            return Path(self.work), bucket
        import hashlib  # noqa: PLC0415

        import platformdirs  # noqa: PLC0415

        name = hashlib.sha256(output.rstrip("/").encode()).hexdigest()[:16]
        cache = platformdirs.user_cache_path("grounded-briefing")
        return cache / "archives" / name, bucket


@contextmanager
def counted(
    job: "Job", given: "Inputs", sample: int | None, *, quiet: bool
) -> Iterator["Told"]:
    """Show how far the run is, on a terminal."""
    from summarizer.cli import streams  # noqa: PLC0415

    if quiet or not streams.is_terminal():
        yield lambda _entry, _cost: None
        return
    from rich.console import Console  # noqa: PLC0415  slow; not for --help
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from summarizer.batch.progress import Progress, counted_beside  # noqa: PLC0415

    progress, there = Progress(), [sample]

    def shown() -> Text:
        progress.total = _to_do(there[0], job)
        return Text(progress.words())

    if sample is None:
        counted_beside(given.places, lambda n: there.__setitem__(0, n), given.spared)
    with Live(
        get_renderable=shown,
        console=Console(stderr=True),
        refresh_per_second=4,
        transient=True,
    ):
        yield progress.add


def _to_do(there: int | None, job: "Job") -> int | None:
    """Tell how many articles this run has to do, of those that are there."""
    left = None if there is None else max(0, there - job.before)
    if job.limit is None:
        return left
    return job.limit if left is None else min(left, job.limit)


@contextmanager
def lines(events: str | None, job: "Job") -> Iterator["Told"]:
    """Write a line of JSON for each event, or nothing.

    Raises:
        InputError: The file cannot be written.
    """
    if events is None:
        yield lambda _entry, _cost: None
        return
    from summarizer.batch.progress import Progress  # noqa: PLC0415  slow
    from summarizer.errors import InputError  # noqa: PLC0415

    try:
        file = open(events, "a", encoding="utf-8")  # noqa: PTH123, SIM115  closed below
    except OSError as exc:
        msg = f"cannot write {events!r}: {exc.strerror}"
        raise InputError(msg) from exc
    written = Events(file, Progress())
    with ExitStack() as closing:
        closing.enter_context(suppress(OSError))  # what is left of it cannot be written
        closing.callback(file.close)
        written.tell("started", folder=str(job.folder), **job.about())
        try:
            yield written.article
        except BaseException as exc:
            if _is_whole(exc, job):
                written.tell("finished")
            else:
                written.tell("ended", cause=_cause(exc, job))
            raise
        written.tell("finished")


class Events:
    """A file of events: a line of JSON each, with the time, and all so far."""

    def __init__(self, file: TextIO, progress: "Progress") -> None:
        """Write into a file that is open."""
        self._file, self._progress, self._is_lost = file, progress, False

    def article(self, entry: "Entry", cost: "Cost") -> None:
        """Write that an article is done."""
        from dataclasses import asdict  # noqa: PLC0415

        self._progress.add(entry, cost)
        self.tell("article", **asdict(entry), **asdict(cost))

    def tell(self, kind: str, **facts: object) -> None:
        """Write an event; a file that cannot be written any more stops no run."""
        from datetime import UTC, datetime  # noqa: PLC0415

        so_far = self._progress
        totals = {**so_far.counts, "tokens": so_far.tokens, "usd": round(so_far.usd, 6)}
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"type": kind, "time": now, **facts, "totals": totals}
        try:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
        except (OSError, ValueError):
            if not self._is_lost:
                warn("the events cannot be written any more; the run goes on")
            self._is_lost = True


def _is_whole(exc: BaseException, job: "Job") -> bool:
    """Tell a run whose failures are an exit code from one that ended early."""
    import typer  # noqa: PLC0415

    return isinstance(exc, typer.Exit) and not job.is_stopping


def _cause(exc: BaseException, job: "Job") -> str:
    return "interrupted" if job.is_stopping else str(exc) or type(exc).__name__


def observed(job: "Job", *, wanted: bool) -> "AbstractContextManager[object]":
    """Tell a collector what the run takes, when one is named or it is wanted.

    Raises:
        SettingsError: The extra is not installed.
    """
    import os  # noqa: PLC0415
    from contextlib import nullcontext  # noqa: PLC0415

    if not (wanted or os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT")):
        return nullcontext()
    from summarizer.batch.telemetry import Telemetry  # noqa: PLC0415  an extra

    telemetry = Telemetry()
    job.observer = telemetry
    return telemetry
