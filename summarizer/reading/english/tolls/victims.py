"""Find the people whom the form of a sentence shows to be harmed: drafts, not items.

Objects of verbs of harm ("captured a Taliban leader and two associates"), subjects of
passives ("a teacher was killed", "Judge Lima died"), nominal forms ("the capture of a
facilitator") and results ("left five soldiers dead"). The drafts go through the same
checks as a model's; counts beside a word of harm are found in `harm.proposed`.

Narrow on purpose: a phrase counts only when its head is a word for people, or a name
after a title or a verb that only takes people; and only where a clause begins or the
verb governs it. What is read too narrowly here, the model is still asked about. The
words of harm are `[harm_active]` and its neighbours in `en.toml`, a list for each kind.
"""

import re
from functools import cache, lru_cache
from typing import cast

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.names.name_words import stop_words
from summarizer.reading.english.tolls import people_words
from summarizer.text import counts, words

LONGEST = 1_500
"""Code points of a sentence that is read; a longer one is a list or a table."""

_MOST = 6
"""People that one verb harms, in one list; more make a table, no sentence."""

_MOST_VERBS = 12
_REACH = 240
"""Code points before a verb in which the people may stand."""


def _joined(section: str) -> dict[CasualtyKind, str]:
    """Join the words of a section of `en.toml`, kind by kind, in the order of the file."""
    listed = cast("dict[CasualtyKind, list[str]]", words.lists(section))
    return {kind: "|".join(entries) for kind, entries in listed.items()}


_ACTIVE = _joined("harm_active")
_PARTICIPLES = _joined("harm_passive")
_NOUNS = _joined("harm_nouns")
_BEFELL = _joined("harm_befell")
_TAKES_NAMES = re.compile(rf"(?i)(?:{'|'.join(_joined('harm_names').values())})")
"""Verbs whose object is a person even when it is only a name: "captured Al Fashir" and
"killed Stranger Things" name none."""

_NO_FACT_BEFORE_NOUN = re.compile(
    r"(?i)\b(?:order\w*|demand\w*|reward\w*|bount\w+|warrants?|call(?:s|ed|ing)? for|urg\w+|seek\w*|sought|ask\w*|want\w*|"
    r"plan\w*|bid|attempt\w*|foil\w*|plot\w*|prevent\w*|avert\w*|threat\w*|fear\w*|risk\w*|if|any|penalt\w+|carries|"
    r"punish\w*|law|crime of|charge\w*|accus\w+|acquit\w*|suspicion|suspected|deni\w+|deny)\b[^.;]{0,30}$"
)
_HAVE = r"(?:(?:have|has|had)\s+)?(?:also\s+|since\s+)?"
_LEFT = r"left|leaving|leaves"
_ANY = re.compile(
    "(?i)\\b(?:"
    + "|".join(
        word
        for kinds in (_BEFELL, _NOUNS, _ACTIVE, _PARTICIPLES)
        for word in (_LEFT, *kinds.values())
    )
    + ")"
)
"""A word without which no form below finds anybody: most sentences have none."""
_BE = r"(?:was|were|is|are|has been|have been|had been|being)\s+(?:\w+ly\s+|also\s+|later\s+)?"
_PASSIVE_BEFORE = re.compile(
    r"(?i)\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+|also\s+)?$"
)
LENS = re.compile(
    r"(?i)\b(?:cameras?|CCTV|photo\w*|pictures?|portraits?|videos?|films?|footage|books?|novels?|paintings?|images?|lens|drone footage)\b[^.;]{0,40}$"
)
"""What captures without detaining anybody."""

_JOINED = re.compile(
    r"(?P<more>,\s*(?=(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|\d)\b|[A-Z]|[\w-]+(?:,[^,.;]+)?,? and ))|(?P<last>,?\s+(?:and|along with|as well as|including)\s+)"
)
_CLAUSE_START = re.compile(
    r"(?i)(?:^|[,;:—–(“\"\]]\s*|--\s*|\b(?:and|but|that|when|where|after|before|while|as|because|said|says|confirmed|announced|reported|added|if|in which)\s+)$"
)
_ENDS = re.compile(
    r"\s*(?:[,.;:)”\"—–]|$)|\s+(?:[“\"(]|(?:\w+(?:ed|ing|ly)|dead|homeless|missing|hurt|today|yesterday|tonight|overnight|early|late|last|this|here|there|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)\w*\b|[a-z]+day\b)"
)
"""What may follow a phrase for people; another noun would be its head: "a militant
hideout", "several senators' careers"."""

_NAME = (
    r"(?!(?:On|In|At|Near|By|After|Before|According|From|To|For|With|As|When|While|During|The|This|That|These|Those|"
    r"One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Dozens|Hundreds|Thousands|Another|Nobody|No|None|Many|Some|Several|Few|All|Both|Most|His|Her|Their|Its|It|He|She|They|We|But|And|If|"
    r"Port|Fort|North|South|East|West|New|San|Santa|Mount|Lake|River|Wall|Supreme|High|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)"
    r"[A-Z][\w’'-]*[a-z](?:\s+(?:al|de|bin|la|del|von|van)(?=\s)|\s+(?:al-)?[A-Z][\w’'-]*[a-z.]){1,6}"
)
_NO_PERSON = re.compile(
    r"\b(?:City|Street|Road|Square|Motors?|Court|Bank|Party|University|Hospital|River|Valley|Province|District|Airport|"
    r"Company|Co|Inc|Corp|Group|Union|Council|Ministry|Times|Post|News|Watch|League|Association|Army|Front|Force|Forces|"
    r"Express|Explorer|Things|Games?|Cup|Act|Bill|Treaty|Island|Islands|Sea|Bay|Hills?|Mountains?|Park|Bridge|House|"
    r"Street|Exchange|States|Nations|Republic|Kingdom|Liberation|Movement|Brigade|Network)\b"
)
_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|Sgt|Cpl|Sen|Rep|Gov|Judge|Mayor|Governor|President|Minister|Father|Sister|"
    r"Bishop|Archbishop|General|Colonel|Captain|Major|Lieutenant|Corporal|Sergeant|Commander|Inspector|Officer|Senator|Sheikh|"
    r"Pope|Prince|Princess|King|Queen|Professor|Ambassador|Prosecutor)\.?\s+)+"
)


def find(text: str, sentence: Span) -> tuple[CasualtyDraft, ...]:
    """Draft the people whom a sentence's verbs and nouns of harm govern."""
    words_of = sentence.of(text)
    return _find(words_of) if len(words_of) <= LONGEST else ()


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
def _find(words_of: str) -> tuple[CasualtyDraft, ...]:
    if _ANY.search(words_of) is None:
        return ()
    found = [*_objects(words_of), *_nominal(words_of)]
    for kind, participle in _PARTICIPLES.items():
        found += _subjects(words_of, rf"{_BE}(?:{participle})\b", kind)
        found += _adjectival(words_of, participle, kind)
    for kind, verb in _BEFELL.items():
        found += _subjects(words_of, rf"{_HAVE}(?:{verb})\b", kind)
    found += _left(words_of)
    found += _parts(words_of)
    return tuple(found)


def _objects(words_of: str) -> list[CasualtyDraft]:
    """Read "captured a leader and two of his aides"."""
    found: list[CasualtyDraft] = []
    for kind, verb in _ACTIVE.items():
        for match in _some(rf"(?i)\b(?:{verb})\s+", words_of):
            before = words_of[: match.start()]
            if _PASSIVE_BEFORE.search(before):
                continue
            if match.group().lower().startswith("captur") and LENS.search(before):
                continue
            names = _TAKES_NAMES.match(match.group()) is not None
            found += _list_at(words_of, match.end(), kind, names=names)
    return found


def _nominal(words_of: str) -> list[CasualtyDraft]:
    """Read "confirmed the capture of a facilitator"; an order to arrest is no arrest."""
    found: list[CasualtyDraft] = []
    for kind, noun in _NOUNS.items():
        for match in _some(rf"(?i)\b(?:{noun}) of\s+", words_of):
            if _NO_FACT_BEFORE_NOUN.search(words_of[: match.start()]):
                continue
            listed = _list_at(words_of, match.end(), kind, names=True)
            # "the killing of civilians" is a topic; "the killing of two" is news
            found += [d for d in listed if d.count or not _is_plural(d.who)]
    return found


def _subjects(words_of: str, verb: str, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read the people who stand before a verb that says what became of them."""
    found: list[CasualtyDraft] = []
    for match in _some(rf"(?i)(?<=[\w,”\"’'])\s+(?:{verb})", words_of):
        before = words_of[: match.start()].rstrip("”\"’'")
        near = max(0, len(before) - _REACH)
        who = _WHO.search(before)
        for start in _start().finditer(before, near):
            if who is not None:  # "identify the driver, who was arrested"
                row, end = _row(before, start.start(), kind, names=True, most=1)
                if row and end == who.start():
                    found += row + _beside(words_of, match.end(), kind)
                    break
                continue
            if _CLAUSE_START.search(before, 0, start.start()) is None:
                continue
            if before.endswith(("including ", "among them "), 0, start.start()):
                continue  # "including 12 children, and 110 were wounded"
            drafts = _row_until(before, start.start(), kind)
            if drafts is not None:
                found += drafts
                found += _beside(words_of, match.end(), kind) if drafts else []
                break
    return found


def _beside(words_of: str, at: int, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read who else was harmed: "was held along with two aides"."""
    beside = _WITH.match(words_of, at)
    return _list_at(words_of, beside.end(), kind, names=True) if beside else []


_WHO = re.compile(r",?\s+who$")
_WITH = re.compile(r",?\s+(?:along|together) with\s+|,?\s+alongside\s+")


def _left(words_of: str) -> list[CasualtyDraft]:
    """Read "left 35 guerrillas and five soldiers dead, six civilians wounded"."""
    found: list[CasualtyDraft] = []
    verb = re.search(rf"(?i)\b(?:{_LEFT})\s+", words_of)
    at = verb.end() if verb else None
    while at is not None:
        row, end = _row(words_of, at, "killed", names=False)
        state = _STATE.match(words_of, end)
        if not row or state is None:
            break
        found += [d.model_copy(update={"kind": state.lastgroup}) for d in row]
        joined = _JOINED.match(words_of, state.end())
        at = joined.end() if joined else None
    return found


_STATE = re.compile(
    r"(?i)\s+(?:"
    + "|".join(rf"(?P<{kind}>{state})" for kind, state in _joined("harm_left").items())
    + r")\b"
)


def _parts(words_of: str) -> list[CasualtyDraft]:
    """Read "43 people were killed, including 12 children": of the word before it."""
    found: list[CasualtyDraft] = []
    for match in _some(r"(?i)\b(?:including|among them)\s+", words_of):
        before = words_of[max(0, match.start() - _REACH) : match.start()]
        kinds = [
            (last.end(), kind)
            for kind, forms in _PARTICIPLES.items()
            for last in re.finditer(
                rf"(?i)\b(?:{forms}|{_ACTIVE.get(kind, forms)})\b", before
            )
        ]
        if kinds:
            listed = _list_at(words_of, match.end(), max(kinds)[1], names=False)
            found += [d for d in listed if d.who]
    return found


def _adjectival(
    words_of: str, participle: str, kind: CasualtyKind
) -> list[CasualtyDraft]:
    """Read "the murdered scientist Noel Kempff"."""
    found: list[CasualtyDraft] = []
    pattern = rf"(?i:\b(?:the|an?|of|by|for)\s+)(?:{participle})\s+(?:[a-z][\w’'-]*\s+|[A-Z]\w+n\s+){{0,3}}?(?={_NAME})"
    for match in _some(pattern, words_of):
        name = re.compile(_NAME).match(words_of, match.end())
        if name is not None and _NO_PERSON.search(name.group()) is None:
            found.append(CasualtyDraft(kind=kind, count="", who=name.group()))
    return found


def _some(pattern: str, words_of: str) -> list[re.Match[str]]:
    """List the first matches of a pattern; more make a list, no sentence."""
    found: list[re.Match[str]] = []
    for match in re.compile(pattern).finditer(words_of):
        found.append(match)
        if len(found) >= _MOST_VERBS:
            break
    return found


def _list_at(
    words_of: str, at: int, kind: CasualtyKind, *, names: bool
) -> list[CasualtyDraft]:
    """Read the people named from *at* on, one after another."""
    return _row(words_of, at, kind, names=names)[0]


def _row(
    words_of: str, at: int, kind: CasualtyKind, *, names: bool, most: int = _MOST
) -> tuple[list[CasualtyDraft], int]:
    """Read a list of people; say where its last phrase ends."""
    found: list[CasualtyDraft] = []
    end = at
    while len(found) < most:
        one = _people().match(words_of, at)
        name = _name_behind(words_of, one) if one is not None else None
        if one is None or not (name or _is_whole(words_of, one)):
            break
        apposed = one["named"] is not None and _IN_APPOSITION.match(words_of, one.end())
        draft = _draft(one, kind, names=names or bool(apposed))
        if draft is None:
            break
        if name is not None:
            draft = draft.model_copy(update={"who": draft.who + name.group()})
        found.append(draft)
        end = name.end() if name is not None else one.end()
        joined = _JOINED.match(words_of, _past_owner(words_of, end))
        if joined is None:
            break
        at = joined.end()
    return found, end


def _row_until(
    before: str, start: int, kind: CasualtyKind
) -> list[CasualtyDraft] | None:
    """Read a list of people from *start* that ends where the verb begins."""
    first, end = _row(before, start, kind, names=True, most=1)
    aside = _ASIDE.fullmatch(before, end) if first else None
    if aside is not None:
        return _with_aside(first, aside, kind)
    found, end = _row(before, start, kind, names=True)
    if not found:
        return None
    if end == len(before):
        # "In Texas, 100 people": only what "and" joins is one list.
        joined = before[start:end]
        return found if len(found) == 1 or re.search(r"\band\b", joined) else found[-1:]
    aside = _ASIDE.fullmatch(before, end)
    return _with_aside(found, aside, kind) if aside is not None else None


def _is_whole(words_of: str, one: re.Match[str]) -> bool:
    """Tell whether a phrase for people ends where it was read to."""
    if one["named"]:
        return _NO_PERSON.search(one["named"]) is None and not re.match(
            r"[’']s?\b", words_of[one.end() :]
        )
    after = words_of[one.end() : one.end() + 24]
    following = re.match(r"\s+([A-Za-z’']+)", after)
    return _ENDS.match(after) is not None or (
        following is not None and following.group(1).lower() in stop_words()
    )


_IN_APPOSITION = re.compile(
    rf",\s+(?:an?|the|his|her|its|their)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{'|'.join(words.lists('harm_refused')['singular'])})\b"
)
"""Behind a name: ", the rebels' commander" says that it is a person's."""


def _name_behind(words_of: str, one: re.Match[str]) -> re.Match[str] | None:
    """Find the name right behind a word for one person: "the union leader Ana Ruiz"."""
    if not one["one"]:
        return None
    name = re.compile(rf"\s+{_NAME}(?![\w’'-])").match(words_of, one.end())
    return name if name and not _NO_PERSON.search(name.group()) else None


def _past_owner(words_of: str, at: int) -> int:
    """Pass over "of the ferry" in "the captain of the ferry and two officers"."""
    owner = _OWNER.match(words_of, at)
    return owner.end() if owner else at


_OWNER = re.compile(
    r"\s+(?:of|from|for|at)\s+(?:the\s+|his\s+|her\s+|its\s+|their\s+|an?\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2}?"
    r"(?=\s+and\s|\s+along\s|\s+as\s+well\b)"
)
_ASIDE = re.compile(
    r",\s(?P<apposed>[^,;.]{1,90}),"
    r"|,\s(?:who|whose)\s[^;.]{3,120},"
    r"|\s+(?:who|that)\s(?:was|were|had been)\s[^,;]{3,100}"
    r"|\s+(?:of|from|in|at|near|aboard|on)\s(?:(?!\b(?:where|when|who|which|that|after|while|as|because|said|was|were|accused)\b)[^,;.]){2,70}"
)
"""What may stand between people and the verb that harms them."""


def _with_aside(
    found: list[CasualtyDraft], aside: re.Match[str], kind: CasualtyKind
) -> list[CasualtyDraft]:
    """Take a name or a part out of what stands between commas."""
    apposed = aside["apposed"] or ""
    name = re.fullmatch(_NAME, apposed)
    if name is not None and not found[-1].count:
        return [*found[:-1], found[-1].model_copy(update={"who": apposed})]
    part = re.match(
        rf"(?P<count>(?i:{counts.number_pattern()})) of whom (?:are|were)\s+(?P<who>[\w’' -]+)$",
        apposed,
    )
    if part is not None:
        return [*found, CasualtyDraft(kind=kind, count=part["count"], who=part["who"])]
    return found


def _draft(
    one: re.Match[str], kind: CasualtyKind, *, names: bool
) -> CasualtyDraft | None:
    if one["named"]:
        titled = re.match(_TITLE, one["named"])
        taken = titled is not None or names
        return CasualtyDraft(kind=kind, count="", who=one["named"]) if taken else None
    people = one["one"] or one["bare"]
    if people:
        counted = (one["det"] or "").lower() in {"one", "another"}
        return CasualtyDraft(kind=kind, count="one" if counted else "", who=people)
    return CasualtyDraft(kind=kind, count=one["count"], who=one["many"] or "")


def _is_plural(who: str) -> bool:
    return who.endswith("s") and not who[:1].isupper()


@cache
def _start() -> re.Pattern[str]:
    """Find where a list of people may start: a determiner, a number or a name."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s“\"]))(?:(?i:an?|one|the|another|his|her|their|several|multiple|at least|about|some|"
        rf"more than|over|nearly|up to|{counts.number_pattern()})\b|[A-Z])"
    )


@cache
def _people() -> re.Pattern[str]:
    """Match one phrase for people: "a Taliban leader", "two of his aides", "Ana Ruiz"."""
    one, many = _heads()
    middle = (
        r"(?:(?!(?:an?|the|and|or|who|in|of|on|at|by|with|from|to|for|during|after|while|was|were|that|could|may|might|would|"
        r"will|nearly|almost|said|says|killed|wounded|injured|arrested|detained|captured)\b)[\w’'-]+\s+|"
        r"of\s+(?=[A-Z])|\([A-Z]{2,6}\)\s+){0,7}?"
    )
    of = r"(?:\s+(?:out\s+)?of\s+(?:(?:the|his|her|their|its|these|those|some|about)\s+)?(?:[\w,’'-]+\s+){0,2}?[\w’'-]+s\b)"
    return re.compile(
        rf"(?:(?P<named>{_TITLE}{_NAME}|{_TITLE}[A-Z][\w’'-]*[a-z]|{_NAME})"
        rf"|(?P<det>(?i:an?|one|another|the|his|her|their))\s+(?P<one>{middle}(?:{one}))(?![\w’'-])(?!\s+(?:{one}|{many})\b)"
        rf"|(?P<count>(?i:at least |about |some |up to |more than |over |nearly )?(?i:{counts.number_pattern()}))"
        rf"(?:{of}|\s+(?P<many>{middle}(?:{many}|{one}))(?![\w’'-]))"
        rf"|(?P<bare>(?:(?:other|suspected|armed|enemy|foreign|local|(?!(?i:no|none|not|many|some|in|on|the|{counts.number_pattern()})\b)[A-Z][\w’'-]+)\s+){{0,3}}(?:{many}))(?![\w’'-]))"
    )


@cache
def _heads() -> tuple[str, str]:
    """Join the nouns for one person and for several."""
    single = words.lists("harm_refused")["singular"]
    plural = set(people_words.words_for_several())
    return "|".join(sorted(single, key=len, reverse=True)), "|".join(
        sorted(plural, key=len, reverse=True)
    )
