"""The tables of `watch.toml`: what is followed, what matters, and where it is posted."""

import re
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Annotated, Final, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from schemas.terms import Section
from summarizer.changes.values import Kind
from summarizer.text import words
from summarizer.watch.polling.values import LEAST_EVERY_S

LEAST_EVERY: Final = timedelta(seconds=LEAST_EVERY_S)
_ADDRESS: Final = re.compile(r"(?i)https?://[^\s/]")
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


def _every(value: object) -> object:
    """Read a time between two looks at a source."""
    found = _duration(value)
    if isinstance(found, timedelta) and found < LEAST_EVERY:
        msg = f'takes "1m" or more, not {value!r}'
        raise ValueError(msg)
    return found


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
        msg = f'takes hours such as "22:00-06:00", not {value!r}'
        raise ValueError(msg)
    begin, end = (_hour(part.strip()) for part in parts)
    if begin == end:
        msg = f"takes two different hours, not {value!r}"
        raise ValueError(msg)
    return begin, end


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value))
    except (OSError, ValueError, KeyError) as exc:
        msg = f'takes the name of a time zone such as "Europe/Zurich", not {value!r}'
        raise ValueError(msg) from exc


def _country(value: object) -> object:
    """Read a code, or say which code the name of a country has."""
    known = words.countries()
    if value in {one.code for one in known}:
        return value
    meant = [
        one.code
        for one in known
        if value in (*one.names, one.code.title(), one.code.lower())
    ]
    hint = f"; did you mean {meant[0]!r}?" if meant else ""
    msg = (
        f'takes codes of three letters such as "MOZ" (ISO 3166-1), not {value!r}{hint}'
    )
    raise ValueError(msg)


def _section(value: object) -> object:
    """Read the name of a section: ours, or one of the user's own that is like none of ours."""
    near = get_close_matches(str(value), get_args(Section), n=1, cutoff=0.75)
    if near and value != near[0]:
        msg = f"there is no section {value!r}; did you mean {near[0]!r}?"
        raise ValueError(msg)
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Hour = Annotated[time, BeforeValidator(_hour)]
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Name = Annotated[str, Field(pattern=r"^[\w.-]{1,40}$")]
Every = Annotated[timedelta, BeforeValidator(_every)]
Country = Annotated[str, BeforeValidator(_country)]
SectionName = Annotated[Name, BeforeValidator(_section)]


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
    every: Every | None = None
    backfill: Annotated[int, Field(ge=0, le=500)] = 0

    @field_validator("place")
    @classmethod
    def _is_an_address(cls, place: str, info: ValidationInfo) -> str:
        if info.data.get("kind") == "feed" and not _ADDRESS.match(place):
            msg = f'of a feed is an address such as "https://agency.example/rss", not {place[:80]!r}'
            raise ValueError(msg)
        return place


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
        parties: A party of the item must be one of these, by a name that it has, or its
            quote must name one.
        countries: A party of the item, its place, or its quote must be of one of these
            (ISO 3166-1 alpha-3); if none of them is of any, the heading of its article.
        sections: The item must stand in one of these, sections of one's own among them;
            empty are all but the actors, who are told with what they do.
        kinds: The change must be one of these.
        sources: Independent sources that the item must have, 1 or more; it waits for them.
            Of a count they may have it from different counters, if the number is the same.
        supported_only: Whether an unconfirmed item waits until it is supported.
        at: Times of the day at which all is told at once; empty means as it happens.
        quiet: Hours in which nothing is posted; what happens then is told after, together.
        at_most: Posts an hour; what is more is told later, together.
    """

    name: Name
    channel: str
    parties: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    sections: tuple[SectionName, ...] = ()
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
    every: Every = timedelta(minutes=15)
    source: Annotated[tuple[SourceLine, ...], Field(min_length=1)]
    channel: tuple[Channel, ...] = ()
    rule: tuple[Rule, ...] = ()
    budget: Budget = Budget()
    stories: Stories = Stories()
    keep: Keep = Keep()
