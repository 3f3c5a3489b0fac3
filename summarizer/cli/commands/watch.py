"""`summarizer watch`: follow feeds and folders, tell what changed, for months."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import forms, options
from summarizer.cli.report import reported, say, write

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

app = typer.Typer(rich_markup_mode=None)

ConfigFile = Annotated[
    str,
    typer.Option("--config", "-c", help="What is followed, and what matters.", metavar="FILE"),
]  # fmt: skip
StateFolder = Annotated[
    str | None,
    typer.Option(
        "--state",
        help="Where all is kept that the watch knows; your state folder if not given.",
        metavar="DIR",
    ),
]


@app.callback(invoke_without_command=True)
@options.grouped
def watch(
    context: typer.Context,
    *,
    config: ConfigFile = "watch.toml",
    state: StateFolder = None,
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due, and end: for cron.")
    ] = False,
    site: Annotated[
        str | None,
        typer.Option(
            "--site", help="Write pages and an Atom feed there.", metavar="DIR"
        ),
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            "--metrics",
            help="Keep figures there, as Prometheus reads them.",
            metavar="FILE",
        ),
    ] = None,
    log: Annotated[
        str,
        typer.Option("--log", help="Lines of the log: plain or json.", metavar="NAME"),
    ] = "plain",
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            help="Say why an item was posted or not, by its mark in a post.",
            metavar="ITEM",
        ),
    ] = None,
    backfill: Annotated[
        int | None,
        typer.Option(
            "--backfill",
            min=0,
            max=500,
            help="How many of the newest articles the first look at a source takes; as the file says if not given.",
            metavar="N",
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch from private networks and from this machine too.",
        ),
    ] = False,
    endpoint: options.Endpoint,
    wanted: options.Wanted,
) -> None:
    """Follow the sources of watch.toml; brief stories that change; post what matters.

    What is followed, what matters to whom and when it is told stands in watch.toml. The
    first look at a source takes what is there as known. Nothing is posted without a
    change, and nothing twice. SIGTERM and Ctrl-C let the step under way finish; SIGHUP
    reads the file again.

    \b
    Examples:
      summarizer watch --once --no-model
      summarizer watch --config desk.toml --site public --metrics watch.prom
      summarizer watch --explain st12.3.r1
      summarizer watch status
    """  # fmt: skip
    if context.invoked_subcommand is not None:
        return
    forms.check_readers(no_model=wanted.no_model, no_forms=wanted.no_forms)
    if log not in {"plain", "json"}:
        msg = f"plain or json, not {log!r}"
        raise typer.BadParameter(msg, param_hint="--log")
    with reported():
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        place, folder = Path(config), _folder(state)
        if explain is not None:
            write(_watched().explained(place, folder, explain), None)
            return
        found = endpoint.configured()
        _watched().run(
            _watched().Wanted(
                place=place,
                folder=folder,
                once=once,
                site=Path(site) if site else None,
                metrics=Path(metrics) if metrics else None,
                as_json=log == "json",
                allow_private=allow_private,
                backfill=backfill,
            ),
            found.settings,
            wanted.plan(found),
            is_asked=not wanted.no_model,
        )


@app.command()
def status(*, state: StateFolder = None) -> None:
    """Say how a watch stands: sources, stories, posts, tokens.

    \b
    Example:
      summarizer watch status
    """
    with reported():
        write(_watched().status(_folder(state)), None)


@app.command()
def check(*, config: ConfigFile = "watch.toml") -> None:
    """Read watch.toml, and say what a watch would do.

    \b
    Example:
      summarizer watch check --config desk.toml
    """
    with reported():
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        write(_watched().checked(Path(config)), None)


@app.command()
def split(
    story: Annotated[str, typer.Argument(help="The story.", metavar="STORY")],
    articles: Annotated[
        list[str],
        typer.Argument(
            help="Articles of it that are another story.", metavar="ARTICLE..."
        ),
    ],
    *,
    state: StateFolder = None,
) -> None:
    """Take articles out of a story, for good; they become a story of their own.

    \b
    Example:
      summarizer watch split st12 40 41
    """  # fmt: skip
    with reported():
        say(_watched().split(_folder(state), story, articles))


@app.command()
def join(
    story: Annotated[str, typer.Argument(help="The story.", metavar="STORY")],
    other: Annotated[
        str, typer.Argument(help="The story that is the same.", metavar="OTHER")
    ],
    *,
    state: StateFolder = None,
) -> None:
    """Make one story of two, for good.

    \b
    Example:
      summarizer watch join st12 st15
    """
    with reported():
        say(_watched().join(_folder(state), story, other))


@app.command()
def stories(
    story: Annotated[
        str | None, typer.Argument(help="Only this one, with its articles.")
    ] = None,
    *,
    state: StateFolder = None,
) -> None:
    """List the stories, or the articles and editions of one.

    \b
    Example:
      summarizer watch stories st12
    """
    with reported():
        write(_watched().stories(_folder(state), story), None)


@app.command()
def settle(
    post: Annotated[int, typer.Argument(help="The post.", metavar="POST")],
    *,
    first: Annotated[
        int,
        typer.Option(
            "--from",
            help="Message to go on with; one more than there are when all are there.",
            min=1,
        ),
    ],
    state: StateFolder = None,
) -> None:
    """Go on with a post that may have been sent, after a look into the channel.

    \b
    Example:
      summarizer watch settle 7 --from 2
    """
    with reported():
        say(_watched().settle(_folder(state), post, first))


def _watched() -> "ModuleType":
    from summarizer.cli import watched  # noqa: PLC0415  slow; not for --help

    return watched


def _folder(state: str | None) -> "Path":
    from pathlib import Path  # noqa: PLC0415  slow; not for --help

    if state is not None:
        return Path(state)
    import platformdirs  # noqa: PLC0415  likewise

    base = os.environ.get("SUMMARIZER_STATE_DIR")
    return Path(base or platformdirs.user_state_path("grounded-briefing")) / "watch"
