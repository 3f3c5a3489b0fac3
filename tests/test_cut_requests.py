"""What is asked for ends where the asker does the next thing, and each thing is one.

All sentences, people, places and bodies are invented.
"""

import pytest
from briefed import items_of

ENDED = [
    (
        "Kenya demanded a pardon from Togo and recalled its envoy from Lome.",
        ["a pardon from Togo"],
    ),
    (
        "Peru urged Chile to open the road and closed the embassy in Lima.",
        ["open the road"],
    ),
    (
        "The union asked the Port of Selm for a rise and walked out on Friday.",
        ["a rise"],
    ),
    (
        "Spain called on Ghana to free the crew and has frozen all aid.",
        ["free the crew"],
    ),
    (
        "Mayor Ana Ruiz asked the army for tents and for 40 boats.",
        ["tents", "40 boats"],
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Togo ordered Kenya to leave Tarn and then moved its tanks there.",
        ["leave Tarn"],
    ),
    (
        "Chile demanded the release of two sailors from Peru and sent a ship.",
        ["the release of two sailors from Peru"],
    ),
    (
        "The Tarn Council urged Kenya to send doctors and shut all schools.",
        ["send doctors and shut all schools"],
    ),
    (
        "Ghana asked the Halden Bank for a loan and for more time.",
        ["a loan", "more time"],
    ),
    (
        "The judge told the firm to pay, and Spain asked Togo to return the gold and withdrew its envoy.",
        ["return the gold"],
    ),
]

WHOLE = [
    (
        "Kenya urged Togo to open the road and free the crew.",
        "open the road and free the crew",
    ),
    (
        "The ministry asked Chile to return the goods it seized and sold the year before.",
        "return the goods it seized and sold the year before",
    ),
    ("Peru asked Chile for tents and used boats.", "tents and used boats"),
    (
        "Kenya urged Togo to open the road and cut the toll.",
        "open the road and cut the toll",
    ),
    ("Spain asked Ghana for help and for once got it.", "help and for once got it"),
    # Written with those above, and looked at only when the code was done.
    (
        "Kenya urged Togo to free the wounded and displaced people of Tarn.",
        "free the wounded and displaced people of Tarn",
    ),
    (
        "Chile asked Peru to feed the crew and need no thanks.",
        "feed the crew and need no thanks",
    ),
    (
        "Togo asked Kenya to pay for the road and the bridge.",
        "pay for the road and the bridge",
    ),
    (
        "Ghana asked Spain to name the ship that left and sank the ferry.",
        "name the ship that left and sank the ferry",
    ),
    (
        "Peru urged Chile to lift the ban and let the trucks pass.",
        "lift the ban and let the trucks pass",
    ),
]


def _asked(text: str) -> list[str]:
    return [r.what for r in items_of(text).requests]


@pytest.mark.parametrize(("text", "whats"), ENDED)
def test_what_is_asked_for_holds_no_act_of_the_asker(
    text: str, whats: list[str]
) -> None:
    assert _asked(text) == whats


@pytest.mark.parametrize(("text", "what"), WHOLE)
def test_what_is_asked_for_stays_whole(text: str, what: str) -> None:
    assert _asked(text) == [what]
