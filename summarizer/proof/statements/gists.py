"""What of the words is the statement itself: whole clauses, never cut before their verb."""

import re

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.proof.statements import anaphora, framing
from summarizer.reading.english import verbs
from summarizer.reading.english.positions import gists
from summarizer.reading.reading import Reading
from summarizer.reading.values import Mention
from summarizer.text import words
from summarizer.text.locate import locate

LONGEST_GIST = 40
"""Words of a statement that are shown whole; a longer one ends with one of its clauses."""


_FEWEST = 2
"""Words that a statement needs at least."""


def gist_of(
    reading: Reading,
    holder: Mention,
    drafted: str,
    place: Span,
    finding: anaphora.Finding,
    framed: framing.Framed | None,
) -> Span:
    """Take the statement in the draft's words, or all that is said in the quotation."""
    article, text = reading.article, reading.article.text
    hull = article.hull(place)
    own = locate(drafted, text, hull) if drafted.strip("“”\"' .") else None
    if own is not None and len(own.of(text).split()) >= _FEWEST:
        own = _unsaid(text, own if framed is None else _unframed(own, framed))
        own = _with_subject(reading, holder, own, place)
        whole = _whole_clause(text, gists.with_negation(text, own, hull), place)
        return without_marks(text, whole)
    said = finding.said
    if framed is not None:
        return without_marks(text, cut_to_clause(text, framed.content))
    if said is not None and said.content.overlaps(place) and said.cue.overlaps(place):
        content = gists.with_verb(text, said, said.act)
        if content.start == said.cue.start or framing.stands_alone(text, content):
            return without_marks(text, cut_to_clause(text, content))
    return without_marks(text, cut_to_clause(text, _unsaid(text, place)))


_SAYING = re.compile(
    r"(?:saying|adding|noting|warning|arguing|claiming|insisting|stressing|telling \w+)\s+(?:that\s+)?(?=\w+\s+\w)"
)


def _unsaid(text: str, place: Span) -> Span:
    """Leave out the "saying that" with which a quotation begins."""
    lead = _SAYING.match(text, place.start, place.end)
    return Span(start=lead.end(), end=place.end) if lead else place


def _unframed(own: Span, framed: framing.Framed) -> Span:
    """Leave out "X said that" where a draft's statement holds it."""
    content = framed.content
    if not own.overlaps(content):
        return own
    start = (
        max(own.start, content.start) if own.start <= framed.cue.start else own.start
    )
    end = min(own.end, content.end) if framed.cue.start >= content.end else own.end
    return Span(start=start, end=end)


_SUBJECT_ASIDE = re.compile(
    r"(?:^|[,;:.]\s+)(?P<subject>[A-Z][^,;:.–—]{0,60}?)(?:\s+(?:--|[–—])[^–—]{1,90}?(?:--|[–—])|,[^,;:]{1,90},)\s+$"
)
"""A subject and an aside before the verb at which a statement was cut."""


def _with_subject(reading: Reading, holder: Mention, own: Span, place: Span) -> Span:
    """Widen "helped the girl" by who did, beyond an aside, when that is not the holder."""
    text = reading.article.text
    first = own.of(text).split(maxsplit=1)[0].lower()
    if not own.within(place) or not verbs.is_finite(first):
        return own
    subject = _SUBJECT_ASIDE.search(text[place.start : own.start])
    if subject is None:
        return own
    start = place.start + subject.start("subject")
    lead = Span(start=start, end=own.start)
    mine = parties.named_in(reading.directory, holder, lead)
    return own if mine or holder.span.overlaps(lead) else Span(start=start, end=own.end)


_VERBS = frozenset(words.lists("english")["no_statement_begins"])
"""Words at which no statement begins: its subject stands before them."""


_BORDER = re.compile(r"[,;:“\"]\s*|\bthat\s+|[.!?]\s+|\s[–—-]\s")


_BORDER_BEFORE = re.compile(
    r"(?:^|[,;:“”\".!?–—-]\s*|\bthat\s+|\b(?:said|says|and|but|to|as|of|whether|if)\s+)$"
)


_BORDER_AFTER = re.compile(
    r"(?<!\b[A-Z])\.(?=[\s”\"]|$)|[;!?”\"]|,(?!\s+(?:but|and|which|who)\b)"
)


_GOES_ON = re.compile(r"\s*,?\s*but\b")


def _whole_clause(text: str, own: Span, place: Span) -> Span:
    """Widen a statement to the borders of its clause within the quotation.

    Never without its subject ("is designed to …"), nor its second half ("not to …, but
    rather to …").
    """
    if not own.within(place):
        return own
    start, end = own.start, own.end
    before = text[place.start : start]
    first = text[start:end].split(maxsplit=1)[0].lower()
    cut = not _BORDER_BEFORE.search(before) and not framing.stands_alone(text, own)
    if first in _VERBS or cut:
        borders = list(_BORDER.finditer(before))
        start = place.start + (borders[-1].end() if borders else 0)
    rest = text[end : place.end]
    if _GOES_ON.match(rest) or (
        rest.strip() and not re.match(r"\s*[.,;:!?”\"’)–—]", rest)
    ):
        following = _BORDER_AFTER.search(rest, 2)
        end = end + following.start() if following else place.end
    return Span(start=start, end=end)


_BORDERS = (". ", "; ", ".” ", '." ', "? ", "。", "，", "；")


def cut_to_clause(text: str, content: Span) -> Span:
    """End a long statement with its last whole sentence or clause that is not too long."""
    kept = content
    while _length(words_of := kept.of(text)) > LONGEST_GIST:
        border = max(words_of.rfind(mark, 0, -2) for mark in _BORDERS)
        if border < len(words_of) // 3:
            return kept
        kept = Span(start=kept.start, end=kept.start + border + 1)
    return kept


def _length(words_of: str) -> int:
    """Count words; in scripts without spaces two characters are reckoned for one."""
    spaced = len(words_of.split())
    return spaced if " " in words_of else max(spaced, len(words_of) // 2)


def without_marks(text: str, span: Span) -> Span:
    """Leave out marks and spaces around a statement."""
    words_of = span.of(text)
    lead = len(words_of) - len(words_of.lstrip("“”\"‘’' \n,;:—–「『，、"))
    kept = words_of[lead:].rstrip("‘’' ,;:—–\n，、；：」』")
    if kept.count("“") < kept.count("”") or kept.count('"') % 2:
        kept = kept.rstrip('”"., ')
    kept = kept.rstrip(".")
    opening = words_of[:lead].rstrip()[-1:]
    if opening in {"“", '"'} and (
        kept.count("“") < kept.count("”") or kept.count('"') % 2
    ):
        kept = words_of[words_of.rfind(opening, 0, lead) : lead] + kept
        lead = words_of.rfind(opening, 0, lead)  # "“He will be tried” when he returns"
    if not kept:
        return span
    end = span.start + lead + len(kept)
    if kept.count("“") > kept.count("”") or kept.count('"') % 2:
        closing = re.match(r"[.,]?[”\"]", text[end:])  # "was made to “please all.”"
        end += closing.end() if closing else 0
    return Span(start=span.start + lead, end=end)
