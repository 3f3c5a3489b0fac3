"""What the text says a party is: its role, beside its name or before it, and its kind."""

import re

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.indexed import PLAIN_OFFICE, Index
from summarizer.reading.english.names.party_names import (
    DETERMINER,
    is_bare_title,
    may_be_person,
    tables,
)
from summarizer.reading.values import Mention
from summarizer.text import words

_ROLE_AFTER = re.compile(
    r",\s+(?P<role>(?:(?:the|an?|its|his|her|their|who is|then|former)\s+)?[^,;.()“”\"]{3,110})(?=,|\.|;|\s+(?:said|told|added)\b)"
)


_LINKED_ROLE = re.compile(
    r"(?i)\b(?:minister|president|spokes\w+|leader|chief|head|director|ambassador|envoy|secretary|chair\w*|governor|mayor|judge|general|colonel|commander|official|analyst|professor|expert|lawyer|senator|member|founder|manager|officer|adviser|advisor|coordinator|representative|editor|author|pastor|bishop|owner|economist|strategist|researcher|resident|student|activist|candidate|deputy|prosecutor|attorney|pollster|consultant|co-founder|prime|captain|king|queen|prince|nurse|doctor|teacher|farmer|driver|engineer|scientist)s?\b"
)


_OFFICE_GAP = re.compile(r"\s*(?:(?:to|for|of|at|and|the)\s+)*")


_SOMEBODY = re.compile(r"\w{3,}(?:er|or|ist|ian|man|woman)$")
"""Nouns for one person, by their ending."""


_MOST_PLACES = 40
"""Places of a name at which its role is looked for; it stands at the first or second."""


_MOST_BEFORE = 12
"""Phrases before a name that may belong to its office."""


_LONGEST_AFTER = 130
"""Code points behind a name in which its role is told."""


def find(index: Index, full: str) -> Span | None:
    """Find what the text says a named party is: beside its name, or before it."""
    text = index.article.text
    for mention in index.named.get(full, [])[:_MOST_PLACES]:
        end = mention.span.end
        after = _ROLE_AFTER.match(text[end : end + _LONGEST_AFTER])
        if (
            after is not None
            and _LINKED_ROLE.search(after["role"])
            and may_be_person(full)
        ):
            role = re.sub(r"^(?:who is|then)\s+", "", after["role"]).strip()
            start = text.index(role, end)
            return Span(start=start, end=start + len(role))
        if mention.role is not None and not is_bare_title(mention.role.of(text)):
            return mention.role
        before = _before(index, mention)
        if before is not None:
            return before
    return None


def _before(index: Index, mention: Mention) -> Span | None:
    """Read "US ambassador to Turkey and special envoy to Syria Tom Barrack"."""
    text = index.article.text
    start = None
    last = mention.core.start
    place = index.place(mention.core.start)
    for other in reversed(index.all[max(0, place - _MOST_BEFORE) : place]):
        if other.nested or other.span.end > mention.core.start:
            continue
        if not _OFFICE_GAP.fullmatch(text[other.span.end : last]):
            break
        last = other.span.start
        start = last if other.kind == "officials" else start
    end = mention.core.start - 1
    if start is None or start >= end or not may_be_person(mention.core.of(text)):
        return None
    return Span(start=start, end=end)


def kind_of(full: str, mention: Mention | None, *, has_role: bool) -> ActorKind:
    """Tell what a party is, by the lists, its head, its role and the form of its name."""
    bare = DETERMINER.sub("", full)
    for kind, name in _LISTED.items():
        if bare in words.lists("parties")[name]:
            return kind
    if mention is not None and mention.kind is not None:
        return mention.kind
    if bare.endswith("s") and bare.removesuffix("s") in tables()[1]:
        return "group"  # "Iraqis"
    named = re.search(r"\s(?:[a-z]+[-’'])?[A-Z]", full) is not None
    if has_role or (named and may_be_person(full)):
        return "person"
    head = full.rsplit(maxsplit=1)[-1]
    if not head.islower():
        return "organisation"
    if PLAIN_OFFICE.search(head) or head in {"chief", "head", "official"}:
        return "officials"  # "the Pentagon chief"
    if head in words.lists("harm_refused")["singular"] or _SOMEBODY.search(head):
        return "person"  # "one line supervisor"
    return "group" if full.endswith("s") else "organisation"


_LISTED: dict[ActorKind, str] = {
    "igo": "igo",
    "media": "outlets",
    "armed_group": "armed_groups",
}
"""Kinds of which the lists of parties have names, with the name of the list."""
