"""Which full name a surname, an acronym or a short description stands for, if just one."""

import re
from itertools import islice

from summarizer.reading.english.names.indexed import Index
from summarizer.reading.english.names.party_names import (
    ORG_WORD,
    may_be_person,
    spelling_of,
)
from summarizer.reading.values import Mention

_MOST_FORMS = 200
"""Descriptions with one head that a shorter one is compared with: the "officials" of a
report of 50,000 words come with fewer adjectives than that."""


def fullest(index: Index, core: str, mention: Mention | None) -> str:
    """Find the full name that a phrase stands for; *core* itself where it is open."""
    if core in index.short:
        return index.short[core]
    if core[:1].isupper():
        named = (_of_surname(index, core) if " " not in core else None) or (
            _ends_in(index, core)
        )
        if named is not None:
            return named
        if core in index.spelled.get(spelling_of(core), ()):
            return max(index.spelled[spelling_of(core)])
    if mention is not None and mention.form == "described":
        return _in_office(index, core, mention) or _longer(index, core, mention)
    return core


def _of_surname(index: Index, core: str) -> str | None:
    """Find the one person of a surname, or the state of a short name."""
    for form in ("Republic", "Kingdom", "State", "Federation", "Emirate"):
        if f"{form} of {core}" in index.first:
            return f"{form} of {core}"
    full = index.people.get(core, set())
    longest = max(full, key=lambda name: (len(name), name), default="")
    spelled = spelling_of(longest)
    one = all(f" {spelled}".endswith(f" {spelling_of(name)}") for name in full)
    return longest if longest and one else None


def _longer(index: Index, core: str, mention: Mention) -> str:
    """Find an earlier, longer description with the same head."""
    wanted = set(core.lower().split())
    head = core.rsplit(maxsplit=1)[-1].lower()
    forms = index.by_head.get(head, {})
    longer = [
        (form, other)
        for form, other in islice(forms.items(), _MOST_FORMS)
        if wanted < set(form.lower().split())
    ]
    if not longer or longer[0][1].span.start > mention.span.start:
        return core
    first = longer[0][0]
    told = set(first.lower().split())
    several = any(
        not told <= set(form.lower().split()) and not set(form.lower().split()) <= told
        for form, _ in longer
    )
    # "the government" is nobody's where "the U.S. government" is not the only one
    return core if several else first


def _ends_in(index: Index, core: str) -> str | None:
    """Find the one body whose name ends in a part of it: "the League"."""
    if core not in index.named or not ORG_WORD.search(core):
        return None
    alike = index.by_head.get(core.rsplit(maxsplit=1)[-1].lower(), {})
    longer = [
        n
        for n in islice(alike, _MOST_FORMS)
        if n in index.named and n.endswith(f" {core}") and not may_be_person(n)
    ]
    return longer[0] if len(longer) == 1 else None


def _in_office(index: Index, core: str, mention: Mention) -> str | None:
    """Find who "the minister" is, where the text names just one before.

    Another phrase with the same head ("the foreign minister") leaves it open.
    """
    whole = mention.span.of(index.article.text)
    if mention.kind != "officials" or not re.match(r"(?i)the\s", whole):
        return None
    asked = set(core.lower().split())
    head = core.lower().rsplit(maxsplit=1)[-1]
    holders = [
        one
        for one in index.holders.get(head, {}).values()
        if asked <= set(one.role.lower().split())
    ]
    names = {fullest(index, one.name, None) for one in holders}
    if len(names) != 1:
        return None
    roles = " ".join(one.role for one in holders).lower()
    first = min(one.at for one in holders)
    if first > mention.span.start or not _says_no_more(index, core, head, roles):
        return None
    return names.pop()


def _says_no_more(index: Index, core: str, head: str, roles: str) -> bool:
    """Tell whether *roles* hold each word of all descriptions with a head."""
    others = index.by_head.get(head, {})
    return all(
        word in roles
        for other in (core, *(o for o, m in others.items() if m.form != "name"))
        for word in other.lower().split()
    )
