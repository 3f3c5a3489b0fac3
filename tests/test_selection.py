"""What of a briefing is shown: supported items, the weightiest items, and what is not."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from day import (
    actor,
    briefed,
    briefing,
    development,
    evidence,
    party,
    position,
    question,
    request,
    toll,
)

from schemas.briefing import Briefing, Item, Position, Source
from summarizer import verify
from summarizer.selection import (
    Selection,
    confirmed,
    ordered,
    selected,
    supported_only,
    top,
)

UNSURE: dict[str, Any] = {"verdict": "unconfirmed", "reasons": ("not shown",)}


def _ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


# Supported items only.


def test_unconfirmed_items_are_left_out_and_counted() -> None:
    said = position("Kenya", "assert", "the road is open", id="p1", **UNSURE)
    sure = position("Kenya", "assert", "the port is shut", id="p2")
    event = development("The dam burst", **UNSURE)

    shown = confirmed(briefing(said, sure, event))

    assert _ids(shown.briefing.positions) == ["p2"]
    assert shown.briefing.developments == ()
    assert shown.left_out is not None
    assert shown.left_out.unconfirmed == 2


def test_a_briefing_without_doubts_stays_as_it_is() -> None:
    whole = briefing(position("Kenya", "assert", "the road is open"))

    shown = confirmed(whole)

    assert shown.briefing == whole
    assert shown.left_out is not None
    assert shown.left_out.unconfirmed == 0


def test_a_question_about_a_left_out_item_goes_too() -> None:
    unsure = toll("killed", "12", id="c1", **UNSURE)
    about = question("unsourced", "Who counted?", about="c1", id="q1")
    other = question("pending", "When will the road open?", id="q2")

    shown = confirmed(briefing(unsure, about, other))

    assert _ids(shown.briefing.open_questions) == ["q2"]
    assert shown.left_out is not None
    assert (shown.left_out.unconfirmed, shown.left_out.questions) == (1, 1)


def test_an_unconfirmed_question_is_counted_once() -> None:
    unsure = toll("killed", "12", id="c1", **UNSURE)
    about = question("unsourced", "Who counted?", about="c1", **UNSURE)

    shown = confirmed(briefing(unsure, about))

    assert shown.left_out is not None
    assert (shown.left_out.unconfirmed, shown.left_out.questions) == (2, 0)


def test_no_reference_leads_to_an_item_that_is_gone() -> None:
    whole = briefing(
        request("Belmora", "send engineers", "Kenya", id="r1", **UNSURE),
        request("Belmora", "send food", "Kenya", id="r2"),
        position("Kenya", "commit", "it would help", id="p1", answers=("r1", "r2")),
        toll("killed", "12", id="c1", **UNSURE),
        toll("killed", "3", id="c2", part_of="c1"),
    )

    kept = supported_only(whole)

    assert kept.positions[0].answers == ("r2",)
    assert kept.casualties[0].part_of is None


def test_a_bottom_line_that_rests_on_what_is_gone_is_composed_anew() -> None:
    unsure = toll("killed", "12", id="c1", **UNSURE)
    sure = position("Kenya", "assert", "the road is open", id="p1")
    whole = briefing(unsure, sure, bottom_line="12 were killed.", rests_on=("c1", "p1"))

    shown = confirmed(whole)

    assert shown.briefing.bottom_line == "Kenya: the road is open."
    assert shown.briefing.rests_on == ("p1",)
    assert shown.left_out is not None
    assert shown.left_out.under_bottom_line == ("c1",)


def test_a_silence_about_what_is_gone_is_no_longer_in_the_bottom_line() -> None:
    asked = request("Belmora", "send food", "Kenya", id="r1", **UNSURE)
    silent = question(
        "no_comment", "What does Kenya say?", id="q1", about="r1", who="Kenya"
    )
    sure = position("Mali", "assert", "the road is open", id="p1")
    whole = briefing(
        asked, silent, sure,
        bottom_line="Mali: the road is open. Kenya gave no comment.",
        rests_on=("p1", "q1"),
    )  # fmt: skip

    kept = supported_only(whole)

    assert kept.bottom_line == "Mali: the road is open."
    assert kept.rests_on == ("p1",)


def test_a_bottom_line_that_rests_on_supported_items_stays() -> None:
    sure = position("Kenya", "assert", "the road is open", id="p1")
    unsure = toll("killed", "12", id="c1", **UNSURE)

    kept = supported_only(
        briefing(sure, unsure, bottom_line="Kenya spoke.", rests_on=("p1",))
    )

    assert (kept.bottom_line, kept.rests_on) == ("Kenya spoke.", ("p1",))


def test_an_unconfirmed_actor_stays_where_a_supported_item_names_it() -> None:
    whole = briefing(
        actor("Kenya", **UNSURE),
        actor("Chad", **UNSURE),
        actor("Mali"),
        position("Kenya", "assert", "the road is open"),
    )

    shown = confirmed(whole)

    assert _ids(shown.briefing.actors) == ["a-Kenya", "a-Mali"]
    assert shown.left_out is not None
    assert shown.left_out.unconfirmed == 1


@pytest.mark.parametrize(
    "naming",
    [
        development("The dam burst", "Mali", "Kenya"),
        question("no_comment", "What does Kenya say?", who="Kenya"),
        toll("killed", "12", by=party("Kenya"), by_status="alleged"),
    ],
    ids=lambda item: type(item).__name__,
)
def test_every_way_to_name_a_party_counts(naming: Item) -> None:
    kept = supported_only(briefing(actor("Kenya", **UNSURE), naming))

    assert _ids(kept.actors) == ["a-Kenya"]


def test_what_is_left_verifies_as_well_as_before() -> None:
    words = "Kenya urged Chad to free the crew."
    unsure = position(
        "Kenya", "assert", "x", id="p1", evidence=evidence(words), **UNSURE
    )
    names = (actor("Kenya", "government", evidence=evidence("Kenya")),)
    whole = briefing(*names, unsure, text=words)

    before = {f.item for f in verify(whole).findings}
    after = {f.item for f in verify(supported_only(whole)).findings}

    assert after <= before - {"p1"}


@pytest.mark.parametrize("name", ["day1", "day2"])
def test_what_is_left_of_a_real_briefing_holds(name: str) -> None:
    whole = briefed(name, date(2025, 3, 5))
    unsure = {**dict.fromkeys(whole.rests_on[:1]), whole.positions[1].id: None}
    sections = ("requests", "positions", "casualties", "developments")
    doubted = whole.model_copy(
        update={
            section: tuple(
                i.model_copy(update=UNSURE) if i.id in unsure else i
                for i in getattr(whole, section)
            )
            for section in sections
        }
    )

    kept = supported_only(doubted)

    assert verify(kept).findings == ()
    assert not set(kept.rests_on) & unsure.keys()


# The weightiest items.


def _at(start: int, **more: object) -> Position:
    return position(
        str(more.pop("who", "Kenya")),
        "assert",
        f"statement {start}",
        id=f"p{start}",
        evidence=evidence(str(more.pop("words", f"Said at {start}.")), start),
        **more,
    )


def _top(count: int, *items: Item, **more: Any) -> Selection:
    return top(selected(briefing(*items, **more)), count)


def test_what_stands_earlier_weighs_more() -> None:
    shown = _top(1, _at(90), _at(10))

    assert _ids(shown.briefing.positions) == ["p10"]


def test_what_tells_the_title_weighs_more_than_what_stands_earlier() -> None:
    text = "Invented."
    source = Source(
        id="s1", text=text, title="Mayor bars convoy",
        text_sha256=sha256(text.encode()).hexdigest(),
    )  # fmt: skip

    shown = _top(
        1, _at(10), _at(90, words="The mayor bars a convoy."), sources=(source,)
    )

    assert _ids(shown.briefing.positions) == ["p90"]


def test_what_more_sources_state_weighs_more_than_the_title() -> None:
    shown = _top(1, _at(10), _at(90, corroboration=2))

    assert _ids(shown.briefing.positions) == ["p90"]


def test_what_the_bottom_line_rests_on_weighs_most() -> None:
    shown = _top(1, _at(10, corroboration=3), _at(90), rests_on=("p90",))

    assert _ids(shown.briefing.positions) == ["p90"]


def test_supported_items_come_before_all_unconfirmed_ones() -> None:
    shown = _top(2, _at(10, **UNSURE), _at(50), _at(90), rests_on=("p10",))

    assert _ids(shown.briefing.positions) == ["p50", "p90"]
    assert shown.rest["positions"].unconfirmed == ("p10",)


def test_tolls_are_never_cut() -> None:
    rows = [toll("killed", str(n), id=f"c{n}") for n in range(5)]

    shown = _top(1, *rows)

    assert len(shown.briefing.casualties) == 5
    assert "casualties" not in shown.rest


def test_what_happened_and_questions_keep_their_order() -> None:
    events = [development(f"Event {n}", id=f"d{n}") for n in (2, 1, 3)]
    asked = [question("pending", f"Question {n}?", id=f"q{n}") for n in (2, 1, 3)]

    shown = _top(2, *events, *asked)

    assert _ids(shown.briefing.developments) == ["d2", "d1"]
    assert _ids(shown.briefing.open_questions) == ["q2", "q1"]


def test_an_actor_weighs_as_much_as_the_items_that_name_it() -> None:
    shown = _top(
        1,
        actor("Chad"),
        actor("Kenya"),
        request("Kenya", "send food", "Mali"),
        position("Kenya", "assert", "the road is open"),
    )

    assert _ids(shown.briefing.actors) == ["a-Kenya"]


def test_fewer_items_than_asked_for_leave_no_rest() -> None:
    shown = _top(5, _at(10))

    assert dict(shown.rest) == {}


def _many() -> list[Item]:
    """Make 13 positions: six of Kenya, two of Chad, five of others."""
    who = ["Kenya"] * 6 + ["Chad"] * 2 + ["Mali", "Togo", "Peru", "Fiji", "Oman"]
    return [_at(n, who=name) for n, name in enumerate(who)]


def test_many_positions_stand_together_by_party() -> None:
    shown = _top(13, *_many())

    assert [(g.title, len(g.items)) for g in shown.groups] == [
        ("Kenya", 6),
        ("Chad", 2),
        ("Other parties", 5),
    ]


def test_a_party_says_how_much_of_what_it_said_is_shown() -> None:
    shown = _top(8, *_many())

    assert shown.groups[0].title == "Kenya, 2 of 6"


def test_who_speaks_often_leaves_room_for_the_others() -> None:
    shown = _top(3, *[_at(n) for n in range(4)], _at(50, who="Chad"))

    assert _ids(shown.briefing.positions) == ["p0", "p50", "p1"]


def test_unconfirmed_positions_stand_after_all_parties() -> None:
    shown = _top(20, *_many(), _at(99, **UNSURE))

    assert shown.groups[-1].title == "Unconfirmed"
    assert _ids(shown.groups[-1].items) == ["p99"]


def test_parties_with_one_position_each_need_no_titles() -> None:
    names = ("Kenya", "Chad", "Mali", "Togo", "Peru", "Fiji", "Oman", "Niue", "Cuba")
    said = [_at(n, who=f"{name} {n % 2}") for n, name in enumerate((*names, *names))]

    shown = _top(4, *said)

    assert [g.title for g in shown.groups] == [""]


def test_a_dozen_positions_are_one_list() -> None:
    assert _top(5, *_many()[:12]).groups == ()


def test_both_choices_go_together() -> None:
    whole = briefing(_at(10, **UNSURE), _at(50), _at(90))

    shown = top(confirmed(whole), 1)

    assert _ids(shown.briefing.positions) == ["p50"]
    assert shown.rest["positions"].count == 1
    assert shown.left_out is not None
    assert shown.left_out.unconfirmed == 1


def test_nothing_edits_the_briefing_that_was_given() -> None:
    whole: Briefing = briefing(_at(10, **UNSURE), _at(50), _at(90))
    before = whole.model_dump_json()

    top(confirmed(whole), 1)

    assert whole.model_dump_json() == before


def test_order_is_kept_within_each_verdict() -> None:
    items = (_at(1, **UNSURE), _at(2), _at(3, **UNSURE), _at(4))

    assert _ids(ordered(items)) == ["p2", "p4", "p1", "p3"]
