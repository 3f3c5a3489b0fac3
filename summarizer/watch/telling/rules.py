"""What matters to a desk: which changes pass a rule, and why others do not. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    OpenQuestion,
    OwnItem,
    Party,
    Position,
    Request,
)
from summarizer.assembly import tolls
from summarizer.assembly.several import copies
from summarizer.changes import Change, Changes
from summarizer.changes.values import AnyItem
from summarizer.watch.configuring import Rule

Outcome = Literal["told", "passed over", "waits"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule says of a change.

    Attributes:
        change: The change.
        outcome: Told; passed over for good; or waiting for what it lacks.
        why: In words, for whoever asks.
    """

    change: Change
    outcome: Outcome
    why: str


def decide(changes: Changes, briefing: Briefing, rule: Rule) -> tuple[Decision, ...]:
    """Judge each change of a story by a rule.

    Args:
        changes: What changed since the rule told last.
        briefing: The newer briefing, for the countries and names of parties.
        rule: What matters.
    """
    return tuple(_decided(one, briefing, rule) for one in changes.changes)


def _decided(change: Change, briefing: Briefing, rule: Rule) -> Decision:
    if why := _foreign(change, briefing, rule):
        return Decision(change, "passed over", why)
    if (
        change.new is not None
        and (had := _sources(change.new, briefing)) < rule.sources
    ):
        named = "1 source" if had == 1 else f"{had} sources"
        return Decision(change, "waits", f"{named} of {rule.sources}")
    if rule.supported_only and _is_unsure(change):
        return Decision(change, "waits", "unconfirmed")
    return Decision(change, "told", f"rule {rule.name}")


def _sources(item: AnyItem, briefing: Briefing) -> int:
    """Count the outlets that tell an item by themselves, copies with their originals.

    One number is one, though two outlets have it from two counters.
    """
    if not isinstance(item, Casualties):
        return item.corroboration
    rows = [one for one in briefing.casualties if one is item or tolls.agree(one, item)]
    copy_of = {one.id: one.copy_of for one in briefing.sources if one.copy_of}
    return copies.independent([e.source for r in rows for e in r.evidence], copy_of)


def _foreign(change: Change, briefing: Briefing, rule: Rule) -> str:
    """Say why a change is none of the rule's; empty when it is."""
    if rule.kinds and change.kind not in rule.kinds:
        return f"the kind of change is {change.kind}"
    if change.section not in rule.sections and (
        rule.sections or change.section == "actors"
    ):
        return f"the section is {change.section}"
    actors = {actor.id: actor for actor in briefing.actors}
    of_item = [actors[p.id] for p in parties(change.item) if p.id in actors]
    if isinstance(change.item, Actor):
        of_item.append(change.item)
    if rule.parties:
        names = {name.casefold() for name in rule.parties}
        if not any(names & _names(actor) for actor in of_item):
            return "no party of the rule"
    if rule.countries:
        countries = {actor.country for actor in of_item}
        if not countries & set(rule.countries):
            return "no party of the rule's countries"
    return ""


def parties(item: AnyItem) -> Iterator[Party]:
    """Name the parties of an item."""
    found: tuple[Party | None, ...] = ()
    if isinstance(item, Request):
        found = (item.by, item.to, item.reported_by)
    elif isinstance(item, Position):
        found = (item.holder, item.target, item.voiced_by)
    elif isinstance(item, Casualties):
        found = (item.source, item.by)
    elif isinstance(item, Development):
        found = item.who
    elif isinstance(item, OpenQuestion):
        found = (item.who,)
    elif isinstance(item, OwnItem):
        found = tuple(value.party for value in item.fields)
    yield from (party for party in found if party is not None)


def _names(actor: Actor) -> set[str]:
    return {name.casefold() for name in (actor.name, *actor.aliases)}


def _is_unsure(change: Change) -> bool:
    if change.kind == "now_unconfirmed":
        return False  # whoever was told that it is so must hear that it is not sure
    answer = change.answer
    return change.item.verdict != "supported" or (
        answer is not None and answer.verdict != "supported"
    )
