"""A briefing for a terminal: one table a section, quotes under their items."""

import io
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Item,
    OpenQuestion,
    Position,
    Request,
)
from summarizer.render import wording

NARROWEST = 40
"""Columns below which tables make no sense; narrower terminals wrap."""


def render(
    briefing: Briefing, *, width: int = 100, colour: bool = False, quotes: bool = True
) -> str:
    """Write *briefing* as text for a terminal.

    Args:
        briefing: What to write.
        width: Columns, at least `NARROWEST`.
        colour: Whether to use ANSI colours.
        quotes: Whether the source's words stand under each item.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(NARROWEST, width),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    for block in _blocks(briefing, quotes=quotes):
        console.print(block)
    lines = out.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _blocks(briefing: Briefing, *, quotes: bool) -> list[RenderableType]:
    blocks: list[RenderableType] = [
        _text(wording.heading(briefing), "bold"),
        Padding(_text(briefing.bottom_line), (1, 0)),
    ]
    if not briefing.complete:
        blocks.append(_holes(briefing))
    for name in ("requests", "positions", "casualties", "open_questions"):
        items: Sequence[Item] = getattr(briefing, name)
        if items:
            blocks += [
                _title(wording.TITLES[name], len(items)),
                _table(briefing, items, quotes=quotes),
            ]
    if briefing.actors:
        blocks += [_title("Actors", len(briefing.actors)), _actors(briefing.actors)]
    if briefing.withheld:
        blocks += [_title("Withheld", len(briefing.withheld)), _withheld(briefing)]
    for title, notes in (
        ("Not covered", wording.not_covered(briefing)),
        ("Flagged: text that gives orders", wording.flagged(briefing)),
    ):
        if notes:
            blocks.append(_title(title, len(notes)))
            blocks += [Padding(_text(note), (0, 0, 0, 2)) for note in notes]
    blocks.append(
        Padding(_text("\n".join(wording.footer(briefing)), "dim"), (1, 0, 0, 0))
    )
    return blocks


def _table(briefing: Briefing, items: Sequence[Item], *, quotes: bool) -> Table:
    table = _grid()
    for item in items:
        who, what = _cells(item)
        body: list[RenderableType] = [what]
        if details := wording.details(item):
            body.append(_text(details, "dim"))
        if quotes:
            body += [
                _text(f"» {e.exact}{wording.place(briefing, e)}", "italic cyan")
                for e in item.evidence
            ]
        table.add_row(_text(item.id, "dim"), who, Group(*body))
    return table


def _cells(item: Item) -> tuple[Text, Text]:
    """Say in two cells who it is about, and what."""
    if isinstance(item, Request):
        return _text(wording.request_parties(item), "bold"), _text(
            f"{wording.request_force(item)}: {item.what}"
        )
    if isinstance(item, Position):
        return _text(wording.holder(item), "bold"), _text(
            f"{wording.act(item)}: {item.gist}"
        )
    if isinstance(item, Casualties):
        figure = (
            f"{wording.toll(item)} [{wording.bounds(item)}], {wording.counted_by(item)}"
        )
        return _text(item.kind, "bold"), _text(figure)
    if isinstance(item, OpenQuestion):
        return _text(item.kind.replace("_", " "), "bold"), _text(item.question)
    return _text(item.id), _text("")


def _actors(actors: Sequence[Actor]) -> Table:
    table = _grid()
    for actor in actors:
        facts = [actor.kind.replace("_", " ")]
        facts += [actor.role] if actor.role else []
        facts += [actor.country] if actor.country else []
        facts += [f"also: {', '.join(actor.aliases)}"] if actor.aliases else []
        table.add_row(
            _text(actor.id, "dim"), _text(actor.name, "bold"), _text(" · ".join(facts))
        )
    return table


def _withheld(briefing: Briefing) -> Table:
    table = Table(
        box=None, show_header=False, padding=(0, 1), pad_edge=False, expand=True
    )
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for one in briefing.withheld:
        table.add_row(
            _text(one.section.replace("_", " ")),
            Group(_text(wording.drafted(one.item)), _text(one.reason, "yellow")),
        )
    return table


def _holes(briefing: Briefing) -> RenderableType:
    lines = [
        f"{(hole.section or 'everything').replace('_', ' ')}: {hole.exact[:160]} ({hole.reason})"
        for hole in briefing.coverage.passages_failed
    ]
    text = "Incomplete: these passages could not be read.\n" + "\n".join(
        map(wording.visible, lines)
    )
    return Padding(Text(text, style="bold red"), (0, 0, 1, 0))


def _grid() -> Table:
    table = Table(
        box=box.SIMPLE,
        show_header=False,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1),
        expand=True,
    )
    table.add_column(no_wrap=True, min_width=3)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    return table


def _title(words: str, count: int) -> Text:
    return _text(f"{words} ({count})", "bold green")


def _text(words: str, style: str = "") -> Text:
    """Make text of words that may be an article's: no markup, no control characters."""
    return Text("\n".join(map(wording.visible, words.split("\n"))), style=style)
