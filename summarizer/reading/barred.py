"""What makes a sentence no report of people harmed: questions, stories, averted harm.

And what makes a number no count of people: years, ages, hours, numbers of names.
"""

import re

from schemas.evidence import Span
from summarizer.reading import harmed
from summarizer.reading.refusal import Refusal

_QUESTION = re.compile(r"\?[”\"’')\]]*$")
_FICTION = re.compile(
    r"(?i)\b(?:novel|thriller|episode|season (?:\d+|one|two|three|four|finale|premiere)|video ?games?|in the game|sitcom|TV series|opera|"
    r"fictional|screenplay|imagine|suppose|trailer|sequel|(?:the|a) (?:film|movie|play|drama|story|comic)(?! (?:director|crew|maker|studio|star|festival|set)\w*))\b"
)
_UNTRUE = re.compile(
    r"(?i)^[^.;]{0,60}\b(?:(?:has|have|had) been denied|(?:was|were|is|are) (?:denied|false|untrue|unfounded|baseless|not true|wrong)|"
    r"proved false|turned out to be false)\b"
)
_FREED = re.compile(
    r"(?i)^[^.;,]{0,40}\b(?:was|were|is|are|has been|have been|had been|being)\s+(?:\w+ly\s+|later\s+)?(?:rescued|freed|released|found (?:alive|safe|unharmed|well)|"
    r"reunited|returned home)\b"
)
_FREEING = re.compile(
    r"(?i)\b(?:releas|freed|freeing|rescu|swapp|exchang|hand(?:ed|ing)? over|repatriat)\w*\s+(?:\w+\s+){0,3}$"
)
_NATURAL = re.compile(
    r"(?i)\b(?:peacefully|in (?:his|her) sleep|of (?:natural causes|old age|cancer|pneumonia|heart failure|dementia|alzheimer\S*|"
    r"an? (?:heart attack|stroke|illness|long illness|short illness))|after a (?:long|short|brief|lengthy) (?:illness|battle)|"
    r"at (?:home|(?:the )?age of)|at (?:[6-9]\d|1[01]\d)\b|aged (?:[6-9]\d|1[01]\d))"
)
_EXPECTED = re.compile(
    r"(?i)\b(?:expect\w*|likely|could|may|might|fear\w*|forecast\w*|predict\w*|project\w*|will|would)\b[^.;]{0,60}\bto (?:rise|climb|reach|exceed|pass|grow|increase)\b"
    r"|\b(?:prevent\w*|avert\w*|avoid\w*)\s+(?:\w+\s+){0,2}$"
)
_AVERTED = re.compile(
    r"(?i)^[^.;]{0,40}\b(?:were|was|been) (?:avoided|prevented|averted)\b"
)


def sentence_of(
    text: str, sentence: Span, cue: Span, count: Span | None, who: Span | None
) -> Refusal | None:
    """Find what makes a whole sentence no report of people harmed now.

    Args:
        text: The article.
        sentence: The sentence.
        cue: Its word of harm.
        count: The number, if it has one.
        who: The words for the people, if it has them.
    """
    words_of = sentence.of(text)
    if _QUESTION.search(words_of.rstrip()):
        return Refusal("not_a_fact", "the sentence asks")
    if _FICTION.search(words_of):
        return Refusal("not_a_fact", "the sentence tells of a story or a game")
    if cue.of(text).lower().startswith(("die", "death")) and _NATURAL.search(words_of):
        return Refusal("natural", "the sentence tells of a natural death")
    return _denied(text, sentence, cue, count, who) or _undone(
        text, sentence, cue, count or who or cue
    )


def _denied(
    text: str, sentence: Span, cue: Span, count: Span | None, who: Span | None
) -> Refusal | None:
    """Find what says that it is not so: "No soldiers were wounded", "… is false"."""
    anchor = count or who or cue
    if _UNTRUE.match(text[max(anchor.end, cue.end) : sentence.end]):
        return Refusal("denied", "the sentence says that it is not so")
    if who is not None and re.match(r"(?i)no(?:ne|body)?\b", who.of(text)):
        return Refusal("denied", f"the sentence says {who.of(text)!r}")
    zero = count is not None and re.match(r"(?i)(?:no|none|nobody)\b", count.of(text))
    no = re.search(r"(?i)\bno\s+(?:\w+\s+)?$", text[sentence.start : anchor.start])
    if no is not None and not zero:
        return Refusal("denied", "the sentence says that nobody was harmed")
    return None


def _undone(text: str, sentence: Span, cue: Span, anchor: Span) -> Refusal | None:
    """Find what was averted, is expected only, or is over again."""
    word = cue.of(text).lower()
    led = text[sentence.start : anchor.start]
    if word.startswith("captur") and harmed.LENS.search(
        text[sentence.start : cue.start]
    ):
        return Refusal("not_a_fact", "what captured them is a picture")
    if _HELD.match(word) and (
        _FREED.match(text[cue.end : sentence.end]) or _FREEING.search(led)
    ):
        return Refusal("not_a_fact", "the sentence says that they are free again")
    before = text[sentence.start : min(anchor.start, cue.start)]
    after = text[max(anchor.end, cue.end) : sentence.end]
    if _EXPECTED.search(before) or _EXPECTED.search(led) or _AVERTED.match(after):
        return Refusal(
            "not_a_fact", "the sentence looks ahead, or tells what was averted"
        )
    led_to_cue = text[sentence.start : cue.start]
    if _IN_GENERAL.search(led_to_cue) or _NO_CAUSE.search(led_to_cue):
        return Refusal("not_a_fact", "the sentence tells of no event that happened")
    if word.startswith(("flee", "fled")) and (
        _FLIGHT.match(text[cue.end : sentence.end]) is None
    ):
        return Refusal("unsupported_kind", "nobody is said to have left home")
    return None


_IN_GENERAL = re.compile(
    r"(?i)\b(?:when(?:ever)?|if|where(?:ver)?|(?:every|each) time)\b[^.;,]{0,60}\b(?:are|is|gets?)\s+(?:\w+ly\s+)?$"
)
"""Before a word of harm: "when thousands are killed, nobody wins" reports no event."""
_NO_CAUSE = re.compile(
    r"(?i)\bno\s+(?:\w+\s+)?(?:merit|grounds?|reasons?|basis|cause|need|warrant|plans?|orders?|evidence|intention)\s+"
    r"(?:for|of|to)\s+(?:\w+\s+){0,2}$"
)
_HELD = re.compile(
    r"(?:abduct|kidnap|hostage|missing|detain|captur|arrest|held|prisoner|trapped)"
)
_FLIGHT = re.compile(
    r"(?i)\s+(?:their|his|her|the (?:fighting|violence|conflict|war|city|town|village|area|region|country|province|advance|bombing|"
    r"clashes|floods?|flooding|fires?|wildfires?|island|camp|district|capital|north|south|east|west)|homes|since|across|violence|fighting|"
    r"to (?!the scene)|from|into|[A-Z])"
)


def is_no_count(number: str, before: str, after: str, *, people: bool) -> bool:
    """Tell years, ages, hours and numbers of names from counts of people.

    Args:
        number: The words of the number.
        before: The sentence up to it.
        after: What follows it.
        people: Whether a word for people follows it.
    """
    digits = re.fullmatch(r"\d{1,4}", number.strip()) is not None
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
    if not digits or people:
        return False
    if re.search(r"[A-Z][\w’'.-]*,\s+$", before) and re.match(
        r"\s*(?:[,.;]|of\b|from\b|who\b|was\b|were\b|and\b|$)", after
    ):
        return True  # "Mr Khan, 51, was killed"
    if re.search(r"(?i)\b(?:at|about|around|by|before|after|until|till)\s+$", before):
        return (
            re.search(
                r"(?i)\b(?:toll|number|figure|count|total|dead|deaths)\b[^.;]{0,60}$",
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
