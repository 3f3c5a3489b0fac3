"""Two counts of one sentence are both kept, whichever harm they are of.

All sentences, people, places and bodies are invented.
"""

import pytest
from briefed import items_of

BOTH = [
    (
        "The Selm Institute said that 17 people were missing and that 9,000 had been displaced.",
        {("missing", "17"), ("displaced", "9,000")},
    ),
    (
        "Ana Ruiz said that 9,000 people had been displaced and that 17 were still missing.",
        {("displaced", "9,000"), ("missing", "17")},
    ),
    (
        "One dockworker was killed and five were injured when a crane fell.",
        {("killed", "One"), ("injured", "five")},
    ),
    (
        "At least 12 people were killed and 3,000 forced from their homes when the river rose.",
        {("killed", "At least 12"), ("displaced", "3,000")},
    ),
    (
        "Two people died and 400 evacuated after the dam at Tarn broke.",
        {("killed", "Two"), ("evacuated", "400")},
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "One steelworker was injured and two were killed on Friday.",
        {("injured", "One"), ("killed", "two")},
    ),
    (
        "The mayor said that six were still missing and that 40 were hurt.",
        {("missing", "six"), ("injured", "40")},
    ),
    (
        "Police said five men were injured and 20 arrested in Selm.",
        {("injured", "five"), ("detained", "20")},
    ),
    (
        "The storm left 12 people dead and 700 homeless in Kasra.",
        {("killed", "12"), ("displaced", "700")},
    ),
    (
        "One taxi driver was killed and three were still missing.",
        {("killed", "One"), ("missing", "three")},
    ),
]

NO_HARM = [
    "The firm said that 17 forced sales were missing from its books.",
    "One networker was praised and five were promoted.",
    "The council said that 9,000 homes were still empty.",
    "Some 3,000 driven by hunger came to the fair.",
    "Four evacuated villages were still closed.",
    # Written with those above, and looked at only when the code was done.
    "Two evacuated houses were still empty.",
    "One screwdriver was found and five were sold.",
    "The band said that 30 forced laughs were heard.",
    "The town had 12 homeless shelters and 40 schools.",
    "Two arrested ships were still at the pier.",
]


def _counts(text: str) -> set[tuple[str, str | None]]:
    return {(c.kind, c.count_text) for c in items_of(text).casualties}


@pytest.mark.parametrize(("text", "counts"), BOTH)
def test_both_counts_of_a_sentence_are_kept(
    text: str, counts: set[tuple[str, str]]
) -> None:
    assert _counts(text) == counts


@pytest.mark.parametrize("text", NO_HARM)
def test_words_like_those_of_harm_count_nobody(text: str) -> None:
    assert _counts(text) == set()
