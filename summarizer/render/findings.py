"""What a verification found, as text and as JSON."""

from summarizer.render.words import origins
from summarizer.render.words.wording import visible
from summarizer.reports import Finding, Report


def as_json(report: Report) -> str:
    """Write a report as JSON."""
    return report.model_dump_json(indent=2) + "\n"


def as_text(report: Report) -> str:
    """Write one line for each thing that fails, and a last line with the count."""
    lines = [_line(finding) for finding in report.findings]
    held = report.checked - len(report.failed)
    lines.append(f"{held} of {report.checked} checked items hold.")
    if report.unconfirmed:
        lines.append(_unconfirmed(report))
    if report.not_checked:
        lines.append(_not_checked(report))
    return "\n".join(lines) + "\n"


def _unconfirmed(report: Report) -> str:
    """Say which of the items that hold are marked as unconfirmed."""
    count = len(report.unconfirmed)
    named = ", ".join(map(visible, report.unconfirmed[:_MOST_NAMED]))
    more = ", …" if count > _MOST_NAMED else ""
    verb = "is" if count == 1 else "are"
    return (
        f"{count} of them {verb} unconfirmed: nothing speaks against what is said, "
        f"and the source does not plainly show it ({named}{more})."
    )


_MOST_NAMED = 10


def _not_checked(report: Report) -> str:
    checks = dict.fromkeys(c for one in report.not_checked for c in one.checks)
    count = len(report.not_checked)
    items = "item" if count == 1 else "items"
    return f"Not checked in full: {count} {items} ({origins.checks(checks)})."


def _line(finding: Finding) -> str:
    diff = f": {finding.diff}" if finding.diff else ""
    return visible(f"{finding.item}  {finding.check}: {finding.reason}{diff}")
