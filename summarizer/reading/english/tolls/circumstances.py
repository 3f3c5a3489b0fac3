"""Where people were harmed, in what event, and by whom: as the sentence states it."""

import re

from schemas.evidence import Span
from schemas.terms import ByStatus
from summarizer.reading.english.names import name_words
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import same
from summarizer.reading.values import Harm, Mention
from summarizer.text import words

_IN = re.compile(
    r"(?i)\b(?:in|near|at|outside|on|from|around)\s+(?:the\s+)?(?:(?:southern|northern|eastern|western|central|coastal|town|city|village|province|district|region|port|market|capital)\s+(?:of\s+)?){0,3}$"
)
_PLACE_TAIL = re.compile(
    r"^(?:[’']s\s+(?:\w+\s+){0,2}[A-Z]\w+)?(?:\s+(?:region|province|district|city|town|village|state|governorate|county|strip|valley|neighbo[u]?rhood))?"
)
_GOES_ON = r"(?:on|in|at|after|before|when|while|as|during|by|from|to|where|since|late|early|over|and(?=\s+[a-z]))\b"
_LARGER = re.compile(
    rf"""^,\s+[A-Z][\w’'-]*
    (?:(?:\s+[A-Z][\w’'-]*){{1,3}}(?!,\s+(?!{_GOES_ON})[a-z]))?  # no "Ana Ruiz, a nurse"
    (?:\s+(?:province|region|district|state|county))?
    (?=\s*[,;:)]|[.”’)]*\s*$|\s+{_GOES_ON})""",
    re.VERBOSE,
)
"""What a place lies in, "Paris, Texas": not who speaks next, "in Kasra, Amin Rafe said"."""
_BY = re.compile(r"(?i)\b(?:by|at the hands of)\s+(?:the\s+|an?\s+|suspected\s+)*$")
_ALLEGED = re.compile(r"(?i)\b(?:alleged(?:ly)?|suspected|blamed?|accus\w+|believed)\b")
_DENIED = re.compile(r"(?i)\bden(?:y|ies|ied)\b")


_SERVICE = re.compile(
    r"(?i)\s+(?:service|brigade|chief|department|officials?|crews?|engines?|squad|crime)"
)
"""After these a word for an event is part of a name: "the fire service"."""


def place(directory: Directory, sentence: Span, anchor: Span) -> str | None:
    """Find the place that the sentence names nearest to the people counted.

    Returns:
        The words of the place as they stand, or None.
    """
    text = directory.article.text
    found: list[Span] = []
    for mention in directory.within(sentence):
        if (
            not mention.span.within(sentence)
            or mention.form != "name"
            or mention.kind is not None
        ):
            continue
        if _IN.search(text[sentence.start : mention.span.start]):
            end = mention.span.end
            for tail in (_PLACE_TAIL, _LARGER):
                more = tail.match(text[end : sentence.end])
                end += more.end() if more else 0
            found.append(Span(start=mention.span.start, end=end))
    if not found:
        return None
    nearest = min(
        found, key=lambda s: max(0, max(s.start, anchor.start) - min(s.end, anchor.end))
    )
    return " ".join(nearest.of(text).split())


def event(text: str, sentence: Span, one: Harm) -> str | None:
    """Find the event in which people were harmed: the nearest word for one.

    Returns:
        The word with its adjectives and, for clashes, those between whom; or None.
    """
    if (ill := _illness(text, sentence, one)) is not None:
        return ill
    head = _nearest_event(text, sentence, one)
    if head is None:
        return None
    start = _start_of_adjectives(text, sentence, head)
    tail = re.match(
        r"\s+(?:between\s+[^,.;]{3,60}?(?=\s+in\b|\s+that\b|,|\.|;|$)|on\s+(?:a|an|the)\s+\w+)",
        text[head.end : sentence.end],
    )
    end = head.end + (tail.end() if tail else 0)
    return " ".join(text[start:end].split())


def _illness(text: str, sentence: Span, one: Harm) -> str | None:
    """Find the illness that is said to have killed: "cholera has killed", "died of it".

    Where people fell ill because of a flood, it is not the flood's dead who are counted.
    """
    first = min(one.anchor.start, one.cue.start)
    last = max(one.anchor.end, one.cue.end)
    for found in words.pattern("harm_refused", "illnesses").finditer(
        text, sentence.start, sentence.end
    ):
        between = text[found.end() : first]
        if found.end() <= first and _AS_DOER.fullmatch(between):
            return found.group()
        if found.start() >= last and _AS_CAUSE.fullmatch(text[last : found.start()]):
            return found.group()
        if _AS_TOLL.match(text, found.end(), sentence.end):
            return found.group()
    return None


_AS_DOER = re.compile(
    r"(?:\s+(?:outbreak|epidemic|infections?|virus|bacteria|cases))?"
    r"(?:\s+(?:has|have|had|is|was|now|already|also|so|far|said to|thought to))*\s*"
    r"(?:(?:kill|claim|left)\w*\s+)?(?:the lives of\s+)?(?:at least|about|some|nearly|more than)?\s*"
)
"""What stands between an illness and its word of harm, or the people, that come next."""

_AS_CAUSE = re.compile(
    r"(?:\s+(?:people|persons|children|patients|more|others))?"
    r"(?:\s+(?:have|had|has|were|was|are|is|died|dead|killed|been|fell|fallen|ill))*"
    r"\s+(?:of|from|by|with|due to|because of|in)\s+"
    r"(?:(?:an?|the|suspected|severe|acute|confirmed)\s+)*(?:outbreak of\s+|cases? of\s+)?"
)
"""What stands between the people, or the word of harm, and an illness: "died of"."""

_AS_TOLL = re.compile(r"\s+(?:death toll|deaths?|toll)\b")


def _nearest_event(text: str, sentence: Span, one: Harm) -> Span | None:
    """Find the word for an event that stands nearest to the people counted."""
    anchor, cue = one.anchor, one.cue
    found = [
        Span.at(m)
        for m in words.pattern("harm_refused", "events").finditer(
            text, sentence.start, sentence.end
        )
    ]
    found = [
        s
        for s in found
        if not s.overlaps(anchor)
        and not s.overlaps(cue)
        and not _SERVICE.match(text[s.end : sentence.end])
    ]
    return min(
        found,
        key=lambda s: max(0, max(s.start, anchor.start) - min(s.end, anchor.end)),
        default=None,
    )


def _start_of_adjectives(text: str, sentence: Span, head: Span) -> int:
    """Find where the adjectives before a word for an event begin."""
    lead = re.search(r"(?:[\w’'-]+\s+){1,3}$", text[sentence.start : head.start])
    start = head.start
    for word in reversed(re.findall(r"\S+\s+", lead.group()) if lead else []):
        if (
            word.strip().lower() in name_words.stop_words()
            or re.search(r"(?:ed|ing|s)$", word.strip())
            or word.strip()[0].isdigit()
        ):
            break
        start -= len(word)
    return start


def doer(
    directory: Directory, sentence: Span, one: Harm, source: Mention | None
) -> tuple[Mention | None, ByStatus | None]:
    """Find who did it, as far as the sentence says, and how sure it is of that.

    Returns:
        The phrase and its status, or two Nones.
    """
    text = directory.article.text
    here = [m for m in directory.within(sentence) if not m.nested]
    by = _named_behind(here, text, one) or _subject(here, text, one)
    if by is None or by.kind == "group":
        return None, None
    if by.form == "pronoun":
        if source is None or by.span.of(text).lower() not in _SOURCE_AGAIN:
            return None, None
        return source, "claimed"
    return by, _status(text, sentence, by, source)


_SOURCE_AGAIN = frozenset(["it", "they", "we", "he", "she"])
"""Pronouns by which those who tell of the harm say that they did it."""


def _status(text: str, sentence: Span, by: Mention, source: Mention | None) -> ByStatus:
    """Tell how sure a sentence is that a party did it."""
    words_of = sentence.of(text)
    if _DENIED.search(words_of):
        return "denied"
    if source is not None and same(source.core.of(text), by.core.of(text)):
        return "claimed"
    return "alleged" if _ALLEGED.search(words_of) else "stated"


def _named_behind(here: list[Mention], text: str, one: Harm) -> Mention | None:
    """Find the party behind a word of harm that "by" leads to."""
    return next(
        (
            m
            for m in here
            if m.span.start >= one.cue.end
            and _BY.search(text[one.cue.end : m.span.start])
            and m.span.start - one.cue.end < _NEAR
            and "," not in text[one.cue.end : m.span.start]
        ),
        None,
    )


_NEAR = 70
"""Code points within which "by X" still belongs to the word of harm."""


def _subject(here: list[Mention], text: str, one: Harm) -> Mention | None:
    """Find the subject of an active word of harm: "forces detained two men"."""
    if not re.search(r"(?i)(?:ed|killing|shot|slain|captur\w+)$", one.cue.of(text)):
        return None
    people = one.count_span or one.who_span
    if people is None or people.start < one.cue.end:
        return None
    for mention in reversed(here):
        if mention.span.end <= one.cue.start:
            gap = text[mention.span.end : one.cue.start]
            return (
                mention
                if re.fullmatch(r"(?i)\s*(?:have |has |had |\w+ly |also |later )*", gap)
                else None
            )
    return None
