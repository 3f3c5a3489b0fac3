"""Who speaks at a verb of saying: the phrase before it, behind it, or the name beside."""

import re

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.reading.english.names import widening
from summarizer.reading.english.sentence import MASK, Sentence
from summarizer.reading.english.speech import contents
from summarizer.reading.values import Mention

_FARTHEST = 160
"""Code points between a subject and its verb, appositions included."""

_PASTS = frozenset(
    [
        "said", "told", "wrote", "thought", "felt", "swore", "undertook", "read", "put",
        "held", "made", "gave",
    ]
)  # fmt: skip
_BETWEEN = re.compile(
    r"(?i)^(?:\s*,[^,]{1,120},)?\s*(?:(?:also|later|then|repeatedly|once|again|has|have|had|"
    r"is|was|were|are|often|publicly|further|immediately|previously|recently|reportedly|"
    r"himself|herself|themselves|and|in turn|however|twice|first|further|(?!(?:daily|weekly|monthly|family|ally|assembly|rally)\b)\w+ly)\s+)*$"
)
_RELATIVE = re.compile(r"(?i)^[^,]{0,60},\s+(?:who|which|whose)\b[^,]{1,160},\s*$")
_NEW_CLAUSE = re.compile(r"[;:]|\b(?:that|which|after|while|because|but)\b")
_COORDINATED = re.compile(r"(?i)\b(?:and|but)\s+(?:also\s+|later\s+|then\s+)?$")
_LEADS_UP = re.compile(
    r"(?i)\b(?:on|in|at|since|after|before|for|with|as|by|from|\w+ing)\s+(?:the\s+|an?\s+)?$"
)
_DESCRIBES = re.compile(r"[a-z]\w*,\s+$|\b(?:of|from|in|at) [^,.;]{1,40},\s+$")
_OFFICE_GAP = re.compile(
    r"(?i)^\s*(?:(?:to|for|of|at|in|and|the|on|special|senior)\s*)*$"
)
_INVERTED_GAP = re.compile(
    r"\s+(?:an?\s+|the\s+|one\s+)?(?:(?!(?:of|to|about|in|on|at|after|for|that|by|as)\b)\w+\s+){0,2}"
)


def before(here: Sentence, cue: Span) -> Mention | None:
    """Find the phrase just before the verb, auxiliaries and an apposition aside."""
    for mention in reversed(here.unquoted):
        is_who = (
            mention.form == "pronoun" and mention.span.of(here.text).lower() == "who"
        )
        if mention.span.end > cue.start or is_who:
            continue
        between = here.text[mention.span.end : cue.start]
        if _is_named_apposition(here, mention, between):
            return mention
        if _COORDINATED.search(between):
            return _first_of_two(here, mention, cue)
        if _BETWEEN.match(between) or _RELATIVE.match(between):
            return widening.head_of(mention, here.unquoted, here.text)
        if len(between) > _FARTHEST:
            return None
        owner = _apposition_of(here, mention, between)
        start = here.span.start
        quoted = here.masked[mention.span.end - start : cue.start - start]
        if owner is not None or _NEW_CLAUSE.search(between) or MASK in quoted:
            return owner
    return None


def _first_of_two(here: Sentence, nearest: Mention, cue: Span) -> Mention | None:
    """Find the subject of "X came, and said": the sentence's own."""
    if _is_base_form(cue.of(here.text)):
        return None  # "… convince them to come out and support her"
    return next((m for m in here.unquoted if _may_lead(here, m)), nearest)


def _may_lead(here: Sentence, mention: Mention) -> bool:
    """Tell a sentence's subject from what only leads up to it: "On Belmora, Orr …"."""
    led = _LEADS_UP.search(here.before(mention.span.start))
    return mention.form != "pronoun" and led is None


def _is_named_apposition(here: Sentence, mention: Mention, between: str) -> bool:
    """Tell "A physician from Goma, Ana Ruiz, said": the name between the commas."""
    return (
        re.fullmatch(r",\s+", between) is not None
        and _DESCRIBES.search(here.before(mention.span.start)) is not None
        and mention.form == "name"
        and mention.kind in {None, "person"}
        and " " in mention.core.of(here.text)
    )


def _is_base_form(cue: str) -> bool:
    """Tell "support" from "supports" and "supported"."""
    verb = cue.lower().split()[0]
    return not verb.endswith(("s", "ed", "ing")) and verb not in _PASTS


def _apposition_of(here: Sentence, inner: Mention, between: str) -> Mention | None:
    """Read "Omer Celik, spokesperson for X's party, told": the first name counts."""
    match = re.match(r"^[^,;:.]{0,60},\s*", between)
    if match is None or not _BETWEEN.match(between[match.end() :]):
        return None
    for mention in reversed(here.unquoted):
        gap = here.text[mention.span.end : inner.span.start]
        if (
            re.match(r"^,\s+(?!and\b|but\b)[^,;.]{0,120}$", gap)
            and mention.form == "name"
            # "On Belmora, Orr knocked it … and said" has Orr say it
            and not verbs.has_clause(gap)
        ):
            return mention
    return None


def after(here: Sentence, cue: Span) -> Mention | None:
    """Find the speaker of "said X"."""
    first = next((m for m in here.unquoted if m.span.start >= cue.end), None)
    if first is None or contents.is_told(cue.of(here.text)):
        return None
    if not _INVERTED_GAP.fullmatch(here.text[cue.end : first.span.start]):
        return None
    is_object = first.span.of(here.text).lower() in {"it", "them", "him", "her"}
    return None if first.form == "pronoun" and is_object else first


def by(here: Sentence, start: int) -> Mention | None:
    """Find the speaker right behind "by", an office before the name included."""
    speaker = next((m for m in here.unquoted if m.span.end > start), None)
    if speaker is None or speaker.span.start > start + 4:
        return None
    return _with_office(here, speaker)


def _with_office(here: Sentence, mention: Mention) -> Mention:
    """Read "US ambassador to Turkey and envoy to Syria Tom Barrack" as one person."""
    if mention.kind != "officials":
        return mention
    last = mention
    for other in here.unquoted:
        if other.span.start < last.span.end:
            continue
        if not _OFFICE_GAP.match(here.text[last.span.end : other.span.start]):
            break
        last = other
        is_name = other.form == "name" and " " in other.core.of(here.text)
        if is_name and other.kind is None:
            role = Span(start=mention.span.start, end=other.core.start - 1)
            whole = Span(start=mention.span.start, end=other.span.end)
            return Mention(whole, other.core, "name", "person", role)
    return mention
