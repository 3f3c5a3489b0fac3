"""`summarizer schema`: what a briefing in JSON looks like."""

from typing import Annotated

import typer

from summarizer.cli.report import reported, write


def schema(
    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            help="Sections of your own, whose items have their fields only.",
            metavar="FILE",
        ),
    ] = None,
) -> None:
    """Print the JSON schema of a briefing.

    \b
    Examples:
      summarizer schema > briefing.schema.json
      summarizer schema --sections sections.toml
    """
    with reported():
        from schemas.published import schema_text  # noqa: PLC0415  pydantic is slow
        from summarizer.sections import from_file  # noqa: PLC0415

        write(schema_text(from_file(sections) if sections else ()), None)
