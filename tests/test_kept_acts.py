"""Who agrees, declares or apologises does something: the verb stays with its words.

All sentences, people, places and bodies are invented.
"""

import pytest
from briefed import items_of

from schemas.briefing import Position

DEEDS = [
    (
        "The Port of Selm agreed on Sunday to take back the nine drivers, its director said.",
        "Port of Selm",
        "commit",
        "agreed on Sunday to take back the nine drivers",
    ),
    (
        "Chile agreed on Monday to a joint study of the river.",
        "Chile",
        "commit",
        "agreed on Monday to a joint study of the river",
    ),
    (
        "Togo has agreed to open the road to Kasra.",
        "Togo",
        "commit",
        "agreed to open the road to Kasra",
    ),
    (
        "Mayor Ana Ruiz declared a day of mourning in Selm.",
        "Ana Ruiz",
        "announce",
        "declared a day of mourning in Selm",
    ),
    (
        "Peru apologised to Chile for the lost cargo.",
        "Peru",
        "assert",
        "apologised to Chile for the lost cargo",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Selm Coal agreed late on Friday to pay the miners.",
        "Selm Coal",
        "commit",
        "agreed late on Friday to pay the miners",
    ),
    (
        "Kenya agreed on Tuesday to a truce with the rebels, its envoy, Otto Brandt, said.",
        "Kenya",
        "commit",
        "agreed on Tuesday to a truce with the rebels",
    ),
    (
        "Governor Lena Moos declared on Friday a state of alert along the coast.",
        "Lena Moos",
        "announce",
        "declared on Friday a state of alert along the coast",
    ),
    (
        "The Halden Bank apologized for the error in its books.",
        "Halden Bank",
        "assert",
        "apologized for the error in its books",
    ),
    (
        "Ghana apologised on Monday to Spain for the arrest of the crew.",
        "Ghana",
        "assert",
        "apologised on Monday to Spain for the arrest of the crew",
    ),
]

NO_DEEDS = [
    "Chile has not agreed to a joint study of the river.",
    "Peru urged Chile to agree to a joint study of the river.",
    "Chile denied that it had agreed to a joint study of the river.",
    "Kasra would open the road if Chile agreed to a joint study of the river.",
    "Peru refused to apologise to Chile for the lost cargo.",
    # Written with those above, and looked at only when the code was done.
    "Peru never apologised to Chile for the lost cargo.",
    "Togo could have agreed to open the road to Kasra.",
    "It is unclear whether Togo agreed to open the road to Kasra.",
    "Nobody declared a day of mourning in Selm.",
    "Peru demanded that Chile apologise for the lost cargo.",
]

SAID_ON_A_DAY = [
    ("The union said on Monday it would go on.", "it would go on"),
    (
        "Togo told reporters on Friday the road to Kasra was open.",
        "the road to Kasra was open",
    ),
    (
        "The fund added on Tuesday it had no money left for Selm.",
        "it had no money left for Selm",
    ),
]


def _positions(text: str) -> list[Position]:
    return list(items_of(text).positions)


@pytest.mark.parametrize(("text", "holder", "act", "gist"), DEEDS)
def test_who_does_something_by_a_verb_is_told_with_the_verb(
    text: str, holder: str, act: str, gist: str
) -> None:
    held = [(p.holder.name, p.act, p.gist) for p in _positions(text)]

    assert held == [(holder, act, gist)]


@pytest.mark.parametrize("text", NO_DEEDS)
def test_nobody_is_told_to_have_agreed_or_apologised_who_has_not(text: str) -> None:
    told = [p for p in _positions(text) if p.act in {"commit", "announce"}] + [
        p for p in _positions(text) if p.gist.startswith(("apologis", "agree"))
    ]

    assert told == []


@pytest.mark.parametrize(("text", "gist"), SAID_ON_A_DAY)
def test_the_day_of_saying_is_no_part_of_what_is_said(text: str, gist: str) -> None:
    assert [p.gist for p in _positions(text)] == [gist]
