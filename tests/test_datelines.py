"""Datelines: what stands before the dash is no part of the sentence. All is invented."""

import pytest
from briefed import items_of, name

from schemas.draft import PositionDraft
from summarizer.pipeline import brief
from summarizer.sources import dateline, make_article

DATELINES = [
    "PORT AMSEL, March 5 (Pelago Wire) — |A ferry capsized.",
    "HALVIK (MNA) — |The river rose.",
    "GENEVA, 3 March (Agency) - |The envoy spoke.",
    "(Agency) - |The bank closed.",
    "Kyra, Tarland (MNA) -- |The city was hit.",
    "KASRA, 2 Jan 2025 (Agency) |Troops entered the town.",
    "Dhalka, March 5 – |The river rose.",
    "PORT ELSIN, Varos — |After eleven hours of debate, it ended.",
    "SELM/VARN (MNA) _ |Two ministers met.",
    "SELM, March 4, 2025 /NewsLine/ -- |Northmill opened a mill.",
    "RÍO SELMO, 3 mar (EMI).- |El río subió.",
    "NEW ORREL, Feb. 3 (MNA) — |The bank — one of the largest — closed.",
    "SELM (MNA) — |“We are late,” she said.",
    "DORST, 5 March — |14 people died.",
]
SENTENCES = [
    "Money — that is what the union wants — is short.",
    "NATO — Russia’s old foe — said so.",
    "The Upland Front (UF) — the largest group — said so.",
    "Doctors Abroad (DA) – Medici Lontani – said so.",
    "On 3 January 2025 troops entered the town (Kasra) and left it.",
    "On March 5 — the day of the vote — he left.",
    "He asked for one thing - Water.",
    "Ada Wessel, 61 — The prime minister leads.",
    "The ferry sank — Nine people died.",
    "UNICEF (the children’s fund) — founded in 1946 — asked for help.",
    "In the end (as ever) - The army came.",
    "Monday, March 5 — The day the ferry sank — is a holiday.",
    "HALVIK (MNA) — ",
]


@pytest.mark.parametrize("words", DATELINES)
def test_a_sentence_begins_behind_its_dateline(words: str) -> None:
    opening, _, _ = words.partition("|")

    assert dateline.length(words.replace("|", "")) == len(opening)


@pytest.mark.parametrize("words", SENTENCES)
def test_an_aside_between_dashes_is_no_dateline(words: str) -> None:
    assert dateline.length(words) == 0


def test_nothing_of_a_dateline_is_in_an_item_or_in_the_bottom_line() -> None:
    article = make_article(
        "DORST, March 5 (Pelago Wire) — The crest of the flood passed the town of Dorst "
        "in the night to Thursday, and the dykes held, the provincial authorities said."
    )

    found = brief([article], None)

    assert [name(p.holder) for p in found.positions] == ["the provincial authorities"]
    assert found.positions[0].gist.startswith("The crest")
    assert found.bottom_line.startswith("The crest")


def test_a_draft_that_quotes_the_dateline_cites_the_sentence() -> None:
    words = "HALVIK (MNA) — The army refused on Wednesday to breach a dyke, Viktor Sohl said."
    draft = PositionDraft(quote=words, holder="Viktor Sohl", act="assert")

    found = items_of(words, [draft])

    assert [p.evidence[0].exact for p in found.positions] == [words[15:]]
