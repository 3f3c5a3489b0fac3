"""The bottom line: what matters most, in words of the source, attribution kept.

A claim like any other: a model's line is kept when each of its clauses rests on items
(`proof.claims`). Otherwise, and always on small models, it is composed of whole clauses
of the weightiest items.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    OpenQuestion,
    Position,
    Request,
)
from summarizer.proof import claims
from summarizer.proof.claims import Items
from summarizer.proof.wording import word_count
from summarizer.reading.values import Refusal

MOST_WORDS = claims.MOST_WORDS
NOTHING = "The text holds nothing that could be shown: no event, request, position or casualty figure."
NOTHING_OF_OLD = (
    "The text holds no request, position or casualty figure that could be shown."
)
"""What briefings of schema 1.0 say."""

Weighty = Request | Position | Casualties | Development


@dataclass(frozen=True, slots=True)
class Line:
    """A bottom line, and the ids of the items that it rests on."""

    text: str
    rests_on: tuple[str, ...]


def of(
    drafted: str,
    items: Items,
    questions: tuple[OpenQuestion, ...],
    actors: Sequence[Actor] = (),
) -> Line:
    """Keep the clauses of a drafted line that rest on items, or compose one."""
    rests = claims.check(drafted, items, actors)
    if not isinstance(rests, Refusal):
        return Line(" ".join(drafted.split()), rests)
    kept = claims.resting(drafted, items, actors)
    return Line(*kept) if kept is not None else compose(items, questions)


def compose(items: Items, questions: tuple[OpenQuestion, ...]) -> Line:
    """Compose the line: the sentence that leads, the tolls, who gave no comment.

    Returns:
        At most `MOST_WORDS` words, each taken from an item.
    """
    if not items:
        return Line(NOTHING, ())
    shown = [i for i in items if i.verdict == "supported"] or list(items)
    quiet = tuple(q for q in questions if not _speaks(q, items))
    silence = [Line(part, (ident,)) for part, ident in silent(quiet).items()]
    return _joined([*_parts(shown), *silence[:1]])


def _parts(shown: list[Weighty]) -> list[Line]:
    """List what a line may tell of items, the leading sentence first."""
    first = min(
        shown,
        key=lambda i: (not isinstance(i, Casualties) and _hangs(i), *_place(i)),
    )
    tolls = [
        i
        for i in shown
        if isinstance(i, Casualties)
        and i.evidence[0] != first.evidence[0]
        and _is_toll(i)
    ]
    leading = [first] if tolls else [first, *_others(shown, first)[:1]]
    return [
        *(Line(_lead(item), (item.id,)) for item in leading),
        *(Line(_toll(row), (row.id,)) for row in tolls[:2]),
    ]


def _others(shown: list[Weighty], first: Weighty) -> list[Weighty]:
    """List the items beside the first that are no tolls, whole sentences before others."""
    others = [
        i
        for i in shown
        if i is not first
        and not isinstance(i, Casualties)
        and i.evidence != first.evidence
    ]
    return sorted(others, key=_hangs)


def _joined(parts: list[Line]) -> Line:
    """Join parts to one line, without those that make it too long or say it again."""
    line, rests = parts[0].text, parts[0].rests_on
    for part in parts[1:]:
        longer = f"{line} {part.text}"
        fits = word_count(longer) <= MOST_WORDS and len(longer) <= claims.MOST_CHARS
        if fits and part.text not in line:
            line, rests = longer, (*rests, *part.rests_on)
    return Line(line, rests)


def silent(questions: tuple[OpenQuestion, ...]) -> dict[str, str]:
    """Say who gave no comment, each with the id of the question about it."""
    return {
        f"{q.who.name[:1].upper()}{q.who.name[1:]} gave no comment.": q.id
        for q in questions
        if q.kind == "no_comment" and q.who
    }


def _speaks(question: OpenQuestion, items: Items) -> bool:
    """Tell whether who gave no answer states something elsewhere in the article.

    "X gave no comment" would deny what another sentence says; the question stays, as
    it is asked about one matter.
    """
    return any(
        isinstance(item, Position)
        and item.holder == question.who
        and any(
            told.source == cited.source and not told.span.overlaps(cited.span)
            for told in item.evidence
            for cited in question.evidence
        )
        for item in items
    )


def _place(item: Weighty) -> tuple[int, str, int]:
    """Tell where an item stands: "s10" comes after "s9"."""
    told = item.evidence[0]
    return len(told.source), told.source, told.start


def _hangs(item: Weighty) -> bool:
    """Tell a sentence that is only understood behind another: "But it would …"."""
    told = item.evidence[0].exact
    party = item.holder if isinstance(item, Position) else getattr(item, "by", None)
    if isinstance(item, (Position, Request)) and party is not None:
        # "Il a demandé": whoever that is stands in the sentence before.
        last = party.name.rsplit(maxsplit=1)[-1]
        if last.casefold() not in told.casefold():
            return True
    return _BEHIND.match(told) is not None


_BEHIND = re.compile(
    r"[“\"]?(?:But|And|Or|Yet|So|However|Meanwhile|Moreover|Instead|He|She|It|They|This|That|These|Those|His|Her|Its|Their)\b"
)


def _lead(item: Weighty) -> str:
    """Take the item's own sentence, or, if it is long, who says what."""
    sentence = " ".join(item.evidence[0].exact.split())
    if isinstance(item, Casualties) and _hangs(item):
        return _toll(item)
    if word_count(sentence) <= _LONGEST_LEAD:
        return _closed(sentence)
    told = item.gist if isinstance(item, Position) else getattr(item, "what", "")
    if (start := _start(sentence, told)) is not None:
        return _closed(start)
    if isinstance(item, Position):
        named = item.gist.startswith(item.holder.name)
        return _closed(item.gist if named else f"{item.holder.name}: {item.gist}")
    if isinstance(item, Request):
        to = f" to {item.to.name}" if item.to else ""
        said = f" ({item.reported_by.name})" if item.reported_by else ""
        by = f"{_owner(item.by.name)} {item.force}" if item.by else item.force
        by = f"{by[:1].upper()}{by[1:]}"
        return _closed(f"{by}{to}: {item.what}{said}")
    if isinstance(item, Development):
        return _closed(f"{item.what[:1].upper()}{item.what[1:]}")
    return _toll(item)


def _start(sentence: str, told: str) -> str | None:
    """Cut a sentence behind the clause that tells something, if that leaves it whole.

    Returns:
        Its words up to there, the speaker named; None where they are many or cut a
        quotation or an aside in two.
    """
    at = sentence.find(told) if told else -1
    if at < 0:
        return None
    end = at + len(told)
    border = _CLAUSE_END.match(sentence, end)
    start = sentence[:end]
    if border is None or word_count(start) > _LONGEST_LEAD or at < _NAMED:
        return None
    balanced = start.count("“") == start.count("”") and start.count('"') % 2 == 0
    return start if balanced and start.count("(") == start.count(")") else None


_CLAUSE_END = re.compile(r"\s*(?:[,;:]|\s[–—-]\s)")
_NAMED = 4
"""Code points before a statement at least: who says it stands there."""


def _owner(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


_LONGEST_LEAD = 32


def _toll(row: Casualties) -> str:
    people = " ".join(filter(None, (row.count_text or row.who_text, row.kind)))
    place = f" in {row.place}" if row.place else ""
    source = row.source.name if row.source else "no source given"
    return f"{people[:1].upper()}{people[1:]}{place} ({source})."


def _is_toll(row: Casualties) -> bool:
    return row.count_text is not None and row.part_of is None and not row.none_reported


def _closed(words: str) -> str:
    """End with a full stop, unless some final mark is there."""
    return words if words.endswith((".", "!", "?", "”", "…", '."')) else f"{words}."
