"""What makes a number beside a word of harm no count of people harmed: ages, years, shares.

Accusations, denials and forecasts are none of its business: they leave the number a count,
but no fact, and are rows of `text/data/no_fact.toml`, which `reading/no_fact.py` reads.
"""

import re

from schemas.evidence import Span
from summarizer.reading.english.tolls.people_words import is_people, is_thing
from summarizer.reading.values import Refusal

_SUPERSEDED = re.compile(
    r"(?i)\b(?:from|initially|earlier (?:toll|figure|report)s? (?:of|put)[^.;]{0,20}|previous(?:ly)?[^.;]{0,20}|not)\s+(?:the\s+)?$"
)


_TAKEN_BACK = re.compile(
    r"(?i)\b(?:(?:an|the|our|a) )?(?:earlier|previous|first|original|initial)\s+"
    r"(?:version|edition)s?\b[^.;]*?"
    r"\b(?:said|stated|says|states|gave|put|misstated|reported|had|wrongly|incorrectly|erroneously)\b"
    r"(?:(?!;|\b(?:but|it is|it was|the correct|in fact|the right|while)\b).)*$"
)
"""What an outlet says that it wrote before, up to where it says what is right."""


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


_AFTER_NUMBER = re.compile(
    r"(?i)^(?:-strong|-member|-man|-year|-month|-day|-hour|-mile|-foot|-km|(?:\s*(?:st|nd|rd|th)\b))"
)


_MONEY_BEFORE = re.compile(
    r"(?:[$€£]|\bUS\$|\b(?:Resolution|resolution|Boeing|Airbus|Flight|No\.|Article|article|Route|Highway|AK|RPG|aged|age|dated?|Unit|Brigade))\s*-?$"
)


_FOLLOWED = re.compile(
    r"(?:\s+(?!(?:were|was|are|is|have|has|had|who|that|and|or|in|on|of|died|killed)\b)[\w’'-]+){1,4}"
)


_WHOLE_BEFORE = re.compile(
    r"(?i)\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|some|several|many|most|few|"
    r"none|nobody|half|any|each|neither|either|members?)\s+(?:out\s+)?(?:of|among|in)\s+(?:(?:the|its|his|their|those|these|about|some)\s+)*$"
)
"""Before the number of a whole: "three of the ten hostages were killed"."""


def why_no_count(text: str, sentence: Span, count: Span) -> Refusal | None:
    """Find what makes a number no count of people harmed, or not of all of them."""
    after = text[count.end : min(sentence.end, count.end + 60)]
    before = text[sentence.start : count.start]
    said = f"{count.of(text)}{after.split(',')[0][:25]}".strip()
    if _AFTER_NUMBER.match(after) or _MONEY_BEFORE.search(before):
        return Refusal("not_people", f"“{said}” counts no people harmed")
    followed = _FOLLOWED.match(text[count.end : sentence.end])
    people = followed is not None and is_people(followed.group())
    if is_no_count(count.of(text), before, after, people=people):
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
    if nouns and is_thing(nouns[0]) and thing is not None:
        return Refusal("not_people", f"“{said}” counts no people harmed")
    if _is_replaced(before, after) or _TAKEN_BACK.search(before):
        return Refusal(
            "superseded", f"the sentence itself replaces the figure {count.of(text)!r}"
        )
    return None


def _is_replaced(before: str, after: str) -> bool:
    """Tell a figure that its own sentence replaces: "from 12 to 15"."""
    return (
        _SUPERSEDED.search(before) is not None
        and _REVISED.search(before) is not None
        and re.search(r"(?i)\bto\s", before + after) is not None
    )


def is_no_count(number: str, before: str, after: str, *, people: bool) -> bool:
    """Tell years, ages, hours and numbers of names from counts of people.

    Args:
        number: The words of the number.
        before: The sentence up to it.
        after: What follows it.
        people: Whether a word for people follows it.
    """
    if re.fullmatch(r"(?:19|20)\d\d", number.strip()) and not people:
        return True
    if re.match(
        r"(?i)(?:between\s+)?(?:19|20)\d\d\s*(?:and|to|-|–)\s*(?:19|20)\d\d", number
    ):
        return True
    if re.search(
        r"(?i)\b(?:father|mother|parent|grand\w+|family|gang|crew|team|board|panel|jury|cast|party|group|age|aged|turned)(?: of| at)?\s+$",
        before,
    ):
        return not people
    digits = re.fullmatch(r"\d{1,4}", number.strip()) is not None
    return digits and not people and _is_of_age_time_or_name(before, after)


def _is_of_age_time_or_name(before: str, after: str) -> bool:
    """Tell digits that give an age, an hour, a day or a part of a name."""
    if re.search(r"[A-Z][\w’'.-]*,\s+$", before) and re.match(
        r"\s*(?:[,.;]|of\b|from\b|who\b|was\b|were\b|and\b|$)", after
    ):
        return True  # "Mr Khan, 51, was killed"
    if re.search(r"(?i)\b(?:at|about|around|by|before|after|until|till)\s+$", before):
        return (
            re.search(
                r"(?i)\b(?:toll|number|figure|count|total|dead|deaths)\b[^.;]{0,60}$|\b(?:stood|stands|put|remain(?:s|ed)) at\s+$",
                before,
            )
            is None
        )
    if re.search(
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s+$",
        before,
    ):
        return True
    # "Season 2", "Windows 11": the number belongs to the name.
    return re.search(r"(?:^|(?<=[\w,] ))[A-Z][a-z]+\s+$", before) is not None
