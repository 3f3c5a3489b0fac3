"""Days and times as documents state them in their metadata. Pure."""

import re
from datetime import UTC, datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def day_and_time(stated: str | None) -> tuple[str | None, str | None]:
    """Read an ISO 8601 stamp.

    Returns:
        The day as stated, in the stamp's own time zone, and the time to the second;
        None for what it does not state. A time without an offset from UTC is not
        taken: it could be any of 26 hours.
    """
    words = (stated or "").strip()
    if not _DAY.match(words):
        return None, None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        try:
            datetime.fromisoformat(words[:10])
        except ValueError:
            return None, None
        return words[:10], None
    time = found.replace(microsecond=0).isoformat() if _is_exact(found, words) else None
    return found.date().isoformat(), time


def _is_exact(found: datetime, words: str) -> bool:
    if found.tzinfo is None or len(words) <= 10:
        return False
    try:
        found.astimezone(UTC)
    except OverflowError:
        return False
    return True


def language(stated: str | None) -> str | None:
    """Take a BCP 47 code as stated, with hyphens, or None when it is none."""
    words = (stated or "").strip()
    return words.replace("_", "-") if _LANGUAGE.fullmatch(words) else None


def one_line(words: str | None, most: int = 300) -> str | None:
    """Put a title or a name on one line, *most* characters at most; None if blank."""
    flat = " ".join((words or "").split())[:most].strip()
    return flat or None
