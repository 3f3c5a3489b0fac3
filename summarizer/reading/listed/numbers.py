"""Find and read counts in a language by its lists of number words and qualifiers.

A language without number words has no counts here, not even in digits: "12 mille" and
"1万" are not twelve and one.
"""

import re
from dataclasses import dataclass
from functools import cache

from text_to_num import text2num

from schemas.evidence import Span
from schemas.terms import Comparator
from summarizer.text import counts
from summarizer.text.counts import Count
from summarizer.text.lexicon import Lexicon

_COMPARATORS: tuple[tuple[str, Comparator], ...] = (
    ("at_least", ">="),
    ("more_than", ">"),
    ("at_most", "<="),
    ("less_than", "<"),
    ("about", "~"),
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one language."""

    phrase: re.Pattern[str]
    number: re.Pattern[str]


def spans(text: str, lexicon: Lexicon) -> list[Span]:
    """Find every count phrase in *text*, with its qualifiers, in order.

    A lone word for one is no count: in many languages it is also the article.
    """
    if not lexicon.has("numbers"):
        return []
    found: list[Span] = []
    for match in _patterns(lexicon).phrase.finditer(text):
        if match["n"] and not match["before"] and number(match["n"], lexicon) == 1:
            after = lexicon.pattern("harm_refused", "plural")
            people = after.match(text, _next_word(text, match.end()))
            if not match["n"].isdigit() and people is None:
                continue
        found.append(Span.at(match))
    return found


def read(words: str, lexicon: Lexicon) -> Count | None:
    """Read how many people some words mean.

    Returns:
        The count, or None when *words* are none or the language has no number words.
    """
    if not lexicon.has("numbers"):
        return None
    flat = " ".join(words.split())
    if lexicon.entries("numbers", "none") and _is_none(flat, lexicon):
        return Count(0, "=", 0, 0)
    match = _patterns(lexicon).phrase.search(flat)
    return _count(match, lexicon) if match is not None else None


def number(words: str, lexicon: Lexicon) -> int | None:
    """Read a number in digits or words, rounded down; None when it is none."""
    if not lexicon.has("numbers"):
        return None
    if (read_ := _compound(words, lexicon)) is not None:
        return read_
    total, group, seen = 0.0, 0.0, False
    known = lexicon.values("numbers", "words")
    scales = lexicon.values("numbers", "scales")
    dozens = lexicon.values("numbers", "dozens")
    prefixes = lexicon.entries("language", "prefixes")
    for written in re.split(r"[\s-]+", _ungrouped(words.strip().lower(), lexicon)):
        joined = written not in known and written.startswith(prefixes)
        token = written[1:] if joined else written  # "وسبعون": "and seventy"
        if token in known:
            group += known[token]
        elif token in scales and scales[token] < _GROUP:
            group = (group or 1) * scales[token]
        elif token in scales:
            total, group = _scaled(total, group, scales[token])
        elif token in dozens:
            group = (group or 1) * dozens[token]
        elif token in lexicon.entries("numbers", "joiners"):
            continue
        elif (digits := _digits(token, lexicon)) is not None:
            group += digits
        else:
            return None
        seen = True
    return int(total + group) if seen else None


def _compound(words: str, lexicon: Lexicon) -> int | None:
    """Read numbers that are written together: "einundzwanzig", "quatre-vingt-dix"."""
    if lexicon.pattern("numbers", "compounds").search(words) is None:
        return None
    try:
        return int(text2num(" ".join(words.lower().split()), lexicon.code))
    except ValueError:
        return None


_GROUP = 1_000
"""Scales from here on close a group: "two hundred thousand" is 200 × 1,000."""


def _scaled(total: float, group: float, scale: int) -> tuple[float, float]:
    """Multiply by a scale: "dos mil millones" are 2,000 × 1,000,000."""
    if group == 0 and 0 < total < scale:
        return total * scale, 0.0
    if total and total < scale:
        return (total + group) * scale, 0.0
    return total + (group or 1) * scale, 0.0


def _ungrouped(words: str, lexicon: Lexicon) -> str:
    """Write "1 200" and "1.200" as "1200"."""
    grouping = "".join(map(re.escape, lexicon.entries("numbers", "grouping")))
    if not grouping:
        return words
    return re.sub(rf"(?<=\d)[{grouping}](?=\d{{3}}(?!\d))", "", words)


def _digits(token: str, lexicon: Lexicon) -> float | None:
    decimal = "".join(map(re.escape, lexicon.entries("numbers", "decimal")))
    plain = token
    plain = re.sub(rf"(?<=\d)[{decimal}](?=\d)", ".", plain) if decimal else plain
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _count(match: re.Match[str], lexicon: Lexicon) -> Count | None:
    ends = [
        match[name] for name in match.re.groupindex if name.startswith(("low", "high"))
    ]
    ends = [words for words in ends if words]
    if len(ends) == 2:
        low, high = (number(words, lexicon) for words in ends)
        if low is None or high is None or low > high:
            return None
        return Count(None, None, low, high)
    if match["vague"]:
        floor = _floor(match["vague"], lexicon)
        return None if floor is None else Count(None, ">=", floor, None, vague=True)
    value = number(match["n"], lexicon)
    return None if value is None else counts.bounded(value, _comparator(match, lexicon))


def _comparator(match: re.Match[str], lexicon: Lexicon) -> Comparator:
    after = match["after"] or ""
    if lexicon.pattern("qualifiers", "or_more").search(after):
        return ">="
    if lexicon.pattern("qualifiers", "or_less").search(after):
        return "<="
    for name, sign in _COMPARATORS:
        if lexicon.pattern("qualifiers", name).search(match["before"]):
            return sign
    return "="


def _floor(words: str, lexicon: Lexicon) -> int | None:
    flat = " ".join(words.lower().split())
    floors = lexicon.values("numbers", "floors")
    return next((n for word, n in floors.items() if re.fullmatch(word, flat)), None)


def _is_none(words: str, lexicon: Lexicon) -> bool:
    first = lexicon.whole(lexicon.entries("numbers", "none"))
    return re.match(rf"(?i){first}", words) is not None


def _next_word(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


@cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    """Compile the patterns of a language: a number, and a phrase that counts."""
    number = _number_pattern(lexicon)
    before = "|".join(
        lexicon.whole(lexicon.entries("qualifiers", name)) for name, _ in _COMPARATORS
    )
    after = lexicon.whole(
        [
            *lexicon.entries("qualifiers", "or_more"),
            *lexicon.entries("qualifiers", "or_less"),
        ]
    )
    ranges = _range_patterns(lexicon, number)
    vague = lexicon.whole(lexicon.values("numbers", "floors"))
    phrase = (
        rf"(?P<before>(?:(?:{before})\s*)?)"
        rf"(?:{''.join(f'{one}|' for one in ranges)}"
        rf"(?P<vague>{vague})|(?P<n>{number})(?P<after>\s+{after})?)(?![.,]?\d)"
    )
    return _Patterns(
        re.compile(phrase, re.IGNORECASE), re.compile(number, re.IGNORECASE)
    )


def _number_pattern(lexicon: Lexicon) -> str:
    """Write the pattern of one number, in digits or in words."""
    small = lexicon.values("numbers", "words")
    large = [
        *lexicon.values("numbers", "scales"),
        *lexicon.values("numbers", "dozens"),
    ]
    scales = lexicon.whole(large)
    word = lexicon.whole([*small, *large, *lexicon.entries("numbers", "compounds")])
    join = lexicon.whole(lexicon.entries("numbers", "joiners"))
    prefix = f"[{''.join(lexicon.entries('language', 'prefixes')) or '-'}]?"
    return (
        rf"(?:(?<![\w.,]){_digits_pattern(lexicon)}(?:[\s-]*{scales})*"
        rf"|{word}(?:[\s-]+(?:{join}\s+)?{prefix}{word})*)"
    )


def _digits_pattern(lexicon: Lexicon) -> str:
    """Write the pattern of digits, grouped and with decimals as the language has it."""
    grouping = "".join(map(re.escape, lexicon.entries("numbers", "grouping")))
    decimal = "".join(map(re.escape, lexicon.entries("numbers", "decimal")))
    digits = r"\d+"
    if grouping:
        digits = rf"\d{{1,3}}(?:[{grouping}]\d{{3}})+|{digits}"
    return rf"(?:{digits})(?:[{decimal}]\d+)?" if decimal else rf"(?:{digits})"


def _range_patterns(lexicon: Lexicon, number: str) -> list[str]:
    """Write the patterns of "between 3 and 5", each with groups of its own."""
    forms = [
        *lexicon.entries("qualifiers", "between"),
        *lexicon.entries("qualifiers", "range"),
    ]
    return [
        _spaced(form)
        .replace("{low}", f"(?P<low{n}>{number})")
        .replace("{high}", f"(?P<high{n}>{number})")
        for n, form in enumerate(forms)
    ]


def _spaced(form: str) -> str:
    return form.replace(" ", r"\s+")
