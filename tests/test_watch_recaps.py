"""What was said before and is said again, of `tests/data/repeated.toml`: both sides measured."""

import tomllib
from pathlib import Path

import pytest
from desk import briefing

from schemas.briefing import Position
from summarizer.changes import compare
from summarizer.watch.telling.repeated import fresh

ROWS = [
    (name, row)
    for name, rows in tomllib.loads(
        (Path(__file__).parent / "data" / "repeated.toml").read_text("utf-8")
    ).items()
    for row in rows
]
SECTIONS = {"requests", "positions", "casualties"}
KINDS = {"new", "toll_revised", "figure_revised", "reversed"}


def _told(known: str, later: str) -> tuple[int, int]:
    """Count what a later article brings: all that is found, and what is told of it."""
    old, new = briefing(known), briefing(known, later)
    found = compare(old, new).changes
    counted = [
        [c for c in some if c.section in SECTIONS and c.kind in KINDS]
        for some in (found, fresh(found, old, new))
    ]
    return len(counted[0]), len(counted[1])


@pytest.mark.parametrize(
    ("known", "later"),
    [(row["known"], row["later"]) for _, row in ROWS if not row["again"]],
)
def test_what_only_looks_like_a_repetition_is_told(known: str, later: str) -> None:
    assert _told(known, later)[1] > 0


def test_most_of_what_is_said_again_is_not_told() -> None:
    """Of seventy 65 are not; of some of them compare says so before any rule does."""
    again = [_told(row["known"], row["later"]) for _, row in ROWS if row["again"]]

    assert len(again) == 70
    assert sum(told == 0 for _, told in again) >= 65
    assert sum(found > 0 and told == 0 for found, told in again) >= 40


def test_a_question_that_only_a_repetition_raises_is_not_told() -> None:
    known = (
        "“The pumps were sold in May,” Nora Beck told the Herald. She accused Ivo Lenk "
        "of selling the pumps. Lenk denied the accusation."
    )
    later = "Lenk denies that he sold the pumps in May, as Beck alleges."
    old, new = briefing(known), briefing(known, later)

    told = fresh(compare(old, new).changes, old, new)

    assert [c.section for c in told if c.section == "open_questions"] == []


def test_a_count_to_which_a_counter_goes_back_is_told() -> None:
    known = (
        "The civil protection service said 17 people were killed in Varn.",
        "The death toll rose to 18 when a man was listed as drowned in Dorst.",
    )
    later = "Civil protection has lowered the number of dead from 18 to 17."
    old, new = briefing(*known), briefing(*known, later)

    told = fresh(compare(old, new).changes, old, new)

    assert [c.kind for c in told if c.section == "casualties"] == ["new"]


def test_a_promise_that_somebody_denies_is_not_told_as_made() -> None:
    known = "Talks went on in Orla."
    later = (
        "Minister Ana Ruiz denied a report that she had promised the rebels an amnesty."
    )
    old, new = briefing(known), briefing(known, later)

    told = fresh(compare(old, new).changes, old, new)

    said = [c.item.gist for c in told if isinstance(c.item, Position)]
    assert said == ["denied a report that she had promised the rebels an amnesty"]
