"""The place of a toll: "Paris, Texas" is one, "in Kasra, Amin Rafe said" is not. All invented."""

import pytest

from summarizer import brief, make_article

SPEAKER_BEHIND = (
    "Twelve people were killed in Kasra, Amin Rafe said.",
    "Fighters of the Narmel Front captured 24 soldiers near Kasra, Zora Lurhac, the mayor, said.",
    "At least 30 people were injured in Kasra, Ruth Hale, a surgeon at the central hospital, told reporters.",
    "Nine miners died in Kasra, Jonas Verd, head of the union, said on Monday.",
    "Police detained 14 protesters in Kasra, Interior Minister Karl Dorn said.",
    "Four people were killed in Kasra, Oskar and Vera Lind said.",
    "Twenty people were wounded in Kasra, Governor Ines Pol told the agency.",
    "A blast killed 11 in Kasra, Selim Arat, who runs the clinic, said.",
    "Five children died in Kasra, Petra Sund of the relief council said.",
    "Eight died in Kasra, Col. Marek Toll said.",
    "Thirty people were killed in Kasra, Vice-President Ana Ruiz told parliament.",
    "A hundred people died in Kasra, UNICEF said.",
    "Three people died in Kasra, Tomas Verd’s office said.",
    "Two people died in Kasra, Ostrel and Belmora, officials said.",
)
LARGER_BEHIND = (
    ("Twelve people were killed in Kasra, Tarsia, police said.", "Kasra, Tarsia"),
    ("Five were killed in Kasra, Tarsia.", "Kasra, Tarsia"),
    ("Ten people were killed in Kasra, Tarsia, late on Monday.", "Kasra, Tarsia"),
    ("Nine people died in Kasra, Tarsia, the sheriff said.", "Kasra, Tarsia"),
    ("Six were killed in Kasra, Upper Tarsia, on Monday.", "Kasra, Upper Tarsia"),
    ("Six workers died in Kasra, Belmora province, on Friday.", "Kasra, Belmora province"),
    ("Five were killed in Kasra, New Tarsia, when a bridge fell.", "Kasra, New Tarsia"),
)  # fmt: skip


def place(sentence: str) -> str | None:
    """Read the place of the toll of a sentence."""
    (toll,) = brief([make_article(sentence)], None).casualties
    return toll.place


@pytest.mark.parametrize("sentence", SPEAKER_BEHIND)
def test_who_speaks_behind_a_place_is_no_part_of_it(sentence: str) -> None:
    assert place(sentence) == "Kasra"


@pytest.mark.parametrize(("sentence", "wanted"), LARGER_BEHIND)
def test_what_a_place_lies_in_is_part_of_it(sentence: str, wanted: str) -> None:
    assert place(sentence) == wanted
