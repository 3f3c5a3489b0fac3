"""Who is who: which phrases name one party, and which name none. All texts invented."""

import pytest
from briefed import items_of, name

from summarizer.reading.english.names.parties import Directory
from summarizer.sources import make_article


def _actors(text: str) -> dict[str, tuple[str, ...]]:
    return {a.name: a.aliases for a in items_of(text).actors}


def _named(text: str) -> list[str]:
    directory = Directory(make_article(text))
    return [m.core.of(directory.article.text) for m in directory.all if not m.nested]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The State Refugee Processing Center said so.", "State Refugee Processing Center"),
        ("Varos Air Forces Central Command said so.", "Varos Air Forces Central Command"),
        ("The Tarsis Officers Training College said so.", "Tarsis Officers Training College"),
        ("Defence Minister Ana Ruiz said so.", "Ana Ruiz"),
        ("Police Chief Tom Orr said so.", "Tom Orr"),
        ("Tom Orr of the Center for a New Tarsis Security said so.", "Center for a New Tarsis Security"),
        ("The Institute for the Study of Rivers said so.", "Institute for the Study of Rivers"),
        ("The Council on Water and Land Rights said so.", "Council on Water and Land Rights"),
        ("Thousands of Tarsians left. Tom Orr said so.", "Tarsians"),
    ],
)  # fmt: skip
def test_a_long_name_of_a_body_is_no_office_and_person(text: str, name: str) -> None:
    assert name in _named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kim Sol-mi leads the union. Kim said it would strike. Kim Sol-Mi left.",
        "Park Jun Ho leads the union. Park said that Park Jun-ho would strike.",
        "Xi Daoming said it would rain. Xi said so twice.",
    ],
)
def test_a_family_name_that_stands_first_names_the_person(text: str) -> None:
    directory = Directory(make_article(text))
    found = {
        directory.known(m.core.of(text), m).key
        for m in directory.all
        if m.form == "name" and not m.nested
    }

    assert len(found) == 1


def test_two_people_of_one_family_name_stay_two() -> None:
    directory = Directory(
        make_article("Kim Sol-mi met Kim Dae-jun. Kim said it would rain.")
    )

    assert (
        len({directory.known(n).key for n in ("Kim Sol-mi", "Kim Dae-jun", "Kim")}) == 3
    )


def test_a_country_is_shown_by_its_name_and_not_as_its_regime() -> None:
    text = "Ana Ruiz accused the North Korean regime. North Korea expelled reporters."

    assert Directory(make_article(text)).known("North Korea").name == "North Korea"


@pytest.mark.parametrize("name", ["Korean War", "Hadley Corporation", "Orvane Cup"])
def test_wars_bodies_and_cups_are_no_people(name: str) -> None:
    text = f"Ana Ruiz spoke after the {name}. She left."

    assert Directory(make_article(text)).known(name).kind != "person"


def test_a_description_that_fits_two_bodies_is_neither() -> None:
    text = (
        "The Varos government pays. The new government fell. The government may use it."
    )
    directory = Directory(make_article(text))
    last = [m for m in directory.all if m.form == "described"][-1]

    assert directory.known("government", last).name == "the government"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the harbour chief", "officials"),
        ("many older residents", "group"),
        ("a line supervisor", "person"),
        ("the lifeboat crew", "organisation"),
    ],
)
def test_a_description_is_of_a_kind_by_its_head(phrase: str, kind: str) -> None:
    text = f"Ana Ruiz met {phrase}. She left."

    assert Directory(make_article(text)).known(phrase).kind == kind


def test_initials_join_the_body_that_they_abbreviate() -> None:
    text = "The Orvane Relief Fund met. The ORF said it would pay."
    assert _actors(text) == {"Orvane Relief Fund": ("ORF",)}


def test_initials_of_two_bodies_join_neither() -> None:
    text = (
        "The Orvane Relief Fund met the Ostrava Road Force. The ORF said it would pay."
    )
    assert set(_actors(text)) == {"ORF", "Orvane Relief Fund"}


def test_a_body_named_twice_is_an_actor_although_it_only_appears() -> None:
    text = (
        "Talks on the deal of the Milsa Port Authority failed. "
        "Work for the Milsa Port Authority stopped. Orr Tane said it was over."
    )
    assert "Milsa Port Authority" in " ".join(_actors(text))


def test_a_town_that_was_taken_is_no_actor() -> None:
    text = "Kasra was captured on Monday. Kasra is free, the minister said."
    assert "Kasra" not in _actors(text)


@pytest.mark.parametrize(
    "name",
    [
        "Thanksgiving",
        "Hurricane Odile",
        "Operation Blue Door",
        "Mount Selva",
        "Ramadan",
    ],
)
def test_a_feast_a_storm_or_a_mountain_is_no_party(name: str) -> None:
    assert name not in _named(f"People remember {name} and {name} said nothing.")


def test_an_office_and_its_region_are_no_part_of_the_name() -> None:
    text = "The Minister for the Middle East Ida Orr said the dam held."
    assert "Ida Orr" in _actors(text)


def test_a_name_between_commas_says_who_holds_the_office() -> None:
    text = 'The mine reopened. "A light costs less," said its chairman, Anders Vik.'
    (position,) = items_of(text).positions
    assert position.holder.name == "Anders Vik"


def test_a_name_between_commas_says_which_body_is_meant() -> None:
    text = "The bank's new owner, Altamar Group, said it would wait."
    (position,) = items_of(text).positions
    assert position.holder.name == "Altamar Group"


def test_a_row_of_parties_is_no_office_and_name() -> None:
    text = "Talks between the government, Hamas, and Israel failed, the minister said."
    assert "government" in " ".join(_named(text))


def test_the_minister_is_the_one_minister_named_before() -> None:
    text = (
        "Health Minister Olaf Strand said the ward was full. "
        "The minister said help was near."
    )
    assert [p.holder.name for p in items_of(text).positions] == ["Olaf Strand"] * 2


def test_the_minister_of_two_named_ministers_stays_the_minister() -> None:
    text = (
        "Health Minister Olaf Strand met Finance Minister Ada Wren. "
        "The minister said help was near."
    )
    assert [p.holder.name for p in items_of(text).positions] == ["the minister"]


def test_the_end_of_a_body_s_name_means_that_body() -> None:
    text = (
        "The Tarsis Red Crescent said it was ready. The Red Crescent said it had left."
    )
    assert list(_actors(text)) == ["Tarsis Red Crescent"]


def test_a_government_of_a_country_is_that_country() -> None:
    text = "The Government of Iraq said it had waited. Iraq said it was ready."
    assert len(_actors(text)) == 1


def test_a_bare_adjective_of_terror_names_nobody() -> None:
    assert _named("The barbaric terrorist attacks shocked the town.") == []


def test_an_opening_gerund_is_no_part_of_a_name() -> None:
    named = _named("We fight. Defeating Hamas will take time, and Hamas must know.")
    assert named == ["We", "Hamas", "Hamas"]


def test_he_who_asks_is_the_speaker_before() -> None:
    text = "The mayor of Orvane, Piet Harrow, said it was bad. He appealed to the army for tents."
    (request,) = items_of(text).requests
    assert (name(request.by), request.to and request.to.name) == (
        "Piet Harrow",
        "the army",
    )


def test_she_who_may_be_either_of_two_people_says_nothing() -> None:
    text = "Ana Orr met Lena Poe in Kasra. She said peace was near."
    assert items_of(text).positions == ()


def test_several_who_are_asked_get_a_request_each() -> None:
    text = "Iran asked Berlin, Rome and Madrid to leave the talks."
    requests = items_of(text).requests
    assert [r.to and r.to.name for r in requests] == ["Berlin", "Rome", "Madrid"]
    assert {r.what for r in requests} == {"leave the talks"}


def test_an_answer_that_somebody_else_tells_of_settles_the_request() -> None:
    text = (
        "The minister urged the association to return to the table. "
        "The association accepted the invitation, a spokeswoman said."
    )
    assert [r.status for r in items_of(text).requests] == ["accepted"]


def test_a_refusal_told_by_an_office_is_the_refusal_of_its_head() -> None:
    text = "Ostrava's president, Irena Voss, rejected the call, her office said."
    (position,) = items_of(text).positions
    assert (position.holder.name, position.gist) == ("Irena Voss", "rejected the call")
    assert position.voiced_by is not None
    assert position.voiced_by.name == "her office"


def test_what_is_said_begins_right_after_said() -> None:
    text = "Mara Tellin said 60 people were hurt and that several remain missing."
    hurt = next(c for c in items_of(text).casualties if c.kind == "injured")
    assert hurt.source is not None
    assert hurt.source.name == "Mara Tellin"


def test_counts_of_soldiers_and_of_rebels_do_not_contradict() -> None:
    text = (
        "The Coastal Army said it had killed 50 soldiers near Milsa. "
        "The defence ministry said that more than 100 rebels were killed."
    )
    assert [q for q in items_of(text).open_questions if q.kind == "conflicting"] == []


@pytest.mark.parametrize(
    "text",
    [
        "When thousands are killed on the battlefield, nobody wins.",
        "The judge ruled that there is no merit for arresting the two men.",
        "Whenever ten soldiers are wounded, a convoy comes.",
    ],
)
def test_what_happens_in_general_is_no_casualty(text: str) -> None:
    assert items_of(text).casualties == ()


def test_a_surname_that_is_a_month_stays_a_surname() -> None:
    assert "Theresa May" in _named("On Monday Theresa May met them.")


def test_who_tells_of_a_request_is_no_part_of_it() -> None:
    (request,) = items_of(
        "Iran urged Iraq to leave the talks, the minister told Reuters."
    ).requests
    assert request.what == "leave the talks"


@pytest.mark.parametrize(
    "text",
    [
        "Why did Britain ask Chad to leave?",
        "Had Britain asked Chad to leave, it would have gone.",
        "Iran asked Iraq's allies to leave.",
    ],
)
def test_a_question_or_a_condition_asks_nobody(text: str) -> None:
    assert items_of(text).requests == ()


def test_he_who_would_ask_is_not_the_outlet_that_he_told() -> None:
    (request,) = items_of(
        "Lena Orr spoke. She told Reuters she would ask Iran to leave."
    ).requests
    assert name(request.by) == "Lena Orr"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway asked Chad for help, which Chad refused.", "refused"),
        ("Norway's call on Chad to free the crew was rejected by Chad.", "refused"),
        ("Norway's appeal to Chad for rice was granted on Monday.", "accepted"),
        ("Norway asked Chad to explain why the plan was rejected.", "open"),
    ],
)
def test_what_became_of_a_request_is_read_in_its_own_sentence(
    text: str, status: str
) -> None:
    assert [r.status for r in items_of(text).requests] == [status]


def test_whose_arrest_is_asked_for_is_not_asked() -> None:
    (request,) = items_of(
        "On Monday the opposition called for the arrest of Omar Haddad."
    ).requests
    assert request.to is None


def test_help_of_somebody_is_asked_of_them() -> None:
    (request,) = items_of(
        "Officials confirmed that Syria is seeking Turkey's assistance to rebuild."
    ).requests
    assert request.to is not None
    assert (request.to.name, request.what) == ("Turkey", "assistance to rebuild")


def test_a_quotation_that_asks_is_of_the_name_behind_it() -> None:
    text = (
        "Jon Tester spoke first. “It is over,” Tester said. "
        "“Why is this bank too big to fail?” David Vitter demanded."
    )
    assert [p.holder.name for p in items_of(text).positions] == [
        "Jon Tester",
        "David Vitter",
    ]


def test_quoted_words_within_a_clause_keep_their_clause() -> None:
    (position,) = items_of(
        "The dam was “close to breaking,” Lena Orr said on Monday."
    ).positions
    assert position.gist == "The dam was “close to breaking,”"


def test_quoted_words_before_a_verb_with_its_own_content_are_not_said_by_its_subject() -> (
    None
):
    text = "As Tane went on about “our own people,” Lena Orr said yes, yes, yes."
    assert items_of(text).positions == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Harbour Workers Union (HWU) said the port was shut.",
            "Harbour Workers Union",
        ),
        ("The Ministry of Fish (MOF) said the port was shut.", "the Ministry of Fish"),
        ("Senator Ida Orr (D-Mont.) said the port was shut.", "Ida Orr"),
    ],
)
def test_a_bracket_behind_a_name_parts_it_from_no_verb(text: str, name: str) -> None:
    assert [p.holder.name for p in items_of(text).positions] == [name]
