"""Who is harmed, read from the form of a sentence without a model. All are invented."""

import pytest
from briefed import items_of

from summarizer.reading.english.tolls import counting


def _rows(text: str) -> list[tuple[str, str | None, int | None]]:
    return [(c.kind, c.who_text, c.low) for c in items_of(text).casualties]


@pytest.mark.parametrize(
    "text",
    [
        "The late Mayor Ana Ruiz died at 100.",
        "In Season 2, Rao is executed.",
        "A critic of President Rao was killed.",
        "The ex-wife of Mayor Dan Poe was killed.",
        "Protesters against President Rao were arrested.",
        "The lawyer representing Imre Selim was detained.",
        "A lawyer for the two men was arrested.",
        "Nobody among the 12 died.",
        "No civilian was killed in the strike.",
        "No soldiers were wounded.",
        "The death of General Rao has been denied.",
        "Reports that a general was killed are false.",
        "Claims that 15 soldiers had been captured were untrue.",
        "It is not true that a teacher was arrested.",
        "Had the bomb gone off, 200 people could have been killed.",
        "Up to 300 people might have been killed.",
        "Twelve people nearly died.",
        "Two men escaped being killed.",
        "Officials expect the toll to rise to 20.",
        "Imagine that 12 people were killed.",
        "The dam prevented 500 deaths.",
        "Some 100 deaths were avoided.",
        "Rebels captured Port Selm and Al Kasra.",
        "The tariffs hurt Orr Motors and farmers in Lendt.",
        "The channel killed Stranger Nights.",
        "Troops captured a militant hideout.",
        "The scandal killed several senators' careers.",
        "Cameras captured a man stealing a bicycle.",
        "The portrait captures a woman.",
        "The team fled 12 points behind.",
        "The flu killed 12 million hens.",
        "Hunters killed 300 geese.",
        "The firm killed 12 contracts.",
        "Players from 12 countries were injured.",
        "The police chief ordered the arrest of a journalist.",
        "A reward was offered for the capture of a rebel leader.",
        "Anyone who kills a police officer faces death.",
        "What happens when a president dies?",
        "How many people were killed?",
        "The thriller opens when Inspector Anna Koch was murdered.",
        "Actor Bob Stone died peacefully at home, aged 91.",
        "Twelve abducted girls were rescued.",
        "Two missing hikers were found alive.",
        "Rebels released 12 captured soldiers.",
        "A plot to kidnap Governor Ana Ruiz was foiled.",
        "The committee killed the bill on Tuesday.",
        "The network killed Harbour Lights, the show of the year.",
        "Police apprehended no one.",
        "The ministry confirmed a leader was sought.",
    ],
)
def test_what_harms_nobody_now_yields_no_row(text: str) -> None:
    assert _rows(text) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Police arrested Mr Selim, 51.", [("detained", "Mr Selim", 1)]),
        ("Police arrested a 12-year-old boy.", [("detained", "12-year-old boy", 1)]),
        ("In 2020, 12 people were killed.", [("killed", "people", 12)]),
        ("On Saturday, a man and a woman were killed.",
         [("killed", "man", 1), ("killed", "woman", 1)]),
        ("In Tarsis, 100 people were killed by floods.", [("killed", "people", 100)]),
        ("Three of the ten hostages were killed.", [("killed", None, 3)]),
        ("Twelve of the 40 miners died.", [("killed", None, 12)]),
        ("Three Lendtians and three Astrians were killed.",
         [("killed", "Lendtians", 3), ("killed", "Astrians", 3)]),
        ("Ana Jones, Tom Davis and Al Harris were killed.",
         [("killed", "Ana Jones", 1), ("killed", "Tom Davis", 1), ("killed", "Al Harris", 1)]),
        ("The two men killed Judge Lima on Monday.", [("killed", "Judge Lima", 1)]),
        ("A father of three was killed by a car.", [("killed", "father", 1)]),
        ("Ten hostages were held by the rebels.", [("abducted", "hostages", 10)]),
        ("Two gunmen killed a teacher on Monday.", [("killed", "teacher", 1)]),
        ("Troops captured a rebel leader, a bomb maker and several of their associates.",
         [("detained", "rebel leader", 1), ("detained", "bomb maker", 1), ("detained", None, 3)]),
        ("The blast left 35 guerrillas and 5 soldiers dead, 6 civilians wounded.",
         [("killed", "guerrillas", 35), ("killed", "soldiers", 5), ("injured", "civilians", 6)]),
        ("The army confirmed the capture of a rebel leader.", [("detained", "rebel leader", 1)]),
        ("Her husband, Pavel Cuenca, was killed.", [("killed", "Pavel Cuenca", 1)]),
        ("A courier was arrested along with several of his associates.",
         [("detained", "courier", 1), ("detained", None, 3)]),
        ("Police arrested a kidnapper near Kasra.", [("detained", "kidnapper", 1)]),
        ("The flood killed a number of villagers.", [("killed", "villagers", 3)]),
        ("A shell hit the mill, killing 30 workers overnight.", [("killed", "workers", 30)]),
        ("Police apprehended the union leader Ana Celis on Friday.",
         [("detained", "union leader Ana Celis", 1)]),
        ("Gunmen abducted the mayor Olof Prins and his wife.",
         [("abducted", "mayor Olof Prins", 1), ("abducted", "wife", 1)]),
        ("The raid killed Imre Selim, the rebels' deputy commander.",
         [("killed", "Imre Selim", 1)]),
        ("Neighbours named the driver, who was arrested along with two of his friends.",
         [("detained", "driver", 1), ("detained", None, 2)]),
        ("The patrol detained the smuggler, a driver and one of his cousins.",
         [("detained", "smuggler", 1), ("detained", "driver", 1), ("detained", None, 1)]),
        ("The ministry confirmed a courier was captured near Jarra.",
         [("detained", "courier", 1)]),
    ],
)  # fmt: skip
def test_those_who_are_harmed_are_read_with_their_number(
    text: str, rows: list[tuple[str, str | None, int | None]]
) -> None:
    assert _rows(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Three boys were killed in Jarra. Three girls were killed in Kasra.",
        "The army killed four militants. Militants killed four soldiers.",
        "A bomb killed five people in Kasra. Another bomb killed five people in Orvane.",
        "Ten people were killed in 2019. Ten people were killed on Monday.",
        "Many people were killed in the war. On Monday, 30 people were killed at a market.",
        "Six people were killed in the crash. The toll from the war rose to 9,000.",
    ],
)
def test_different_people_with_one_number_stay_two_rows(text: str) -> None:
    assert len(_rows(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Four policemen and an officer died today. The five people were brought home.",
        "The raid killed multiple rebels. Troops killed at least five rebels and left.",
        "Police arrested five rebels in Kasra. After a search, five individuals were arrested.",
    ],
)
def test_people_told_again_are_not_counted_again(text: str) -> None:
    assert sum(low or 0 for _, _, low in _rows(text)) == 5


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Troops have killed two and detained more than 30 rebels since Dec. 20.", "cumulative"),
        ("Police held ten raids over the past month, arresting scores of smugglers.", "cumulative"),
        ("Since June, police have held raids, arresting 125 smugglers.", "cumulative"),
        ("More than 40 people have been killed on that road this year.", "cumulative"),
        ("Police arrested 30 smugglers on Monday.", "event"),
        ("A storm that has raged since Monday killed three people in Kasra on Tuesday.", "event"),
        ("In May last year a bus fell off the road and 12 people were killed.", "event"),
    ],
)  # fmt: skip
def test_a_count_over_time_is_no_count_of_one_event(text: str, scope: str) -> None:
    assert {c.scope for c in items_of(text).casualties} == {scope}


def test_a_toll_rises_in_its_own_place() -> None:
    made = items_of(
        "A blast killed 12 in Mosra. A blast killed 14 in Basna. The toll in Mosra rose "
        "to 13."
    )

    assert [(c.low, [f.low for f in c.supersedes]) for c in made.casualties] == [
        (13, [12]),
        (14, []),
    ]


def test_who_put_the_toll_is_who_counted() -> None:
    (row,) = items_of("The rebels put the toll at 40.").casualties

    assert row.source is not None
    assert row.source.name == "the rebels"


def test_a_long_list_in_one_sentence_is_read_in_time_that_grows_no_faster() -> None:
    text = "Police killed a man, " * 2_000 + "and left."

    assert len(items_of(text).casualties) <= 40


@pytest.mark.parametrize(
    ("who", "low", "high"),
    [
        ("the agency’s reporter, Ana Celis", 1, 1),
        ("his cameraman and producer", 2, 2),
        ("two soldiers and a nurse", 3, 3),
        ("Ana Ruiz and other villagers", 3, None),
        ("Ana Ruiz, the mayor, and her husband", None, None),
    ],
)
def test_people_whom_words_join_are_added_up(
    who: str, low: int | None, high: int | None
) -> None:
    count = counting.one_or_more(who, "", " were held")

    assert (count and count.low, count and count.high) == (low, high)


def test_one_person_of_two_descriptions_is_one() -> None:
    count = counting.one_or_more("a friend and colleague", "", " was held")

    assert count is not None
    assert count.value == 1
