"""Part a sentence into its statement and the words that say whose it is.

Asked only of words that a draft gives to a known party: "the report concluded that …",
"…, says a study", "he estimates …". What is known makes the look easy: any verb before
"that" is a frame there, whatever it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.proof.statements import cue_words
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention
from summarizer.text import words

_MOST_LEAD = 30
"""Words before "that", from which it is no frame any more."""

_FEWEST = 3
"""Words of a statement at least."""

_THAT = re.compile(r"\s+that\s+(?=\S)")
_PRONOUN = re.compile(r"(?i)(?:he|she|they|it|this|that|these|those)\b")
_BESIDE = re.compile(
    r"(?:\s+(?:also|then|later|again|only|earlier|today|yesterday|on\s+[A-Z]\w+day|(?:last|this)\s+\w+|"
    r"in an? [\w\s]{1,40}?(?:statement|interview|report|letter|speech))\b)*\s*[,:]?\s*"
)
_ADDRESSED = re.compile(
    r"\s+(?:reporters|journalists|parliament|lawmakers|(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+[A-Z][\w.&’'-]*){0,4})"
)
_TELLS = re.compile(
    r"(?i)(?:told|tells|tell|telling|reminded|informed|warned|assured)$"
)


@dataclass(frozen=True, slots=True)
class Framed:
    """A statement and the word by which its sentence ascribes it."""

    content: Span
    cue: Span


def find(reading: Reading, holder: Mention, place: Span) -> Framed | None:
    """Find the frame before a statement, or behind it.

    Args:
        reading: The article.
        holder: Whose statement it is said to be.
        place: The words, with or without their frame.

    Returns:
        The statement, up to the end of *place*; None where no frame is seen, or its
        subject is another named party.
    """
    if not reading.has_grammar:
        return None
    text = reading.article.text
    first = reading.article.spans(place)[0]
    within = Span(start=max(first.start, place.start), end=min(first.end, place.end))
    before = _before(reading, holder, within)
    if before is not None:
        return Framed(Span(start=before.content.start, end=place.end), before.cue)
    last = reading.article.spans(place)[-1]
    within = Span(start=max(last.start, place.start), end=min(last.end, place.end))
    behind = _behind(reading, holder, within)
    if behind is None or not verbs.has_clause(text[place.start : behind.start]):
        return None
    border = text[: behind.start].rstrip(" ,–—-")
    return Framed(Span(start=place.start, end=len(border)), behind)


def _before(reading: Reading, holder: Mention, within: Span) -> Framed | None:
    """Read "X concluded that S" and "X said S": the frame that ends first."""
    plain = next(_before_clause(reading, holder, within), None)
    that = next(_before_that(reading, holder, within), None)
    if plain is None or that is None:
        return plain or that
    between = reading.article.text[plain.cue.end : that.cue.end]
    return plain if verbs.has_clause(between) else that  # "told aides that"


def _before_that(reading: Reading, holder: Mention, within: Span) -> Iterator[Framed]:
    text = reading.article.text
    for that in _THAT.finditer(text, within.start, within.end):
        if that.start() == within.start:
            continue
        lead = Span(start=within.start, end=that.start())
        content = Span(start=that.end(), end=within.end)
        if len(lead.of(text).split()) > _MOST_LEAD:
            return
        said = lead.of(text)
        if _NO_FRAME.search(said) or len(content.of(text).split()) < _FEWEST:
            continue  # "back on that notion", "given that"
        if _RELATIVE_TO.search(said) and not _VIEW.search(said):
            continue  # "is against a freeze that …"
        if _is_frame(reading, holder, lead) and not hangs(text, content):
            cue = Span(start=_last_word(text, lead), end=lead.end)
            if _DOUBTS.search(said):  # "is not optimistic that …" is all statement
                yield Framed(Span(start=lead.start, end=content.end), cue)
            else:
                yield _with_denial(text, content, cue)
            return


def _before_clause(reading: Reading, holder: Mention, within: Span) -> Iterator[Framed]:
    text = reading.article.text
    for cue in cue_words.cues(text, within) + cue_words.stances(text, within):
        if cue.start <= within.start or cue.end >= within.end or not states(text, cue):
            continue  # the verb itself is no lead, and what ends with it says nothing
        lead = Span(start=within.start, end=cue.end)
        at = cue.end
        if _TELLS.search(cue.of(text)) and (whom := _ADDRESSED.match(text, at)):
            at = whom.end()
        if at < within.end and (aside := _BESIDE.match(text, at, within.end)):
            at = aside.end()
        if at >= within.end:
            continue
        content = Span(start=at, end=within.end)
        if not stands_alone(text, content) or _PHRASE.match(content.of(text)):
            continue
        if _is_frame(reading, holder, lead):
            yield _with_denial(text, content, cue)


def _with_denial(text: str, content: Span, cue: Span) -> Framed:
    """Keep the verb that turns the statement round: "denied that it had asked"."""
    denies = words.verb_index("speech")[1].get(cue.of(text).lower()) in {
        "deny",
        "refuse",
    }
    start = cue.start if denies else content.start
    return Framed(Span(start=start, end=content.end), cue)


def states(text: str, cue: Span) -> bool:
    """Tell a verb that a statement follows from one with an object: "accused the firm"."""
    if _TAKES_OBJECT.fullmatch(cue.of(text)):
        return False
    act = words.verb_index("speech")[1].get(cue.of(text).lower())
    return act in _STATING if act is not None else True


_TAKES_OBJECT = re.compile(
    r"(?i)\w+ing|(?:consider|describe|mention|signal|recount|want|like|love)\w*|"
    r"sees?|saw|seen|kn(?:ow|ows|ew|own)"
)
"""Verbs that a thing follows, or that hang on another: "consider a pause", "saying"."""

_STATING = frozenset(
    {"assert", "announce", "claim", "warn", "deny", "commit", "threaten"}
)

_PHRASE = re.compile(
    r"(?:to|that|of|by|for|with|in|on|as|at|and|or|whether|against|about|over|into|upon|towards?)\b"
)
"""What follows a verb and is no clause of its own."""


_NO_FRAME = re.compile(
    r"(?i)\b(?:on|of|in|at|by|for|with|to|as|than|from|about|given|now|so|such|provided|except|and|or|but|like|into|over|after|during|before|under|against|since|until|through|throughout|within|around|between|behind|toward|towards)$"
)
_RELATIVE_TO = re.compile(
    r"(?i)\b(?:an?|the|any|some|no|its|his|her|their)\s+(?:\w+\s+)?\w+$"
)
_VIEW = re.compile(
    r"(?i)\b(?:view|point|claim|fact|belief|hope|fear|idea|argument|conclusion|opinion|warning|allegation|impression|"
    r"statement|news|reports?|announcement|accusation|suggestion|promise|pledge|\w+(?:ed|es))s?$"
)


def hangs(text: str, content: Span) -> bool:
    """Tell a piece that lacks its subject, or hangs on another clause."""
    said = content.of(text).strip("“”\"'‘’ .,;:–—")
    if not said or (" " in said and len(said.split()) < _FEWEST):
        return True
    first = said.split(maxsplit=1)[0].lower()
    return first in _HANGS or verbs.is_finite(first)


def stands_alone(text: str, content: Span) -> bool:
    """Tell a statement that is whole: a clause with its subject, not one that hangs on.

    "Mr Lind, who resigned", "are endemic", "even if he won" are none.
    """
    said = content.of(text)
    if hangs(text, content):
        return False
    return verbs.has_clause(_RELATIVE.sub(" ", said))


_HANGS = frozenset(
    {
        "even", "given", "to", "not", "saying", "adding", "because", "against", "into",
        "upon", "toward", "towards",
    }
)  # fmt: skip
"""What begins what hangs on another clause."""

_RELATIVE = re.compile(r"(?:,\s*|\s)(?:who|which|whose|whom)\b[^,]*?(?=,|\s[–—-]\s|$)")
_DOUBTS = re.compile(
    r"(?i)\b(?:not|never|no|nor|unlikely|uncertain|unsure|doubt\w*|sceptical|skeptical|unconvinced|question\w*|reject\w*|disput\w*)\b|n[’']t\b"
)
"""What turns the words behind "that" round, or leaves them open."""


def _last_word(text: str, span: Span) -> int:
    return span.start + max(span.of(text).rfind(" "), 0) + 1


def _is_frame(reading: Reading, holder: Mention, lead: Span) -> bool:
    """Tell whether the words before a statement have the holder say it.

    Their subject is the holder, "he", or a phrase that names nobody else.
    """
    said, directory = lead.of(reading.article.text), reading.directory
    inside = [
        q.of(reading.article.text) for q in reading.quotations if q.overlaps(lead)
    ]
    if not all(_is_title(words_of) for words_of in inside):
        return False
    mine = parties.places_in(directory, holder, lead)
    behind = [m for m in mine if m.span.end <= lead.start + said.rfind(" ")]
    last = Span(start=_last_word(said, Span(start=0, end=len(said))), end=len(said))
    if behind and (_VERB_LAST.search(said) or last in cue_words.stances(said, last)):
        return True
    if not verbs.has_clause(said):
        return False
    if mine or _PRONOUN.match(said):
        return True
    named = any(
        m.form == "name" and not m.nested and m.span.start - lead.start < _SUBJECT
        for m in directory.within(lead)
    )
    return not named and _DESCRIBED.match(said) is not None


_SUBJECT = 60
"""Code points of a sentence in which its subject is named."""


def _is_title(words_of: str) -> bool:
    """Tell the title of a programme or a book from what somebody says."""
    return all(w[0].isupper() for w in re.findall(r"[^\W\d_]{4,}", words_of))


_VERB_LAST = re.compile(r"\b\w+(?:ed|es|s)$")
_DESCRIBED = re.compile(r"(?i)(?:the|an?|its|his|her|their)\s")


def _behind(reading: Reading, holder: Mention, within: Span) -> Span | None:
    """Find "…, X said", "… said X" and "according to X": from the frame to the end."""
    text = reading.article.text
    mine = parties.places_in(reading.directory, holder, within)
    for m in mine:
        before = _ACCORDING.search(text, within.start, m.span.start)
        if before and not verbs.has_clause(text[before.end() : m.span.start]):
            return Span(start=before.start(), end=within.end)
    if (
        told_by := _ACCORDING_TO_ONE.search(text, within.start, within.end)
    ) is not None:
        return Span(start=told_by.start(), end=within.end)
    told = cue_words.stances(text, within)
    saying = cue_words.cues(text, within) + [
        c for c in told if cue_words.tells(text, c)
    ]
    for cue in sorted(saying, key=lambda c: c.start, reverse=True):
        start = _frame_from(text, mine, within, cue)
        if start is not None and start > within.start:
            return Span(start=start, end=within.end)
    return None


_ACCORDING_TO_ONE = re.compile(
    r"[,;]\s+according to (?:the|an?|his|her|its|their)\s+[a-z][\w-]*(?=[,.;])"
)
"""Nobody else is named there: "…, according to the scientist, …"."""

_ACCORDING = re.compile(r"[,;]?\s+according to\b")


def _frame_from(text: str, mine: list[Mention], within: Span, cue: Span) -> int | None:
    """Find where "X said" begins, whose verb is *cue*; None where it is no frame."""
    tail = re.sub(r"^([^,”\"]{0,40}),.*", r"\1", text[cue.end : within.end])
    rest = _SOMEBODY.sub(" ", tail)  # "report" is a noun there
    if len(tail.split()) > _MOST_TAIL or verbs.has_clause(rest):
        return None  # but "S, he said, even if …" ends with the comma
    comma = max(text.rfind(mark, within.start, cue.start) for mark in ',”"')
    subject = text[comma + 1 : cue.start].strip() if comma >= 0 else ""
    subject = re.sub(r"\s+(?:have|has|had)$", "", subject)
    if _NO_SUBJECT.search(subject) or text[cue.end : within.end].startswith(" by "):
        return None
    if subject and len(subject.split()) <= _MOST_SUBJECT:
        return None if verbs.has_clause(subject) else comma
    if not cue_words.is_plain(cue.of(text)):
        return None
    if any(m.span.start >= cue.end for m in mine) or _SOMEBODY.match(tail):
        return cue.start
    before = [
        m.span
        for m in mine
        if m.span.end <= cue.start
        and not verbs.has_clause(text[m.span.end : cue.start])
    ]
    if not before:
        return None
    article = _ARTICLE.search(text[: before[-1].start])
    return article.start() if article else before[-1].start


_NO_SUBJECT = re.compile(r"(?i)^(?:of|to|by|as|for|without)\s|\bto$")
"""What is no "X" of "X said": ", of having been slow to respond"."""

_SOMEBODY = re.compile(
    r"\s+(?:(?:an?|the|its|his|her|their)\s+[a-z]|(?:he|she|they|it)\b)"
)
_ARTICLE = re.compile(r"\b(?:the|an?)\s+\Z", re.IGNORECASE)


_MOST_TAIL = 9
"""Words behind a verb of saying that may end a sentence."""

_MOST_SUBJECT = 12
"""Words of who says it, between a statement and its verb."""
