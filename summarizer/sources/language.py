"""In which language a text is written, by its script and its most frequent words.

No model and no library: those that were tried weigh 75 MB and take a second to start.
Unknown beats guessed: a short or mixed text has no language here.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import cache
from importlib import resources

MOST_CHARS = 20_000
"""Code points from the start of a text that are looked at."""

LEAST_WORDS = 3
"""Different frequent words that must occur; fewer stand in any language by chance."""

LEAST_SHARE = 0.12
"""Share of a text's words that are among the frequent ones of its language. News has
0.25 to 0.5, a list of names 0 to 0.1; `tests/test_language_detection.py`
holds it."""

LEAD = 1.15
"""How much more of them than of the next language there must be: Norwegian and Danish
share most of theirs, and where they cannot be told apart neither is said."""

_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0041, "Latin"), (0x0370, "Greek"), (0x0400, "Cyrillic"), (0x0530, "Armenian"),
    (0x0590, "Hebrew"), (0x0600, "Arabic"), (0x0700, "other"), (0x0750, "Arabic"),
    (0x0780, "other"), (0x08A0, "Arabic"), (0x0900, "Devanagari"), (0x0980, "Bengali"),
    (0x0A00, "Gurmukhi"), (0x0A80, "Gujarati"), (0x0B00, "Oriya"), (0x0B80, "Tamil"),
    (0x0C00, "Telugu"), (0x0C80, "Kannada"), (0x0D00, "Malayalam"), (0x0D80, "Sinhala"),
    (0x0E00, "Thai"), (0x0E80, "Lao"), (0x0F00, "Tibetan"), (0x1000, "Burmese"),
    (0x10A0, "Georgian"), (0x1100, "Hangul"), (0x1200, "Ethiopic"), (0x13A0, "other"),
    (0x1780, "Khmer"), (0x1800, "other"), (0x1E00, "Latin"), (0x1F00, "Greek"),
    (0x2000, "other"), (0x3040, "Kana"), (0x3100, "other"), (0x3130, "Hangul"),
    (0x3190, "other"), (0x3400, "Han"), (0xA000, "other"), (0xAC00, "Hangul"),
    (0xD7B0, "other"), (0xF900, "Han"), (0xFB00, "Latin"), (0xFB1D, "Hebrew"),
    (0xFB50, "Arabic"), (0xFE00, "other"), (0xFE70, "Arabic"), (0xFF00, "Latin"),
    (0xFF66, "Kana"), (0xFFA0, "Hangul"), (0xFFE0, "other"), (0x20000, "Han"),
    (0x32000, "other"),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]

_OWN = {
    "Greek": "el", "Armenian": "hy", "Hebrew": "he", "Bengali": "bn", "Gurmukhi": "pa",
    "Gujarati": "gu", "Oriya": "or", "Tamil": "ta", "Telugu": "te", "Kannada": "kn",
    "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Lao": "lo", "Tibetan": "bo",
    "Burmese": "my", "Georgian": "ka", "Hangul": "ko", "Ethiopic": "am", "Khmer": "km",
}  # fmt: skip
"""Scripts that news of one language uses far more than all others together."""

CASED = frozenset({"Latin", "Greek", "Cyrillic", "Armenian"})
"""Scripts in which a capital letter marks a name."""

_KANA_SHARE = 0.05
"""Share of kana from which text in Chinese characters is Japanese."""


def detect(text: str) -> str | None:
    """Tell the language of *text*.

    Returns:
        A BCP 47 code, or None when the text is too short or too mixed to tell.
    """
    head = text[:MOST_CHARS]
    letters = _letters(head)
    script = _main_script(letters)
    if script in {"Han", "Kana"}:
        kana = letters["Kana"] / (letters["Kana"] + letters["Han"])
        return "ja" if kana >= _KANA_SHARE else "zh"
    if script in _OWN:
        return _OWN[script]
    return _by_words(head, script) if script is not None else None


def script_of(text: str) -> str | None:
    """Tell in which script most letters of *text* are written; None without letters."""
    return _main_script(_letters(text[:MOST_CHARS]))


def _main_script(letters: Counter[str]) -> str | None:
    if not letters:
        return None
    # Japanese mixes two scripts, and both count as its own.
    together = Counter({**letters, "Han": letters["Han"] + letters["Kana"]})
    del together["Kana"]
    script, count = together.most_common(1)[0]
    return script if count * 2 > sum(letters.values()) else "mixed"


def primary(tag: str) -> str:
    """Take the language out of a BCP 47 code: "es" of "es-MX"."""
    return tag.split("-", maxsplit=1)[0].lower()


def settled(stated: str | None, text: str) -> str | None:
    """Weigh what a document says of its language against its text.

    Templates of pages say "en" whatever is written in them, and the other way round:
    where either is English and the text clearly is the other, the text counts.

    Args:
        stated: A BCP 47 code, or None.
        text: The text.

    Returns:
        A BCP 47 code; None when the document says none, or none that means anything.
    """
    if stated is None or primary(stated) in _NO_LANGUAGE:
        return None
    found = detect(text)
    doubtful = found is not None and found != primary(stated)
    return found if doubtful and "en" in {found, primary(stated)} else stated


_NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx", "x"})
"""Codes for no language, several or an unknown one."""


def read_as(text: str, language: str | None) -> str:
    """Tell by the rules of which language a text is to be read.

    Args:
        text: The text.
        language: Its language as a BCP 47 code, as far as it is known.

    Returns:
        The primary language; "en" for a text of Latin letters, or of none, that does
        not look like any other language, and "und" for everything else.
    """
    if language is not None:
        return primary(language)
    head = text[:MOST_CHARS]
    script = script_of(head)
    if script not in {"Latin", None}:
        return "und"
    shares = {code: share for share, code in _shares(head, "Latin")}
    best = max(shares.values(), default=0.0)
    foreign = best >= LEAST_SHARE and best > LEAD * shares.get("en", 0.0)
    return "und" if foreign else "en"


@cache
def frequent_words(language: str) -> frozenset[str]:
    """List the frequent words of a language; none when it has no list."""
    for listed in _lists().values():
        if language in listed:
            return listed[language]
    return frozenset()


def _letters(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for char, times in Counter(text).items():
        if unicodedata.category(char)[0] == "L":
            found[_script(char)] += times
    return found


def _script(char: str) -> str:
    index = bisect_right(_STARTS, ord(char)) - 1
    return _BLOCKS[index][1] if index >= 0 else "other"


def _by_words(text: str, script: str) -> str | None:
    shares = _shares(text, script)
    if not shares or shares[0][0] < LEAST_SHARE:
        return None
    if len(shares) > 1 and shares[0][0] < LEAD * shares[1][0]:
        return None
    return shares[0][1]


def _shares(text: str, script: str) -> list[tuple[float, str]]:
    """List the share of frequent words by language, the greatest first."""
    told = Counter(_WORD.findall(text.lower()))
    total = sum(told.values())
    found: list[tuple[float, str]] = []
    for language, words in _lists().get(script, {}).items():
        times = [told[word] for word in words if word in told]
        if len(times) >= LEAST_WORDS:
            found.append((sum(times) / total, language))
    return sorted(found, reverse=True)


_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963])+")
"""Letters with their marks; those of Devanagari are no word characters to `re`."""


@cache
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    place = resources.files("summarizer.sources") / "data" / "languages.toml"
    tables: dict[str, dict[str, str]] = tomllib.loads(place.read_text(encoding="utf-8"))
    return {
        script: {code: frozenset(words.split()) for code, words in table.items()}
        for script, table in tables.items()
    }
