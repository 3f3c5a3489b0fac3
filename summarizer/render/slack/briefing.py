"""A briefing as Slack messages: what an editor wants first, evidence one click away.

The parts come in the order of the other forms. Every item is in exactly one message,
with its quotes; a quote that is too long for a message goes on in the next.
"""

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Figure,
    Item,
    OpenQuestion,
    OwnItem,
    Position,
    Request,
    Source,
)
from schemas.evidence import Evidence
from summarizer.render import links
from summarizer.render.slack.blocks import (
    HEADER_CHARS,
    Line,
    Run,
    rich,
    shortened,
)
from summarizer.render.slack.packing import NUMBER, Message, Piece, pack
from summarizer.render.words import (
    developments,
    origins,
    own,
    sections,
    verdicts,
    wording,
)
from summarizer.render.words import footer as small_print
from summarizer.selection import Selection, selected

LABEL_CHARS = 40
"""The publisher's name in the link after a quote."""


def messages(briefing: Briefing | Selection) -> tuple[Message, ...]:
    """Write *briefing* as messages for an incoming webhook.

    Args:
        briefing: What to write, or a selection of it.

    Returns:
        One or more, in the order of sending, each within Slack's limits.
    """
    shown = selected(briefing)
    whole = shown.briefing
    sources = {source.id: source for source in whole.sources}
    pieces = [lead(shown)]
    for section in sections.of(shown):
        part = section.heading
        if section.name == "actors":
            pieces += actors(part, section.items, sources)
        else:
            pieces += [piece(part, item, sources) for item in section.items]
        if section.more:
            line = Line((Run(section.more, "italic"),))
            pieces.append(Piece(part, tuple(rich([line]))))
    return pack(origins.heading(whole), whole.bottom_line, pieces, footer(shown))


def render(briefing: Briefing | Selection) -> str:
    """Write the messages as one JSON array."""
    return json.dumps(messages(briefing), ensure_ascii=False, indent=2) + "\n"


def lead(shown: Selection) -> Piece:
    """Say what matters most, what it rests on, and what is missing."""
    briefing = shown.briefing
    heading = wording.visible(origins.heading(briefing))
    lines: list[Line] = []
    if shortened(heading, HEADER_CHARS - len(NUMBER)) != heading:
        lines.append(Line((Run(heading, "bold"),)))
    lines.append(Line((Run(briefing.bottom_line),)))
    if rests := verdicts.rests_on(shown):
        lines.append(Line((Run(rests, "italic"),)))
    if not briefing.complete:
        lines.append(Line((Run(f"⚠ {incomplete(briefing)}", "bold"),)))
    return Piece("", tuple(rich(lines)))


def piece(part: str, item: Item, sources: dict[str, Source]) -> Piece:
    """Write one item as a piece of *part*."""
    return Piece(part, tuple(rich(item_lines(item, sources))))


def item_lines(item: Item, sources: dict[str, Source]) -> list[Line]:
    """Write an item: what it says, the rest that is known, and its quotes."""
    lines = [Line((*mark(item), *_headline(item), Run(item.id, "code")))]
    if why := verdicts.why(item):
        lines.append(Line((Run(why, "italic"),)))
    if details := _details(item):
        lines.append(Line((Run(details),)))
    lines += [quote(one, sources) for one in item.evidence]
    if isinstance(item, Casualties):
        for figure in item.supersedes:
            lines.append(Line((Run(_superseded(figure), "italic"),)))
            lines += [quote(one, sources) for one in figure.evidence]
    return lines


def mark(item: Item) -> tuple[Run, ...]:
    """Mark an unconfirmed item by a word before all others."""
    return (Run("Unconfirmed: ", "bold"),) if verdicts.is_unconfirmed(item) else ()


def quote(evidence: Evidence, sources: dict[str, Source]) -> Line:
    """Write the words of the source, and a link that opens them there."""
    runs = [Run(evidence.exact)]
    source = sources.get(evidence.source)
    if source is not None and (link := links.to_evidence(source, evidence)):
        host = urlsplit(link).hostname or ""
        label = shortened(source.publisher or host, LABEL_CHARS)
        runs = [Run(f"{evidence.exact} "), Run(f"↗ {label}", url=link)]
    elif source is not None and len(sources) > 1:
        label = shortened(origins.outlet(source) or source.id, LABEL_CHARS)
        runs = [Run(f"{evidence.exact} "), Run(f"({label})", "italic")]
    return Line(tuple(runs), "quote")


def actors(part: str, found: Sequence[Item], sources: dict[str, Source]) -> list[Piece]:
    """Write the actors as lists, as many in a piece as fit into one block."""
    pieces: list[Piece] = []
    filled: list[Line] = []
    for actor in found:
        if not isinstance(actor, Actor):
            continue
        line = actor_line(actor, sources)
        if filled and len(rich([*filled, line])) > 1:
            pieces.append(Piece(part, tuple(rich(filled))))
            filled = []
        filled.append(line)
    return [*pieces, Piece(part, tuple(rich(filled)))] if filled else pieces


def actor_line(actor: Actor, sources: dict[str, Source]) -> Line:
    """Write an actor in one line; the name opens the words that name it."""
    first = actor.evidence[0]
    source = sources.get(first.source)
    facts = [actor.kind.replace("_", " ")]
    facts += [actor.role] if actor.role else []
    facts += [f"of {actor.of}"] if actor.of else []
    facts += [actor.country] if actor.country else []
    facts += [why] if (why := verdicts.why(actor)) else []
    return Line(
        (
            *mark(actor),
            Run(
                actor.name,
                "bold",
                links.to_evidence(source, first) if source is not None else None,
            ),
            Run(f" · {' · '.join(facts)} "),
            Run(actor.id, "code"),
        ),
        "bullet",
    )


def footer(of: Briefing | Selection) -> tuple[str, ...]:
    """Say what the briefing rests on: model, date, coverage, what was left out."""
    shown = selected(of)
    briefing = shown.briefing
    covered = briefing.coverage
    # One note: Slack shows ten at most.
    out = [wording.lowered(one.rstrip(".")) for one in verdicts.left_out(shown)]
    notes = [
        f"Model {briefing.provenance.model}",
        *([_outlets(briefing.sources)] if len(briefing.sources) > 1 else []),
        _dates(briefing.sources),
        (
            f"{covered.sentences_read} of {covered.sentences} sentences read, "
            f"{covered.sentences_cited} cited"
        ),
        "; ".join((small_print.counted(shown), *out)),
    ]
    if covered.not_covered:
        notes.append(f"{len(covered.not_covered)} not covered")
    notes += [one.rstrip(".") for one in origins.not_checked(briefing)]
    if briefing.flagged:
        notes.append(f"{len(briefing.flagged)} flagged as orders to a program")
    if not briefing.complete:
        notes.append(incomplete(briefing))
    return tuple(notes)


def short_footer(briefing: Briefing) -> tuple[str, ...]:
    """Say what a post of changes rests on: model, outlets, what a reader must know of them."""
    notes = [f"Model {briefing.provenance.model}"]
    if len(briefing.sources) > 1:
        notes.append(_outlets(briefing.sources))
    if briefing.flagged:
        notes.append(f"{len(briefing.flagged)} flagged as orders to a program")
    if not briefing.complete:
        notes.append(incomplete(briefing))
    return tuple(notes)


def incomplete(briefing: Briefing) -> str:
    """Say how much could not be read."""
    count = len(briefing.coverage.passages_failed)
    places = "passage" if count == 1 else "passages"
    return f"Incomplete: {count} {places} could not be read"


def _headline(item: Item) -> tuple[Run, ...]:
    if isinstance(item, Development):
        who = developments.who(item)
        names = (Run(who, "bold"), Run(": ")) if who else ()
        return (*names, Run(f"{item.what} "))
    if isinstance(item, Request):
        return (
            Run(wording.request_parties(item), "bold"),
            Run(f" {wording.request_force(item)}: {item.what} "),
        )
    if isinstance(item, Position):
        return (
            Run(wording.holder(item), "bold"),
            Run(f" ({wording.act(item)}): {item.gist} "),
        )
    if isinstance(item, Casualties):
        return (
            Run(wording.toll(item), "bold"),
            Run(f" {item.kind} ({wording.bounds(item)}; {_counted_by(item)}) "),
        )
    if isinstance(item, OwnItem):
        names = (Run(who, "bold"), Run(" ")) if (who := own.who(item)) else ()
        return (*names, Run(f"{own.what(item)} "))
    if isinstance(item, OpenQuestion):
        return (
            Run(item.question, "bold"),
            Run(f" ({item.kind.replace('_', ' ')}) "),
        )
    return ()


def _details(item: Item) -> str:
    parts = [wording.details(item)]
    if isinstance(item, Casualties) and item.as_of_text:
        value = item.as_of.value if item.as_of else None
        known = f" = {value}" if value and value != item.as_of_text else ""
        parts.append(f"as of: {item.as_of_text}{known}")
    if isinstance(item, OpenQuestion) and item.who:
        parts.append(f"asked: {item.who.name}")
    return " · ".join(filter(None, parts))


def _superseded(figure: Figure) -> str:
    return (
        f"replaces {figure.count_text} "
        f"({wording.bounds(figure)}; {_counted_by(figure)})"
    )


def _counted_by(item: Casualties | Figure) -> str:
    """Name the source of a toll so that it cannot be read as who did it."""
    return f"source: {item.source.name}" if item.source else "no source given"


def _outlets(sources: Sequence[Source]) -> str:
    """Say how many sources there are, and which of them repeat another."""
    by_id = {source.id: origins.outlet(source) or source.id for source in sources}
    copies = [
        f"{by_id[s.id]} a copy of {by_id.get(s.copy_of, s.copy_of)}"
        for s in sources
        if s.copy_of
    ]
    return ", ".join([f"{len(sources)} sources", *copies])


def _dates(sources: Sequence[Source]) -> str:
    days = sorted({source.published for source in sources if source.published})
    if not days:
        return "publication date not known"
    if len(days) == 1:
        return f"published {days[0]}"
    return f"published {days[0]} to {days[-1]}"
