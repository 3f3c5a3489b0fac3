"""When something may be posted: times of the day, quiet hours, so many an hour. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from summarizer.watch.configuring import Rule

_HOUR = timedelta(hours=1)


def is_quiet(rule: Rule, now: datetime) -> bool:
    """Tell whether *rule* posts nothing at *now*, a time of the file's zone."""
    if rule.quiet is None:
        return False
    begin, end = rule.quiet
    clock = now.time()
    if begin <= end:
        return begin <= clock < end
    return clock >= begin or clock < end


def next_time(hours: Sequence[time], after: datetime, zone: ZoneInfo) -> datetime:
    """Find the first of the daily *hours* that comes later than *after*.

    An hour that a change of the clocks skips counts as the moment of the change; one that
    it repeats counts once, the first time.

    Args:
        hours: Times of the day, one or more.
        after: Any aware time.
        zone: Of the hours.
    """
    local = after.astimezone(zone)
    days = (local.date() + timedelta(days=n) for n in (-1, 0, 1, 2))
    moments = [datetime.combine(day, hour, zone) for day in days for hour in hours]
    return min(moment for moment in moments if moment > after)


def due(
    rule: Rule,
    now: datetime,
    zone: ZoneInfo,
    *,
    since: datetime,
    posted: Sequence[datetime],
) -> datetime:
    """Tell when what is waiting for a rule may be told.

    Args:
        rule: The rule.
        now: The time.
        zone: Of the file.
        since: Since when something has been waiting.
        posted: When it posted in the last hour.

    Returns:
        *now* or earlier when it may be told at once, else the time to wait for.
    """
    earliest = next_time(rule.at, since, zone) if rule.at else now
    if rule.at_most is not None and not rule.at:
        recent = sorted(one for one in posted if one > now - _HOUR)
        if len(recent) >= rule.at_most:
            earliest = max(earliest, recent[-rule.at_most] + _HOUR)
    moment = max(earliest, now).astimezone(zone)
    if is_quiet(rule, moment) and rule.quiet is not None:
        return next_time([rule.quiet[1]], moment, zone)
    return earliest
