"""People harmed, in a language that is not read as English.

A draft's words must stand in the sentence. With lists the kind, the number and what
makes it no fact are checked; without them only the words are, and no number is read.
"""

import re

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind, Victims
from summarizer.reading.english.tolls.harm_words import KINDS
from summarizer.reading.listed import days, numbers
from summarizer.reading.values import Harm, Refusal
from summarizer.text.lexicon import Lexicon
from summarizer.text.locate import locate

_QUESTION = re.compile(r"[?？؟]\W*$")
_NEAR_WORDS = 3
"""Words between a number and its word of harm: "12 personas más murieron"."""

_NEAR_PEOPLE = 8
"""The same where people stand beside the number: German tells at the end of the clause
what happened to them ("12 Menschen wurden in der Stadt getötet")."""

_MOST_COUNTS = 12


def check(
    draft: CasualtyDraft, text: str, sentence: Span, lexicon: Lexicon
) -> Harm | Refusal:
    """Check a draft against its sentence."""
    if not draft.count.strip() and not draft.who.strip():
        return Refusal("empty", "it names no people and no number")
    count = locate(draft.count, text, sentence) if draft.count.strip() else None
    who = locate(draft.who, text, sentence) if draft.who.strip() else None
    anchor = count or who
    if anchor is None:
        words = (draft.count or draft.who).strip()
        return Refusal("not_found", f"the sentence does not say {words!r}")
    if _QUESTION.search(sentence.of(text)):
        return Refusal("not_a_fact", "the sentence asks")
    counted = _counts(text, sentence, lexicon)
    count, who = _told_apart(text, count, who, counted, lexicon)
    kind, cue = draft.kind, anchor
    if lexicon.has("harm"):
        found = _cue(draft.kind, text, sentence, count or anchor, counted, lexicon)
        if isinstance(found, Refusal):
            return found
        kind, cue = found
        bar = _barred(text, sentence, cue, anchor, count, lexicon)
        if bar is not None:
            return bar
    return _made(text, (kind, cue), count, who, lexicon)


def _told_apart(
    text: str,
    count: Span | None,
    who: Span | None,
    counted: list[Span],
    lexicon: Lexicon,
) -> tuple[Span | None, Span | None]:
    """Return the whole count, and the people where words of their own name them."""
    if count is None:
        return None, who
    count = next((c for c in counted if c.overlaps(count)), count)
    if who is not None and not lexicon.has("numbers"):
        count = _up_to(text, count, who)
    # "12人": the count says of whom
    return count, None if who is not None and who.within(count) else who


def _made(
    text: str,
    told: tuple[CasualtyKind, Span],
    count: Span | None,
    who: Span | None,
    lexicon: Lexicon,
) -> Harm:
    """Return the harm that a word tells of, with its count read."""
    kind, cue = told
    words = who.of(text) if who is not None else ""
    return Harm(
        kind=kind,
        cue=cue,
        count=numbers.read(count.of(text), lexicon) if count is not None else None,
        count_span=count,
        who_span=who,
        who=_victims(words, lexicon),
    )


def _up_to(text: str, count: Span, who: Span) -> Span:
    """Widen a count to the people: "12" of "12 mille personnes" is not what is said."""
    gap = text[count.end : max(count.end, who.start)]
    if not gap.strip() or len(gap.split()) > _NEAR_WORDS or re.search(r"[^\w\s-]", gap):
        return count
    return Span(start=count.start, end=count.end + len(gap.rstrip()))


def proposed(text: str, sentence: Span, lexicon: Lexicon) -> list[CasualtyDraft]:
    """Draft the counts beside a word of harm: "12 muertos", "murieron 12 personas"."""
    if not lexicon.has("harm"):
        return []
    people = lexicon.pattern("harm_refused", "plural")
    of = lexicon.before_a_word("of")
    found: list[CasualtyDraft] = []
    counted = _counts(text, sentence, lexicon)[:_MOST_COUNTS]
    for span in counted:
        led = re.match(rf"(?i)\s*{of}?", text[span.end :])
        start = span.end + (led.end() if led is not None else 0)
        who = people.match(text, start, sentence.end)
        who = who or people.fullmatch(text, span.start, span.end)  # "شخصان": two people
        cue = _cue(None, text, sentence, span, counted, lexicon)
        if isinstance(cue, Refusal):
            continue
        kind, place = cue
        if not _is_near(text, span, start, place, people=who is not None):
            continue
        words = who.group() if who is not None else ""
        found.append(CasualtyDraft(kind=kind, count=span.of(text), who=words))
    return found


def _is_near(text: str, count: Span, start: int, cue: Span, *, people: bool) -> bool:
    """Tell whether a word of harm stands near enough to a count to be told of it.

    Args:
        text: The article.
        count: The number.
        start: Where a noun behind the number begins.
        cue: The word of harm.
        people: Whether that noun is one for people.
    """
    behind = cue.start >= count.end
    if not people and behind and cue.start > start:
        return False
    gap = text[count.end : cue.start] if behind else ""
    most = _NEAR_PEOPLE if people else _NEAR_WORDS
    if len(gap.split()) > most or re.search(r"[,;:.]", gap):
        return False
    # "murieron 12 personas": the word of harm just before, and people after
    return cue.end > count.start or (
        people and len(text[cue.end : count.start].split()) <= 1
    )


def _counts(text: str, sentence: Span, lexicon: Lexicon) -> list[Span]:
    """Find the numbers of a sentence that are no dates and count no things."""
    words = sentence.of(text)
    dated = [d.span for d in days.find(words, None, lexicon)]
    things = lexicon.pattern("harm_refused", "things")
    of = lexicon.before_a_word("of")
    found: list[Span] = []
    for span in numbers.spans(words, lexicon):
        rest = words[span.end :]
        after = re.match(rf"(?i)\s*{of}?", rest)
        follows = things.match(rest, after.end() if after else 0)
        if not any(span.overlaps(d) for d in dated) and follows is None:
            found.append(span.moved(sentence.start))
    return found


def _cue(
    wanted: CasualtyKind | None,
    text: str,
    sentence: Span,
    anchor: Span,
    counted: list[Span],
    lexicon: Lexicon,
) -> tuple[CasualtyKind, Span] | Refusal:
    """Find the word of harm that belongs to a number or to people.

    The one right before them counts first ("mató a 12"), then the first one after them
    and before the next number, unless that number follows it at once ("12 soldats ont tué
    30 personnes"), then the last one before them.
    """
    cues = _cues(text, sentence, lexicon)
    if wanted is not None and not any(kind == wanted for kind, _ in cues):
        return Refusal(
            "unsupported_kind", f"no word of the sentence says that anyone was {wanted}"
        )
    stretch = _between_counts(text, sentence, anchor, counted, lexicon)
    done = [c for c in cues if _is_done_by(text, anchor, c[1], counted, lexicon)]
    suffered = [c for c in cues if c not in done]
    if found := _nearest(text, suffered, anchor, stretch, lexicon):
        return found
    if any(c.end <= stretch[1] for _, c in done):
        reason = f"{anchor.of(text)!r} are those who did it, not those harmed"
        return Refusal("perpetrator", reason)
    return Refusal("cut_off", "another number stands between these people and the word")


def _nearest(
    text: str,
    cues: list[tuple[CasualtyKind, Span]],
    anchor: Span,
    stretch: tuple[int, int],
    lexicon: Lexicon,
) -> tuple[CasualtyKind, Span] | None:
    """Find the word of harm in a stretch that is told of the words amid it, if any."""
    low, high = stretch
    before = [c for c in cues if low <= c[1].start and c[1].end <= anchor.start]
    after = [c for c in cues if c[1].start >= anchor.end and c[1].end <= high]
    inside = [c for c in cues if c[1].overlaps(anchor)]
    if inside:
        return inside[0]
    if before and _is_right_before(text, before[-1][1], anchor, lexicon):
        return before[-1]
    chosen = after[:1] or before[-1:]
    return chosen[0] if chosen else None


def _between_counts(
    text: str, sentence: Span, anchor: Span, counted: list[Span], lexicon: Lexicon
) -> tuple[int, int]:
    """Find the stretch around a number or people that no other number cuts off."""
    low = max((c.end for c in counted if c.end <= anchor.start), default=sentence.start)
    high = min(
        (
            c.start
            for c in counted
            if c.start >= anchor.end and not _is_joined(text, anchor, c, lexicon)
        ),
        default=sentence.end,
    )
    return low, high


def _is_right_before(text: str, cue: Span, anchor: Span, lexicon: Lexicon) -> bool:
    """Tell whether at most one word, and no joint, stands between two stretches."""
    gap = text[cue.end : anchor.start]
    joins = lexicon.pattern("clauses", "and")
    return len(gap.split()) <= 1 and "," not in gap and joins.search(gap) is None


def _is_done_by(
    text: str, anchor: Span, cue: Span, counted: list[Span], lexicon: Lexicon
) -> bool:
    """Tell "12 soldats ont tué 30 personnes" from "12 tués" and "12 tués dont 3 enfants".

    The next number follows the word of harm at once, or after "a" ("mataron a 30"), and
    the word is no noun right behind the first number.
    """
    if cue.start < anchor.end:
        return False
    following = (c.start for c in counted if c.start >= cue.end)
    gap = text[cue.end : next(following, cue.end)]
    leads = lexicon.pattern("clauses", "addressee").fullmatch(gap.strip()) is not None
    return (
        bool(text[anchor.end : cue.start].strip())
        and bool(gap)
        and (gap.isspace() or leads)
    )


def _is_joined(text: str, one: Span, other: Span, lexicon: Lexicon) -> bool:
    """Tell "three soldiers and two civilians": one word of harm is told of both."""
    people = lexicon.pattern("harm_refused", "plural").pattern
    joins = lexicon.whole(lexicon.entries("clauses", "and"))
    gap = text[one.end : other.start]
    return re.fullmatch(rf"(?i)\s*(?:{people})?\s*,?\s*{joins}\s*", gap) is not None


def _cues(
    text: str, sentence: Span, lexicon: Lexicon
) -> list[tuple[CasualtyKind, Span]]:
    found = [
        (kind, Span.at(m))
        for kind in KINDS
        for m in lexicon.pattern("harm", kind).finditer(
            text, sentence.start, sentence.end
        )
    ]
    longest = [
        f
        for f in found
        if not any(
            f[1].overlaps(o) and (o.end - o.start) > (f[1].end - f[1].start)
            for _, o in found
        )
    ]
    return sorted(longest, key=lambda f: f[1].start)


def _barred(
    text: str,
    sentence: Span,
    cue: Span,
    anchor: Span,
    count: Span | None,
    lexicon: Lexicon,
) -> Refusal | None:
    """Find what makes it no fact: "podría matar a 12", "no murió", "si mueren"."""
    first = min(cue.start, anchor.start)
    lead = text[sentence.start : first]
    clause = re.split(r"[,;:.—]", lead)[-1]
    between = text[min(cue.end, anchor.end) : max(cue.start, anchor.start)]
    near = " ".join(clause.split()[-_NEAR_WORDS:])
    meant = numbers.read(count.of(text), lexicon) if count is not None else None
    zero = meant is not None and meant.value == 0
    negation = lexicon.pattern("negation", "words")
    if not zero and (negation.search(near) or negation.search(between)):
        return Refusal("denied", "the sentence says that nobody was harmed")
    ahead = lexicon.pattern("harm_refused", "ahead")
    if ahead.search(clause) or ahead.search(between):
        return Refusal("not_a_fact", "the sentence looks ahead, or sets a condition")
    # "beschuldigt, 30 Menschen getötet zu haben": a whole phrase, over commas.
    for found in ahead.finditer(text, sentence.start, sentence.end):
        if found.start() < first and cue.end <= found.end():
            return Refusal("not_a_fact", "the sentence only says it of somebody")
    return None


def _victims(who: str, lexicon: Lexicon) -> Victims:
    civilian = lexicon.pattern("harm_refused", "civilian").search(who) is not None
    combatant = lexicon.pattern("harm_refused", "combatant").search(who) is not None
    if civilian and combatant:
        return "mixed"
    return "civilian" if civilian else "combatant" if combatant else "unknown"
