"""The dateline that opens an article is no part of its first sentence."""

import pytest

from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sources import dateline, make_article

TOLD = "A ferry sank on Monday, the coast guard said."


@pytest.mark.parametrize(
    "opening",
    [
        "PORT AMSEL, March 5 (Pelago Wire) — ",
        "HALVIK (MNA) — ",
        "GENEVA, 3 March (Agency) - ",
        "GOMA, 3 March 2025 (Agency) -- ",
        "VAROS — ",
        "ST. BRANNOC, Maravel, March 2 — ",
        "Port Selm (Wire) – ",
        "NEW LUND/OLD LUND, Sept. 12 (Wire) — ",
        "Varos, Monday, March 2 (Wire) — ",
        "SELM (Post) - ",
    ],
)
def test_a_dateline_is_measured(opening: str) -> None:
    assert dateline.opening(opening + TOLD) == len(opening)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Ruiz — a doctor from Selm — said the ferry sank.",
        "Ana Ruiz - The Mayor of Selm - said the ferry sank.",
        "NATO — which met on Monday — said the ferry sank.",
        "The ferry — An Old Ship — sank off Selm on March 5.",
        "On March 5 (a Thursday) — Selm was quiet — the ferry sank.",
        "Selm (population 30,000) lost its ferry on Monday.",
        "A-10 jets flew over Selm.",
    ],
)
def test_what_only_looks_like_one_is_none(sentence: str) -> None:
    assert dateline.opening(sentence) == 0


def test_the_first_sentence_is_quoted_without_its_dateline() -> None:
    made = brief([make_article(f"VAROS, March 2 (Wire) — {TOLD}")], None, plan=Plan())

    assert made.bottom_line == TOLD
    assert {one.evidence[0].exact for one in made.developments} <= {TOLD}


def test_the_day_is_still_read_from_it() -> None:
    article = make_article(f"VAROS, March 2, 2026 (Wire) — {TOLD}")

    assert str(article.metadata.published) == "2026-03-02"
    assert article.words(0) == TOLD
