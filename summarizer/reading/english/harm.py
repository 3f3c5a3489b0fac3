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
from schemas.terms import CasualtyKind, Scope, Victims
from summarizer.reading import no_fact
from summarizer.reading.english import no_count, revision
from summarizer.reading.english import victims as victims_of
from summarizer.reading.values import Harm, Refusal
from summarizer.text import counts, words
from summarizer.text.counts import Count
from summarizer.text.locate import locate

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)

_ACTIVE_GAP = re.compile(
    r"(?i)^\s*(?:have|has|had|also|later|then|then|reportedly|\w+ly|\s)*$"
)
_NO_OBJECT = re.compile(
    r"(?i)^[”\"’]?\s*(?:in|by|when|during|after|on|at|and|,|\.|;|since|while|near|as|overnight|last|this|\w+day|there|here|so far|—|–|-|$)"
)
_SUBSET = re.compile(
    r"(?i)(?:\bincluding|\bamong (?:them|those|whom)(?: were| was)?|\bof (?:them|whom)|\bthree of|\bone of them)\s*(?:at least |about |some |an? |the )?(?:[\w’'-]+\s+){0,2}$"
)
_OF_WHOM = re.compile(
    r"(?i)^\s*(?:of (?:them|whom|these|those|the (?:dead|victims|wounded|injured|detainees|missing|others))\b)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_PERIOD = rf"(?:since (?:the|last|19|20|{_MONTH})|so far this year|this (?:year|month)|(?:over|in|during) the (?:past|last) (?:\w+ )?(?:years?|months?|decades?|weeks?))"
_CUMULATIVE = re.compile(
    r"(?i)\b(?:bring(?:s|ing)?|brought|rais(?:es|ed|ing)|push(?:es|ed|ing)?)\b[^.;]{0,60}\bto\s+(?:\w+\s+){0,2}$|\b(?:total|toll) (?:of|to|since|has)\b[^.;,]{0,40}$|\bsince\b(?!\s+\w+day\b)[^.;,]{0,60}$"
    rf"|^{_PERIOD}\b[^.;]{{0,160}}$|\b(?:operations|raids|attacks|strikes) {_PERIOD}\b[^.;]{{0,40}}$"
)
_CUMULATIVE_AFTER = re.compile(
    rf"(?i)^[^.;,]{{0,120}}\b(?:{_PERIOD}|over the years|during the (?:war|conflict))\b"
)
_SUPERSEDED = re.compile(
    r"(?i)\b(?:from|initially|earlier (?:toll|figure|report)s? (?:of|put)[^.;]{0,20}|previous(?:ly)?[^.;]{0,20}|not)\s+(?:the\s+)?$"
)
_NONE_OF = re.compile(
    r"(?i)\b(?:no|not|none of(?: the| its| their| all)?|neither(?: of(?: the)?)?|not (?:a single )?(?:one )?of(?: the)?|"
    r"not one of(?: the)?|nobody of(?: the)?)\s*$"
)
_NOT_A_TOLL = re.compile(
    r"(?i)\b(?:all but(?: \w+ of(?: the| its| their)?)?|one in|\w+ in \w+ of(?: the| its| their)?|twice as many as(?: the)?)\s*$"
)
_RATE = re.compile(
    r"(?i)^[^.;,]{0,40}\b(?:(?:a|per|every|each) (?:day|hour|week|month|year)|in (?:ten|10|five|5|100|three) \w+)\b"
)
_REVISED = re.compile(
    r"(?i)\b(?:(?:revis|lower|rais|cut|increas|updat|correct|climb|jump|drop|reduc)\w*|rises?|rose|risen|grew|grown|fell|fallen)\b"
)
_NO_REPORTS = re.compile(
    r"(?i)\bno (?:immediate )?(?:reports?|word|confirmation|information)\b|\bno \w+(?: \w+)? (?:was|were) reported\b"
)
_AFTER_NUMBER = re.compile(
    r"(?i)^(?:-strong|-member|-man|-year|-month|-day|-hour|-mile|-foot|-km|(?:\s*(?:st|nd|rd|th)\b))"
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£]|\bUS\$|\b(?:Resolution|resolution|Boeing|Airbus|Flight|No\.|Article|article|Route|Highway|AK|RPG|aged|age|dated?|Unit|Brigade))\s*-?$"
)


def check(draft: CasualtyDraft, text: str, sentence: Span) -> Harm | Refusal:
    """Check *draft* against the sentence that the model was asked about.

    Returns:
        What the sentence says, or why the draft is refused.
    """
    count_span, who_span = _people(draft, text, sentence)
    anchor = count_span or who_span
    if not draft.count.strip() and not draft.who.strip():
        return Refusal("empty", "it names no people and no number")
    if anchor is None:
        words_of = (draft.count or draft.who).strip()
        return Refusal("not_found", f"the sentence does not say {words_of!r}")
    bar = _barred_count(text, sentence, count_span) if count_span else None
    if bar is not None:
        return bar
    found = _cue(draft, text, sentence, anchor)
    if found is None and any(_cues(k, text, sentence) for k in KINDS):
        return Refusal(
            "cut_off", "another number stands between these people and the word"
        )
    if found is None:
        return Refusal(
            "unsupported_kind",
            f"no word of the sentence says that anyone was {_said(draft.kind)}",
        )
    kind, cue = found
    held = who_span.of(text) if who_span is not None else ""
    if kind == "detained" and re.search(r"(?i)\b(?:hostages?|captives?)\b", held):
        kind = "abducted"
    if kind != draft.kind and count_span is None and kind != "abducted":
        return Refusal(
            "unsupported_kind",
            f"no word of the sentence says that anyone was {_said(draft.kind)}",
        )
    bar = _barred(text, sentence, cue, count_span, who_span)
    if bar is not None:
        return bar
    count = _count(text, sentence, count_span, who_span)
    if count is None:
        return Refusal(
            "no_count", "the sentence gives no number, name or plural for these people"
        )
    return Harm(
        kind=kind,
        cue=cue,
        count=count,
        count_span=count_span,
        who_span=who_span,
        who=victims(who_span.of(text) if who_span else ""),
        scope=scope_of(text, sentence, anchor, count_span),
        subset=is_subset(text, sentence, anchor),
        none_reported=count.value == 0
        and _NO_REPORTS.search(sentence.of(text)) is not None,
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
    phrases = [
        Span(start=sentence.start + p.start, end=sentence.start + p.end)
        for p in counts.spans(sentence.of(text))[:_MOST_COUNTS]
    ]
    for phrase in phrases:
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
            if _people_words().fullmatch(parts[n - 1])
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
    cues = [cue for kind in KINDS for cue in _cues(kind, text, sentence)]
    return bool(cues) and all(
        any(cue.overlaps(one) for one in read)
        or _barred(text, sentence, cue, None, None) is not None
        for cue in cues
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
        cue = words.pattern("harm", kind).pattern
        led = re.match(
            rf"(?i)[”\"’]?\s+(?P<aux>(?:(?:were|was|being|have been|had been|are|others|others were|more|reported|confirmed|also|feared|remain(?:ed)?)\s+){{0,2}})(?:{cue})",
            after,
        )
        # "two men killed Judge Lima": without "were" the verb may be theirs
        if led is not None and (led["aux"] or _NO_OBJECT.match(after[led.end() :])):
            # "the lawyer for the two men was arrested": not the men
            count = counts.read(phrase.of(text))
            single = count is not None and count.value == 1
            return None if led["aux"].startswith("was") and not single else kind
        if (
            re.search(
                rf"(?i)(?:{cue})\s+(?:(?:of|to|at|another|a further)\s+)?$", before
            )
            and kind != "casualties"
        ):
            return kind
    if re.search(
        r"(?i)\b(?:toll|number of (?:the )?(?:dead|deaths|victims))\b[^.;]{0,50}\b(?:to|at|of)\s+$",
        before,
    ):
        return "killed"
    return None


def victims(who: str) -> Victims:
    """Tell civilians from combatants by the words for them."""
    civilian = words.pattern("harm_refused", "civilian").search(who) is not None
    combatant = words.pattern("harm_refused", "combatant").search(who) is not None
    if civilian and combatant:
        return "mixed"
    return "civilian" if civilian else "combatant" if combatant else "unknown"


def count_span_of(draft: CasualtyDraft, text: str, sentence: Span) -> Span | None:
    """Find the draft's count in the sentence, widened to its whole phrase."""
    wanted = draft.count.strip()
    if not wanted or wanted.lower() in {"a", "an", "the"}:
        return None
    if re.match(r"(?i)(?:no|none|nobody)\b", wanted):
        return locate(wanted, text, sentence)
    place = locate(wanted, text, sentence)
    phrases = [
        Span(start=sentence.start + p.start, end=sentence.start + p.end)
        for p in counts.spans(sentence.of(text))
    ]
    if place is not None:
        inside = [p for p in phrases if p.overlaps(place)]
        if draft.who and inside:
            # "three Israelis and three Palestinians": the three that these people are
            beside = [
                p
                for p in phrases
                if counts.read(p.of(text)) == counts.read(inside[0].of(text))
                and text[p.end : sentence.end].lstrip().startswith(draft.who)
            ]
            inside = beside or inside
        return inside[0] if inside else None
    # The model may have turned "twelve" into "12": the same number counts.
    read = counts.read(wanted)
    for phrase in phrases:
        meant = counts.read(phrase.of(text))
        if (
            read is not None
            and meant is not None
            and meant.value == read.value
            and meant.low == read.low
        ):
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
    places = [(name, cue) for name in KINDS for cue in _cues(name, text, sentence)]
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
    found: list[Span] = []
    for phrase in counts.spans(sentence.of(text))[:_MOST_COUNTS]:
        place = Span(
            start=sentence.start + phrase.start, end=sentence.start + phrase.end
        )
        if _counts_others(text, sentence, place):
            found.append(place)
    return found


_MOST_COUNTS = 40
"""Numbers, and words of each harm, that are read in one sentence; more make a table."""


def _counts_others(text: str, sentence: Span, count: Span) -> bool:
    """Tell whether a number may count other people: no things, no part of a whole."""
    if _barred_count(text, sentence, count) is not None:
        return False
    return not is_subset(text, sentence, count)


_CUT_OFF = 1_000
"""Added to the distance of a word of harm for each count that stands between."""


def _cues(kind: CasualtyKind, text: str, sentence: Span) -> list[Span]:
    pattern = words.pattern("harm", kind)
    return [
        Span(start=m.start(), end=m.end())
        for m in islice(
            pattern.finditer(text, sentence.start, sentence.end), _MOST_COUNTS
        )
    ]


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
    zero = _is_zero(text, count)
    place = no_fact.Place(text, sentence, cue, count, who, is_zero=zero)
    if (bar := no_fact.find("casualties", place)) is not None:
        return bar
    if who is not None and _did_it(text, sentence, cue, who):
        return Refusal(
            "perpetrator", f"{who.of(text)!r} are those who did it, not those harmed"
        )
    if who is not None and count is None and _is_thing(who.of(text)):
        return Refusal("not_people", f"{who.of(text)!r} are no people")
    return None


def _barred_count(text: str, sentence: Span, count: Span) -> Refusal | None:
    after = text[count.end : min(sentence.end, count.end + 60)]
    before = text[sentence.start : count.start]
    said = f"{count.of(text)}{after.split(',')[0][:25]}".strip()
    if _AFTER_NUMBER.match(after) or _MONEY_BEFORE.search(before):
        return Refusal("not_people", f"“{said}” counts no people harmed")
    followed = _FOLLOWED.match(text[count.end : sentence.end])
    people = followed is not None and _is_people(followed.group())
    if no_count.is_no_count(count.of(text), before, after, people=people):
        return Refusal("not_people", f"“{said}” is a year, an age or a name's number")
    if _WHOLE_BEFORE.search(before):
        return Refusal("no_count", f"“{said}” is the whole, not those harmed")
    if _NONE_OF.search(before):
        return Refusal("denied", f"the sentence says that none of “{said}” was harmed")
    if _NOT_A_TOLL.search(before) or _RATE.match(text[count.end : sentence.end]):
        return Refusal("no_count", f"“{said}” is a share or a rate, not a count")
    after = re.sub(r"(?i)^\s+or\s+[\w-]+(?=\s)", "", after)  # "2 or 3 days"
    thing = re.match(r"^\s+(?:[\w’'-]+\s+){0,2}?([\w%’'-]+)", after)
    nouns = re.findall(r"[\w%’'-]+", after)[:1]
    if nouns and _is_thing(nouns[0]) and thing is not None:
        return Refusal("not_people", f"“{said}” counts no people harmed")
    if (
        _SUPERSEDED.search(before)
        and _REVISED.search(before)
        and re.search(r"(?i)\bto\s", before + after)
    ):
        return Refusal(
            "superseded", f"the sentence itself replaces the figure {count.of(text)!r}"
        )
    return None


_FOLLOWED = re.compile(
    r"(?:\s+(?!(?:were|was|are|is|have|has|had|who|that|and|or|in|on|of|died|killed)\b)[\w’'-]+){1,4}"
)
_WHOLE_BEFORE = re.compile(
    r"(?i)\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|some|several|many|most|few|"
    r"none|nobody|half|any|all|each|neither|either|members?)\s+(?:out\s+)?(?:of|among|in)\s+(?:(?:the|its|his|their|those|these|about|some)\s+)*$"
)
"""Before the number of a whole: "three of the ten hostages were killed"."""


def _is_name(phrase: str) -> bool:
    """Tell a person's name or title and name from "Army Rangers"."""
    last = phrase.rsplit(maxsplit=1)[-1].lower() if phrase.split() else ""
    return re.fullmatch(
        r"(?:[A-Z][\w’'.-]*\s+)+(?:(?:al|de|bin|la|del|von|van)\s+)*[A-Z][\w’'-]+",
        phrase,
    ) is not None and not words.compiled(_plural_words()).fullmatch(last)


@cache
def _plural_words() -> tuple[str, ...]:
    lists = words.lists("harm_refused")
    listed = [p for name in ("plural", "civilian", "combatant") for p in lists[name]]
    plurals = [f"{noun}s" for noun in lists["singular"] if noun.isalpha()]
    return tuple(p for p in [*listed, *plurals] if "[A-Z]" not in p)


def _is_people(phrase: str) -> bool:
    """Tell whether a phrase for what is counted has a word for people in it."""
    last = phrase.rsplit(maxsplit=1)[-1] if phrase.split() else ""
    return _people_words().fullmatch(last) is not None or any(
        _people_words().fullmatch(word) for word in phrase.split()
    )


@cache
def _people_words() -> re.Pattern[str]:
    lists = words.lists("harm_refused")
    known = [
        f"(?i:{p})"
        for name in ("plural", "civilian", "combatant")
        for p in lists[name]
        if "[A-Z]" not in p
    ]
    known += [
        f"(?i:{re.escape(noun)}s?)" for noun in lists["singular"] if noun.isalpha()
    ]
    nation = [p for p in lists["plural"] if "[A-Z]" in p]
    suffix = (
        r"(?!(?i:careers|containers|computers|servers|letters|numbers|papers|quarters|centers|centres|matters|orders|flowers|rivers|towers|"
        r"trailers|tankers|helicopters|airliners|airlines|boosters|others?ide|drivers'|bunkers|lockers|tractors|reactors|motors|doctors'|"
        r"errors|sectors|factors|floors|doors|colors|colours|shelters|chapters|meters|metres|liters|litres|acres|cylinders|launchers|"
        r"routers|printers|freighters|cruisers|bombers|destroyers|trawlers|ferries|hectares)\b)[a-z]{3,}(?:ers|ors|ists|ians|men|women|folk|kin)"
    )
    return re.compile("|".join([*known, *nation, suffix]))


def _did_it(text: str, sentence: Span, cue: Span, who: Span) -> bool:
    """Tell the subject of "forces detained two men", and "by X" after a passive."""
    if who.end <= cue.start:
        gap, after = text[who.end : cue.start], text[cue.end : sentence.end]
        return (
            _ACTIVE_GAP.match(gap) is not None
            and re.fullmatch(
                r"(?i)(?:kill|wound|injur|detain|captur|arrest|abduct|kidnap|murder|assassinat|seiz|execut|massacr|slaughter)\w*",
                cue.of(text),
            )
            is not None
            and _NO_OBJECT.match(after) is None
        )
    by = re.search(r"(?i)\bby\s+(?:the\s+|an?\s+|\w+\s+)?$", text[cue.end : who.start])
    return (
        by is not None and who.start > cue.end and len(text[cue.end : who.start]) < 60
    )


def _count(
    text: str, sentence: Span, count: Span | None, who: Span | None
) -> Count | None:
    """Read the count, from the words for the people when no number is given."""
    if count is not None:
        return counts.read(count.of(text))
    if who is None:
        return None
    phrase = who.of(text)
    before = text[max(sentence.start, who.start - 24) : who.start].lower()
    if _is_name(phrase):
        return Count(1, "=", 1, 1)  # a name: "Brian Jones"
    if (own := counts.read(_before_noun(phrase))) is not None:
        return own
    # The number may stand just before the words that were copied.
    led = re.search(r"[\w,.’' -]*$", before)
    near = counts.spans(led.group()) if led else []
    if near and near[-1].end >= len(led.group().rstrip()) - 12 if led else False:
        between = led.group()[near[-1].end :] if led else ""
        if re.fullmatch(r"\s+(?:[\w’'-]+\s+)?", between) and phrase[:1].islower():
            return counts.read(near[-1].of(led.group()) if led else "")
    behind = text[who.end : sentence.end]
    return one_or_more(phrase, before, behind)


def _joined(phrase: str, before: str, behind: str) -> Count | None:
    """Add up people that "and" joins: "his cameraman and producer" are two.

    They are one where a verb says so: "a friend and colleague was killed".
    """
    parts = re.split(r",?\s+and\s+", phrase)
    if len(parts) < 2 or "," in phrase:
        return None
    read = [
        counts.read(_before_noun(p))
        or _uncounted(p, before)
        or _uncounted(f"a {p}", "")
        for p in parts
    ]
    each = [count for count in read if count is not None and count.low is not None]
    if len(each) < len(parts) or re.match(r"\s+(?:was|is|has)\b", behind):
        return None
    low = sum(count.low or 0 for count in each)
    if all(count.low == count.high for count in each):
        return Count(low, "=", low, low)
    return Count(None, ">=", low, None, vague=True)


def one_or_more(phrase: str, before: str, behind: str = "") -> Count | None:
    """Count people from a phrase without a number: one person, or two and more."""
    listed = "," in phrase and _NAME_AT_END.fullmatch(phrase) is None
    if listed:
        return None  # "Ana Ruiz, the mayor, and her husband": two or three
    return _joined(phrase, before, behind) or _uncounted(phrase, before)


def _uncounted(phrase: str, before: str) -> Count | None:
    nouns = phrase.split()
    last = re.sub(r"[’']s$", "", nouns[-1]) if nouns else ""
    head = re.split(r"\s+(?:of|from|in|who|for)\b|,", phrase)[0].split()
    noun = head[-1].lower() if head else last.lower()
    if re.match(r"(?i)(?:him|her|he|she|himself|herself)$", phrase):
        return Count(1, "=", 1, 1)
    named = _NAME_AT_END.fullmatch(phrase) is not None and not noun.endswith("s")
    if noun in _singulars() or _is_named_one(phrase) or named:
        return Count(1, "=", 1, 1)
    if re.match(
        r"(?i)(?:a|an|one|his|her|the [\w’'-]+ (?:leader|commander|man|woman))\b",
        phrase,
    ) and not noun.endswith("s"):
        return Count(1, "=", 1, 1)
    if re.search(r"\b(?:a|an)\s+(?:\w+\s+){0,2}$", before) and not noun.endswith("s"):
        return Count(1, "=", 1, 1)
    if head and head[-1][:1].isupper() and len(head) <= 6 and not last.endswith("s"):
        return Count(1, "=", 1, 1)
    if noun.endswith("s") or noun in {
        "people",
        "men",
        "women",
        "children",
        "policemen",
        "gunmen",
        "troops",
        "police",
        "personnel",
        "militia",
    }:
        return Count(None, ">=", 2, None, vague=True)
    return None


_NAME_AT_END = re.compile(r"[^,]+,\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]*){1,3}")
"""A description and the name behind it: "the agency's reporter, Ana Ruiz"."""


def _is_named_one(phrase: str) -> bool:
    """Tell "mayor Alberto Celis": a word for one person, and a name behind it."""
    noun, *name = re.split(r"\s+(?=[A-Z])", phrase)
    return bool(name) and noun.rsplit(maxsplit=1)[-1].lower() in _singulars()


def _before_noun(phrase: str) -> str:
    """Take the words of a phrase that may count it: those at its start."""
    match = re.match(
        r"(?i)(?:the |all |these |those |both |another |other )?(?:at least |about |some |over |more than |an estimated |up to |nearly |around )?(?:[\w,.-]+)(?: dozen| hundred| thousand| million)?",
        phrase,
    )
    found = match.group() if match else ""
    if re.search(r"-(?:year|month|week|day|hour|time|term|star|man|member)s?\b", found):
        return ""  # "a 12-year-old boy" is one boy
    return found if counts.spans(found) else ""


def scope_of(text: str, sentence: Span, anchor: Span, count: Span | None) -> Scope:
    """Tell a count of one event from one over time."""
    revised = revision.find(text, sentence)
    if revised is not None and revised.new == count:
        return "event"
    before, after = text[sentence.start : anchor.start], text[anchor.end : sentence.end]
    if _CUMULATIVE.search(before) or _CUMULATIVE_AFTER.match(after):
        return "cumulative"
    return "event"


def is_subset(text: str, sentence: Span, anchor: Span) -> bool:
    """Tell whether people are counted within others: "including 12 children"."""
    before, after = text[sentence.start : anchor.start], text[anchor.end : sentence.end]
    return _SUBSET.search(before) is not None or _OF_WHOM.match(after) is not None


def _is_thing(word: str) -> bool:
    last = word.rsplit(maxsplit=1)[-1] if word.split() else ""
    return words.pattern("harm_refused", "things").fullmatch(last) is not None


def _is_zero(text: str, count: Span | None) -> bool:
    return (
        count is not None
        and re.match(r"(?i)(?:no|none|nobody)\b", count.of(text)) is not None
    )


def _said(kind: CasualtyKind) -> str:
    return "killed or wounded" if kind == "casualties" else kind


@cache
def _singulars() -> frozenset[str]:
    return frozenset(words.lists("harm_refused")["singular"])
