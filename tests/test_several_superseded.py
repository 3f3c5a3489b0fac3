"""The clause of a toll that a later article revises is no event of its own.

All articles, people, places and outlets are invented.
"""

from datetime import UTC, datetime

import pytest
from several import article, together

from schemas.briefing import Briefing
from summarizer.changes import compare

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)

REVISED = [
    ("At least 12 people were killed in a fire in Tarsis, the Lind Rescue Service said.",
     "The Lind Rescue Service said on Tuesday that 19 people had been killed in the fire in Tarsis."),
    ("An earthquake near Kasra killed 31 people, the Varos Red Cross said.",
     "The death toll from the earthquake near Kasra rose to 44, the Varos Red Cross said."),
    ("Floods in Orla have killed 14 people, the Orla Rescue Office said.",
     "The Orla Rescue Office said that 22 people had died in the floods in Orla."),
    ("The death toll from the landslide in Selm rose to 25, the Selm Fire Service said.",
     "The death toll from the landslide in Selm rose to 33, the Selm Fire Service said."),
    ("Sixteen miners were killed in an explosion at Brandt, the Mines Inspectorate said.",
     "The Mines Inspectorate said 18 miners were killed in the explosion at Brandt."),
    ("A train crash near Lind injured 40 people, the Varos Rail Office said.",
     "The Varos Rail Office said 52 people were injured in the train crash near Lind."),
    ("At least 70 people are missing after a storm in Tarn, the Tarn Coast Guard said.",
     "The Tarn Coast Guard said 55 people are missing after the storm in Tarn."),
    ("A wildfire near Orm displaced 3,000 people, the Orm Civil Protection said.",
     "The Orm Civil Protection said the wildfire near Orm had displaced 5,000 people."),
    ("Eleven people died when a stampede broke out in Kasra, the Kasra Police Office said.",
     "The Kasra Police Office said that 15 people had died in the stampede in Kasra."),
    ("A cyclone killed at least 28 people in Port Selim, the Selim Weather Office said.",
     "The Selim Weather Office said that the cyclone had killed 41 people in Port Selim."),
]  # fmt: skip
"""A first toll, and the next one of the same counter."""

OTHER_NEWS = [
    ("A bridge over the Orla fell into the river on Monday. The Orla Rescue Office said 12 people were killed in the collapse.",
     "The Orla Rescue Office said 15 people were killed in the collapse."),
    ("The ferry Halcyon sank off Port Selm on Monday. The Varos Coast Guard said 20 people were killed in the sinking.",
     "The Varos Coast Guard said 24 people were killed in the sinking."),
    ("The Kasra market closed its gates on Monday. The Kasra Police Office said 11 people were injured in a fire.",
     "The Kasra Police Office said 14 people were injured in the fire."),
    ("A dam above Tarn broke on Monday. The Tarn Coast Guard said 30 people were missing after the floods.",
     "The Tarn Coast Guard said 26 people were missing after the floods."),
    ("Rain washed away the road to Lind on Monday. The Lind Rescue Service said 16 people died in the landslide.",
     "The Lind Rescue Service said 21 people died in the landslide."),
]  # fmt: skip
"""The same, but the first article leads with something else."""


def _briefed(first: str, second: str) -> tuple[Briefing, Briefing]:
    one = article("s1", first, "Varos Post", MONDAY)
    two = article("s2", second, "Selm Herald", TUESDAY)
    return together(one), together(one, two)


@pytest.mark.parametrize(("first", "second"), REVISED)
def test_an_older_toll_is_no_new_event_when_it_is_revised(
    first: str, second: str
) -> None:
    old, new = _briefed(first, second)

    changes = compare(old, new).changes

    assert "toll_revised" in {c.kind for c in changes}
    assert [c for c in changes if c.section == "developments" and c.new] == []


@pytest.mark.parametrize(("first", "second"), OTHER_NEWS)
def test_what_the_older_article_leads_with_stays_what_happened(
    first: str, second: str
) -> None:
    old, new = _briefed(first, second)

    assert [one.what for one in old.developments] == [first.partition(".")[0]]
    assert old.developments[0].what in {one.what for one in new.developments}
