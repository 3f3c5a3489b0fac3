"""Whether a sentence lets a given party say given words.

A directed look: the party and the words are known, and only whether they belong
together is asked. That is easier than finding a speaker, and errs less: a phrase that
no grammar here can read is simply not shown, and speaks against nobody.
"""

import re
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.proof.statements.cue_words import (
    cue_pattern,
    cues,
    stance_pattern,
    stances,
    told_of,
)
from summarizer.proof.statements.subjects import (
    ASIDE,
    BREAK,
    MOST_BETWEEN,
    TRAILING,
    disagree,
    is_finite,
    is_subject_behind,
    is_subject_of,
    stands_bare,
)
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Mention
from summarizer.text import quotes

_ACCORDING = re.compile(r"(?i)\b(?:according to|in the words of|in the view of)\s+")


_SAYING_NOUN = (
    r"(?:statements?|reports?|stud(?:y|ies)|surve?ys?|research|findings?|analysis|claims?|calls?|appeals?|demands?|"
    r"accusations?|allegations?|comments?|remarks?|words|letters?|announcements?|warnings?|criticism|objections?|plans?|"
    r"pledges?|promises?|offers?|proposals?|decisions?|rulings?|denials?|view|position|hopes?|fears?|doubts?|opinion|"
    r"estimates?|figures?|forecasts?|spokes\w+|lawyers?)"
)


_OWNED = re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,3}}{_SAYING_NOUN}\b")


_OF_ITS_OWN = (
    r"(?:statements?|words|view|position|opinion|remarks?|comments?|letters?|rulings?|decisions?|claims?|demands?|"
    r"proposals?|findings?|spokes\w+|lawyers?)"
)
"""Nouns whose "of" names who says it; "criticism of X" is aimed at X."""


_OF_NOUN = re.compile(
    rf"(?i)\b(?:{_SAYING_NOUN}\s+(?:\w+\s+){{0,2}}(?:by|from)|{_OF_ITS_OWN}\s+(?:\w+\s+){{0,2}}of)"
    r"\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,5}$"
)


_DONE_BY = re.compile(
    r"(?i)(?P<verb>\w+)\s+by\s+(?:the\s+|an?\s+)?(?:(?!of\b)[\w’'-]+\.?\s+){0,4}$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A phrase that a sentence shows to speak, and the word that shows it."""

    speaker: Mention
    cue: Span
    says: bool
    """True for verbs of saying, asking and taking a stand; "wants" may be told of it."""


def cue_of(text: str, sentence: Span, speaker: Mention) -> Span | None:
    """Find the word by which a sentence lets *speaker* say, hold or want something."""
    for cue in (*cues(text, sentence), *stances(text, sentence)):
        subject = (
            is_subject_of(text, speaker.span, cue)
            and not disagree(text, speaker, cue)
            and stands_bare(text, speaker.span, cue)
        )
        if subject or is_subject_behind(text, cue, speaker.span):
            return cue
    return _noun(text, sentence, speaker.span)


def _opener(text: str, sentence: Span, saying: list[Span]) -> Voice | None:
    """Read the words before a sentence's first verb of saying as its speaker.

    Only people and things that are told of here for the first time: "two people familiar
    with the matter", "Consumer groups". "Her opponents" may be anybody.
    """
    if not saying:
        return None
    cue = min(saying, key=lambda c: c.start)
    lead = ASIDE.sub(" ", text[sentence.start : cue.start])
    lead = TRAILING.sub("", lead.rsplit(",", 1)[-1]).strip()
    lead = re.sub(r"^(?:But|And|Meanwhile|However|Yet|So|Now)\s+", "", lead)
    many = lead.split()
    if not 1 <= len(many) <= MOST_BETWEEN or is_finite(lead) or BREAK.search(lead):
        return None
    head = re.split(r"\s(?:of|at|from|in|for|with|who|familiar|close|by|on)\s", lead)[0]
    plural = re.fullmatch(r"[A-Z][a-z-]+(?: [a-z-]+)*s|[A-Z]?[a-z]+ people", head)
    if not plural and not _INDEFINITE.match(lead):
        return None
    start = text.find(many[0], sentence.start, cue.start)
    if start < 0:
        return None
    span = Span(start=start, end=min(cue.start, start + len(lead)))
    return Voice(Mention(span, span, "described"), cue, says=True)


_INDEFINITE = re.compile(
    r"(?i)(?:an?|one|another|two|three|four|five|\d+|several|some|many|most|few|other|both)\s(?!of\b)"
)


def _noun(text: str, sentence: Span, who: Span) -> Span | None:
    """Find a noun of saying beside a phrase: "its report", "calls by", "according to"."""
    owned = _OWNED.match(text, who.end, sentence.end)
    lead = text[sentence.start : who.start]
    if owned is not None and len(lead) < _EARLY and not is_finite(lead):
        return Span.at(owned)
    before = text[sentence.start : who.start]
    noun, done = _OF_NOUN.search(before), _DONE_BY.search(before)
    if done is not None and not (
        cue_pattern().fullmatch(done["verb"])
        or stance_pattern().fullmatch(done["verb"])
        or (done["verb"] in _MADE and done.start() < _EARLY)
    ):
        done = None
    for found in filter(None, (noun, done)):
        return Span.at(found, sentence.start)
    for found in re.finditer(_ACCORDING, before):
        rest = before[found.end() :]
        if len(rest.split()) <= MOST_BETWEEN and not re.search(r"[,;:]|\.\s", rest):
            return Span.at(found, sentence.start)
    return None


_EARLY = 60
"""Code points from the start of a sentence in which "Campbell’s claims" may lead it."""


_MADE = frozenset(
    {
        "produced", "published", "released", "issued", "made", "written", "conducted",
        "carried out", "compiled", "drafted", "contained",
    }
)  # fmt: skip
"""What is done to a report by those who speak in it."""


def voices(directory: Directory, index: int) -> list[Voice]:
    """List who else a sentence shows to speak: the nearest phrase of each verb."""
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    here = _unquoted(directory, sentence)
    taking = stances(text, sentence)
    saying = cues(text, sentence)
    saying += [c for c in taking if c.of(text).lower() not in told_of()]
    opener = _opener(text, sentence, saying)
    found = [opener] if opener is not None else []
    for cue in (*saying, *(c for c in taking if c not in saying)):
        speaker = _speaker_of(text, here, cue)
        if speaker is not None:
            found.append(Voice(speaker, cue, cue in saying))
    return found


def _unquoted(directory: Directory, sentence: Span) -> list[Mention]:
    """List the phrases of a sentence that stand outside its quotations and asides."""
    text = directory.article.text
    inside = quotes.find(text, sentence)
    asides = [a.span() for a in ASIDE.finditer(text, sentence.start, sentence.end)]
    return [
        m
        for m in directory.within(sentence)
        if not m.nested
        and not any(q.start <= m.span.start < q.end for q in inside)
        and not any(a < m.span.start and m.span.end < b for a, b in asides)
    ]


def _speaker_of(text: str, here: list[Mention], cue: Span) -> Mention | None:
    """Return the nearest phrase before a verb that is its subject, or the one behind it."""
    before = [m for m in here if is_subject_of(text, m.span, cue)]
    if before:
        return None if disagree(text, before[-1], cue) else before[-1]
    after = (
        m for m in here if m.form != "pronoun" and is_subject_behind(text, cue, m.span)
    )
    return next(after, None)
