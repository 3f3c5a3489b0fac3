"""Invented briefings of any size, for renderers: no model, no article."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Coverage,
    Development,
    Figure,
    Hole,
    OpenQuestion,
    Party,
    Position,
    Provenance,
    Quantity,
    Request,
    Source,
)
from schemas.evidence import Evidence, Span, cite

TEXT = (
    "Kenya urged Chad on Friday to free the crew. At least 43 people were killed in "
    "Goma, the Red Cross said. “We will not bend,” Ana Ruiz said. Nobody was told why."
)


def made(
    sizes: Sequence[int] = (1, 1, 1, 1, 1),
    words: Sequence[str] = (TEXT,),
    *,
    uri: str | None = "https://example.org/crew",
    complete: bool = True,
    doubts: bool = False,
) -> Briefing:
    """Make a briefing with so many requests, positions, tolls, questions and actors.

    Args:
        sizes: How many of each; a sixth number is that of developments.
        words: Texts that its fields and quotes are taken from in turn.
        uri: Address of the source.
        complete: Whether nothing failed.
        doubts: Whether every second item is unconfirmed.
    """
    taken = 0

    def word() -> str:
        nonlocal taken
        taken += 1
        return words[taken % len(words)]

    def evidence() -> tuple[Evidence, ...]:
        quote = word()
        return (cite("s1", quote, Span(start=0, end=len(quote))),)

    def party() -> Party:
        return Party(id="a1", name=word())

    def verdict(number: int) -> dict[str, Any]:
        if not doubts or number % 2 == 0:
            return {}
        return {"verdict": "unconfirmed", "reasons": (word(), word())}

    text = "\n".join(words)
    hole = Hole(section=None, source="s1", start=0, end=1, exact="K", reason="cut")
    return Briefing(
        sources=(
            Source(
                id="s1", uri=uri, publisher="Invented Post", title=word(),
                published=date(2025, 3, 5), text_sha256="0" * 64, text=text,
            ),
        ),
        bottom_line=word(),
        requests=tuple(
            Request(
                id=f"r{n}", evidence=evidence(), by=party(), to=party(), what=word(),
                force="call", mode="change", modality="actual", status="open", **verdict(n),
            )
            for n in range(sizes[0])
        ),
        positions=tuple(
            Position(
                id=f"p{n}", evidence=evidence(), holder=party(), act="refuse",
                gist=word(), form="direct", medium=word(), **verdict(n),
            )
            for n in range(sizes[1])
        ),
        casualties=tuple(
            Casualties(
                id=f"c{n}", evidence=evidence(), kind="killed", count_text=word(),
                source=party(), value=43, comparator=">=", low=43,
                supersedes=(
                    Figure(evidence=evidence(), count_text=word(), value=30, low=30),
                ),
                **verdict(n),
            )
            for n in range(sizes[2])
        ),
        open_questions=tuple(
            OpenQuestion(
                id=f"q{n}", evidence=evidence(), kind="pending", question=f"{word()}?",
                **verdict(n),
            )
            for n in range(sizes[3])
        ),
        actors=tuple(
            Actor(
                id=f"a{n}", evidence=evidence(), name=word(), kind="person",
                role=word(), named=True, **verdict(n),
            )
            for n in range(sizes[4])
        ),
        developments=tuple(
            Development(
                id=f"d{n}", evidence=evidence(), what=word(), who=(party(),),
                figures=(Quantity(text=word(), value=30),), **verdict(n),
            )
            for n in range(sizes[5] if len(sizes) > 5 else 0)
        ),
        coverage=Coverage(
            sentences=4,
            sentences_read=4,
            sentences_cited=3,
            passages_failed=() if complete else (hole,),
        ),
        complete=complete,
        provenance=Provenance(
            model="invented-model", endpoint="h", strategy="focused",
            prompt_sha256="0" * 64,
        ),
    )  # fmt: skip
