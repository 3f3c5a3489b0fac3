"""The versions of the contract, to tell which of two is newer."""

import re

VERDICTS_SINCE = (1, 1)
"""The first version whose items have verdicts, and whose briefings tell what happened."""

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})")


def number(version: str) -> tuple[int, int] | None:
    """Read "1.10" as (1, 10), which is newer than (1, 9).

    Returns:
        None when *version* is none of ours.
    """
    found = _VERSION.fullmatch(version)
    return (int(found[1]), int(found[2])) if found else None


def has_verdicts(version: str | None) -> bool:
    """Tell whether briefings of *version* say what is unconfirmed, and what happened."""
    known = number(version or "")
    return known is not None and known >= VERDICTS_SINCE
