"""A count that a counter gives anew stands beside the last one that readers know."""

import pytest
from desk import briefing

from schemas.briefing import Briefing, Casualties
from summarizer.changes import Change, compare
from summarizer.watch.telling.revised import tolls_of

MONDAY = "A ferry sank off Selm and nine people were killed, the coast guard said."
TUESDAY = "The death toll rose to 14, the coast guard said."


def _toll(*texts: str) -> Change:
    """Take the one change of a count that the last text brings; the newest comes first."""
    old, new = _newest_first(*texts[:-1]), _newest_first(*texts)
    (found,) = [
        one
        for one in tolls_of(compare(old, new).changes, old, new)
        if isinstance(one.new, Casualties)
    ]
    return found


def _newest_first(*texts: str) -> Briefing:
    made = briefing(*texts[::-1])
    return made.model_copy(
        update={
            "sources": tuple(
                s.model_copy(update={"uri": f"https://agency.example/{s.text_sha256}"})
                for s in made.sources
            )
        }
    )


def _counts(change: Change) -> tuple[str, str | None, str | None]:
    old, new = change.old, change.new
    assert isinstance(new, Casualties)
    before = old.count_text if isinstance(old, Casualties) else None
    return change.kind, before, new.count_text


def test_the_last_count_of_the_counter_is_what_is_revised() -> None:
    later = "The coast guard said the death toll had risen to 16."

    assert _counts(_toll(MONDAY, TUESDAY, later)) == ("toll_revised", "14", "16")


def test_a_count_whose_counter_only_stands_in_its_words_is_revised_as_well() -> None:
    known = "Storms in Vask have killed at least seven people, the rescue service said on Monday, and cut two roads."
    later = "Nine people have died in Vask, according to the rescue service."

    assert _counts(_toll(known, later)) == ("toll_revised", "at least seven", "Nine")


def test_a_figure_that_the_words_replace_is_the_one_that_is_revised() -> None:
    third = "Selm Hospital said 18 people were killed."
    later = "The coast guard lowered the number of dead from 18 to 17."

    assert _counts(_toll(MONDAY, third, later)) == ("toll_revised", "18", "17")


@pytest.mark.parametrize(
    "later",
    [
        "Selm Hospital said 14 people were killed.",
        "Fourteen children were injured, the coast guard said.",
        "In Karsk, where a bus burned on Tuesday, 14 people were killed, the fire service said.",
    ],
)
def test_a_count_of_another_counter_or_of_others_is_new(later: str) -> None:
    assert _toll(MONDAY, later).kind == "new"
