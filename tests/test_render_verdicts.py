"""How a reader sees what is unconfirmed, what happened, and what is not shown."""

from collections.abc import Callable
from typing import Any

import pytest
from attacks import ATTACKS
from day import briefing, evidence, position
from doubted import doubted
from outline import Page
from rich.cells import cell_len

from schemas.briefing import Coverage, Development, Party, Quantity
from summarizer.render import findings, html, json, markdown, slack, terminal
from summarizer.render.words import developments, refusals, verdicts
from summarizer.reports import Report
from summarizer.selection import LeftOut, Selection, confirmed, selected, top

Render = Callable[[Selection], str]

FORMS: dict[str, Render] = {
    "terminal": lambda s: terminal.render(s, width=100),
    "short": lambda s: terminal.render(s, width=100, quotes=False),
    "markdown": markdown.render,
    "page": lambda s: Page(html.render(s)).outline(),
    "slack": slack.render,
}
NO_HOLES = Coverage(sentences=11, sentences_read=11, sentences_cited=7)
ALL_FORMS = pytest.mark.parametrize("render", FORMS.values(), ids=FORMS.keys())
LONG_FORMS = pytest.mark.parametrize(
    "render", [FORMS[n] for n in ("terminal", "markdown", "page", "slack")]
)


@ALL_FORMS
def test_an_unconfirmed_item_is_marked_by_a_word(render: Render) -> None:
    text = render(selected(doubted())).lower()

    # Once in the head of its section, or in the last line, and once at the item.
    assert text.count("unconfirmed") >= 3 + 1


@LONG_FORMS
def test_why_an_item_is_unconfirmed_is_told(render: Render) -> None:
    text = " ".join(render(selected(doubted())).split())

    assert "unconfirmed: it is not shown that they sank in this attack" in text
    assert "unconfirmed: who counted is not shown; nor when" in text


@LONG_FORMS
def test_the_head_of_a_section_counts_what_is_unconfirmed(render: Render) -> None:
    text = render(selected(doubted()))

    assert "2, 1 unconfirmed" in text
    assert "4, 1 unconfirmed" in text


@ALL_FORMS
def test_unconfirmed_items_stand_after_the_supported_ones(render: Render) -> None:
    text = render(selected(doubted()))

    said = text.index("Kenya → Chad")
    assert text.index("refused to free", said) < text.index("We will not bend", said)


@ALL_FORMS
def test_what_happened_stands_before_the_requests(render: Render) -> None:
    text = render(selected(doubted(complete=True, coverage=NO_HOLES)))

    assert text.index("Between 10 and 12 boats") < text.index("Kenya → Chad")


@LONG_FORMS
def test_what_happened_has_its_day_place_and_figures(render: Render) -> None:
    text = render(selected(doubted()))

    assert "What happened" in text
    assert "in Tarsis · 30 shells · on Friday = 2025-03-07" in text
    assert "Between 10 and 12 boats [≥ 10]" in text.replace("\\", "")


@LONG_FORMS
def test_what_the_bottom_line_rests_on_is_named(render: Render) -> None:
    text = render(selected(doubted(rests_on=("d1", "p1"))))

    assert "Rests on d1, p1 (unconfirmed)" in text


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_who_found_an_item_is_told(form: str) -> None:
    text = FORMS[form](selected(doubted()))

    for words in (
        "found by the model",
        "found by the form of the sentence",
        "found by model and form",
    ):
        assert words in text


def test_a_terminal_tells_who_found_an_item_only_where_it_is_unconfirmed() -> None:
    text = FORMS["terminal"](selected(doubted(withheld=())))

    assert text.count("found by") == 3


@pytest.mark.parametrize("form", ["terminal", "markdown", "page"])
def test_who_found_what_is_withheld_is_told(form: str) -> None:
    text = FORMS[form](selected(doubted()))

    assert "no people · found by the model" in text
    assert "nobody says that Chad fired them · found by model and form" in text


def test_a_withheld_event_names_its_parties_as_words() -> None:
    (_, withheld) = doubted().withheld

    assert refusals.drafted(withheld.item) == (
        "what “Shells fell on the harbour of Tarsis”, who “Chad, Kenya”"
    )


def test_a_cut_line_still_says_that_an_item_is_unconfirmed() -> None:
    text = terminal.render(doubted(), width=40, quotes=False)

    marked = [line for line in text.splitlines() if "unconfirmed: " in line]
    assert [line[5:7] for line in marked] == ["d2", "p1", "c1"]


def test_an_unconfirmed_actor_is_marked_in_every_form() -> None:
    ruiz = doubted().actors[1]
    unsure = ruiz.model_copy(
        update={"verdict": "unconfirmed", "reasons": ("her post is not shown",)}
    )
    shown = selected(doubted(actors=(doubted().actors[0], unsure)))

    for name, render in FORMS.items():
        text = render(shown)
        told = "(unconfirmed)" if name == "short" else "unconfirmed: her post is not"
        assert told in text, name


def test_an_item_without_a_reason_says_at_least_that() -> None:
    item = position("Kenya", "assert", "the road is open", verdict="unconfirmed")

    assert verdicts.doubt(item) == "unconfirmed: the text does not show it"


def test_reasons_cannot_act_on_a_terminal() -> None:
    item = position(
        "Kenya", "assert", "x", verdict="unconfirmed", reasons=("a\x1b[31mb\u202e",)
    )

    assert "\x1b" not in terminal.render(briefing(item))
    assert "\u202e" not in html.render(briefing(item))


def test_json_holds_verdicts_reasons_and_finders() -> None:
    text = json.render(doubted())

    assert '"verdict": "unconfirmed"' in text
    assert '"found_by": "both"' in text


def test_a_briefing_of_nothing_but_supported_items_speaks_of_no_doubt() -> None:
    whole = briefing(position("Kenya", "assert", "the road is open"))

    for render in FORMS.values():
        assert "unconfirmed" not in render(selected(whole)).lower()


@ALL_FORMS
def test_how_much_is_left_out_is_said_in_a_line(render: Render) -> None:
    text = render(confirmed(doubted()))

    assert "upported items only: 3 unconfirmed items left out" in text


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "none is left out"),
        ({"unconfirmed": 1}, "1 unconfirmed item left out"),
        (
            {"unconfirmed": 1, "questions": 1},
            "1 unconfirmed item left out, with a question about it",
        ),
        (
            {"unconfirmed": 2, "questions": 3, "under_bottom_line": ("d1",)},
            "2 unconfirmed items left out, with 3 questions about them; the bottom line rested on d1 and is composed anew",
        ),
    ],
)
def test_the_line_says_what_else_is_left_out(more: dict[str, Any], line: str) -> None:
    out = LeftOut(**{"unconfirmed": 0, **more})

    assert verdicts.left_out_line(out) == f"Supported items only: {line}."


@ALL_FORMS
def test_what_is_not_shown_is_counted_under_its_section(render: Render) -> None:
    text = render(top(selected(doubted()), 1))

    assert text.count("and 1 more (1 unconfirmed)") == 2
    assert "At least 43 people" in text


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_many_positions_stand_under_their_parties(form: str) -> None:
    said = [
        position(
            name, "assert", f"statement {n}", id=f"p{n}", evidence=evidence(name, n)
        )
        for n, name in enumerate(["Kenya", "Kenya <b>"] * 7)
    ]

    text = FORMS[form](top(selected(briefing(*said)), 4))

    assert "Kenya, 2 of 7" in text
    assert "and 10 more" in text


def test_subtitles_of_articles_are_disarmed() -> None:
    said = [
        position("*Kenya*", "assert", f"statement {n}", id=f"p{n}") for n in range(13)
    ]

    text = markdown.render(top(selected(briefing(*said)), 4))

    assert "### \\*Kenya\\*, 4 of 13" in text


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"text": "30 aircraft", "value": 30, "unit": "aircraft"}, "30 aircraft"),
        ({"text": "1,200 jobs", "value": 1200}, "1,200 jobs"),
        ({"text": "6.5 %", "value": 6.5, "unit": "%"}, "6.5 %"),
        ({"text": "a third", "value": None}, "a third"),
        (
            {"text": "£119m", "value": 119_000_000, "unit": "£"},
            "£119m [= 119,000,000]",
        ),
        (
            {"text": "nearly a dozen ships", "value": 12, "comparator": "~"},
            "nearly a dozen ships [≈ 12]",
        ),
        (
            {"text": "more than 6", "value": 6, "unit": "per cent", "comparator": ">"},
            "more than 6 [> 6 per cent]",
        ),
        ({"text": "130 aircraft", "value": 30}, "130 aircraft [= 30]"),
    ],
)
def test_a_figure_says_what_it_means_where_its_words_do_not(
    figure: dict[str, Any], words: str
) -> None:
    item = Development(
        id="d1", what="x", evidence=evidence("x"), figures=(Quantity(**figure),)
    )

    assert developments.figures(item) == words


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("quotes", [True, False])
def test_no_line_of_marks_is_wider_than_the_terminal(
    width: int, *, quotes: bool
) -> None:
    for shown in (selected(doubted()), top(confirmed(doubted()), 1)):
        text = terminal.render(shown, width=width, quotes=quotes)

        assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("words", ATTACKS)
def test_words_of_what_happened_and_of_reasons_become_no_markup(words: str) -> None:
    event = (
        doubted()
        .developments[0]
        .model_copy(
            update={
                "id": words,
                "what": words,
                "who": (Party(id="a1", name=words),),
                "place": words,
                "figures": (Quantity(text=words, value=1, unit=words),),
                "reasons": (words,),
            }
        )
    )
    clean = {tag for tag, _ in Page(html.render(doubted())).tags}

    page = Page(html.render(doubted(developments=(event,), rests_on=(words,))))

    assert {tag for tag, _ in page.tags} <= clean | {"bdi"}
    assert len(page.all("script")) == 1
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)


@pytest.mark.parametrize(
    ("unconfirmed", "number", "named"),
    [
        (("p1",), "1 of them is", "p1"),
        (tuple("abcdefghijkl"), "12 of them are", "a, b, c, d, e, f, g, h, i, j, …"),
    ],
)
def test_verify_names_what_holds_and_is_unconfirmed(
    unconfirmed: tuple[str, ...], number: str, named: str
) -> None:
    report = Report(checked=20, findings=(), unconfirmed=unconfirmed)

    held, line = findings.as_text(report).splitlines()

    assert held == "20 of 20 checked items hold."
    assert line == (
        f"{number} unconfirmed: nothing speaks against what is said, and the source "
        f"does not plainly show it ({named})."
    )
