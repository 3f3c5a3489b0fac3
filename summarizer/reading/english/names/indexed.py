"""The phrases of one article that name parties, by what they are looked up by.

Filled while an article is read, and only looked up afterwards.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from schemas.evidence import Span
from summarizer.reading.english.names.party_names import (
    acronyms_in,
    country_of_party,
    may_be_person,
    plain,
    spelling_of,
)
from summarizer.reading.values import Mention
from summarizer.sources import Article
from summarizer.text import words

PLAIN_OFFICE = re.compile(
    r"(?i)\b(?:minister|president|spokes\w+|leader|director|ambassador|envoy|secretary|chair\w*|governor|mayor|judge|general|"
    r"colonel|commander|captain|senator|mediator|negotiator|chancellor|king|queen|premier)(?=\s|$)"
)


_FORMER = re.compile(r"(?i)\b(?:former|ex-|late|then)\b")


_FAMILY_FIRST = re.compile(
    rf"(?:{'|'.join(words.lists('parties')['family_first'])}) |[A-Z][a-z]+ [A-Z][a-z]+-[A-Za-z][a-z]+$"
)
"""Names whose first word is the family's, and stands alone later: "Kim Jong-un", "Kim"."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in an office, as one place of the text tells it.

    Attributes:
        at: Where it is told, in code points.
    """

    name: str
    role: str
    at: int


@dataclass(frozen=True, slots=True)
class Index:
    """Where each name of an article stands, and which names belong together.

    Attributes:
        all: Every phrase, in order.
        first: The first phrase of each name.
        named: All places of each proper name.
        people: Full names by surname.
        by_head: Names and descriptions by their last word, in small letters.
        forms_of: The names of a country and its government, by its code.
        spelled: Names by what their spellings share.
        holders: Who is in an office, by its word and their name.
        short: Full names by their acronyms.
    """

    article: Article
    all: list[Mention]
    first: dict[str, Mention] = field(default_factory=dict)
    named: dict[str, list[Mention]] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)
    by_head: dict[str, dict[str, Mention]] = field(default_factory=dict)
    forms_of: dict[str, dict[str, Mention]] = field(default_factory=dict)
    spelled: dict[str, set[str]] = field(default_factory=dict)
    holders: dict[str, dict[str, Holder]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)

    def place(self, offset: int) -> int:
        """Tell how many phrases begin before an offset."""
        return bisect_left(self.all, offset, key=lambda m: m.span.start)

    def within(self, span: Span) -> list[Mention]:
        """List the phrases inside a stretch of the article, in order."""
        inside = self.all[self.place(span.start) : self.place(span.end)]
        return [m for m in inside if m.span.end <= span.end]


def of(article: Article, found: list[Mention]) -> Index:
    """Index the phrases of an English article."""
    index = Index(article, found)
    for mention in found:
        _enter(index, mention)
    index.short.update(acronyms_in(article.text))
    index.short.update(_initials(index))
    return index


def _enter(index: Index, mention: Mention) -> None:
    name = plain(mention.core.of(index.article.text))
    index.first.setdefault(name, mention)
    if mention.form == "pronoun":
        return
    parts = name.split()
    if parts:
        index.by_head.setdefault(parts[-1].lower(), {}).setdefault(name, mention)
    code = country_of_party(name, metonyms=False)
    if code is not None:
        index.forms_of.setdefault(code, {}).setdefault(name, mention)
    if mention.form == "name":
        _enter_name(index, mention, name)


def _enter_name(index: Index, mention: Mention, name: str) -> None:
    index.named.setdefault(name, []).append(mention)
    index.spelled.setdefault(spelling_of(name), set()).add(name)
    parts = name.split()
    if mention.role is not None and parts:
        role = mention.role.of(index.article.text)
        heads = PLAIN_OFFICE.findall(role)
        if heads and not _FORMER.search(role):
            holders = index.holders.setdefault(heads[-1].lower(), {})
            holders.setdefault(name, Holder(name, role, mention.span.start))
    if len(parts) >= 2 and may_be_person(name):
        surname = re.sub(r"^(?:al|el|bin|ibn)-", "", parts[-1])
        family = {parts[0]} if _FAMILY_FIRST.match(name) else set[str]()
        for short in {parts[-1], surname, *family}:
            index.people.setdefault(short, set()).add(name)


def _initials(index: Index) -> dict[str, str]:
    """Join "EU" to "European Union" where just one name of a body has these initials."""
    full: dict[str, set[str]] = {}
    for name in index.first:
        parts = name.split()
        if len(parts) >= 2 and not may_be_person(name):
            initials = "".join(p[0] for p in parts if p[0].isupper())
            full.setdefault(initials, set()).add(name)
    return {
        short: next(iter(full[short]))
        for short in index.first
        if len(full.get(short, ())) == 1
        and short not in index.short
        and re.fullmatch(r"[A-Z]{2,8}", short)
    }
