"""A number that two outlets have is one number, whoever counted: for a rule, and in a post.

All articles, people and places are invented.
"""

from pathlib import Path

import pytest
from desk import Desk, rule, words

AGREE = [
    ("The Lind Rescue Service said 19 people were killed in the floods in Tarn.",
     "The mayor of Tarn, Ana Ruiz, said that 19 people had died."),
    ("At least 12 people were killed when a ferry sank off Selm, the coast guard said.",
     "Twelve people were killed in the sinking off Selm, the Selm Hospital said."),
    ("Lena Orr said that 40 people were missing.",
     "The district administrator, Amin Rafe, said that 40 people were missing and that rescue teams had only four boats."),
    ("The earthquake injured 230 people in Kasra, the Health Ministry said.",
     "The Varos Red Cross said 230 people were injured in the quake in Kasra."),
    ("A cyclone displaced 9,000 people in Port Selim, the governor said.",
     "The cyclone displaced 9,000 people, of whom many slept in churches, the Red Crescent said."),
    ("Chad's defence ministry said three soldiers were killed at Wour.",
     "Three soldiers were killed at Wour, the Varos Observatory said."),
    ("The Orla Rescue Office said 31 people died in the landslide.",
     "The death toll from the landslide rose to 31, the president, Ivo Lenk, said."),
    ("Police detained 61 protesters in Tarsis, the police said.",
     "The Lind Rights Group said 61 protesters were detained in Tarsis."),
    ("Sixteen miners were killed at Brandt, the Mines Inspectorate said.",
     "Otto Lind said 16 miners were killed at Brandt."),
    ("The fire service said 22 people were hurt in a train crash near Lind.",
     "Twenty-two people were injured in the crash near Lind, the rail office said."),
]  # fmt: skip

OTHERS = [
    ("The Lind Rescue Service said 19 people were killed in the floods in Tarn.",
     "The mayor of Orla, Ana Ruiz, said that 19 people had died in Orla."),
    ("The coast guard said 12 people were killed when a ferry sank.",
     "The coast guard said 12 people were missing after a ferry sank."),
    ("A fire killed 14 people in Kasra, the fire service said.",
     "A train crash killed 14 people in Kasra, the rail office said."),
    ("Three soldiers were killed at Wour, the army said.",
     "Three students were killed at Wour, the university said."),
    ("Floods killed 26 people in Tarn, the Red Cross said.",
     "Cholera killed 26 people in Tarn after the floods, the Health Ministry said."),
]  # fmt: skip


def _posts(folder: Path, text: str, first: str, second: str) -> tuple[list[str], ...]:
    """Write the posts about an article, and about a second one, by a rule."""
    desk = Desk(folder, rule(f'sections = ["casualties"]\n{text}'))
    try:
        desk.edition("st1", first)
        before = [words(post) for post in desk.told()]
        desk.edition("st1", first, second)
        return before, [words(post) for post in desk.told()]
    finally:
        desk.state.close()


def _told(folder: Path, first: str, second: str) -> list[int]:
    return [len(posts) for posts in _posts(folder, "sources = 2", first, second)]


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_a_count_that_waits_is_told_when_another_outlet_has_it_from_another(
    tmp_path: Path, first: str, second: str
) -> None:
    assert _told(tmp_path, first, second) == [0, 1]


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_the_same_number_of_others_confirms_nothing(
    tmp_path: Path, first: str, second: str
) -> None:
    assert _told(tmp_path, first, second) == [0, 0]


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_a_count_says_which_counter_gives_the_same(
    tmp_path: Path, first: str, second: str
) -> None:
    (before,), (after,) = _posts(tmp_path, "", first, second)

    assert "the same number as" not in before
    assert "the same number as" in after


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_a_count_of_others_is_told_as_what_it_is(
    tmp_path: Path, first: str, second: str
) -> None:
    (before,), (after,) = _posts(tmp_path, "", first, second)

    assert "the same number as" not in before + after
