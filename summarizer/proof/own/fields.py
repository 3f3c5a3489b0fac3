"""Find the words of a field in the article, and say what of it is not shown."""

import re
from collections.abc import Sequence

from schemas.briefing import When
from schemas.evidence import Span
from schemas.sections import FieldDefinition
from summarizer.proof import parties, words
from summarizer.proof.own.held import Filled, Held
from summarizer.reading import timing
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention, Refusal
from summarizer.text import counts, quantities
from summarizer.text.locate import locate


def fill(
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
        return Refusal("choice", f"{one.name} has no {short(given)} in its list")
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
        return Refusal("not_found", f"the text names no {short(given)}")
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
        return Refusal("not_found", f"the text does not say {short(given)}")
    if one.kind == "verbatim" and not _TELLING.search(span.of(text)):
        return Refusal("empty", f"{short(given)} says nothing by itself")
    if one.kind == "number":
        span = quantities.qualified(text, span)
        if not _has_number(span.of(text)):
            return Refusal("number", f"{short(given)} is no number")
    if one.kind == "date" and when(reading, span) is None:
        return Refusal("date", f"{short(given)} is no time that code can read")
    if is_far:
        held.reasons.append(f"{short(given)} stands in another sentence")
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


def _has_number(said: str) -> bool:
    return quantities.read(said)[0] is not None or bool(counts.spans(said))


def short(given: str) -> str:
    """Quote the words of a field in one line."""
    return f"“{brief(given)}”"


def brief(given: str) -> str:
    """Cut words to a line of 60 code points."""
    line = " ".join(given.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
