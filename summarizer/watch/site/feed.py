"""`changes.atom`: what changed, for readers of feeds (RFC 4287)."""

import uuid
from collections.abc import Sequence
from typing import Final

from summarizer.watch.site import names, sheets
from summarizer.watch.site.lines import Line

MOST: Final = 100
_NAMESPACE: Final = uuid.UUID("5f0c3f0e-6a55-4f0b-9a3c-0d6f4d1f2b7e")
"""A constant: the same edition has the same name wherever it is written."""


def name_of(line: Line) -> str:
    """Name an edition for good, also when the site is written anew."""
    words = f"{line.story}\n{line.version}\n{line.at.timestamp():.6f}"
    return uuid.uuid5(_NAMESPACE, words).urn


def write(lines: Sequence[Line], *, ident: str, title: str, address: str) -> str:
    """Write the feed.

    Args:
        lines: The newest editions, the newest first; one or more.
        ident: The name of the feed, which never changes.
        title: What the site is called.
        address: Where the site stands on the web, ending in "/"; "" when nowhere.
    """
    return sheets.fill(
        "changes.atom",
        lines=lines[:MOST],
        ident=ident,
        title=title,
        address=address,
        name_of=name_of,
        names=names,
    )
