"""What a watch says of what it does: one line each, for a person or as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
        facts: The same for programs, by name: story, edition, article, post, rule,
            channel, source, counts; as far as they are known.
    """

    at: datetime
    event: Event
    words: str
    facts: Mapping[str, str | int | list[str]] = field(default_factory=dict)

    def plain(self, zone: ZoneInfo) -> str:
        """Write it for a person."""
        words = "".join(c if c.isprintable() else " " for c in self.words)
        return f"{self.at.astimezone(zone):%Y-%m-%d %H:%M:%S} {self.event:<8}{words}"

    def json(self) -> str:
        """Write it for a program."""
        at = self.at.isoformat(timespec="seconds")
        told = {"at": at, "event": self.event, "words": self.words, **self.facts}
        return json.dumps(told, ensure_ascii=False)


def counted(number: int, word: str) -> str:
    """Write how many there are: "1 article", "1,204 articles"."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


Tell = Callable[[Line], None]
