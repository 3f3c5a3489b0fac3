"""Build briefings by hand, and brief invented articles of two days without a model."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Coverage,
    Development,
    Item,
    OpenQuestion,
    Party,
    Position,
    Provenance,
    Request,
    Source,
    When,
)
from schemas.evidence import Evidence, Frozen
from summarizer.pipeline import brief
from summarizer.ports import Ask, Reply, Usage
from summarizer.sources import Metadata, make_article

DAYS = Path(__file__).parent / "days"
PROVENANCE = Provenance(
    model="none", endpoint="127.0.0.1", strategy="focused", prompt_sha256="0" * 64
)


def party(name: str) -> Party:
    """Name a party; its id is made of its name."""
    return Party(id=f"a-{name}", name=name)


def evidence(words: str, start: int = 0) -> tuple[Evidence, ...]:
    """Cite words that stand in no real text."""
    return (Evidence(source="s1", start=start, end=start + len(words), exact=words),)


def request(by: str, what: str, to: str | None = None, **more: object) -> Request:
    fields = {
        "id": "r1", "by": party(by), "to": party(to) if to else None, "what": what,
        "force": "request", "mode": "assist", "modality": "actual", "status": "open",
        "evidence": evidence(f"{by} asked {to} to {what}."),
    }  # fmt: skip
    return Request.model_validate({**fields, **more})


def position(holder: str, act: str, gist: str, **more: object) -> Position:
    fields = {
        "id": "p1", "holder": party(holder), "act": act, "gist": gist,
        "form": "indirect", "evidence": evidence(f"{holder}: {gist}."),
    }  # fmt: skip
    return Position.model_validate({**fields, **more})


def toll(kind: str, count_text: str | None = None, **more: object) -> Casualties:
    source, when = more.pop("source", None), more.pop("when", None)
    said = str(more.pop("said", f"{count_text} {kind}."))
    fields: dict[str, object] = {
        "id": "c1", "kind": kind, "count_text": count_text,
        "evidence": evidence(said),
        "source": party(str(source)) if source else None,
        "when": When.model_validate({"value": when, "start": when, "end": when, "basis": "explicit"})
        if when else None,
    }  # fmt: skip
    return Casualties.model_validate({**fields, **more})


def development(what: str, *who: str, **more: object) -> Development:
    """Tell what happened; a day is the TIMEX3 value `when`."""
    when = more.pop("when", None)
    fields: dict[str, object] = {
        "id": "d1", "what": what, "who": tuple(map(party, who)),
        "evidence": evidence(f"{what}."),
        "when": When.model_validate({"value": when, "start": when, "end": when, "basis": "explicit"})
        if when else None,
    }  # fmt: skip
    return Development.model_validate({**fields, **more})


def actor(name: str, kind: str = "organisation", **more: object) -> Actor:
    fields = {
        "id": f"a-{name}", "name": name, "kind": kind, "named": True,
        "evidence": evidence(name),
    }  # fmt: skip
    return Actor.model_validate({**fields, **more})


def question(kind: str, words: str, **more: object) -> OpenQuestion:
    who = more.pop("who", None)
    fields: dict[str, object] = {
        "id": "q1", "kind": kind, "question": words, "evidence": evidence(words),
        "who": party(str(who)) if who else None,
    }  # fmt: skip
    return OpenQuestion.model_validate({**fields, **more})


def item(section: str, fields: Mapping[str, object]) -> Item:
    """Build an item of a section from the few fields that a table gives."""
    given = dict(fields)
    if section == "requests":
        return request(**given)  # type: ignore[arg-type]  # a row of a table
    if section == "positions":
        return position(**given)  # type: ignore[arg-type]  # a row of a table
    if section == "casualties":
        return toll(**given)  # type: ignore[arg-type]  # a row of a table
    if section == "developments":
        return development(str(given.pop("what")), *given.pop("who", ()), **given)  # type: ignore[misc]  # a row of a table
    return question(given.pop("kind"), given.pop("question"), **given)  # type: ignore[arg-type]  # a row of a table


def briefing(*items: Item, text: str = "Invented.", **more: object) -> Briefing:
    """Put items into a briefing, each in its section."""
    kinds: dict[str, type[Item]] = {
        "actors": Actor, "requests": Request, "positions": Position,
        "casualties": Casualties, "developments": Development,
        "open_questions": OpenQuestion,
    }  # fmt: skip
    fields: dict[str, object] = {
        name: tuple(i for i in items if isinstance(i, kind))
        for name, kind in kinds.items()
    }
    fields |= {
        "sources": (
            Source(id="s1", text=text, text_sha256=sha256(text.encode()).hexdigest()),
        ),
        "bottom_line": "Invented.",
        "coverage": Coverage(sentences=1, sentences_read=1, sentences_cited=1),
        "complete": True,
        "provenance": PROVENANCE,
    }
    return Briefing.model_validate({**fields, **more})


class Mute:
    """A model that finds nothing: what the form of the sentences proves is left."""

    model = "none"
    host = "127.0.0.1"
    strategy = "focused"
    passage_tokens = 1_000
    output_tokens = 100
    is_embedded = True

    def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:
        return Reply(ask.answer.model_validate({"items": ()}), Usage())


def briefed(name: str, published: date) -> Briefing:
    """Brief one of the invented articles on the product's own path, without a model."""
    text = (DAYS / f"{name}.txt").read_text(encoding="utf-8")
    title = text.partition("\n")[0]
    about = Metadata(title=title, publisher="Invented Post", published=published)
    article = make_article(text, metadata=about)
    return brief([article], Mute(), clock=lambda: 0.0)  # type: ignore[arg-type]  # a Completer by shape


def days() -> tuple[Briefing, Briefing]:
    """Brief the two days of the dam story: invented, and different in every way."""
    return (
        briefed("day1", date(2025, 3, 4)),
        briefed("day2", date(2025, 3, 5)),
    )


def saved_days() -> tuple[Briefing, Briefing]:
    """Read the two days as they were briefed once and saved."""
    first, second = (
        Briefing.model_validate_json(file.read_text(encoding="utf-8")) for file in SAVED
    )
    return first, second


SAVED = tuple(
    Path(__file__).parent / "data" / f"dam-day{number}.json" for number in (1, 2)
)
