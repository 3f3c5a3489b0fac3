"""Judge a drafted count of people harmed: the figure, the kind, the people.

Refuted: a figure that is not in the words, and harm that the sentence denies, only
expects or supposes. The draft's kind and figure are never changed: where the form of
the sentence reads another kind, the item is unconfirmed, and says so.
"""

import re
from dataclasses import replace

from schemas.draft import CasualtyDraft, QuotedCasualty
from schemas.evidence import Span
from summarizer.proof import words
from summarizer.reading.english.tolls import counting, people_words
from summarizer.reading.reading import Reading
from summarizer.reading.values import Harm, Refusal, Standing, Told
from summarizer.text import counts
from summarizer.text.counts import Count
from summarizer.text.locate import locate

_REFUTING = frozenset({"denied", "not_a_fact", "superseded", "not_people"})
"""What the form of a sentence shows against a count, rather than fails to show for it."""


def judge(reading: Reading, draft: CasualtyDraft, place: Span) -> Harm | Refusal:
    """Judge a draft whose quotation stands at *place*."""
    article = reading.article
    if not draft.count.strip() and not draft.who.strip():
        return Refusal("empty", "it names no people and no number")
    hull = article.hull(place)
    counted = _located(draft.count, article.text, hull)
    if _ZERO.fullmatch(draft.count.strip()) and counted is None:
        return _nobody(reading, draft, place, hull)
    if draft.count.strip() and counted is None:
        return Refusal("not_found", f"the sentence does not say {draft.count!r}")
    refusals: list[Refusal] = []
    for index in article.touched(place):
        found = reading.reader.harmed(index, draft)
        if isinstance(found, Harm) and found.kind == draft.kind:
            return _standing(reading, found, draft, place, ())
        if isinstance(found, Harm):
            reason = f"the sentence reads as {found.kind}, not {draft.kind}"
            # Dead and wounded counted together are told to be just that.
            check = "superseded" if found.kind == "casualties" else "kind"
            refusals.append(Refusal(check, reason))
        else:
            refusals.append(found)
    if against := next((r for r in refusals if r.check in _REFUTING), None):
        return against
    return _unread(reading, draft, place, refusals)


_ZERO = re.compile(r"(?i)(?:no|none|nobody|nil|zero|0)")
_NONE = re.compile(r"(?i)\b(?:no|none|nobody|neither|not|without|nor)\b|n[’']t\b")


def _nobody(
    reading: Reading, draft: CasualtyDraft, place: Span, hull: Span
) -> Harm | Refusal:
    """Judge that nobody was harmed, in words that hold a negation of another kind."""
    text = reading.article.text
    found = _NONE.search(text, hull.start, hull.end)
    if found is None:
        return Refusal("not_found", f"the sentence does not say {draft.count!r}")
    harm_ = Harm(
        kind=draft.kind,
        cue=place,
        count=counts.read("no"),
        count_span=Span.at(found),
        who_span=_located(draft.who, text, hull),
        who=people_words.victims(draft.who),
    )
    reason = "that nobody was harmed is told in other words than a count"
    return _standing(reading, harm_, draft, place, (reason,))


def _unread(
    reading: Reading, draft: CasualtyDraft, place: Span, refusals: list[Refusal]
) -> Harm | Refusal:
    """Take a draft in its own words where the form of the sentence shows nothing."""
    text, hull = reading.article.text, reading.article.hull(place)
    count_span = _located(draft.count, text, hull)
    who_span = _located(draft.who, text, hull)
    reasons = tuple(r.reason for r in refusals[:1])
    if draft.who.strip() and who_span is None:
        reason = f"the sentence does not say {draft.who!r}"
        who_span = _taken_up(reading, draft.who, hull) if count_span is None else None
        if count_span is who_span is None:
            return Refusal("not_found", reason)
        reasons = (reason,)
    found = _in_its_words(reading, draft, place, count_span, who_span)
    return _standing(reading, found, draft, place, reasons)


def _in_its_words(
    reading: Reading,
    draft: CasualtyDraft,
    place: Span,
    count_span: Span | None,
    who_span: Span | None,
) -> Harm:
    """Return the count that the words of a draft tell, where they stand."""
    article, text = reading.article, reading.article.text
    taken_up = who_span is not None and not who_span.within(article.hull(place))
    count = counts.read("one") if taken_up else None
    anchor = count_span or (None if taken_up else who_span) or place
    sentence = article.spans(anchor)[0]
    return Harm(
        kind=draft.kind,
        cue=place,
        count=count or _count(reading, draft, count_span, who_span),
        count_span=count_span,
        who_span=who_span,
        who=people_words.victims(draft.who),
        scope=counting.scope_of(text, sentence, anchor, count_span),
        subset=counting.is_subset(text, sentence, anchor),
        taken_up=taken_up,
    )


def _located(words_of: str, text: str, within: Span) -> Span | None:
    """Find a draft's words; blank ones are nowhere."""
    return locate(words_of, text, within) if words_of.strip() else None


def _taken_up(reading: Reading, who: str, hull: Span) -> Span | None:
    """Find the person before a sentence whom only "he" or "she" in it may mean."""
    text = reading.article.text
    if not reading.has_grammar or not _HE.search(text, hull.start, hull.end):
        return None
    return words.phrase(reading.article, who, hull, around=words.BEFORE)


_HE = re.compile(r"(?i)\b(?:he|she|him|her)\b")


def _count(
    reading: Reading, draft: CasualtyDraft, span: Span | None, who: Span | None
) -> Count | None:
    if span is not None:
        return reading.reader.count(draft.count)
    text = reading.article.text
    behind = text[who.end : who.end + _VERB] if who is not None else ""
    return reading.reader.uncounted(draft.who, behind)


_VERB = 8
"""Code points behind people in which "was" tells that they are one."""


def _standing(
    reading: Reading,
    found: Harm,
    draft: CasualtyDraft,
    place: Span,
    reasons: tuple[str, ...],
) -> Harm:
    told = _told(reading, draft, place) if isinstance(draft, QuotedCasualty) else None
    return replace(
        found,
        kind=draft.kind,
        told=told,
        standing=Standing("unconfirmed" if reasons else "supported", reasons, "model"),
    )


def _told(reading: Reading, draft: QuotedCasualty, place: Span) -> Told:
    """Take what the draft tells besides, as far as its words stand near the count."""
    by = words.party(reading, draft.by, place)
    return Told(
        source=words.party(reading, draft.source, place),
        by=by,
        by_status=(draft.by_status or "stated") if by is not None else None,
        place=words.phrase(reading.article, draft.place, place),
        event=words.phrase(reading.article, draft.event, place),
        when=words.phrase(reading.article, draft.when, place, around=0),
    )
