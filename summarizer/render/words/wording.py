"""The words that all forms share: how an item reads in one line."""

import re
import unicodedata

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    Figure,
    Item,
    OpenQuestion,
    Position,
    Request,
)
from summarizer.render.words import developments

_TIERS = {
    "anonymous": "anonymous source",
    "named": "named source",
    "document": "document",
    "media": "media report",
    "described": "unnamed source",
    "institution": "institution",
    "outlet": "the article’s own words",
}
_PLANNED = {
    "request": "plans to ask",
    "call": "plans to call on",
    "demand": "plans to demand of",
}
_FORCES = {"request": "asks", "call": "calls on", "demand": "demands of"}


def visible(text: str) -> str:
    """Drop what could act on a terminal or reorder text; keep every visible mark."""
    joined = " ".join(text.split())
    if joined.isprintable():  # nearly all text is, and this is quick
        return joined
    return "".join(
        char
        for char in joined
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
        or char in "\u200c\u200d"
    )


def lowered(line: str) -> str:
    """Write a line of ours so that it can stand within another."""
    return line[:1].lower() + line[1:]


def request_parties(item: Request) -> str:
    """Say who asks whom: "Syria → Turkey"."""
    by = item.by.name if item.by else "(not said)"
    return f"{by} → {item.to.name}" if item.to else by


def request_force(item: Request) -> str:
    """Say how strongly: "asks", "calls on", "demands of", planned ones marked."""
    return (_PLANNED if item.modality == "planned" else _FORCES)[item.force]


def holder(item: Position) -> str:
    """Say whose view it is, and who voiced it."""
    return (
        f"{item.holder.name} (via {item.voiced_by.name})"
        if item.voiced_by
        else item.holder.name
    )


def act(item: Position) -> str:
    """Say what kind of position it is, conditions marked."""
    return f"{item.act}, conditional" if item.conditional else item.act


def toll(item: Casualties) -> str:
    """Say how many people and who, in the source's words."""
    if item.none_reported:
        return "none reported"
    if item.count_text and item.who_text and item.count_text in item.who_text:
        return item.who_text
    words = " ".join(filter(None, (item.count_text, item.who_text)))
    return words or "number not given"


def bounds(item: Casualties | Figure) -> str:
    """Say what the words mean in figures: "= 12", "≥ 3 (vague)", "10–12", or "–"."""
    if item.low is None and item.high is None:
        return "–"
    if item.value is None and item.low is not None and item.high is not None:
        return f"{item.low:,}–{item.high:,}"
    sign = {">=": "≥", "<=": "≤", "~": "≈"}.get(
        item.comparator or "", item.comparator or ""
    )
    figure = item.value if item.value is not None else item.low
    return f"{sign} {figure:,}{' (vague)' if item.vague else ''}"


def counted_by(item: Casualties | Figure) -> str:
    """Say who counted."""
    return item.source.name if item.source else "no source given"


def as_of(item: Casualties) -> str:
    """Say when it was counted: "as of Friday = 2025-07-25"; empty if nobody tells."""
    if not item.as_of_text:
        return ""
    day = item.as_of.value if item.as_of else None
    words = re.sub(r"(?i)^as of\s+", "", item.as_of_text)
    return f"as of {words}" + (f" = {day}" if day and day != words else "")


def earlier(item: Casualties) -> list[str]:
    """Say which figures it replaces: "earlier: 19 [= 19], Officials".

    A figure of another source than the item's own is followed by its id.
    """
    own = {e.source for e in item.evidence}
    return [
        f"earlier: {f.count_text} [{bounds(f)}], {counted_by(f)}"
        + "".join(f" ({e.source})" for e in f.evidence[:1] if e.source not in own)
        for f in item.supersedes
    ]


def described(item: Actor) -> str:
    """Say what is known of an actor besides name and role."""
    parts = [f"of {item.of}"] if item.of and item.of not in (item.role or "") else []
    parts += [item.country] if item.country else []
    parts += [f"also: {', '.join(item.aliases)}"] if item.aliases else []
    return " · ".join(parts)


def context(item: Item) -> str:
    """Say when, and how the source is identified: "Wednesday = 2025-07-23 · …"."""
    parts: list[str] = []
    if item.when_text:
        value = item.when.value if item.when and item.when.value else None
        parts.append(
            f"{item.when_text} = {value}"
            if value and value != item.when_text
            else item.when_text
        )
    if item.attribution:
        parts.append(_TIERS[item.attribution])
    if item.hedge:
        parts.append(f"hedged: {item.hedge}")
    return " · ".join(parts)


def details(item: Item) -> str:
    """Say the rest of what is known of an item, in one line; empty if nothing."""
    parts: list[str] = [*filter(None, [stated_by(item)])]
    if isinstance(item, Request):
        parts += [f"reported by {item.reported_by.name}"] if item.reported_by else []
        parts += [f"for {item.for_whom}"] if item.for_whom else []
        parts.append(f"status {item.status}")
    if isinstance(item, Position):
        parts += [f"about {item.target.name}"] if item.target else []
        parts += [item.medium] if item.medium else []
        parts += [f"answers {', '.join(item.answers)}"] if item.answers else []
    if isinstance(item, Casualties):
        parts += [f"by {item.by.name} ({item.by_status})"] if item.by else []
        parts += [item.event] if item.event else []
        parts += [f"in {item.place}"] if item.place else []
        parts += ["cumulative"] if item.scope == "cumulative" else []
        parts += [f"part of {item.part_of}"] if item.part_of else []
    if isinstance(item, Development):
        parts += [f"in {item.place}"] if item.place else []
        parts += [told] if (told := developments.figures(item)) else []
    if isinstance(item, OpenQuestion):
        parts += [f"about {item.about}"] if item.about else []
    return " · ".join([*parts, *filter(None, [context(item)])])


def stated_by(item: Item) -> str:
    """Say how many sources state an item: "2 sources and a copy".

    Returns:
        Empty for one source, and for a question, which only lies between sources.
    """
    cited = len({e.source for e in item.evidence})
    if cited == 1 or isinstance(item, OpenQuestion):
        return ""
    alone, copies = item.corroboration, cited - item.corroboration
    words = "1 source" if alone == 1 else f"{alone} sources"
    if copies <= 0:
        return words
    return f"{words} and {'a copy' if copies == 1 else f'{copies} copies'}"
