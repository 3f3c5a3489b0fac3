"""What changed: what happened, what is sure now, and briefings that do not say it."""

import pytest
from day import PROVENANCE, briefing, development, position, question, request, toll

from schemas.briefing import Briefing, Item, Quantity
from summarizer.changes import Change, Changes, compare, supported_only
from summarizer.render.changes import html as diff_html
from summarizer.render.changes import markdown as diff_markdown
from summarizer.render.changes import slack as diff_slack
from summarizer.render.changes import terminal as diff_terminal
from summarizer.render.changes import wording as diff_wording

UNSURE = {"verdict": "unconfirmed", "reasons": ("nobody is named as the speaker",)}
JOBS = Quantity(text="90 jobs", value=90, unit="jobs")


def _only(old: Item | None, new: Item | None) -> Change:
    one, two = (briefing(*([i] if i else [])) for i in (old, new))
    (change,) = compare(one, two).changes
    return change


def _forms(old: Briefing, new: Briefing) -> list[str]:
    changes = compare(old, new)
    return [
        diff_terminal.render(changes),
        diff_terminal.render(changes, quotes=False),
        diff_markdown.render(changes),
        diff_html.render(changes, old, new),
        diff_slack.render(changes, old, new),
    ]


# What happened.


def test_an_event_is_new_or_no_longer_mentioned() -> None:
    event = development("The Sava dam burst")

    assert _only(None, event).kind == "new"
    assert _only(event, None).kind == "no_longer_mentioned"


def test_an_event_told_in_other_words_is_reworded() -> None:
    change = _only(
        development("The Sava dam burst above Kasra"),
        development("The Sava dam above Kasra has burst"),
    )

    assert (change.section, change.kind) == ("developments", "reworded")


def test_an_event_told_in_the_same_words_is_no_change() -> None:
    old = development("The Sava dam burst", "Kenya", found_by="model")
    new = development("The Sava dam burst", "Kenya", found_by="form", id="d4")

    changes = compare(briefing(old), briefing(new))

    assert (changes.changes, changes.unchanged) == ((), 1)


def test_a_decision_that_was_not_taken_is_reversed() -> None:
    change = _only(
        development("The council adopted the resolution"),
        development("The council did not adopt the resolution"),
    )

    assert change.kind == "reversed"


def test_another_value_of_the_same_unit_is_a_revised_figure() -> None:
    more = Quantity(text="more than 120 jobs", value=120, unit="jobs", comparator=">")
    change = _only(
        development("Orla Steel will cut 90 jobs", figures=(JOBS,)),
        development("Orla Steel will cut more than 120 jobs", figures=(more,)),
    )

    assert change.kind == "figure_revised"
    assert diff_wording.what(change) == (
        "Orla Steel will cut 90 jobs → "
        "Orla Steel will cut more than 120 jobs (more than 120 jobs [> 120])"
    )


def test_what_happened_is_told_before_what_was_said() -> None:
    said = position("Kenya", "assert", "the road is open")
    changes = compare(briefing(), briefing(said, development("The dam burst")))

    titles = [title for title, _ in diff_wording.sections(changes)]

    assert titles == ["What happened", "Positions"]


# Verdicts.

ITEMS = [
    development("The Sava dam burst"),
    request("Kenya", "send engineers", "Chad"),
    position("Kenya", "assert", "the road is open"),
    toll("killed", "12", value=12, low=12, high=12),
    question("pending", "When will the road open?"),
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: type(i).__name__)
def test_a_change_of_verdict_is_a_change_of_its_own_kind(item: Item) -> None:
    unsure = item.model_copy(update=UNSURE)

    assert _only(unsure, item).kind == "now_supported"
    assert _only(item, unsure).kind == "now_unconfirmed"


def test_a_verdict_changes_beside_whatever_else_does() -> None:
    old = position("Kenya", "criticise", "criticised the dam", **UNSURE)
    new = position("Kenya", "threaten", "threatened the dam")

    changes = compare(briefing(old), briefing(new)).changes

    assert [c.kind for c in changes] == ["hardened", "now_supported"]


def test_other_reasons_are_no_change() -> None:
    old = position("Kenya", "assert", "the road is open", **UNSURE)
    new = old.model_copy(update={"reasons": ("the sentence is a fragment",)})

    assert compare(briefing(old), briefing(new)).changes == ()


def test_why_an_item_is_unconfirmed_now_is_told_in_every_form() -> None:
    old = position("Kenya", "assert", "the road is open")
    new = old.model_copy(update=UNSURE)

    for text in _forms(briefing(old), briefing(new)):
        assert "now unconfirmed" in text
        assert "supported → unconfirmed (nobody is named" in text


def test_unconfirmed_items_are_marked_in_every_form() -> None:
    new = position("Kenya", "assert", "the road is open", **UNSURE)

    terminal, *others = _forms(briefing(text="Yesterday."), briefing(new))

    # The label stands in a narrow column.
    assert "\nnew," in terminal
    assert "\nunconfirmed " in terminal
    assert all("new, unconfirmed" in text for text in others)


def test_an_older_figure_that_was_unconfirmed_is_marked() -> None:
    change = _only(
        toll(
            "killed",
            "12",
            value=12,
            low=12,
            high=12,
            source="police",
            comparator="=",
            **UNSURE,
        ),
        toll(
            "killed",
            "19",
            value=19,
            low=19,
            high=19,
            source="police",
            comparator="=",
            **UNSURE,
        ),
    )

    assert diff_wording.what(change) == (
        "12 [= 12, police] (unconfirmed) → 19 [= 19, police]"
    )


def test_an_unconfirmed_answer_is_marked() -> None:
    asked = request("Belmora", "send engineers", "Kenya")
    answer = position("Kenya", "commit", "it would send engineers", answers=("r1",))
    unsure = answer.model_copy(update=UNSURE)

    changes = compare(briefing(asked), briefing(asked, unsure)).changes

    (answered,) = [c for c in changes if c.kind == "answered"]
    assert "← unconfirmed: Kenya commits: it would" in diff_wording.what(answered)


def test_a_request_of_which_one_text_does_not_say_who_asks_is_the_same_request() -> (
    None
):
    told = request("Kenya", "send engineers to the dam", "Chad")
    untold = told.model_copy(update={"by": None})

    assert compare(briefing(told), briefing(untold)).unchanged == 1
    assert compare(briefing(untold), briefing(told)).unchanged == 1


# Supported changes only.


def _counted(changes: Changes) -> tuple[list[str], int]:
    return [c.kind for c in changes.changes], changes.left_out


def test_changes_of_unconfirmed_items_can_be_left_out_and_are_counted() -> None:
    sure = position("Kenya", "assert", "the road is open")
    unsure = position("Chad", "assert", "the harbour is shut", id="p2", **UNSURE)

    kept = supported_only(compare(briefing(), briefing(sure, unsure)))

    assert _counted(kept) == (["new"], 1)
    assert diff_wording.count(kept).endswith("1 change of unconfirmed items left out.")


def test_an_item_that_is_unconfirmed_now_is_not_called_gone() -> None:
    old = position("Kenya", "assert", "the road is open")
    new = old.model_copy(update=UNSURE)

    kept = supported_only(compare(briefing(old), briefing(new)))

    assert _counted(kept) == (["now_unconfirmed"], 0)


def test_a_change_that_only_an_unconfirmed_item_answers_is_left_out() -> None:
    asked = request("Belmora", "send engineers", "Kenya")
    answer = position(
        "Kenya", "commit", "it would send engineers", answers=("r1",), **UNSURE
    )

    kept = supported_only(compare(briefing(asked), briefing(asked, answer)))

    assert _counted(kept) == ([], 2)


# Briefings of schema 1.0.


def _of_1_0(*items: Item) -> Briefing:
    made = PROVENANCE.model_copy(update={"schema_version": "1.0"})
    return briefing(*items, provenance=made)


def test_a_briefing_without_verdicts_is_not_compared_by_them() -> None:
    said = position("Kenya", "assert", "the road is open")
    unsure = said.model_copy(update=UNSURE)
    event = development("The Sava dam burst")

    there = compare(_of_1_0(said), briefing(unsure, event))
    back = compare(briefing(unsure, event), _of_1_0(said))

    assert (there.changes, there.unchanged) == ((), 1)
    assert (back.changes, back.unchanged) == ((), 1)
    (warned,) = diff_wording.caution(there)
    assert warned == (
        "The older briefing is of schema 1.0, which tells neither what happened nor "
        "what is unconfirmed: these are not compared."
    )


def test_two_briefings_without_verdicts_need_no_warning() -> None:
    said = position("Kenya", "assert", "the road is open")

    (same_text,) = diff_wording.caution(compare(_of_1_0(), _of_1_0(said)))

    assert "schema" not in same_text
