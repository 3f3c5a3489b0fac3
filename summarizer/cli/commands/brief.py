"""`summarizer brief`: articles in, a briefing out."""

import itertools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import forms, options
from summarizer.cli.commands import posting
from summarizer.cli.report import check_output, reported, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.briefing import Briefing
    from summarizer.cli.progress import Shown
    from summarizer.client.purse import Purse
    from summarizer.configuration import Configured
    from summarizer.ports import Completer


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
      summarizer brief crawl.warc.gz:12 --no-model
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
            _client(found, progress, kept, wanted) as client,
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
    found: "Configured",
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
        _purse(found) as purse,
        completer(
            found.settings, progress.fetched, replies=replies, purse=purse
        ) as client,
    ):
        yield client


@contextmanager
def _purse(found: "Configured") -> "Iterator[Purse | None]":
    """Mind the money of this command, when there is a budget."""
    if found.budget_usd is None:
        yield None
        return
    from summarizer.client import prices  # noqa: PLC0415  slow
    from summarizer.client.purse import Purse  # noqa: PLC0415

    with Purse(prices.known(found.settings), found.budget_usd) as purse:
        yield purse
