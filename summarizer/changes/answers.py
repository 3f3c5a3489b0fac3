"""What answers a request or an open question, found in the other day's briefing.

A question is answered when the other briefing no longer asks it and has an item that
settles it: for a request an answer of the party asked, for a silent party a statement
that is new, for a count its source, for two counts one that both give, for what could
not be verified that it was, for what was pending an item that takes up its words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.briefing import (
    Briefing,
    Casualties,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
)
from summarizer.changes.cast import Cast
from summarizer.changes.sameness import same_figure
from summarizer.changes.values import Change, Kind
from summarizer.text import content, words

Answer = Position | Request | Casualties

_CONFIRMED = re.compile(r"(?i)\b(?:confirm(?:s|ed)|verif(?:ies|ied)|corroborated)\b")
_TAKEN_UP = 0.8
"""Share of a pending question's content words that an answer must take up: between the
labelled pairs of `tests/data/same-items.toml` that settle it (1.0) and not (0.67)."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two briefings seen from the one that asks.

    Attributes:
        asking: The briefing that has the request or the question.
        other: The briefing that may answer it.
        cast: Tells parties of `asking` (first) and `other` (second) to be the same.
        partner: For ids of `asking`, the id of the item of `other` paired with it.
        fresh: Ids of the items of `other` that have no partner.
    """

    asking: Briefing
    other: Briefing
    cast: Cast
    partner: Mapping[str, str]
    fresh: frozenset[str]


def reply(request: Request, briefing: Briefing) -> Position | None:
    """Find the position by which the party asked answers a request of its own briefing.

    Returns:
        A position that the briefing links to the request, else one of the party asked
        that takes up what was asked for; None when there is neither.
    """
    if request.to is None:
        return None
    asked = request.to.id
    theirs = [
        p
        for p in briefing.positions
        if asked in {p.holder.id, p.voiced_by.id if p.voiced_by else None}
    ]
    linked = _first([p for p in theirs if request.id in p.answers])
    return linked or _first([p for p in theirs if _takes_up(p, request)])


def reply_elsewhere(request: Request, sides: Sides) -> Position | None:
    """Find what answers a request that the other briefing does not tell again."""
    return _first(
        [
            p
            for p in sides.other.positions
            if p.id in sides.fresh
            and _is_by(request.to, p, sides.cast)
            and _takes_up(p, request)
        ]
    )


def with_reply(change: Change, sides: Sides) -> Change:
    """Say that a request which one day tells alone is answered on the other."""
    request = change.item
    assert isinstance(request, Request)  # noqa: S101  for the type checker
    answer = reply_elsewhere(request, sides)
    if answer is None:
        return change
    kind: Kind = "answered" if change.new is None else "reopened"
    return change.model_copy(update={"kind": kind, "answer": answer})


def settledness(request: Request, reply: Position | None) -> int:
    """Rank what became of a request: 0 nothing, 1 a reply, 2 a part, 3 all is decided."""
    decided = {"open": 0, "partial": 2, "accepted": 3, "refused": 3, "withdrawn": 3}
    return max(decided[request.status], 1 if reply is not None else 0)


def turn(step: int) -> Kind:
    """Name a step from undecided to decided, or back; 0 is another decision."""
    if step == 0:
        return "reversed"  # decided before and now, and not in the same way
    return "answered" if step > 0 else "reopened"


def settled(question: OpenQuestion, sides: Sides) -> Answer | None:
    """Find what of the other briefing answers a question; None when nothing does."""
    match question.kind:
        case "unanswered_request":
            return _replied(question, sides)
        case "no_comment":
            return _spoken(question.who, sides)
        case "unsourced":
            row = _row(question, sides)
            return row if row is not None and row.source is not None else None
        case "conflicting":
            return _agreed(question, sides)
        case "unverified":
            return _verified(_partner(question, sides))
        case _:
            return _taken_up(question, sides)


def _partner(question: OpenQuestion, sides: Sides) -> Answer | None:
    """Find the item of the other briefing that the question's item is paired with."""
    wanted = sides.partner.get(question.about or "")
    items: tuple[Answer, ...] = (
        *sides.other.requests,
        *sides.other.positions,
        *sides.other.casualties,
    )
    return next((i for i in items if i.id == wanted), None)


def _row(question: OpenQuestion, sides: Sides) -> Casualties | None:
    found = _partner(question, sides)
    return found if isinstance(found, Casualties) else None


def _replied(question: OpenQuestion, sides: Sides) -> Answer | None:
    request = _partner(question, sides)
    if isinstance(request, Request):
        answer = reply(request, sides.other)
        return answer or (request if request.status != "open" else None)
    asked = next((r for r in sides.asking.requests if r.id == question.about), None)
    return reply_elsewhere(asked, sides) if asked is not None else None


def _takes_up(position: Position, request: Request) -> bool:
    """Tell whether a position speaks of what was asked for, and is more than silence."""
    said = " ".join(e.exact for e in position.evidence)
    return content.covered(request.what, said) >= _ANSWERS and not _declines(said)


_ANSWERS = 0.6
"""Share of a request's content words that its answer takes up: "it would send the
engineers" has two of the three of "send engineers to the dam". Nine of the ten labelled
answers of `tests/data/same-items.toml` have 0.67 or more, and of the eight statements
that answer nothing those that are more than silence have 0.5 or less."""


def _is_by(who: Party | None, position: Position, cast: Cast) -> bool:
    return bool(cast.same(who, position.holder) or cast.same(who, position.voiced_by))


def _spoken(who: Party | None, sides: Sides) -> Position | None:
    """Find what a silent party says now: new, and more than that it says nothing."""
    return _first(
        [
            p
            for p in sides.other.positions
            if p.id in sides.fresh
            and _is_by(who, p, sides.cast)
            and not any(_declines(e.exact) for e in p.evidence)
        ]
    )


def _declines(text: str) -> bool:
    return any(
        re.search(phrase, text, re.IGNORECASE)
        for phrase in words.lists("no_comment")["declined"]
    )


def _agreed(question: OpenQuestion, sides: Sides) -> Casualties | None:
    """Find the row on which two counts that differed agree now.

    That one of them is left out is no agreement: the counter of the other must be
    named with the figure, or the row must replace the other's figure.
    """
    row = _row(question, sides)
    one = next((c for c in sides.asking.casualties if c.id == question.about), None)
    if row is None or one is None:
        return None
    rivals = [
        c
        for c in sides.asking.casualties
        if c.kind == one.kind and c.scope == one.scope and c.id != one.id
        and not c.part_of and not same_figure(c, one)
    ]  # fmt: skip
    for rival in rivals:
        partner = next(
            (
                c
                for c in sides.other.casualties
                if c.id == sides.partner.get(rival.id, "")
            ),
            None,
        )
        replaced = any(same_figure(f, rival) for f in row.supersedes)
        named = rival.source is not None and any(
            rival.source.name.casefold() in e.exact.casefold() for e in row.evidence
        )
        agreed = partner is not None and same_figure(partner, row)
        if replaced or agreed or (partner is None and named):
            return row
    return None


def _verified(item: Answer | None) -> Answer | None:
    if item is None:
        return None
    unverified = words.lists("unverified")["phrases"]
    told = " ".join(e.exact for e in item.evidence)
    doubted = any(re.search(p, told, re.IGNORECASE) for p in unverified)
    return item if _CONFIRMED.search(told) and not doubted else None


def _taken_up(question: OpenQuestion, sides: Sides) -> Answer | None:
    """Find a new position that takes up nearly all words of what was pending."""
    asked = content.subject(question.question)
    if len(content.stems(asked)) < _FEWEST:
        return None
    return _first(
        [
            p
            for p in sides.other.positions
            if p.id in sides.fresh
            and content.covered(asked, " ".join(e.exact for e in p.evidence))
            >= _TAKEN_UP
        ]
    )


_FEWEST = 2
"""Content words that a pending question needs: one is in many sentences by chance."""


def _first(found: list[Position]) -> Position | None:
    """Choose one of several answers, by where it stands and never by the list's order."""
    return min(found, key=_place, default=None)


def _place(item: Item) -> tuple[str, int, str]:
    first = item.evidence[0]
    return first.source, first.start, item.id
