"""Load the invented week of news of `tests/week`: documents, and what is to be told.

What the fields of the files mean is said at the head of `week.toml` and `expected.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "week"

Kind = Literal[
    "new", "toll_revised", "toll_disputed", "figure_revised", "hardened", "softened",
    "reversed", "accepted", "refused", "denied", "confirmed", "opened", "answered",
    "retracted", "corrected",
]  # fmt: skip
Reason = Literal[
    "copy", "stale", "repeated", "background", "wording", "orders", "other_story"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: `form` is its format, `full` whether it gives whole texts."""

    id: str
    name: str
    host: str
    form: Literal["rss", "atom", "json"]
    full: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A document as it stood from `at` on; paragraphs are parted by an empty line."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A piece of news in all its versions, the first one first."""

    id: str
    story: str
    feed: Feed
    stated: datetime
    """Time of publication as the feed states it, which may be wrong."""

    language: str
    copy_of: str | None
    versions: tuple[Version, ...]

    @property
    def at(self) -> datetime:
        """When it appears on its feed."""
        return self.versions[0].at

    @property
    def path(self) -> str:
        """Its page on a site; it does not tell the story."""
        return f"/{self.at:%Y/%m/%d/%H%M}"

    @property
    def uri(self) -> str:
        """Its address on the invented host."""
        return f"https://{self.feed.host}{self.path}"

    @property
    def guid(self) -> str:
        """What stays the same in all versions."""
        return f"tag:{self.feed.host},{self.at:%Y-%m-%d:%H%M}"

    def version(self, at: datetime) -> Version | None:
        """Find the version that stands at a time; None before the first."""
        standing = [v for v in self.versions if v.at <= at]
        return standing[-1] if standing else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change that an editor wants told once, from `at` on."""

    document: str
    at: datetime
    kind: Kind
    section: str
    quote: str
    may: bool = False
    harm: str | None = None
    was: float | None = None
    now: float | None = None
    by: str | None = None
    answers: str | None = None
    reverses: str | None = None

    @property
    def story(self) -> str:
        """The story that it changes."""
        return _story(self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Words of a version that are not to be told, or not again."""

    document: str
    at: datetime
    reason: Reason
    quote: str

    @property
    def story(self) -> str:
        """The story of its document."""
        return _story(self.document)


@dataclass(frozen=True, slots=True)
class Week:
    """All of the week, in the order of time: of all stories, or within each."""

    feeds: Mapping[str, Feed]
    stories: tuple[str, ...]
    documents: tuple[Document, ...]
    told: tuple[Told, ...]
    silent: tuple[Silent, ...]
    quiet: Mapping[str, tuple[date, ...]]

    def document(self, name: str) -> Document:
        """Find a document by its id."""
        return next(d for d in self.documents if d.id == name)


@cache
def load() -> Week:
    """Read the week from its files."""
    table = _table("week")
    feeds = {name: Feed(id=name, **given) for name, given in table["feeds"].items()}
    found = [d for story in table["stories"] for d in _documents(story, feeds)]
    expected = _table("expected")
    return Week(
        feeds=feeds,
        stories=tuple(table["stories"]),
        documents=tuple(sorted(found, key=lambda d: (d.at, d.id))),
        told=tuple(Told(**given) for given in expected["told"]),
        silent=tuple(Silent(**given) for given in expected["silent"]),
        quiet={story: tuple(days) for story, days in expected["quiet"].items()},
    )


def documents() -> tuple[Document, ...]:
    """List the documents in the order in which they appear."""
    return load().documents


def swapped(text: str, swaps: Iterable[tuple[str, str]]) -> str:
    """Put other words in the place of some.

    Raises:
        ValueError: Words to replace do not stand in the text exactly once.
    """
    for old, new in swaps:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        text = text.replace(old, new)
    return text


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def _story(document: str) -> str:
    return document.rpartition("-")[0]


def _documents(story: str, feeds: Mapping[str, Feed]) -> Iterable[Document]:
    known: dict[str, Document] = {}
    for given in _table(story)["documents"]:
        made = Document(
            id=given["id"],
            story=story,
            feed=feeds[given["feed"]],
            stated=given.get("stated", given["at"]),
            language=given.get("language", "en"),
            copy_of=given.get("copy_of"),
            versions=tuple(_versions(given, known)),
        )
        known[made.id] = made
        yield made


def _versions(given: Mapping[str, Any], known: Mapping[str, Document]) -> list[Version]:
    """Make the first version of its text or its original, each later one of the last."""
    text = given.get("text", "").strip()
    if "copy_of" in given:
        original = known[given["copy_of"]].version(given["at"])
        assert original is not None, f"{given['id']} copies what was not there yet"
        text = swapped(original.text.replace("\n\n", "\n"), given["swap"])
    lines = [(given["at"], given["title"], text)]
    for edit in given.get("edits", ()):
        _, title, before = lines[-1]
        text = swapped(before, edit["swap"])
        lines.append((edit["at"], edit.get("title", title), text))
    return [Version(at, title, t.replace("\n", "\n\n")) for at, title, t in lines]
