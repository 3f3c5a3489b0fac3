"""The names of the site's files; whatever a story is called, they are safe on any disk."""

import hashlib
import re
from datetime import date
from typing import Final

INDEX: Final = "index.html"
FEED: Final = "changes.atom"

_PLAIN: Final = re.compile(r"[a-z][a-z0-9]{0,39}")
_OURS: Final = re.compile(
    r"index\.html|changes\.atom|day-\d{4}-\d\d-\d\d\.html|story-[a-z0-9]+(-\d+)?\.html"
)


def day(one: date) -> str:
    """Name the page of a day."""
    return f"day-{one.isoformat()}.html"


def story(name: str) -> str:
    """Name the page of a story."""
    return f"story-{_slug(name)}.html"


def evidence(name: str, version: int) -> str:
    """Name the page of one edition of a story."""
    return f"story-{_slug(name)}-{version}.html"


def is_ours(name: str) -> bool:
    """Tell whether a file could be one of the site's: no other is ever removed."""
    return _OURS.fullmatch(name) is not None


def _slug(name: str) -> str:
    """Write a story's name in small letters and digits.

    Small letters only: some disks take "A" and "a" for one. No hyphen: "a-3" could be
    a story or the third edition of "a".
    """
    if _PLAIN.fullmatch(name):
        return name
    return "0" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:20]
