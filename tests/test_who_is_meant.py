"""Whom a pronoun, "its ministry" and a mission stand for.

All sentences, people, places and bodies are invented.
"""

import pytest
from briefed import items_of, name

DENIED = [
    (
        "Togo agreed to the plan at the talks in Kasra, Otto Brandt said. He denied that money was paid.",
        "Otto Brandt",
    ),
    (
        "Chile agreed to close the road near Tarn, Eva Lind said. She denied that trucks were held.",
        "Eva Lind",
    ),
    (
        "Mayor Ivo Kern opened a bridge at Tarn. He denied that it was unsafe.",
        "Ivo Kern",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Kenya will send boats to the coast near Selm, Issa Dan said. He again denied that any had sunk.",
        "Issa Dan",
    ),
    (
        "Peru agreed to free the crew held in Varos, said Ana Ruiz, a judge. She denied that they were hurt.",
        "Ana Ruiz",
    ),
]

OWN_MINISTRIES = [
    ("Chad accepted the request, its foreign ministry said.", "Chad"),
    ("Peru closed the road, its interior ministry said.", "Peru"),
    # Written with those above, and looked at only when the code was done.
    ("Kenya has freed the crew, its government said.", "Kenya"),
    ("Togo rejected the offer, its finance ministry said.", "Togo"),
]

OTHERS = [
    ("Chad lost the vote, its opposition said.", "its opposition"),
    ("Chad accepted the request, the foreign ministry of Togo said.", "Chad"),
    # Written with those above, and looked at only when the code was done.
    ("Peru sold the mine, its miners’ union said.", "Peru"),
    ("Kenya hid the report, its journalists said.", "Kenya"),
]

COUNTED = [
    (
        "The United Nations mission said on Sunday that two soldiers had been killed.",
        "United Nations mission",
    ),
    (
        "The border mission said that nine men had been wounded at Tarn.",
        "border mission",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Four guards were killed on Monday, the Red Cross mission said.",
        "Red Cross mission",
    ),
    (
        "The Delta Union mission told reporters that six people had died.",
        "Delta Union mission",
    ),
]


def _holders(text: str) -> list[str]:
    return [p.holder.name for p in items_of(text).positions]


@pytest.mark.parametrize(("text", "who"), DENIED)
def test_he_stands_for_who_told_what_a_country_says(text: str, who: str) -> None:
    denials = [p for p in items_of(text).positions if p.act == "deny"]

    assert [p.holder.name for p in denials] == [who]


@pytest.mark.parametrize(("text", "owner"), OWN_MINISTRIES)
def test_what_its_ministry_says_of_a_country_is_the_country_s(
    text: str, owner: str
) -> None:
    (position,) = items_of(text).positions

    assert position.holder.name == owner
    assert name(position.voiced_by).endswith(("ministry", "government"))


@pytest.mark.parametrize(("text", "other"), OTHERS)
def test_who_does_not_govern_speaks_for_itself(text: str, other: str) -> None:
    voiced = [p for p in items_of(text).positions if p.voiced_by is not None]

    assert voiced == [], other


@pytest.mark.parametrize(("text", "source"), COUNTED)
def test_a_mission_that_counts_is_the_source(text: str, source: str) -> None:
    (row,) = items_of(text).casualties

    assert name(row.source).removeprefix("the ") == source
