"""The exact words of sources, each with the outlets that print them and where."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.briefing import Briefing, Source
from schemas.evidence import Evidence
from summarizer.render import links
from summarizer.render.changes.html import Piece, compared
from summarizer.render.words import origins
from summarizer.render.words.wording import visible

MOST_QUOTES: Final = 3
"""Of one item; others say the same, and the page of the edition has them all."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who prints words; `link` is "" when they stand nowhere on the web."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of sources, cut where they differ from others or where they are the point.

    Attributes:
        pieces: The words.
        outlets: Who prints them.
        language: A language tag, or "".
    """

    pieces: tuple[Piece, ...]
    outlets: tuple[Outlet, ...]
    language: str


def quotes(
    found: Iterable[Evidence],
    sources: Mapping[str, Source],
    *,
    against: Sequence[Evidence] = (),
    point: str = "",
) -> tuple[Quote, ...]:
    """Show the words of an item, the same words once.

    Args:
        found: The words.
        sources: Of which sources, by id.
        against: Words of the other side: what differs from them is marked.
        point: Words to mark in a quote that holds them.
    """
    grouped: dict[str, list[Evidence]] = {}
    for one in found:
        grouped.setdefault(visible(one.exact), []).append(one)
    others = [visible(one.exact) for one in against]
    return tuple(
        Quote(
            pieces=compared(text, others[n])
            if n < len(others)
            else pointed(text, point),
            outlets=_outlets(same, sources),
            language=_language(sources.get(same[0].source)),
        )
        for n, (text, same) in enumerate(list(grouped.items())[:MOST_QUOTES])
    )


def pointed(text: str, point: str) -> tuple[Piece, ...]:
    """Mark *point* in a quote; one piece when it does not stand in it."""
    before, found, after = text.partition(point) if point else (text, "", "")
    pieces = (Piece(before, differs=False), Piece(found, differs=True), Piece(after, differs=False))  # fmt: skip
    return tuple(one for one in pieces if one.text)


def of(briefing: Briefing) -> dict[str, Source]:
    """List the sources of a briefing by their ids."""
    return {one.id: one for one in briefing.sources}


def _outlets(
    found: Iterable[Evidence], sources: Mapping[str, Source]
) -> tuple[Outlet, ...]:
    made: dict[str, Outlet] = {}
    for one in found:
        source = sources.get(one.source)
        if source is not None and one.source not in made:
            made[one.source] = outlet(source, one)
    return tuple(made.values())


def outlet(source: Source, words: Evidence) -> Outlet:
    """Name who prints words, and link to them."""
    link = links.to_evidence(source, words) or ""
    return Outlet(origins.outlet(source) or "source", link)


def _language(source: Source | None) -> str:
    tag = (source.language if source else None) or ""
    return tag if _LANGUAGE.fullmatch(tag) else ""
