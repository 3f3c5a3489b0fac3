"""Days and times in the words of the site, whatever the language of the machine."""

from datetime import date, datetime, tzinfo
from typing import Final

_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def day_of(at: datetime, zone: tzinfo) -> date:
    """Tell on which day of *zone* something happened."""
    return at.astimezone(zone).date()


def day(one: date) -> str:
    """Write a day in full: "Monday 2 March 2026"."""
    return f"{_DAYS[one.weekday()]} {one.day} {month(one)}"


def month(one: date) -> str:
    """Write a month: "March 2026"."""
    return f"{_MONTHS[one.month - 1]} {one.year}"


def weekday(one: date) -> str:
    """Write a day of a known week: "Mon 2"."""
    return f"{_DAYS[one.weekday()][:3]} {one.day}"


def short_day(one: date) -> str:
    """Write a day of a known year: "2 Mar"."""
    return f"{one.day} {_MONTHS[one.month - 1][:3]}"


def time(at: datetime, zone: tzinfo) -> str:
    """Write a time of the day: "18:30"."""
    return f"{at.astimezone(zone):%H:%M}"


def moment(at: datetime, zone: tzinfo) -> str:
    """Write a time of a known year: "Mon 2 March, 18:30"."""
    one = day_of(at, zone)
    return f"{weekday(one)} {_MONTHS[one.month - 1]}, {time(at, zone)}"
