"""What changed, for a terminal: one row a change, the old words and the new under it."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.changes import Change, Changes
from summarizer.changes.values import Kind
from summarizer.render.changes import wording as diff_wording
from summarizer.render.console import NARROWEST, cut, grid, printed, text, title
from summarizer.render.words import wording

_STYLES: dict[Kind, str] = {
    "reversed": "bold red",
    "answered": "bold green",
    "reopened": "bold yellow",
    "toll_revised": "bold red",
    "hardened": "bold yellow",
    "softened": "bold yellow",
    "figure_revised": "bold red",
    "now_unconfirmed": "bold yellow",
    "now_supported": "bold green",
    "no_longer_mentioned": "dim",
}
_MARKS = {"old": ("−", "red"), "new": ("+", "green")}


def render(
    changes: Changes, *, width: int = 100, colour: bool = False, quotes: bool = True
) -> str:
    """Write *changes* as text for a terminal.

    Args:
        changes: What to write.
        width: Columns, at least `console.NARROWEST`.
        colour: Whether to use ANSI colours.
        quotes: Whether the words of both sources stand under each change; otherwise
            each is one line, cut at the width, tolls aside.
    """
    columns = max(NARROWEST, width)
    blocks: list[RenderableType] = [
        text(f"− {diff_wording.edition(changes.old)}", "bold"),
        text(f"+ {diff_wording.edition(changes.new)}", "bold"),
        *(text(note, "yellow") for note in diff_wording.caution(changes)),
    ]
    for name, found in diff_wording.sections(changes):
        shown = _table(found, changes) if quotes else _lines(found, changes, columns)
        blocks += [Padding(title(f"{name} ({len(found)})"), (1, 0, 0, 0)), shown]
    blocks.append(Padding(text(diff_wording.count(changes), "dim"), (1, 0, 0, 0)))
    return printed(blocks, width=columns, colour=colour)


def _table(found: list[Change], changes: Changes) -> Table:
    table = grid(4)
    table.columns[0].no_wrap = False
    table.columns[0].width = 12
    for change in found:
        said = text(diff_wording.who(change), "bold")
        said.append(f": {wording.visible(diff_wording.what(change))}", "not bold")
        body: list[RenderableType] = [said]
        for one in diff_wording.quotes(change):
            mark, style = _MARKS[one.side]
            body.append(text(f"{mark} {one.evidence.exact}", f"italic {style}"))
        table.add_row(_label(change, changes), Group(*body))
    return table


def _lines(found: list[Change], changes: Changes, columns: int) -> Group:
    lines: list[Text] = []
    for change in found:
        label = _label(change, changes)
        line = f" {diff_wording.who(change)}: {diff_wording.what(change)}"
        line = wording.visible(line)
        if change.section != "casualties":
            line = cut(line, max(1, columns - len(label.plain) - 1))
        lines.append(Text(" ").join([label, Text(line)]))
    return Group(*lines)


def _label(change: Change, changes: Changes) -> Text:
    return text(diff_wording.marked(change, changes), _STYLES.get(change.kind, "bold"))
