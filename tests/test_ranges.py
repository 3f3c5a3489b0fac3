"""Counts on a line: what the words allow, no more."""

from fractions import Fraction

import pytest

from schemas.briefing import Casualties
from summarizer.render.page import ranges


def _count(**fields: object) -> Casualties:
    quote = {"source": "s1", "start": 0, "end": 1, "exact": "x"}
    return Casualties.model_validate(
        {"id": "c", "kind": "killed", "evidence": [quote], **fields}
    )


@pytest.mark.parametrize(
    ("fields", "left", "right", "words"),
    [
        ({"low": 40, "high": 40}, 40.0, 40.0, "40"),
        ({"low": 10, "high": 12}, 10.0, 12.0, "10 to 12"),
        ({"low": 43}, 43.0, 100.0, "43 or more, no upper limit given"),
        ({"high": 60}, 0.0, 60.0, "0 to 60"),
        (
            {"low": 12, "vague": True},
            12.0,
            100.0,
            "12 or more, no upper limit given (vague)",
        ),
        ({"low": 0, "high": 0}, 0.0, 0.0, "0"),
    ],
)
def test_a_count_is_drawn_from_its_smallest_to_its_largest_number(
    fields: dict[str, object], left: float, right: float, words: str
) -> None:
    drawn = ranges.draw(_count(**fields), Fraction(100))

    assert drawn is not None
    assert (drawn.left, drawn.right, drawn.words) == (left, right, words)


def test_a_count_without_a_number_is_not_drawn() -> None:
    assert ranges.draw(_count(), Fraction(100)) is None


def test_a_line_of_no_length_holds_nothing() -> None:
    assert (
        ranges.draw(_count(low=0, high=0), ranges.scale([_count(low=0, high=0)]))
        is None
    )


def test_an_open_count_has_room_to_run_on() -> None:
    closed, opened = _count(low=40, high=40), _count(low=40)

    assert ranges.scale([closed]) == 40
    assert ranges.scale([closed, opened]) == 50


def test_numbers_beyond_any_float_are_drawn() -> None:
    huge = _count(low=10**400)

    drawn = ranges.draw(huge, ranges.scale([huge]))

    assert drawn is not None
    assert drawn.left == 80.0
