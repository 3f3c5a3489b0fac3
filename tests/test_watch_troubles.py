"""The same trouble is said once a day, however often it is met; others are said."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summarizer.watch import figures
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.polling.seen import Seen
from summarizer.watch.spending import Spending
from summarizer.watch.state import State
from summarizer.watch.telling.outbox import Outbox
from summarizer.watch.troubles import Troubles

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Log:
    """Troubles with a clock that is set."""

    def __init__(self, folder: Path) -> None:
        self.state = State(folder)
        self.now = START
        self.said: list[str] = []
        self.troubles = Troubles(
            self.state.rows, lambda line: self.said.append(line.words), lambda: self.now
        )

    @property
    def rows(self) -> sqlite3.Connection:
        return self.state.rows


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """An empty log."""
    one = Log(tmp_path)
    yield one
    one.state.close()


def test_a_trouble_that_goes_on_is_said_once_a_day_with_its_count(log: Log) -> None:
    for _ in range(3 * 24 * 4):
        log.troubles.say("post", "post: is down")
        log.now += timedelta(minutes=15)

    assert len(log.said) == 4
    assert log.said[:2] == [
        "post: is down",
        "post: is down (79 times more since it was last said)",
    ]


def test_numbers_and_names_make_no_other_trouble(log: Log) -> None:
    log.troubles.say("post", "post: 'a' took 0.3 seconds")
    log.troubles.say("post", """post: "it's" took 1,000 seconds""")
    log.troubles.say("post", r"post: 'it\'s \"b\"' took 9 seconds")

    assert log.said == ["post: 'a' took 0.3 seconds"]


def test_another_cause_or_another_source_is_said(log: Log) -> None:
    log.troubles.say("post", "post: tried again in 15 minutes", "is down")
    log.troubles.say("post", "post: tried again in 30 minutes", "is gone")
    log.troubles.say("wire", "wire: tried again in 30 minutes", "is gone")

    assert len(log.said) == 3


def test_a_source_that_always_finds_another_fault_is_bounded(log: Log) -> None:
    for number in range(500):
        log.troubles.say("post", f"post: fault{number:x}x")

    assert len(log.said) == 21


def test_a_clock_that_is_set_back_silences_nothing(log: Log) -> None:
    log.now += timedelta(days=3_650)
    log.troubles.say("post", "post: is down")
    log.now = START
    log.troubles.say("post", "post: is down")

    assert len(log.said) == 2


def test_what_was_said_is_known_to_the_next_run(log: Log) -> None:
    log.troubles.say("post", "post: is down")
    again = Troubles(log.rows, lambda line: log.said.append(line.words), lambda: START)
    again.say("post", "post: is down")

    assert log.said == ["post: is down"]


def test_status_reads_a_state_of_before(log: Log) -> None:
    Seen(log.rows)
    Chronicle(log.rows)
    Outbox(log.rows)
    Spending(log.rows)
    log.rows.executescript(
        "DROP TABLE troubles; CREATE TABLE changed (story TEXT PRIMARY KEY, since REAL,"
        " next_at REAL, tries INTEGER, silent INTEGER DEFAULT 0) WITHOUT ROWID"
    )

    assert "posts: none yet" in figures.status(figures.read(log.rows, START))


def test_what_others_wrote_does_not_act_in_a_terminal(log: Log) -> None:
    Seen(log.rows)
    Chronicle(log.rows)
    Outbox(log.rows)
    Spending(log.rows)
    log.rows.execute("CREATE TABLE changed (story TEXT)")
    log.troubles.say("post", "post: \x1b[31mred\x1b[0m\nfailing: nobody")

    shown = figures.status(figures.read(log.rows, START))

    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("failing")]
