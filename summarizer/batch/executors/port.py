"""The port to those who do shards: hand one in, hear of the next that ended, say stop.

An executor may lose a shard, and do one twice: what is done stands on the shelf.
"""

from dataclasses import dataclass
from typing import Protocol

from summarizer.batch.sharding.order import Order
from summarizer.errors import SummarizerError


@dataclass(frozen=True, slots=True)
class Ended:
    """A shard that is not under way any more.

    Attributes:
        shard: Its number. What is done of it stands on the shelf; it may be nothing.
        trouble: Why the run cannot go on; None when it can.
    """

    shard: int
    trouble: SummarizerError | None = None


class Executor(Protocol):
    """Calls `run_shard` somewhere, for each order that it is handed."""

    @property
    def width(self) -> int:
        """Shards to have under way at once, 1 or more."""
        ...

    def submit(self, order: Order) -> None:
        """Hand in a shard; returns at once."""
        ...

    def ended(self, timeout_s: float) -> Ended | None:
        """Wait for a shard that ends; None when none does in time.

        Raises:
            SummarizerError: There is nobody any more who does shards.
        """
        ...

    def stop(self) -> None:
        """Let the articles that are under way finish, and begin no others."""
        ...
