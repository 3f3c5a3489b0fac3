"""Read the people whom a sentence lists: "a Taliban leader and two of his aides".

Narrow on purpose: a phrase counts only when its head is a word for people, or a name
after a title or a verb that only takes people.
"""

import re
from functools import cache

from schemas.draft import CasualtyDraft
from schemas.terms import CasualtyKind
from summarizer.reading.english.names.name_words import stop_words
from summarizer.reading.english.tolls import people_words
from summarizer.text import counts, words

_MOST = 6
"""People that one verb harms, in one list; more make a table, no sentence."""

JOINED = re.compile(
    r"(?P<more>,\s*(?=(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|\d)\b|[A-Z]|[\w-]+(?:,[^,.;]+)?,? and ))|(?P<last>,?\s+(?:and|along with|as well as|including)\s+)"
)
_ENDS = re.compile(
    r"\s*(?:[,.;:)”\"—–]|$)|\s+(?:[“\"(]|(?:\w+(?:ed|ing|ly)|dead|homeless|missing|hurt|today|yesterday|tonight|overnight|early|late|last|this|here|there|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)\w*\b|[a-z]+day\b)"
)
"""What may follow a phrase for people; another noun would be its head: "a militant
hideout", "several senators' careers"."""

NAME = (
    r"(?!(?:On|In|At|Near|By|After|Before|According|From|To|For|With|As|When|While|During|The|This|That|These|Those|"
    r"One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Dozens|Hundreds|Thousands|Another|Nobody|No|None|Many|Some|Several|Few|All|Both|Most|His|Her|Their|Its|It|He|She|They|We|But|And|If|"
    r"Port|Fort|North|South|East|West|New|San|Santa|Mount|Lake|River|Wall|Supreme|High|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)"
    r"[A-Z][\w’'-]*[a-z](?:\s+(?:al|de|bin|la|del|von|van)(?=\s)|\s+(?:al-)?[A-Z][\w’'-]*[a-z.]){1,6}"
)
NO_PERSON = re.compile(
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


def at(
    words_of: str, at: int, kind: CasualtyKind, *, names: bool
) -> list[CasualtyDraft]:
    """Read the people named from *at* on, one after another."""
    return read(words_of, at, kind, names=names)[0]


def read(
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
        joined = JOINED.match(words_of, _past_owner(words_of, end))
        if joined is None:
            break
        at = joined.end()
    return found, end


def until(before: str, start: int, kind: CasualtyKind) -> list[CasualtyDraft] | None:
    """Read a list of people from *start* that ends where the verb begins."""
    first, end = read(before, start, kind, names=True, most=1)
    aside = _ASIDE.fullmatch(before, end) if first else None
    if aside is not None:
        return _with_aside(first, aside, kind)
    found, end = read(before, start, kind, names=True)
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
        return NO_PERSON.search(one["named"]) is None and not re.match(
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
    name = re.compile(rf"\s+{NAME}(?![\w’'-])").match(words_of, one.end())
    return name if name and not NO_PERSON.search(name.group()) else None


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
    name = re.fullmatch(NAME, apposed)
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
        rf"(?:(?P<named>{_TITLE}{NAME}|{_TITLE}[A-Z][\w’'-]*[a-z]|{NAME})"
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
