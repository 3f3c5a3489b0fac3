"""Whose number a word of harm is, by lists alone. All sentences are invented."""

import pytest
from listed import found


@pytest.mark.parametrize(
    ("language", "sentence", "tolls"),
    [
        ("fr", "Douze soldats ont tué 30 personnes.", ["killed: 30: = 30"]),
        ("fr", "Un soldat a été condamné pour avoir tué 30 personnes.", ["killed: 30: = 30"]),
        ("es", "Doce soldados mataron a 30 personas.", ["killed: 30: = 30"]),
        ("es", "Dos agentes detuvieron a cinco hombres.", ["detained: cinco: = 5"]),
        ("uk", "Двох солдатів засудили за вбивство 30 людей.", ["killed: 30: = 30"]),
        ("de", "Zwölf Soldaten gaben zu, 30 Menschen getötet zu haben.", ["killed: 30: = 30"]),
    ],
)  # fmt: skip
def test_a_number_before_a_verb_that_leads_to_another_counts_who_did_it(
    language: str, sentence: str, tolls: list[str]
) -> None:
    assert found(language, sentence) == tolls


@pytest.mark.parametrize(
    ("language", "sentence", "tolls"),
    [
        ("fr", "Douze soldats ont été tués et 30 civils portés disparus.",
         ["killed: Douze: = 12", "missing: 30: = 30"]),
        ("fr", "Douze personnes sont mortes, 30 personnes sont blessées.",
         ["killed: Douze: = 12", "injured: 30: = 30"]),
        ("es", "Doce personas murieron y 30 resultaron heridas.",
         ["killed: Doce: = 12"]),
        ("es", "Murieron 12 personas; hay 30 heridos.",
         ["killed: 12: = 12", "injured: 30: = 30"]),
        ("es", "Hubo 12 muertos incluidos 3 niños.",
         ["killed: 12: = 12", "killed: 3: = 3"]),
        ("ar", "سقط 12 قتيلا بينهم 3 أطفال.",
         ["killed: 12: = 12", "killed: 3: = 3"]),
        ("ar", "أصيب 12 شخصا 3 منهم أطفال.", ["injured: 12: = 12"]),
        ("de", "Zwölf Menschen starben 30 Minuten nach dem Einsturz.",
         ["killed: Zwölf: = 12"]),
    ],
)  # fmt: skip
def test_a_number_before_a_verb_that_leads_to_none_counts_those_harmed(
    language: str, sentence: str, tolls: list[str]
) -> None:
    assert sorted(found(language, sentence)) == sorted(tolls)
