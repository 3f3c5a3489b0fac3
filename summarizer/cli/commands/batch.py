"""`summarizer batch`: an archive, briefed article by article, nothing lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import archives, forms, options
from summarizer.cli.report import reported, say, warn, write

if TYPE_CHECKING:
    from summarizer.batch.inputs import Inputs
    from summarizer.batch.job import Job


@options.grouped
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, addresses; JSON lines (.jsonl), lists of "
            "addresses (.urls).",
            metavar="INPUT...",
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", help="Folder for all that is made.", metavar="OUT"
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="Which field of a row holds what: text=body. Also title, published, "
            "uri, publisher, id.",
            metavar="NAME=FIELD",
        ),
    ] = None,
    endpoint: options.Endpoint,
    wanted: options.Wanted,
    budget: options.Budget,
    limit: Annotated[
        int | None, typer.Option("--limit", help="Articles of this run at most.", min=1)
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", help="As many articles, chosen by chance.", min=1),
    ] = None,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Do failed and incomplete ones again."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only say what it would take; ask nothing."),
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch addresses in private networks and on this machine too.",
        ),
    ] = False,
    events: Annotated[
        str | None,
        typer.Option(
            "--events", help="Write a line of JSON for each event.", metavar="FILE"
        ),
    ] = None,
    telemetry: Annotated[
        bool,
        typer.Option(
            "--telemetry",
            help="Tell an OpenTelemetry collector what the run takes; also on when "
            "OTEL_EXPORTER_OTLP_ENDPOINT is set.",
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Brief each article of INPUT into OUT; the same command goes on where it ended.

    OUT holds briefings-NNNNN.jsonl (a row an article), tables of items (requests.csv,
    positions.csv, casualties.csv, developments.csv), failed.jsonl and report.md. What
    became of each article stands in a ledger, and each reply of the endpoint is kept
    before it is used: after a kill at any moment nothing is lost, and only what was under
    way is paid again. Ctrl-C finishes what is under way.

    \b
    Examples:
      summarizer batch archive/ -o out --dry-run
      summarizer batch archive/ -o out --limit 100
      summarizer batch news.jsonl --map text=body -o out --no-model
      summarizer batch news.jsonl -o out --retry-failed
    """
    forms.check_readers(no_model=wanted.no_model, no_forms=wanted.no_forms)
    with reported():
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        from summarizer.batch import estimate  # noqa: PLC0415
        from summarizer.batch.inputs import Inputs, mapping_of  # noqa: PLC0415
        from summarizer.batch.job import Job  # noqa: PLC0415

        found = endpoint.configured(budget)
        given = Inputs(tuple(inputs), mapping_of(mapping or ()), Path(output).resolve())
        given.check()
        job = Job(
            found.settings,
            wanted.plan(found),
            Path(output),
            is_asked=not wanted.no_model,
            limit=limit,
            retry_failed=retry_failed,
            allow_private=allow_private,
        )
        if dry_run:
            write(estimate.told(given, sample, job), None)
            return
        with (
            archives.observed(job, wanted=telemetry),
            archives.lines(events, job) as tell,
            archives.counted(job, given, sample, quiet=quiet) as shown,
            _interruptible(job),
        ):
            job.tell = [shown, tell]
            _go(job, given, sample)


def _go(job: "Job", given: "Inputs", sample: int | None) -> None:
    """Do the articles that are not done, write what is made of them, say how it ended."""
    from summarizer.batch.inputs import chosen  # noqa: PLC0415  slow
    from summarizer.errors import InputError, SummarizerError  # noqa: PLC0415

    trouble: SummarizerError | None = None
    with job.opened():
        try:
            job.run(chosen(given, sample))
        except SummarizerError as exc:
            trouble = exc
        if isinstance(trouble, InputError):  # the output cannot be written to
            raise trouble
        if not job.known():
            warn("no article was found in what was named")
        write(job.deliver(), None)
    if given.doubled:
        warn(f"{given.doubled:,} articles were given more than once")
    if trouble is not None:
        raise trouble
    if job.counts["failed"]:
        say(f"error: {job.counts['failed']:,} articles failed: failed.jsonl says why")
        raise typer.Exit(3)
    if job.is_stopping:
        say("interrupted: what was under way is finished; the same command goes on")
        raise typer.Exit(130)


@contextmanager
def _interruptible(job: "Job") -> Iterator[None]:
    """Let the first Ctrl-C, or SIGTERM, finish what is under way."""

    def stop(_signal: int, _frame: object) -> None:
        if job.is_stopping:
            raise KeyboardInterrupt
        job.is_stopping = True
        say("finishing what is under way; once more ends at once")

    old = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
