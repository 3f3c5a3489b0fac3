"""`summarizer schema`: what a briefing in JSON looks like."""

from summarizer.cli.report import reported, write


def schema() -> None:
    """Print the JSON schema of a briefing.

    \b
    Example:
      summarizer schema > briefing.schema.json
    """
    with reported():
        from schemas.published import schema_text  # noqa: PLC0415  pydantic is slow

        write(schema_text(), None)
