"""How a briefing reads: nothing lost, nothing from an article acts on the reader."""

from datetime import date

import pytest
from briefed import items_of
from hypothesis import given
from hypothesis import strategies as st

from schemas.briefing import (
    Briefing,
    Casualties,
    Coverage,
    Figure,
    Hole,
    Party,
    Provenance,
    Source,
    When,
    Withheld,
)
from schemas.draft import CasualtyDraft
from summarizer.assembly.assembled import Assembled
from summarizer.render import json, markdown, terminal
from summarizer.render.words import wording

TEXT = (
    "Kenya urged Chad on Friday to free the crew. At least 43 people were killed in "
    "Goma, including 12 children, the Red Cross said. “We will not bend if asked,” Ana "
    "Ruiz, the mayor of Goma, told reporters. The army declined to comment."
)


def _briefing(text: str = TEXT, **more: object) -> Briefing:
    made: Assembled = items_of(text, published=date(2025, 3, 5))
    fields: dict[str, object] = {
        "sources": (
            Source(id="s1", title="Crew held", text_sha256="0" * 64, text=text),
        ),
        "bottom_line": "Kenya urged Chad to free the crew.",
        "actors": made.actors,
        "requests": made.requests,
        "positions": made.positions,
        "casualties": made.casualties,
        "open_questions": made.open_questions,
        "coverage": Coverage(sentences=4, sentences_read=4, sentences_cited=4),
        "complete": True,
        "provenance": Provenance(
            model="m", endpoint="h", strategy="focused", prompt_sha256="0" * 64
        ),
    }
    return Briefing.model_validate({**fields, **more})


def test_json_reads_back_into_an_equal_briefing() -> None:
    briefing = _briefing()

    assert Briefing.model_validate_json(json.render(briefing)) == briefing


@pytest.mark.parametrize("render", [terminal.render, markdown.render])
def test_every_item_is_shown_with_its_id(render: object) -> None:
    briefing = _briefing()

    text = render(briefing)  # type: ignore[operator]  # one of two functions

    for item in (
        *briefing.actors,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.open_questions,
    ):
        assert item.id in text


@pytest.mark.parametrize("render", [terminal.render, markdown.render])
def test_withheld_items_and_holes_are_shown_with_their_reasons(render: object) -> None:
    draft = CasualtyDraft(kind="killed", count="99", who="sheep")
    hole = Hole(
        section="positions", source="s1", start=0, end=5, exact="Kenya", reason="cut"
    )

    text = render(  # type: ignore[operator]  # one of two functions
        _briefing(
            withheld=(
                Withheld(
                    section="casualties",
                    item=draft,
                    source="s1",
                    reason="no people",
                    check="not_people",
                ),
            ),
            coverage=Coverage(
                sentences=4,
                sentences_read=3,
                sentences_cited=3,
                passages_failed=(hole,),
            ),
            complete=False,
        )
    )

    assert "“sheep”" in text
    assert "no people" in text
    assert "Incomplete" in text
    assert "1 item withheld" in text


def test_no_line_is_wider_than_the_terminal() -> None:
    text = terminal.render(_briefing(), width=72)

    assert max(len(line) for line in text.splitlines()) <= 72


def test_colour_is_used_only_when_asked_for() -> None:
    assert "\x1b[" in terminal.render(_briefing(), colour=True)
    assert "\x1b" not in terminal.render(_briefing())


HOSTILE = (
    "Kenya\x1b[31m urged Chad to free [the crew](javascript:alert(1)) <script>x</script> "
    "@here https://evil.example *now*."
)


def test_terminal_escapes_of_an_article_are_dropped() -> None:
    assert "\x1b" not in terminal.render(_briefing(HOSTILE))


def test_markup_of_an_article_is_disarmed_in_markdown() -> None:
    text = markdown.render(_briefing(HOSTILE))

    assert "[the crew](" not in text
    assert "<script>" not in text
    assert "https://" not in text
    assert " @here" not in text
    assert "*now*" not in text.replace("\\*", "")


def test_rich_markup_of_an_article_is_text() -> None:
    text = terminal.render(_briefing("Kenya urged Chad to free [bold]the crew[/bold]."))

    assert "[bold]the" in text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": 12, "comparator": "=", "low": 12, "high": 12}, "= 12"),
        ({"value": 1000, "comparator": ">", "low": 1000}, "> 1,000"),
        ({"value": 5, "comparator": "~", "low": 5, "high": 5}, "≈ 5"),
        ({"low": 3, "comparator": ">=", "vague": True}, "≥ 3 (vague)"),
        ({"low": 10, "high": 12}, "10–12"),
        ({}, "–"),
    ],
)
def test_bounds_say_what_the_words_mean(row: dict[str, object], words: str) -> None:
    evidence = _briefing().casualties[0].evidence
    item = Casualties.model_validate(
        {"id": "c1", "kind": "killed", "evidence": evidence, **row}
    )

    assert wording.bounds(item) == words


@pytest.mark.parametrize("render", [terminal.render, markdown.render])
def test_earlier_figures_and_the_day_of_a_count_are_shown(render: object) -> None:
    row = _briefing().casualties[0]
    earlier = Figure(
        evidence=row.evidence, count_text="19", value=19, low=19, high=19, comparator="=",
        source=Party(id="a9", name="Officials"),
    )  # fmt: skip
    counted = row.model_copy(
        update={
            "supersedes": (earlier,),
            "as_of_text": "as of Friday",
            "as_of": When(value="2025-03-07", basis="relative"),
        }
    )

    text = render(_briefing(casualties=(counted,)))  # type: ignore[operator]  # one of two functions

    assert "as of Friday = 2025-03-07" in text
    assert "earlier: 19 [= 19], Officials" in text.replace("\\", "")


@given(st.text(max_size=120))
def test_visible_text_has_no_control_characters(text: str) -> None:
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in wording.visible(text))
