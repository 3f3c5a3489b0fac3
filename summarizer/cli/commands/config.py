"""`summarizer config`: what is set, and where each value came from."""

import typer

from summarizer.cli import options
from summarizer.cli.report import reported, write

app = typer.Typer(
    help="The settings: where they stand, and what each one is.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
@options.grouped
def show(*, endpoint: options.Endpoint, budget: options.Budget) -> None:
    """Print each setting, its value, and where it came from.

    Options win over variables, those over summarizer.toml of the project (this folder
    or one above it), that over the file of the user. A key is never printed.

    \b
    Example:
      summarizer config show
    """
    with reported():
        from summarizer.configuration import NAMES  # noqa: PLC0415  slow

        found = endpoint.configured(budget)
        lines = []
        for name in NAMES:
            at = found if name.startswith("budget_") else found.settings
            value = getattr(at, name)
            if name == "api_key" and value is not None:
                value = "set"
            shown = "-" if value is None else value
            line = f"{name:<18}{shown!s:<28} {found.origins[name]}"
            lines.append("".join(c if c.isprintable() else "?" for c in line))
        write("\n".join(lines) + "\n", None)


@app.command()
def path() -> None:
    """Print the files that are read, whether they are there or not.

    \b
    Example:
      summarizer config path
    """
    with reported():
        from pathlib import Path  # noqa: PLC0415  slow

        from summarizer import configuration  # noqa: PLC0415

        mine = configuration.user_file()
        project = configuration.project_file(Path.cwd())
        lines = [
            f"{mine}\tyours, {'read' if mine.is_file() else 'not there'}",
            f"{project or Path.cwd() / configuration.PROJECT_FILE}\tof the project, {'read' if project else 'not there'}",
        ]
        write("\n".join(lines) + "\n", None)
