"""What `watch.toml` says, read and checked, each fault named with its line."""

from summarizer.watch.configuring.reading import parsed, read
from summarizer.watch.configuring.values import (
    Budget,
    Channel,
    Rule,
    SourceLine,
    Stories,
    Watchfile,
)

__all__ = [
    "Budget",
    "Channel",
    "Rule",
    "SourceLine",
    "Stories",
    "Watchfile",
    "parsed",
    "read",
]
