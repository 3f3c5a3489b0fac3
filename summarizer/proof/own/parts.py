"""Who plays which part in an item: shown by the form of the sentence, or left open.

It is shown where the sentence names nobody else who could, or says that this party does
it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.evidence import Span
from schemas.sections import SectionDefinition
from summarizer.proof import parties
from summarizer.proof.own.held import Held
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import ASKED_AGAIN, Mention, Refusal


def show(reading: Reading, definition: SectionDefinition, held: Held) -> Refusal | None:
    """Show that each party plays its part, or say that it is not shown."""
    kinds = {one.name: one.kind for one in definition.fields}
    shown: set[str] = set()
    others: list[Mention] = []
    for one in held.fields:
        if kinds[one.name] != "doer" or one.party is None:
            continue
        part = _part(reading, one.party, held)
        name = one.party.span.of(reading.article.text)
        if part.is_denied:
            return Refusal("denied", f"the sentence says that {name} does not")
        if part.is_sufferer:
            return Refusal("doer", f"the sentence says it is done to {name}")
        if part.is_doer:
            shown.add(one.name)
            others += part.others
    _doubt(reading, kinds, held, shown, others)
    return None


def _doubt(
    reading: Reading,
    kinds: Mapping[str, str],
    held: Held,
    shown: set[str],
    others: Sequence[Mention],
) -> None:
    """Note the parties whose part neither a verb nor the lack of others shows."""
    named = [(f.name, f.party) for f in held.fields if f.party is not None]
    left = [(name, party) for name, party in named if name not in shown]
    strangers = _strangers(reading, [party for _, party in named], held.sentence)
    for name, party in left:
        if len(left) == 1 and any(
            parties.is_one(reading.directory, party, o) for o in others
        ):
            continue
        needs_word = kinds[name] == "doer" and reading.has_grammar
        if len(left) > 1 or strangers or needs_word:
            who, part = party.span.of(reading.article.text), name.replace("_", " ")
            held.doubted[name] = f"that {who} is “{part}” code cannot show"


def _strangers(reading: Reading, mine: Sequence[Mention], within: Span) -> bool:
    """Tell whether the sentence names a party that plays no part."""
    return any(
        not any(parties.is_one(reading.directory, other, one) for one in mine)
        and not any(other.span.overlaps(one.span) for one in mine)
        for other in reading.directory.within(within)
        if other.form != "pronoun"
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What the form of a sentence shows of a party.

    Attributes:
        is_doer: It does it.
        is_sufferer: It is done to it, by somebody else.
        is_denied: It does not.
        others: The first party on the other side of the verb: it is done to them.
    """

    is_doer: bool = False
    is_sufferer: bool = False
    is_denied: bool = False
    others: tuple[Mention, ...] = ()


def _part(reading: Reading, party: Mention, held: Held) -> _Part:
    """Read from an English sentence whether a party does something."""
    if not reading.has_grammar:
        return _Part()
    text, within = reading.article.text, held.sentence
    before = text[within.start : party.span.start]
    after = text[party.span.end : within.end]
    inside = [m for m in reading.directory.within(within) if m.form != "pronoun"]
    passive = _PASSIVE.search(before)
    if _BY.search(before) and passive is not None:
        at = within.start + passive.start()
        done_to = [m for m in inside if m.span.end <= at]
        return _Part(is_doer=True, others=tuple(done_to[-1:]))
    verb = _NEXT_VERB.match(after)
    if (
        verb is None
        or _SAYS.fullmatch(verb["verb"] or "")
        or _BY.search(before)
        or _OBJECT_OF.search(before)
    ):
        return _Part()
    if verb["not"]:
        return _Part(is_denied=True)
    if verb["be"] and _PARTICIPLE.match(after, verb.end()):
        return _Part(is_sufferer=re.search(r"\bby\b", after) is not None)
    if verb["be"] or not (verb["has"] or verbs.is_finite((verb["verb"] or "").lower())):
        return _Part()
    at = party.span.end + verb.end()
    done_to = [m for m in inside if m.span.start >= at]
    return _Part(is_doer=True, others=tuple(done_to[:1]))


_SAYS = re.compile(r"(?i)said|says|say|told|tells|added")
"""Whoever says that something was done is not who did it."""

_BY = re.compile(r"(?i)\bby\s+(?:the\s+|its\s+|their\s+|an?\s+)?$")
_OBJECT_OF = re.compile(
    r"(?i)\b(?:of|on|against|to|with|for|from|in|at|after|before)\s+(?:the\s+|an?\s+)?$"
)
_BE = r"(?:is|are|was|were|been|be|being|got|gets)"
_PASSIVE = re.compile(rf"(?i)\b{_BE}\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ught|ut|id|nt|lt)\b")
_PARTICIPLE = re.compile(r"(?i)\s*(?:\w+ly\s+)?\w+(?:ed|en|wn|ught|ut|id|nt|lt)\b")
_NEXT_VERB = re.compile(
    r"(?i)(?:\s+(?:in|of|at|from|for)\s+(?:the\s+)?(?-i:[A-Z])\w*(?:\s+(?-i:[A-Z])\w*)*)?"
    r"(?:,[^,]{1,120},)?\s*"
    r"(?:(?P<not>(?:has|have|had|did|does|do|will|would|is|are|was|were)\s*(?:not|never|n[’']t)\b)|"
    rf"(?:(?P<has>has|have|had|will)\s+)?(?:\w+ly\s+|also\s+)?(?:(?P<be>{_BE})\b|(?P<verb>\w+)))"
)


def ask_again(
    reading: Reading, held: Held, answers: Mapping[str, str]
) -> Held | Refusal:
    """Weigh blind second answers: agreement shows a part, another name refutes it."""
    for one in held.fields:
        given = answers.get(one.name, "")
        if one.name not in held.doubted or one.party is None or not given.strip():
            continue
        other = parties.find(reading.directory, given, held.place)
        if other is None:
            continue
        if parties.is_one(reading.directory, one.party, other):
            held.doubted[one.name] = ASKED_AGAIN
        elif other.form == one.party.form == "name" and not parties.shares_words(
            reading.article.text, one.party, other
        ):
            mine, said = (m.span.of(reading.article.text) for m in (one.party, other))
            reason = f"asked again without the first answer, the model names {said}, not {mine}"
            return Refusal("second_answer", reason)
    return held
