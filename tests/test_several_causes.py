"""Whom an illness killed is no newer count of whom a flood killed; nor is a correction one.

All articles, people, places and outlets are invented.
"""

from datetime import UTC, datetime

import pytest
from desk import briefing
from several import article, together

from schemas.briefing import Briefing

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)

TWO_CAUSES = [
    ("Floods in Tarn have killed 26 people, the Varos Red Cross said.",
     "Cholera has killed four people in camps in Tarn after the floods, the Varos Red Cross said."),
    ("At least 40 people were killed in the earthquake in Kasra, the Health Ministry said.",
     "Seven people died of hypothermia in Kasra after the earthquake, the Health Ministry said."),
    ("The fighting in Orla has killed 31 people, the Orla Rescue Office said.",
     "A measles outbreak killed 12 children in Orla, the Orla Rescue Office said, as the fighting went on."),
    ("The cyclone killed 19 people in Port Selim, the Selim Health Office said.",
     "Eleven people were killed by dengue fever in Port Selim since the cyclone, the Selim Health Office said."),
    ("Shelling killed 15 people in Lind, the Lind Hospital Board said.",
     "Hunger killed 40 people in Lind during the shelling, the Lind Hospital Board said."),
    ("A landslide killed 22 people in Brandt, the Brandt Health Office said.",
     "Three people have died from typhoid in Brandt since the landslide, the Brandt Health Office said."),
    ("A storm killed 17 people in Orm, the Orm Health Office said.",
     "The cholera death toll in Orm rose to 18, the Orm Health Office said."),
    ("Cholera has killed nine people in Tarsis, the Tarsis Health Office said.",
     "At least 24 people were killed in a fire in Tarsis, the Tarsis Health Office said."),
    ("Malaria killed 30 people in Selm, the Selm Health Office said.",
     "Measles killed 13 people in Selm, the Selm Health Office said."),
    ("A wildfire killed eight people in Jarm, the Jarm Health Office said.",
     "Five people died of heatstroke in Jarm, the Jarm Health Office said, as the wildfire burned."),
]  # fmt: skip
"""A toll, and that of another cause, by one counter in one place."""

ONE_CAUSE = [
    ("Cholera has killed four people in Tarn, the Varos Red Cross said.",
     "The cholera death toll in Tarn rose to nine, the Varos Red Cross said."),
    ("Floods in Tarn have killed 26 people, the Varos Red Cross said.",
     "The Varos Red Cross said 31 people were killed in floods in Tarn, and warned of cholera."),
    ("A measles outbreak killed 12 children in Orla, the Orla Rescue Office said.",
     "Measles has killed 20 children in Orla, the Orla Rescue Office said."),
    ("Flooding killed 14 people in Selm, the Selm Health Office said.",
     "Floods killed 22 people in Selm, where cholera was found last year, the Selm Health Office said."),
    ("Malaria killed 30 people in Selm, the Selm Health Office said.",
     "At least 38 people have died of malaria in Selm, the Selm Health Office said."),
]  # fmt: skip

CORRECTED = [
    "Correction: an earlier version of this article said that three soldiers were killed.",
    "An earlier version of this story gave the number of people killed as 14.",
    "Correction: A previous version said 12 people were injured.",
    "This article was amended on Tuesday: the original version said nine people were missing.",
    "Editor's note: an earlier version wrongly stated that 40 people died.",
    "Clarification: the first version of this report said seven miners were killed.",
    "An earlier edition put the number of those killed at 20.",
    "Due to an error, an earlier version reported that 11 people were wounded.",
    "A previous version of this article misstated that 16 people were killed.",
    "The initial version of this article incorrectly said that 5,000 people were displaced.",
]
COUNTED = [
    ("Correction: an earlier version of this article said that three soldiers were killed; two soldiers were killed.", 2),
    ("Earlier on Monday three soldiers were killed at the bridge, the army said.", 3),
    ("Police said that 14 people were killed, more than an earlier report had it.", 14),
    ("The army said in its first report that nine miners were killed.", 9),
    ("An earlier edition of the race was stopped when 12 people were killed in a crash, police said.", 12),
]  # fmt: skip


def _briefed(first: str, second: str) -> Briefing:
    return together(
        article("s1", first, "Varos Post", MONDAY),
        article("s2", second, "Selm Herald", TUESDAY),
    )


@pytest.mark.parametrize(("first", "second"), TWO_CAUSES)
def test_tolls_of_two_causes_neither_follow_nor_contradict_each_other(
    first: str, second: str
) -> None:
    made = _briefed(first, second)

    assert len(made.casualties) == 2
    assert [row.supersedes for row in made.casualties] == [(), ()]
    assert [q for q in made.open_questions if q.kind == "conflicting"] == []


@pytest.mark.parametrize(("first", "second"), ONE_CAUSE)
def test_a_newer_toll_of_one_cause_takes_the_place_of_the_older(
    first: str, second: str
) -> None:
    (row,) = _briefed(first, second).casualties

    assert len(row.supersedes) == 1


@pytest.mark.parametrize("note", CORRECTED)
def test_what_an_article_takes_back_is_no_count(note: str) -> None:
    assert briefing(note).casualties == ()


@pytest.mark.parametrize(("text", "count"), COUNTED)
def test_what_is_told_of_an_earlier_time_is_a_count(text: str, count: int) -> None:
    assert [row.value for row in briefing(text).casualties] == [count]
