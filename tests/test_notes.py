"""Who speaks in a document: whoever wrote it, nobody who only gets it. All is invented."""

import pytest
from briefed import items_of

SAID = "The bank of Selm will close nine branches"


@pytest.mark.parametrize(
    "source",
    [
        "a note to the staff",
        "a letter to the union",
        "a letter sent to the union on Monday",
        "a report to the council",
        "documents seen by the Selm Herald",
        "a memo to all teachers",
        "a letter to the governor obtained by the Selm Herald",
        "an e-mail to the mayor",
        "a report on the army",
        "notes about the regulator",
    ],
)
def test_who_gets_a_document_is_not_its_speaker(source: str) -> None:
    assert items_of(f"{SAID}, according to {source}.").positions == ()
    assert items_of(f"According to {source}, nine branches close.").positions == ()


@pytest.mark.parametrize(
    ("source", "author"),
    [
        ("a report by the council", "the council"),
        ("a letter from the mayor to the governor", "the mayor"),
        ("a letter to the governor by the mayor", "the mayor"),
        ("a note to the staff from the regulator", "the regulator"),
        ("the council’s report to the mayor", "the council"),
        ("an e-mail that the mayor sent to the governor", "the mayor"),
        ("officials in a letter to the council", "officials"),
        ("Ana Ruiz, author of a report to the council", "Ana Ruiz"),
        ("a count kept by the council", "the council"),
        ("the navy", "the navy"),
    ],
)
def test_who_wrote_a_document_is_its_speaker(source: str, author: str) -> None:
    (said,) = items_of(f"{SAID}, according to {source}.").positions

    assert said.holder.name == author


@pytest.mark.parametrize(
    "beside",
    ["as a former auditor, Nils Ferro, alleges", "as an aide, Ana Ruiz, claimed"],
)
def test_who_is_named_beside_a_statement_does_not_cut_it(beside: str) -> None:
    said = f"denies that he diverted money, {beside}"

    found = items_of(f"Marius Keld has resigned. Keld {said}.").positions

    assert [(p.holder.name, p.gist) for p in found] == [("Marius Keld", said)]


def test_a_speaker_behind_a_clause_with_as_still_speaks() -> None:
    (said,) = items_of(
        "Prices doubled, as the war had begun, the mayor said."
    ).positions

    assert said.holder.name == "the mayor"
