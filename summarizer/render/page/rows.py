"""The briefing's side of the page: each item as a row, rows in groups.

Words come from `wording`; nothing here knows HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

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
    Speech,
)
from schemas.evidence import cite
from summarizer.render.page import ranges
from summarizer.render.page.ranges import Range
from summarizer.render.words import (
    developments,
    own,
    refusals,
    sections,
    verdicts,
    wording,
)
from summarizer.render.words.sections import Shown
from summarizer.selection import Selection
from summarizer.text.locate import locate


class Placed(Protocol):
    """Words with their place in a source."""

    @property
    def source(self) -> str:
        """Id of the source."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """One past the last."""

    @property
    def exact(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure that a later one replaced."""

    toll: str
    counted_by: str
    drawn: Range | None
    words: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One item, or one note about the text, as the page lists it.

    Attributes:
        key: Its name in the page; no other row has it.
        ident: Its id in the briefing; "" for notes.
        lead: Who, or what it is about.
        tag: A word or two of what kind it is.
        body: What.
        details: The rest in one line.
        found_by: Who found it, or "".
        is_item: Whether it is an item, which has a verdict, and no note.
        doubt: Why it is unconfirmed; "" when it is supported, or no item.
        words: What it rests on, in the sources.
        kind: What its words are marked as.
        speech: The parts of a statement.
        drawn: Its count on a line.
        earlier: Figures that it replaces.
    """

    key: str
    lead: str = ""
    tag: str = ""
    body: str = ""
    details: str = ""
    found_by: str = ""
    is_item: bool = False
    doubt: str = ""
    ident: str = ""
    words: tuple[Placed, ...] = ()
    kind: str = "used"
    speech: Speech | None = None
    drawn: Range | None = None
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one title; casualties stand under their kind besides.

    Attributes:
        name: "requests", "withheld" …
        title: As a reader sees it.
        parts: Subtitle, or "", and its rows.
        count: How many rows it has, for its title.
        more: How many items are not shown, or "".
    """

    name: str
    title: str
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    count: str
    more: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(row for _, rows in self.parts for row in rows)


def items(selection: Selection) -> tuple[Group, ...]:
    """List what the briefing says; sections without an item are left out."""
    return tuple(map(_section, sections.of(selection)))


def _section(section: Shown) -> Group:
    if section.name == "casualties":
        parts = _casualties([c for c in section.items if isinstance(c, Casualties)])
    else:
        parts = _parts(
            section.name, [(t, map(_stated, items)) for t, items in section.parts]
        )
    return Group(section.name, section.title, parts, section.count, section.more)


def _stated(item: Item) -> Row:
    """Write an item that is no toll as a row."""
    match item:
        case Development():
            return _row(item, developments.who(item), "", item.what)
        case Request():
            who, force = wording.request_parties(item), wording.request_force(item)
            return _row(item, who, force, item.what)
        case Position():
            row = _row(item, wording.holder(item), wording.act(item), item.gist)
            return replace(row, speech=item.speech)
        case Actor():
            row = _row(item, item.name, _plain(item.kind), item.role or "")
            return replace(row, kind="actor", details=wording.described(item))
        case OwnItem():
            return _row(item, own.who(item), "", own.what(item))
        case OpenQuestion():
            return _row(item, "", _plain(item.kind), item.question)
        case _:
            return _row(item, item.id, "", "")


def notes(briefing: Briefing) -> tuple[Group, ...]:
    """List what is no item: withheld, not covered, flagged and left out."""
    groups = (
        _group("withheld", "Withheld", _withheld(briefing)),
        _group(
            "uncovered",
            "Not covered",
            (
                Row(
                    "",
                    tag=_plain(u.section),
                    body=u.exact,
                    words=(u,),
                    kind="uncovered",
                )
                for u in briefing.coverage.not_covered
            ),
        ),
        _group(
            "flagged",
            "Flagged: text that gives orders",
            (
                Row("", tag=_plain(f.reason), body=f.exact, words=(f,), kind="flagged")
                for f in briefing.flagged
            ),
        ),
    )
    return tuple(group for group in groups if group.rows)


def holes(briefing: Briefing) -> Group:
    """List the passages about which a question failed."""
    return _group(
        "holes",
        "Incomplete: these passages could not be read.",
        (
            Row(
                "",
                tag=_plain(hole.section or "everything"),
                body=hole.exact,
                details=hole.reason,
                words=(hole,),
                kind="hole",
            )
            for hole in briefing.coverage.passages_failed
        ),
    )


def _group(name: str, title: str, rows: Iterable[Row]) -> Group:
    parts = _parts(name, [("", rows)])
    return Group(name, title, parts, f"{sum(len(found) for _, found in parts):,}")


def _parts(
    name: str, parts: Iterable[tuple[str, Iterable[Row]]]
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Name the rows of all parts in one count."""
    made: list[tuple[str, tuple[Row, ...]]] = []
    done = 0
    for title, rows in parts:
        found = _keyed(name, rows, done + 1)
        made.append((wording.visible(title), found))
        done += len(found)
    return tuple(made)


def _keyed(name: str, rows: Iterable[Row], first: int = 1) -> tuple[Row, ...]:
    """Name the rows by their place: ids of a saved briefing may be anything."""
    return tuple(
        _visible(row, f"{name}-{number}") for number, row in enumerate(rows, first)
    )


def _visible(row: Row, key: str) -> Row:
    return replace(
        row,
        key=key,
        lead=wording.visible(row.lead),
        tag=wording.visible(row.tag),
        body=wording.visible(row.body),
        details=wording.visible(row.details),
        doubt=wording.visible(row.doubt),
        ident=wording.visible(row.ident),
    )


def _row(item: Item, lead: str, tag: str, body: str) -> Row:
    return Row(
        "",
        lead,
        tag,
        body,
        details=wording.details(item),
        found_by=verdicts.found_by(item),
        is_item=True,
        doubt=verdicts.why(item),
        ident=item.id,
        words=item.evidence,
    )


def _withheld(briefing: Briefing) -> Iterator[Row]:
    texts = {source.id: source.text for source in briefing.sources}
    for one in refusals.refused(briefing):
        yield Row(
            "",
            tag=one.section,
            body=one.held,
            details=one.reason,
            found_by=verdicts.found_by(one),
            words=_copied(one, texts.get(one.source, "")),
            kind="withheld",
        )


def _copied(one: refusals.Refused, text: str) -> tuple[Placed, ...]:
    """Find the words that the model copied; it may have made them up."""
    if not wording.visible(one.quote):
        return ()
    found = locate(one.quote, text)
    return (cite(one.source, text, found),) if found else ()


def _casualties(
    counts: Sequence[Casualties],
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Group counts by what happened to people, each kind on a line of its own."""
    parts: list[tuple[str, Iterable[Row]]] = []
    for kind in dict.fromkeys(one.kind for one in counts):
        same = [one for one in counts if one.kind == kind]
        figures = [figure for one in same for figure in one.supersedes]
        end = ranges.scale([*same, *figures])
        parts.append((_plain(kind), [_count(one, end) for one in same]))
    return _parts("casualties", parts)


def _count(one: Casualties, end: Fraction) -> Row:
    row = _row(one, wording.toll(one), wording.bounds(one), wording.counted_by(one))
    earlier = tuple(_earlier(figure, end) for figure in one.supersedes)
    return replace(row, drawn=ranges.draw(one, end), earlier=earlier)


def _earlier(figure: Figure, end: Fraction) -> Earlier:
    return Earlier(
        toll=wording.visible(figure.count_text),
        counted_by=wording.visible(wording.counted_by(figure)),
        drawn=ranges.draw(figure, end),
        words=figure.evidence,
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")
