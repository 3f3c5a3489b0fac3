"""The commands of `summarizer`. See the package for what goes where."""

import errno
import itertools
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.briefing import Briefing
    from summarizer.cli.progress import Shown
    from summarizer.ports import Completer
    from summarizer.settings import Settings

from summarizer.cli import (
    batch,
    config,
    doctor,
    forms,
    options,
    posting,
    saved,
    streams,
)
from summarizer.cli.evaluate import evaluate
from summarizer.cli.report import check_output, reported, say, warn, write

app = typer.Typer(
    name="summarizer",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
model_app = typer.Typer(
    help="The embedded model: fetch it, find it, serve it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(model_app, name="model")
app.add_typer(config.app, name="config")

ModelName = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="A file of weights that ends in .gguf; the embedded ones otherwise.",
        metavar="NAME",
    ),
]


def main() -> None:
    """Run the command line."""
    streams.stand_in()
    sys.argv[1:] = [_as_file(word) for word in sys.argv[1:]]
    try:
        app()
    except OSError as exc:
        # Help goes to standard output too; any other error of the system is a bug.
        if exc.errno not in {errno.ENOSPC, errno.EBADF, errno.EIO} or exc.filename:
            raise
        say(f"error: cannot write standard output: {exc.strerror}")
        streams.abandon(sys.stdout)
        sys.exit(3)


def _as_file(word: str) -> str:
    """Tell a file whose name begins with a dash ("-dash.txt") from an option."""
    is_named = word.startswith("-") and "." in word
    return f"./{word}" if is_named and os.path.isfile(word) else word  # noqa: PTH113


def _version(wanted: bool) -> None:
    if wanted:
        from summarizer import __version__  # noqa: PLC0415

        with reported():
            write(f"grounded-briefing {__version__}\n", None)
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Turn a news article into a briefing whose every item stands in the article.

    What happened, who asks whom for what, who says what, how many people were harmed,
    and what stays open: each with the exact words that it rests on. Standard output carries the
    result and nothing else.

    \b
    Examples:
      summarizer brief story.txt --published 2025-07-23
      summarizer brief story.txt --format json -o story.json
      summarizer render story.json --no-quotes
      summarizer diff yesterday.json story.json
      summarizer post story.json --since yesterday.json
      summarizer verify story.json

    \b
    Environment:
      OPENAI_API_KEY, OPENAI_BASE_URL   another model than the embedded one
      SUMMARIZER_MODEL                  its name
      SUMMARIZER_PROFILE, SUMMARIZER_STRATEGY, SUMMARIZER_STRUCTURE,
      SUMMARIZER_REASONING_EFFORT, SUMMARIZER_CONTEXT_TOKENS,
      SUMMARIZER_TIMEOUT_S              how it is asked
      SLACK_WEBHOOK_URL                 where `post` posts to; a secret
      SUMMARIZER_STATE_DIR              where it is remembered what was posted
      NO_COLOR, COLUMNS                 how a terminal is written to
    Files may say the same: `summarizer config path`.
    """


@app.command()
@options.grouped
def brief(
    articles: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, HTML, PDF, .docx, .eml, Markdown), web addresses, or - for standard input.",
            metavar="ARTICLE...",
        ),
    ],
    *,
    printed: options.Printed,
    each: Annotated[
        bool, typer.Option("--each", help="One briefing an article, not one of all.")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch addresses in private networks and on this machine too.",
        ),
    ] = False,
    endpoint: options.Endpoint,
    wanted: options.Wanted,
    about: options.About,
    budget: options.Budget,
    kept: options.Kept,
    posted: posting.Posted,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 9 when a passage could not be read."),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Print a briefing of ARTICLE, or of several together.

    Without a key or an address the embedded model is used; it is fetched (1.1 GB)
    the first time. OPENAI_API_KEY, OPENAI_BASE_URL and SUMMARIZER_MODEL, or
    --base-url and --model, choose another one.

    An article that cannot be read is reported; the others are done, and the exit
    code is 3.

    \b
    Examples:
      summarizer brief story.txt
      summarizer brief report.pdf --published 2025-07-23 --format markdown
      summarizer brief story.txt --format html -o story.html
      summarizer brief a.html b.eml https://example.org/story
      summarizer brief *.txt --each -o briefings
      pbpaste | summarizer brief - --format json -o story.json
      summarizer brief story.txt -f json -o story.json --post
      summarizer brief story.txt --base-url http://127.0.0.1:11434/v1 --model qwen3:8b
      summarizer brief story.txt --no-model
      summarizer brief story.txt --only requests,casualties
      summarizer brief story.txt --sections sections.toml
    """
    forms.check_readers(no_model=wanted.no_model, no_forms=wanted.no_forms)
    posted.check()
    form, output = printed.format, printed.output
    with reported():
        from summarizer.cli import inputs, runs  # noqa: PLC0415  slow; not for --help
        from summarizer.cli.progress import shown  # noqa: PLC0415
        from summarizer.sources.files import as_date  # noqa: PLC0415

        places = inputs.check_usage(
            articles, own=about.own(), each=each, form=form, output=output
        )
        if not each:
            check_output(output)
        found = endpoint.configured(budget)
        plan = wanted.plan(found)
        webhook = posted.webhook()
        given = inputs.Inputs(
            places=places,
            metadata=about.metadata(),
            published=as_date(about.published),
            max_chars=found.settings.max_chars,
            allow_private=allow_private,
            each=each,
        )
        batches = given.batches(output, form)
        first = next(batches)  # what cannot be read is said before a model starts
        done: list[Briefing] = []

        def deliver(briefing: "Briefing", target: str | None) -> None:
            write(printed.rendered(briefing, target), target)
            done.append(briefing)

        with (
            shown(quiet=quiet) as progress,
            _client(found.settings, progress, kept, wanted) as client,
        ):
            run = runs.Run(
                client=client, plan=plan, progress=progress.asked, deliver=deliver
            )
            if each:
                run.brief_each(itertools.chain([first], batches))
            else:
                run.brief(*first)
        if webhook is not None:
            for briefing in done:
                posting.send(
                    briefing,
                    webhook,
                    force=posted.force,
                    supported_only=printed.supported_only,
                )
        given.check()
        run.check(strict=strict)


@contextmanager
def _client(
    settings: "Settings",
    progress: "Shown",
    kept: options.Kept,
    wanted: options.Wanted,
) -> "Iterator[Completer | None]":
    """Open the model's client, or nothing: without a model its SDK is not even loaded."""
    if wanted.no_model:
        yield None
        return
    from summarizer.client.connect import completer  # noqa: PLC0415  slow

    with (
        kept.opened() as replies,
        completer(settings, progress.fetched, replies=replies) as client,
    ):
        yield client


@app.command()
def verify(
    briefing: Annotated[
        str,
        typer.Argument(
            help="A briefing in JSON, LangExtract's JSONL, or a list of quotes.",
            metavar="BRIEFING",
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Text files that it was made from.", metavar="[SOURCE]..."),
    ] = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How to print it.")
    ] = "text",
    output: forms.Output = None,
) -> None:
    """Check BRIEFING against its sources: no model, no network.

    Prints one line for each thing that fails, and exits with 10 if anything does.
    The sources stored in a briefing are used unless files are given. A list of quotes,
    [{"quote": …, "speaker": …, "count": …}], needs its source; so does LangExtract's
    output when it has no text.

    \b
    Examples:
      summarizer verify story.json
      summarizer verify story.json story.txt --format json
      summarizer verify extractions.jsonl story.txt
    """
    with reported():
        from summarizer.errors import VerificationError  # noqa: PLC0415
        from summarizer.render import findings  # noqa: PLC0415  pydantic is slow
        from summarizer.saved import verify_file  # noqa: PLC0415

        check_output(output)
        report = verify_file(briefing, sources or [], warn=warn)
        text = findings.as_json(report) if form == "json" else findings.as_text(report)
        write(text, output)
        if report.findings:
            failed = len(report.failed)
            msg = f"{failed} of {report.checked} checked items fail"
            raise VerificationError(msg)


app.command(name="eval")(evaluate)
app.command(name="doctor")(doctor.doctor)
app.command(name="batch")(batch.batch)


@app.command()
def schema() -> None:
    """Print the JSON schema of a briefing.

    \b
    Example:
      summarizer schema > briefing.schema.json
    """
    with reported():
        from schemas.published import schema_text  # noqa: PLC0415  pydantic is slow

        write(schema_text(), None)


app.command()(saved.render)
app.command()(saved.diff)
app.command()(posting.post)


@model_app.command()
def pull(
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Fetch the embedded model (1.1 GB) and verify it; continues where it stopped.

    \b
    Example:
      summarizer model pull
    """
    with reported():
        from summarizer.cli.progress import shown  # noqa: PLC0415
        from summarizer.client.serving import weights  # noqa: PLC0415

        with shown(quiet=quiet, fetching=True) as progress:
            file = weights.pull(weights.DEFAULT, progress.fetched)
        write(f"{file}\n", None)


@model_app.command()
def path() -> None:
    """Print where the verified weights are.

    \b
    Example:
      summarizer model path
    """
    with reported():
        from summarizer.client.serving import weights  # noqa: PLC0415

        write(f"{weights.present()}\n", None)


@model_app.command("list")
def list_models() -> None:
    """List the models that can be fetched, and whether they are here.

    \b
    Example:
      summarizer model list
    """
    with reported():
        from summarizer.client.serving import weights  # noqa: PLC0415
        from summarizer.errors import WeightsError  # noqa: PLC0415

        one = weights.DEFAULT
        try:
            state = f"here: {weights.present(one)}"
        except WeightsError as exc:
            state = "damaged" if "damaged" in str(exc) else "not fetched"
        write(f"{one.name}\t{one.size / 1e9:.1f} GB\t{one.licence}\t{state}\n", None)


@model_app.command()
def serve(
    model: ModelName = None,
    port: Annotated[
        int, typer.Option(help="Port on 127.0.0.1; 0 picks one.", min=0, max=65535)
    ] = 0,
    context_tokens: Annotated[
        int, typer.Option(help="Window of the model.", min=512)
    ] = 4096,
) -> None:
    """Serve the embedded model on 127.0.0.1 until Ctrl-C.

    Prints the address and a random key, one a line, for other programs that speak
    the OpenAI API.

    \b
    Example:
      summarizer model serve --port 8765
    """
    with reported():
        import time  # noqa: PLC0415

        from summarizer.client import connect  # noqa: PLC0415
        from summarizer.client.serving import embedded  # noqa: PLC0415

        file, name = connect.weights_of(model)
        with embedded.running(
            file, model=name, context_tokens=context_tokens, port=port
        ) as address:
            write(f"{address.url}\n{address.api_key}\n", None)
            say(f"serving {name}; Ctrl-C ends it")
            try:
                while True:
                    time.sleep(3600)
            except KeyboardInterrupt:
                return
