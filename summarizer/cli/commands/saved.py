"""`summarizer render` and `summarizer diff`: saved briefings, without a model."""

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.forms import (
    AnyFormat,
    Choice,
    Output,
    Quotes,
    SupportedOnly,
    Top,
    chosen,
    rendered,
    rendered_changes,
)
from summarizer.cli.report import reported, warn, write

if TYPE_CHECKING:
    from schemas.briefing import Briefing

CHANGED = 12
"""Exit code of `diff --exit-code` when something changed; 1 is an error here."""


def render(
    briefing: Annotated[
        str,
        typer.Argument(
            help="A briefing in JSON, or - for standard input.", metavar="BRIEFING"
        ),
    ],
    form: AnyFormat = None,
    output: Output = None,
    quotes: Quotes = True,
    supported_only: SupportedOnly = False,
    top: Top = None,
) -> None:
    """Print a saved BRIEFING in another form.

    Needs no model and no network. A terminal's text has colours only on a terminal,
    never when NO_COLOR is set; COLUMNS sets its width.

    \b
    Examples:
      summarizer render story.json
      summarizer render story.json --no-quotes
      summarizer render story.json --supported-only --top 5
      summarizer render story.json --format markdown -o story.md
      summarizer render story.json --format html -o story.html
      summarizer brief story.txt -f json | summarizer render - -f markdown
    """
    with reported():
        read = read_soundly(briefing)
        choice = Choice(supported_only=supported_only, top=top)
        text = rendered(
            read, chosen(form, output), quotes=quotes, output=output, choice=choice
        )
        write(text, output)


def diff(
    old: Annotated[
        str, typer.Argument(help="The earlier briefing in JSON.", metavar="OLD")
    ],
    new: Annotated[
        str, typer.Argument(help="The later one; one of them may be -.", metavar="NEW")
    ],
    form: AnyFormat = None,
    output: Output = None,
    quotes: Quotes = True,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help=f"Exit with {CHANGED} if anything changed."),
    ] = False,
) -> None:
    """Print what changed from OLD to NEW.

    Both are saved briefings, of one story; no model is needed. Items are paired by
    what they are about, not by their wording; each change stands with the words of
    both sources. What NEW leaves out is called no longer mentioned: that does not make
    it untrue.

    \b
    Examples:
      summarizer diff monday.json tuesday.json
      summarizer diff monday.json tuesday.json --no-quotes
      summarizer diff monday.json tuesday.json --format html -o changes.html
      summarizer diff --exit-code monday.json tuesday.json > /dev/null || echo changed
    """
    with reported():
        from summarizer.changes import compare  # noqa: PLC0415  pydantic is slow

        one_of_two(old, new)
        one, two = read_soundly(old), read_soundly(new)
        changes = compare(one, two)
        text = rendered_changes(
            one, two, changes, chosen(form, output), quotes=quotes, output=output
        )
        write(text, output)
        if exit_code and changes.changes:
            raise typer.Exit(CHANGED)


def one_of_two(old: str, new: str | None) -> None:
    """Refuse to read two briefings from standard input.

    Raises:
        InputError: Both are "-".
    """
    if old == new == "-":
        from summarizer.errors import InputError  # noqa: PLC0415  pydantic is slow

        msg = "only one of the two briefings can come from standard input"
        raise InputError(msg)


def read_soundly(path: str) -> "Briefing":
    """Read a saved briefing, and warn of words that are not where it says.

    Raises:
        InputError: It cannot be read, or is no briefing.
    """
    from summarizer import saved  # noqa: PLC0415  pydantic is slow

    read = saved.read_briefing(path, warn=warn)
    if wrong := saved.misplaced(read):
        named = ", ".join(wrong[:3]) + (" …" if len(wrong) > 3 else "")
        warn(
            f"{path!r}: the source does not say the words of {named} at their place; "
            "`summarizer verify` tells more"
        )
    return read
