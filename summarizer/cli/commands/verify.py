"""`summarizer verify`: a briefing, or quotes, against the sources."""

from typing import Annotated, Literal

import typer

from summarizer.cli import forms
from summarizer.cli.report import check_output, reported, warn, write


def verify(
    briefing: Annotated[
        str,
        typer.Argument(
            help="A briefing in JSON, LangExtract's JSONL, or a list of quotes.",
            metavar="BRIEFING",
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Text files that it was made from.", metavar="[SOURCE]..."),
    ] = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How to print it.")
    ] = "text",
    output: forms.Output = None,
) -> None:
    """Check BRIEFING against its sources: no model, no network.

    Prints one line for each thing that fails, and exits with 10 if anything does.
    The sources stored in a briefing are used unless files are given. A list of quotes,
    [{"quote": …, "speaker": …, "count": …}], needs its source; so does LangExtract's
    output when it has no text.

    \b
    Examples:
      summarizer verify story.json
      summarizer verify story.json story.txt --format json
      summarizer verify extractions.jsonl story.txt
    """
    with reported():
        from summarizer.errors import VerificationError  # noqa: PLC0415
        from summarizer.render import findings  # noqa: PLC0415  pydantic is slow
        from summarizer.saved import verify_file  # noqa: PLC0415

        check_output(output)
        report = verify_file(briefing, sources or [], warn=warn)
        text = findings.as_json(report) if form == "json" else findings.as_text(report)
        write(text, output)
        if report.findings:
            failed = len(report.failed)
            msg = f"{failed} of {report.checked} checked items fail"
            raise VerificationError(msg)
