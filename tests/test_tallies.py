"""Tallies: "the number of people killed in … rose to 14". All sentences are invented."""

import pytest
from briefed import items_of

TALLIES = [
    ("The number of people killed when the Halcyon capsized off Cape Selm rose to 14 on Monday, the mayor said.", "killed", 14),
    ("The number of people killed in the fire rose to 14, the mayor said.", "killed", 14),
    ("The number of dead climbed to 21 on Tuesday, the mayor said.", "killed", 21),
    ("The count of the missing fell to eight after three hikers were found, the mayor said.", "missing", 8),
    ("The number of people injured when a stand collapsed in Varos stood at 120, the mayor said.", "injured", 120),
    ("The tally of those killed in the blast reached 40, the mayor said.", "killed", 40),
    ("The number of the dead was put at 14 on Monday, the mayor said.", "killed", 14),
    ("The number of passengers missing since the storm was revised to 31, the mayor said.", "missing", 31),
    ("The number of people displaced by the flood has risen to about 9,500, the mayor said.", "displaced", 9500),
    ("The number of wounded soldiers rose from 30 to 41 overnight, the mayor said.", "injured", 41),
    ("The number of children killed in the school has reached 12, the mayor said.", "killed", 12),
]  # fmt: skip
NO_TALLIES = [
    "The number of cars damaged in the storm rose to 400, the mayor said.",
    "The number of people rescued when the ferry sank rose to 153, the mayor said.",
    "The number of cases of cholera rose to 40, the mayor said.",
    "The number of divers searching for the missing rose to 40, the mayor said.",
    "The number of inquiries into the killed prisoners rose to 14, the mayor said.",
    "The number of victims helped by the fund rose to 400, the mayor said.",
    "The number of people killed in the fire may have risen to 14, the mayor said.",
    "The number of people killed when the water rose to 14 metres is not known, the mayor said.",
    "The mayor denied that the number of people killed in the fire had risen to 14.",
    "The number of people killed was unknown, and the price of bread rose to 14 crowns.",
]


@pytest.mark.parametrize(("words", "kind", "value"), TALLIES)
def test_what_a_tally_comes_to_is_a_toll_of_who_says_it(
    words: str, kind: str, value: int
) -> None:
    (row,) = items_of(words).casualties

    assert (row.kind, row.value) == (kind, value)
    assert row.source is not None
    assert row.source.name == "the mayor"


@pytest.mark.parametrize("words", NO_TALLIES)
def test_a_tally_of_others_or_one_that_may_be_is_no_toll(words: str) -> None:
    assert items_of(words).casualties == ()


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("The coast guard lowered the toll from 34 to 29.", "The coast guard"),
        ("The coast guard on Friday lowered the toll from 34 to 29.", "The coast guard"),
        ("The navy has lowered the number of dead from 18 to 17.", "The navy"),
        ("Civil protection has lowered the number of dead from 18 to 17.", "Civil protection"),
        ("The toll was lowered from 34 to 29, the coast guard said.", "the coast guard"),
        ("The hospital put the number of dead at 14.", "The hospital"),
    ],
)  # fmt: skip
def test_who_changes_a_toll_is_its_source(words: str, source: str) -> None:
    (row,) = items_of(words).casualties

    assert row.source is not None
    assert row.source.name.casefold() == source.casefold()


def test_a_toll_that_changes_by_itself_has_no_source() -> None:
    (row,) = items_of("The number of dead fell from 34 to 29 on Friday.").casualties

    assert row.source is None


@pytest.mark.parametrize("figure", ["3", "300", "9,500", "two"])
def test_a_figure_before_the_speaker_hides_no_speaker(figure: str) -> None:
    (said,) = items_of(f"Prices rose by {figure}, the mayor said.").positions

    assert said.holder.name == "the mayor"
