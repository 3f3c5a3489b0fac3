"""What of a briefing and of its gold is the same: people harmed, questions, places."""

import re
from collections.abc import Iterable, Sequence

from schemas.briefing import Casualties, Item, OpenQuestion
from summarizer.evaluation.gold import GoldCasualty, GoldQuestion, Place


def rows(
    shown: Sequence[Casualties], gold: Sequence[GoldCasualty]
) -> list[tuple[Casualties, GoldCasualty]]:
    """Pair rows and victims one to one, those with the same number first."""
    pairs: list[tuple[Casualties, GoldCasualty]] = []
    taken: set[int] = set()
    for same_number in (True, False):
        for one in gold:
            if id(one) in taken:
                continue
            row = next(
                (
                    r
                    for r in shown
                    if id(r) not in taken
                    and is_same_victim(r, one)
                    and (not same_number or is_same_number(r, one.number))
                ),
                None,
            )
            if row is not None:
                taken |= {id(row), id(one)}
                pairs.append((row, one))
    return pairs


def is_same_victim(row: Casualties, gold: GoldCasualty) -> bool:
    """Tell whether a row is of the kind of a victim, and names it in any way."""
    if row.kind not in gold.kinds:
        return False
    if not gold.strings:
        return True
    told = (row.who_text or words(row)).casefold()
    return any(_word_in(string, told) for string in gold.strings)


def _word_in(string: str, told: str) -> bool:
    words = [w for w in re.findall(r"\w+", string.casefold()) if len(w) > 2]
    return any(re.search(rf"\b{re.escape(w)}\b", told) for w in words)


def is_same_number(row: Casualties, number: str | None) -> bool | None:
    """Tell whether a row has the gold's number; None when the gold gives none."""
    if not number:
        return None
    figures = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", number)}
    if not figures:
        return (row.low or 0) >= _PLURAL
    return bool(figures & {row.value, row.low})


_PLURAL = 2


def meets(item: Item, places: Iterable[Place]) -> bool:
    """Tell whether an item cites a character of some places."""
    return any(
        start < e.end and e.start < end for start, end in places for e in item.evidence
    )


def questions(
    text: str, shown: Sequence[OpenQuestion], gold: Sequence[GoldQuestion]
) -> list[tuple[OpenQuestion, GoldQuestion]]:
    """Pair questions one to one with the gold's: of one kind, from one line.

    A question that code derives ("unanswered_request") may cite the item or the line
    that leaves it open: there the kind is enough.
    """
    pairs: list[tuple[OpenQuestion, GoldQuestion]] = []
    taken: set[int] = set()
    for near in (True, False):
        for one in gold:
            if id(one) in taken or (not near and one.kind in _FREE):
                continue
            for question in shown:
                if id(question) in taken or question.kind != one.kind:
                    continue
                if not near or _near(text, question, one):
                    taken |= {id(question), id(one)}
                    pairs.append((question, one))
                    break
    return pairs


_FREE = frozenset({"pending", "unspecified"})
"""Kinds of which an article may raise several."""


def _near(text: str, question: OpenQuestion, gold: GoldQuestion) -> bool:
    """Tell whether a question cites the gold's line of the text."""
    lines = [
        (text.rfind("\n", 0, start) + 1, _line_end(text, end))
        for start, end in gold.content
    ]
    return meets(question, lines)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def words(item: Item) -> str:
    """Take the first words that an item cites."""
    return item.evidence[0].exact
