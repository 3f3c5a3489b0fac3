"""French sentences, read by its lists alone. All are invented."""

import pytest
from listed import found
from tongues import PUBLISHED

from summarizer.reading.listed import days, numbers
from summarizer.text import lexicon

LISTS = lexicon.load("fr")


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("« Nous n'avons aucune preuve », a déclaré Jeanne Morel.",
         ["Jeanne Morel: assert: Nous n'avons aucune preuve"]),
        ("Jeanne Morel a affirmé qu'il n'y avait aucun danger.",
         ["Jeanne Morel: assert: il n'y avait aucun danger"]),
        ("Selon l'armée, le pont est fermé depuis lundi.",
         ["armée: assert: le pont est fermé depuis lundi"]),
        ("La ministre de l'Énergie, Jeanne Morel, a démenti que la centrale soit à l'arrêt.",
         ["Jeanne Morel: deny: la centrale soit à l'arrêt"]),
        ("L'Orvanie a averti que les vannes seraient ouvertes.",
         ["Orvanie: warn: les vannes seraient ouvertes"]),
        ("Le barrage tient bon, a assuré mardi le préfet.",
         ["préfet: assert: Le barrage tient bon"]),
        ("Le porte-parole du gouvernement a promis que l'aide arriverait avant jeudi.",
         ["porte-parole du gouvernement: commit: l'aide arriverait avant jeudi"]),
        ("Le chef du port a demandé à l'Orvanie de libérer les marins.",
         ["chef du port -> Orvanie: request: libérer les marins"]),
        ("Tarsk a exigé de Belmora le retrait des chars.",
         ["Tarsk -> Belmora: demand: le retrait des chars"]),
        ("L'Orvanie exhorte Belmora à ouvrir le corridor.",
         ["Orvanie -> Belmora: call: ouvrir le corridor"]),
        ("Jeanne Morel a appelé le gouvernement à retirer ses troupes.",
         ["Jeanne Morel -> gouvernement: call: retirer ses troupes"]),
        ("Au moins douze personnes ont été tuées dans la ville.",
         ["killed: Au moins douze: >= 12"]),
        ("L'explosion a fait quatre-vingt-dix-sept blessés.",
         ["injured: quatre-vingt-dix-sept: = 97"]),
        ("Plus de 1 200 habitants ont été évacués mardi.",
         ["evacuated: Plus de 1 200: > 1200"]),
        ("Une vingtaine de pêcheurs sont portés disparus.",
         ["missing: Une vingtaine: ~ 20"]),
        ("« La digue cédera », a prévenu l'ingénieur Marc Aubin.",
         ["Marc Aubin: warn: La digue cédera"]),
        ("D'après la mairie, trois écoles resteront fermées demain.",
         ["mairie: assert: trois écoles resteront fermées demain"]),
        ("L'ONG Rive a demandé au gouvernement d'ouvrir un corridor.",
         ["ONG Rive -> gouvernement: request: ouvrir un corridor"]),
        ("Le maire somme l'usine de cesser ses rejets.",
         ["maire -> usine: demand: cesser ses rejets"]),
        ("Deux cent dix réfugiés ont été enregistrés.",
         ["displaced: Deux cent dix: = 210"]),
        ("Trois soldats et deux civils ont péri.",
         ["killed: Trois: = 3", "killed: deux: = 2"]),
    ],
)  # fmt: skip
def test_what_a_sentence_holds_is_read(sentence: str, items: list[str]) -> None:
    assert found("fr", sentence) == items


@pytest.mark.parametrize(
    "sentence",
    [
        "Personne n'a dit que le pont était sûr.",
        "Paul Vidal n'a pas dit que le pont était sûr.",
        "Tarsk n'a pas demandé à Belmora de libérer les marins.",
        "L'attaque pourrait tuer 12 personnes.",
        "Aucun soldat n'a été tué.",
        "Interrogée par la presse, la préfète n'a pas souhaité commenter.",
        "Tarsk et Belmora ont signé un accord à Orvane.",
        "Le gouvernement n'exige rien de l'usine.",
        "Si 30 personnes mouraient, il démissionnerait.",
        "Près de 300 maisons ont été détruites.",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_item_is_none(sentence: str) -> None:
    assert found("fr", sentence) == []


ACCUSED = [
    "Il est accusé d'avoir tué 30 personnes.",
    "Il est accusé d’avoir tué 30 personnes.",
    "Le parquet accuse le général d'avoir tué 30 personnes.",
    "Il est soupçonné d'avoir enlevé 12 personnes.",
    "Il est poursuivi pour avoir tué 30 personnes.",
]
TOLD_AS_DONE = [
    "Il a été condamné pour avoir tué 30 personnes.",
    "Il a été condamné à la prison à vie pour avoir tué 30 personnes.",
    "L'accusé a tué 30 personnes.",
    "Après avoir tué 30 personnes, il a fui.",
    "Une bombe a tué 30 personnes, et il est accusé de vol.",
]


@pytest.mark.parametrize("sentence", ACCUSED)
def test_what_somebody_is_accused_of_is_no_toll(sentence: str) -> None:
    assert found("fr", sentence) == []


@pytest.mark.parametrize("sentence", TOLD_AS_DONE)
def test_what_a_court_found_or_the_article_tells_is_a_toll(sentence: str) -> None:
    assert found("fr", sentence) == ["killed: 30: = 30"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("quatre-vingt-dix-sept", 97),
        ("soixante et onze", 71),
        ("deux cent dix", 210),
        ("1 200", 1200),
        ("trois mille", 3000),
        ("2,5 millions", 2500000),
        ("une douzaine", 12),
        ("un pont", 1),
    ],
)
def test_numbers_mean_what_they_say(words: str, value: int) -> None:
    count = numbers.read(words, LISTS)

    assert count is not None
    assert count.value == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("le 3 mai 2024", "2024-05-03"),
        ("hier", "2025-07-22"),
        ("lundi dernier", "2025-07-21"),
        ("il y a trois jours", "2025-07-20"),
        ("la semaine prochaine", "2025-W31"),
        ("le 1er août", "2025-08-01"),
    ],
)
def test_days_are_counted_from_the_day_of_publication(words: str, day: str) -> None:
    told = days.find(words, PUBLISHED, LISTS)

    assert [d.when.value for d in told] == [day]
