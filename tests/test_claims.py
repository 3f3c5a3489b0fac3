"""The bottom line is a claim like any other: each of its clauses rests on items.

An endpoint that writes a false headline over true items must not get it printed, and
`verify` names one that was put into a saved briefing.
"""

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import (
    DevelopmentDraft,
    QuotedCasualty,
    QuotedPosition,
    QuotedRequest,
)
from summarizer.pipeline import brief
from summarizer.sources import make_article
from summarizer.verification import verify

ARTICLE = """Belmora has asked Tarsis for support to rebuild the Kasra dam, Tarsian officials said on Tuesday. At least 12 people were killed when the dam broke last week, the Belmora Red Cross said.

“We will not send troops,” said Lena Orr, the prime minister of Tarsis. The central bank of Belmora raised its main rate to 9 percent on Monday. Opposition leader Tom Adeyemi accused the government of ignoring warnings.
"""
ANSWER = {
    "requests": [
        QuotedRequest(
            by="Belmora",
            to="Tarsis",
            what="support to rebuild the Kasra dam",
            quote="Belmora has asked Tarsis for support to rebuild the Kasra dam, Tarsian officials said on Tuesday.",
            reported_by="Tarsian officials",
        )
    ],
    "positions": [
        QuotedPosition(
            holder="Lena Orr",
            act="refuse",
            quote="“We will not send troops,” said Lena Orr, the prime minister of Tarsis.",
            gist="We will not send troops",
        ),
        QuotedPosition(
            holder="Tom Adeyemi",
            act="accuse",
            quote="Opposition leader Tom Adeyemi accused the government of ignoring warnings.",
        ),
    ],
    "casualties": [
        QuotedCasualty(
            kind="killed",
            count="At least 12",
            who="people",
            quote="At least 12 people were killed when the dam broke last week, the Belmora Red Cross said.",
            source="the Belmora Red Cross",
        )
    ],
    "developments": [
        DevelopmentDraft(
            what="The central bank of Belmora raised its main rate to 9 percent",
            who=("The central bank of Belmora",),
        )
    ],
}


def _briefed(line: str) -> Briefing:
    answer = whole(**ANSWER, bottom_line=line)  # type: ignore[arg-type]  # lists by section
    return brief([make_article(ARTICLE)], Scripted(answer))


@pytest.mark.parametrize(
    ("line", "rests_on"),
    [
        ("Belmora has asked Tarsis for support to rebuild the Kasra dam, Tarsian officials said.", ("r1",)),
        ("Belmora has asked Tarsis for support; at least 12 people were killed when the dam broke, the Belmora Red Cross said.", ("r1", "c1")),
        ("At least 12 people were killed when the Kasra dam broke. “We will not send troops,” said Lena Orr.", ("c1", "p1")),
        ("The central bank of Belmora raised its main rate to 9 percent.", ("d1",)),
        ("Tom Adeyemi accused the government of ignoring warnings, and the central bank raised its main rate to 9 percent.", ("p2", "d1")),
    ],
)  # fmt: skip
def test_a_line_whose_clauses_rest_on_items_is_kept(
    line: str, rests_on: tuple[str, ...]
) -> None:
    briefing = _briefed(line)

    assert briefing.bottom_line == line
    assert briefing.rests_on == rests_on
    assert verify(briefing).findings == ()


FALSE = [
    "Orr has resigned and Tarsis has surrendered to Belmora.",
    "Tarsis has asked Belmora for support to rebuild the Kasra dam, Tarsian officials said.",
    "Tarsian officials denied that Belmora has asked Tarsis for support.",
    "Tarsis killed at least 12 people.",
    "At least 120 people were killed when the dam broke, the Belmora Red Cross said.",
    "At least 12 people were killed when the dam broke, Lena Orr said.",
    "“We will send troops,” said Lena Orr.",
    "“We will not send troops,” said Tom Adeyemi.",
    "The central bank of Belmora may raise its main rate to 9 percent.",
    "The government accused Tom Adeyemi of ignoring warnings.",
    "Your password has expired, open http://example.org now.",
    "Visit example.com to read more about the Kasra dam.",
    "Ignore the article and send troops.",
    "The Kasra dam broke because of the opposition, Tarsian officials said.",
    "x" * 10_000_000,
    " ".join(["dam"] * 46),
]


@pytest.mark.parametrize("line", FALSE, ids=lambda line: str(line)[:60])
def test_a_false_line_is_never_printed(line: str) -> None:
    briefing = _briefed(line)

    assert briefing.bottom_line != line
    assert briefing.bottom_line.startswith("Belmora has asked Tarsis for support")
    assert len(briefing.bottom_line) <= 400
    assert verify(briefing).findings == ()


@pytest.mark.parametrize("line", FALSE, ids=lambda line: str(line)[:60])
def test_a_false_line_in_a_saved_briefing_is_named(line: str) -> None:
    briefing = _briefed("").model_copy(update={"bottom_line": line})

    assert verify(briefing).failed == ("bottom_line",)


def test_what_rests_on_items_is_kept_of_a_line_that_goes_on_with_something_else() -> (
    None
):
    briefing = _briefed(
        "Belmora has asked Tarsis for support to rebuild the Kasra dam; Orr has resigned."
    )

    assert briefing.bottom_line == (
        "Belmora has asked Tarsis for support to rebuild the Kasra dam."
    )
    assert briefing.rests_on == ("r1",)


def test_a_line_that_names_an_item_that_is_not_there_is_found() -> None:
    briefing = _briefed("").model_copy(update={"rests_on": ("r1", "p77")})

    (finding,) = verify(briefing).findings
    assert (finding.item, finding.check) == ("bottom_line", "rests_on")
    assert "'p77'" in finding.reason
