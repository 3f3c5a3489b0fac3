"""A group of commands of which one needs no name: `summarizer batch INPUT…`."""

from typing import Any

from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

DEFAULT = "run"


class WithDefault(TyperGroup):
    """A group whose command "run" is meant when no other is named.

    What is named as another command ("status") is a file when it is written "./status".
    """

    def __init__(self, **attrs: Any) -> None:
        """Set the default command apart from the others."""
        super().__init__(**attrs)
        self.default: Command = self.commands.pop(DEFAULT)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Find a command by name, the default one too."""
        return (
            self.default if cmd_name == DEFAULT else super().get_command(ctx, cmd_name)
        )

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Name the default command where none is named."""
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help of the default command, and the others below it."""
        self.default.format_help(ctx, formatter)
        self.format_commands(ctx, formatter)
