"""Check one draft casualty against its sentence, and read what the words mean.

Refused are: a kind that no word supports, forecasts, purposes and searches, things
that are no people, those who did it, and figures that the sentence itself replaces.
The count is what the sentence says beside the word of harm, never a sum.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import get_args

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading import no_fact
from summarizer.reading.english.tolls import victims as victims_of
from summarizer.reading.english.tolls.counting import (
    count_of,
    is_subset,
    is_zero,
    scope_of,
)
from summarizer.reading.english.tolls.no_count import why_no_count
from summarizer.reading.english.tolls.people_words import (
    is_thing,
    people_pattern,
    victims,
)
from summarizer.reading.values import Harm, Refusal
from summarizer.text import counts, words
from summarizer.text.locate import locate

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)


_ACTIVE_GAP = re.compile(
    r"(?i)^\s*(?:have|has|had|also|later|then|then|reportedly|\w+ly|\s)*$"
)


_NO_OBJECT = re.compile(
    r"(?i)^[”\"’]?\s*(?:in|by|when|during|after|on|at|and|,|\.|;|since|while|near|as|overnight|last|this|\w+day|there|here|so far|—|–|-|$)"
)


_DONE_TO = re.compile(
    rf"(?i)(?:{'|'.join(stem for stems in words.lists('harm_done').values() for stem in stems)})\w*"
)
"""Words of harm whose subject does it: "forces detained", not "men died"."""


_NO_REPORTS = re.compile(
    r"(?i)\bno (?:immediate )?(?:reports?|word|confirmation|information)\b|\bno \w+(?: \w+)? (?:was|were) reported\b"
)


def check(draft: CasualtyDraft, text: str, sentence: Span) -> Harm | Refusal:
    """Check *draft* against the sentence that the model was asked about.

    Returns:
        What the sentence says, or why the draft is refused.
    """
    count, who = _people(draft, text, sentence)
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
    bar = _barred(text, sentence, told[1], count, who)
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
    found = _cue(draft, text, sentence, anchor)
    if found is None and _cues(text, sentence):
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
        who=victims(who.of(text) if who else ""),
        scope=scope_of(text, sentence, anchor, count),
        subset=is_subset(text, sentence, anchor),
        none_reported=none_reported,
    )


def _people(
    draft: CasualtyDraft, text: str, sentence: Span
) -> tuple[Span | None, Span | None]:
    """Find the draft's number and people in the sentence."""
    count = count_span_of(draft, text, sentence)
    who = _who_span(draft.who, text, sentence, count)
    if count is None and who is None and counts.read(draft.count) is None:
        # The model sometimes puts the people where the number belongs.
        who = _who_span(draft.count, text, sentence, None)
    if count is not None and who is not None and not _counted(text, count, who):
        who = None  # the number stands, but the text does not say of whom
    return count, who


def proposed(text: str, sentence: Span) -> list[CasualtyDraft]:
    """Draft the counts that stand beside a word of harm: the form alone shows them.

    "12 people were killed", "over 1,000 deaths", "wounded nine". The drafts go through
    the same checks as a model's.
    """
    found: list[CasualtyDraft] = []
    for counted in counts.spans(sentence.of(text))[:_MOST_COUNTS]:
        phrase = counted.moved(sentence.start)
        who = _PEOPLE.match(text[phrase.end : sentence.end])
        end = phrase.end + (who.end() if who else 0)
        people = _trimmed(who.group().strip()) if who else ""
        if people is None:
            continue  # "300 geese", "12 contracts": the model may know better
        kind = _beside(text, sentence, phrase, end)
        if kind is not None:
            found.append(CasualtyDraft(kind=kind, count=phrase.of(text), who=people))
    return [*found, *victims_of.find(text, sentence)]


def _trimmed(phrase: str) -> str | None:
    """End a phrase at its last word for people; None when it has none."""
    parts = phrase.split()
    last = next(
        (
            n
            for n in range(len(parts), 0, -1)
            if people_pattern().fullmatch(parts[n - 1])
        ),
        0,
    )
    rest = " ".join(parts[last:])
    if last == 0 or _NOT_QUITE.search(rest):
        return None
    if len(parts) > last and not re.match(r"(?i)\w+(?:ed|ly|ing)$", parts[last]):
        return None  # "senators’ careers"
    return " ".join(parts[:last])


_NOT_QUITE = re.compile(
    r"(?i)\b(?:nearly|almost|escaped|survived|narrowly|feared|could|may|might|would|will)\b"
)


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
    cues = _cues(text, sentence)
    return bool(cues) and all(
        any(cue.overlaps(one) for one in read)
        or _barred(text, sentence, cue, None, None) is not None
        for _, cue in cues
    )


_PEOPLE = re.compile(
    r"(?:\s+(?!(?:were|was|are|is|have|has|had|in|of|on|at|by|and|or|when|who|that|died|killed|dead|"
    r"wounded|injured|deaths|to|from|remain|remained|others|during|near|after|before|while|with|for|as|into|"
    r"against|outside|inside|yesterday|today|tonight|early|late|last|this|accused|believed|connected|based|\w+ing)\b)[A-Za-z][\w’'-]*){1,3}"
)


def _beside(text: str, sentence: Span, phrase: Span, end: int) -> CasualtyKind | None:
    """Find the word of harm right after the people, or right before their number."""
    after = text[end : sentence.end]
    before = text[sentence.start : phrase.start]
    for kind in KINDS:
        led = _led_to(kind).match(after)
        # "two men killed Judge Lima": without "were" the verb may be theirs
        if led is not None and (led["aux"] or _NO_OBJECT.match(after[led.end() :])):
            # "the lawyer for the two men was arrested": not the men
            count = counts.read(phrase.of(text))
            single = count is not None and count.value == 1
            return None if led["aux"].startswith("was") and not single else kind
        if kind != "casualties" and _leads(kind).search(before):
            return kind
    if re.search(
        r"(?i)\b(?:toll|number of (?:the )?(?:dead|deaths|victims))\b[^.;]{0,50}\b(?:to|at|of)\s+$",
        before,
    ):
        return "killed"
    return None


@cache
def _led_to(kind: CasualtyKind) -> re.Pattern[str]:
    """Match a word of harm behind the people: "were killed"."""
    return re.compile(
        r"(?i)[”\"’]?\s+(?P<aux>(?:(?:were|was|being|have been|had been|are|others|others were|more|reported|confirmed|also|feared|remain(?:ed)?)\s+){0,2})"
        rf"(?:{words.pattern('harm', kind).pattern})"
    )


@cache
def _leads(kind: CasualtyKind) -> re.Pattern[str]:
    """Match a word of harm right before a number: "killed another"."""
    return re.compile(
        rf"(?i)(?:{words.pattern('harm', kind).pattern})\s+(?:(?:of|to|at|another|a further)\s+)?$"
    )


def count_span_of(draft: CasualtyDraft, text: str, sentence: Span) -> Span | None:
    """Find the draft's count in the sentence, widened to its whole phrase."""
    wanted = draft.count.strip()
    if not wanted or wanted.lower() in {"a", "an", "the"}:
        return None
    place = locate(wanted, text, sentence)
    if re.match(r"(?i)(?:no|none|nobody)\b", wanted):
        return place
    phrases = [p.moved(sentence.start) for p in counts.spans(sentence.of(text))]
    if place is not None:
        return _phrase_at(place, phrases, draft.who, text, sentence)
    return _phrase_meaning(wanted, phrases, text)


def _phrase_at(
    place: Span, phrases: list[Span], who: str, text: str, sentence: Span
) -> Span | None:
    """Find the count that copied words stand in: before the people, if any does."""
    inside = [p for p in phrases if p.overlaps(place)]
    if who and inside:
        # "three Israelis and three Palestinians": the three that these people are
        beside = [
            p
            for p in phrases
            if counts.read(p.of(text)) == counts.read(inside[0].of(text))
            and text[p.end : sentence.end].lstrip().startswith(who)
        ]
        inside = beside or inside
    return inside[0] if inside else None


def _phrase_meaning(wanted: str, phrases: list[Span], text: str) -> Span | None:
    """Find the first count that says the same number in other words."""
    # The model may have turned "twelve" into "12": the same number counts.
    read = counts.read(wanted)
    if read is None:
        return None
    for phrase in phrases:
        meant = counts.read(phrase.of(text))
        if meant is not None and meant.value == read.value and meant.low == read.low:
            return phrase
    return None


def _who_span(
    people: str, text: str, sentence: Span, count: Span | None
) -> Span | None:
    wanted = people.strip(" .,;")
    if not wanted:
        return None
    near = Span(start=count.start, end=sentence.end) if count else sentence
    return locate(wanted, text, near) or locate(wanted, text, sentence)


def _counted(text: str, count: Span, who: Span) -> bool:
    """Tell whether a number counts these people: "12 children", "12 of the men"."""
    if who.overlaps(count):
        return True
    gap = text[count.end : who.start]
    return (
        who.start >= count.end
        and re.fullmatch(r"(?:\s+[\w’'-]+){0,3}\s+", gap) is not None
    )


def _cue(
    draft: CasualtyDraft, text: str, sentence: Span, anchor: Span
) -> tuple[CasualtyKind, Span] | None:
    """Find the word of harm that belongs to the people counted.

    The draft's kind wins while the sentence has a word for it that is not cut off
    from the count by another count; otherwise the nearest word decides.
    """
    kind = draft.kind
    # The count of the whole stands between its word of harm and a part of it, and
    # the counts of a list between a verb and the first that it governs.
    is_listed = is_subset(text, sentence, anchor) or victims_of.governs(
        draft, text, sentence
    )
    others = [] if is_listed else _other_counts(text, sentence)
    places = _cues(text, sentence)
    if not places:
        return None
    ranked = sorted(places, key=lambda place: _distance(place[1], anchor, others))
    own = [place for place in ranked if place[0] == kind]
    if own and _distance(own[0][1], anchor, others) < _CUT_OFF:
        return own[0]
    best = ranked[0]
    return best if _distance(best[1], anchor, others) < _CUT_OFF else None


@lru_cache(maxsize=1024)
def _other_counts(text: str, sentence: Span) -> list[Span]:
    """List the numbers of a sentence that may count people."""
    phrases = counts.spans(sentence.of(text))[:_MOST_COUNTS]
    places = [phrase.moved(sentence.start) for phrase in phrases]
    return [place for place in places if _counts_others(text, sentence, place)]


_MOST_COUNTS = 40
"""Numbers, and words of each harm, that are read in one sentence; more make a table."""


def _counts_others(text: str, sentence: Span, count: Span) -> bool:
    """Tell whether a number may count other people: no things, no part of a whole."""
    if why_no_count(text, sentence, count) is not None:
        return False
    return not is_subset(text, sentence, count)


_CUT_OFF = 1_000
"""Added to the distance of a word of harm for each count that stands between."""


@lru_cache(maxsize=1024)
def _cues(text: str, sentence: Span) -> tuple[tuple[CasualtyKind, Span], ...]:
    """List the words of harm in a sentence, kind by kind."""
    return tuple(
        (kind, Span.at(m))
        for kind in KINDS
        for m in islice(
            words.pattern("harm", kind).finditer(text, sentence.start, sentence.end),
            _MOST_COUNTS,
        )
    )


def _distance(cue: Span, anchor: Span, others: list[Span]) -> int:
    low, high = min(cue.end, anchor.end), max(cue.start, anchor.start)
    between = sum(
        o.start >= low and o.end <= high and not o.overlaps(anchor) for o in others
    )
    return max(0, high - low) + _CUT_OFF * between


def _barred(
    text: str, sentence: Span, cue: Span, count: Span | None, who: Span | None
) -> Refusal | None:
    """Find what makes the words no report of harm to people."""
    zero = is_zero(text, count)
    place = no_fact.Place(text, sentence, cue, count, who, is_zero=zero)
    if (bar := no_fact.find("casualties", place)) is not None:
        return bar
    if who is not None and _did_it(text, sentence, cue, who):
        return Refusal(
            "perpetrator", f"{who.of(text)!r} are those who did it, not those harmed"
        )
    if who is not None and count is None and is_thing(who.of(text)):
        return Refusal("not_people", f"{who.of(text)!r} are no people")
    return None


def _did_it(text: str, sentence: Span, cue: Span, who: Span) -> bool:
    """Tell the subject of "forces detained two men", and "by X" after a passive."""
    if who.end <= cue.start:
        gap, after = text[who.end : cue.start], text[cue.end : sentence.end]
        return (
            _ACTIVE_GAP.match(gap) is not None
            and _DONE_TO.fullmatch(cue.of(text)) is not None
            and _NO_OBJECT.match(after) is None
        )
    by = re.search(r"(?i)\bby\s+(?:the\s+|an?\s+|\w+\s+)?$", text[cue.end : who.start])
    return (
        by is not None and who.start > cue.end and len(text[cue.end : who.start]) < 60
    )


def _said(kind: CasualtyKind) -> str:
    return "killed or wounded" if kind == "casualties" else kind
