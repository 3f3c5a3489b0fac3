"""The forms that a briefing, or a comparison of two, can be printed in."""

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

import typer

from summarizer.cli import streams
from summarizer.cli.report import say

if TYPE_CHECKING:
    from schemas.briefing import Briefing
    from summarizer.changes import Changes
    from summarizer.selection import Selection

NoModel = Annotated[
    bool,
    typer.Option(
        "--no-model",
        help="Ask no model: what the form of sentences shows, in a fraction of a second.",
    ),
]
NoForms = Annotated[
    bool,
    typer.Option(
        "--no-forms",
        help="The model alone: what the form of sentences shows only judges.",
    ),
]


def check_readers(*, no_model: bool, no_forms: bool) -> None:
    """Refuse a run that nobody would read for.

    Raises:
        BadParameter: Both readers are switched off.
    """
    if no_model and no_forms:
        msg = "--no-model and --no-forms together leave nobody to read"
        raise typer.BadParameter(msg)


Format = Literal["terminal", "markdown", "html", "json", "slack"]
AnyFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to print it: terminal, or what the name that --output gives ends in "
        "(.html, .md, .json).",
    ),
]
_SUFFIXES: dict[str, Format] = {
    "html": "html", "htm": "html", "md": "markdown", "markdown": "markdown",
    "json": "json",
}  # fmt: skip


def chosen(form: Format | None, output: str | None) -> Format:
    """Take the form that was asked for, or the one that a file's name tells."""
    if form is not None:
        return form
    suffix = (output or "").rpartition(".")[2].lower()
    return _SUFFIXES.get(suffix, "terminal")


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

SupportedOnly = Annotated[
    bool,
    typer.Option(
        "--supported-only",
        help="Leave out what could not be confirmed; say how much that is.",
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top",
        help="Show the N weightiest items of each section, and how many more there "
        "are. Tolls, JSON and posts are never cut.",
        metavar="N",
        min=1,
    ),
]

WIDEST = 120
"""Columns that a terminal's text takes at most: longer lines are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which items a person asked for.

    Attributes:
        supported_only: Leave out the unconfirmed ones.
        top: How many of each section; None for all.
    """

    supported_only: bool = False
    top: int | None = None

    def of(self, briefing: "Briefing") -> "Selection":
        """Choose from *briefing*."""
        from summarizer import selection  # noqa: PLC0415  slow; not for --help

        shown = self.by_verdict(briefing)
        return shown if self.top is None else selection.top(shown, self.top)

    def by_verdict(self, briefing: "Briefing") -> "Selection":
        """Choose from *briefing*, but cut no section."""
        from summarizer import selection  # noqa: PLC0415

        choose = selection.confirmed if self.supported_only else selection.selected
        return choose(briefing)


EVERYTHING = Choice()


def rendered(
    briefing: "Briefing",
    form: Format,
    *,
    quotes: bool,
    output: str | None,
    choice: Choice = EVERYTHING,
) -> str:
    """Write *briefing* in a form; colours and width are those of the terminal."""
    from summarizer.render import html, json, markdown, slack, terminal  # noqa: PLC0415

    match form:
        case "json":
            return json.render(_told(choice.by_verdict(briefing)).briefing)
        case "slack":
            return slack.render(choice.of(briefing))
        case "markdown":
            return markdown.render(choice.of(briefing), quotes=quotes)
        case "html":
            return html.render(choice.of(briefing), quotes=quotes)
        case "terminal":
            colour = _is_coloured(output)
            shown = choice.of(briefing)
            return terminal.render(shown, width=_width(), colour=colour, quotes=quotes)
    assert_never(form)


def _told(shown: "Selection") -> "Selection":
    """Say on standard error what is left out, where the form has no place for it."""
    from summarizer.render.words import verdicts  # noqa: PLC0415

    for line in verdicts.left_out(shown):
        say(line)
    return shown


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
    from summarizer.render import json  # noqa: PLC0415  slow
    from summarizer.render.changes import html as diff_html  # noqa: PLC0415
    from summarizer.render.changes import markdown as diff_markdown  # noqa: PLC0415
    from summarizer.render.changes import slack as diff_slack  # noqa: PLC0415
    from summarizer.render.changes import terminal as diff_terminal  # noqa: PLC0415

    match form:
        case "json":
            return json.render(changes)
        case "slack":
            return diff_slack.render(changes, old, new)
        case "markdown":
            return diff_markdown.render(changes, quotes=quotes)
        case "html":
            return diff_html.render(changes, old, new, quotes=quotes)
        case "terminal":
            colour = _is_coloured(output)
            return diff_terminal.render(
                changes, width=_width(), colour=colour, quotes=quotes
            )
    assert_never(form)


def _width() -> int:
    """Tell how many columns there are: COLUMNS, the terminal's own, or 100."""
    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)


def _is_coloured(output: str | None) -> bool:
    """Tell whether to use colours: on a terminal that has them, unless NO_COLOR is set."""
    if output not in {None, "-"} or os.environ.get("NO_COLOR"):
        return False
    return streams.is_terminal() and os.environ.get("TERM") != "dumb"
