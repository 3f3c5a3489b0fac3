"""What a generated phrase may say: no name and no number that its passage lacks."""

import re

from summarizer.reading.english.names import name_words
from summarizer.text import counts
from summarizer.text.typography import flat

_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'-]*\w")
_NUMBER = re.compile(r"\d[\d,.]*")


def foreign(phrase: str, passage: str) -> list[str]:
    """List the names and numbers of *phrase* that *passage* does not have.

    Plural and possessive forms are equal, and so are number words and digits. The
    first word of a phrase has a capital anyway and counts only if it is a country.

    Returns:
        The words at fault, in order; empty when there are none.
    """
    said = flat(passage)
    lowered = said.lower()
    found: list[str] = []
    text = flat(phrase)
    for match in _NAME.finditer(text):
        stem = re.sub(r"(?:'s|'|s)$", "", match.group())
        if not re.search(rf"\b{re.escape(stem.lower())}", lowered):
            found.append(match.group())
    first = re.match(r"[A-Z][\w'-]*", text)
    if (
        first is not None
        and name_words.is_country(first.group())
        and first.group().lower() not in lowered
    ):
        found.insert(0, first.group())
    for match in _NUMBER.finditer(text):
        digits = match.group().rstrip(".,")
        if digits not in said and counts.number(digits) not in _figures(said):
            found.append(digits)
    return found


def _figures(passage: str) -> set[int | None]:
    return {counts.number(word) for word in re.findall(r"[\w,.-]+", passage)}


def word_count(phrase: str) -> int:
    """Count the words of a phrase, as its limits are given in words."""
    return len(phrase.split())


def is_plural(name: str) -> bool:
    """Tell whether the name of a party takes a verb in the plural: "the rebels"."""
    last = name.rsplit(maxsplit=1)[-1]
    return (
        last.endswith("s")
        and not last.endswith(("ss", "us", "is"))
        and not name.isupper()
    )
