"""Check one draft casualty against its sentence, and read what the words mean.

Refused are: a kind that no word supports, forecasts, purposes and searches, things
that are no people, those who did it, and figures that the sentence itself replaces.
The count is what the sentence says beside the word of harm, never a sum.
"""

import re
from collections.abc import Sequence

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.tolls import (
    beside,
    drafted,
    harm_words,
    no_harm,
    people_words,
    tallied,
    victims,
)
from summarizer.reading.english.tolls.counting import count_of, is_subset, scope_of
from summarizer.reading.english.tolls.no_count import why_no_count
from summarizer.reading.values import Harm, Refusal

_NO_REPORTS = re.compile(
    r"(?i)\bno (?:immediate )?(?:reports?|word|confirmation|information)\b|\bno \w+(?: \w+)? (?:was|were) reported\b"
)


def check(draft: CasualtyDraft, text: str, sentence: Span) -> Harm | Refusal:
    """Check *draft* against the sentence that the model was asked about.

    Returns:
        What the sentence says, or why the draft is refused.
    """
    count, who = drafted.find(draft, text, sentence)
    anchor = count or who
    if not draft.count.strip() and not draft.who.strip():
        return Refusal("empty", "it names no people and no number")
    if anchor is None:
        words_of = (draft.count or draft.who).strip()
        return Refusal("not_found", f"the sentence does not say {words_of!r}")
    bar = why_no_count(text, sentence, count) if count else None
    if bar is not None:
        return bar
    told = _told(draft, text, sentence, anchor, count, who)
    if isinstance(told, Refusal):
        return told
    bar = no_harm.why(text, sentence, told[1], count, who)
    if bar is not None:
        return bar
    return _counted_harm(text, sentence, told, anchor, count, who)


def _told(
    draft: CasualtyDraft,
    text: str,
    sentence: Span,
    anchor: Span,
    count: Span | None,
    who: Span | None,
) -> tuple[CasualtyKind, Span] | Refusal:
    """Find what a sentence says was done to people, and the word that says it."""
    found = harm_words.nearest(draft, text, sentence, anchor)
    if found is None and harm_words.find(text, sentence):
        return Refusal(
            "cut_off", "another number stands between these people and the word"
        )
    if found is None:
        return _unsupported(draft.kind)
    kind, cue = found
    held = who.of(text) if who is not None else ""
    if kind == "detained" and re.search(r"(?i)\b(?:hostages?|captives?)\b", held):
        kind = "abducted"
    if kind != draft.kind and count is None and kind != "abducted":
        return _unsupported(draft.kind)
    return kind, cue


def _unsupported(kind: CasualtyKind) -> Refusal:
    """Refuse a kind of harm that no word of the sentence tells of."""
    return Refusal(
        "unsupported_kind",
        f"no word of the sentence says that anyone was {_said(kind)}",
    )


def _counted_harm(
    text: str,
    sentence: Span,
    told: tuple[CasualtyKind, Span],
    anchor: Span,
    count: Span | None,
    who: Span | None,
) -> Harm | Refusal:
    """Return the harm with its count, or refuse words that give none."""
    kind, cue = told
    read = count_of(text, sentence, count, who)
    if read is None:
        return Refusal(
            "no_count", "the sentence gives no number, name or plural for these people"
        )
    none_reported = (
        read.value == 0 and _NO_REPORTS.search(sentence.of(text)) is not None
    )
    return Harm(
        kind=kind,
        cue=cue,
        count=read,
        count_span=count,
        who_span=who,
        who=people_words.victims(who.of(text) if who else ""),
        scope=scope_of(text, sentence, anchor, count),
        subset=is_subset(text, sentence, anchor),
        none_reported=none_reported,
    )


def _said(kind: CasualtyKind) -> str:
    return "killed or wounded" if kind == "casualties" else kind


def proposed(text: str, sentence: Span) -> list[CasualtyDraft]:
    """Draft the people whom the form of a sentence alone shows to be harmed.

    The drafts go through the same checks as a model's.
    """
    found = [
        *beside.find(text, sentence),
        *tallied.find(text, sentence),
        *victims.find(text, sentence),
    ]
    return list(dict.fromkeys(found))


def shown(text: str, sentence: Span) -> tuple[Harm, ...]:
    """Find the harm that the form of a sentence shows: what is proposed, checked."""
    drafts = proposed(text, sentence)
    checked = (check(draft, text, sentence) for draft in drafts)
    return tuple(found for found in checked if isinstance(found, Harm))


def is_settled(text: str, sentence: Span, found: Sequence[Harm]) -> bool:
    """Tell whether the form of a sentence shows all the harm that it tells of.

    Every word of harm either belongs to people whom code has found, or stands where
    no answer of a model would be taken: after "could", "no evidence that", "plans to".

    Args:
        text: The article.
        sentence: The sentence.
        found: What its form shows.
    """
    read = [one.cue for one in found]
    cues = harm_words.find(text, sentence)
    return bool(cues) and all(
        any(cue.overlaps(one) for one in read)
        or no_harm.why(text, sentence, cue, None, None) is not None
        for _, cue in cues
    )
