"""A report for people: on a terminal or in Markdown, with every error beside its words."""

import io
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from summarizer.evaluation.figures import Figure
from summarizer.evaluation.report import Change, Error, Evaluation, Part
from summarizer.render import markdown
from summarizer.render.words import wording

_COLUMNS = ("section", "figure", "value", "95 % interval", "n", "documents")
_BY_READER = ("section", "who reads", "gold found", "shown", "wrong")
_CHANGED = ("section", "figure", "old", "new", "difference", "documents")


def terminal(
    report: Evaluation,
    changes: Sequence[Change] = (),
    *,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Write a report for a terminal.

    Args:
        report: What to write.
        changes: Against an older report; empty when there is none.
        width: Columns, at least 60.
        colour: Whether to use ANSI colours.
    """
    out = io.StringIO()
    console = Console(
        file=out, width=max(60, width), force_terminal=colour, no_color=not colour,
        highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(_text(_heading(report), "bold"))
    for name in _sets(report):
        console.print(_text(f"\n{name}", "bold green"))
        rows = [_row(f) for f in report.figures if f.set == name]
        console.print(_table(_COLUMNS, rows))
    for name in dict.fromkeys(p.set for p in report.ablation):
        console.print(_text(f"\n{name}, by who reads", "bold green"))
        rows = [_part(p) for p in report.ablation if p.set == name]
        console.print(_table(_BY_READER, rows))
    for name in dict.fromkeys(c.set for c in changes):
        console.print(_text(f"\n{name}, against the older report", "bold green"))
        rows = [_changed(c) for c in changes if c.set == name]
        console.print(_table(_CHANGED, rows))
    for document, errors in _by_document(report.errors):
        console.print(_text(f"\n{document}", "bold"))
        for error in errors:
            console.print(_text(f"  {_said(error)}"))
            if error.sentence:
                console.print(_text(f"    » {error.sentence}", "italic cyan"))
    lines = out.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_markdown(report: Evaluation, changes: Sequence[Change] = ()) -> str:
    """Write a report as Markdown."""
    parts = [f"# {markdown.escape(_heading(report))}"]
    for name in _sets(report):
        rows = [_row(f) for f in report.figures if f.set == name]
        parts.append(f"## {markdown.escape(name)}\n\n{_grid(_COLUMNS, rows)}")
    for name in dict.fromkeys(p.set for p in report.ablation):
        rows = [_part(p) for p in report.ablation if p.set == name]
        title = f"{name}, by who reads"
        parts.append(f"## {markdown.escape(title)}\n\n{_grid(_BY_READER, rows)}")
    for name in dict.fromkeys(c.set for c in changes):
        rows = [_changed(c) for c in changes if c.set == name]
        title = f"{name}, against the older report"
        parts.append(f"## {markdown.escape(title)}\n\n{_grid(_CHANGED, rows)}")
    if report.errors:
        parts.append("## Errors")
    for document, errors in _by_document(report.errors):
        lines = [f"### {markdown.escape(document)}\n"]
        for error in errors:
            lines.append(f"- {markdown.escape(_said(error))}")
            if error.sentence:
                lines.append(f"  > {markdown.escape(error.sentence)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _part(one: Part) -> tuple[str, ...]:
    return (
        one.section,
        _READERS[one.readers],
        f"{one.found} of {one.gold}",
        str(one.shown),
        str(one.wrong),
    )


_READERS = {
    "both": "model and forms",
    "no model": "forms alone",
    "no forms": "model alone",
}


def _heading(report: Evaluation) -> str:
    made = report.made
    unanswered = (
        f"; {report.unanswered} questions without a kept answer"
        if report.unanswered
        else ""
    )
    return (
        f"{made.model} ({made.strategy}), {len(report.documents)} documents{unanswered}"
    )


def _sets(report: Evaluation) -> list[str]:
    return list(dict.fromkeys(f.set for f in report.figures))


def _row(one: Figure) -> tuple[str, ...]:
    return (
        one.section,
        one.name,
        _number(one.value, one.section),
        f"{_number(one.low, one.section)} – {_number(one.high, one.section)}",
        f"{one.n:,}",
        f"{one.documents:,}",
    )


def _changed(one: Change) -> tuple[str, ...]:
    difference = one.new - one.old
    better = (difference > 0) == (one.aim == "up")
    mark = "" if not one.is_clear else " better" if better else " worse"
    return (
        one.section,
        one.name,
        _number(one.old, one.section),
        _number(one.new, one.section),
        f"{difference:+.2f} ({one.low:+.2f} – {one.high:+.2f}){mark}",
        f"{one.documents:,}",
    )


def _number(value: float, section: str) -> str:
    return f"{value:,.1f}" if section == "cost" else f"{value:.3f}"


def _said(error: Error) -> str:
    parts = [f"{error.section.replace('_', ' ')}, {error.wrong}:"]
    parts += [error.shown] if error.shown else []
    parts += [f"[gold: {error.gold}]"] if error.gold else []
    return " ".join(parts)


def _by_document(errors: Iterable[Error]) -> list[tuple[str, list[Error]]]:
    found: dict[str, list[Error]] = {}
    for error in errors:
        found.setdefault(error.document, []).append(error)
    return list(found.items())


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number < 2 else "right")
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    return table


def _grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        f"| {' | '.join(c if c == '---' else markdown.escape(c) for c in line)} |"
        for line in lines
    )


def _text(words: str, style: str = "") -> Text:
    """Make text of words that may be an article's: no markup, no control characters."""
    return Text("\n".join(map(_plain, words.split("\n"))), style=style)


def _plain(line: str) -> str:
    """Keep the indent, and of the rest what a person may see."""
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + wording.visible(line)
