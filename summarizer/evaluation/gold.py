"""Read gold sets: JSON lines of documents with what a careful reader found in them.

One document a line: `id`, `set`, `text`, `published`, `gold`, `complete`. `complete`
names the sections in which everything is annotated, so that what is shown beyond the
gold counts as wrong. A gold briefing made by hand, the seed's, is read as well.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import InputError
from summarizer.sources.files import read_text
from summarizer.text import dates


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


Place = tuple[int, int]
"""Code points of the document's text, half-open."""


class GoldActor(_Gold):
    """A party with all the names that the document gives it."""

    names: Annotated[tuple[str, ...], Field(min_length=1)]
    mentions: int = 1
    optional: bool = False


class GoldRequest(_Gold):
    """Who asks whom, with all their names."""

    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    optional: bool = False


class GoldAttribution(_Gold):
    """Something that somebody says or holds: PolNeAR's source, cue and content."""

    source: tuple[Place, ...] = ()
    content: tuple[Place, ...]
    holders: tuple[str, ...] = ()
    """Names of whose it is, when the spans of `source` are not enough."""

    optional: bool = False


class GoldCasualty(_Gold):
    """People who were harmed: MUC-4's human targets."""

    kinds: tuple[str, ...]
    number: str | None = None
    """12, 6- (at least), ~100, PLURAL, or null."""

    strings: tuple[str, ...] = ()
    """Ways to name them; none when the document names them by number only."""

    optional: bool = False


class GoldTotals(_Gold):
    """The least number of people killed and detained in the document's event."""

    killed_min: int
    detained_min: int


class GoldQuestion(_Gold):
    """Something that the document leaves open, and the words that show it."""

    kind: str
    content: tuple[Place, ...]
    optional: bool = False


class Gold(_Gold):
    """What is annotated; None where a set does not annotate a section."""

    actors: tuple[GoldActor, ...] | None = None
    requests: tuple[GoldRequest, ...] | None = None
    attributions: tuple[GoldAttribution, ...] | None = None
    casualties: tuple[GoldCasualty, ...] | None = None
    totals: GoldTotals | None = None
    open_questions: tuple[GoldQuestion, ...] | None = None


class Document(_Gold):
    """One document and its gold."""

    id: str
    set: str
    text: Annotated[str, Field(min_length=1)]
    published: str | None = None
    gold: Gold
    complete: frozenset[str] = frozenset()

    def day(self) -> date | None:
        """Read the day of publication; None when it is not known to the day."""
        found = dates.find(self.published or "", None)
        when = found[0].when if found else None
        return when.start if when is not None and when.precision == "day" else None


def read(paths: Sequence[str], *, limit: int | None = None) -> tuple[Document, ...]:
    """Read the documents of gold files.

    Args:
        paths: Files of JSON lines, or a gold briefing in JSON.
        limit: Documents to take of each file at most, the first ones.

    Raises:
        InputError: A file cannot be read, a line of it is no gold document, or two
            documents have one id.
    """
    found: list[Document] = []
    for path in paths:
        found += list(_documents(path))[:limit]
    ids = [d.id for d in found]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        msg = f"two documents have the id {twice[0]!r}"
        raise InputError(msg)
    return tuple(found)


def _documents(path: str) -> Iterator[Document]:
    text = read_text(path)
    if path.endswith(".json"):
        yield _by_hand(path, text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Document.model_validate_json(line)
        except ValidationError as exc:
            first = exc.errors()[0]
            where = ".".join(map(str, first["loc"])) or "it"
            msg = f"line {number} of {path!r} is no gold document: {where}: {first['msg']}"
            raise InputError(msg) from exc


def _by_hand(path: str, text: str) -> Document:
    """Read a gold briefing: items with ids and evidence, beside its article."""
    try:
        data = json.loads(text)
        article = _article_of(path, data)
        return Document(
            id=Path(path).stem,
            set=Path(path).stem,
            text=article,
            published=data["doc"].get("published"),
            gold=_gold_of(data),
            complete=frozenset(
                {"actors", "requests", "attributions", "casualties", "open_questions"}
            ),
        )
    except (ValueError, KeyError, TypeError) as exc:
        msg = f"{path!r} is no gold briefing: {exc}"
        raise InputError(msg) from exc


def _article_of(path: str, data: Mapping[str, Any]) -> str:
    """Find the article of a gold briefing: the text in which all its evidence stands.

    Raises:
        InputError: No text beside it, or in a folder `seeds`, is the one.
    """
    beside = Path(path).resolve().parent
    folders = (beside, beside.parent, beside.parent / "seeds", Path("seeds"))
    evidence = [
        (e["start"], e["end"], e["exact"])
        for section in ("actors", "requests", "positions", "casualties")
        for item in data[section]
        for e in item["ev"]
    ]
    for file in (file for folder in folders for file in sorted(folder.glob("*.txt"))):
        text = read_text(str(file))
        if all(text[start:end] == exact for start, end, exact in evidence):
            return text
    msg = f"no text beside {path!r} is the article of this gold briefing"
    raise InputError(msg)


def _gold_of(data: Mapping[str, Any]) -> Gold:
    names = {
        a["id"]: tuple(dict.fromkeys((a["name"], *a.get("aliases", ()))))
        for a in data["actors"]
    }
    return Gold(
        actors=tuple(
            GoldActor(
                names=names[a["id"]],
                mentions=2 if a.get("main") else 1,
                optional=not a.get("main"),
            )
            for a in data["actors"]
        ),
        requests=tuple(
            GoldRequest(by=names[r["by"]], to=names.get(r.get("to", ""), ()))
            for r in data["requests"]
        ),
        attributions=tuple(
            GoldAttribution(
                content=_places(p),
                holders=(*names[p["holder"]], *names.get(p.get("voiced_by", ""), ())),
                optional=bool(p.get("optional")),
            )
            for p in data["positions"]
        ),
        casualties=tuple(
            GoldCasualty(
                kinds=(c["kind"],),
                number=str(c["low"]) if c.get("low") is not None else None,
                strings=(c["who_text"],) if c.get("who_text") else (),
            )
            for c in data["casualties"]
        ),
        open_questions=tuple(
            GoldQuestion(
                kind=q["kind"], content=_places(q), optional=bool(q.get("optional"))
            )
            for q in data["open_questions"]
        ),
    )


def _places(item: Mapping[str, Any]) -> tuple[Place, ...]:
    return tuple((e["start"], e["end"]) for e in item["ev"])
