"""One table of what is no fact: `no_fact.toml` in the data, read here.

Denials, forecasts, conditions, accusations, stories and questions are decided in its rows
and nowhere else; each has examples that it bars and examples that it must not.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from schemas.evidence import Span
from summarizer.reading.values import Refusal
from summarizer.text import words

Section = Literal["casualties", "requests", "developments"]
_LIST = re.compile(r"\{(?P<section>\w+)\.(?P<name>\w+)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of what is no fact.

    Attributes:
        name: What it is called.
        check: The check that refuses it.
        side: On which side of the item its words stand.
        pattern: Those words.
        why: The reason, with what was found in braces.
        cue: The words of harm for which it counts; None for all.
        spares_zero: Whether a count of none is a fact all the same.
        only_uncounted: Whether it bars only what has no number.
    """

    name: str
    check: str
    side: str
    pattern: re.Pattern[str]
    why: str
    cue: re.Pattern[str] | None
    spares_zero: bool
    only_uncounted: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in its sentence.

    Attributes:
        text: The article.
        sentence: The sentence.
        cue: The word that makes it one; for a development its clause.
        count: The number, if there is one.
        who: The words for the people, if there are any.
        is_zero: Whether the number is none.
    """

    text: str
    sentence: Span
    cue: Span
    count: Span | None = None
    who: Span | None = None
    is_zero: bool = False

    def sides(self) -> Mapping[str, str]:
        """Cut the sentence into the stretches in which rows look."""
        text, first, last = self.text, self.sentence.start, self.sentence.end
        cue, anchor = self.cue, self.count or self.who or self.cue
        follows = self.count is not None and self.count.start > cue.end
        return {
            "sentence": text[first:last].rstrip(),
            "before_cue": text[first : cue.start],
            "before": text[first : anchor.start],
            "before_all": text[first : min(anchor.start, cue.start)],
            "after_cue": text[cue.end : last],
            "after_all": text[max(anchor.end, cue.end) : last],
            "between": text[cue.end : anchor.start] if follows else "",
            "behind": text[cue.end : anchor.start],
            "people": self.who.of(text) if self.who is not None else "",
        }


def find(section: Section, place: Place) -> Refusal | None:
    """Find the first row that bars an item; None when it is told as a fact."""
    sides = place.sides()
    cue = place.cue.of(place.text)
    for row in rows(section):
        if row.cue is not None and not row.cue.match(cue):
            continue
        if place.is_zero and row.spares_zero:
            continue
        if place.count is not None and row.only_uncounted:
            continue
        found = row.pattern.search(sides[row.side])
        if found is not None:
            words_of = found.group().strip()
            reason = row.why.format(
                found=words_of,
                first=(words_of.split() or [""])[0],
                cue=cue,
                between=sides["between"].strip()[:40],
            )
            return Refusal(row.check, reason)
    return None


def before_request(words_before: str) -> Iterator[tuple[Row, str]]:
    """Find the rows that bar a request behind some words, with the words that do."""
    for row in rows("requests"):
        found = row.pattern.search(words_before)
        if row.side == "before_cue" and found is not None:
            yield row, found.group()


@cache
def rows(section: Section) -> tuple[Row, ...]:
    """Read the rows of a section, in their order."""
    place = resources.files("summarizer.text") / "data" / "no_fact.toml"
    table = tomllib.loads(place.read_text(encoding="utf-8"))
    return tuple(
        Row(
            name=row["name"],
            check=row["check"],
            side=row["side"],
            pattern=_compiled(row["pattern"]),
            why=row["why"],
            cue=_compiled(row["cue"]) if "cue" in row else None,
            spares_zero=row.get("spares_zero", False),
            only_uncounted=row.get("only_uncounted", False),
        )
        for row in table[section]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    filled = _LIST.sub(
        lambda m: f"(?:{words.pattern(m['section'], m['name']).pattern})", pattern
    )
    return re.compile(filled, re.IGNORECASE)
