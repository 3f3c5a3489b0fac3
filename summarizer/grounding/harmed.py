"""Find the people whom the form of a sentence shows to be harmed: drafts, not items.

Objects of verbs of harm ("captured a Taliban leader and two associates"), subjects of
passives ("a teacher was killed", "Judge Lima died") and nominal forms ("the capture of
a facilitator"). The drafts go through the same checks as a model's; counts beside a
word of harm are found in `harm.proposed`.
"""

import re
from functools import cache, lru_cache

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.grounding import counts, words

_VERBS: dict[CasualtyKind, str] = {
    "killed": r"kill(?:s|ed|ing)|murder(?:s|ed|ing)|assassinat(?:es|ed|ing)|execut(?:es|ed|ing)|"
    r"shot dead|gunned down|beheaded|massacred|slaughtered|claimed the li(?:fe|ves) of",
    "injured": r"injur(?:es|ed|ing)|wound(?:s|ed|ing)|hurt|maimed|hospitali[sz]ed",
    "detained": r"detain(?:s|ed|ing)|arrest(?:s|ed|ing)|captur(?:es|ed|ing)|jailed|imprisoned|rounded up|"
    r"took into custody",
    "abducted": r"abduct(?:s|ed|ing)|kidnap(?:s|ped|ping)|took hostage|snatched",
}
_PARTICIPLES: dict[CasualtyKind, str] = {
    "killed": r"killed|murdered|assassinated|executed|shot dead|gunned down|beheaded|massacred|slain",
    "injured": r"injured|wounded|hurt|maimed|burned",
    "detained": r"detained|arrested|captured|jailed|imprisoned|taken into custody|taken prisoner",
    "abducted": r"abducted|kidnapped|taken hostage|snatched",
    "missing": r"missing|reported missing",
}
_NOUNS: dict[CasualtyKind, str] = {
    "killed": r"death|deaths|killing|murder|assassination|execution|slaying",
    "injured": r"wounding|injury",
    "detained": r"capture|arrest|detention|apprehension",
    "abducted": r"kidnapping|abduction",
}
_INTRANSITIVE = (
    r"died|dies|perished|drowned|lost (?:his|her) life|was found dead|were found dead"
)
_BE = r"(?:was|were|is|are|has been|have been|had been|being)\s+(?:\w+ly\s+|also\s+|later\s+|reportedly\s+)?"
_PASSIVE_BEFORE = re.compile(
    r"(?i)\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+|also\s+)?$"
)
_JOINED = re.compile(
    r"(?:,\s*(?:and\s+|including\s+)?|\s+including\s+|\s+and\s+|\s+along with\s+|\s+as well as\s+)"
)
_REACH = 240
"""Code points before a verb in which the people may stand."""

_MOST = 6
"""People that one verb harms, in one list; more make a table, no sentence."""


def find(text: str, sentence: Span) -> tuple[CasualtyDraft, ...]:
    """Draft the people whom a sentence's verbs and nouns of harm govern."""
    return tuple(_find(sentence.of(text)))


def governs(draft: CasualtyDraft, text: str, sentence: Span) -> bool:
    """Tell whether the form of the sentence shows the harm that a draft tells of."""
    return any(
        one.kind == draft.kind
        and (one.who == draft.who if draft.who and one.who else True)
        and bool(one.count) == bool(draft.count)
        and one.count.lower() in draft.count.lower()
        for one in find(text, sentence)
    )


@lru_cache(maxsize=512)
def _find(words_of: str) -> list[CasualtyDraft]:
    found: list[CasualtyDraft] = []
    for kind, verb in _VERBS.items():
        for match in re.finditer(rf"(?i)\b(?:{verb})\s+", words_of):
            if _PASSIVE_BEFORE.search(words_of[: match.start()]) is None:
                found += _list_at(words_of, match.end(), kind)
    for kind, noun in _NOUNS.items():
        for match in re.finditer(rf"(?i)\b(?:{noun}) of\s+", words_of):
            listed = _list_at(words_of, match.end(), kind)
            # "the killing of civilians" is a topic; "the killing of two" is news
            found += [d for d in listed if d.count or not d.who.endswith("s")]
    for kind, participle in _PARTICIPLES.items():
        found += _subjects(words_of, rf"{_BE}(?:{participle})\b", kind)
        found += _adjectival(words_of, participle, kind)
    found += _left(words_of)
    have = r"(?:(?:have|has|had)\s+)?(?:also\s+|since\s+)?"
    return found + _subjects(words_of, rf"{have}(?:{_INTRANSITIVE})\b", "killed")


def _left(words_of: str) -> list[CasualtyDraft]:
    """Read "left 35 guerrillas and five soldiers dead, six civilians wounded"."""
    found: list[CasualtyDraft] = []
    verb = re.search(r"(?i)\b(?:left|leaving|leaves)\s+", words_of)
    at = verb.end() if verb else None
    while at is not None:
        row, end = _row_until(words_of, at, "killed")
        state = re.match(
            r"(?i)\s+(?:(?P<killed>dead)|(?P<injured>wounded|injured|hurt)|(?P<missing>missing)|(?P<displaced>homeless|displaced))\b",
            words_of[end:],
        )
        if not row or state is None:
            break
        found += [d.model_copy(update={"kind": state.lastgroup}) for d in row]
        joined = _JOINED.match(words_of, end + state.end())
        at = joined.end() if joined else None
    return found


def _adjectival(
    words_of: str, participle: str, kind: CasualtyKind
) -> list[CasualtyDraft]:
    """Read "the murdered scientist Noel Kempff"."""
    found: list[CasualtyDraft] = []
    for match in re.finditer(
        rf"(?:(?i:the|an?|of|by|for)\s+)(?:{participle})\s+(?:[\w’'-]+\s+){{0,3}}?(?={_NAME})",
        words_of,
    ):
        name = re.compile(_NAME).match(words_of, match.end())
        if name is not None:
            found.append(CasualtyDraft(kind=kind, count="", who=name.group()))
    return found


_NAME = (
    r"[A-Z][\w’'-]+(?:\s+(?:al|de|bin|la|del|von|van)|\s+(?:al-)?[A-Z][\w’'-]+){1,4}"
)


def _list_at(words_of: str, at: int, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read the people named from *at* on, one after another."""
    found: list[CasualtyDraft] = []
    while len(found) < _MOST:
        one = _people().match(words_of, at)
        if one is None:
            break
        draft = _draft(one, kind)
        if draft is not None:
            found.append(draft)
        joined = _JOINED.match(words_of, one.end())
        if joined is None:
            break
        at = joined.end()
    return found


def _subjects(words_of: str, verb: str, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read the people who stand before a verb that says what became of them."""
    found: list[CasualtyDraft] = []
    for match in re.finditer(rf"(?i)\s+(?:{verb})", words_of):
        before = words_of[: match.start()]
        near = max(0, len(before) - _REACH)
        starts = [m.start() for m in _start().finditer(before, near)]
        for start in starts:
            if before.endswith(("including ", "among them "), 0, start):
                continue  # "including 12 children, and 110 were wounded"
            drafts, end = _row_until(before, start, kind)
            if end == len(before):
                found += drafts
                break
    return found


def _row_until(
    before: str, start: int, kind: CasualtyKind
) -> tuple[list[CasualtyDraft], int]:
    """Read a list of people from *start*; say where it ends."""
    found: list[CasualtyDraft] = []
    at = end = start
    while len(found) < _MOST:
        one = _people().match(before, at)
        if one is None:
            break
        draft = _draft(one, kind)
        if draft is not None:
            found.append(draft)
        end = one.end()
        # "Haji Mama, a facilitator of weapons, was arrested"
        aside = _ASIDE.fullmatch(before, end)
        if aside is not None:
            return _with_aside(found, aside, kind), len(before)
        joined = _JOINED.match(before, end)
        if joined is None:
            break
        at = joined.end()
    return found, end


_ASIDE = re.compile(
    r",\s(?P<apposed>[^,;.]{3,90}),"
    r"|\s+(?:who|that)\s[^,;]{3,120}"
    r"|\s+(?:of|from|in|at|near|aboard|on)\s(?:(?!\b(?:where|when|who|which|that|after|while|as|because|said|was|were)\b)[^,;.]){2,70}"
)
"""What may stand between people and the verb that harms them."""


def _with_aside(
    found: list[CasualtyDraft], aside: re.Match[str], kind: CasualtyKind
) -> list[CasualtyDraft]:
    """Take a name or a part out of what stands between commas."""
    apposed = aside["apposed"] or ""
    name = re.fullmatch(_NAME, apposed)
    if name is not None and found and not found[-1].count:
        return [*found[:-1], found[-1].model_copy(update={"who": apposed})]
    part = re.match(
        rf"(?P<count>(?i:{_number()})) of whom (?:are|were)\s+(?P<who>[\w’' -]+)$",
        apposed,
    )
    if part is not None:
        return [*found, CasualtyDraft(kind=kind, count=part["count"], who=part["who"])]
    return found


def _draft(one: re.Match[str], kind: CasualtyKind) -> CasualtyDraft | None:
    people = one["named"] or one["one"] or one["bare"]
    if people:
        counted = (one["det"] or "").lower() in {"one", "another"}
        return CasualtyDraft(kind=kind, count="one" if counted else "", who=people)
    if one["count"]:
        return CasualtyDraft(kind=kind, count=one["count"], who=one["many"] or "")
    return None


@cache
def _start() -> re.Pattern[str]:
    """Find where a list of people may start: a determiner, a number or a name."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s“\"]))(?:(?i:an?|one|the|another|his|her|their|several|multiple|{_number()})\b|[A-Z])"
    )


@cache
def _people() -> re.Pattern[str]:
    """Match one phrase for people: "a Taliban leader", "two of his aides", "Ana Ruiz"."""
    one, many = _heads()
    middle = (
        r"(?:(?!(?:and|or|who|in|of|on|at|by|with|from|to|for|during|after|while|was|were|that)\b)[\w’'-]+\s+|"
        r"of\s+(?=[A-Z])|\([A-Z]{2,6}\)\s+){0,7}?"
    )
    of = r"(?:\s+of\s+(?:the|his|her|their|its|these|those)\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+s\b)"
    title = r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|Sgt|Judge|Mayor|Governor|President|Minister|Father|Bishop|General|Colonel|Commander)\.?\s+)"
    alone = r"(?=\s*(?:[,.;]|$)|\s+(?:in|on|at|during|after|when|near|and|by|yesterday|today|early|late|last|were|was)\b)"
    return re.compile(
        rf"(?:(?P<det>(?i:an?|one|another|the|his|her|their))\s+(?P<one>{middle}(?:{one}))(?![\w’'-])(?!\s+(?:{one}|{many})\b)"
        rf"|(?P<count>(?i:at least |about |some |up to |more than |over |nearly )?(?i:{_number()}))"
        rf"(?:{of}|\s+(?P<many>{middle}(?:{many}|{one}))(?![\w’'-])|{alone})"
        rf"|(?P<bare>(?:(?:other|suspected|armed|enemy|civilian|foreign|local|[A-Z][\w’'-]+)\s+){{0,3}}(?:{many}))(?![\w’'-])"
        rf"|(?P<named>(?<!of )(?<!from )(?<!in ){title}?{_NAME}|{title}[A-Z][\w’'-]+))"
    )


@cache
def _number() -> str:
    return counts.number_pattern()


@cache
def _heads() -> tuple[str, str]:
    """Join the nouns for one person and for several."""
    lists = words.lists("harm_refused")
    single = list(lists["singular"])
    plural = [p for name in ("plural", "civilian", "combatant") for p in lists[name]]
    plurals = [f"{noun}s" for noun in single if noun.isalpha()] + plural
    return "|".join(sorted(single, key=len, reverse=True)), "|".join(
        sorted(set(plurals), key=len, reverse=True)
    )
