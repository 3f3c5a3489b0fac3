"""What is known of one article of an archive: what became of it, its row, its cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """What an article cost; `usd` in US dollars, 0 when no price is known."""

    calls: int = 0
    read_tokens: int = 0
    written_tokens: int = 0
    kept_replies: int = 0
    seconds: float = 0.0
    usd: float = 0.0
    """US dollars, where the price is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the ledger.

    Attributes:
        key: The article's hash.
        place: Where it was read.
        status: done, incomplete (a briefing with holes), or failed.
        cause: Why it failed or is incomplete; "" when it is done.
    """

    key: str
    place: str
    status: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that has a row.

    Attributes:
        entry: What became of it.
        row: Its row.
        shard: The number of its shard.
        at: When it was entered, in seconds since 1970.
    """

    entry: Entry
    row: Mapping[str, Any]
    shard: int
    at: float


@dataclass(frozen=True, slots=True)
class Line:
    """What is written of one article: its entry, its row (None for a failure), its cost."""

    entry: Entry
    row: Mapping[str, Any] | None
    cost: Cost
