"""The number of those who were harmed, given as a number: it rose, stood, was put at."""

import pytest

from schemas.evidence import Span
from summarizer.reading.english.tolls import harm


def _read(sentence: str) -> list[tuple[str, str]]:
    span = Span(start=0, end=len(sentence))
    return [
        (one.kind, one.count_span.of(sentence) if one.count_span else "")
        for one in harm.shown(sentence, span)
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "count"),
    [
        ("The number of people killed when the ferry capsized off Cape Orrin rose to 14 on Monday.", "killed", "14"),
        ("The number of injured climbed to 30, officials said.", "injured", "30"),
        ("The number of people missing fell to six.", "missing", "six"),
        ("The hospital gave the number of dead as 30.", "killed", "30"),
        ("The coast guard put the number of people killed in the fire at 14.", "killed", "14"),
        ("The number of dead stood at 19 on Tuesday, police said.", "killed", "19"),
        ("The number of wounded in the clashes has reached 45, medics said.", "injured", "45"),
        ("The count of those killed in the flood was revised to 21.", "killed", "21"),
        ("The number of displaced people has risen to about 9,500.", "displaced", "about 9,500"),
        ("Officials revised the number of dead down to 14 from 19.", "killed", "14"),
        ("The number of dead, officials said, rose to 14.", "killed", "14"),
        ("The tally of miners killed since Friday rose again to 12.", "killed", "12"),
    ],
)  # fmt: skip
def test_a_number_of_victims_is_read(sentence: str, kind: str, count: str) -> None:
    assert _read(sentence) == [(kind, count)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The number of schools closed rose to 14.",
        "The number of people employed at the port rose to 14.",
        "The number of visitors killed time until it rose to 30 degrees.",
        "The number of trees killed by frost rose to 300.",
        "The number of people who escaped death rose to 14.",
        "The number of the house where he died was 14.",
        "The price of dead wood rose to 14 crowns.",
    ],
)
def test_a_number_of_something_else_is_none(sentence: str) -> None:
    assert _read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "aside"),
    [
        ("The number of people missing, which stood at 40 on Friday, fell to 31.", "40"),
        ("The number of dead, put at 12 earlier, rose to 19.", "12"),
    ],
)  # fmt: skip
def test_a_figure_in_an_aside_is_not_what_the_number_came_to(
    sentence: str, aside: str
) -> None:
    assert aside not in [count for _, count in _read(sentence)]
