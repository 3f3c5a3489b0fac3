"""What a report counts while the rows of an archive go by."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

_MOST_NAMES = 200_000
"""Parties that are counted; beyond that, those seen once make room."""


@dataclass(slots=True)
class Tally:
    """Counts over an archive.

    Attributes:
        articles: Articles with a briefing.
        parties: Articles by a party that they name.
        kinds: Counts of people harmed, by what happened to them.
        unconfirmed: Items that could not be confirmed.
        items: All items.
        withheld: Drafts that a check refused.
    """

    articles: int = 0
    parties: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    unconfirmed: int = 0
    items: int = 0
    withheld: int = 0

    def add(self, row: Row) -> None:
        """Count a row of the archive."""
        briefing = row["briefing"]
        self.articles += 1
        self.parties.update({actor["name"] for actor in briefing["actors"]})
        if len(self.parties) > _MOST_NAMES:
            self.parties = Counter({n: c for n, c in self.parties.items() if c > 1})
        self.kinds.update(one["kind"] for one in briefing["casualties"])
        for item in items(briefing):
            self.items += 1
            self.unconfirmed += item["verdict"] == "unconfirmed"
        self.withheld += len(briefing["withheld"])


def items(briefing: Row) -> list[Any]:
    """List the items of a briefing, those of a user's own sections too; no actors."""
    own = [
        item for section in briefing.get("sections", ()) for item in section["items"]
    ]
    return [
        *briefing["requests"],
        *briefing["positions"],
        *briefing["casualties"],
        *briefing["developments"],
        *briefing["open_questions"],
        *own,
    ]
