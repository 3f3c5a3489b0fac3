"""One table of all contestants, for a terminal and in Markdown."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.scoring import ROWS
from summarizer.evaluation import figures
from summarizer.evaluation.figures import Figure
from summarizer.evaluation.tally import Tally
from summarizer.render import markdown

COLUMNS = ("set", "section", "figure")
NOTHING = "–"
WIDTH = 132


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that a contestant failed, and why."""

    contestant: str
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """An item that a contestant shows and the source does not bear out."""

    contestant: str
    document: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the table says.

    Attributes:
        heading: Model, limits and versions, a line each.
        contestants: Names of the columns.
        rows: Set, section and figure, then a cell for each contestant.
        failures: Documents that failed.
        doubts: Items that are not borne out; in Markdown only.
    """

    heading: tuple[str, ...]
    contestants: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    failures: tuple[Failure, ...]
    doubts: tuple[Doubt, ...] = ()


def rows(
    name: str, tallies: Mapping[str, Sequence[Tally]]
) -> tuple[tuple[str, ...], ...]:
    """Make the rows of one set.

    Args:
        name: Name of the set.
        tallies: By contestant, one for each document of the set.

    Returns:
        A row for each figure that at least one contestant has, in the order of `ROWS`.
    """
    found = {
        who: {(f.section, f.name): f for f in figures.figures(name, of, ROWS)}
        for who, of in tallies.items()
    }
    return tuple(
        (
            name,
            m.section,
            m.name,
            *(_cell(of.get((m.section, m.name))) for of in found.values()),
        )
        for m in ROWS
        if any((m.section, m.name) in of for of in found.values())
    )


def terminal(report: Report, *, width: int = WIDTH) -> str:
    """Write a report for a terminal."""
    out = io.StringIO()
    console = Console(file=out, width=width, no_color=True, highlight=False)
    for line in report.heading:
        console.print(Text(line))
    grid = Table(box=box.SIMPLE, pad_edge=False)
    for number, column in enumerate((*COLUMNS[1:], *report.contestants)):
        grid.add_column(column, justify="left" if number < 2 else "right")
    before = ("", "")
    for name, section, *cells in report.rows:
        if name != before[0]:
            grid.add_row(Text(name.upper()))
        shown = "" if (name, section) == before else section
        grid.add_row(*(Text(c) for c in (shown, *cells)))
        before = (name, section)
    console.print(grid)
    for one in report.failures:
        console.print(Text(f"{one.contestant} failed {one.document}: {one.reason}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def as_markdown(report: Report) -> str:
    """Write a report as Markdown."""
    columns = (*COLUMNS, *report.contestants)
    lines = [
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(COLUMNS)}{'---:|' * len(report.contestants)}",
        *(f"| {' | '.join((markdown.escape(r[0]), *r[1:]))} |" for r in report.rows),
    ]
    parts = ["\n".join(f"- {line}" for line in report.heading)]
    parts.append("\n".join(lines))
    if report.failures:
        parts.append(
            "\n".join(
                f"- {one.contestant} failed {markdown.escape(one.document)}: "
                f"{markdown.escape(one.reason)}"
                for one in report.failures
            )
        )
    if report.doubts:
        parts.append("## Not borne out by the source")
        parts.append(
            "\n".join(
                f"- {d.contestant}, {markdown.escape(d.document)}: "
                f"{markdown.escape(' '.join(d.words.split()))}: {markdown.escape(d.reason)}"
                for d in report.doubts
            )
        )
    return "\n\n".join(parts) + "\n"


def _cell(one: Figure | None) -> str:
    """Write a figure with what it is a share of and its 95 % interval."""
    if one is None:
        return NOTHING
    if one.section == "cost":
        return f"{one.value:,.1f} ({one.low:,.1f}–{one.high:,.1f})"
    return f"{one.value:.3f} of {one.n:,} ({one.low:.2f}–{one.high:.2f})"
