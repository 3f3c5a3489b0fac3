"""A story edition by edition: what each changed, with the words that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    OpenQuestion,
    Position,
    Request,
    Source,
)
from schemas.evidence import Evidence
from schemas.terms import Section
from summarizer.changes import Changes
from summarizer.changes.values import AnyItem
from summarizer.render import links
from summarizer.render.changes import wording as diff_wording
from summarizer.render.words import verdicts, wording
from summarizer.render.words.sections import TITLES
from summarizer.render.words.wording import visible
from summarizer.watch.chronicle import Edition
from summarizer.watch.site import cited, moves, tolls
from summarizer.watch.site.cited import Quote
from summarizer.watch.site.moves import Move


@dataclass(frozen=True, slots=True)
class Row:
    """One change, as the page shows it.

    Attributes:
        kind: What kind of change.
        label: The same in words; "" where the group says it.
        who: Whom it is about, or "".
        tag: How it is said: "demands of", "accuse".
        what: What changed; "" where the quote says it in the same words.
        doubt: Why it is unconfirmed, or "".
        then: Words of the edition before.
        now: Words of this one.
    """

    kind: str
    label: str
    who: str
    tag: str
    what: str
    doubt: str
    then: tuple[Quote, ...]
    now: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """An article that came with an edition, or was changed since the one before."""

    title: str
    outlet: str
    link: str
    is_changed: bool
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition.

    Attributes:
        version: From 1.
        at: When it was made.
        bottom_line: What it came to.
        read: The articles that came with it.
        groups: Its changes under titles: what turned without one, then what is new.
        parties: Names of parties that are new.
        faint: What nobody misses, a line each.
        notes: What a reader must know before trusting the comparison.
        is_first: Whether the story begins with it.
    """

    version: int
    at: datetime
    bottom_line: str
    read: tuple[Read, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    parties: tuple[str, ...]
    faint: tuple[str, ...]
    notes: tuple[str, ...]
    is_first: bool


def entry(
    edition: Edition,
    old: Briefing | None,
    new: Briefing,
    changes: Changes | None,
) -> Entry:
    """Tell what an edition changed.

    Args:
        edition: The edition.
        old: The briefing before; None for the first.
        new: Its briefing.
        changes: What changed; None for the first.
    """
    found = moves.of(new, changes)
    return Entry(
        version=edition.version,
        at=edition.at,
        bottom_line=visible(new.bottom_line),
        read=_read(old, new),
        groups=_groups(moves.weightiest(found), old, new),
        parties=tuple(one.who for one in found if one.rank == "party"),
        faint=tuple(_faint(one) for one in found if one.rank == "faint"),
        notes=tuple(map(visible, diff_wording.caution(changes) if changes else ())),
        is_first=edition.version == 1,
    )


def _groups(
    found: Sequence[Move], old: Briefing | None, new: Briefing
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    then, now = cited.of(old) if old else {}, cited.of(new)
    grouped: dict[str, list[Row]] = {}
    for one in found:
        if one.rank == "turn":
            grouped.setdefault("", []).append(_turn(one, then, now))
        elif one.rank == "news":
            title = f"{one.label.capitalize()}: {_title(one).lower()}"
            grouped.setdefault(title, []).append(_news(one, now))
    return tuple((title, tuple(rows)) for title, rows in grouped.items())


def _title(one: Move) -> str:
    own, section = one.change.title, one.change.section
    return visible(own or TITLES[cast("Section", section)])


def _turn(one: Move, then: dict[str, Source], now: dict[str, Source]) -> Row:
    change = one.change
    # An answer is no other wording of the question.
    is_paired = change.old is not None and change.new is not None and not change.answer
    of_old, of_new = change.old_quotes, change.new_quotes
    if change.answer is not None:
        of_new = (*of_new, *change.answer.evidence)
    is_same = _texts(of_old) == _texts(of_new)
    return Row(
        kind=change.kind,
        label=one.label,
        who=one.who,
        tag="",
        what=visible(diff_wording.what(change)),
        doubt=moves.doubt(change.item) if one.is_unsure else "",
        then=()
        if is_same or not is_paired
        else cited.quotes(of_old, then, against=of_new),
        now=cited.quotes(
            of_new, now, against=of_old if is_paired and not is_same else ()
        ),
    )


def _texts(found: Iterable[Evidence]) -> list[str]:
    return [visible(one.exact) for one in found]


def _news(one: Move, now: dict[str, Source]) -> Row:
    item = one.change.item
    tag, what, point = _words(item)
    quotes = cited.quotes(item.evidence, now, point=point)
    is_said = all(any(piece.differs for piece in one.pieces) for one in quotes)
    return Row(
        kind=one.change.kind,
        label="",
        who=_counted(item) if isinstance(item, Casualties) else one.who,
        tag=tag,
        what="" if is_said else what,
        doubt=moves.doubt(item) if one.is_unsure else "",
        then=(),
        now=quotes,
    )


def _counted(item: Casualties) -> str:
    return f"{item.kind}: {tolls.count(item)}"


def _words(item: AnyItem) -> tuple[str, str, str]:
    """Say how an item is said, what it says, and which words of a quote are that."""
    if isinstance(item, Casualties):
        told = visible(wording.toll(item))
        return visible(wording.counted_by(item)), "", told
    if isinstance(item, Position):
        return wording.act(item), visible(item.gist), visible(item.gist)
    if isinstance(item, Request):
        return wording.request_force(item), visible(item.what), visible(item.what)
    if isinstance(item, Development):
        return "", visible(item.what), visible(item.what)
    if isinstance(item, OpenQuestion):
        return item.kind.replace("_", " "), visible(item.question), ""
    if isinstance(item, Actor):
        return item.kind.replace("_", " "), visible(item.role or ""), ""
    what = ", ".join(f"{one.name}: {one.text}" for one in item.fields)
    return "", visible(what), ""


def _faint(one: Move) -> str:
    what = visible(diff_wording.what(one.change))
    doubt = f" ({verdicts.UNCONFIRMED})" if one.is_unsure else ""
    return f"{one.label}{doubt}: {': '.join(filter(None, (one.who, what)))}"


def _read(old: Briefing | None, new: Briefing) -> tuple[Read, ...]:
    before = old.sources if old else ()
    texts = {one.text_sha256 for one in before}
    places = {one.uri for one in before if one.uri}
    return tuple(
        Read(
            title=visible(one.title or one.uri or "Article"),
            outlet=visible(one.publisher or ""),
            link=links.page(one.uri) or "",
            is_changed=one.uri in places,
            is_copy=one.copy_of is not None,
        )
        for one in new.sources
        if one.text_sha256 not in texts
    )
