"""Whether two items speak of the same thing, measured on pairs that a person judged."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from day import briefing, evidence, item, position, question, request

from schemas.briefing import Item
from summarizer.changes import compare, sameness
from summarizer.changes.answers import reply
from summarizer.changes.cast import Cast

PAIRS = tomllib.loads(
    (Path(__file__).parent / "data" / "same-items.toml").read_text(encoding="utf-8")
)
NOTHING = briefing()


def _score(section: str, old: Item, new: Item) -> int:
    cast = Cast(NOTHING, NOTHING)
    if section in {"positions", "open_questions"}:
        return int(getattr(sameness, section)(old, new, cast, lambda _a, _b: False))
    return int(getattr(sameness, section)(old, new, cast))


SECTIONS = ("requests", "positions", "casualties", "developments", "open_questions")
CASES = [
    pytest.param(section, row, id=f"{section}-{number}")
    for section in SECTIONS
    for number, row in enumerate(PAIRS[section], 1)
]


@pytest.mark.parametrize(("section", "row"), CASES)
def test_a_pair_is_judged_as_a_person_judged_it(
    section: str, row: dict[str, Any]
) -> None:
    old, new = (item(section, row[side]) for side in ("old", "new"))

    assert (_score(section, old, new) > 0) == row["same"]


@pytest.mark.parametrize(("section", "row"), CASES)
def test_a_score_does_not_depend_on_which_is_old(
    section: str, row: dict[str, Any]
) -> None:
    old, new = (item(section, row[side]) for side in ("old", "new"))

    assert _score(section, old, new) == _score(section, new, old)


def test_nine_of_ten_answers_are_found_and_nothing_else_is_taken_for_one() -> None:
    found = {True: 0, False: 0}
    for row in PAIRS["answers"]:
        asked = request("Belmora", row["what"], "Kenya")
        said = position("Kenya", "assert", row["said"], evidence=evidence(row["said"]))
        found[row["same"]] += reply(asked, briefing(asked, said)) is not None

    assert found == {True: 9, False: 0}


@pytest.mark.parametrize("row", PAIRS["settling"], ids=lambda row: str(row["said"]))
def test_what_was_pending_is_settled_by_what_takes_it_up(row: dict[str, Any]) -> None:
    pending = question("pending", row["question"])
    said = position("the board", "assert", row["said"], evidence=evidence(row["said"]))

    (change,) = [
        c
        for c in compare(briefing(pending), briefing(said)).changes
        if c.section == "open_questions"
    ]

    assert (change.answer == said) == row["same"]
