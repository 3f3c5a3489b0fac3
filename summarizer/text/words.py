"""Word lists of English, compiled once into patterns.

The lists are a data file beside this module; the forms of regular
verbs are built here.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

Lists = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Country:
    """One country: how news names it, and its ISO 3166-1 alpha-3 code."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def lists(section: str) -> Lists:
    """Read one section of the word lists of English."""
    return cast("Lists", _file("en.toml")[section])


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Compile one list into a pattern of whole words, case aside."""
    return compiled(lists(section)[name])


@cache
def verb_index(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Compile all verbs of a section into one pattern, with what each form expresses.

    Returns:
        The pattern, and the name of the list that each form, in small letters, is in.
    """
    listed = {
        form.lower(): name
        for name, entries in lists(section).items()
        for verb in entries
        for form in forms(verb)
    }
    return compiled(re.escape(form) for form in listed), listed


@cache
def countries() -> tuple[Country, ...]:
    """List all countries."""
    table = cast("dict[str, Lists]", _file("countries.toml"))
    return tuple(
        Country(
            code, tuple(row["names"]), tuple(row["adjectives"]), tuple(row["capitals"])
        )
        for code, row in table.items()
    )


@cache
def names_with_small_words() -> str:
    """Join the names of the lists that hold "and" or "the", at which phrases end.

    Returns:
        Alternatives of a regular expression, the longest first: "Bosnia and Herzegovina".
    """
    listed = [n for c in countries() for n in c.names]
    for name in ("igo", "armed_groups"):
        listed += lists("parties")[name]
    whole = [n for n in listed if re.search(r" (?:and|the|of the|in) ", n)]
    return "|".join(re.escape(n) for n in sorted(set(whole), key=len, reverse=True))


@cache
def country_of_adjective(adjective: str) -> Country | None:
    """Find the country of an adjective ("Israeli"), or None."""
    return next((c for c in countries() if adjective in c.adjectives), None)


def compiled(alternatives: Iterable[str]) -> re.Pattern[str]:
    """Join *alternatives* into one pattern of whole words, the longest first."""
    ordered = sorted(set(alternatives), key=lambda text: (-len(text), text))
    return re.compile(rf"(?<![\w-])(?:{_grouped(ordered)})(?![\w-])", re.IGNORECASE)


def _grouped(ordered: list[str]) -> str:
    """Join alternatives, those with one first letter together: five times as fast.

    Only where all begin with a letter that must stand there; the order within a letter
    stays, and no two letters match at one place.
    """
    if not all(_LETTER.match(entry) and "|" not in _top(entry) for entry in ordered):
        return "|".join(ordered)
    groups: dict[str, list[str]] = {}
    for entry in ordered:
        groups.setdefault(entry[0].lower(), []).append(entry[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _top(entry: str) -> str:
    """Leave out the groups of a pattern."""
    while (inner := re.sub(r"\([^()]*\)", "", entry)) != entry:
        entry = inner
    return entry


_LETTER = re.compile(r"[A-Za-z](?![?*+{])")
"""A letter that must stand at the start of a pattern."""


def forms(verb: str) -> list[str]:
    """Build the forms of an English verb: "deny" gives denies, denied, denying.

    Args:
        verb: Its base form, then a colon and irregular past forms if it has them;
            a particle may follow ("rule out").
    """
    base, _, irregular = verb.partition(":")
    head, _, particle = base.partition(" ")
    tail = f" {particle}" if particle else ""
    stem = head.removesuffix("e")
    if re.search(r"[^aeiou]y$", head):
        third, past = f"{head[:-1]}ies", f"{head[:-1]}ied"
    elif re.search(r"(?:s|x|z|ch|sh)$", head):
        third, past = f"{head}es", f"{head}ed"
    else:
        third, past = f"{head}s", f"{stem}ed"
    pasts = irregular.split(",") if irregular else [past]
    built = [head, third, f"{stem}ing", *pasts]
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", head) and not irregular:
        built += [f"{head}{head[-1]}ed", f"{head}{head[-1]}ing"]
    return [form + tail for form in built]


@cache
def _file(name: str) -> dict[str, object]:
    place = resources.files("summarizer.text") / "data" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))
