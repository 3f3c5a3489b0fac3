"""What is said at a verb: the clause behind it or before it, or the quotation it closes."""

import re
from typing import Literal

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Mention
from summarizer.text import words

_TOLD = re.compile(
    r"(?i)\b(?:told|tell|tells|telling|informed|reminded|assured|warned)$"
)
_TOLD_GAP = re.compile(r"\s+(?:the\s+|an?\s+)?")
_NEAR = 30
"""Code points from "told" to the party that is told, fewer than."""

_MOSTLY = 0.85
"""Share of a statement beyond which its quotations make it a direct one."""

_AFTER_WHICH_THAT = re.compile(
    r"(?i)(?!\s+on (?:its|his|her|their|the|an?) (?:\w+ )?(?:demands?|calls?|requests?|appeals?)\b)\s*(?:(?:on|in|at|to|during|after|before|by|via|through|with|from|for|about|earlier|once|twice|first|late|early|last|this|yesterday|today|"
    r"again|also|later|there|\w+day|\w+ly|\w+ing)\b[^“\"‘,.;:]{0,48}?(?<!\band) )?that\b\s*"
)
"""When, where or to whom something is said, and "that": "said on Monday that"."""
_THAT = re.compile(r"^\s*(?:that\b\s*)?,?\s*")
_DAY = re.compile(
    rf"(?i)(?:(?:late|early)\s+)?(?:on\s+)?(?:last\s+|this\s+)?(?:{'|'.join(words.lists('dates')['weekdays'])}|yesterday|today)"
    r"\s+(?!(?:after|before|when|while|as|in|at|during|by|with|from|about|and|or|but|morning|evening|night|afternoon)\b)(?=\w|[“\"])"
)
"""The day of saying, before what is said: "said on Monday it would go on"."""
_AS = re.compile(r",\s+as\s+(?P<who>[^,]{2,80}),$")
"""Someone else is named beside it: "denies it, as a former auditor, Nils Ferro, alleges"."""

_CLOSES = re.compile(r"[”\"’'»]?[,.]?\s*(?:(?:the|an?)\s+)?(?:\w+\s+){0,3}")


def is_told(cue: str) -> bool:
    """Tell verbs that take whom something is said to: "told"."""
    return _TOLD.search(cue) is not None


def addressee(here: Sentence, cue: Span) -> Mention | None:
    """Find to whom something is said: "told the Daria Times"."""
    if not is_told(cue.of(here.text)):
        return None
    behind = next((m for m in here.unquoted if m.span.start >= cue.end), None)
    is_near = behind is not None and behind.span.start - cue.end < _NEAR
    return behind if is_near else None


def end_of_told(here: Sentence, cue: Span) -> int:
    """Find where "told the Daria Times" ends; the verb's end for other verbs."""
    if is_told(cue.of(here.text)):
        for mention in here.unquoted:
            if _TOLD_GAP.fullmatch(here.text[cue.end : mention.span.start]):
                return mention.span.end
    return cue.end


def after(here: Sentence, cue: Span) -> Span | None:
    """Find the clause after the verb, and after whom it is said to."""
    told = addressee(here, cue)
    start = cue.end if told is None else told.span.end
    rest = here.after(start)
    lead = _AFTER_WHICH_THAT.match(rest) or _THAT.match(rest)
    start += lead.end() if lead else 0
    day = _DAY.match(here.after(start))
    start += day.end() if day else 0
    stop = here.masked.find(";", start - here.span.start)
    end = here.span.end if stop < 0 else here.span.start + stop
    content = here.trimmed(start, end)
    if content is None or len(content.of(here.text).split()) < 2:
        return None
    return content


def before(here: Sentence, speaker: Mention) -> Span | None:
    """Find the clause before a trailing "X said"."""
    head = here.before(speaker.span.start).rstrip()
    head = re.sub(r"\b(?:the|an?|The|An?)$", "", head).rstrip()
    beside = _AS.search(head)
    if not head.endswith((",", "”", '"', "’")) or (
        beside is not None and not verbs.has_clause(beside["who"])
    ):
        return None
    return here.trimmed(here.span.start, here.span.start + len(head.rstrip(",")))


def closed_by(here: Sentence, cue: Span, subject: Mention | None) -> Span | None:
    """Find the quotation that the verb closes: "…," X said."""
    edge = cue.start if subject is None else min(cue.start, subject.span.start)
    quote = next((q for q in reversed(here.quotes) if q.end <= edge), None)
    if quote is None:
        return None
    gap = here.text[quote.end : edge]
    ended = here.text[quote.end - 1] in ",.?!—–-" or (
        gap.lstrip("”\"’'»").startswith(",")
    )
    is_closed = ended and _CLOSES.fullmatch(gap) is not None
    return with_marks(here, quote) if is_closed else None


def with_marks(here: Sentence, quote: Span) -> Span:
    """Widen a quotation over its marks, within its sentence."""
    end = quote.end + (1 if quote.end < here.span.end else 0)
    return Span(start=quote.start - 1, end=end)


def form(here: Sentence, content: Span) -> Literal["direct", "mixed", "indirect"]:
    """Tell by its quotations whether a statement is quoted, in parts or whole."""
    inside = [
        q for q in here.quotes if content.start <= q.start and q.end <= content.end + 1
    ]
    if not inside:
        return "indirect"
    quoted = sum(q.end - q.start for q in inside)
    is_direct = quoted > _MOSTLY * (content.end - content.start)
    return "direct" if is_direct else "mixed"
