"""A mark in a post is that of one item: what is gone has not the mark of what came.

All articles, people and places are invented.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from day import briefing, position, request
from desk import Desk, rule, words

from summarizer.changes import compare
from summarizer.render.changes.wording import what
from summarizer.watch.telling.explaining import Explainer

ANSWERED = [
    ("The union asked Amin Rafe to raise pay.",
     "Amin Rafe rejected the union's request to raise pay. France asked Spain to send boats."),
    ("The council asked Lena Orr to open the dam.",
     "Lena Orr rejected the council's request to open the dam. Chad asked Niger to send food."),
    ("The army asked Ivo Lenk to close the road.",
     "Ivo Lenk refused to close the road. Peru asked Chile to send water."),
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk that is told of questions, and close it."""
    made = Desk(tmp_path, rule('sections = ["open_questions"]'))
    yield made
    made.state.close()


@pytest.mark.parametrize(("first", "second"), ANSWERED)
def test_a_question_that_is_answered_and_a_new_one_have_marks_of_their_own(
    desk: Desk, first: str, second: str
) -> None:
    desk.edition("st1", first)
    desk.told()
    desk.edition("st1", first, second)

    (post,) = desk.told()

    marks = re.findall(r"st1\.2\.[\w-]+", words(post))
    assert any(mark.startswith("st1.2.was-q") for mark in marks)
    assert len(marks) == len(set(marks))
    (gone,) = (m for m in marks if "was-" in m)
    explainer = Explainer(desk.rows, desk.chronicle, desk.editor.file)
    assert "answered" in explainer.lines("st1", 2, gone.removeprefix("st1.2."))[0]


def test_an_answer_that_decides_nothing_is_not_told_as_open() -> None:
    asked = request("Mali", "send two boats", "Kenya")
    said = position(
        "Kenya", "assert", "it would think about the two boats", answers=("r1",)
    )

    (change,) = (
        c for c in compare(briefing(asked), briefing(asked, said)).changes
        if c.section == "requests"
    )  # fmt: skip

    assert change.kind == "answered"
    assert "not decided ←" in what(change)
    assert "open" not in what(change)


@pytest.mark.parametrize("status", ["partial", "accepted", "refused"])
def test_an_answer_that_decides_is_told_with_both(status: str) -> None:
    asked = request("Mali", "send two boats", "Kenya")
    decided = asked.model_copy(update={"status": status})

    (change,) = compare(briefing(asked), briefing(decided)).changes

    assert f"open → {status}" in what(change)
