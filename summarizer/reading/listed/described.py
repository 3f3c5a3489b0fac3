"""Find described people and bodies: heads of the lists, with what follows "of"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.listed import capitals
from summarizer.reading.values import Mention
from summarizer.text.lexicon import Lexicon

HEADS = ("government", "armed_group", "officials", "organisation", "group", "media")
_MOST_PARTS = 3


def find(text: str, within: Span, lexicon: Lexicon) -> Iterator[Mention]:
    """Find heads of the lists: "el portavoz del ejército"."""
    taken = within.start
    for match in _heads(lexicon).finditer(text, within.start, within.end):
        if match.start() < taken:
            continue
        head = Span(start=match.start("head"), end=match.end("head"))
        end = _complements(text, head, within.end, lexicon)
        core = Span(start=head.start, end=end)
        kind = next(
            k for k in HEADS if lexicon.pattern("parties", k).fullmatch(head.of(text))
        )
        # "la Policía Nacional": with a capital letter it is a name.
        capital = head.of(text)[0].isupper() and match["before"]
        capital = capital and not capitals.are_nouns(lexicon)
        form: Literal["name", "described"] = (
            "name" if capital and kind != "officials" else "described"
        )
        whole = Span(start=match.start(), end=end)
        yield Mention(whole, core, form, cast("ActorKind", kind))
        taken = end


def _complements(text: str, head: Span, limit: int, lexicon: Lexicon) -> int:
    """Widen a head over "of" and what follows it, and over capital letters.

    After an office a full name is its holder's: "la ministra de Energía Eva Mora".
    """
    end = _genitive(text, head, limit, lexicon)
    office = lexicon.pattern("parties", "officials").fullmatch(head.of(text))
    part = re.compile(
        rf"\s+{lexicon.before_a_word('of')}{lexicon.before_a_word('particles')}?"
        rf"(?!{lexicon.whole(lexicon.entries('clauses', 'infinitive'))})"
        rf"(?P<word>{capitals.WORD.pattern})",
        re.IGNORECASE,
    )
    for _ in range(_MOST_PARTS):
        found = part.match(text, end, limit)
        if found is not None:
            end = found.end("word")
        ends = capitals.ends(text, end, limit)
        if office:
            # "de Asuntos Exteriores": one more word is the office's, two are a name.
            taken = {1: 1, 3: 1}.get(len(ends), 0) if found is not None else 0
        else:
            taken = len(ends)
        if taken:
            end = ends[taken - 1]
        if found is None or (office and ends[taken:]):
            break
    title = None if office else _TITLE.match(text, end, limit)
    return title.end() if title is not None else end


_TITLE = re.compile(r"\s+(?:«[^«»]{1,40}»|„[^„“”]{1,40}[“”]|“[^“”]{1,40}”)")
"""A name in marks behind a head: "фонд «Берег»"."""


def _genitive(text: str, head: Span, limit: int, lexicon: Lexicon) -> int:
    """Widen a head over a noun that belongs to it without "of": "речник уряду".

    Not so behind an article that is written together with the head.
    """
    if head.of(text).startswith(lexicon.entries("clauses", "particles")):
        return head.end
    belongs = lexicon.whole(lexicon.entries("clauses", "genitive"))
    found = re.compile(rf"\s+{belongs}").match(text, head.end, limit)
    return found.end() if found is not None else head.end


@cache
def _heads(lexicon: Lexicon) -> re.Pattern[str]:
    heads = lexicon.whole(e for k in HEADS for e in lexicon.entries("parties", k))
    before = lexicon.before_a_word("determiners")
    return re.compile(rf"(?P<before>{before})?(?P<head>{heads})", re.IGNORECASE)
