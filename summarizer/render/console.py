"""What all that is written for a terminal shares: width, colour, words made harmless."""

import io
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from summarizer.render.words import wording

NARROWEST = 40
"""Columns below which tables make no sense; narrower terminals wrap."""


def printed(blocks: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """Write blocks as lines of at most *width* columns, `NARROWEST` at least.

    Args:
        blocks: What to write, each on lines of its own.
        width: Columns; wide characters (CJK, emoji) take two.
        colour: Whether to use ANSI colours.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(NARROWEST, width),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        # Or rich would ask the environment: COLUMNS and the like are the caller's.
        _environ={},
    )
    for block in blocks:
        console.print(block)
    lines = out.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def text(words: str, style: str = "") -> Text:
    """Make text of words that may be an article's: no markup, no control characters."""
    return Text("\n".join(map(wording.visible, words.split("\n"))), style=style)


def cut(words: str, columns: int) -> str:
    """Shorten a line to a width, at the end of a word, with an ellipsis that says so."""
    if cell_len(words) <= columns:
        return words
    kept = chop_cells(words, max(1, columns - 1))[0]
    head, _, broken = kept.rpartition(" ")
    # A long last word is broken: a line that ends in the middle would say less.
    return f"{head if head and cell_len(broken) <= _LONG_WORD else kept}…"


_LONG_WORD = 16
"""Columns from which a word at the end is broken and not dropped."""


def title(words: str) -> Text:
    """Make the title of a section."""
    return text(words, "bold green")


def grid(*ratios: int) -> Table:
    """Make a table without lines: a narrow column, then some of these shares."""
    table = Table(
        box=box.SIMPLE,
        show_header=False,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1),
        expand=True,
    )
    table.add_column(no_wrap=True, min_width=3)
    for ratio in ratios:
        table.add_column(ratio=ratio, overflow="fold")
    return table
