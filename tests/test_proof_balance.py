"""Both sides of the proof, on a large model's drafts of invented articles.

Truths that are kept and lies that are refused, each with a floor: a proof that refuses
everything fails here as surely as one that believes everything.
"""

from pathlib import Path

import pytest

from schemas.draft import QuotedPosition, QuotedRequest, WholeAnswer
from summarizer.evaluation import proof
from summarizer.evaluation.proof import Balance

DRAFTS = Path(__file__).parents[1] / "seeds" / "drafts"


@pytest.fixture(scope="module")
def balance() -> Balance:
    return proof.weigh(proof.load(DRAFTS))


@pytest.mark.parametrize(
    ("section", "drafts", "floor"),
    [("requests", 41, 0.98), ("positions", 155, 0.97), ("casualties", 34, 0.96)],
)
def test_true_drafts_become_items_of_the_same_party(
    balance: Balance, section: str, drafts: int, floor: float
) -> None:
    truths = balance.truths[section]

    assert truths.drafts == drafts
    assert truths.shown >= floor * truths.drafts, "\n".join(balance.lines)


@pytest.mark.parametrize(
    ("section", "floor"),
    [("requests", 0.8), ("positions", 0.75), ("casualties", 0.6)],
)
def test_code_alone_supports_most_true_drafts(
    balance: Balance, section: str, floor: float
) -> None:
    truths = balance.truths[section]

    assert truths.supported >= floor * truths.drafts


@pytest.mark.parametrize("section", proof.SECTIONS)
def test_no_draft_is_lost_or_given_to_another_party(
    balance: Balance, section: str
) -> None:
    for side in (balance.truths, balance.lies):
        assert side[section].lost == 0, "\n".join(balance.lines)
        assert side[section].other_party == 0, "\n".join(balance.lines)


@pytest.mark.parametrize(
    ("section", "lies", "shown", "supported"),
    [
        ("requests", 18, 0.2, 0.0),
        ("positions", 190, 0.26, 0.01),
        ("casualties", 21, 0, 0),
    ],
)
def test_lies_made_of_true_drafts_are_refused(
    balance: Balance, section: str, lies: int, shown: float, supported: float
) -> None:
    told = balance.lies[section]

    assert told.drafts >= lies
    assert told.shown <= shown * told.drafts, "\n".join(balance.lines)
    assert told.supported <= supported * told.drafts, "\n".join(balance.lines)


def test_a_lie_is_made_of_each_kind() -> None:
    answer = WholeAnswer(
        requests=(
            QuotedRequest(by="Chad", to="Mali", what="leave", quote="Chad asked Mali"),
        ),
        positions=(
            QuotedPosition(holder="Ana Ruiz", act="deny", quote="we did not do it"),
            QuotedPosition(holder="Tom Adeyemi", act="assert", quote="we saw it"),
        ),
        casualties=(),
        roles=(),
        open_questions=(),
        bottom_line="",
    )

    told = list(proof.lies(answer, "One two three four five six seven eight nine.", ""))

    assert [
        (s, getattr(d, "holder", None) or getattr(d, "by", ""), d.quote)
        for s, d in told
    ] == [
        ("positions", "Tom Adeyemi", "we did not do it"),
        ("positions", "Ana Ruiz", "we did do it"),
        ("positions", "Ana Ruiz", "we saw it"),
        ("requests", "Mali", "Chad asked Mali"),
        ("positions", "Ana Ruiz", "One two three four five six seven eight nine."),
    ]
