"""The words of what changed, shared by all forms: labels, one line a change, quotes."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, cast

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    OpenQuestion,
    OwnItem,
    Position,
    Request,
)
from schemas.evidence import Evidence
from schemas.terms import Act, Section
from schemas.versions import has_verdicts
from summarizer.changes import Change, Changes, Edition
from summarizer.changes.values import AnyItem, Kind
from summarizer.render.words import developments, own, verdicts, wording
from summarizer.render.words.sections import TITLES

Side = Literal["old", "new"]

LABELS: dict[Kind, str] = {
    "reversed": "reversed",
    "answered": "answered",
    "reopened": "answer no longer mentioned",
    "toll_revised": "toll revised",
    "figure_revised": "figure revised",
    "source_changed": "other source",
    "hardened": "hardened",
    "softened": "softened",
    "role_changed": "role changed",
    "now_unconfirmed": "now unconfirmed",
    "now_supported": "now supported",
    "new": "new",
    "reworded": "reworded",
    "no_longer_mentioned": "no longer mentioned",
}
_READ_AGAIN: dict[Kind, str] = {
    "new": "newly found",
    "no_longer_mentioned": "not found this time",
}
"""Of one text read twice it would be wrong to say that it stopped mentioning things."""

NOTHING = "Nothing changed."


@dataclass(frozen=True, slots=True)
class Cited:
    """One quote of a change, with the briefing that it stands in."""

    side: Side
    evidence: Evidence


def label(change: Change, changes: Changes) -> str:
    """Name the kind of a change."""
    if changes.same_text and change.kind in _READ_AGAIN:
        return _READ_AGAIN[change.kind]
    return LABELS[change.kind]


def marked(change: Change, changes: Changes) -> str:
    """Name the kind of a change, and say when the item that it leads to is unconfirmed."""
    name = label(change, changes)
    is_said = change.kind == "now_unconfirmed"
    is_unsure = verdicts.is_unconfirmed(change.item)
    return f"{name}, {verdicts.UNCONFIRMED}" if is_unsure and not is_said else name


def sections(changes: Changes) -> list[tuple[str, list[Change]]]:
    """Group the changes under the titles of their sections, empty ones left out."""
    grouped: dict[str, list[Change]] = {}
    for change in changes.changes:
        grouped.setdefault(change.section, []).append(change)
    return [
        (found[0].title or TITLES[cast("Section", name)], found)
        for name, found in grouped.items()
    ]


def edition(one: Edition) -> str:
    """Name a briefing: headline, publisher and day, as far as they are known."""
    day = str(one.published) if one.published else None
    return " · ".join(filter(None, (one.heading or "Briefing", one.publisher, day)))


def count(changes: Changes) -> str:
    """Say how many changes there are of each kind, and how much is the same."""
    found = Counter(label(c, changes) for c in changes.changes)
    parts = [f"{n} {name}" for name, n in found.items()]
    same = changes.unchanged
    items = "1 item is" if same == 1 else f"{same} items are"
    words = f"{', '.join(parts) or NOTHING.rstrip('.')}; {items} the same."
    if not (out := changes.left_out):
        return words
    left = "1 change" if out == 1 else f"{out} changes"
    return f"{words} {left} of {verdicts.UNCONFIRMED} items left out."


def caution(changes: Changes) -> list[str]:
    """Say what a reader must know before trusting the comparison."""
    notes: list[str] = []
    if changes.same_text and changes.changes:
        notes.append(
            "Both briefings were made from the same text: only the readings differ."
        )
    for side, one in (("older", changes.old), ("newer", changes.new)):
        if not one.complete:
            notes.append(
                f"The {side} briefing is incomplete: what it seems to lack may stand "
                "in a passage that could not be read."
            )
    notes += _versions(changes)
    old, new = changes.old.published, changes.new.published
    if old and new and old > new:
        notes.append("The newer briefing is of the earlier article.")
    return notes


def _versions(changes: Changes) -> list[str]:
    """Say what is not compared because one briefing does not tell it."""
    sides = (("older", changes.old), ("newer", changes.new))
    silent = [(n, one) for n, one in sides if not has_verdicts(one.schema_version)]
    if len(silent) != 1:
        return []
    ((name, one),) = silent
    words = (
        f"The {name} briefing is of schema {one.schema_version}, which tells neither "
        "what happened nor what is unconfirmed: these are not compared."
    )
    return [words]


def who(change: Change) -> str:
    """Say whom or what a change is about."""
    item = change.item
    if isinstance(item, Request):
        return wording.request_parties(item)
    if isinstance(item, Position):
        return wording.holder(item)
    if isinstance(item, Casualties):
        return item.kind
    if isinstance(item, OpenQuestion):
        return item.kind.replace("_", " ")
    if isinstance(item, Development):
        return developments.who(item) or "event"
    return own.who(item) if isinstance(item, OwnItem) else item.name


def what(change: Change) -> str:
    """Say what changed, from what to what."""
    old, new = change.old, change.new
    if change.kind == "now_supported":
        return f"{verdicts.UNCONFIRMED} → supported: {_one(change.item)}"
    if change.kind == "now_unconfirmed":
        why = verdicts.reason(change.item)
        return f"supported → {verdicts.UNCONFIRMED} ({why}): {_one(change.item)}"
    if isinstance(old, Request) and isinstance(new, Request):
        return _request(old, new, change)
    if isinstance(old, Position) and isinstance(new, Position):
        acts = [_act(old), _act(new)]
        if acts[0] == acts[1]:
            return f"{acts[0]}: {old.gist}{_mark(old)} → {new.gist}"
        return f"{acts[0]}{_mark(old)} → {acts[1]}: {new.gist}"
    if isinstance(old, Development) and isinstance(new, Development):
        return f"{_happened(old)}{_mark(old)} → {_happened(new)}"
    if isinstance(old, Casualties) and isinstance(new, Casualties):
        return f"{_toll(old)}{_mark(old)} → {_toll(new)}"
    if isinstance(old, OwnItem) and isinstance(new, OwnItem):
        return f"{own.what(old)}{_mark(old)} → {own.what(new)}"
    if isinstance(old, Actor) and isinstance(new, Actor):
        return f"{old.role}{_mark(old)} → {new.role}"
    return _one(change.item) + _answer(change)


def quotes(change: Change) -> list[Cited]:
    """List the quotes of a change: the old ones, the new ones, those of an answer.

    The same words of the same briefing are listed once; of a request that has an answer
    now, they are not listed again as words of now.
    """
    of_answer: Side = "old" if change.kind == "reopened" else "new"
    answer = change.answer.evidence if change.answer else ()
    asked = {e.exact for e in change.old_quotes} if answer else set()
    found = [Cited("old", e) for e in change.old_quotes]
    found += [Cited("new", e) for e in change.new_quotes if e.exact not in asked]
    found += [Cited(of_answer, e) for e in answer]
    return list(dict.fromkeys(found))


def _request(old: Request, new: Request, change: Change) -> str:
    if change.kind in {"answered", "reopened"} or old.status != new.status:
        return f"{new.what}, {_status(old, new, change)}{_answer(change)}"
    force = [wording.request_force(one) for one in (old, new)]
    if force[0] != force[1]:
        return f"{force[0]}{_mark(old)} → {force[1]}: {new.what}"
    return f"{old.what}{_mark(old)} → {new.what}"


def _status(old: Request, new: Request, change: Change) -> str:
    if old.status != new.status:
        return f"{old.status}{_mark(old)} → {new.status}"
    if change.kind == "answered" and new.status == "open":
        return "not decided"  # "open" beside "answered" would contradict it
    return new.status


def _mark(item: AnyItem) -> str:
    """Mark the older of two items; the newer one is marked beside the kind of change."""
    return f" ({verdicts.UNCONFIRMED})" if verdicts.is_unconfirmed(item) else ""


def _happened(item: Development) -> str:
    """Say what happened, with its figures where they say more than its words."""
    told = developments.figures(item)
    is_news = "[" in told or any(one.text not in item.what for one in item.figures)
    return f"{item.what} ({told})" if is_news else item.what


def _toll(item: Casualties) -> str:
    day = wording.as_of(item)
    parts = [wording.bounds(item), wording.counted_by(item), *([day] if day else [])]
    return f"{wording.toll(item)} [{', '.join(parts)}]"


def _one(item: AnyItem) -> str:
    """Say what an item says that stands alone."""
    if isinstance(item, Request):
        return f"{wording.request_force(item)}: {item.what}"
    if isinstance(item, Position):
        return _said(item)
    if isinstance(item, Casualties):
        return _toll(item)
    if isinstance(item, OpenQuestion):
        return item.question
    if isinstance(item, Development):
        return _happened(item)
    if isinstance(item, OwnItem):
        return own.what(item)
    return " · ".join(filter(None, (item.kind.replace("_", " "), item.role)))


_ACTS: dict[Act, str] = {
    "neutral": "says",
    "assert": "says",
    "claim": "claims",
    "announce": "announces",
    "support": "supports",
    "commit": "commits",
    "criticise": "criticises",
    "deny": "denies",
    "warn": "warns",
    "accuse": "accuses",
    "refuse": "refuses",
    "threaten": "threatens",
}


def _act(item: Position) -> str:
    """Say what a party does with its words: "denies", "says, conditional"."""
    return f"{_ACTS[item.act]}, conditional" if item.conditional else _ACTS[item.act]


def _said(item: Position) -> str:
    """Say what a party says; words that name the act themselves need no other."""
    first = item.gist.partition(" ")[0].casefold()
    names_it = first[:4] == item.act[:4] or _NAMES_ITS_ACT.fullmatch(first) is not None
    if names_it and not item.conditional:
        return item.gist
    return f"{_act(item)}: {item.gist}"


_NAMES_ITS_ACT = re.compile(
    r"denie[sd]|refuse[sd]|reject(?:s|ed)|decline[sd]|accuse[sd]|criticise[sd]|"
    r"condemn(?:s|ed)|blame[sd]|promise[sd]|pledge[sd]|vow(?:s|ed)|threaten(?:s|ed)|"
    r"warn(?:s|ed)|welcome[sd]|support(?:s|ed)|back(?:s|ed)|praise[sd]|announce[sd]"
)


def _answer(change: Change) -> str:
    """Say who answered and how; empty when nobody is known to have."""
    answer = change.answer
    if answer is None:
        return ""
    if isinstance(answer, Position):
        said = f"{wording.holder(answer)} {_said(answer)}"
    elif isinstance(answer, Casualties):
        said = _toll(answer)
    else:
        said = answer.status if isinstance(answer, Request) else _one(answer)
    doubt = f"{verdicts.UNCONFIRMED}: " if verdicts.is_unconfirmed(answer) else ""
    return f" ← {doubt}{said}"
