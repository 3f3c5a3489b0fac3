"""Who asks: the subject of a verb, the owner of a request, or the speaker around it."""

import re

from schemas.evidence import Span
from summarizer.reading.english.asking import receivers
from summarizer.reading.english.names import widening
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Mention

_AUX = r"(?:has|have|had|is|are|was|were|also|again|repeatedly|been|being|will|would|\w+ly|then|later|further|himself|herself|publicly|only|plans? to|planned to|intends? to|is to|reiterated (?:its|his|her|their)|insisted on (?:its|his|her|their))"
_SUBJECT_GAP = re.compile(
    rf"(?i)^(?:\s*\([^)]{{1,20}}\))?(?:\s*,[^,]{{1,80}},)?(?:\s*,)?\s*(?:{_AUX}\s+)*(?:on \w+ |\w+day )?(?:{_AUX}\s+)*$"
    r"|(?-i:^\s+and\s+(?:\w+\s+){1,5}\Z)"
)
_RELATIVE = re.compile(r"(?i)\b(?:which|that)\s+$")
_COORDINATED = re.compile(r"(?i)^[^;:]*\b(?:and|but)\s+(?:also\s+)?$")
_ASIDE = re.compile(r"(?i)\bstopp?(?:ed|ing|s)? short of\s*$|^,[^;:]{1,160},\s*$")
_OWNS = re.compile(r"(?:[’']s?)\s+(?:\w+\s+){0,2}")
_BY = re.compile(r"\s+by\s+(?:the\s+|an?\s+)?")
_MADE = re.compile(
    r"(?i)\b(?:issued|made|sent|delivered|launched|renewed|repeated|reiterated|insisted on|rejected)\s+(?:an?|the|its|his|her|their)\s+(?:\w+\s+){0,3}$"
)


def subject(here: Sentence, verb: int) -> Mention | None:
    """Find the phrase that the verb belongs to that begins at *verb*."""
    if _RELATIVE.search(here.before(verb)):
        return None  # "a proposal, which calls for …": no party asks
    for mention in reversed(here.mentions):
        if mention.span.end > verb:
            continue
        gap = here.text[mention.span.end : verb]
        if _SUBJECT_GAP.match(gap):
            head = widening.head_of(mention, here.mentions, here.text)
            if head is None:
                continue
            return head
        if _COORDINATED.search(gap):
            return here.mentions[0]
        if _ASIDE.search(gap):
            return mention
    return None


def of_noun(here: Sentence, cue: Span) -> tuple[Mention | None, int]:
    """Find whose request a noun names, and where the words for both end."""
    for mention in reversed(here.all):
        if _OWNS.fullmatch(here.text[mention.span.end : cue.start]):
            return mention, cue.end
    link = _BY.match(here.text, cue.end, here.span.end)
    if link is not None:
        by = receivers.first_at(here, link.end(), slack=2)
        if by is not None:
            return by, by.span.end
    light = _MADE.search(here.before(cue.start))
    if light is None or light.group().lower().startswith("rejected"):
        return None, cue.end
    return subject(here, here.span.start + light.start()), cue.end


def speaker_at(here: Sentence, cue: Span) -> Mention | None:
    """Find who is quoted as saying the words around *cue*."""
    inside = [s for s in here.said if s.content.start <= cue.start < s.content.end]
    return inside[-1].speaker if inside else None


def teller(
    here: Sentence, speaker: Mention | None, by: Mention | None
) -> Mention | None:
    """Find who tells of a request: a speaker other than who asks."""
    if speaker is None or by is None or _is_same(speaker, by, here.text):
        return None
    return speaker


def _is_same(first: Mention, second: Mention, text: str) -> bool:
    one, two = first.core.of(text), second.core.of(text)
    return one == two or one.endswith(f" {two}") or two.endswith(f" {one}")


def meant(here: Sentence, pronoun: Mention, speaker: Mention | None) -> Mention | None:
    """Find who asks as a pronoun: the speaker, or a party named before."""
    if pronoun.span.of(here.text).lower() in {"i", "we"}:
        return speaker
    if here.is_quoted(pronoun.span.start):
        return pronoun  # "they" are people whom the speaker means
    before = [m for m in here.mentions if m.span.end <= pronoun.span.start]
    if before and before[0].form == "pronoun":
        # "He told Reuters he would ask …": the same, whom an earlier sentence names.
        return before[0]
    return next((m for m in before if m.form != "pronoun"), pronoun)
