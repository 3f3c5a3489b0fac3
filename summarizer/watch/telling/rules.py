"""What matters to a desk: which changes pass a rule, and why others do not. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

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
from summarizer.reading.english.names import party_names
from summarizer.text.typography import flat
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
    told = [one for one in (change.old, change.new, change.answer) if one is not None]
    named = [party for one in told for party in parties(one)]
    of_item = [actors[party.id] for party in named if party.id in actors]
    of_item += [one for one in told if isinstance(one, Actor)]
    words = flat(" ".join(e.exact for one in told for e in one.evidence)).casefold()
    if rule.parties:
        names = {party_names.bare(flat(name)) for name in rule.parties}
        known = {party_names.bare(flat(n)) for actor in of_item for n in _names(actor)}
        if not names & known and not any(_stands(name, words) for name in names):
            return "no party of the rule"
    if rule.countries and not set(rule.countries) & _countries(told, of_item, briefing):
        return "nothing of the rule's countries"
    return ""


def _stands(name: str, words: str) -> bool:
    """Tell whether words name a party, as in "the demand of the Dockworkers' Union"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


_OPENING: Final = 120
"""Characters of a text in which its dateline stands."""


def _countries(
    told: Sequence[AnyItem], of_item: Iterable[Actor], briefing: Briefing
) -> set[str]:
    """Name the countries of items: of parties, place and words, else of their articles."""
    phrases = [getattr(one, "place", None) or "" for one in told]
    quotes = [quote for one in told for quote in one.evidence]
    found = {
        party_names.country_in(one) for one in (*phrases, *(q.exact for q in quotes))
    }
    found |= {actor.country for actor in of_item}
    if not found - {None}:
        articles = {quote.source for quote in quotes}
        found = {
            party_names.country_in(words)
            for source in briefing.sources
            if source.id in articles
            for words in (source.title or "", source.text[:_OPENING])
        }
    return {code for code in found if code is not None}


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


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _is_unsure(change: Change) -> bool:
    if change.kind == "now_unconfirmed":
        return False  # whoever was told that it is so must hear that it is not sure
    answer = change.answer
    return change.item.verdict != "supported" or (
        answer is not None and answer.verdict != "supported"
    )
