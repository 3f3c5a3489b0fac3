"""What the words of a name say: its country, its spelling, whether it is a body or a person."""

import re
from functools import cache, lru_cache

from schemas.terms import Sector
from summarizer.reading.english.names import name_words
from summarizer.text import words

ORG_WORD = re.compile(
    r"(?i)\b(?:party|union|front|council|army|police|state|university|ministry|press|court|group|council|committee|"
    r"commission|agency|organi[sz]ation|association|forces?|movement|brigades?|bank|company|corp|corporation|inc|ltd|limited|llc|plc|"
    r"institute|cent(?:er|re)|fund|league|congress|parliament|senate|house|department|office|bureau|service|guard|"
    r"cross|crescent|nations|alliance|coalition|network|news|times|post|foundation|society|board|club|forum|campaign|"
    r"metals?|steel|energy|oil|gas|motors|lines|airways|holdings?|industries|systems|technologies|pharma\w*|foods|brewery|"
    r"railways?|ferries|shipping|insurance|capital|partners|guild|authority|station|plant|mine|museum|library|"
    r"watch|observatory|monitor|initiative|mission|unit|squadron|battalion|regiment|marines|task force|defen[cs]e|pact|treaty|airlines?|hospital|school|church|administration|command|corps|division|tribunal|academy)\b"
)


DETERMINER = re.compile(r"(?i)^(?:the|an?|its|his|her|their|our|both|each)\s+")


_GOVERNMENT = re.compile(
    r"(?i)^(?:the\s+)?(?:(?:interim|federal|new|current|central|national|caretaker|transitional|ruling|military)\s+)*"
    r"(?P<place>.+?)(?:[’']s)?\s+(?:(?:interim|federal|new|current|central|national|caretaker|transitional|military)\s+)*"
    r"(?:government|administration|regime|authorities)$"
)


_GOVERNMENT_OF = re.compile(
    r"(?i)^(?:(?:interim|federal|new|current|transitional)\s+)*(?:government|administration) of (?:the )?(?P<place>.+)$"
)


@lru_cache(maxsize=4096)
def country_of_party(phrase: str, *, metonyms: bool = True) -> str | None:
    """Tell which country's government a phrase names.

    Args:
        phrase: A name: "Syria", "the interim Syrian government", "Ankara".
        metonyms: Whether a capital stands for its government.

    Returns:
        The ISO 3166-1 alpha-3 code, or None when it names no government of a
        country.
    """
    bare = plain(phrase)
    names, adjectives, capitals = tables()
    if bare in names:
        return names[bare]
    if metonyms and bare in capitals:
        return capitals[bare]
    match = _GOVERNMENT.match(bare) or _GOVERNMENT_OF.match(bare)
    if match is None:
        return None
    place = match["place"]
    return names.get(place) or adjectives.get(place)


def same(first: str, second: str) -> bool:
    """Tell whether two phrases name the same party, as far as the phrases show.

    One must be the other, or end in it as a full name does in a surname, or name the
    same country's government.
    """
    one, two = plain(first).lower(), plain(second).lower()
    if not one or not two:
        return False
    if one == two or one.endswith(f" {two}") or two.endswith(f" {one}"):
        return True
    code = country_of_party(first)
    if code is not None and code == country_of_party(second):
        return True
    # "Omer Celik, spokesperson for …", "the mayor of Goma": the shorter inside.
    shorter, longer = sorted((one, two), key=len)
    return (
        len(shorter) > 4 and re.search(rf"\b{re.escape(shorter)}\b", longer) is not None
    )


def bare(phrase: str) -> str:
    """Return a phrase without its article, possessive ending and capitals."""
    return plain(phrase).casefold()


_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=4096)
def plain(phrase: str) -> str:
    """Write a phrase without its article and a possessive ending."""
    flat = " ".join(phrase.split())
    return _POSSESSIVE.sub("", DETERMINER.sub("", flat))


def spelling_of(name: str) -> str:
    """Write a name as its spellings share it: "Kim Jong Un", "Kim Jong-un"."""
    return name.replace("-", " ").casefold()


_ACRONYM = re.compile(r"(?<=\s)\((?P<short>[A-Z]{2,8})\)")


def acronyms_in(text: str) -> dict[str, str]:
    """Find short names that the text itself explains: "Rapid Support Forces (RSF)".

    Returns:
        The full name for each short one whose letters are its initials, in order.
    """
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        short, parts = match["short"], _words_before(text, match.start())
        if len(parts) < 2:
            continue
        for first in range(len(parts)):
            initials = "".join(p[0] for p in parts[first:] if p[0].isupper())
            if initials == short and parts[first][0].isupper():
                found.setdefault(short, " ".join(parts[first:]))
                break
    return found


_OF_NAME = re.compile(r"[A-Z][\w’'-]+|of|for|and|the|in")


_NAME_ENDS = re.compile(r"(?:[A-Z][\w’'-]+|of|for|and|the|in)$")


_LONGEST_NAME = 9


_BEFORE_ACRONYM = 400
"""Words, and code points, before an acronym in which its name stands."""


def _words_before(text: str, end: int) -> list[str]:
    """List the words of a name that ends at *end*: capitalised ones, "of" and the like.

    They are read backwards from the brackets: a search for the names first would read
    a long token again from each of its letters.
    """
    found: list[str] = []
    near = text[max(0, end - _BEFORE_ACRONYM) : end].split()
    for word in reversed(near[-_LONGEST_NAME:]):
        if _OF_NAME.fullmatch(word) is None:
            # A quotation mark or a bracket may stand before the first word.
            first = _NAME_ENDS.search(word)
            return [*([first.group()] if first else []), *reversed(found)]
        found.append(word)
    return found[::-1]


def says_more(form: str) -> int:
    """Rank a government's names: "interim" says something, "government" nothing."""
    if name_words.is_country(form):
        return 1
    government = _GOVERNMENT.match(form) or _GOVERNMENT_OF.match(form)
    bare_words = len(government["place"].split()) + 1 if government else 2
    return 2 if len(DETERMINER.sub("", form).split()) > bare_words else 0


def is_organisation(name: str) -> bool:
    """Tell whether a word of a name says that it is no person: "party", "ministry"."""
    return ORG_WORD.search(name) is not None


_NO_PERSON = re.compile(
    r"\b(?:Wars?|Battle|Revolution|Uprising|Accords?|Agreement|Act|Code|Prize|Awards?|Cup|Games|Olympics|Festival|"
    r"Championships?|Tournament|Series|Avenue|Road|Highway|Square|River|Islands?|Sea|Ocean|Gulf|Mountains?|"
    r"Valley|City|Town|County|Province|District|Region|Airport|Bridge|Stadium|Arena|Tower|Building|Week|Year|Month|"
    r"Summit|Conference|Project|Program(?:me)?|Plan|Protocol|Convention|Resolution|Constitution|Amendment|Strip|Bank|Peninsula|"
    r"Desert|Canal|Dam|Coast|Hotel|Inn|Prison|Jail|Cathedral|Mosque)$"
)
"""Last words of names of places, events and papers."""


_PLACES = frozenset(["New", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Los", "Las", "Port", "Fort", "Mount", "Cape", "Upper", "Lower"])  # fmt: skip
"""First words of names of places: "New York"."""


@lru_cache(maxsize=4096)
def may_be_person(name: str) -> bool:
    """Tell a name that a person may bear from one of a body or a place."""
    if (
        ORG_WORD.search(name)
        or _NO_PERSON.search(name)
        or name_words.is_country(name)
        or country_of_party(name)
    ):
        return False
    lists = words.lists("parties")
    if name in lists["igo"] or name in lists["outlets"] or name.isupper():
        return False
    adjectives = tables()[1]
    first = name.split(maxsplit=1)[0]
    return first not in adjectives and first not in _PLACES and " of " not in name


def is_bare_title(words_before: str) -> bool:
    """Tell "Mr" and the like, which say nothing of a person."""
    return (
        re.fullmatch(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Prof)\.?", words_before)
        is not None
    )


_OF = re.compile(
    r"(?i)\b(?:spokes\w+|official|minister|ministry|leader|head|chief|director|president|member|adviser|advisor|secretary|chair\w*|representative|commander|governor|mayor)\s+(?:for|of|at|to|with)\s+(?:the\s+)?(?P<of>.+)$"
)


def body_in_role(role: str | None) -> str | None:
    """Take the body out of a role: "the army" of "spokesman of the army"."""
    if role is None:
        return None
    match = _OF.search(role)
    if match is not None:
        return match["of"].strip()
    owner = re.match(
        r"(?P<of>(?:[A-Z][\w.’'-]*\s)*[A-Z][\w.-]*)(?:[’']s)?\s+(?:\w+\s+){0,2}(?:\w*minister|President|president|ambassador|spokes\w+|official|envoy|chief|leader)",
        role,
    )
    return owner["of"] if owner else None


@cache
def tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Index the countries by their names, adjectives and capitals."""
    names = {n: c.code for c in words.countries() for n in c.names}
    adjectives = {a: c.code for c in words.countries() for a in c.adjectives}
    capitals = {k: c.code for c in words.countries() for k in c.capitals}
    return names, adjectives, capitals


@lru_cache(maxsize=4096)
def country_in(phrase: str) -> str | None:
    """Find the first country that a phrase names, by noun or adjective."""
    names, adjectives, _ = tables()
    tokens = [_POSSESSIVE.sub("", t.strip(".,;")) for t in phrase.split()]
    for size in (3, 2, 1):
        for i in range(len(tokens) - size + 1):
            part = " ".join(tokens[i : i + size])
            if code := names.get(part) or adjectives.get(part):
                return code
    return None


@lru_cache(maxsize=4096)
def sectors_of(phrase: str) -> tuple[Sector, ...]:
    """Tell in which sectors the words of a phrase put its party (CAMEO)."""
    return tuple(
        sector for sector, pattern in _sectors() if pattern.search(phrase) is not None
    )


@cache
def _sectors() -> tuple[tuple[Sector, re.Pattern[str]], ...]:
    table = words.lists("parties")["sectors"]
    return tuple(
        (sector, words.compiled(entries))
        for sector, entries in sorted(table.items())  # type: ignore[attr-defined]  # a table within the lists
    )
