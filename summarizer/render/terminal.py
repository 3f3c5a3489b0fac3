"""A briefing for a terminal: one table a section, quotes under their items.

Without quotes it is short enough for a screen: one line an item, cut where it is too
long, and the parties in a line of their own.
"""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Item,
    OpenQuestion,
    OwnItem,
    Position,
    Request,
)
from summarizer.render.console import NARROWEST, cut, grid, printed, text, title
from summarizer.render.words import (
    developments,
    footer,
    origins,
    own,
    refusals,
    sections,
    verdicts,
    wording,
)
from summarizer.render.words.refusals import Refused
from summarizer.render.words.sections import Shown
from summarizer.selection import Selection, selected


def render(
    briefing: Briefing | Selection,
    *,
    width: int = 100,
    colour: bool = False,
    quotes: bool = True,
) -> str:
    """Write *briefing* as text for a terminal.

    Args:
        briefing: What to write, or a selection of it.
        width: Columns, at least `console.NARROWEST`.
        colour: Whether to use ANSI colours.
        quotes: Whether the source's words stand under each item; otherwise each item
            is one line, cut at the width.
    """
    columns = max(NARROWEST, width)
    shown = selected(briefing)
    blocks = _blocks(shown) if quotes else _short(shown, columns)
    return printed(blocks, width=columns, colour=colour)


def _blocks(shown: Selection) -> list[RenderableType]:
    briefing = shown.briefing
    rests = verdicts.rests_on(shown)
    blocks: list[RenderableType] = [
        text(origins.heading(briefing), "bold"),
        Padding(text(briefing.bottom_line), (1, 0, 0 if rests else 1, 0)),
    ]
    if rests:
        blocks.append(Padding(text(rests, "dim"), (0, 0, 1, 0)))
    if not briefing.complete:
        blocks.append(_holes(briefing))
    for section in sections.of(shown):
        blocks += [title(section.heading), _section(briefing, section)]
        blocks += [Padding(text(section.more, "dim"), (0, 0, 0, 6))] * bool(
            section.more
        )
    if withheld := refusals.refused(briefing):
        blocks += [title(f"Withheld ({len(withheld)})"), _withheld(briefing, withheld)]
    for name, notes in (
        ("Not covered", origins.not_covered(briefing)),
        ("Flagged: text that gives orders", origins.flagged(briefing)),
    ):
        if notes:
            blocks.append(title(f"{name} ({len(notes)})"))
            blocks += [Padding(text(note), (0, 0, 0, 2)) for note in notes]
    blocks.append(Padding(text("\n".join(footer.lines(shown)), "dim"), (1, 0, 0, 0)))
    return blocks


def _short(shown: Selection, columns: int) -> list[RenderableType]:
    """Write a line for each item, the label of the section before its first."""
    briefing = shown.briefing
    found = sections.of(shown)
    notes = [_refused(briefing, one) for one in refusals.refused(briefing)]
    notes += [f"not covered: {one}" for one in origins.not_covered(briefing)]
    notes += [f"flagged: {one}" for one in origins.flagged(briefing)]
    told = (*origins.not_checked(briefing), *verdicts.left_out(shown))
    notes += list(map(wording.lowered, told))
    more = [wording.visible(one) for one in (*notes, footer.in_short(shown))]
    return [
        text(origins.heading(briefing), "bold"),
        text(briefing.bottom_line),
        *([_holes(briefing)] if not briefing.complete else []),
        *(
            line
            for one in found
            for line in (
                [_who(one, columns)]
                if one.name == "actors"
                else _lines(briefing, one, columns)
            )
        ),
        *(Text(cut(one, columns), style="dim") for one in more),
    ]


_LABELS: dict[str, str] = {
    "developments": "news",
    "requests": "asks",
    "positions": "says",
    "casualties": "toll",
    "open_questions": "open",
}


def _lines(briefing: Briefing, section: Shown, columns: int) -> list[Text]:
    ids = max((len(wording.visible(item.id)) for item in section.items), default=0)
    lines: list[Text] = []
    for number, item in enumerate(section.items):
        label = _LABELS.get(section.name, "own") if number == 0 else ""
        start = f"{label:<5}{wording.visible(item.id):<{ids}} "
        shown = _line(briefing, item, start, columns)
        shown.stylize("bold green", 0, len(label))
        shown.stylize("dim", 5, len(start))
        lines.append(shown)
    if section.more:
        told = f"{section.title}: {section.more}" if section.is_own else section.more
        lines.append(Text(cut(f"{'':<{6 + ids}}{told}", columns), style="dim"))
    return lines


def _line(briefing: Briefing, item: Item, start: str, columns: int) -> Text:
    """Write an item in one line; that it is unconfirmed stands where nothing is cut."""
    who, what = (cell.plain for cell in _cells(item))
    doubt = f"{verdicts.UNCONFIRMED}: " if verdicts.is_unconfirmed(item) else ""
    mark = ", " if isinstance(item, Request | Position) else ": "
    line = f"{start}{doubt}{who}{mark if who else ''}{what}"
    told = wording.visible(origins.cited_in(briefing, item))
    told = f" {told}" if told else ""
    # A figure without its source would say another thing.
    is_toll = isinstance(item, Casualties)
    shown = Text((line if is_toll else cut(line, columns - len(told))) + told)
    at = len(start) + len(doubt)
    shown.stylize("yellow", len(start), at)
    shown.stylize("bold", at, at + len(who))
    return shown


def _who(section: Shown, columns: int) -> Text:
    """Name the actors in one line, the unconfirmed ones marked."""
    names = [
        f"{actor.name} ({verdicts.UNCONFIRMED})"
        if verdicts.is_unconfirmed(actor)
        else actor.name
        for actor in section.items
        if isinstance(actor, Actor)
    ]
    words = ", ".join([*names, *filter(None, [section.more])])
    return Text(cut(f"who  {wording.visible(words)}", columns))


def _section(briefing: Briefing, section: Shown) -> Table:
    if section.name == "actors":
        return _actors(section.items)
    return _table(briefing, section.items)


def _table(briefing: Briefing, items: Sequence[Item]) -> Table:
    table = grid(1, 3)
    for item in items:
        who, what = _cells(item)
        body: list[RenderableType] = [what, *_doubt(item)]
        if details := wording.details(item):
            body.append(text(details, "dim"))
        if isinstance(item, Casualties):
            more = [*filter(None, [wording.as_of(item)]), *wording.earlier(item)]
            body += [text(line, "dim") for line in more]
        body += [
            text(f"» {e.exact}{origins.place(briefing, e)}", "italic cyan")
            for e in item.evidence
        ]
        table.add_row(text(item.id, "dim"), who, Group(*body))
    return table


def _doubt(item: Item) -> list[Text]:
    """Say that an item is unconfirmed, why, and who found it; nothing of others."""
    doubt = " · ".join(filter(None, (verdicts.doubt(item), verdicts.found_by(item))))
    return [text(doubt, "yellow")] if verdicts.is_unconfirmed(item) else []


def _cells(item: Item) -> tuple[Text, Text]:
    """Say in two cells who it is about, and what."""
    if isinstance(item, Development):
        return text(developments.who(item), "bold"), text(item.what)
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
    if isinstance(item, OwnItem):
        return text(own.who(item), "bold"), text(own.what(item))
    if isinstance(item, OpenQuestion):
        return text(item.kind.replace("_", " "), "bold"), text(item.question)
    return text(item.id), text("")


def _actors(actors: Iterable[Item]) -> Table:
    table = grid(1, 3)
    for actor in actors:
        if not isinstance(actor, Actor):
            continue
        facts = [actor.kind.replace("_", " ")]
        facts += [actor.role] if actor.role else []
        facts += [actor.country] if actor.country else []
        facts += [f"also: {', '.join(actor.aliases)}"] if actor.aliases else []
        table.add_row(
            text(actor.id, "dim"),
            text(actor.name, "bold"),
            Group(text(" · ".join(facts)), *_doubt(actor)),
        )
    return table


def _withheld(briefing: Briefing, withheld: Iterable[Refused]) -> Table:
    table = Table(
        box=None, show_header=False, padding=(0, 1), pad_edge=False, expand=True
    )
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for one in withheld:
        table.add_row(
            text(one.section),
            Group(
                text(one.held),
                text(_why(briefing, one), "yellow"),
            ),
        )
    return table


def _why(briefing: Briefing, one: Refused) -> str:
    """Say why a draft is withheld, who found it and, of several sources, in which."""
    why = " · ".join(filter(None, (one.reason, verdicts.found_by(one))))
    return f"{why} ({one.source})" if len(briefing.sources) > 1 else why


def _refused(briefing: Briefing, one: Refused) -> str:
    """Write a withheld draft in a line: who found it, why it is withheld, what it held."""
    head = ", ".join(filter(None, ("withheld", verdicts.found_by(one))))
    what = f"{one.section}, {one.held}"
    source = f" ({one.source})" if len(briefing.sources) > 1 else ""
    return f"{head}: {one.reason} ({what}){source}"


def _holes(briefing: Briefing) -> RenderableType:
    lines = [
        f"{(hole.section or 'everything').replace('_', ' ')}: {hole.exact[:160]} ({hole.reason})"
        for hole in briefing.coverage.passages_failed
    ]
    text = "Incomplete: these passages could not be read.\n" + "\n".join(
        map(wording.visible, lines)
    )
    return Padding(Text(text, style="bold red"), (0, 0, 1, 0))
