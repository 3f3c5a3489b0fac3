"""The forms that a briefing, or a comparison of two, can be printed in."""

import os
import shutil
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import streams

if TYPE_CHECKING:
    from schemas.briefing import Briefing
    from summarizer.changes import Changes

Format = Literal["terminal", "markdown", "html", "json", "slack"]

Output = Annotated[
    str | None,
    typer.Option("--output", "-o", help="Write to this file.", metavar="FILE"),
]
Quotes = Annotated[
    bool,
    typer.Option(
        "--quotes/--no-quotes",
        help="Show the source’s words under each item; on a terminal, "
        "--no-quotes is one line an item. JSON and Slack have them always.",
    ),
]

WIDEST = 120
"""Columns that a terminal's text takes at most: longer lines are hard to read."""


def rendered(
    briefing: "Briefing", form: Format, *, quotes: bool, output: str | None
) -> str:
    """Write *briefing* in a form; colours and width are those of the terminal."""
    from summarizer.render import html, json, markdown, slack, terminal  # noqa: PLC0415

    match form:
        case "json":
            return json.render(briefing)
        case "slack":
            return slack.render(briefing)
        case "markdown":
            return markdown.render(briefing, quotes=quotes)
        case "html":
            return html.render(briefing, quotes=quotes)
    return terminal.render(
        briefing, width=_width(), colour=_is_coloured(output), quotes=quotes
    )


def rendered_changes(
    old: "Briefing",
    new: "Briefing",
    changes: "Changes",
    form: Format,
    *,
    quotes: bool,
    output: str | None,
) -> str:
    """Write what changed in a form; colours and width are those of the terminal."""
    from summarizer.render import (  # noqa: PLC0415  slow
        diff_html,
        diff_markdown,
        diff_slack,
        diff_terminal,
        json,
    )

    match form:
        case "json":
            return json.render(changes)
        case "slack":
            return diff_slack.render(changes, old, new)
        case "markdown":
            return diff_markdown.render(changes, quotes=quotes)
        case "html":
            return diff_html.render(changes, old, new, quotes=quotes)
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
    return streams.is_terminal() and os.environ.get("TERM") != "dumb"
