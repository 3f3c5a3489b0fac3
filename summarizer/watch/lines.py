"""What a watch says of what it does: one line each, for a person or as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Event = Literal["polled", "trouble", "story", "edition", "told", "sent", "state"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log.

    Attributes:
        at: When.
        event: polled: articles came; trouble: a source, a model or a webhook fails;
            story: an article found its story; edition: a story was briefed; told: a post
            was written down; sent: it was sent; state: the watch begins, ends, or reads
            its configuration again.
        words: What there is to know.
    """

    at: datetime
    event: Event
    words: str

    def plain(self, zone: ZoneInfo) -> str:
        """Write it for a person."""
        words = "".join(c if c.isprintable() else " " for c in self.words)
        return f"{self.at.astimezone(zone):%Y-%m-%d %H:%M:%S} {self.event:<8}{words}"

    def json(self) -> str:
        """Write it for a program."""
        told = {**asdict(self), "at": self.at.isoformat(timespec="seconds")}
        return json.dumps(told, ensure_ascii=False)


Tell = Callable[[Line], None]
