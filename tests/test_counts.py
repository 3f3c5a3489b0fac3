"""The count grammar: what words for numbers mean, as the contract has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import counts
from summarizer.text.counts import Count


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("43", Count(43, "=", 43, 43)),
        ("1,314", Count(1314, "=", 1314, 1314)),
        ("Twenty-six people", Count(26, "=", 26, 26)),
        ("one hundred and five", Count(105, "=", 105, 105)),
        ("two dozen", Count(24, "=", 24, 24)),
        ("half a dozen", Count(6, "=", 6, 6)),
        ("1.2 million", Count(1_200_000, "=", 1_200_000, 1_200_000)),
        ("a hundred", Count(100, "=", 100, 100)),
        ("at least 43", Count(43, ">=", 43, None)),
        ("no fewer than five", Count(5, ">=", 5, None)),
        ("12 or more", Count(12, ">=", 12, None)),
        ("over 1,000", Count(1000, ">", 1000, None)),
        ("more than 100", Count(100, ">", 100, None)),
        ("up to 500,000", Count(500_000, "<=", None, 500_000)),
        ("as many as 60", Count(60, "<=", None, 60)),
        ("no more than 3", Count(3, "<=", None, 3)),
        ("fewer than 20", Count(20, "<", None, 20)),
        ("about 30", Count(30, "~", 30, 30)),
        ("some 5,000", Count(5000, "~", 5000, 5000)),
        ("nearly two hundred", Count(200, "~", 200, 200)),
        ("10 to 12", Count(None, None, 10, 12)),
        ("10–12", Count(None, None, 10, 12)),
        ("between five and seven", Count(None, None, 5, 7)),
        ("three-quarters of the 80 hostages", Count(60, "~", 60, 60)),
        ("a couple", Count(2, "=", 2, 2)),
        ("no", Count(0, "=", 0, 0)),
    ],
)
def test_figures_and_their_qualifiers_are_read(words: str, expected: Count) -> None:
    assert counts.read(words) == expected


@pytest.mark.parametrize(
    ("words", "floor"),
    [
        ("several", 3),
        ("a few", 3),
        ("multiple", 3),
        ("a handful", 4),
        ("numerous", 4),
        ("tens", 10),
        ("dozens", 12),
        ("scores", 20),
        ("hundreds", 100),
        ("thousands", 1000),
        ("tens of thousands", 10_000),
        ("several hundred", 300),
        ("a number of", 3),
        ("a large number of", 4),
    ],
)
def test_vague_words_give_a_floor_and_no_figure(words: str, floor: int) -> None:
    assert counts.read(words) == Count(None, ">=", floor, None, vague=True)


@pytest.mark.parametrize("words", ["", "people", "the minister", "a"])
def test_words_without_a_count_give_none(words: str) -> None:
    assert counts.read(words) is None


def test_a_range_that_runs_backwards_is_no_count() -> None:
    assert counts.read("between 20 and 10") is None


def test_count_phrases_are_found_with_their_qualifiers() -> None:
    text = "At least 12 people were killed and up to 40 hurt on 3 May."

    assert [s.of(text).strip() for s in counts.spans(text)] == [
        "At least 12",
        "up to 40",
        "3",
    ]


@given(st.text(max_size=80))
def test_reading_never_raises_and_bounds_never_cross(words: str) -> None:
    found = counts.read(words)

    assert (
        found is None
        or found.low is None
        or found.high is None
        or (found.low <= found.high)
    )


@given(st.integers(0, 10**9))
def test_digits_with_and_without_commas_mean_the_same(number: int) -> None:
    assert counts.number(f"{number:,}") == counts.number(str(number)) == number
