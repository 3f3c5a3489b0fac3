"""Who asks whom for what, read from the form of the sentence.

Active ("A urged B to …", "A is seeking B’s help"), passive ("B was asked by A to …"),
nominal ("A’s appeal to B for …") and modal ("A said B must …"). What is only a
condition, denied, or told to the reader is no request. A model's word on the
direction is compared with this.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import islice

from schemas.evidence import Span
from schemas.terms import Force
from summarizer.reading import no_fact
from summarizer.reading.english import sentence, verbs
from summarizer.reading.english.asking import askers, content, receivers, several
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Attribution, Bar, Frame, Mention, Voice
from summarizer.sources import Article
from summarizer.text import words

MOST_CUES = 12
"""Verbs, and nouns, of asking that are read in one sentence; more make a list."""

_MODALS = {"must", "should", "need to", "needs to", "ought to"}
_QUESTION_MARK = re.compile(r"\?\s*$")
_QUESTION = re.compile(r"(?i)\s+(?:whether|if|about|why|how|what|when|where|who)\b")
_PLANNED = re.compile(
    r"(?i)\b(?:plan(?:s|ned|ning)? to|intend(?:s|ed)? to|will|is to|are to|about to|would|expected to|due to|set to|considering|wants? to)\s+(?:\w+\s+)?$"
)
_AT_LARGE = re.compile(
    r"(?i)(?:call(?:s|ed|ing)? for|demand(?:s|ed|ing)?(?: that)?)\s+(?![“\"‘])\S+\s+\S+"
)
"""What may ask nobody by name: "called for a ceasefire"."""

_NOUN_LIKE = frozenset(
    [
        "request", "requests", "appeal", "appeals", "call", "calls", "demand", "demands",
        "order", "orders", "press", "petition", "bid", "plea",
    ]
)  # fmt: skip
_BEFORE_NOUN = re.compile(
    r"(?i)\b(?:an?|the|this|that|its|his|her|their|’s|'s|of|new|for|to)\s+$"
)
_BEFORE_VERB = re.compile(
    r"(?i)\b(?:plans?|planned|intends?|wants?|is|continues?|going|expected|decided|used|trying|of)\s+(?:to\s+)?$"
)
_BEFORE = 12
"""Code points before a word in which an article shows that it is a noun."""

_OWNED_THING = re.compile(
    rf"[’']s?\s+(?!(?:\w+\s+){{0,2}}(?:{receivers.HELP})\b)(?:\w+\s+){{1,3}}to\s"
)
_BY = re.compile(r"\s+(?:\w+\s+){0,2}?by\s+(?:the\s+|an?\s+)?")
_NEGATED = re.compile(r"\s+(?:never|not\s+have|have)\b")
_DAY = r"(?:\s+(?:\w+day|today|yesterday))?"
_TO_WHOM = re.compile(rf"{_DAY}\s+(?:to|on)\s+(?:the\s+|an?\s+)?")
_FOR_WHAT = re.compile(rf"{_DAY}\s+(?:for|that)\b")
_THAT_THEY = re.compile(rf"{_DAY}\s+that\s+(?:the\s+)?")
_NOUN_STOP = re.compile(
    r"\s(?:has|have|had|was|were|is|are|went|came|follow(?:s|ed)|remain(?:s|ed)?)\s"
)


def find(
    article: Article, index: int, said: list[Attribution], proper: frozenset[str]
) -> list[Frame]:
    """Find the requests in one sentence.

    Args:
        article: The article.
        index: The sentence.
        said: The statements that this sentence ascribes to somebody.
        proper: Words that the article capitalises inside sentences.

    Returns:
        Frames in order of their cue; barred ones are among them.
    """
    span = article.sentences[index].span
    if _QUESTION_MARK.search(article.text, span.start, span.end):
        return []  # "Why did Britain ask Chad to leave?" tells of nothing
    here = sentence.read(article, index, proper, said)
    every = [
        one
        for frame in _read(here)
        if frame is not None
        for way in several.both_ways(here, frame)
        for asked in several.each_asked(here, way)
        for one in several.each_thing(here, asked)
    ]
    return sorted(every, key=lambda f: f.cue.start)


def _read(here: Sentence) -> list[Frame | None]:
    """Read each verb of asking, then each noun."""
    pattern, force_of = _verb_cues()
    verb_cues = _cues(here, pattern)
    nouns = _cues(here, words.pattern("requests", "nominal"))
    forces = (force_of[cue.of(here.text).lower()] for cue in verb_cues)
    found = [_at_verb(here, *one) for one in zip(verb_cues, forces, strict=True)]
    return [*found, *(_at_noun(here, cue) for cue in nouns)]


def _cues(here: Sentence, pattern: re.Pattern[str]) -> list[Span]:
    places = pattern.finditer(here.text, here.span.start, here.span.end)
    return [Span.at(m) for m in islice(places, MOST_CUES)]


@cache
def _verb_cues() -> tuple[re.Pattern[str], dict[str, Force]]:
    modal = {"must", "should", "need to", "ought to"}
    forces: tuple[Force, ...] = ("request", "call", "demand")
    listed: dict[str, Force] = {
        form: force
        for force in forces
        for verb in words.lists("requests")[force]
        for form in ([verb] if verb in modal else words.forms(verb))
    }
    return words.compiled(map(re.escape, listed)), listed


def _at_verb(here: Sentence, cue: Span, force: Force) -> Frame | None:
    """Read the request at a verb of asking."""
    word = cue.of(here.text).lower()
    if word in _MODALS:
        return _modal(here, cue, force)
    was = verbs.PASSIVE_BEFORE.search(here.before(cue.start))
    if not word.endswith("ing") and was is not None:
        return _passive(here, cue, force, here.span.start + was.start())
    if word in _NOUN_LIKE and _is_noun(here, cue):
        return None  # "the request"
    by = askers.subject(here, cue.start)
    if by is None:
        return _imperative(here, cue, force)
    to, what = receivers.after_verb(here, cue, word)
    if what is None and to is None:
        return None
    if to is not None and _OWNED_THING.match(here.text, to.span.end, here.span.end):
        return None  # "asked Iran's allies to leave" asks nothing of Iran
    if to is not None and _QUESTION.match(here.text, to.span.end, here.span.end):
        return None
    return _frame(here, cue, "active", force, by, to, what)


def _is_noun(here: Sentence, cue: Span) -> bool:
    """Tell a noun by the word before it; "plans to" leads to a verb."""
    near = here.text[max(here.span.start, cue.start - _BEFORE) : cue.start]
    is_verb = _BEFORE_VERB.search(here.before(cue.start)) is not None
    return not is_verb and _BEFORE_NOUN.search(near) is not None


def _at_noun(here: Sentence, cue: Span) -> Frame | None:
    """Read the request that a noun names: "A’s appeal to B for …"."""
    by, end = askers.of_noun(here, cue)
    if by is None:
        return None
    to: Mention | None = None
    tail = here.after(end)
    if (to_whom := _TO_WHOM.match(tail)) is not None:
        to = receivers.first_at(here, end + to_whom.end(), slack=1)
        end = to.span.end if to is not None else end
    if to is None and not _FOR_WHAT.match(tail):
        return None
    what = content.after(here, end, _NOUN_STOP)
    if to is None and (that := _THAT_THEY.match(tail)):
        to = receivers.first_at(here, end + that.end(), slack=1)
        what = content.after(here, to.span.end) if to is not None else what
    return _frame(here, cue, "nominal", _noun_force(cue.of(here.text)), by, to, what)


def _noun_force(noun: str) -> Force:
    if re.match(r"(?i)demand|ultimatum|order", noun):
        return "demand"
    return "call" if re.match(r"(?i)call|appeal|plea", noun) else "request"


def _modal(here: Sentence, cue: Span, force: Force) -> Frame | None:
    """Read "A said B must …"."""
    speaker, subject = askers.speaker_at(here, cue), askers.subject(here, cue.start)
    to = several.first_of_row(here, subject) if subject is not None else None
    if speaker is None or to is None or to.form == "pronoun":
        return None
    if to.span.overlaps(speaker.span) or _NEGATED.match(here.text, cue.end):
        return None
    what = content.after(here, cue.end)
    return _frame(here, cue, "modal", force, speaker, to, what)


def _passive(here: Sentence, cue: Span, force: Force, was: int) -> Frame | None:
    """Read "B was asked by A to …"."""
    link = _BY.match(here.text, cue.end, here.span.end)
    by = receivers.first_at(here, link.end(), slack=2) if link is not None else None
    if by is None:
        return None
    to, what = askers.subject(here, was), content.after(here, by.span.end)
    return _frame(here, cue, "passive", force, by, to, what)


def _imperative(here: Sentence, cue: Span, force: Force) -> Frame | None:
    """Read what is told to the reader, at the start of a sentence."""
    if cue.start > here.span.start + 2:
        return None
    what = content.after(here, cue.end)
    return replace(_frame(here, cue, "active", force, None, None, what), bar="reader")


def _frame(
    here: Sentence,
    cue: Span,
    voice: Voice,
    force: Force,
    by: Mention | None,
    to: Mention | None,
    what: Span | None,
) -> Frame:
    before = here.before(cue.start)
    speaker = askers.speaker_at(here, cue)
    if by is not None and by.form == "pronoun":
        by = askers.meant(here, by, speaker)
    planned = voice != "modal" and _PLANNED.search(before) is not None
    if to is not None and by is not None and to.span == by.span:
        to = None
    return Frame(
        here.index,
        cue,
        voice,
        force,
        by,
        to,
        what,
        "planned" if planned else "actual",
        None if voice == "modal" else askers.teller(here, speaker, by),
        _bar(before),
        at_large=what is not None
        and _AT_LARGE.match(here.text, cue.start, what.end) is not None,
    )


def _bar(before: str) -> Bar | None:
    """Tell what the first words that bar a request make of it; None without any."""
    for row, _ in no_fact.before_request(before):
        return "condition" if row.check == "condition" else "denied"
    return None
