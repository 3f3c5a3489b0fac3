"""What a page says of a story that was split, or that is part of another now.

All articles, people and places are invented.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk import Desk, briefing, rule

from summarizer.changes import compare
from summarizer.watch import site
from summarizer.watch.polling.seen import Seen
from summarizer.watch.shelf import Shelf
from summarizer.watch.stories import by_hand
from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.sqlite import SqliteStore
from summarizer.watch.stories.values import Piece, Rules

TARN = "Floods in Tarn have killed 26 people, the Varos Red Cross said."
ORLA = "A fire in Orla has killed 12 people, the Orla Fire Service said."
LIND = "Floods in Tarn have killed 31 people, the Varos Red Cross said."


@dataclass
class Sorted:
    """Stands for the shelf: what became of stories and articles."""

    into: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def absorbed(self) -> dict[str, str]:
        return self.into

    def left(self, story: str, articles: Iterable[str]) -> frozenset[str]:
        return self.gone & set(articles) if story == "st1" else frozenset()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk, and close it."""
    made = Desk(tmp_path / "state", rule())
    yield made
    made.state.close()


def _edition(desk: Desk, story: str, articles: dict[str, str]) -> None:
    """Brief articles by their numbers, the newest first as the watch does."""
    new = briefing(*reversed(articles.values()))
    names = " ".join(f"{number}.1" for number in articles)
    last = desk.chronicle.last(story)
    old = desk.chronicle.briefing(story, last.version) if last else None
    changes = compare(old, new) if old else None
    desk.chronicle.add(story, names, desk.now, new, changes)


def _page(desk: Desk, folder: Path, story: str, sorted_in: Sorted) -> str:
    pages = site.Site(folder, ZoneInfo("UTC"))
    changed = [one.story for one in desk.chronicle.stories() if one.story != story]
    site.write(desk.chronicle, pages, desk.now, changed, sorted_in)
    return (folder / f"story-{story}.html").read_text("utf-8")


def _counts(page: str) -> str:
    return page.partition('<section id="counts"')[2]


def _written(desk: Desk, folder: Path, sorted_in: Sorted) -> None:
    pages = site.Site(folder, ZoneInfo("UTC"))
    site.write(desk.chronicle, pages, desk.now, None, sorted_in)


def test_a_count_of_an_article_that_left_is_no_count_of_the_story(
    desk: Desk, tmp_path: Path
) -> None:
    _edition(desk, "st1", {"1": TARN})
    _edition(desk, "st1", {"1": TARN, "2": ORLA})
    _edition(desk, "st1", {"1": TARN})

    _written(desk, tmp_path, Sorted(gone=frozenset({"2"})))

    counts = _counts((tmp_path / "story-st1.html").read_text("utf-8"))
    assert "26" in counts
    assert "Orla Fire Service" not in counts


def test_a_count_of_an_article_that_is_only_older_stays(
    desk: Desk, tmp_path: Path
) -> None:
    _edition(desk, "st1", {"1": TARN})
    _edition(desk, "st1", {"2": LIND})

    _written(desk, tmp_path, Sorted())

    counts = _counts((tmp_path / "story-st1.html").read_text("utf-8"))
    assert "26" in counts
    assert "31" in counts


def test_a_story_that_is_part_of_another_says_so_though_it_has_no_new_edition(
    desk: Desk, tmp_path: Path
) -> None:
    _edition(desk, "st1", {"1": TARN})
    _edition(desk, "st5", {"2": LIND})
    _written(desk, tmp_path, Sorted())
    before = (tmp_path / "story-st5.html").read_text("utf-8")

    page = _page(desk, tmp_path, "st5", Sorted(into={"st5": "st1"}))

    assert "part of" not in before
    assert '<a href="story-st1.html">another story</a> (st1) now' in page
    assert "31" in _counts(page)
    assert "part of" not in (tmp_path / "story-st1.html").read_text("utf-8")


def test_the_page_of_a_joined_story_is_written_once(desk: Desk, tmp_path: Path) -> None:
    _edition(desk, "st5", {"2": LIND})
    joined = Sorted(into={"st5": "st1"})
    _written(desk, tmp_path, joined)
    _written(desk, tmp_path, joined)
    pages = site.Site(tmp_path, ZoneInfo("UTC"))

    assert site.write(desk.chronicle, pages, desk.now, [], joined).written == ()


def test_the_shelf_knows_what_was_joined_and_what_left(desk: Desk) -> None:
    stories = Stories(SqliteStore(desk.rows), Rules())
    texts = {"1": TARN, "2": ORLA, "3": LIND}
    of = {
        name: stories.add(
            Piece(name, 1, text, text, desk.now, "en", "Post"), now=desk.now
        ).story
        for name, text in texts.items()
    }
    younger = by_hand.split(stories, of["1"], ["3"], now=desk.now)

    before = Shelf(desk.rows, Seen(desk.rows)).left(of["1"], ["1", "3"])
    by_hand.join(stories, of["2"], younger)
    shelf = Shelf(desk.rows, Seen(desk.rows))

    assert before == {"3"}
    assert shelf.absorbed() == {younger: of["2"]}
    assert shelf.left(of["2"], ["2", "3"]) == frozenset()
