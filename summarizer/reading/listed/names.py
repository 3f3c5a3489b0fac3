"""Find who a text names, in a language with word lists or with none.

Names are runs of capital letters; described people are heads from the lists with what
follows "of". In scripts without capitals nobody is found here: there the model names
the parties, and the words that it gives must stand in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.listed import capitals, described
from summarizer.reading.values import Mention
from summarizer.text.lexicon import Lexicon


def find(
    text: str, within: Span, proper: frozenset[str], lexicon: Lexicon
) -> list[Mention]:
    """Find the parties of a sentence by capital letters and the lists, in order."""
    heads = list(described.find(text, within, lexicon))
    found: list[Mention] = []
    for run in capitals.runs(text, within, proper, lexicon):
        rest = _beside(text, run, heads)
        if rest is not None:
            found.append(Mention(rest, rest, "name", _kind(rest.of(text), lexicon)))
    found = sorted([*found, *heads], key=lambda m: m.span.start)
    return list(_joined(text, found))


def _beside(text: str, run: Span, described: list[Mention]) -> Span | None:
    """Take from a run what belongs to a described party before it."""
    met = [d.span.end for d in described if d.span.overlaps(run)]
    start = max([run.start, *met])
    while start < run.end and text[start].isspace():
        start += 1
    return Span(start=start, end=run.end) if start < run.end else None


def _joined(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Join an office and its holder: "el ministro de Energía, Ana Ruiz,"."""
    skip = False
    for index, one in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        gap = text[one.span.end : after.span.start] if after is not None else ""
        beside = after is not None and re.fullmatch(r",?\s+", gap) is not None
        if (
            beside
            and after is not None
            and _is_office(one)
            and _is_personal(text, after)
        ):
            whole = Span(start=one.span.start, end=after.span.end)
            yield Mention(whole, after.core, "name", "person", one.core)
            skip = True
        elif (
            beside
            and after is not None
            and _is_personal(text, one)
            and ("," in gap and _is_office(after))
        ):
            yield replace(one, kind="person", role=after.core)
            skip = True
        else:
            yield one


def _is_office(one: Mention) -> bool:
    return one.form == "described" and one.kind == "officials"


def _is_personal(text: str, one: Mention) -> bool:
    return (
        one.form == "name"
        and one.kind in {None, "person"}
        and not re.search(r"[^\W\d_]{2}\d", one.core.of(text))
    )


def _kind(name: str, lexicon: Lexicon) -> ActorKind | None:
    """Tell what a name says its bearer is: by its first word, or a full name."""
    parts = name.split()
    for kind in described.HEADS:
        if kind != "officials" and lexicon.pattern("parties", kind).match(name):
            return cast("ActorKind", kind)
    capitals = [p for p in parts if p[0].isupper() and len(p) > 1 and not p.isupper()]
    if len(capitals) in _FULL_NAME and len(capitals) == len(parts):
        return "person"
    return None


_FULL_NAME = range(2, 4)
