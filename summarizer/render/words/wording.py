"""The words that all forms share: how an item reads in one line."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Figure,
    Item,
    OpenQuestion,
    Position,
    Request,
    Source,
    Withheld,
)
from schemas.draft import AnyDraft, DevelopmentDraft
from schemas.terms import Check, FoundBy
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


def cited_in(briefing: Briefing, item: Item) -> str:
    """Name the sources of an item: " (s1, s2)"; empty when there is only one to name."""
    if len(briefing.sources) == 1:
        return ""
    found = list(dict.fromkeys(e.source for e in item.evidence))
    many = len(found) > _MOST_NAMED
    return f" ({f'{len(found)} sources' if many else ', '.join(found)})"


_MOST_NAMED = 4


def drafted(item: AnyDraft) -> str:
    """Say what a draft item held: its fields in order, cut, empty ones left out."""
    return ", ".join(
        f"{name} “{shortened(_listed(value))}”" for name, value in item if value
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that is withheld, in words.

    Attributes:
        section: Title of the section that it was drafted for.
        held: What it held.
        reason: Why it is withheld.
        source: Id of the source.
        found_by: Who drafted it; None when nobody tells.
        quote: The words that it rests on; the model may have made them up.
    """

    section: str
    held: str
    reason: str
    source: str
    found_by: FoundBy | None
    quote: str


def refused(briefing: Briefing) -> tuple[Refused, ...]:
    """List what is withheld, also from sections of the user's own."""
    own = (
        Refused(
            section=section.definition.title,
            held=", ".join(
                f"{name} “{shortened(words)}”"
                for name, words in (("quote", one.quote), *one.fields.items())
                if words
            ),
            reason=one.reason,
            source=one.source,
            found_by=one.found_by,
            quote=one.quote,
        )
        for section in briefing.sections
        for one in section.withheld
    )
    return (*(_refused(one) for one in briefing.withheld), *own)


def _refused(one: Withheld) -> Refused:
    draft = one.item
    copied = draft.what if isinstance(draft, DevelopmentDraft) else ""
    return Refused(
        section=one.section.replace("_", " "),
        held=drafted(draft),
        reason=one.reason,
        source=one.source,
        found_by=one.found_by,
        quote=copied or getattr(draft, "quote", ""),
    )


def shortened(words: str) -> str:
    """Cut what nobody reads to its end; JSON has all that is kept."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


_LONGEST = 200
"""Characters of one withheld field that are printed: a long sentence."""


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


_KINDS = {
    "text/plain": "text",
    "text/html": "web page",
    "text/markdown": "Markdown",
    "message/rfc822": "e-mail",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}


def sources(briefing: Briefing) -> list[str]:
    """Say what was read, and what was left out of it in reading.

    Returns:
        A line for each source; none for a single plain text, of which the heading
        says all.
    """
    many = len(briefing.sources) > 1
    lines: list[str] = []
    for one in briefing.sources:
        if not many and one.media_type in {None, "text/plain"} and not one.notes:
            continue
        facts = [_KINDS.get(one.media_type or "", one.media_type)]
        facts += [f"{len(one.pages)} pages" if len(one.pages) > 1 else None]
        facts += [f"by {one.byline}" if one.byline else None]
        facts += [f"updated {one.updated}" if one.updated else None]
        facts = [one.uri if many and one.title else None, *facts]
        about = ", ".join(filter(None, facts))
        name = one.uri or one.title or "standard input"
        if many:
            day = str(one.published) if one.published else None
            first = one.title or one.uri or "standard input"
            name = " · ".join(filter(None, (first, one.publisher, day)))
        notes = "".join(f"; {note}" for note in (*_repeats(one), *one.notes))
        lines.append(f"{one.id}: {name}{f' ({about})' if about else ''}{notes}.")
    return lines


def _repeats(source: Source) -> list[str]:
    return [f"for the most part a copy of {source.copy_of}"] if source.copy_of else []


def outlet(source: Source) -> str:
    """Name a source in a few words: by its publisher, or what else is known of it."""
    name = visible(source.publisher or source.title or source.uri or "")
    return name if len(name) <= _OUTLET_CHARS else f"{name[: _OUTLET_CHARS - 1]}…"


_OUTLET_CHARS = 40


class Placed(Protocol):
    """Something with its place in a source."""

    @property
    def source(self) -> str:
        """Id of the source."""

    @property
    def start(self) -> int:
        """First code point."""


def place(briefing: Briefing, words: Placed) -> str:
    """Say where words stand: " (s2 Selm Herald, page 3)"; empty where it is plain."""
    source = next((s for s in briefing.sources if s.id == words.source), None)
    page = source.page_of(words.start) if source else None
    name = f"{words.source} {outlet(source) if source else ''}".rstrip()
    parts = [name] if len(briefing.sources) > 1 else []
    parts += [f"page {page}"] if page else []
    return f" ({', '.join(parts)})" if parts else ""


def not_covered(briefing: Briefing) -> list[str]:
    """Say which sentences read as if they held an item, and yielded none."""
    return [
        f"{one.section}: {one.exact}{_of_several(briefing, one)}"
        for one in briefing.coverage.not_covered
    ]


_CHECKS: dict[Check, str] = {
    "speakers": "who speaks",
    "requests": "who asks whom",
    "harm": "words of harm",
    "numbers": "number words",
    "dates": "dates",
    "negation": "negation",
    "modals": "modals",
    "hedges": "words of doubt",
    "anonymity": "anonymous sources",
    "no_comment": "no-comment phrases",
    "names": "names in questions",
    "circumstances": "place, event and author of harm",
    "revisions": "revised figures",
    "left_open": "what is left open",
    "furniture": "what a page adds to its article",
    "orders": "orders to a program",
    "agreement": "what several sources agree on",
}


def checks(names: Iterable[Check]) -> str:
    """Name checks in one line, in their usual order."""
    wanted = set(names)
    return ", ".join(words for name, words in _CHECKS.items() if name in wanted)


def not_checked(briefing: Briefing) -> list[str]:
    """Say in a line for each language what code could not check in it."""
    found: dict[str | None, list[Check]] = {}
    for one in briefing.not_checked:
        found.setdefault(one.language, []).extend(one.checks)
    return [
        f"Not checked for {visible(language) if language else 'text of unknown language'}"
        f": {checks(names)}."
        for language, names in found.items()
    ]


def flagged(briefing: Briefing) -> list[str]:
    """Say which sentences talk to a program; they changed nothing."""
    return [
        f"{one.reason.replace('_', ' ')}: {one.exact}{_of_several(briefing, one)}"
        for one in briefing.flagged
    ]


def _of_several(briefing: Briefing, words: Placed) -> str:
    return place(briefing, words) if len(briefing.sources) > 1 else ""


def heading(briefing: Briefing) -> str:
    """Name the briefing by its sources: title, publisher and date, as far as known."""
    first = briefing.sources[0]
    parts = [
        first.title or first.uri or "Briefing",
        first.publisher,
        str(first.published) if first.published else None,
    ]
    others = len(briefing.sources) - 1
    more = f" (+{others} source{'s' if others > 1 else ''})" if others else ""
    return " · ".join(filter(None, parts)) + more
