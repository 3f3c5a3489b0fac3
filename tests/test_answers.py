"""What is read of an answer: every item that is whole, and nothing that is not there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.draft import CasualtyAnswer, CasualtyDraft, DevelopmentDraft, WholeAnswer
from summarizer.client.asking import answers
from summarizer.client.asking.answers import UnreadableError

ITEMS = [
    {"kind": "killed", "count": "at least 12", "who": 'people [in "Goma"] }'},
    {"kind": "injured", "count": "30", "who": "miners \\ {"},
    {"kind": "missing", "count": "", "who": "a boy"},
]
WHOLE = tuple(CasualtyDraft.model_validate(item) for item in ITEMS)
TEXT = json.dumps({"items": ITEMS})


@given(st.integers(0, len(TEXT)))
def test_of_a_text_that_ends_anywhere_the_whole_items_are_kept(end: int) -> None:
    ends = [TEXT.index(json.dumps(item)) + len(json.dumps(item)) for item in ITEMS]
    whole = sum(end >= one for one in ends)

    try:
        found = answers.read(TEXT[:end], CasualtyAnswer, at_limit=True)
    except UnreadableError:
        assert end < len('{"items": [')
        return

    assert found.answer == CasualtyAnswer(items=WHOLE[:whole])
    assert found.is_cut is (end < len(TEXT) - 1)  # the last brace says nothing


def _reason(text: str) -> str:
    """Say why *text* is no answer; nothing when it is one."""
    try:
        answers.read(text, WholeAnswer)
    except UnreadableError as exc:
        return str(exc) or "\n"
    return ""


@given(st.text(max_size=300))
def test_any_text_is_an_answer_or_one_reason(text: str) -> None:
    assert "\n" not in _reason(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "by", "quote", "what", "holder", "act", "who"]),
            inner,
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(WholeAnswer.model_fields)), JSON))
def test_any_json_in_the_fields_is_read_or_one_reason(
    fields: dict[str, object],
) -> None:
    assert "\n" not in _reason(json.dumps(fields))


def test_a_number_stays_the_digits_it_was_written_in() -> None:
    found = answers.read(
        '{"items": [{"kind": "killed", "count": 1.50}]}', CasualtyAnswer
    )

    assert found.answer == CasualtyAnswer(
        items=(CasualtyDraft(kind="killed", count="1.50", who=""),)
    )


def test_one_text_where_several_are_due_is_one_of_them() -> None:
    found = answers.read(
        '{"developments": {"what": "the pit closed", "who": "the owner", "figures": [90]}}',
        WholeAnswer,
    )

    assert isinstance(found.answer, WholeAnswer)
    assert found.answer.developments == (
        DevelopmentDraft(what="the pit closed", who=("the owner",), figures=("90",)),
    )


@pytest.mark.parametrize("text", ["[]", "```json\n[]\n```"])
def test_an_empty_list_is_an_answer_without_items(text: str) -> None:
    assert answers.read(text, CasualtyAnswer).answer == CasualtyAnswer(items=())


def test_what_is_kept_of_an_item_that_fits_nothing_is_cut() -> None:
    good = {"kind": "killed", "count": "2", "who": "men"}
    text = json.dumps({"items": [good, {"kind": "x", "note": "y" * 9_000}]})

    (rejected,) = answers.read(text, CasualtyAnswer).rejected

    assert rejected.raw.startswith('{"kind": "x", "note": "yyy')
    assert (len(rejected.raw), rejected.raw[-1]) == (2_000, "…")
