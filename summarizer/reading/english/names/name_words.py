"""What single words say of names: titles, adjectives, countries, openers of sentences."""

import re
from functools import cache, lru_cache

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.tokens import Token
from summarizer.text import words

FIELD = re.compile(
    r" of (?:the )?(?:labou?r|health|defen[cs]e|interior|justice|education|transport|finance|agriculture|energy|"
    r"trade|culture|state|commerce|tourism|information|environment|planning|public works|foreign affairs|"
    r"internal affairs|home affairs|social affairs|women|youth|sport|fisheries|forestry|mines|water|"
    r"appeals?|directors|elders|governors|ministers|trustees|human rights)\b"
)


INNER = {"of", "de", "da", "del", "bin", "al", "von", "van", "der", "la", "el", "for"}


def is_country(name: str) -> bool:
    """Tell whether *name* is a country's name."""
    return name in _country_names()


BODIES = frozenset(words.lists("english")["bodies"])
"""After these "for" goes on with the name: "High Commissioner for Refugees"."""


MORE_BODIES = frozenset(words.lists("english")["more_bodies"])
"""Words that end the name of a body, beside those that go on with "for"."""


_VERBAL_ADJECTIVES = {"ruling", "united", "armed", "allied", "leading", "opposing"}


def looks_verbal(word: str) -> bool:
    """Tell "recently" and "fighting" from words that belong to a noun."""
    return (
        re.fullmatch(r"\w+ly|\w{3,}(?:ing|ed)", word) is not None
        and word not in _VERBAL_ADJECTIVES
    )


def is_place(word: str) -> bool:
    """Tell the name of a country, of its capital, or its adjective."""
    return is_country(word) or word in _all_capitals() or is_adjective(word)


@cache
def region_names() -> frozenset[str]:
    """Name the regions that are no party: "Middle East"."""
    return frozenset(words.lists("parties")["regions"])


def is_known(word: str, proper: frozenset[str]) -> bool:
    """Tell a word that is a name even where a sentence begins."""
    return (
        word in proper
        or word in _country_names()
        or word in _all_capitals()
        or (len(word) > 1 and word.isupper())
    )


def is_title(word: str) -> bool:
    """Tell a title before a name: "Mr", "General"."""
    return word.rstrip(".") in _titles()


def is_adjective(word: str) -> bool:
    """Tell "Israeli", the adjective of a country."""
    return word in _adjectives()


def is_adjectival(word: str) -> bool:
    """Tell "Israeli" and "American-brokered", which name no party by themselves."""
    return is_adjective(word) or re.fullmatch(r"[A-Z]\w+-[a-z]\w+", word) is not None


def is_adjective_span(chunk: list[Token], span: Span) -> bool:
    """Tell whether a stretch is one adjective of a country."""
    inside = [t for t in chunk if span.start <= t.start < span.end]
    return len(inside) == 1 and is_adjective(inside[0].bare)


_HEAD_KINDS: tuple[ActorKind, ...] = (
    "armed_group",
    "government",
    "officials",
    "organisation",
    "group",
    "media",
)


@lru_cache(maxsize=16_384)
def head_kind(phrase: str) -> ActorKind | None:
    """Tell what a noun for people or bodies says they are; None for other words."""
    if _any_head().fullmatch(phrase) is None:
        return None  # most words are no heads: asked once, not for each kind
    return next(
        kind for kind in _HEAD_KINDS if words.pattern("parties", kind).fullmatch(phrase)
    )


@cache
def _any_head() -> re.Pattern[str]:
    lists = words.lists("parties")
    return words.compiled(noun for kind in _HEAD_KINDS for noun in lists[kind])


@cache
def stop_words() -> frozenset[str]:
    """List the function words at which a phrase ends."""
    return frozenset(words.lists("function_words")["stop"])


@cache
def pronoun_words() -> frozenset[str]:
    """List the pronouns that may stand for a party."""
    return frozenset(words.lists("function_words")["pronouns"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(
        t
        for title in words.lists("parties")["titles"]
        for t in title.split()
        if t[0].isupper()
    )


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(a for c in words.countries() for a in c.adjectives) | {
        "European",
        "African",
        "Arab",
        "Western",
        "Former",
        "Kurdish",
        *words.lists("parties")["adjectives"],
    }


@cache
def _country_names() -> frozenset[str]:
    return frozenset(n for c in words.countries() for n in c.names)


@cache
def _all_capitals() -> frozenset[str]:
    return frozenset(n for c in words.countries() for n in c.capitals)


@cache
def opening_words() -> frozenset[str]:
    """Words that open a sentence with a capital that is none."""
    return frozenset(words.lists("english")["openers"])


@cache
def verb_forms() -> frozenset[str]:
    """List all forms of the verbs of saying and asking."""
    verbs = [
        v
        for section in ("speech", "requests")
        for entry in words.lists(section).values()
        for v in entry
    ]
    return frozenset(
        form for verb in verbs for form in words.forms(verb) if " " not in form
    ) - {"report", "order", "call", "state", "press"}
