"""When a source is looked at again. Pure: times come in, seconds go out."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

DAY_S: Final = 86_400.0
"""The longest wait that failures or a server's wishes make, in seconds."""
PAGE_S: Final = 600.0
"""Seconds before a page that could not be read is tried again; doubles each time."""
JITTER: Final = 0.1
"""Share of a wait that chance adds, so that sources do not stay in step."""
EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)
"""No article on the web is older; feeds that lost their clock say 1970."""
AHEAD: Final = timedelta(days=1)
"""How far ahead a stated time may be: clocks without a time zone."""

Chance = Callable[[], float]
"""Gives numbers from 0 to 1, as `random.random` does."""


def after_success(every_s: float, wishes: Mapping[str, float], chance: Chance) -> float:
    """Give the seconds to the next look at a source that answered.

    Args:
        every_s: What the user wants.
        wishes: What feed and server want, by name; beyond a day they are not heeded,
            or one number would silence a feed.
        chance: For the jitter, which only ever adds.
    """
    wished = min(max(wishes.values(), default=0.0), DAY_S)
    return max(every_s, wished) * (1 + JITTER * chance())


def after_failure(
    every_s: float, failures: int, retry_after_s: float | None, chance: Chance
) -> float:
    """Give the seconds to the next look at a source that failed.

    Args:
        every_s: Seconds between looks when all is well.
        failures: In a row, 1 or more; each doubles the wait, to a day at most.
        retry_after_s: What the server asked for; heeded up to a day.
        chance: For the jitter.
    """
    doubled = min(every_s * 2.0 ** min(failures - 1, 20), max(DAY_S, every_s))
    wished = min(retry_after_s or 0.0, DAY_S)
    return max(doubled, wished) * (1 + JITTER * chance())


def wishes(headers: Mapping[str, str], stated_s: float | None) -> dict[str, float]:
    """Collect how long server and feed want to be left alone, in seconds."""
    found: dict[str, float] = {}
    control = headers.get("cache-control", "").lower()
    age = re.search(r"(?:^|[\s,])max-age=\"?(\d{1,9})", control)
    if age and "no-cache" not in control and "no-store" not in control:
        found["max-age"] = float(age[1])
    if stated_s is not None:
        found["feed"] = stated_s
    return found


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Read Retry-After, as seconds from *now*; None when it is not stated or no time."""
    stated = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", stated):
        return float(stated)
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def can_be(stated: datetime, now: datetime) -> bool:
    """Tell whether something can have been published then."""
    return EARLIEST <= stated <= now + AHEAD
