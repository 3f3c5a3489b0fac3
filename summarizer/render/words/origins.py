"""Where a briefing comes from, in words: its sources, places in them, what was not read."""

from collections.abc import Iterable
from typing import Protocol

from schemas.briefing import Briefing, Item, Source
from schemas.terms import Check
from summarizer.render.words import wording


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


_KINDS = {
    "text/plain": "text",
    "text/html": "web page",
    "text/markdown": "Markdown",
    "message/rfc822": "e-mail",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
}


def _repeats(source: Source) -> list[str]:
    return [f"for the most part a copy of {source.copy_of}"] if source.copy_of else []


def outlet(source: Source) -> str:
    """Name a source in a few words: by its publisher, or what else is known of it."""
    name = wording.visible(source.publisher or source.title or source.uri or "")
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


def cited_in(briefing: Briefing, item: Item) -> str:
    """Name the sources of an item: " (s1, s2)"; empty when there is only one to name."""
    if len(briefing.sources) == 1:
        return ""
    found = list(dict.fromkeys(e.source for e in item.evidence))
    many = len(found) > _MOST_NAMED
    return f" ({f'{len(found)} sources' if many else ', '.join(found)})"


_MOST_NAMED = 4


def not_covered(briefing: Briefing) -> list[str]:
    """Say which sentences read as if they held an item, and yielded none."""
    return [
        f"{one.section}: {one.exact}{_of_several(briefing, one)}"
        for one in briefing.coverage.not_covered
    ]


def flagged(briefing: Briefing) -> list[str]:
    """Say which sentences talk to a program; they changed nothing."""
    return [
        f"{one.reason.replace('_', ' ')}: {one.exact}{_of_several(briefing, one)}"
        for one in briefing.flagged
    ]


def _of_several(briefing: Briefing, words: Placed) -> str:
    return place(briefing, words) if len(briefing.sources) > 1 else ""


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
        f"Not checked for {wording.visible(language) if language else 'text of unknown language'}"
        f": {checks(names)}."
        for language, names in found.items()
    ]
