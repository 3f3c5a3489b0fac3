"""Dates: TIMEX3 values, resolved only against a known day of publication."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.briefing import When
from summarizer.text import dates

WEDNESDAY = date(2025, 7, 23)


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("Officials announced on Wednesday.", "Wednesday", "2025-07-23"),
        ("Troops entered on Thursday.", "Thursday", "2025-07-17"),
        ("Erdogan said on 20 July.", "20 July", "2025-07-20"),
        ("He left on March 3, 2024.", "March 3, 2024", "2024-03-03"),
        ("It told Reuters in June that it would.", "June", "2025-06"),
        ("The town was seized in December.", "December", "2024-12"),
        ("Clashes last week killed many.", "last week", "2025-W29"),
        ("He said so earlier this week.", "earlier this week", "2025-W30"),
        ("They fled yesterday.", "yesterday", "2025-07-22"),
        ("It began two weeks ago.", "two weeks ago", "2025-07-09"),
        ("They will ask next month.", "next month", "2025-08"),
        ("The talks are due on Monday.", "Monday", "2025-07-28"),
        ("They must leave by Friday.", "Friday", "2025-07-25"),
        ("Marchers recalled the 1988 massacre.", "1988", "1988"),
        ("It was signed on 2025-02-03.", "2025-02-03", "2025-02-03"),
    ],
)
def test_expressions_resolve_against_the_day_of_publication(
    sentence: str, words: str, value: str
) -> None:
    (found,) = dates.find(sentence, WEDNESDAY)

    assert found.span.of(sentence) == words
    assert found.when.value == value


def test_three_dates_in_one_sentence_each_get_their_own_value() -> None:
    sentence = (
        "On Thursday troops entered the town seized in December, days before talks due "
        "on Monday."
    )

    found = dates.find(sentence, date(2025, 1, 2))

    assert [d.when.value for d in found] == ["2025-01-02", "2024-12", "2025-01-06"]


@pytest.mark.parametrize("sentence", ["On Friday it rained.", "He left in June."])
def test_without_a_day_of_publication_nothing_relative_is_guessed(
    sentence: str,
) -> None:
    (found,) = dates.find(sentence, None)

    assert found.when == When(basis="unresolved")


@pytest.mark.parametrize(
    "sentence",
    [
        "He may go, and troops march on.",
        "It opened on 31 June.",
        "August Wilson wrote.",
    ],
)
def test_words_that_are_no_dates_give_none(sentence: str) -> None:
    assert dates.find(sentence, WEDNESDAY) == []


def test_a_week_spans_monday_to_sunday() -> None:
    (found,) = dates.find("It happened last week.", WEDNESDAY)

    assert (found.when.start, found.when.end) == (date(2025, 7, 14), date(2025, 7, 20))


def test_earlier_this_week_ends_on_the_day_of_publication() -> None:
    (found,) = dates.find("He spoke earlier this week.", WEDNESDAY)

    assert found.when.end == WEDNESDAY


@given(st.text(max_size=80), st.one_of(st.none(), st.dates()))
def test_finding_never_raises_and_slices_back(text: str, day: date | None) -> None:
    for found in dates.find(text, day):
        assert found.span.of(text)


_EXPRESSION = st.sampled_from(
    ["yesterday", "last week", "on Monday", "in March", "next year", "three months ago"]
)


@given(_EXPRESSION, st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_resolved_spans_never_run_backwards(words: str, day: date) -> None:
    for found in dates.find(f"It ended {words}.", day):
        when = found.when
        assert when.start is not None
        assert when.end is not None
        assert when.start <= when.end
