"""Which words are words for people, and which for things."""

import re
from functools import cache

from schemas.terms import Victims
from summarizer.text import words


def victims(who: str) -> Victims:
    """Tell civilians from combatants by the words for them."""
    civilian = words.pattern("harm_refused", "civilian").search(who) is not None
    combatant = words.pattern("harm_refused", "combatant").search(who) is not None
    if civilian and combatant:
        return "mixed"
    return "civilian" if civilian else "combatant" if combatant else "unknown"


def is_name_of_one(phrase: str) -> bool:
    """Tell a person's name or title and name from "Army Rangers"."""
    last = phrase.rsplit(maxsplit=1)[-1].lower() if phrase.split() else ""
    return re.fullmatch(
        r"(?:[A-Z][\w’'.-]*\s+)+(?:(?:al|de|bin|la|del|von|van)\s+)*[A-Z][\w’'-]+",
        phrase,
    ) is not None and not _plural_words().fullmatch(last)


@cache
def _plural_words() -> re.Pattern[str]:
    return words.compiled(p for p in words_for_several() if "[A-Z]" not in p)


def words_for_several() -> list[str]:
    """List the patterns of the words for several people."""
    lists = words.lists("harm_refused")
    listed = [p for name in ("plural", "civilian", "combatant") for p in lists[name]]
    return [*listed, *(f"{noun}s" for noun in lists["singular"] if noun.isalpha())]


def is_people(phrase: str) -> bool:
    """Tell whether a phrase for what is counted has a word for people in it."""
    last = phrase.rsplit(maxsplit=1)[-1] if phrase.split() else ""
    return people_pattern().fullmatch(last) is not None or any(
        people_pattern().fullmatch(word) for word in phrase.split()
    )


@cache
def people_pattern() -> re.Pattern[str]:
    """Compile the words for people, one and several."""
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
    known.append(rf"(?i:[a-z]{{3,}}(?:{'|'.join(lists['compound'])})s?)")
    nation = [p for p in lists["plural"] if "[A-Z]" in p]
    suffix = (
        r"(?!(?i:careers|containers|computers|servers|letters|numbers|papers|quarters|centers|centres|matters|orders|flowers|rivers|towers|"
        r"trailers|tankers|helicopters|airliners|airlines|boosters|others?ide|drivers'|bunkers|lockers|tractors|reactors|motors|doctors'|"
        r"errors|sectors|factors|floors|doors|colors|colours|shelters|chapters|meters|metres|liters|litres|acres|cylinders|launchers|"
        r"routers|printers|freighters|cruisers|bombers|destroyers|trawlers|ferries|hectares)\b)[a-z]{3,}(?:ers|ors|ists|ians|men|women|folk|kin)"
    )
    return re.compile("|".join([*known, *nation, suffix]))


def is_thing(word: str) -> bool:
    """Tell a word for what is no people: geese, contracts."""
    last = word.rsplit(maxsplit=1)[-1] if word.split() else ""
    return words.pattern("harm_refused", "things").fullmatch(last) is not None


@cache
def singular_nouns() -> frozenset[str]:
    """List the words for one person."""
    return frozenset(words.lists("harm_refused")["singular"])
