"""When something may be posted."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from desk import rule

from summarizer.watch.configuring import Rule, parsed
from summarizer.watch.telling.schedule import due, is_quiet, next_time

ZONE = ZoneInfo("Europe/Zurich")


def _rule(text: str) -> Rule:
    return parsed(rule(text), "w").rule[0]


def _at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 3, 2, int(hour), int(minute), tzinfo=ZONE)


def _due(text: str, now: str, since: str, posted: tuple[str, ...] = ()) -> datetime:
    return due(
        _rule(text), _at(now), ZONE,
        since=_at(since), posted=[_at(one) for one in posted],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("05:59", True), ("06:00", False)],
)
def test_quiet_hours_may_pass_midnight(clock: str, quiet: bool) -> None:  # noqa: FBT001  a case
    assert is_quiet(_rule('quiet = "22:00-06:00"'), _at(clock)) is quiet


def test_a_rule_without_times_tells_at_once() -> None:
    assert _due("", "09:00", "09:00") <= _at("09:00")


@pytest.mark.parametrize(
    ("since", "told"), [("07:59", "08:00"), ("08:00", "17:00"), ("12:00", "17:00")]
)
def test_what_waits_is_told_at_the_next_time_of_the_day(since: str, told: str) -> None:
    assert _due('at = ["08:00", "17:00"]', since, since) == _at(told)


def test_what_was_due_while_nothing_ran_is_due_now() -> None:
    assert _due('at = ["08:00"]', "09:30", "07:00") <= _at("09:30")


def test_what_falls_into_quiet_hours_waits_for_their_end() -> None:
    assert _due('quiet = "22:00-06:00"', "23:10", "23:10").time() == time(6)


def test_the_post_above_the_limit_waits_until_an_hour_has_passed() -> None:
    told = _due("at_most = 2", "09:40", "09:40", ("09:05", "09:30"))

    assert told == _at("10:05")


def test_a_post_within_the_limit_does_not_wait() -> None:
    assert _due("at_most = 2", "09:40", "09:40", ("08:05", "09:30")) <= _at("09:40")


def test_times_are_those_of_the_zone_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 17, 0, tzinfo=UTC)  # the night before summer time

    assert next_time([time(8)], before, ZONE).astimezone(UTC) == datetime(
        2026, 3, 29, 6, 0, tzinfo=UTC
    )
