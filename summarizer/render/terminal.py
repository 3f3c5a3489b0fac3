"""A briefing for a terminal: one table a section, quotes under their items.

Without quotes it is short enough for a screen: one line an item, cut where it is too
long, and the parties in a line of their own.
"""

from collections.abc import Sequence

from rich.console import Group, RenderableType
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
    Withheld,
)
from summarizer.render import wording
from summarizer.render.console import NARROWEST, cut, grid, printed, text, title

SECTIONS = ("requests", "positions", "casualties", "open_questions")


def render(
    briefing: Briefing, *, width: int = 100, colour: bool = False, quotes: bool = True
) -> str:
    """Write *briefing* as text for a terminal.

    Args:
        briefing: What to write.
        width: Columns, at least `console.NARROWEST`.
        colour: Whether to use ANSI colours.
        quotes: Whether the source's words stand under each item; otherwise each item
            is one line, cut at the width.
    """
    columns = max(NARROWEST, width)
    blocks = _blocks(briefing) if quotes else _short(briefing, columns)
    return printed(blocks, width=columns, colour=colour)


def _blocks(briefing: Briefing) -> list[RenderableType]:
    blocks: list[RenderableType] = [
        text(wording.heading(briefing), "bold"),
        Padding(text(briefing.bottom_line), (1, 0)),
    ]
    if not briefing.complete:
        blocks.append(_holes(briefing))
    for name in SECTIONS:
        items: Sequence[Item] = getattr(briefing, name)
        if items:
            blocks += [
                title(wording.TITLES[name], len(items)),
                _table(briefing, items),
            ]
    if briefing.actors:
        blocks += [title("Actors", len(briefing.actors)), _actors(briefing.actors)]
    if briefing.withheld:
        blocks += [title("Withheld", len(briefing.withheld)), _withheld(briefing)]
    for name, notes in (
        ("Not covered", wording.not_covered(briefing)),
        ("Flagged: text that gives orders", wording.flagged(briefing)),
    ):
        if notes:
            blocks.append(title(name, len(notes)))
            blocks += [Padding(text(note), (0, 0, 0, 2)) for note in notes]
    blocks.append(
        Padding(text("\n".join(wording.footer(briefing)), "dim"), (1, 0, 0, 0))
    )
    return blocks


def _short(briefing: Briefing, columns: int) -> list[RenderableType]:
    """Write a line for each item, the label of the section before its first."""
    lines = [line for name in SECTIONS for line in _lines(briefing, name, columns)]
    notes = [
        f"withheld: {_refused(w)}{_source(briefing, w)}" for w in briefing.withheld
    ]
    notes += [f"not covered: {one}" for one in wording.not_covered(briefing)]
    notes += [f"flagged: {one}" for one in wording.flagged(briefing)]
    notes += [one[:1].lower() + one[1:] for one in wording.not_checked(briefing)]
    names = ", ".join(a.name for a in briefing.actors)
    more = [wording.visible(one) for one in (*notes, wording.in_short(briefing))]
    return [
        text(wording.heading(briefing), "bold"),
        text(briefing.bottom_line),
        *([_holes(briefing)] if not briefing.complete else []),
        *lines,
        *([Text(cut(f"who  {wording.visible(names)}", columns))] if names else []),
        *(Text(cut(one, columns), style="dim") for one in more),
    ]


_LABELS = {
    "requests": "asks",
    "positions": "says",
    "casualties": "toll",
    "open_questions": "open",
}


def _lines(briefing: Briefing, name: str, columns: int) -> list[Text]:
    items: Sequence[Item] = getattr(briefing, name)
    ids = max((len(item.id) for item in items), default=0)
    lines: list[Text] = []
    for number, item in enumerate(items):
        who, what = _cells(item)
        label = _LABELS[name] if number == 0 else ""
        start = f"{label:<5}{wording.visible(item.id):<{ids}} "
        mark = ", " if isinstance(item, Request | Position) else ": "
        line = f"{start}{who.plain}{mark}{what.plain}"
        told = wording.visible(wording.cited_in(briefing, item))
        told = f" {told}" if told else ""
        # A figure without its source would say another thing.
        is_toll = isinstance(item, Casualties)
        shown = Text((line if is_toll else cut(line, columns - len(told))) + told)
        shown.stylize("bold green", 0, len(label))
        shown.stylize("dim", 5, len(start))
        shown.stylize("bold", len(start), len(start) + len(who.plain))
        lines.append(shown)
    return lines


def _table(briefing: Briefing, items: Sequence[Item]) -> Table:
    table = grid(1, 3)
    for item in items:
        who, what = _cells(item)
        body: list[RenderableType] = [what]
        if details := wording.details(item):
            body.append(text(details, "dim"))
        if isinstance(item, Casualties):
            more = [*filter(None, [wording.as_of(item)]), *wording.earlier(item)]
            body += [text(line, "dim") for line in more]
        body += [
            text(f"» {e.exact}{wording.place(briefing, e)}", "italic cyan")
            for e in item.evidence
        ]
        table.add_row(text(item.id, "dim"), who, Group(*body))
    return table


def _cells(item: Item) -> tuple[Text, Text]:
    """Say in two cells who it is about, and what."""
    if isinstance(item, Request):
        return text(wording.request_parties(item), "bold"), text(
            f"{wording.request_force(item)}: {item.what}"
        )
    if isinstance(item, Position):
        return text(wording.holder(item), "bold"), text(
            f"{wording.act(item)}: {item.gist}"
        )
    if isinstance(item, Casualties):
        figure = (
            f"{wording.toll(item)} [{wording.bounds(item)}], {wording.counted_by(item)}"
        )
        return text(item.kind, "bold"), text(figure)
    if isinstance(item, OpenQuestion):
        return text(item.kind.replace("_", " "), "bold"), text(item.question)
    return text(item.id), text("")


def _actors(actors: Sequence[Actor]) -> Table:
    table = grid(1, 3)
    for actor in actors:
        facts = [actor.kind.replace("_", " ")]
        facts += [actor.role] if actor.role else []
        facts += [actor.country] if actor.country else []
        facts += [f"also: {', '.join(actor.aliases)}"] if actor.aliases else []
        table.add_row(
            text(actor.id, "dim"), text(actor.name, "bold"), text(" · ".join(facts))
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
            text(one.section.replace("_", " ")),
            Group(
                text(wording.drafted(one.item)),
                text(one.reason + _source(briefing, one), "yellow"),
            ),
        )
    return table


def _source(briefing: Briefing, one: Withheld) -> str:
    return f" ({one.source})" if len(briefing.sources) > 1 else ""


def _refused(one: Withheld) -> str:
    what = f"{one.section.replace('_', ' ')}, {wording.drafted(one.item)}"
    return f"{one.reason} ({what})"


def _holes(briefing: Briefing) -> RenderableType:
    lines = [
        f"{(hole.section or 'everything').replace('_', ' ')}: {hole.exact[:160]} ({hole.reason})"
        for hole in briefing.coverage.passages_failed
    ]
    text = "Incomplete: these passages could not be read.\n" + "\n".join(
        map(wording.visible, lines)
    )
    return Padding(Text(text, style="bold red"), (0, 0, 1, 0))
