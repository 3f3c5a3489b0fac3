"""What a blind second answer does to a draft that code could not show.

Agreement supports it. Another *named* party, or another figure, refutes it. An empty
answer, a pronoun or a description changes nothing.
"""

from dataclasses import replace
from typing import TypeVar

from schemas.draft import AnyDraft, Blind, CasualtyDraft, PositionDraft, RequestDraft
from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.reading.reading import Reading
from summarizer.reading.values import (
    ASKED_AGAIN,
    Asked,
    Harm,
    Held,
    Mention,
    Refusal,
    Standing,
)
from summarizer.text import counts

Made = Held | Asked | Harm
MadeT = TypeVar("MadeT", Held, Asked, Harm)


def weigh(
    reading: Reading, item: AnyDraft, made: Made, place: Span, told: Blind
) -> Made | Refusal:
    """Weigh a draft that was judged unconfirmed against a second, blind answer."""
    if isinstance(item, PositionDraft) and isinstance(made, Held):
        return _by_parties(reading, made, place, [(made.holder, told.who)])
    if isinstance(item, RequestDraft) and isinstance(made, Asked):
        pairs = [(made.by, told.who), (made.to, told.whom)]
        return _by_parties(reading, made, place, pairs)
    if isinstance(item, CasualtyDraft) and isinstance(made, Harm):
        return _by_count(item, made, told)
    return made


def _by_parties(
    reading: Reading,
    made: MadeT,
    place: Span,
    pairs: list[tuple[Mention | None, str]],
) -> MadeT | Refusal:
    agreed = True
    for mine, words in pairs:
        if mine is None or not words.strip():
            agreed = agreed and mine is None
            continue
        other = parties.find(reading.directory, words, place)
        if other is None:
            agreed = False
        elif not parties.is_one(reading.directory, mine, other):
            text = reading.article.text
            if "name" == other.form == mine.form and not parties.shares_words(
                text, mine, other
            ):
                name, said = mine.span.of(text), other.span.of(text)
                reason = f"asked again without the first answer, the model names {said}, not {name}"
                return Refusal("second_answer", reason)
            agreed = False
    return _supported(made) if agreed else made


def _by_count(item: CasualtyDraft, made: Harm, told: Blind) -> Harm | Refusal:
    first, second = counts.read(item.count), counts.read(told.count)
    if first is None or second is None:
        return made
    if (first.value, first.low) == (second.value, second.low):
        return _supported(made)
    reason = f"asked again without the first answer, the model counts {told.count!r}, not {item.count!r}"
    return Refusal("second_answer", reason)


def _supported(made: MadeT) -> MadeT:
    return replace(
        made, standing=Standing("supported", (ASKED_AGAIN,), made.standing.found_by)
    )
