"""Judge a drafted item of a user's own section, field by field.

Refuted: words that the article does not have, a party that it does not name, a number
that is none, a denial that was cut off. Who plays which part is shown where the sentence
names nobody else who could, or says that this party does it; otherwise it is unconfirmed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.briefing import When
from schemas.evidence import Span
from schemas.sections import FieldDefinition, SectionDefinition
from schemas.terms import Verdict
from summarizer.prompting.own import OwnDraft
from summarizer.proof import parties, words
from summarizer.reading import no_fact, timing
from summarizer.reading.english import verbs
from summarizer.reading.english.positions import gists
from summarizer.reading.reading import Reading
from summarizer.reading.values import ASKED_AGAIN, Mention, Refusal
from summarizer.text import counts, quantities
from summarizer.text.locate import locate


@dataclass(frozen=True, slots=True)
class Filled:
    """A field whose words the article has.

    Attributes:
        name: Of the field.
        text: Of a choice its word; else empty, and *span* has the words.
        span: Where the words stand; None for a choice that no word shows.
        party: The phrase that names the party, of a party.
    """

    name: str
    text: str = ""
    span: Span | None = None
    party: Mention | None = None


@dataclass(slots=True)
class Held:
    """A drafted item that the article does not refute.

    Attributes:
        place: The words that tell it.
        sentence: All of the sentences that they touch.
        fields: The fields that are filled, in the order of the definition.
        reasons: What could not be shown.
        dropped: Fields that may be empty and whose words do not hold, with the reason.
        doubted: Parties whose part could not be shown, with the reason.
    """

    place: Span
    sentence: Span
    fields: list[Filled] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    dropped: dict[str, Refusal] = field(default_factory=dict)
    doubted: dict[str, str] = field(default_factory=dict)

    @property
    def all_reasons(self) -> tuple[str, ...]:
        """What could not be shown, parts of parties last."""
        return (*self.reasons, *dict.fromkeys(self.doubted.values()))

    @property
    def verdict(self) -> Verdict:
        """Supported when nothing is left open."""
        is_shown = all(one == ASKED_AGAIN for one in self.all_reasons)
        return "supported" if is_shown else "unconfirmed"


def judge(
    reading: Reading,
    definition: SectionDefinition,
    draft: OwnDraft,
    answers: Mapping[str, str] | None = None,
) -> Held | Refusal:
    """Judge a draft of a section.

    Args:
        reading: The article.
        definition: The section.
        draft: What the model drafted.
        answers: Blind second answers about parties, by field.
    """
    place = words.place_of(reading.article, draft.quote, draft.asked)
    if place is None:
        # A small model rewords; it had one sentence, and each field is looked up in it.
        place = draft.asked
    if place is None:
        return Refusal("not_found", f"the text does not say {_short(draft.quote)}")
    held = Held(place, reading.article.hull(place))
    first = reading.article.spans(place)[0]
    if (bar := _not_told(reading, place, first, held)) is not None:
        return bar
    for one in definition.fields:
        refusal = _fill(reading, one, draft.fields.get(one.name, ""), held)
        if refusal is None:
            continue
        if one.required:
            return refusal
        held.dropped[one.name] = refusal
    if not held.fields:
        return Refusal("empty", "no field is filled")
    _mind_clauses(reading, definition, held)
    refusal = _parts(reading, definition, held)
    return refusal or _asked_again(reading, held, answers or {})


def _not_told(
    reading: Reading, place: Span, sentence: Span, held: Held
) -> Refusal | None:
    """Refuse what the sentence denies; say what makes it less than a fact."""
    text = reading.article.text
    if reading.has_grammar:
        widened = gists.with_negation(text, place, sentence)
        if widened != place:
            cut = text[widened.start : place.start].strip()
            return Refusal("denied", f"the sentence says “{_brief(cut)}” before it")
    told = no_fact.Place(text, sentence, place)
    if (bar := no_fact.find("developments", told)) is not None:
        return bar
    if (found := _UNREAL.search(text[sentence.start : place.end])) is not None:
        held.reasons.append(f"“{found.group()}” makes it less than a fact")
    return None


_UNREAL = re.compile(
    r"(?i)(?:n[’']t|\b(?:if|unless|(?-i:may)|might|could|would|not|never|no longer|"
    r"den(?:y|ies|ied)|consider(?:s|ed|ing)?|threaten(?:s|ed|ing)?|propos(?:e|es|ed|ing)|"
    r"plans? to|planned to|expect(?:s|ed)?|forecast(?:s|ed)?|predict(?:s|ed)?|calls? for|called for|urged?|demand(?:s|ed)?))\b"
)
"""Words after which something may not have happened; whether the form asks for what has,
nobody told us: the item stands, unconfirmed."""


def _fill(
    reading: Reading, one: FieldDefinition, given: str, held: Held
) -> Refusal | None:
    """Find the words of a field, and note what of it is not shown."""
    if one.kind in {"party", "doer"} and words.is_pronoun(given):
        given = ""
    if not given.strip():
        if one.required:
            return Refusal("missing", f"{one.name} is empty, and it must not be")
        return None
    if one.kind == "choice":
        return _choose(reading, one, given, held)
    if one.kind in {"party", "doer"}:
        return _name(reading, one, given, held)
    return _copy(reading, one, given, held)


def _choose(
    reading: Reading, one: FieldDefinition, given: str, held: Held
) -> Refusal | None:
    choice = next((c for c in one.choices if c.name == given), None)
    if choice is None:
        return Refusal("choice", f"{one.name} has no {_short(given)} in its list")
    shown = _shown_by((choice.name, *choice.words), reading, held.sentence)
    if shown is None:
        held.reasons.append(f"that {one.name} is “{given}” no word of the text shows")
    held.fields.append(Filled(one.name, given, shown))
    return None


def _shown_by(forms: Sequence[str], reading: Reading, within: Span) -> Span | None:
    for form in forms:
        pattern = rf"(?i)(?<!\w){re.escape(form)}"
        found = re.compile(pattern).search(
            reading.article.text, within.start, within.end
        )
        if found is not None:
            return Span.at(found)
    return None


def _name(
    reading: Reading, one: FieldDefinition, given: str, held: Held
) -> Refusal | None:
    found = parties.find(reading.directory, given, held.place)
    if found is None:
        return Refusal("not_found", f"the text names no {_short(given)}")
    near = parties.named_in(reading.directory, found, held.sentence)
    if not found.span.within(held.sentence):
        if not near:
            held.reasons.append(f"the sentence does not name {found.span.of(reading.article.text)}")  # fmt: skip
        else:
            found = near[0]
    found = _bare(reading, found)
    held.fields.append(Filled(one.name, span=found.span, party=found))
    return None


def _bare(reading: Reading, party: Mention) -> Mention:
    """Take a name out of words that say more: "General Oto Kessel in January"."""
    text = reading.article.text
    for inner in reading.directory.within(party.span):
        rest = text[inner.span.end : party.span.end]
        if inner.form == "name" and _BEHIND.match(rest):
            return inner
    return party


_BEHIND = re.compile(
    r"(?i)\s*,?\s+(?:in|on|at|by|for|from|since|after|before|last|this)\b"
)


def _copy(
    reading: Reading, one: FieldDefinition, given: str, held: Held
) -> Refusal | None:
    text = reading.article.text
    span = locate(given, text, held.sentence)
    is_far = span is None
    if span is None:
        span = words.phrase(reading.article, given, held.place)
    if span is None:
        return Refusal("not_found", f"the text does not say {_short(given)}")
    if one.kind == "verbatim" and not _TELLING.search(span.of(text)):
        return Refusal("empty", f"{_short(given)} says nothing by itself")
    if one.kind == "number":
        span = quantities.qualified(text, span)
        if not _has_number(span.of(text)):
            return Refusal("number", f"{_short(given)} is no number")
    if one.kind == "date" and when(reading, span) is None:
        return Refusal("date", f"{_short(given)} is no time that code can read")
    if is_far:
        held.reasons.append(f"{_short(given)} stands in another sentence")
    held.fields.append(Filled(one.name, span=span))
    return None


_TELLING = re.compile(r"[^\W\d_]{3}|\d|[^\W\d_a-zA-Z]{2}")
"""Three letters, a digit, or two letters of another script."""


def when(reading: Reading, span: Span) -> When | None:
    """Read the words for a time, as their sentence has them or by themselves."""
    article = reading.article
    index = article.index_at(span.start)
    for dated in timing.in_sentence(article, index) if index is not None else ():
        if dated.span.overlaps(span):
            return dated.when
    return reading.reader.day(span.of(article.text))


def _mind_clauses(reading: Reading, definition: SectionDefinition, held: Held) -> None:
    """Say of a number or a time that it stands in another clause than the parties."""
    kinds = {one.name: one.kind for one in definition.fields}
    named = [f.span for f in held.fields if f.party is not None and f.span is not None]
    if not named:
        return
    text = reading.article.text
    for one in held.fields:
        if kinds[one.name] not in {"number", "date"} or one.span is None:
            continue
        ends = [(s.end, one.span.start) for s in named if s.end <= one.span.start]
        ends += [(one.span.end, s.start) for s in named if one.span.end <= s.start]
        gaps = [text[a:b] for a, b in ends]
        if gaps and all(_NEXT_CLAUSE.search(gap) for gap in gaps):
            said = one.span.of(text)
            held.reasons.append(f"{_short(said)} stands in another clause")


_NEXT_CLAUSE = re.compile(r"(?i);|,\s+(?:and|but|while|whereas|as|after|before)\s")


def _has_number(said: str) -> bool:
    return quantities.read(said)[0] is not None or bool(counts.spans(said))


# -- who plays which part --------------------------------------------------------


def _parts(
    reading: Reading, definition: SectionDefinition, held: Held
) -> Refusal | None:
    """Show that each party plays its part, or say that it is not shown."""
    kinds = {one.name: one.kind for one in definition.fields}
    named = [f for f in held.fields if f.party is not None]
    shown: set[str] = set()
    others: list[Mention] = []
    for one in named:
        if kinds[one.name] != "doer" or one.party is None:
            continue
        part = _part(reading, one.party, held)
        if part.is_denied:
            name = one.party.span.of(reading.article.text)
            return Refusal("denied", f"the sentence says that {name} does not")
        if part.is_sufferer:
            name = one.party.span.of(reading.article.text)
            return Refusal("doer", f"the sentence says it is done to {name}")
        if part.is_doer:
            shown.add(one.name)
            others += part.others
    left = [f for f in named if f.name not in shown]
    strangers = _strangers(reading, named, held.sentence)
    for one in left:
        if one.party is None or (
            len(left) == 1
            and any(parties.is_one(reading.directory, one.party, o) for o in others)
        ):
            continue
        needs_word = kinds[one.name] == "doer" and reading.has_grammar
        if len(left) > 1 or strangers or needs_word:
            name, part_name = one.party.span.of(reading.article.text), one.name
            held.doubted[one.name] = (
                f"that {name} is “{part_name.replace('_', ' ')}” code cannot show"
            )
    return None


def _strangers(reading: Reading, named: Sequence[Filled], within: Span) -> bool:
    """Tell whether the sentence names a party that plays no part."""
    mine = [f.party for f in named if f.party is not None]
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


def _asked_again(
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


def _short(given: str) -> str:
    return f"“{_brief(given)}”"


def _brief(given: str) -> str:
    line = " ".join(given.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
