"""Who goes on speaking in a sentence that names nobody: "he", or a quotation that runs on."""

import re
from dataclasses import dataclass
from typing import Literal

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.proof.statements import cue_words, speakers
from summarizer.reading.reading import Reading
from summarizer.reading.values import Attribution, Mention
from summarizer.text import quotes

_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|attorneys?|representatives?|statements?|reports?|stud(?:y|ies)|surveys?|polls?|research|analysis|"
    r"documents?|letters?|rulings?|results|figures|findings|data|records|notes|company|firm|group|filings?|press)\b"
)


def names(text: str, speaker: Mention, sentences: list[Span]) -> bool:
    """Tell whether a phrase of these sentences can only mean a party of its own.

    A name does, and so do "two people" and "the administration officials". "He", "the
    firm", "The American", "a spokesman" and "a report" may stand for somebody named
    elsewhere.
    """
    if not any(speaker.span.within(s) for s in sentences):
        return False
    phrase = speaker.span.of(text).lower()
    if speaker.form == "name":
        alone = " " not in speaker.core.of(text)
        before = text[max(0, speaker.span.start - 4) : speaker.span.start].lower()
        return not (alone and (before == "the " or phrase.startswith("the ")))
    if speaker.form == "pronoun" or _SPEAKS_FOR.search(phrase):
        return False
    if re.match(r"(?:its|his|her|their|our|this|that|these|those)\b", phrase):
        return False
    core = speaker.core.of(text)
    before = text[max(0, speaker.span.start - 8) : speaker.span.start] + phrase
    first = re.search(
        r"(?i)\b(?:an?|one|another|some|two|three)\s+\S*$|^.{0,9}\b(?:an?|one|another|some|two)\s",
        before,
    )
    return core.endswith(("s", "people", "men", "women", "police")) or first is not None


NEAR = 4
"""Sentences before the words in which their speaker is looked for: a paragraph or two."""


BEHIND = 2
"""Sentences behind the words in which it may stand: the name under a letter."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the article shows of a party and words."""

    verdict: Literal["supported", "unconfirmed", "refuted"]
    reason: str = ""
    said: Attribution | None = None
    """The statement as the form of the sentence has it, when it agrees."""

    speaker: Mention | None = None
    """The phrase that is shown to speak."""

    cue: Span | None = None
    """The word that shows it."""


def from_before(reading: Reading, holder: Mention, index: int) -> Finding:
    """Judge words whose own sentence names no speaker: those before tell, if any."""
    article, directory = reading.article, reading.directory
    name = holder.span.of(article.text)
    kind = _goes_on(reading, holder, index)
    for before in range(index - 1, max(-1, index - 1 - NEAR), -1):
        span = article.sentences[before].span
        if parties.is_in(directory, holder, span):
            if kind and _continues(reading, holder, index, before, kind):
                return Finding("supported")
            reason = f"who says this is only told before, where {name} is named"
            return Finding("unconfirmed", reason)
        said = [s for s in reading.said_in(before) if s.speaker is not None]
        told = said[-1].speaker if said else None
        if kind == "quotation" and told and names(article.text, told, [span]):
            other = told.span.of(article.text)
            reason = f"{other} speaks here, and {name} is not named since"
            return Finding("refuted", reason)
    for after in range(index + 1, min(len(article.sentences), index + 1 + BEHIND)):
        span = article.sentences[after].span
        if parties.is_in(directory, holder, span):
            reason = f"{name} is named only behind these words"
            return Finding("unconfirmed", reason)
    if _is_reported(reading, index) and not _may_mean(reading, index, kind):
        reason = f"others speak here, and {name} is not named near these words"
        return Finding("refuted", reason)
    return Finding("unconfirmed", f"{name} is not named near these words")


def _may_mean(reading: Reading, index: int, kind: str) -> bool:
    """Tell a pronoun that fits nobody who spoke just before: it means one further back."""
    if kind != "pronoun":
        return False
    words_of = reading.article.words(index).lower()
    person = re.search(r"\b(?:he|she)\b", words_of) is not None
    for before in range(index - 1, max(-1, index - 1 - NEAR), -1):
        for said in reading.said_in(before):
            who = said.speaker
            if who is None or who.form != "name":
                continue
            is_person = reading.directory.meant(who).kind == "person"
            if is_person == person:
                return False
    return True


_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me)\b")


_ATTRIBUTED = 3
"""Sentences before one within which reporting attributes something to somebody."""


def _is_reported(reading: Reading, index: int) -> bool:
    """Tell reporting, which names its speakers, from a speech, a letter, an interview."""
    text, sentence = reading.article.text, reading.article.sentences[index].span
    inside = quotes.find(text, sentence)
    first_person = any(
        not any(q.start <= m.start() < q.end for q in inside)
        for m in _FIRST_PERSON.finditer(text, sentence.start, sentence.end)
    )
    if first_person:
        return False
    before = range(max(0, index - _ATTRIBUTED), index)
    told = any(s.speaker is not None for i in before for s in reading.said_in(i))
    quoted = any(q.overlaps(sentence) for q in reading.quotations)
    saying = cue_words.cues(text, sentence)
    return (told and quoted) or any(
        v.cue in saying for v in speakers.voices(reading.directory, index)
    )


_SUBJECT = 40
"""Code points from the start of a sentence in which its subject is named."""


def _continues(
    reading: Reading, holder: Mention, index: int, before: int, kind: str
) -> bool:
    """Tell whether a party named before is the one who goes on speaking."""
    article, directory = reading.article, reading.directory
    said = [s.speaker for s in reading.said_in(before) if s.speaker is not None]
    last = bool(said) and parties.is_one(directory, holder, said[-1])
    if kind == "quotation":
        return last
    span = article.sentences[before].span
    lead = Span(start=span.start, end=min(span.end, span.start + _SUBJECT))
    opens = any(
        m.span.overlaps(lead) for m in parties.named_in(directory, holder, span)
    )
    return (last or opens) and is_sole(reading, holder, index)


def is_sole(reading: Reading, holder: Mention, index: int) -> bool:
    """Tell whether a party is the only one that the sentences just before name.

    Of its kind: beside a person only people count, beside another only others.

    Args:
        reading: The article.
        holder: The party.
        index: The sentence with "he", "the firm" or a quotation that goes on.
    """
    article, directory = reading.article, reading.directory
    is_person = directory.meant(holder).kind == "person"
    for before in range(index - 1, max(-1, index - 1 - NEAR), -1):
        span = article.sentences[before].span
        named = [
            m
            for m in directory.within(span)
            if not m.nested
            and m.form == "name"
            and (directory.meant(m).kind == "person") == is_person
        ]
        if any(not parties.is_one(directory, holder, m) for m in named):
            return False
        if parties.is_in(directory, holder, span):
            return True
    return False


_EXPLETIVE = re.compile(
    r"(?i)it\s+(?:is|was|seems?|appears?|would be|will be|may be)\b"
)
"""An "it" that stands for nobody: "It is not that they are right"."""


_MOSTLY = 0.6
"""Share of a sentence that is quoted, from which it goes on with a quotation."""


def _goes_on(
    reading: Reading, holder: Mention, index: int
) -> Literal["quotation", "pronoun", "description", ""]:
    """Tell whether a sentence goes on with a speaker before it, and by what.

    Returns:
        quotation when it is nothing else, pronoun for "he said", description for "the
        firm said"; "" when its form tells nothing.
    """
    text, sentence = reading.article.text, reading.article.sentences[index].span
    voices = speakers.voices(reading.directory, index)
    if voices:
        return _kind_of(reading, holder, voices[0].speaker)
    quoted = sum(
        min(q.end, sentence.end) - max(q.start, sentence.start)
        for q in reading.quotations
        if q.overlaps(sentence)
    )
    if quoted > _MOSTLY * (sentence.end - sentence.start):
        return "quotation" if not cue_words.cues(text, sentence) else ""
    said = sentence.of(text).lstrip("“\"‘' ")
    if _EXPLETIVE.match(said):
        return ""
    first = said.split(maxsplit=1)
    starts = bool(first) and first[0].lower() in {"he", "she", "they", "it"}
    return "pronoun" if starts else ""


def _kind_of(
    reading: Reading, holder: Mention, speaker: Mention
) -> Literal["pronoun", "description", ""]:
    """Tell whether a speaker's phrase stands for a party named before."""
    text = reading.article.text
    words = speaker.span.of(text).lower()
    if speaker.form == "pronoun":
        return "pronoun" if words in {"he", "she", "they", "it"} else ""
    head = speaker.core.of(text).lower().rsplit(maxsplit=1)[-1]
    known = reading.directory.meant(holder)
    own = f"{known.name} {known.role or ''}".lower().split()
    return "description" if words.startswith("the ") and head in own else ""
