"""German sentences, read by its lists alone. All are invented."""

import pytest
from listed import found
from tongues import PUBLISHED

from summarizer.reading.listed import days, numbers
from summarizer.text import lexicon

LISTS = lexicon.load("de")


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("„Wir haben keine Beweise“, sagte Anna Reuter.",
         ["Anna Reuter: assert: Wir haben keine Beweise"]),
        ("Anna Reuter sagte, dass es keine Gefahr gebe.",
         ["Anna Reuter: assert: es keine Gefahr gebe"]),
        ("Laut Polizei ist die Brücke seit Montag gesperrt.",
         ["Polizei: assert: ist die Brücke seit Montag gesperrt"]),
        ("Die Energieministerin Anna Reuter bestritt, dass das Werk stillsteht.",
         ["Anna Reuter: deny: das Werk stillsteht"]),
        ("Orvanien warnte, dass die Schleusen geöffnet würden.",
         ["Orvanien: warn: die Schleusen geöffnet würden"]),
        ("Die Staumauer halte, versicherte am Dienstag der Landrat.",
         ["Landrat: assert: Die Staumauer halte"]),
        ("Ein Sprecher der Regierung versprach, dass die Hilfe ankommt.",
         ["Sprecher der Regierung: commit: die Hilfe ankommt"]),
        ("Nach dem Treffen sagte Kern, dass die Brücke sicher ist.",
         ["Kern: assert: die Brücke sicher ist"]),
        ("Der Hafenchef Jan Kern forderte Orvanien auf, die Matrosen freizulassen.",
         ["Jan Kern -> Orvanien: demand: die Matrosen freizulassen"]),
        ("Tarsk verlangte von Belmora den Abzug der Panzer.",
         ["Tarsk -> Belmora: demand: den Abzug der Panzer"]),
        ("Anna Reuter rief die Regierung auf, die Truppen abzuziehen.",
         ["Anna Reuter -> Regierung: call: die Truppen abzuziehen"]),
        ("Die Gewerkschaft appellierte an die Regierung, die Löhne zu zahlen.",
         ["Gewerkschaft -> Regierung: call: die Löhne zu zahlen"]),
        ("Der Landrat bat die Bundeswehr um zwei Boote.",
         ["Landrat -> Bundeswehr: request: zwei Boote"]),
        ("Mindestens zwölf Menschen wurden in der Stadt getötet.",
         ["killed: Mindestens zwölf: >= 12"]),
        ("Bei der Explosion wurden einundzwanzig Arbeiter verletzt.",
         ["injured: einundzwanzig: = 21"]),
        ("Mehr als 1.200 Einwohner wurden am Dienstag evakuiert.",
         ["evacuated: Mehr als 1.200: > 1200"]),
        ("Dutzende Fischer werden vermisst.",
         ["missing: Dutzende: >= 24"]),
        ("„Der Damm wird brechen“, warnte der Ingenieur Mark Aubin.",
         ["Mark Aubin: warn: Der Damm wird brechen"]),
        ("Nach Angaben der Stadtverwaltung bleiben drei Schulen geschlossen.",
         ["Stadtverwaltung: assert: bleiben drei Schulen geschlossen"]),
        ("Die Gewerkschaft wies den Vorwurf zurück, dass sie den Hafen blockiert.",
         ["Gewerkschaft: deny: sie den Hafen blockiert"]),
        ("Amnesty forderte die Regierung auf, einen Korridor zu öffnen.",
         ["Amnesty -> Regierung: demand: einen Korridor zu öffnen"]),
        ("Der Bürgermeister verlangte vom Werk einen Stopp der Abwässer.",
         ["Bürgermeister -> Werk: demand: einen Stopp der Abwässer"]),
        ("Zweihundertzehn Flüchtlinge wurden registriert, zweiundsiebzig Menschen verletzt.",
         ["displaced: Zweihundertzehn: = 210", "injured: zweiundsiebzig: = 72"]),
        ("Drei Soldaten und zwei Zivilisten kamen ums Leben.",
         ["killed: Drei: = 3", "killed: zwei: = 2"]),
    ],
)  # fmt: skip
def test_what_a_sentence_holds_is_read(sentence: str, items: list[str]) -> None:
    assert found("de", sentence) == items


@pytest.mark.parametrize(
    "sentence",
    [
        "Niemand sagte, dass die Brücke sicher ist.",
        "Der Angriff könnte 12 Menschen töten.",
        "Kein Soldat wurde getötet.",
        "Die Landrätin wollte sich nicht äußern.",
        "Tarsk und Belmora unterzeichneten ein Abkommen in Orvane.",
        "Die Regierung forderte nichts von dem Werk.",
        "Wenn 30 Menschen sterben, tritt er zurück.",
        "Rund 300 Häuser wurden zerstört.",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_item_is_none(sentence: str) -> None:
    assert found("de", sentence) == []


ACCUSED = [
    "Er wird beschuldigt, 30 Menschen getötet zu haben.",
    "Die Staatsanwaltschaft wirft ihm vor, bei dem Angriff 30 Menschen getötet zu haben.",
    "Ihm wird vorgeworfen, dass er 30 Menschen getötet habe.",
    "Er steht im Verdacht, 12 Menschen entführt zu haben.",
]
TOLD_AS_DONE = [
    "Er wurde verurteilt, weil er 30 Menschen getötet hat.",
    "Er gab zu, 30 Menschen getötet zu haben.",
    "Der Angeklagte tötete 30 Menschen.",
    "Der Mann wird beschuldigt, und 30 Menschen wurden getötet.",
]


@pytest.mark.parametrize("sentence", ACCUSED)
def test_what_somebody_is_accused_of_is_no_toll(sentence: str) -> None:
    assert found("de", sentence) == []


@pytest.mark.parametrize("sentence", TOLD_AS_DONE)
def test_what_a_court_found_or_the_article_tells_is_a_toll(sentence: str) -> None:
    assert found("de", sentence) == ["killed: 30: = 30"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("einundzwanzig", 21),
        ("zweihundertfünfunddreißig", 235),
        ("1.200", 1200),
        ("drei Millionen", 3000000),
        ("zwei Dutzend", 24),
        ("elf", 11),
    ],
)
def test_numbers_mean_what_they_say(words: str, value: int) -> None:
    count = numbers.read(words, LISTS)

    assert count is not None
    assert count.value == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("am 3. Mai 2024", "2024-05-03"),
        ("gestern", "2025-07-22"),
        ("am Montag", "2025-07-21"),
        ("vor drei Tagen", "2025-07-20"),
        ("im vergangenen Jahr", "2024"),
        ("übermorgen", "2025-07-25"),
    ],
)
def test_days_are_counted_from_the_day_of_publication(words: str, day: str) -> None:
    told = days.find(words, PUBLISHED, LISTS)

    assert [d.when.value for d in told] == [day]
