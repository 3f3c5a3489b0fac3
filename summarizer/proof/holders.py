"""Who says or holds given words: a draft's party against what the article shows.

Refuted only where the article gives the words to another *named* party and names the
draft's party nowhere near them. A pronoun, "the firm", an unknown verb or a missing
comma refutes nobody.
"""

import re
from dataclasses import dataclass
from typing import Literal

from schemas.evidence import Span
from summarizer.proof import parties, speakers
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import Attribution, Mention
from summarizer.text import quotes

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


def judge(reading: Reading, holder: Mention, place: Span) -> Finding:
    """Judge whether *holder* says or holds the words at *place*."""
    article, directory = reading.article, reading.directory
    text, name = article.text, holder.span.of(article.text)
    touched = article.touched(place)
    sentences = [article.sentences[i].span for i in touched]
    here = [m for s in sentences for m in parties.named_in(directory, holder, s)]
    if any(holder.span.within(s) for s in sentences):
        here.append(holder)
    met = [
        s
        for i in touched
        for s in reading.said_in(i)
        if s.content.overlaps(place) or s.cue.within(place)
    ]
    rivals = _rivals(reading, holder, touched)
    for said in met:
        if _is_said_by(reading, said, holder, sentences, rivals):
            return Finding("supported", "", said, said.speaker, said.cue)
    others = [
        s.speaker
        for s in met
        if s.speaker
        and _names(text, s.speaker, sentences)
        and speakers.stands_bare(text, s.speaker.span, s.cue)
    ]
    if reading.lexicon is not None:
        return _listed(reading, name, others, here)
    own = [
        (m, cue)
        for m in here
        for s in sentences
        if m.span.within(s) and (cue := speakers.cue_of(text, s, m)) is not None
    ]
    if own and not _nearer([cue for _, cue in own], rivals, place):
        who, word = min(own, key=lambda one: _distance(one[1], place))
        return Finding("supported", speaker=who, cue=word)
    inside = Span(start=place.start + 1, end=place.end)  # behind the mark itself
    if _opens(text, place, here, rivals) and not reading.is_quoted(inside):
        return Finding("supported")
    if _is_authors(reading, holder, touched, place) and not others and not rivals:
        return Finding("supported")
    if here and not _only_told_of(text, here, met, rivals, place, speaks=bool(own)):
        reason = f"the sentence names {name}, but not plainly as the one who says this"
        return Finding("unconfirmed", reason)
    if named := _rival(text, others, rivals, place):
        reason = (
            f"the sentence gives these words to {named.span.of(text)}, not to {name}"
        )
        return Finding("refuted", reason)
    return _from_before(reading, holder, touched[0] if touched else 0)


def _is_authors(
    reading: Reading, holder: Mention, touched: tuple[int, ...], place: Span
) -> bool:
    """Tell the words of a statement by one party, where nobody else is made to speak."""
    author = reading.author
    return (
        author is not None
        and parties.is_one(reading.directory, holder, author)
        and not reading.is_quoted(Span(start=place.start + 1, end=place.end))
        and not any(speakers.voices(reading.directory, i) for i in touched)
    )


def _only_told_of(
    text: str,
    here: list[Mention],
    met: list[Attribution],
    rivals: list[speakers.Voice],
    place: Span,
    *,
    speaks: bool,
) -> bool:
    """Tell whether a party stands only inside what another is shown to say.

    Not so for "X said that H had …", where it may be H's view that is told.
    """
    if speaks:
        return False
    told = [s.content for s in met if any(v.cue == s.cue for v in rivals)]
    if told:
        return all(
            any(m.span.within(c) and m.span.start - c.start > _OPENING for c in told)
            for m in here
        )
    first = next((v for v in rivals if v.says and v.speaker.span.within(place)), None)
    if first is None or text[place.start : first.speaker.span.start].count(" ") > 2:
        return False
    return all(m.span.start > first.cue.end + _OPENING for m in here)


_OPENING = 12
"""Code points from the start of a statement in which its subject stands."""


def _is_said_by(
    reading: Reading,
    said: Attribution,
    holder: Mention,
    sentences: list[Span],
    rivals: list[speakers.Voice],
) -> bool:
    """Tell whether the form of a sentence ascribes a statement to a party."""
    mine = [m for m in (said.speaker, said.via) if m is not None]
    if not any(parties.is_one(reading.directory, holder, m) for m in mine):
        return False
    if any(m.span.within(s) for m in mine for s in sentences):
        return True
    # "he", or a quotation that goes on: only where nobody else may be meant.
    if said.form == "direct" and said.cue.end <= sentences[0].start:
        told_in = reading.article.index_at(said.cue.start)
        where = reading.article.sentences[told_in or 0].span
        return not rivals and any(m.span.within(where) for m in mine)
    text = reading.article.text
    pronoun = re.search(
        r"(?i)\b(?:he|she|they|it)\s+(?:\w+\s+)?$", text[: said.cue.start]
    )
    sole = is_sole(reading, holder, said.sentence, persons=None)
    return not rivals and pronoun is not None and sole


def _rivals(
    reading: Reading, holder: Mention, touched: tuple[int, ...]
) -> list[speakers.Voice]:
    """List the other named parties that the sentences show to speak."""
    if reading.lexicon is not None:
        return []
    text = reading.article.text
    spans = [reading.article.sentences[i].span for i in touched]
    return [
        v
        for i in touched
        for v in speakers.voices(reading.directory, i)
        if _names(text, v.speaker, spans)
        and speakers.stands_bare(text, v.speaker.span, v.cue)
        and not parties.is_one(reading.directory, holder, v.speaker)
        and not parties.shares_words(text, holder, v.speaker)
    ]


def _names(text: str, speaker: Mention, sentences: list[Span]) -> bool:
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


_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|attorneys?|representatives?|statements?|reports?|stud(?:y|ies)|surveys?|polls?|research|analysis|"
    r"documents?|letters?|rulings?|results|figures|findings|data|records|notes|company|firm|group|filings?|press)\b"
)


def _listed(
    reading: Reading, name: str, others: list[Mention], here: list[Mention]
) -> Finding:
    if others and not here:
        other = others[0].span.of(reading.article.text)
        return Finding(
            "refuted", f"the sentence gives these words to {other}, not to {name}"
        )
    return Finding(
        "unconfirmed", f"the sentence does not plainly show that {name} says this"
    )


def _nearer(own: list[Span], rivals: list[speakers.Voice], place: Span) -> bool:
    """Tell whether another named party's verb stands as near to the words, or before."""
    nearest = min(_distance(cue, place) for cue in own)
    return any(_distance(v.cue, place) <= nearest for v in rivals)


def _distance(cue: Span, place: Span) -> int:
    if cue.overlaps(place):
        return 0 if cue.within(place) else 1
    return max(place.start - cue.end, cue.start - place.end, 1)


def _opens(
    text: str, place: Span, here: list[Mention], rivals: list[speakers.Voice]
) -> bool:
    """Tell whether the words begin with the holder: the article says it of them."""
    for mention in here:
        if not place.start <= mention.span.start < place.end:
            continue
        lead = text[place.start : mention.span.start]
        before = any(v.speaker.span.start < mention.span.start for v in rivals)
        if (
            len(lead.split()) <= _LEAD_WORDS
            and not re.search(r"\bthat\b", lead)  # "He said that Lind …"
            and not any(verbs.is_finite(w.lower()) for w in lead.split())
            and not set(lead) & set('“"”')
            and not before
        ):
            return True
    return False


_LEAD_WORDS = 3
"""Words before a subject: "But the", "On Monday the"."""


def _rival(
    text: str, others: list[Mention], rivals: list[speakers.Voice], place: Span
) -> Mention | None:
    """Find who else plainly says the words.

    Of whom the words themselves speak is no rival, unless they begin with them.
    """
    framing = [v.speaker for v in rivals if v.says and _frames(text, v, place)]
    if others:
        return others[0]
    return framing[0] if framing else None


def _frames(text: str, voice: speakers.Voice, place: Span) -> bool:
    """Tell whether a speaker stands around the words, or begins or ends them."""
    who, cue = voice.speaker.span, voice.cue
    start, end = min(who.start, cue.start), max(who.end, cue.end)
    if not who.within(place):
        return -_CLOSE < place.start - end < _CLOSE or 0 <= start - place.end < _CLOSE
    lead = text[place.start : who.start]
    if len(lead.split()) <= _LEAD_WORDS and " that" not in lead:
        return True
    plain = speakers.is_plain(cue.of(text))
    return plain and not text[end : place.end].strip(' .,”"')


_CLOSE = 60
"""Code points between the words and "X said" beside them."""


def _from_before(reading: Reading, holder: Mention, index: int) -> Finding:
    """Judge words whose own sentence names no speaker: those before tell, if any."""
    article, directory = reading.article, reading.directory
    name = holder.span.of(article.text)
    kind = _goes_on(reading, holder, index)
    for before in range(index - 1, max(-1, index - 1 - NEAR), -1):
        span = article.sentences[before].span
        mine = parties.named_in(directory, holder, span)
        if mine or holder.span.within(span):
            if kind and _continues(reading, holder, index, before, kind):
                return Finding("supported")
            reason = f"who says this is only told before, where {name} is named"
            return Finding("unconfirmed", reason)
        said = [s for s in reading.said_in(before) if s.speaker is not None]
        told = said[-1].speaker if said else None
        if kind == "quotation" and told and _names(article.text, told, [span]):
            other = told.span.of(article.text)
            reason = f"{other} speaks here, and {name} is not named since"
            return Finding("refuted", reason)
    for after in range(index + 1, min(len(article.sentences), index + 1 + BEHIND)):
        span = article.sentences[after].span
        if parties.named_in(directory, holder, span) or holder.span.within(span):
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
            is_person = parties.known(reading.directory, who).kind == "person"
            if is_person == person:
                return False
    return True


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
    saying = speakers.cues(text, sentence)
    return (told and quoted) or any(
        v.cue in saying for v in speakers.voices(reading.directory, index)
    )


_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me)\b")
_ATTRIBUTED = 3
"""Sentences before one within which reporting attributes something to somebody."""


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
    return (last or opens) and is_sole(reading, holder, index, persons=None)


_SUBJECT = 40
"""Code points from the start of a sentence in which its subject is named."""


def is_sole(
    reading: Reading, holder: Mention, index: int, *, persons: bool | None
) -> bool:
    """Tell whether a party is the only one that the sentences just before name.

    Args:
        reading: The article.
        holder: The party.
        index: The sentence with "he", "the firm" or a quotation that goes on.
        persons: Whether only people count, or only others; None for the holder's kind.
    """
    article, directory = reading.article, reading.directory
    is_person = parties.known(directory, holder).kind == "person"
    wanted = is_person if persons is None else persons
    for before in range(index - 1, max(-1, index - 1 - NEAR), -1):
        span = article.sentences[before].span
        named = [
            m
            for m in directory.within(span)
            if not m.nested
            and m.form == "name"
            and (parties.known(directory, m).kind == "person") == wanted
        ]
        if any(not parties.is_one(directory, holder, m) for m in named):
            return False
        if parties.named_in(directory, holder, span) or holder.span.within(span):
            return True
    return False


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
        return "quotation" if not speakers.cues(text, sentence) else ""
    said = sentence.of(text).lstrip("“\"‘' ")
    if _EXPLETIVE.match(said):
        return ""
    first = said.split(maxsplit=1)
    starts = bool(first) and first[0].lower() in {"he", "she", "they", "it"}
    return "pronoun" if starts else ""


_EXPLETIVE = re.compile(
    r"(?i)it\s+(?:is|was|seems?|appears?|would be|will be|may be)\b"
)
"""An "it" that stands for nobody: "It is not that they are right"."""

_MOSTLY = 0.6
"""Share of a sentence that is quoted, from which it goes on with a quotation."""


def _kind_of(
    reading: Reading, holder: Mention, speaker: Mention
) -> Literal["pronoun", "description", ""]:
    """Tell whether a speaker's phrase stands for a party named before."""
    text = reading.article.text
    words = speaker.span.of(text).lower()
    if speaker.form == "pronoun":
        return "pronoun" if words in {"he", "she", "they", "it"} else ""
    head = speaker.core.of(text).lower().rsplit(maxsplit=1)[-1]
    known = parties.known(reading.directory, holder)
    own = f"{known.name} {known.role or ''}".lower().split()
    return "description" if words.startswith("the ") and head in own else ""
