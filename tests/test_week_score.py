"""The score of the week counts what was told, and nothing that only reads alike."""

from datetime import UTC, datetime, timedelta

import pytest
from week_of_news import Told, Week
from week_score import Post, score

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WANTED = Told(
    document="ferry-99", at=AT, kind="new", section="casualties",
    quote="have killed at least 11 people in Selm",
)  # fmt: skip
WEEK = Week(
    feeds={}, stories=("ferry",), documents=(), told=(WANTED,), silent=(), quiet={}
)


def _posts(*said: tuple[int, str]) -> list[Post]:
    return [Post(AT + timedelta(minutes=m), "st1", (words,)) for m, words in said]


def test_a_quote_with_its_figures_tells_of_what_is_wanted() -> None:
    said = "Floods have killed at least 11 people in Selm."

    found = score(WEEK, _posts((4, said)), (), AT)

    assert found.wanted["ferry"] == (1, 1)
    assert [minutes for minutes, _ in found.minutes] == [4.0]


@pytest.mark.parametrize(
    "words",
    [
        "Floods have killed at least 12 people in Selm.",
        "Floods have killed at least 11.5 people in Selm.",
        "Eleven people.",
    ],
)
def test_a_quote_with_other_figures_does_not(words: str) -> None:
    assert score(WEEK, _posts((4, words)), (), AT).wanted["ferry"] == (0, 1)


def test_what_was_told_before_its_time_does_not_count() -> None:
    early = _posts((-1, WANTED.quote), (7, WANTED.quote))

    assert [minutes for minutes, _ in score(WEEK, early, (), AT).minutes] == [7.0]
