"""The forms that a briefing, or a comparison of two, can be printed in."""

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from schemas.briefing import Briefing
    from summarizer.changes import Changes

Format = Literal["terminal", "markdown", "html", "json"]
ChangesFormat = Literal["terminal", "markdown", "json"]

Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to this file.", metavar="FILE"),
]
Quotes = Annotated[
    bool,
    typer.Option(
        "--quotes/--no-quotes",
        help="Show the source’s words under each item; on a terminal, "
        "--no-quotes is one line an item.",
    ),
]

WIDEST = 120
"""Columns that a terminal's text takes at most: longer lines are hard to read."""


def rendered(
    briefing: "Briefing", form: Format, *, quotes: bool, output: str | None
) -> str:
    """Write *briefing* in a form; colours and width are those of the terminal."""
    from summarizer.render import html, json, markdown, terminal  # noqa: PLC0415  slow

    if form == "json":
        return json.render(briefing)
    if form == "markdown":
        return markdown.render(briefing, quotes=quotes)
    if form == "html":
        return html.render(briefing, quotes=quotes)
    return terminal.render(
        briefing, width=_width(), colour=_is_coloured(output), quotes=quotes
    )


def rendered_changes(
    changes: "Changes", form: ChangesFormat, *, quotes: bool, output: str | None
) -> str:
    """Write *changes* in a form; colours and width are those of the terminal."""
    from summarizer.render import diff_markdown, diff_terminal, json  # noqa: PLC0415

    if form == "json":
        return json.render(changes)
    if form == "markdown":
        return diff_markdown.render(changes, quotes=quotes)
    return diff_terminal.render(
        changes, width=_width(), colour=_is_coloured(output), quotes=quotes
    )


def _width() -> int:
    """Tell how many columns there are: COLUMNS, the terminal's own, or 100."""
    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)


def _is_coloured(output: str | None) -> bool:
    """Tell whether to use colours: on a terminal that has them, unless NO_COLOR is set."""
    if output not in {None, "-"} or os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
