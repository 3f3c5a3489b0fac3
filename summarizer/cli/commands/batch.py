"""`summarizer batch`: an archive, briefed article by article, nothing lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import archives, forms, options
from summarizer.cli.commands import half_price
from summarizer.cli.default_command import DEFAULT, WithDefault
from summarizer.cli.report import reported, say, warn, write

if TYPE_CHECKING:
    from summarizer.batch.inputs import Inputs
    from summarizer.batch.job import Job


app = typer.Typer(
    cls=WithDefault,
    help="An archive, briefed article by article.",
    rich_markup_mode=None,
)


@app.command(name=DEFAULT)
@options.grouped
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, addresses, s3://, gs:// and az://; JSON lines "
            "(.jsonl), Parquet, crawls (.warc, .warc.gz), lists of addresses (.urls).",
            metavar="INPUT...",
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="Folder for all that is made, or s3://BUCKET/PREFIX.",
            metavar="OUT",
        ),
    ],
    made: archives.Made,
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
    later: half_price.Later,
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
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help="Spread over N processes here (processes:N), or over the workers of a "
            "Dask scheduler (tcp://HOST:PORT, tls://…, local:N).",
            metavar="ADDRESS",
        ),
    ] = None,
    shard: Annotated[
        int,
        typer.Option(
            "--shard", help="Articles that a worker takes at a time.", min=1, max=10_000
        ),
    ] = 200,
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
    positions.csv, casualties.csv, developments.csv), index.html to read and search them,
    failed.jsonl and report.md. What
    became of each article stands in a ledger, and each reply of the endpoint is kept
    before it is used: after a kill at any moment nothing is lost, and only what was under
    way is paid again. Ctrl-C finishes what is under way.

    \b
    Examples:
      summarizer batch archive/ -o out --dry-run
      summarizer batch archive/ -o out --limit 100
      summarizer batch news.jsonl --map text=body -o out --no-model
      summarizer batch news.jsonl -o out --retry-failed
      summarizer batch crawl.warc.gz -o out --format parquet --pages
      summarizer batch s3://news/2025/ -o s3://briefings/2025 --work work
      summarizer batch news.jsonl -o out --budget-usd 20
      summarizer batch news.jsonl -o out --half-price --wait
    """
    forms.check_readers(no_model=wanted.no_model, no_forms=wanted.no_forms)
    later.check(cluster)
    with reported():
        from summarizer.batch import estimate  # noqa: PLC0415  slow; not for --help
        from summarizer.batch.inputs import Inputs, mapping_of  # noqa: PLC0415
        from summarizer.batch.job import Job  # noqa: PLC0415

        found = endpoint.configured(budget)
        folder, bucket = made.places(output)
        given = Inputs(tuple(inputs), mapping_of(mapping or ()), folder.resolve())
        given.check()
        job = Job(
            found.settings,
            wanted.plan(found),
            folder,
            is_asked=not wanted.no_model,
            limit=limit,
            retry_failed=retry_failed,
            allow_private=allow_private,
            also=made.also(),
            bucket=bucket,
            budget_usd=found.budget_usd,
            cluster=cluster,
            shard_articles=shard,
        )
        job.check()
        if dry_run:
            told = estimate.told(given, sample, job, halved=later.half_price)
            write(told, None)
            return
        with (
            archives.observed(job, wanted=telemetry),
            archives.lines(events, job) as tell,
            archives.counted(job, given, sample, quiet=quiet) as shown,
            _interruptible(job),
        ):
            job.tell = [shown, tell]
            _go(job, given, sample, later)


def _go(
    job: "Job", given: "Inputs", sample: int | None, later: half_price.Later
) -> None:
    """Do the articles that are not done, write what is made of them, say how it ended."""
    from summarizer.batch.inputs import chosen  # noqa: PLC0415  slow
    from summarizer.errors import InputError, SummarizerError  # noqa: PLC0415

    trouble: SummarizerError | None = None
    with job.opened():
        try:
            later.run(job, lambda: chosen(given, sample))
        except SummarizerError as exc:
            trouble = exc
        if isinstance(trouble, InputError):  # the output cannot be written to
            raise trouble
        if trouble is None and not job.known():
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


app.command(name="status")(half_price.status)
app.command(name="collect")(half_price.collect)
app.command(name="cancel")(half_price.cancel)
