"""The manual of the command line, made of the commands' own help: `docs/cli.md`.

`make docs` writes it: `python -m summarizer.cli.manual > docs/cli.md`.
"""

import sys
from collections.abc import Iterator

import typer
from typer._click.core import Command, Context
from typer.core import TyperGroup

from summarizer.cli.app import app

WIDTH = 80
_INTRODUCTION = """\
# The command line

Made of the commands’ own help by `make docs`; `summarizer COMMAND --help` prints the
same. [Exit codes](exit-codes.md) says what those mean.
"""


def text() -> str:
    """Write the manual: the help of each command, commands within commands after it."""
    sections = _sections(typer.main.get_command(app), "summarizer")
    return "\n".join([_INTRODUCTION, *sections])


def _sections(
    command: Command, name: str, parent: Context | None = None
) -> Iterator[str]:
    context = command.context_class(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, TyperGroup):
        for inner, below in command.commands.items():
            yield from _sections(below, inner, context)


if __name__ == "__main__":
    sys.stdout.write(text())
