"""Judge a drafted item of a user's own section, field by field.

Refuted: words that the article does not have, a party that it does not name, a number
that is none, a denial that was cut off. Who plays which part is shown where the sentence
names nobody else who could, or says that this party does it; otherwise it is unconfirmed.
"""

import re
from collections.abc import Mapping

from schemas.evidence import Span
from schemas.sections import SectionDefinition
from summarizer.prompting.own import OwnDraft
from summarizer.proof import words
from summarizer.proof.own import fields, parts
from summarizer.proof.own.held import Held
from summarizer.reading import no_fact
from summarizer.reading.english.positions import gists
from summarizer.reading.reading import Reading
from summarizer.reading.values import Refusal


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
    # A small model rewords; it had one sentence, and each field is looked up in it.
    place = words.place_of(reading.article, draft.quote, draft.asked) or draft.asked
    if place is None:
        quote = fields.short(draft.quote)
        return Refusal("not_found", f"the text does not say {quote}")
    held = Held(place, reading.article.hull(place))
    first = reading.article.spans(place)[0]
    refusal = _not_told(reading, place, first, held) or (
        _filled(reading, definition, draft, held)
    )
    if refusal is not None:
        return refusal
    _mind_clauses(reading, definition, held)
    refusal = parts.show(reading, definition, held)
    return refusal or parts.ask_again(reading, held, answers or {})


def _filled(
    reading: Reading, definition: SectionDefinition, draft: OwnDraft, held: Held
) -> Refusal | None:
    """Fill the fields; one that must be filled and does not hold refuses the item."""
    for one in definition.fields:
        refusal = fields.fill(reading, one, draft.fields.get(one.name, ""), held)
        if refusal is not None and one.required:
            return refusal
        if refusal is not None:
            held.dropped[one.name] = refusal
    return None if held.fields else Refusal("empty", "no field is filled")


def _not_told(
    reading: Reading, place: Span, sentence: Span, held: Held
) -> Refusal | None:
    """Refuse what the sentence denies; say what makes it less than a fact."""
    text = reading.article.text
    if reading.has_grammar:
        widened = gists.with_negation(text, place, sentence)
        if widened != place:
            cut = text[widened.start : place.start].strip()
            return Refusal(
                "denied", f"the sentence says “{fields.brief(cut)}” before it"
            )
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
            held.reasons.append(f"{fields.short(said)} stands in another clause")


_NEXT_CLAUSE = re.compile(r"(?i);|,\s+(?:and|but|while|whereas|as|after|before)\s")
