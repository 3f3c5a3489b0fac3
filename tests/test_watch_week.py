"""The first hours of the invented week, followed by the whole watch on a set clock."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from slack_server import Slack
from week_watch import AT_ONCE, Run, following, week_file

from summarizer.watch import orders
from summarizer.watch.configuring import Watchfile, parsed

MORNING = timedelta(hours=5)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The first five hours, each change told as it happens; looked at only."""
    with following(tmp_path_factory.mktemp("week")) as run:
        with run.opened() as watch:
            run.until(watch, run.clock[0] + MORNING)
        yield run


def _lines(run: Run, event: str) -> list[str]:
    return [line.words for line in run.lines if line.event == event]


def _followed(folder: Path, rules: str, hours: float) -> tuple[int, Run]:
    """Follow the week for some hours.

    Returns:
        How many messages were in the channel, and what was said.
    """
    with following(folder, rules) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=hours))
        return len(run.slack.posted), run


def _texts(slack: Slack) -> list[str]:
    return [str(message) for message in slack.posted]


def test_no_message_comes_twice(morning: Run) -> None:
    texts = _texts(morning.slack)
    assert texts
    assert len(set(texts)) == len(texts)


def test_a_copy_of_an_article_makes_neither_an_edition_nor_a_post(morning: Run) -> None:
    copies = [n for n, one in enumerate(morning.lines) if "a copy of" in one.words]
    assert copies
    for n in copies:
        assert {one.event for one in morning.lines[n + 1 : n + 3]} <= {"polled"}


def test_a_state_that_was_copied_to_another_place_goes_on(tmp_path: Path) -> None:
    with following(tmp_path / "one") as run:
        with run.opened() as watch:
            run.until(watch, run.clock[0] + timedelta(hours=2))
        before = len(run.slack.posted)
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        run.folder = tmp_path / "two"
        with run.opened() as watch:
            run.until(watch, run.clock[0] + timedelta(minutes=2))
            assert len(run.slack.posted) == before
            run.until(watch, run.clock[0] + timedelta(minutes=20))
        assert len(run.slack.posted) > before
        assert len(set(_texts(run.slack))) == len(run.slack.posted)


def test_a_digest_is_one_post_of_all_stories_at_its_hour(tmp_path: Path) -> None:
    count, run = _followed(tmp_path, AT_ONCE + 'at = ["08:00"]\n', 2.2)
    (told,) = _lines(run, "told")
    assert count >= 1
    assert "st1." in told
    assert "st2." in told


def test_what_happens_in_quiet_hours_is_posted_after_them(tmp_path: Path) -> None:
    _, run = _followed(tmp_path, AT_ONCE + 'quiet = "00:00-08:00"\n', 2.2)
    told = [line.at for line in run.lines if line.event == "told"]
    end = run.clock[0].replace(hour=7, minute=0)  # 08:00 in Zurich, in winter
    assert min(line.at for line in run.lines if line.event == "edition") < end
    assert told
    assert min(told) >= end


def test_no_more_is_posted_in_an_hour_than_the_rule_allows(tmp_path: Path) -> None:
    _, run = _followed(tmp_path, AT_ONCE + "at_most = 1\n", 2.7)
    told = [line.at for line in run.lines if line.event == "told"]
    assert len(told) > 1
    assert all(b - a >= timedelta(hours=1) for a, b in pairwise(told))


def test_a_rule_of_a_party_that_is_not_in_the_news_posts_nothing(
    tmp_path: Path,
) -> None:
    count, run = _followed(tmp_path, AT_ONCE + 'parties = ["Zzyzx Board"]\n', 1)
    assert _lines(run, "edition")
    assert count == 0


def test_stories_that_are_joined_by_hand_are_briefed_and_not_posted(
    tmp_path: Path,
) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=2.2))
        before, edited = len(run.slack.posted), len(_lines(run, "edition"))
        folder = tmp_path / "state"
        orders.give(folder, "join", ["st1", "st2"], run.clock[0])
        run.until(watch, run.clock[0] + timedelta(seconds=5))
        assert "st1 and st2 are one story: st1" in _lines(run, "state")
        orders.give(folder, "split", ["st1", "2"], run.clock[0])
        run.until(watch, run.clock[0] + timedelta(seconds=5))
        assert "st1 is split: 2 are " in _lines(run, "state")[-1]
        assert len(_lines(run, "edition")) > edited
        assert len(run.slack.posted) == before


def test_an_order_that_cannot_be_done_is_said_and_the_watch_goes_on(
    tmp_path: Path,
) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        orders.give(tmp_path / "state", "join", ["st8", "st9"], run.clock[0])
        run.until(watch, run.clock[0] + timedelta(hours=1))
        (said,) = _lines(run, "state")
        assert said.startswith("cannot join st8 st9: ")
        assert run.slack.posted


def test_a_spent_budget_leaves_the_stories_for_the_next_day(tmp_path: Path) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        file = parsed(
            week_file(run.site, run.rules) + "\n[budget]\ncalls = 1\n", "watch.toml"
        )
        watch.replace(file, watch.poller.sources)
        spent = "INSERT INTO spending VALUES ('2026-03-02', 1, 1, 10, 0, 0)"
        watch.rows.execute(spent)
        run.until(watch, run.clock[0] + timedelta(hours=1))
        assert not _lines(run, "edition")
        assert "the day's budget is spent" in " ".join(_lines(run, "trouble"))
        due = watch.newsroom.next_due()
        assert due is not None
        assert f"{due:%Y-%m-%d %H:%M}" == "2026-03-03 00:00"


def test_a_replaced_file_changes_after_what_time_a_story_is_closed(
    tmp_path: Path,
) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=1))
        stories = _closing(run, hours=2)
        watch.replace(stories, watch.poller.sources)
        end = run.clock[0] + timedelta(hours=3)
        assert watch.shelf.close_old(end) == ("st1",)


def _closing(run: Run, hours: int) -> Watchfile:
    text = week_file(run.site, run.rules)
    return parsed(f'{text}\n[stories]\ncloses_after = "{hours}h"\n', "watch.toml")
