"""The values that a comparison gives: changes, with both items and so both quotes."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    OpenQuestion,
    OwnItem,
    Position,
    Request,
)
from schemas.evidence import Evidence, Frozen

AnyItem = Request | Position | Casualties | Development | OpenQuestion | Actor | OwnItem
Kind = Literal[
    "reversed",
    "answered",
    "reopened",
    "toll_revised",
    "figure_revised",
    "source_changed",
    "hardened",
    "softened",
    "role_changed",
    "now_unconfirmed",
    "now_supported",
    "new",
    "reworded",
    "no_longer_mentioned",
]
MIRRORED: dict[Kind, Kind] = {
    "reversed": "reversed",
    "answered": "reopened",
    "reopened": "answered",
    "toll_revised": "toll_revised",
    "figure_revised": "figure_revised",
    "source_changed": "source_changed",
    "hardened": "softened",
    "softened": "hardened",
    "role_changed": "role_changed",
    "now_unconfirmed": "now_supported",
    "now_supported": "now_unconfirmed",
    "new": "no_longer_mentioned",
    "reworded": "reworded",
    "no_longer_mentioned": "new",
}
"""What each kind is called when the two briefings change places."""


class Edition(Frozen):
    """One of the two briefings, as far as a reader needs it to name it."""

    heading: str
    """Title, address or nothing of its first source."""

    publisher: str | None = None
    published: date | None = None
    texts: tuple[str, ...]
    """SHA-256 of each source's text, in order."""

    uris: tuple[str | None, ...]
    bottom_line: str
    complete: bool
    """False when passages of it could not be read: what is missing may stand there."""

    schema_version: str | None = None
    """Briefings of 1.0 have no verdicts and do not tell what happened."""


class Change(Frozen):
    """One thing that differs. At least one of `old` and `new` is there."""

    kind: Kind
    section: str
    """A section of the briefing, or the name of one of the user's own."""

    title: str = ""
    """Of a section of the user's own: its title."""

    old: AnyItem | None = None
    """The item of the old briefing, with its evidence."""

    new: AnyItem | None = None
    """The item of the new briefing, with its evidence."""

    answer: AnyItem | None = None
    """What answers a request or a question: of the new briefing when it is answered,
    of the old one when the answer is no longer mentioned."""

    @model_validator(mode="after")
    def _has_an_item(self) -> Self:
        if self.old is None and self.new is None:
            msg = "a change needs an item"
            raise ValueError(msg)
        return self

    @property
    def item(self) -> AnyItem:
        """The newer of its items."""
        found = self.new or self.old
        assert found is not None  # noqa: S101  validated
        return found

    @property
    def old_quotes(self) -> tuple[Evidence, ...]:
        """The old briefing's evidence, none for what is new."""
        return self.old.evidence if self.old else ()

    @property
    def new_quotes(self) -> tuple[Evidence, ...]:
        """The new briefing's evidence, none for what is no longer mentioned."""
        return self.new.evidence if self.new else ()


class Changes(Frozen):
    """All that differs between two briefings, the weightiest of a section first."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    unchanged: int
    """Pairs of items that say the same in both."""

    left_out: Annotated[int, Field(ge=0)] = 0
    """Changes of unconfirmed items that `supported_only` left out."""

    @property
    def same_text(self) -> bool:
        """True when both were made from the same texts, so that only readings differ."""
        return sorted(self.old.texts) == sorted(self.new.texts)


def edition(briefing: Briefing) -> Edition:
    """Name a briefing by its first source and the hashes of all."""
    first = briefing.sources[0]
    return Edition(
        heading=first.title or first.uri or "",
        publisher=first.publisher,
        published=first.published,
        texts=tuple(s.text_sha256 for s in briefing.sources),
        uris=tuple(s.uri for s in briefing.sources),
        bottom_line=briefing.bottom_line,
        complete=briefing.complete,
        schema_version=briefing.provenance.schema_version,
    )
