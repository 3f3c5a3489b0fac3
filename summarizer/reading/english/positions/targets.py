"""Whom a position is about: the first other party that its words name."""

import re

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Known, Mention
from summarizer.text import words

_TARGETED = {
    "support", "criticise", "accuse", "threaten", "deny", "commit", "refuse", "neutral",
    "warn",
}  # fmt: skip


def find(
    directory: Directory, content: Span, holder: Mention, act: Act
) -> Mention | None:
    """Find the first other party that the statement is about."""
    if act not in _TARGETED:
        return None
    text = directory.article.text
    own = directory.meant(holder)
    for mention in directory.within(content):
        if mention.form == "pronoun" or mention.nested:
            continue
        known: Known = directory.meant(mention)
        if known.key == own.key or not _can_be_target(known, mention):
            continue
        if known.kind == "organisation" and _may_be_place(text, mention):
            continue
        adjective = _by_adjective(directory, content, mention, own)
        if adjective is not None:
            return adjective
        # A Turkish official who speaks of Turkey speaks of his own side.
        if own.country is None or known.country != own.country:
            return mention
    return None


def _by_adjective(
    directory: Directory, content: Span, first: Mention, own: Known
) -> Mention | None:
    """Read "the Israeli interventions" as Israel's, when the text names Israel too."""
    text = directory.article.text
    before = text[content.start : first.span.start]
    for match in re.finditer(r"\b([A-Z]\w+(?: [A-Z]\w+)?)\s+[a-z]", before):
        country = words.country_of_adjective(match.group(1))
        if country is not None and country.code != own.country:
            return directory.first_of(country.code)
    return None


def _may_be_place(text: str, mention: Mention) -> bool:
    """Tell "the liberation of Sinjar" from parties: what nothing describes may be one."""
    before = text[max(0, mention.span.start - 24) : mention.span.start]
    return (
        mention.kind is None
        and re.search(
            r"(?i)\b(?:of|in|at|near|from|to|into|for)\s+(?:the\s+)?$", before
        )
        is not None
    )


def _can_be_target(known: Known, mention: Mention) -> bool:
    if mention.form == "described":
        return known.kind in {"government", "armed_group"}
    return known.kind in {"government", "person", "igo", "armed_group", "organisation"}
