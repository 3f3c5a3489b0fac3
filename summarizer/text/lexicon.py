"""The word lists of one language, checked when they are read.

One file a language, all with the same keys; `docs/languages.md` says how to add one.
An empty list is allowed: what needs it is then not checked in that language, and the
briefing says so. A language without a file has nothing but empty lists.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

from schemas.terms import CasualtyKind
from summarizer.text import words

Kind = Literal["patterns", "forms", "plain", "values"]
"""What a list holds: patterns of whole words; forms of dates and ranges, with fields
in braces; plain words; or words with numbers."""

_ACTS = (
    "assert", "announce", "deny", "accuse", "criticise", "warn", "threaten", "commit",
    "refuse", "support", "claim",
)  # fmt: skip
_PATTERNS: dict[str, tuple[str, ...]] = {
    "speech": (*_ACTS, "asking"),
    "acts": (
        "accuse", "criticise", "deny", "refuse", "warn", "threaten", "commit",
        "support", "neutral", "announce",
    ),
    "stance": (
        "support", "criticise", "accuse", "deny", "refuse", "commit", "threaten",
        "warn", "neutral", "claim", "announce",
    ),
    "requests": ("request", "call", "demand", "nominal"),
    "modes": ("meet", "yield", "assist"),
    "harm": get_args(CasualtyKind),
    "harm_refused": ("ahead", "things", "plural", "civilian", "combatant"),
    "parties": (
        "officials", "government", "armed_group", "organisation", "group", "media",
        "document",
    ),
    "hedges": ("words",),
    "anonymity": ("phrases",),
    "no_comment": ("declined", "silent", "unreached"),
    "unverified": ("phrases",),
    "negation": ("words",),
    "conditional": ("words",),
    "modals": ("words",),
    "qualifiers": (
        "at_least", "more_than", "at_most", "less_than", "about", "or_more", "or_less",
    ),
    "dates": ("unit_day", "unit_week", "unit_month", "unit_year"),
    "clauses": (
        "that", "according", "between", "addressee", "asked_for", "infinitive", "determiners",
        "of", "genitive", "particles", "and", "pronouns", "planned", "openers",
    ),
    "numbers": ("compounds",),
}  # fmt: skip
_FORMS = {
    "qualifiers": ("between", "range"),
    "dates": ("formats", "weekday", "weekday_ahead", "ago", "year"),
}
_PLAIN = {
    "language": ("code", "name", "verbs", "script", "nouns", "order", "prefixes"),
    "numbers": ("joiners", "grouping", "decimal", "none"),
    "dates": ("months", "weekdays"),
    "quotes": ("pairs",),
}
_VALUES = {
    "numbers": ("words", "scales", "dozens", "floors"),
    "dates": (
        "months_short", "weekdays_short", "days", "weeks", "whole_months", "years",
    ),
}  # fmt: skip
KEYS: dict[str, dict[str, Kind]] = {}
for _kind, _table in (
    ("patterns", _PATTERNS),
    ("forms", _FORMS),
    ("plain", _PLAIN),
    ("values", _VALUES),
):
    for _section, _names in _table.items():
        KEYS.setdefault(_section, {}).update(dict.fromkeys(_names, cast("Kind", _kind)))

FIELDS = frozenset({"low", "high", "day", "month", "year", "weekday", "n", "unit"})
"""What may stand in braces in a form."""

_CHOICES = {
    "verbs": ("regular", "listed"),
    "script": ("spaced", "unspaced"),
    "nouns": ("small", "capital"),
    "order": ("subject_first", "verb_first"),
}
_LENGTHS = {("dates", "months"): 12, ("dates", "weekdays"): 7}

_NEEDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    # Without "at least" a number would be read as exact.
    "numbers": (("numbers", "words"), ("qualifiers", "at_least")),
    "dates": (("dates", "months"), ("dates", "formats")),
    "requests": (("clauses", "addressee"),),
    "speech": (("clauses", "that"),),
}
"""Lists without which the others of a section would be misread."""

_INSIDE = r"\w\u0300-\u036f\u0900-\u0dff"
"""Word characters, and the marks of Indic scripts that `re` does not count as such."""


class LexiconError(ValueError):
    """A file of word lists is not as it must be; the message names file and list."""


@dataclass(frozen=True)
class Lexicon:
    """The word lists of one language.

    Attributes:
        code: BCP 47 code of the language, without region; "und" when not known.
        name: Its English name; the code when there is no file.
    """

    code: str
    name: str
    _lists: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _values: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.code)

    def entries(self, section: str, name: str) -> tuple[str, ...]:
        """Return a list as it stands in the file; empty when there is none."""
        return self._lists.get((section, name), ())

    def values(self, section: str, name: str) -> Mapping[str, int]:
        """Return a list of words with numbers; empty when there is none."""
        return self._values.get((section, name), {})

    def has(self, section: str) -> bool:
        """Tell whether a section has what reading it takes, if only one entry."""
        needed = _NEEDED.get(section, ())
        return all(self.entries(*one) or self.values(*one) for one in needed) and any(
            table.get((section, name))
            for name in KEYS[section]
            for table in (self._lists, self._values)
        )

    def pattern(self, section: str, name: str) -> re.Pattern[str]:
        """Compile a list into a pattern of whole words; an empty one never matches."""
        return _pattern(self, section, name)

    def whole(self, alternatives: Iterable[str]) -> str:
        """Write *alternatives* as one pattern of whole words, the longest first.

        A straight apostrophe stands for a curly one too. An entry that ends in one
        ("l'") is written together with the next word; so are the language's prefixes,
        which no entry repeats.
        """
        ordered = sorted(set(alternatives), key=lambda text: (-len(text), text))
        if not ordered:
            return r"(?!)"
        words = "|".join(e for e in ordered if not e.endswith("'"))
        elided = "|".join(e for e in ordered if e.endswith("'"))
        if self.entries("language", "script") == ("unspaced",):
            return f"(?:{words})"
        starts = f"(?<![{_INSIDE}-])"
        for prefix in self.entries("language", "prefixes"):
            starts += f"|(?<=(?<![{_INSIDE}-]){prefix})"
        ends = [f"(?:{words})(?![{_INSIDE}-])"] if words else []
        ends += [f"(?:{elided})(?=\\w|$)"] if elided else []
        return f"(?:{starts})(?:{'|'.join(ends)})".replace("'", "['’]")

    def before_a_word(self, *names: str) -> str:
        """Write lists of `clauses` as one pattern, with the space behind, if one is."""
        entries = (e for name in names for e in self.entries("clauses", name))
        return rf"(?:{self.whole(entries)}(?:\s+|(?<=['’])))"


def of(language: str) -> Lexicon:
    """Return the lists of a language, empty ones when it has no file.

    Args:
        language: Primary language of a BCP 47 code.

    Raises:
        LexiconError: The file of the language is not as it must be.
    """
    return load(language) if language in languages() else Lexicon(language, language)


@cache
def languages() -> tuple[str, ...]:
    """List the languages that have a file, in order."""
    folder = resources.files("summarizer.text") / "data"
    names = (place.name.removesuffix(".toml") for place in folder.iterdir())
    return tuple(sorted(n for n in names if re.fullmatch(r"[a-z]{2,3}", n)))


@cache
def load(language: str) -> Lexicon:
    """Read and check the file of a language.

    Raises:
        LexiconError: It is not as it must be.
    """
    place = resources.files("summarizer.text") / "data" / f"{language}.toml"
    return parse(place.read_text(encoding="utf-8"), f"{language}.toml")


def parse(text: str, name: str) -> Lexicon:
    """Check the words of a file.

    Args:
        text: The file, TOML.
        name: Its name, which is the language's code and ".toml".

    Raises:
        LexiconError: It is no TOML, has other lists than `KEYS`, or an entry is no
            pattern.
    """
    tables = _tables(text, name)
    code = name.removesuffix(".toml")
    # The grammar of English in code has lists of its own, in sections of its own and
    # beside those that every language has.
    _check_keys(tables, name, more=code == "en")
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    values: dict[tuple[str, str], Mapping[str, int]] = {}
    for section, keys in KEYS.items():
        for key, kind in keys.items():
            given = cast("dict[str, object]", tables[section])[key]
            where = f"{name}: [{section}] {key}"
            if kind == "values":
                values[section, key] = _numbers(given, where)
            else:
                lists[section, key] = _entries(given, where, kind)
    _check_lengths(lists, name, code)
    return Lexicon(code, lists["language", "name"][0], lists, values)


def _tables(text: str, name: str) -> dict[str, object]:
    """Return the tables of a file, or raise what is wrong with its TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise LexiconError(f"{name}: {exc}") from exc


def _check_keys(tables: Mapping[str, object], name: str, *, more: bool) -> None:
    for section in tables:
        if section not in KEYS and not more:
            raise LexiconError(f"{name}: there is no section [{section}]")
    for section, keys in KEYS.items():
        table = tables.get(section)
        if not isinstance(table, dict):
            raise LexiconError(f"{name}: the section [{section}] is missing")
        for key in table:
            if key not in keys and not more:
                raise LexiconError(f"{name}: there is no list {key!r} in [{section}]")
        for key in keys:
            if key not in table:
                raise LexiconError(f"{name}: [{section}] {key} is missing; [] is empty")


def _entries(given: object, where: str, kind: Kind) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(
        isinstance(entry, str) and entry for entry in given
    ):
        raise LexiconError(f"{where} must be a list of words")
    entries: list[str] = given
    for entry in entries:
        fields = set(re.findall(r"\{([a-z]\w*)\}", entry))
        if kind == "forms" and (strange := fields - FIELDS):
            raise LexiconError(f"{where}: there is no field {min(strange)!r}")
        if kind != "plain":
            _check_pattern(re.sub(r"\{[a-z]\w*\}", "x", entry), where)
    return tuple(entries)


def _check_pattern(entry: str, where: str) -> None:
    try:
        empty = re.fullmatch(entry, "") is not None
    except re.error as exc:
        raise LexiconError(f"{where}: {entry!r} is no pattern ({exc})") from exc
    if empty:
        raise LexiconError(f"{where}: {entry!r} matches nothing at all")
    if re.compile(entry).groups:
        raise LexiconError(f"{where}: write (?:…) instead of (…) in {entry!r}")


def _numbers(given: object, where: str) -> Mapping[str, int]:
    if not isinstance(given, dict) or not all(
        isinstance(value, int) and not isinstance(value, bool)
        for value in given.values()
    ):
        raise LexiconError(f"{where} must be words with whole numbers")
    for word in given:
        _check_pattern(word, where)
    return given


def _check_lengths(
    lists: Mapping[tuple[str, str], tuple[str, ...]], name: str, code: str
) -> None:
    for (section, key), length in _LENGTHS.items():
        if len(lists[section, key]) not in {0, length}:
            raise LexiconError(f"{name}: [{section}] {key} must have {length} entries")
    if lists["language", "code"] != (code,):
        raise LexiconError(f"{name}: [language] code must be [{code!r}]")
    for key, choices in _CHOICES.items():
        if lists["language", key] not in {(c,) for c in choices}:
            raise LexiconError(
                f"{name}: [language] {key} must be one of {', '.join(choices)}"
            )
    for prefix in lists["language", "prefixes"]:
        if not re.fullmatch(r"\w", prefix):
            raise LexiconError(f"{name}: [language] prefix {prefix!r} is no letter")
    for pair in lists["quotes", "pairs"]:
        if len(pair) != 2:
            raise LexiconError(f"{name}: [quotes] {pair!r} is no pair of marks")


@cache
def _pattern(lexicon: Lexicon, section: str, name: str) -> re.Pattern[str]:
    entries: Iterable[str] = lexicon.entries(section, name)
    regular = lexicon.entries("language", "verbs") == ("regular",)
    if regular and section in {"speech", "requests"} and name != "nominal":
        entries = [re.escape(form) for verb in entries for form in words.forms(verb)]
    return re.compile(lexicon.whole(entries), re.IGNORECASE)
