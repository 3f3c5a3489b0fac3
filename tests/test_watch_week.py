"""The first day of the invented week, followed as a desk would follow it."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from week_watch import AT_ONCE, Run, following

from summarizer.watch import orders
from summarizer.watch.telling.outbox import Post
from summarizer.watch.watching import Watch

DAY = timedelta(hours=13)
DIGEST = f'{AT_ONCE}at = ["08:00", "17:00"]\n'


def posts(watch: Watch) -> list[Post]:
    return watch.sender.outbox.of_state("posted")


def stories(watch: Watch) -> list[str]:
    return [story for post in posts(watch) for story in post.stories]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Watch]]:
    """The first day, all of which is told as it happens."""
    with following(tmp_path_factory.mktemp("day")) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + DAY)
        yield run, watch


def test_each_edition_of_a_story_is_told_at_most_once(day: tuple[Run, Watch]) -> None:
    told = stories(day[1])

    assert len(told) == len(set(told)) > 5


def test_what_is_posted_is_in_the_channel_once(day: tuple[Run, Watch]) -> None:
    run, watch = day

    assert len(run.slack.posted) == sum(len(post.bodies) for post in posts(watch))


def test_a_copy_brings_no_post(day: tuple[Run, Watch]) -> None:
    run, watch = day
    copies = [line for line in run.lines if ", a copy of article" in line.words]

    assert copies
    for line in copies:
        assert not [p for p in posts(watch) if p.made_at == line.at]


def test_a_post_comes_within_a_round_of_polling(day: tuple[Run, Watch]) -> None:
    run, watch = day
    came = [d.at for d in run.week.documents if d.at <= run.clock[0]]

    for post in posts(watch):
        assert any(
            at <= post.made_at <= at + timedelta(minutes=17)
            for at in came
            + [v.at for d in run.week.documents for v in d.versions]
        )  # fmt: skip


def test_nothing_is_due_at_once_when_all_is_done(day: tuple[Run, Watch]) -> None:
    run, watch = day
    due = watch.next_due()

    assert due is not None
    assert due >= run.clock[0] - timedelta(seconds=1)


def test_a_digest_tells_the_day_in_one_post(tmp_path: Path) -> None:
    with following(tmp_path, DIGEST) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + DAY)

        (post,) = [p for p in posts(watch) if p.made_at.hour == 16]  # 17:00 in Zurich
        assert len(post.stories) >= 4


def test_a_state_that_was_moved_goes_on_and_tells_nothing_again(tmp_path: Path) -> None:
    with following(tmp_path / "here") as run:
        (tmp_path / "here").mkdir()
        with run.opened() as watch:
            run.until(watch, run.clock[0] + DAY / 2)
            before = stories(watch)
        copytree(tmp_path / "here", tmp_path / "there")
        run.folder = tmp_path / "there"
        with run.opened() as watch:
            run.until(watch, run.clock[0] + timedelta(minutes=1))
            after = stories(watch)

    assert before == after != []


def test_articles_that_came_before_a_stop_are_told_after_it(tmp_path: Path) -> None:
    with following(tmp_path) as run:
        with run.opened() as watch:
            run.until(watch, run.clock[0] + timedelta(minutes=20))
            poller = watch.poller
            run.clock[0] += timedelta(minutes=20)
            run.site.at = run.clock[0]
            asyncio.run(poller.poll_due())  # and the program ends here
        with run.opened() as watch:
            run.until(watch, run.clock[0] + timedelta(seconds=5))

            assert stories(watch) == ["st1.1"]


def test_what_is_sorted_by_hand_is_briefed_again_and_not_posted(tmp_path: Path) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + DAY / 2)
        before = stories(watch)
        first = next(version for version, _ in watch.shelf.all_of("st1"))
        name = str(first.article_id)
        orders.give(run.folder / "state", "split", ["st1", name], run.clock[0])
        run.until(watch, run.clock[0] + timedelta(seconds=5))

        assert stories(watch) == before
        said = [line.words for line in run.lines if line.event == "state"]
        assert said[-1].startswith(f"st1 is split: {name} are st")


def test_an_order_that_cannot_be_done_is_said(tmp_path: Path) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(minutes=1))
        orders.give(run.folder / "state", "join", ["st8", "st9"], run.clock[0])
        run.until(watch, run.clock[0] + timedelta(seconds=5))

    assert run.lines[-1].words == "cannot join st8 st9: there is no story 'st8'"
