"""The program: its commands put together, and how it starts."""

import errno
import os
import sys
from typing import Annotated

import typer

from summarizer.cli import streams
from summarizer.cli.commands import (
    batch,
    brief,
    config,
    doctor,
    evaluate,
    models,
    posting,
    saved,
    schema,
    verify,
    watch,
)
from summarizer.cli.report import reported, say, write

app = typer.Typer(
    name="summarizer",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(models.app, name="model")
app.add_typer(config.app, name="config")
app.add_typer(watch.app, name="watch")


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


app.command()(brief.brief)
app.command()(verify.verify)
app.command(name="eval")(evaluate.evaluate)
app.command(name="doctor")(doctor.doctor)
app.add_typer(batch.app, name="batch")
app.command()(schema.schema)
app.command()(saved.render)
app.command()(saved.diff)
app.command()(posting.post)
