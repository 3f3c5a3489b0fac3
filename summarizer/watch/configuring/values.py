"""The tables of `watch.toml`: what is followed, what matters, and where it is posted."""

import re
from datetime import time, timedelta
from typing import Annotated, Final, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from summarizer.changes.values import Kind

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
NEWS: Final[tuple[Kind, ...]] = tuple(k for k in get_args(Kind) if k != "reworded")
"""Kinds of change that are posted unless a rule says others. What an article that was
edited does not say any more is among them; what another article leaves out is no change."""


def _duration(value: object) -> object:
    """Read "15m", "2h", "1d" or "90s"."""
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", value.strip()) if isinstance(value, str) else None  # fmt: skip
    if found is None:
        msg = 'takes a duration such as "90s", "15m", "2h" or "1d"'
        raise ValueError(msg)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _hour(value: object) -> object:
    """Read "08:00"."""
    if isinstance(value, str) and re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        hour, minute = value.split(":")
        return time(int(hour), int(minute))
    msg = 'takes a time of the day such as "08:00"'
    raise ValueError(msg)


def _hours(value: object) -> object:
    """Read "22:00-06:00"."""
    parts = value.split("-") if isinstance(value, str) else []
    if len(parts) != 2:
        msg = 'takes hours such as "22:00-06:00"'
        raise ValueError(msg)
    return tuple(_hour(part.strip()) for part in parts)


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value))
    except (OSError, ValueError, KeyError) as exc:
        msg = f'takes the name of a time zone such as "Europe/Zurich", not {value!r}'
        raise ValueError(msg) from exc


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Hour = Annotated[time, BeforeValidator(_hour)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Name = Annotated[str, Field(pattern=r"^[\w.-]{1,40}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )


class SourceLine(_Table):
    """A `[[source]]`: a feed, a folder, or a list of addresses.

    Attributes:
        name: What it is called in reports.
        kind: What it is.
        place: Address of the feed, or path of the folder or the list.
        every: Time between two looks; that of the whole file when None.
        backfill: How many of what is there at the first look are taken; the rest counts
            as seen.
    """

    name: Name
    kind: Literal["feed", "folder", "addresses"] = "feed"
    place: Annotated[str, Field(min_length=1)]
    every: Duration | None = None
    backfill: Annotated[int, Field(ge=0, le=500)] = 0


class Channel(_Table):
    """A `[[channel]]`: an incoming webhook of Slack, named by where its address stands."""

    name: Name
    webhook_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None
    webhook_file: str | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.webhook_env is None) == (self.webhook_file is None):
            msg = "takes webhook_env or webhook_file, one of the two"
            raise ValueError(msg)
        return self


class Rule(_Table):
    """A `[[rule]]`: what matters to a desk, and how it is told.

    What is empty or None leaves all through.

    Attributes:
        name: What it is called.
        channel: Which channel it is posted to.
        parties: A party of the item must be one of these, by a name that it has.
        countries: A party of the item must be of one of these (ISO 3166-1 alpha-3).
        sections: The item must stand in one of these, sections of one's own among them;
            empty are all but the actors, who are told with what they do.
        kinds: The change must be one of these.
        sources: Independent sources that the item must have, 1 or more; it waits for them.
            Of a count they may have it from different counters, if the number is the same.
        supported_only: Whether an unconfirmed item waits until it is supported.
        at: Times of the day at which all is told at once; empty means as it happens.
        quiet: Hours in which nothing is posted; what happens then is told after.
        at_most: Posts an hour; what is more is told later, with what came since.
    """

    name: Name
    channel: str
    parties: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    sections: tuple[Name, ...] = ()
    kinds: tuple[Kind, ...] = NEWS
    sources: Annotated[int, Field(ge=1, le=20)] = 1
    supported_only: bool = False
    at: tuple[Hour, ...] = ()
    quiet: Hours | None = None
    at_most: Annotated[int, Field(ge=1, le=1000)] | None = None


class Budget(_Table):
    """A `[budget]`: what a day may cost; a day is one of the file's time zone.

    Attributes:
        calls: Requests to the model.
        tokens: Tokens, read and written together.
        usd: US dollars.
    """

    calls: Annotated[int, Field(ge=1)] | None = None
    tokens: Annotated[int, Field(ge=1)] | None = None
    usd: Annotated[float, Field(gt=0)] | None = None


class Stories(_Table):
    """A `[stories]`: how long a story lives, and how much of it is read.

    Attributes:
        closes_after: Time without an article after which it is closed.
        articles: Articles of one story that are briefed, the newest; copies aside.
    """

    closes_after: Duration = timedelta(days=5)
    articles: Annotated[int, Field(ge=1, le=100)] = 30


class Keep(_Table):
    """A `[keep]`: how long it is remembered what was read, briefed and posted.

    Attributes:
        days: Days after which texts, older editions and bodies of posts are dropped. That
            they were is remembered, so that nothing is told again.
    """

    days: Annotated[int, Field(ge=7, le=3650)] = 90


class Watchfile(_Table):
    """The whole file.

    Attributes:
        contact: How those who run a server can reach whoever runs this: an address of
            mail or a page. It stands in each request.
        timezone: Of all times of the day in the file.
        every: Time between two looks at a source that says nothing else.
    """

    contact: Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[ -~]+$")]
    timezone: Zone
    every: Duration = timedelta(minutes=15)
    source: Annotated[tuple[SourceLine, ...], Field(min_length=1)]
    channel: tuple[Channel, ...] = ()
    rule: tuple[Rule, ...] = ()
    budget: Budget = Budget()
    stories: Stories = Stories()
    keep: Keep = Keep()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for kind in ("source", "channel", "rule"):
            names = [one.name for one in getattr(self, kind)]
            for name in names:
                if names.count(name) > 1:
                    msg = f"two {kind}s are named {name!r}"
                    raise ValueError(msg)
        known = {one.name for one in self.channel}
        for rule in self.rule:
            if rule.channel not in known:
                msg = f"rule {rule.name!r} names the channel {rule.channel!r}, which is not in the file"
                raise ValueError(msg)
        return self
