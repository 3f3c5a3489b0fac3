"""Finding quotes in a source: typography may differ, words may not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.evidence import Span
from summarizer.text.locate import locate, occurrences

_PROBE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "grounding-probe.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
SOURCE: str = _PROBE[0]["source"]


@pytest.mark.parametrize("case", _PROBE[1:], ids=lambda case: str(case["case"]))
def test_the_probe_is_accepted_and_refused_as_it_says(case: dict[str, object]) -> None:
    found = locate(str(case["quote"]), SOURCE)

    assert (found is not None) is case["grounded"]


def test_a_found_quote_is_given_by_offsets_of_the_untouched_text() -> None:
    text = "He said:\n“We\u00a0will  not\nbend.” Then he left."

    found = locate('"We will not bend."', text)

    assert found is not None
    assert found.of(text) == "“We\u00a0will  not\nbend.”"


def test_offsets_count_code_points_after_emoji_and_combining_marks() -> None:
    text = "😀😀 Cafe\u0301 owner Rao said no."

    found = locate("Café owner Rao", text)

    assert found == Span(start=3, end=18)


def test_words_of_unspaced_scripts_are_found_inside_a_sentence() -> None:
    assert locate("停火协议", "双方昨天签署了停火协议。") == Span(start=7, end=11)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1", "About 1,200 people fled."),
        ("2.5", "It cost 12.5 million."),
        ("200", "About 1,200 people fled."),
        ("cat", "A catastrophe."),
    ],
)
def test_a_part_of_a_word_or_number_is_not_found(quote: str, text: str) -> None:
    assert locate(quote, text) is None


def test_soft_hyphens_and_zero_width_marks_do_not_hide_words() -> None:
    assert (
        locate("ceasefire now", "A cease\u00adfire\u200b now, they said.") is not None
    )


def test_every_place_is_found_in_order() -> None:
    text = "No deal. They said no deal, and no deal it was."

    assert [s.start for s in occurrences("no deal", text)] == [0, 19, 32]


def test_a_blank_quote_is_an_error() -> None:
    with pytest.raises(ValueError, match="blank"):
        locate(" \u200b ", SOURCE)


@given(st.text(max_size=60), st.text(max_size=200))
def test_locate_never_raises_and_slices_back(quote: str, text: str) -> None:
    try:
        found = locate(quote, text)
    except ValueError:
        return
    assert found is None or found.of(text)


@given(st.data())
def test_words_cut_out_of_a_text_are_found_again(data: st.DataObject) -> None:
    words = SOURCE.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])

    found = locate(quote, SOURCE)

    assert found is not None
    first = found.of(SOURCE).split()[0]
    assert first.rstrip(".").lower() == words[start].rstrip(".").lower()
