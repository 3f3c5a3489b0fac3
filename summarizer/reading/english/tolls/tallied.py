"""Find the counts that a tally comes to: "the number of people killed in … rose to 14".

The words for the people stand behind the tally, with any clause of theirs, and the count
behind its verb. Drafts, not items. The words of harm are those of `victims`.
"""

import re
from functools import cache
from typing import cast

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.tolls.people_words import people_pattern
from summarizer.text import counts, words

_SECTIONS = ("harm_passive", "harm_befell", "harm_left", "harm_tallied")
_CHANGES = (
    r"(?:ris(?:es?|en)|rose|climb(?:s|ed)|gr[eo]wn?|grows|increas(?:es|ed)|jump(?:s|ed)|mounted|"
    r"f[ae]ll(?:s|en)?|dropp?(?:s|ed)|declin(?:es|ed)|stood|stands|remain(?:s|ed)|put|given|set|reported|"
    r"rais(?:es|ed)|revis(?:es|ed)|lower(?:s|ed)|correct(?:s|ed)|cut|updated|reduced|brought)"
)
_COMES_TO = re.compile(
    rf"(?i)\b(?:{_CHANGES}\s+(?:(?!and\b)[\w’'-]+,?\s+){{0,5}}?(?:to|at)|reach(?:es|ed)|(?:is|was|are|were)(?: now)?|(?:has|have|had) been)\s+$"
)
_TALLY = r"(?i)\b(?:numbers?|counts?|tall(?:y|ies)|totals?|figures?) of\s+(?P<who>(?:[\w’'-]+\s+){0,4}?)"
_STATE = r"(?:who\s+)?(?:(?:are|were|was|have|had|has|been|be|as|to|known|confirmed|reported|listed|officially)\s+)*"
_ONLY = re.compile(r"(?i)(?:(?:the|those|all|its|their|confirmed|known|reported)\s*)*")
_BORDER = re.compile(r",\s+(?:and|but|while|or)\b|\bbut\b|[.;:“”\"]")
_OPEN = re.compile(
    r"(?i)\b(?:could|may|might|would|will|should|must|can|if|not|never|expected|likely|feared)\b[^,]{0,40}$"
)
_REACH = 200
"""Code points between a word of harm and the count that are read."""


def find(text: str, sentence: Span) -> list[CasualtyDraft]:
    """Draft each count that a tally of people harmed comes to."""
    words_of = sentence.of(text)
    tallies = [
        (kind, match)
        for kind, pattern in _patterns().items()
        for match in pattern.finditer(words_of)
        if _is_people(match["who"])
    ]
    return [
        CasualtyDraft(kind=kind, count=phrase.of(words_of), who="")
        for kind, tally in tallies
        for phrase in counts.spans(words_of)
        if _comes_to(words_of, tally.end(), phrase) or _put(words_of, tally, phrase)
    ]


def _put(words_of: str, tally: re.Match[str], phrase: Span) -> bool:
    """Tell whether somebody puts a tally at a count: "gave the number of dead as 30"."""
    between = words_of[tally.end() : phrase.start] if phrase.start > tally.end() else ""
    return (
        _PUTS.search(words_of[: tally.start()]) is not None
        and _AT.search(between) is not None
        and len(between) <= _REACH
        and not _BORDER.search(between)
    )


_PUTS = re.compile(r"(?i)\b(?:puts?|gave|gives?|sets?|estimate[sd]?)\s+(?:the|its)\s+$")
_AT = re.compile(r"(?i)\b(?:at|as)\s+$")


def _comes_to(words_of: str, end: int, phrase: Span) -> bool:
    """Tell whether what stands between a tally and a count says that it is the count."""
    between = words_of[end : phrase.start] if phrase.start > end else ""
    verb = _COMES_TO.search(between)
    if verb is None or len(between) > _REACH or _BORDER.search(between):
        return False
    if between.lstrip().startswith(",") and between.count(",") == 1:
        return False  # "the dead, put at 12 earlier, rose to 19": an aside, still open
    first = next(re.finditer(_CHANGES, between), verb)
    return _OPEN.search(between[: first.start()]) is None and _is_counted(
        words_of[phrase.end :]
    )


def _is_counted(after: str) -> bool:
    """Tell "14 on Monday" and "14 people" from "14 metres"."""
    noun = re.match(r"\s+([a-z][\w’'-]*)", after)
    return (
        noun is None
        or noun[1] in _follows()
        or people_pattern().fullmatch(noun[1]) is not None
    )


def _is_people(who: str) -> bool:
    """Tell the people of a tally: "people", "the", "young passengers"; no "inquiries into the"."""
    parts = who.split()
    return _ONLY.fullmatch(who) is not None or (
        people_pattern().fullmatch(parts[-1]) is not None
        and not any(part in _follows() - {"the", "all"} for part in parts)
    )


@cache
def _follows() -> frozenset[str]:
    return frozenset(words.lists("function_words")["stop"]) | _TIMES


_TIMES = frozenset({"last", "early", "late", "overnight", "today", "yesterday"})


@cache
def _patterns() -> dict[CasualtyKind, re.Pattern[str]]:
    """Compile a pattern for each kind, from the words of harm of all forms."""
    listed: dict[CasualtyKind, list[str]] = {}
    for section in _SECTIONS:
        of_section = cast("dict[CasualtyKind, list[str]]", words.lists(section))
        for kind, entries in of_section.items():
            listed.setdefault(kind, []).extend(entries)
    return {
        kind: re.compile(rf"{_TALLY}{_STATE}(?:{'|'.join(entries)})\b")
        for kind, entries in listed.items()
    }
