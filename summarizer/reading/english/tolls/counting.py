"""How many people some words mean: numbers, plurals, names."""

import re

from schemas.evidence import Span
from schemas.terms import Scope
from summarizer.reading.english.tolls import revision
from summarizer.reading.english.tolls.people_words import is_name_of_one, singular_nouns
from summarizer.text import counts
from summarizer.text.counts import Count


def count_of(
    text: str, sentence: Span, count: Span | None, who: Span | None
) -> Count | None:
    """Read the count, from the words for the people when no number is given."""
    if count is not None:
        return counts.read(count.of(text))
    if who is None:
        return None
    phrase = who.of(text)
    before = text[max(sentence.start, who.start - 24) : who.start].lower()
    if is_name_of_one(phrase):
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


_NAME_AT_END = re.compile(r"[^,]+,\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]*){1,3}")
"""A description and the name behind it: "the agency's reporter, Ana Ruiz"."""


def one_or_more(phrase: str, before: str, behind: str = "") -> Count | None:
    """Count people from a phrase without a number: one person, or two and more."""
    listed = "," in phrase and _NAME_AT_END.fullmatch(phrase) is None
    if listed:
        return None  # "Ana Ruiz, the mayor, and her husband": two or three
    return _joined(phrase, before, behind) or _uncounted(phrase, before)


def _uncounted(phrase: str, before: str) -> Count | None:
    """Read one person or several from the form of a phrase; None shows neither."""
    nouns = phrase.split()
    last = re.sub(r"[’']s$", "", nouns[-1]) if nouns else ""
    head = re.split(r"\s+(?:of|from|in|who|for)\b|,", phrase)[0].split()
    noun = head[-1].lower() if head else last.lower()
    if _is_one(phrase, before, noun) or (
        head and head[-1][:1].isupper() and len(head) <= 6 and not last.endswith("s")
    ):
        return Count(1, "=", 1, 1)
    if noun.endswith("s") or noun in _PLURALS:
        return Count(None, ">=", 2, None, vague=True)
    return None


_PLURALS = frozenset(
    [
        "people", "men", "women", "children", "policemen", "gunmen", "troops", "police",
        "personnel", "militia",
    ]
)  # fmt: skip
"""Nouns for several people that no "s" ends."""


def _is_one(phrase: str, before: str, noun: str) -> bool:
    """Tell a phrase whose pronoun, noun, name or article shows one person."""
    if re.match(r"(?i)(?:him|her|he|she|himself|herself)$", phrase):
        return True
    if noun in singular_nouns() or _is_named_one(phrase):
        return True
    return not noun.endswith("s") and (
        _NAME_AT_END.fullmatch(phrase) is not None
        or re.match(
            r"(?i)(?:a|an|one|his|her|the [\w’'-]+ (?:leader|commander|man|woman))\b",
            phrase,
        )
        is not None
        or re.search(r"\b(?:a|an)\s+(?:\w+\s+){0,2}$", before) is not None
    )


def _is_named_one(phrase: str) -> bool:
    """Tell "mayor Alberto Celis": a word for one person, and a name behind it."""
    noun, *name = re.split(r"\s+(?=[A-Z])", phrase)
    return bool(name) and noun.rsplit(maxsplit=1)[-1].lower() in singular_nouns()


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


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"


_PERIOD = rf"(?:since (?:the|last|19|20|{_MONTH})|so far this year|this (?:year|month)|(?:over|in|during) the (?:past|last) (?:\w+ )?(?:years?|months?|decades?|weeks?))"


_CUMULATIVE = re.compile(
    r"(?i)\b(?:bring(?:s|ing)?|brought|rais(?:es|ed|ing)|push(?:es|ed|ing)?)\b[^.;]{0,60}\bto\s+(?:\w+\s+){0,2}$|\b(?:total|toll) (?:of|to|since|has)\b[^.;,]{0,40}$|\bsince\b(?!\s+\w+day\b)[^.;,]{0,60}$"
    rf"|^{_PERIOD}\b[^.;]{{0,160}}$|\b(?:operations|raids|attacks|strikes) {_PERIOD}\b[^.;]{{0,40}}$"
)


_CUMULATIVE_AFTER = re.compile(
    rf"(?i)^[^.;,]{{0,120}}\b(?:{_PERIOD}|over the years|during the (?:war|conflict))\b"
)


def scope_of(text: str, sentence: Span, anchor: Span, count: Span | None) -> Scope:
    """Tell a count of one event from one over time."""
    revised = revision.find(text, sentence)
    if revised is not None and revised.new == count:
        return "event"
    before, after = text[sentence.start : anchor.start], text[anchor.end : sentence.end]
    if _CUMULATIVE.search(before) or _CUMULATIVE_AFTER.match(after):
        return "cumulative"
    return "event"


_SUBSET = re.compile(
    r"(?i)(?:\bincluding|\bamong (?:them|those|whom)(?: were| was)?|\bof (?:them|whom)|\bthree of|\bone of them)\s*(?:at least |about |some |an? |the )?(?:[\w’'-]+\s+){0,2}$"
)


_OF_WHOM = re.compile(
    r"(?i)^\s*(?:of (?:them|whom|these|those|the (?:dead|victims|wounded|injured|detainees|missing|others))\b)"
)


def is_subset(text: str, sentence: Span, anchor: Span) -> bool:
    """Tell whether people are counted within others: "including 12 children"."""
    before, after = text[sentence.start : anchor.start], text[anchor.end : sentence.end]
    return _SUBSET.search(before) is not None or _OF_WHOM.match(after) is not None


def is_zero(text: str, count: Span | None) -> bool:
    """Tell a count of none."""
    return (
        count is not None
        and re.match(r"(?i)(?:no|none|nobody)\b", count.of(text)) is not None
    )
