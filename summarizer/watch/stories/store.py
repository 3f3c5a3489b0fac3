"""What the stories ask of whoever keeps them: a protocol, no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from summarizer.watch.stories.values import Kept

State = Literal["open", "closed", "absorbed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as it is kept.

    Attributes:
        id: Of the story, for good.
        state: An absorbed story has no pieces any more.
        latest: When a piece last came.
        into: The story that absorbed it.
    """

    id: str
    state: State
    latest: datetime
    into: str | None = None


class Store(Protocol):
    """Keeps stories, their pieces and what was decided by hand."""

    def new_story(self, at: datetime) -> str:
        """Open a story, with an id that none had before."""

    def put_story(self, entry: Entry) -> None:
        """Write what became of a story."""

    def story(self, story: str) -> Entry | None:
        """Look up a story."""

    def open_stories(self) -> Sequence[Entry]:
        """List the open stories, the oldest first."""

    def put_piece(self, kept: Kept, story: str) -> None:
        """Write a piece and its story, instead of what was known of it."""

    def piece(self, piece: str) -> tuple[Kept, str] | None:
        """Look up a piece and its story."""

    def pieces(self, story: str) -> Sequence[Kept]:
        """List the pieces of a story in order of arrival."""

    def mark(self, story: str, terms: Collection[str]) -> None:
        """Write by which terms a closed story is found again; none takes them away."""

    def marked(self, terms: Collection[str], *, since: datetime) -> Sequence[str]:
        """List closed stories with such terms, most terms first, quiet ones left out.

        Args:
            terms: Terms of a piece.
            since: Stories whose last piece came before are left out.
        """

    def decide(self, pairs: Collection[tuple[str, str]], *, together: bool) -> None:
        """Write by hand that two pieces are of one story, or are not.

        What was decided before of the same two is replaced.
        """

    def apart(self, piece: str) -> Collection[str]:
        """List the pieces that are never of one story with *piece*, by hand."""
