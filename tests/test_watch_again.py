"""Pages are looked at again after an hour, six and a day: many are edited in silence."""

from datetime import timedelta
from pathlib import Path

from watching import Press, Watch, feed, item, story, titles, watching
from website import Reply

HOUR = timedelta(hours=1)
FERRY = "Ferry workers ask port for talks"
BEFORE = story("the ferry")
AFTER = BEFORE.replace("before noon", "before evening")


def press_of(text: str = BEFORE) -> Press:
    """Put an article online, in a feed that says nothing of it but its title."""
    press = Press()
    press.page("/ferry", FERRY, text)
    press.feed("/feed", [item("g", "/ferry", FERRY)])
    return press


def asked(watch: Watch) -> int:
    return len(watch.asked("/ferry"))


def test_an_edit_that_the_feed_does_not_tell_is_a_new_version() -> None:
    press = press_of()
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        assert titles(watch.poll().versions) == [(FERRY, 1)]
        press.page("/ferry", FERRY, AFTER)

        (version,) = watch.poll(after=HOUR).versions

    assert version.number == 2
    assert "before evening" in version.text


def test_a_page_is_looked_at_three_times_more_and_then_let_go() -> None:
    with watching(lambda root: feed(root, backfill=1), press=press_of()) as watch:
        watch.poll()
        for _ in range(72):
            watch.poll(after=HOUR)

        assert asked(watch) == 4


def test_a_page_that_stands_as_it_was_brings_nothing() -> None:
    with watching(lambda root: feed(root, backfill=1), press=press_of()) as watch:
        watch.poll()
        reports = [watch.poll(after=HOUR) for _ in range(30)]

    assert not any(one.versions or one.troubles for one in reports)


def test_a_server_that_lags_behind_brings_no_old_version_back() -> None:
    press = press_of()
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        watch.poll()
        press.page("/ferry", FERRY, AFTER)
        edited = watch.poll(after=HOUR).versions
        press.page("/ferry", FERRY, BEFORE)
        later = [v for _ in range(30) for v in watch.poll(after=HOUR).versions]

    assert titles(edited) == [(FERRY, 2)]
    assert not later


def test_a_page_that_is_taken_off_its_site_is_said_once() -> None:
    press = press_of()
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        watch.poll()
        press.pages["/ferry"] = Reply(410)
        troubles = [str(t) for _ in range(30) for t in watch.poll(after=HOUR).troubles]

    (said,) = troubles
    assert said.startswith(f"post: {FERRY!r} was taken off its site: ")


def test_a_site_that_is_down_when_a_page_is_looked_at_again_is_asked_the_next_time() -> (
    None
):
    press = press_of()
    with watching(lambda root: feed(root, backfill=1), press=press) as watch:
        watch.poll()
        press.pages["/ferry"] = Reply(500)
        failed = watch.poll(after=HOUR)
        press.page("/ferry", FERRY, AFTER)
        later = [v for _ in range(6) for v in watch.poll(after=HOUR).versions]

    assert not failed.troubles
    assert titles(later) == [(FERRY, 2)]


def test_what_was_only_marked_as_seen_is_not_looked_at_again() -> None:
    with watching(feed, press=press_of()) as watch:
        for _ in range(5):
            watch.poll(after=HOUR)

        assert asked(watch) == 0


def test_a_restart_forgets_no_page(tmp_path: Path) -> None:
    press, file = press_of(), tmp_path / "watch.db"
    with watching(lambda r: feed(r, backfill=1), press=press, file=file) as watch:
        watch.poll()
        clock = watch.clock
        due = watch.seen.again.next_due()
    with watching(feed, press=press, file=file, clock=clock) as watch:
        assert watch.seen.again.next_due() == due
