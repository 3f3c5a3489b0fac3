"""`summarizer eval`: how good a model's briefings are, measured on gold sets."""

import os
import shutil
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import forms, options, streams
from summarizer.cli.report import check_output, reported, warn, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.evaluation.gold import Document
    from summarizer.evaluation.journal import Journal


@options.grouped
def evaluate(
    gold: Annotated[
        list[str], typer.Argument(help="Gold sets (JSON lines), or a gold briefing.")
    ],
    *,
    endpoint: options.Endpoint,
    kept: options.Kept,
    no_model: forms.NoModel = False,
    no_forms: forms.NoForms = False,
    limit: Annotated[
        int | None, typer.Option(help="Documents of each set at most.", min=1)
    ] = None,
    journal: Annotated[
        str, typer.Option(help="Where each finished document is kept.", metavar="FILE")
    ] = "eval.journal.jsonl",
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the journal of a killed run.")
    ] = False,
    replay: Annotated[
        str | None,
        typer.Option(
            help="No model: run all that follows it on a journal's answers.",
            metavar="JOURNAL",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="An older report in JSON to compare with.", metavar="FILE"),
    ] = None,
    form: Annotated[
        Literal["terminal", "markdown", "json"],
        typer.Option("--format", "-f", help="How to print the report."),
    ] = "terminal",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="Write to this file.", metavar="FILE"),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors/--no-errors", help="List every error.")
    ] = True,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Brief the documents of GOLD sets and score the briefings.

    Prints each figure with its n and a 95 % interval (bootstrap over documents), then
    every error beside the words that it is about; and for each section what is found,
    right and wrong with model and forms, without the model, and without the forms. A run
    is long; what is finished is in the journal, and --resume goes on after a kill.

    \b
    Examples:
      summarizer eval seeds/gold/invented.jsonl
      summarizer eval gold.jsonl --limit 20 --format json -o new.json
      summarizer eval gold.jsonl --resume --against old.json
      summarizer eval gold.jsonl --replay eval.journal.jsonl
    """
    forms.check_readers(no_model=no_model, no_forms=no_forms)
    with reported():
        from summarizer.evaluation import ablation, report, tables  # noqa: PLC0415
        from summarizer.evaluation import gold as gold_sets  # noqa: PLC0415  slow

        check_output(output)
        old = report.read(against) if against else None
        documents = gold_sets.read(gold, limit=limit)
        unanswered = 0
        if no_model:
            done = _without_model(documents)
        elif replay:
            done, unanswered = _replayed(documents, replay, with_forms=not no_forms)
        else:
            done = _run(
                documents,
                endpoint,
                kept,
                journal,
                resume=resume,
                with_forms=not no_forms,
                quiet=quiet,
            )
        made = report.make(documents, done, unanswered=unanswered)
        if not (no_model or no_forms):
            made = made.model_copy(update={"ablation": ablation.of(documents, done)})
        changes = report.compare(old, made) if old else ()
        if form == "json":
            write(made.model_dump_json(indent=1) + "\n", output)
            return
        shown = made if errors else made.model_copy(update={"errors": ()})
        if form == "markdown":
            write(tables.as_markdown(shown, changes), output)
            return
        is_terminal = output is None and streams.is_terminal()
        colour = is_terminal and not os.environ.get("NO_COLOR")
        width = min(120, shutil.get_terminal_size((100, 24)).columns)
        write(tables.terminal(shown, changes, width=width, colour=colour), output)


def _run(
    documents: "Sequence[Document]",
    endpoint: options.Endpoint,
    kept: options.Kept,
    path: str,
    *,
    resume: bool,
    with_forms: bool,
    quiet: bool,
) -> "Journal":
    from summarizer import __version__  # noqa: PLC0415
    from summarizer.cli.progress import shown  # noqa: PLC0415
    from summarizer.client.connect import completer  # noqa: PLC0415
    from summarizer.evaluation import run  # noqa: PLC0415

    settings = endpoint.configured().settings
    with (
        shown(quiet=quiet) as progress,
        kept.opened() as replies,
        completer(settings, progress.fetched, replies=replies) as client,
    ):
        return run.run(
            documents,
            client,
            path=path,
            version=__version__,
            resume=resume,
            forms=with_forms,
            told=progress.briefed,
        )


def _without_model(documents: "Sequence[Document]") -> "Journal":
    from summarizer import __version__  # noqa: PLC0415
    from summarizer.evaluation import run  # noqa: PLC0415

    return run.without_model(documents, __version__)


def _replayed(
    documents: "Sequence[Document]", path: str, *, with_forms: bool
) -> "tuple[Journal, int]":
    from summarizer.errors import InputError  # noqa: PLC0415
    from summarizer.evaluation import journal, run  # noqa: PLC0415

    kept = journal.read(path)
    if kept is None:
        msg = f"there is no journal {path!r}"
        raise InputError(msg)
    replayed, unanswered = run.replay(documents, kept, forms=with_forms)
    if unanswered:
        warn(f"{unanswered} questions have no kept answer; they count as empty")
    return replayed, unanswered
