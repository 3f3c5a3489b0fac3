"""Read how many people some words mean.

The grammar is the contract's: qualifiers set the comparator, vague words give floors
(ACLED's reading), and no best estimate is ever made of them. Pure arithmetic on
words; what the words are about is not looked at here.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from schemas.evidence import Span
from schemas.terms import Comparator
from summarizer.text import lexicon
from summarizer.text.remembered import remembered

_UNITS = dict(lexicon.load("en").values("numbers", "words"))
_SCALES = dict(lexicon.load("en").values("numbers", "scales"))
_DOZEN = dict(lexicon.load("en").values("numbers", "dozens"))
_FLOORS = dict(lexicon.load("en").values("numbers", "floors"))
_EXACT_WORDS = {"a couple": 2, "couple": 2, "a pair": 2, "both": 2}

_NUMBER_WORD = "|".join(sorted([*_UNITS, *_SCALES, "dozen", "score"], key=len)[::-1])
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[ -](?:hundred|thousand|million|billion|dozen))*"
    rf"|(?:an? |half an? )?(?:{_NUMBER_WORD})(?:[ -](?:and )?(?:{_NUMBER_WORD}))*)"
)
_VAGUE = "|".join(
    f"(?:{word})"
    for word in (
        r"(?:many )?(?:tens|hundreds) of thousands", r"(?:many )?dozens", r"tens",
        r"scores", r"(?:many )?hundreds", r"(?:many )?thousands", r"millions",
        r"(?:a )?couple", r"a pair", r"both", r"several", r"multiple", r"(?:a )?few",
        r"(?:a )?handful", r"numerous", r"some", r"many",
        r"an?(?: unspecified| unknown| small)? number of", r"a (?:large|great|significant) number of",
    )
)  # fmt: skip
_BEFORE = (
    r"at least|no fewer than|not fewer than|no less than|not less than|a minimum of|"
    r"more than|over|above|upwards? of|in excess of|"
    r"up to|as many as|at most|no more than|not more than|a maximum of|"
    r"fewer than|less than|under|below|"
    r"about|around|some|nearly|almost|roughly|approximately|close to|an estimated|"
    r"estimated|circa|only|just|exactly|all|another|a further|an additional|"
    r"a total of|the|these|those|other"
)
_PHRASE = re.compile(
    rf"\b(?=\w)(?P<before>(?:\b(?:{_BEFORE})\s+){{0,3}})"
    rf"(?:\bbetween\s+(?P<low>{_NUMBER})\s+and\s+(?P<high>{_NUMBER})"
    rf"|\b(?P<from>{_NUMBER})\s+to\s+(?P<to>{_NUMBER})"
    rf"|\b(?P<first>{_DIGITS})\s*[-–—]\s*(?P<last>{_DIGITS})"
    rf"|\b(?P<n>{_NUMBER})(?P<after>\s+or\s+(?:more|fewer|less))?"
    rf"|\b(?P<vague>{_VAGUE})(?:\s+(?P<scale>dozen|hundred|thousand|million))?)\b(?![.,]\d)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?P<share>half|a third|two[- ]thirds|a quarter|three[- ]quarters)\s+of\s+(?:the|its|their)?\s*"
    rf"(?P<whole>{_NUMBER})\b",
    re.IGNORECASE,
)
_SHARES = {
    "half": Fraction(1, 2), "a third": Fraction(1, 3), "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "three quarters": Fraction(3, 4),
}  # fmt: skip

_COMPARATORS: tuple[tuple[Comparator, str], ...] = (
    (">=", r"at least|no fewer than|not fewer than|no less than|not less than|minimum"),
    (">", r"(?<!no )(?<!not )more than|over|above|upwards?|in excess"),
    ("<=", r"up to|as many as|at most|no more than|not more than|maximum"),
    ("<", r"(?<!no )(?<!not )(?:fewer|less) than|under|below"),
    (
        "~",
        r"about|around|some|nearly|almost|roughly|approximately|close to|estimated|circa",
    ),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many people some words mean.

    Attributes:
        value: The figure that the words name; None for vague words.
        low: Smallest number that they support.
        high: Largest number that they support; None when there is no upper bound.
        vague: True for words like "several", which name no figure.
    """

    value: int | None
    comparator: Comparator | None
    low: int | None
    high: int | None
    vague: bool = False


@remembered(4096)
def read(words: str) -> Count | None:
    """Read the first count in *words*.

    Returns:
        What it means, or None when the words hold no count. "No" and "none" are 0.
    """
    if re.match(
        r"(?i)\s*(?:no|none|nobody|no one|zero|not a single)\b(?! (?:fewer|less|more) than)",
        words,
    ):
        return Count(0, "=", 0, 0)
    if (share := _SHARE.search(words)) is not None:
        return _of_share(share)
    match = _PHRASE.search(words)
    return None if match is None else _of_phrase(match)


def spans(text: str) -> list[Span]:
    """Find every count phrase in *text*, with its qualifiers.

    Returns:
        Places in order; they do not overlap.
    """
    return list(_spans(text))


@remembered(4096)
def _spans(text: str) -> tuple[Span, ...]:
    """Find them once: every check of a draft asks for those of its sentence."""
    shares = [Span.at(m) for m in _SHARE.finditer(text)]
    figures = [s for m in _PHRASE.finditer(text) for s in _figures(text, m)]
    apart = [f for f in figures if not any(f.overlaps(s) for s in shares)]
    return tuple(sorted([*shares, *apart], key=lambda s: s.start))


def _figures(text: str, match: re.Match[str]) -> tuple[Span, ...]:
    """Take a phrase as one figure, or as two: "rose from nine to 12" is no range."""
    if match["from"] and _CHANGE.search(
        text[max(0, match.start() - 80) : match.start()]
    ):
        return tuple(
            Span(start=match.start(name), end=match.end(name))
            for name in ("from", "to")
        )
    return (Span.at(match),)


_CHANGE = re.compile(
    r"(?i)\b(?:(?:revis|lower|rais|increas|updat|correct|climb|jump|drop|reduc)\w*|cut|rises?|rose|risen|grew|grown|fell|"
    r"fallen|went|up|down)\b[^.;]{0,60}\bfrom\s+$"
)
"""A verb of change before "from N to M": the first figure is the old one."""


def number_pattern() -> str:
    """Return the pattern of a number or vague count, without qualifiers."""
    return rf"(?:{_NUMBER}|{_VAGUE})"


def number(words: str) -> int | None:
    """Read a number in digits or in words.

    Returns:
        The number, rounded down, or None when *words* are no number.
    """
    tokens = re.sub(
        r"(?<=[a-z])-(?=[a-z])", " ", words.lower().replace(",", "")
    ).split()
    total, group, seen = Fraction(0), Fraction(0), False
    for token in tokens:
        if token in {"and", "a", "an"}:
            continue
        if re.fullmatch(r"\d+(?:\.\d+)?", token):
            group += Fraction(token)
        elif token == "half":
            group += Fraction(1, 2)
        elif token in _UNITS:
            group += _UNITS[token]
        elif token in _DOZEN:
            group = max(group, Fraction(0)) * _DOZEN[token] if group else Fraction(12)
        elif token == "hundred":
            group = (group or Fraction(1)) * 100
        elif token in _SCALES:
            total += (group or Fraction(1)) * _SCALES[token]
            group = Fraction(0)
        else:
            return None
        seen = True
    return int(total + group) if seen else None


def _of_share(match: re.Match[str]) -> Count | None:
    whole = number(match["whole"])
    if whole is None:
        return None
    share = _SHARES[match["share"].lower().replace("-", " ")]
    value = int(whole * share)
    return Count(value, "~", value, value)


def _of_phrase(match: re.Match[str]) -> Count | None:
    low_words = match["low"] or match["from"] or match["first"]
    if low_words:
        high_words = match["high"] or match["to"] or match["last"]
        low, high = number(low_words), number(high_words)
        if low is None or high is None or low > high:
            return None
        return Count(None, None, low, high)
    if match["vague"]:
        return _of_vague(match)
    value = number(match["n"])
    if value is None:
        return None
    after = (match["after"] or "").split()
    comparator = _comparator(match["before"], after[-1].lower() if after else "")
    return bounded(value, comparator)


def _of_vague(match: re.Match[str]) -> Count:
    word = re.sub(r"^many ", "", " ".join(match["vague"].lower().split()))
    if word.endswith(" of"):
        word = "numerous" if _LARGE.search(word) else "several"  # "a number of"
    floor = _FLOORS[word]
    if match["scale"]:
        floor *= {"dozen": 12, **_SCALES}[match["scale"].lower()]
    elif word in _EXACT_WORDS:
        return Count(2, "=", 2, 2)
    return Count(None, ">=", floor, None, vague=True)


_LARGE = re.compile(r"\b(?:large|great|significant)\b")


def _comparator(before: str, after: str) -> Comparator:
    if after == "more":
        return ">="
    if after in {"fewer", "less"}:
        return "<="
    flat = " ".join(before.lower().split())
    for sign, pattern in _COMPARATORS:
        if re.search(rf"\b(?:{pattern})\b", flat):
            return sign
    return "="


def bounded(value: int, comparator: Comparator) -> Count:
    """Give *value* the bounds that its qualifier allows.

    Both for "~" too: the figure named is the only one that the words support.
    """
    low = None if comparator in {"<=", "<"} else value
    high = None if comparator in {">=", ">"} else value
    return Count(value, comparator, low, high)
