"""Stories that changed are briefed: each once, within the day's budget, again after a fault."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk import START, Desk, rule
from several import Silent

from summarizer.errors import EndpointError
from summarizer.plan import Plan
from summarizer.ports import Completer
from summarizer.sources import Layout, Metadata
from summarizer.watch.configuring import Budget, parsed
from summarizer.watch.newsroom import Newsroom
from summarizer.watch.polling.values import Version
from summarizer.watch.spending import Spending

FIRST = "A ferry sank off Selm. Mayor Ana Ruiz asked the navy to send divers."
SECOND = "Divers came to Selm. The navy said it had sent three of them."


def version(article: int, text: str, number: int = 1) -> Version:
    return Version(
        article_id=article,
        number=number,
        title=text.partition(".")[0],
        text=text,
        metadata=Metadata(uri=f"https://agency.example/{article}"),
        layout=Layout(),
        first_seen=START,
        fetched_at=START,
        source="agency",
        read_from="page",
    )


class Room:
    """A newsroom whose stories a test fills."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.stories: dict[str, list[Version]] = {}
        self.opened = 0
        self.model: Callable[[], AbstractContextManager[Completer | None]] = nullcontext
        self.newsroom = Newsroom(
            rows=desk.rows,
            chronicle=desk.chronicle,
            spending=Spending(desk.rows),
            articles=lambda story: self.stories.get(story, []),
            opened=self._open,
            plan=Plan(),
            file=parsed(rule(), "w"),
        )

    def _open(self) -> AbstractContextManager[Completer | None]:
        self.opened += 1
        return self.model()

    def came(self, story: str, *versions: Version) -> None:
        self.stories.setdefault(story, []).extend(versions)
        self.newsroom.mark(story, self.desk.now)

    def made(self) -> str | None:
        made = self.newsroom.brief_next(self.desk.now)
        return made.words if made else None


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A newsroom without a model."""
    one = Room(Desk(tmp_path, rule()))
    yield one
    one.newsroom.close()
    one.desk.state.close()


def test_a_story_that_changed_gets_one_edition(room: Room) -> None:
    room.came("st1", version(1, FIRST))

    assert room.made() == "st1 edition 1: new, 1 article, 0 calls"
    assert room.made() is None


def test_the_next_edition_has_the_newest_article_first(room: Room) -> None:
    room.came("st1", version(1, FIRST))
    room.made()
    room.came("st1", version(2, SECOND))
    room.made()

    briefing = room.desk.chronicle.briefing("st1", 2)
    assert briefing is not None
    assert [(s.id, s.uri) for s in briefing.sources] == [
        ("s1", "https://agency.example/2"),
        ("s2", "https://agency.example/1"),
    ]


def test_a_story_whose_articles_are_the_same_is_not_briefed_again(room: Room) -> None:
    room.came("st1", version(1, FIRST))
    room.made()
    room.newsroom.mark("st1", room.desk.now)

    assert room.made() == "st1: nothing new in it"


def test_an_edited_article_makes_an_edition(room: Room) -> None:
    room.came("st1", version(1, FIRST))
    room.made()
    room.stories["st1"] = [version(1, SECOND, number=2)]
    room.newsroom.mark("st1", room.desk.now)

    assert str(room.made()).startswith("st1 edition 2")


def test_of_a_long_story_the_newest_articles_are_read(room: Room) -> None:
    few = room.newsroom.file.stories.model_copy(update={"articles": 1})
    room.newsroom.file = room.newsroom.file.model_copy(update={"stories": few})
    room.came("st1", version(1, FIRST), version(2, SECOND))
    room.made()

    briefing = room.desk.chronicle.briefing("st1", 1)
    assert briefing is not None
    assert [s.uri for s in briefing.sources] == ["https://agency.example/2"]


def test_the_model_is_opened_once_and_only_when_it_is_needed(room: Room) -> None:
    before = room.opened
    room.came("st1", version(1, FIRST))
    room.made()
    room.came("st2", version(2, SECOND))
    room.made()

    assert (before, room.opened) == (0, 1)


def test_a_story_waits_when_the_endpoint_fails_and_is_briefed_after(room: Room) -> None:
    failing = [True]

    def model() -> AbstractContextManager[Completer | None]:
        if failing[0]:
            msg = "the endpoint is down"
            raise EndpointError(msg)
        return nullcontext()

    room.model = model
    room.came("st1", version(1, FIRST))

    assert room.made() == "st1 waits 1 minutes: the endpoint is down"
    assert room.made() is None
    failing[0] = False
    room.desk.passes(minutes=2)
    assert str(room.made()).startswith("st1 edition 1")


def test_the_wait_grows_to_an_hour_and_no_more(room: Room) -> None:
    def model() -> AbstractContextManager[Completer | None]:
        msg = "down"
        raise EndpointError(msg)

    room.model = model
    room.came("st1", version(1, FIRST))
    waits = []
    for _ in range(9):
        room.made()
        due = room.newsroom.next_due()
        assert due is not None
        waits.append((due - room.desk.now) / timedelta(minutes=1))
        room.desk.now = due

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_what_is_spent_counts_against_the_day_and_the_rest_waits_for_the_next(
    room: Room,
) -> None:
    model = Silent()
    room.model = lambda: nullcontext(model)  # type: ignore[arg-type]  # a Completer by shape
    room.newsroom.file = room.newsroom.file.model_copy(
        update={"budget": Budget(calls=1)}
    )
    room.came("st1", version(1, FIRST))
    room.made()
    room.came("st2", version(2, SECOND))

    said = room.made()
    room.desk.now = room.desk.now.replace(hour=0, minute=1) + timedelta(days=1)
    after = room.made()

    assert said == "the day's budget is spent: 1 stories wait until 2026-03-03 00:00"
    assert str(after).startswith("st2 edition 1")


def test_a_budget_leaves_a_briefing_no_more_than_what_is_left(room: Room) -> None:
    model = Silent()
    room.model = lambda: nullcontext(model)  # type: ignore[arg-type]  # a Completer by shape
    room.newsroom.file = room.newsroom.file.model_copy(
        update={"budget": Budget(calls=2)}
    )
    room.newsroom.plan = replace(Plan(), budget_calls=50)
    room.came("st1", version(1, FIRST * 5))
    room.made()

    briefing = room.desk.chronicle.briefing("st1", 1)
    assert briefing is not None
    assert briefing.provenance.calls <= 2


def test_a_source_that_brings_hundreds_keeps_a_story_of_others_waiting_for_one(
    room: Room,
) -> None:
    for number in range(9):
        room.stories[f"st{number}"] = [version(number, f"{FIRST} {number}")]
        room.newsroom.mark(f"st{number}", room.desk.now, source="flood")
    room.made()
    room.desk.passes(minutes=1)
    room.stories["st99"] = [version(99, SECOND)]
    room.newsroom.mark("st99", room.desk.now, source="honest")

    assert str(room.made()).startswith("st99 edition 1")
    assert str(room.made()).startswith("st1 edition 1")


def test_a_story_that_ends_the_program_twice_lets_the_others_be_first(
    room: Room,
) -> None:
    def ends() -> AbstractContextManager[Completer | None]:
        raise MemoryError

    room.came("st1", version(1, FIRST))
    room.desk.passes(minutes=1)
    room.came("st2", version(2, SECOND))
    room.model = ends
    for _ in range(2):
        with pytest.raises(MemoryError):
            room.made()
    room.model = nullcontext

    assert str(room.made()).startswith("st2 edition 1")
    room.desk.passes(minutes=1)
    assert str(room.made()).startswith("st1 edition 1")


def test_a_state_of_before_is_gone_on_with(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rule())
    desk.rows.executescript(
        "CREATE TABLE changed (story TEXT PRIMARY KEY, since REAL NOT NULL,"
        " next_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,"
        " silent INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
        "INSERT INTO changed (story, since, next_at) VALUES ('st1', 0, 0)"
    )
    room = Room(desk)
    room.stories["st1"] = [version(1, FIRST)]

    assert str(room.made()).startswith("st1 edition 1")
    desk.state.close()


@pytest.mark.parametrize(
    ("marks", "silent"),
    [((True,), True), ((True, False), False), ((False, True), False)],
)
def test_only_what_was_merely_sorted_by_hand_is_silent(
    room: Room,
    marks: tuple[bool, ...],
    silent: bool,  # noqa: FBT001  a case
) -> None:
    room.came("st1", version(1, FIRST))
    room.made()
    room.stories["st1"].append(version(2, SECOND))
    for mark in marks:
        room.newsroom.mark("st1", room.desk.now, silent=mark)

    made = room.newsroom.brief_next(room.desk.now)

    assert made is not None
    assert made.silent is silent
