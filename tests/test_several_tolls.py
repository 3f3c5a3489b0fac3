"""Tolls of several articles: joined, replaced, side by side; never summed.

All articles, people, places and outlets are invented.
"""

from datetime import UTC, datetime

import pytest
from several import MONDAY, TUESDAY, article, ferry, together

from schemas.briefing import Briefing
from summarizer.verification import verify

BRIDGE = "Otto Brandt of the Lind council closed the road to Tarsis."
ROAD = "Nobody goes to Tarsis by the road that the Lind council, led by Brandt, closed."
"""Put short texts into one story; two of them, lest one be a copy of the other."""


def _asked(briefing: Briefing) -> list[str]:
    return [q.question for q in briefing.open_questions if q.kind == "conflicting"]


def _told(briefing: Briefing) -> list[tuple[str | None, int]]:
    return [(row.count_text, row.corroboration) for row in briefing.casualties]


def test_the_same_toll_of_the_same_counter_is_one_row_of_two_sources() -> None:
    made = together(
        f"At least 12 people were killed in a fire in Tarsis, the Lind Rescue Service said. {BRIDGE}",
        f"{ROAD} The Lind Rescue Service said at least 12 people were killed in the fire.",
    )

    (row,) = made.casualties
    assert (row.low, row.corroboration) == (12, 2)
    assert [e.source for e in row.evidence] == ["s1", "s2"]


def test_a_row_that_names_its_counter_gives_the_words() -> None:
    made = together(
        f"Twelve people were killed in a fire in Tarsis. {BRIDGE}",
        f"Twelve people were killed in a fire in Tarsis, the Lind Rescue Service said. {ROAD}",
    )

    (row,) = made.casualties
    assert row.source is not None
    assert row.source.name == "Lind Rescue Service"
    assert row.corroboration == 2


def test_two_counters_are_two_rows_though_they_agree() -> None:
    made = together(
        f"Twelve people were killed in a fire in Tarsis, police said. {BRIDGE}",
        f"Twelve people were killed in a fire in Tarsis, medics said. {ROAD}",
    )

    assert _told(made) == [("Twelve", 1), ("Twelve", 1)]
    assert _asked(made) == []


def test_tolls_that_differ_stand_side_by_side_with_a_question_that_cites_both() -> None:
    made = together(
        f"Twelve people were killed in a fire in Tarsis, police said. Forty people were injured. {BRIDGE}",
        f"Fifteen people were killed in a fire in Tarsis, medics said. {ROAD}",
    )

    assert [c.count_text for c in made.casualties] == ["Twelve", "Fifteen", "Forty"]
    assert _asked(made) == ["How many were killed: twelve or fifteen?"]
    (question,) = [q for q in made.open_questions if q.kind == "conflicting"]
    assert [e.source for e in question.evidence] == ["s1", "s2"]


def test_no_figure_is_a_sum_of_others() -> None:
    made = ferry()

    assert sorted(c.low or c.value or 0 for c in made.casualties) == [43, 60]


def test_a_newer_figure_of_the_same_counter_replaces_the_older_one() -> None:
    made = together(
        article("s1", f"The fire service said 12 people were killed in the Tarsis fire. {BRIDGE}", "Lind Post", published=MONDAY),
        article("s2", f"The fire service said 19 people were killed in the Tarsis fire. {ROAD}", "Lind Post", published=TUESDAY),
    )  # fmt: skip

    (row,) = made.casualties
    assert row.value == 19
    assert [(f.value, f.evidence[0].source) for f in row.supersedes] == [(12, "s1")]
    assert _asked(made) == []
    assert made.coverage.not_covered == ()
    assert verify(made).findings == ()


def test_of_one_day_neither_figure_replaces_the_other() -> None:
    made = together(
        article("s1", f"The fire service said 12 people were killed in the Tarsis fire. {BRIDGE}", "Lind Post", published=MONDAY),
        article("s2", f"The fire service said 19 people were killed in the Tarsis fire. {ROAD}", "Lind Post", published=MONDAY),
    )  # fmt: skip

    assert [c.value for c in made.casualties] == [12, 19]
    assert _asked(made) == ["How many were killed: 12 or 19?"]


def test_another_counters_newer_figure_replaces_nothing() -> None:
    made = together(
        article("s1", f"Police said 12 people were killed in the Tarsis fire. {BRIDGE}", None, published=MONDAY),
        article("s2", f"Medics said 19 people were killed in the Tarsis fire. {ROAD}", None, published=TUESDAY),
    )  # fmt: skip

    assert [c.value for c in made.casualties] == [12, 19]
    assert all(c.supersedes == () for c in made.casualties)


@pytest.mark.parametrize(
    "other",
    [
        "Three people were killed in Tarsis when a bus burned, medics said.",
        "Three people were killed in Gorlan when the quarry flooded, medics said.",
        "Three soldiers were killed in Tarsis, medics said.",
    ],
)
def test_other_people_of_the_same_story_contradict_nothing(other: str) -> None:
    made = together(
        f"Twelve children were killed in Tarsis when the Lind Bridge fell, police said. {BRIDGE}",
        f"{other} {ROAD}",
    )

    assert len(made.casualties) == 2
    assert _asked(made) == []


def test_the_same_number_of_another_event_in_one_town_is_another_row() -> None:
    made = together(
        f"Forty people were killed when a dam burst above Tarsis, medics said. {BRIDGE}",
        f"Forty people were killed when shells hit a market in Tarsis, medics said. {ROAD}",
    )

    assert _told(made) == [("Forty", 1), ("Forty", 1)]


def test_the_same_number_of_another_story_is_another_row() -> None:
    made = together(
        "Forty people were killed when the Lind Bridge fell, Otto Brandt said.",
        "Forty people were killed when the Gorlan quarry flooded, Leila Osman said.",
    )

    assert _told(made) == [("Forty", 1), ("Forty", 1)]
    assert _asked(made) == []


def test_parts_are_joined_where_their_wholes_are() -> None:
    text = (
        "Twelve people were killed in a fire in Tarsis, including three children, "
        f"the Lind Rescue Service said. {BRIDGE}"
    )

    made = together(text, f"{text} The road is long.")

    whole, part = made.casualties
    assert (whole.id, part.part_of, part.count_text) == ("c1", "c1", "three")


def test_parts_of_wholes_that_stay_apart_stay_with_their_own() -> None:
    made = together(
        f"Twelve people were killed in a fire in Tarsis, including three children, police said. {BRIDGE}",
        f"Fifteen people were killed in a fire in Tarsis, including three children, medics said. {ROAD}",
    )

    by_id = {c.id: c for c in made.casualties}
    parts = [c for c in made.casualties if c.part_of]
    assert [c.evidence[0].source for c in parts] == ["s1", "s2"]
    assert all(
        by_id[c.part_of or ""].evidence[0].source == c.evidence[0].source for c in parts
    )


@pytest.mark.parametrize(
    ("first", "second", "left"), [(9, 14, ["19"]), (14, 9, ["12"])]
)
def test_of_two_figures_of_one_day_the_later_one_replaces_the_earlier(
    first: int, second: int, left: list[str]
) -> None:
    told = "people were killed in a fire in Tarsis, the Lind Rescue Service said."
    made = together(
        article("s1", f"12 {told} {BRIDGE}", "Post", datetime(2025, 3, 3, first, tzinfo=UTC)),
        article("s2", f"19 {told} {ROAD}", "Herald", datetime(2025, 3, 3, second, tzinfo=UTC)),
    )  # fmt: skip

    assert [row.count_text for row in made.casualties] == left
    assert _asked(made) == []


def test_figures_of_one_day_whose_hours_are_not_known_stand_side_by_side() -> None:
    told = "people were killed in a fire in Tarsis, the Lind Rescue Service said."
    made = together(
        article("s1", f"12 {told} {BRIDGE}", "Post", published=MONDAY),
        article("s2", f"19 {told} {ROAD}", "Herald", published=MONDAY),
    )

    assert [row.count_text for row in made.casualties] == ["12", "19"]


def test_a_toll_that_says_nothing_else_is_of_the_story_of_its_counter() -> None:
    made = together(
        article("s1", f"The Lind Rescue Service said 12 people were killed. {BRIDGE}", "Post", published=MONDAY),
        article("s2", f"19 people were killed in the fire, the Lind Rescue Service said. {ROAD}", "Herald", published=TUESDAY),
    )  # fmt: skip

    (row,) = made.casualties
    assert row.count_text == "19"
    assert [one.count_text for one in row.supersedes] == ["12"]


@pytest.mark.parametrize(
    "second",
    [
        "19 people were killed in the fire, the Lind hospital said.",
        "The Lind Rescue Service said 19 people were injured.",
    ],
)
def test_such_a_toll_is_not_replaced_by_another_counter_or_kind(second: str) -> None:
    made = together(
        article("s1", f"The Lind Rescue Service said 12 people were killed. {BRIDGE}", "Post", published=MONDAY),
        article("s2", f"{second} {ROAD}", "Herald", published=TUESDAY),
    )  # fmt: skip

    assert [row.count_text for row in made.casualties] == ["12", "19"]


def test_a_figure_that_a_later_article_replaces_is_no_event_of_its_own() -> None:
    later = article(
        "s1",
        f"The death toll from the fire in Tarsis rose to 23 on Tuesday, the Lind Rescue Service said. {ROAD}",
        published=TUESDAY,
    )
    earlier = article(
        "s2",
        f"At least 15 people were killed in a fire in Tarsis, the Lind Rescue Service said. {BRIDGE}",
        published=MONDAY,
    )
    made = together(later, earlier)

    assert [row.count_text for row in made.casualties] == ["23"]
    assert not [d for d in made.developments if "15" in d.what]


def test_an_event_beside_a_replaced_figure_stays_one() -> None:
    made = together(
        article("s1", f"The death toll from the fire in Tarsis rose to 23 on Tuesday, the Lind Rescue Service said. {ROAD}", published=TUESDAY),
        article("s2", f"A factory in Tarsis burned down on Monday. At least 15 people were killed, the Lind Rescue Service said. {BRIDGE}", published=MONDAY),
    )  # fmt: skip

    assert [d.what for d in made.developments] == [
        "A factory in Tarsis burned down on Monday"
    ]
