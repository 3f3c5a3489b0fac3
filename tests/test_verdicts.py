"""A verdict on a quote, and in what it departs from its source."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.evidence import Span
from summarizer.proof.verdicts import judge, word_diff

_PROBE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "grounding-probe.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
SOURCE: str = _PROBE[0]["source"]
_EXPECTED = {
    "verbatim": ("exact", ()),
    "straight vs curly quotes": ("typographic", ()),
    "line wrap": ("typographic", ()),
    "en dash vs hyphen": ("typographic", ()),
    "final period added": ("typographic", ()),
    "initial capital": ("typographic", ()),
    "number 12->21": ("altered", ("number",)),
    "killed/wounded swapped": ("altered", ("other",)),
    "negation dropped": ("altered", ("negation",)),
    "negation added": ("stitched", ()),
    "modality will->may": ("altered", ("modal",)),
    "weekday changed": ("altered", ("date",)),
    "actor swapped": ("stitched", ()),
    "stitched sentences": ("stitched", ()),
    "paraphrase": ("not_found", ()),
    "fabricated, starts 'The'": ("not_found", ()),
    "fabricated, starts 'A'": ("not_found", ()),
    "unknown name": ("not_found", ()),
}


@pytest.mark.parametrize("case", _PROBE[1:], ids=lambda case: str(case["case"]))
def test_each_case_of_the_probe_gets_its_verdict(case: dict[str, object]) -> None:
    verdict = judge(str(case["quote"]), SOURCE)

    assert (verdict.name, verdict.differences) == _EXPECTED[str(case["case"])]
    assert verdict.accepted is case["grounded"]


def test_a_changed_name_is_named() -> None:
    verdict = judge(
        "Rebel commander Amin Sen denied that his forces had fired on the town", SOURCE
    )

    assert (verdict.name, verdict.differences) == ("altered", ("name",))
    assert "[-Rafe-]{+Sen+}" in verdict.diff


def test_a_quote_of_another_source_is_elsewhere() -> None:
    verdict = judge("The dam held", SOURCE, others={"s2": "On Monday the dam held."})

    assert (verdict.name, verdict.source) == ("elsewhere", "s2")


def test_of_two_places_the_nearest_to_the_speaker_is_taken() -> None:
    text = "“No deal,” said Rao. Much later Sen spoke. “No deal,” said Sen."
    sen = Span(start=text.rindex("Sen"), end=text.rindex("Sen") + 3)

    verdict = judge("No deal", text, near=sen)

    assert verdict.span is not None
    assert verdict.span.start == text.rindex("No deal")


@pytest.mark.parametrize(
    ("quote", "text", "start"),
    [
        ("停火协议", "双方昨天签署了停火协议。", 7),
        ("السلام الآن", "قالوا السلام الآن ثم رحلوا", 6),
        ("left 👩‍👩‍👧 behind", "They 😀 left 👩‍👩‍👧 behind.", 7),
        ("Café Noir", "In the Cafe\u0301 Noir they met.", 7),
    ],
)
def test_offsets_are_code_points_in_any_script(
    quote: str, text: str, start: int
) -> None:
    verdict = judge(quote, text)

    assert verdict.span is not None
    assert verdict.span.start == start


def test_a_diff_shows_what_went_and_what_came() -> None:
    assert word_diff("We will not go", "We may go now") == (
        "We [-will not-]{+may+} go {+now+}"
    )


def test_a_blank_quote_is_not_found() -> None:
    assert judge(" \u200b", SOURCE).name == "not_found"


@given(st.text(max_size=80), st.text(max_size=200))
def test_judging_never_raises(quote: str, text: str) -> None:
    verdict = judge(quote, text)

    assert verdict.accepted is (verdict.span is not None)
