"""What is old is dropped once a day, and nothing is told again for that."""

from datetime import timedelta
from pathlib import Path

import pytest
from week_watch import following

from summarizer.watch import keeping
from summarizer.watch.watching import Watch

LATER = timedelta(days=91)


def _count(watch: Watch, query: str) -> int:
    return int(watch.rows.execute(query).fetchone()[0])


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """A watch that goes on three months after its first day."""
    with following(tmp_path_factory.mktemp("old")) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=8))
        posted = len(run.slack.posted)
        editions = _count(watch, "SELECT count(*) FROM editions")
        run.clock[0] += LATER
        said = keeping.tidied(watch.rows, 90, run.clock[0])
        again = keeping.tidied(watch.rows, 90, run.clock[0])
        told = watch.editor.tell(run.clock[0])
        first = watch.editor.chronicle.briefing("st1", 1)
        last = watch.editor.chronicle.last("st1")
        assert last is not None
        return {
            "posted": posted,
            "said": said,
            "again": again,
            "told": told,
            "first": first,
            "last": watch.editor.chronicle.briefing("st1", last.version),
            "lost": editions - _count(watch, "SELECT count(*) FROM editions"),
            "texts": _count(watch, "SELECT count(*) FROM watch_versions WHERE text != ''"),
            "articles": watch.shelf.articles("st1"),
            "bodies": _count(watch, "SELECT count(*) FROM posts WHERE bodies != '[]'"),
        }  # fmt: skip


def test_texts_old_editions_and_bodies_of_posts_are_dropped(
    old: dict[str, object],
) -> None:
    assert str(old["said"]).endswith("posts of over 90 days ago are dropped")
    assert (old["texts"], old["bodies"], old["first"]) == (0, 0, None)


def test_the_last_edition_of_a_story_stays(old: dict[str, object]) -> None:
    assert old["last"] is not None
    assert old["lost"] == 0


def test_nothing_is_told_again(old: dict[str, object]) -> None:
    assert old["posted"]
    assert old["told"] == []


def test_it_is_done_once_a_day(old: dict[str, object]) -> None:
    assert old["again"] is None


def test_an_article_without_its_text_is_briefed_no_more(old: dict[str, object]) -> None:
    assert old["articles"] == []


def test_what_is_young_is_kept(tmp_path: Path) -> None:
    with following(tmp_path) as run, run.opened() as watch:
        run.until(watch, run.clock[0] + timedelta(hours=3))
        run.clock[0] += timedelta(days=30)
        keeping.tidied(watch.rows, 90, run.clock[0])

        assert watch.shelf.articles("st1")
        assert watch.editor.chronicle.briefing("st1", 1) is not None
