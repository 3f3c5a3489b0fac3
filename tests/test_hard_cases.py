"""The hard cases, one test each. All sentences are invented.

These are pure: where a model would draft an item, the draft is written out as the
small model typically gives it. `tests/recorded` has the same kinds of sentences on
recorded answers of the model.
"""

from datetime import date

import pytest
from briefed import items_of, name

from schemas.draft import CasualtyDraft, RequestDraft
from summarizer.assembly.assembled import Assembled
from summarizer.text import dates


def _asked(made: Assembled) -> list[tuple[str, str | None]]:
    return [(name(r.by), r.to.name if r.to else None) for r in made.requests]


def _said(made: Assembled) -> list[tuple[str, str]]:
    return [(p.holder.name, p.act) for p in made.positions]


def _counted(made: Assembled) -> list[tuple[str, int | None, str | None]]:
    return [(c.kind, c.low, c.part_of) for c in made.casualties]


def _kinds(made: Assembled) -> list[str]:
    return [q.kind for q in made.open_questions]


def test_01_a_passive_request_goes_from_the_agent_to_the_subject() -> None:
    made = items_of(
        "Kenya was asked by Somalia's federal government to send engineers."
    )

    assert _asked(made) == [("Somalia's federal government", "Kenya")]


def test_02_a_nominal_request_is_found_and_its_silence_is_a_question() -> None:
    made = items_of(
        "Ankara's appeal to NATO for more air-defence batteries has gone unanswered."
    )

    assert _asked(made) == [("Ankara", "NATO")]
    assert made.actors[0].country == "TUR"
    assert made.requests[0].what == "more air-defence batteries"
    assert made.requests[0].status == "open"
    assert "unanswered_request" in _kinds(made)


def test_03_a_denied_request_is_a_position() -> None:
    made = items_of(
        "The ministry denied that Mali had ever sought foreign instructors.",
        [RequestDraft(by="Mali", to="", what="foreign instructors")],
    )

    assert _asked(made) == []
    assert _said(made) == [("the ministry", "deny")]
    assert [w.section for w in made.withheld] == ["requests"]


def test_04_a_condition_is_no_request() -> None:
    made = items_of(
        "Should Yerevan request it, Tehran would send observers.",
        [RequestDraft(by="Yerevan", to="Tehran", what="send observers")],
    )

    assert _asked(made) == []
    assert [w.check for w in made.withheld] == ["condition"]


def test_05_a_call_names_for_whom_it_is_made() -> None:
    made = items_of(
        "The mayor urged the UN to open a corridor for patients trapped in the east."
    )

    (request,) = made.requests
    assert (name(request.by), request.to and request.to.name) == ("the mayor", "UN")
    assert (request.force, request.for_whom) == ("call", "patients")


def test_06_each_side_and_the_other_ask_in_opposite_directions() -> None:
    made = items_of("Each side demanded that the other pull back first.")

    assert _asked(made) == [("Each side", "the other"), ("the other", "Each side")]
    assert {r.what for r in made.requests} == {"pull back first"}


def test_a_toll_revised_twice_keeps_the_last_figure() -> None:
    made = items_of(
        "Officials revised the number of dead to 14 from 19. Later they revised the "
        "number of dead to 12 from 14.",
        [CasualtyDraft(kind="killed", count="19", who="")],
    )

    (row,) = made.casualties
    assert row.low == 12
    assert [f.count_text for f in row.supersedes] == ["19", "14"]


def test_a_toll_that_rises_replaces_the_row_told_before() -> None:
    made = items_of(
        "At least nine people were killed on Monday, police said. On Tuesday the toll "
        "rose to 12.",
        published=date(2025, 7, 23),
    )

    (row,) = made.casualties
    (old,) = row.supersedes
    assert (row.low, row.as_of and row.as_of.value) == (12, "2025-07-22")
    assert (old.low, old.comparator) == (9, ">=")
    assert old.source is not None
    assert old.source.name == "police"
    assert old.evidence[0].exact.startswith("At least nine")


def test_a_figure_from_one_number_to_another_is_no_range() -> None:
    made = items_of("The health ministry raised the death toll from nine to 12.")

    (row,) = made.casualties
    assert (row.value, row.source and row.source.name) == (12, "the health ministry")
    assert [f.count_text for f in row.supersedes] == ["nine"]


def test_another_party_that_raises_a_toll_replaces_nobody_elses() -> None:
    made = items_of("Police said 9 people died. Rebels raised the death toll to 30.")

    assert [c.low for c in made.casualties] == [9, 30]
    assert "conflicting" in _kinds(made)


def test_a_count_as_of_a_day_is_dated_by_it() -> None:
    made = items_of(
        "As of Friday, 40 people were missing.", published=date(2025, 7, 23)
    )

    (row,) = made.casualties
    assert (row.as_of_text, row.as_of and row.as_of.value) == ("Friday", "2025-07-18")
    assert row.when is None


def test_a_statement_is_cited_in_three_spans() -> None:
    made = items_of("Ana Rao left. “We will not wait,” she added on Monday.")

    (position,) = made.positions
    assert position.speech is not None
    spans = [evidence.exact for _, evidence in position.speech]
    assert spans == ["Ana Rao", "added", "“We will not wait,”"]


def test_the_minister_rao_and_she_are_one_person() -> None:
    made = items_of(
        "“We agree,” said Ana Rao, the minister. “It is late,” Rao said. “Go,” she added."
    )

    assert {p.holder.name for p in made.positions} == {"Ana Rao"}


def test_07_only_the_demand_that_was_made_counts() -> None:
    made = items_of(
        "Lawmakers stopped short of demanding his resignation but called for an inquiry.",
        [
            RequestDraft(by="Lawmakers", to="", what="his resignation"),
            RequestDraft(by="Lawmakers", to="", what="an inquiry"),
        ],
    )

    assert [r.what for r in made.requests] == ["an inquiry"]
    assert [w.check for w in made.withheld] == ["denied"]


def test_08_a_planned_request_is_marked_and_dated_ahead() -> None:
    made = items_of(
        "Colombia plans to ask The Hague for an extension next month.",
        published=date(2025, 7, 23),
    )

    (request,) = made.requests
    assert request.modality == "planned"
    assert request.when is not None
    assert request.when.value == "2025-08"


def test_09_parts_are_linked_and_bounds_are_not_carried_over() -> None:
    made = items_of(
        "At least 43 people were killed, including 12 children, and 110 were wounded.",
        [CasualtyDraft(kind="killed", count="12", who="children")],
    )

    assert [(c.kind, c.comparator, c.low, c.part_of) for c in made.casualties] == [
        ("killed", ">=", 43, None),
        ("killed", "=", 12, "c1"),
        ("injured", "=", 110, None),
    ]


def test_10_an_event_and_a_running_toll_are_two_rows() -> None:
    made = items_of(
        "Friday's strike killed nine, bringing the toll since March to 2,314.",
        [CasualtyDraft(kind="killed", count="2,314", who="")],
    )

    assert [(c.low, c.scope) for c in made.casualties] == [
        (9, "event"),
        (2314, "cumulative"),
    ]


def test_11_two_sources_are_two_rows_and_a_question() -> None:
    made = items_of(
        "The health office said 31 died in the blast. The rebels said more than 100 "
        "people were killed."
    )

    assert [(c.low, c.source and c.source.name) for c in made.casualties] == [
        (31, "the health office"),
        (100, "the rebels"),
    ]
    assert "conflicting" in _kinds(made)


def test_12_a_revised_figure_replaces_the_old_one() -> None:
    made = items_of(
        "Officials revised the number of dead down to 14 from 19.",
        [
            CasualtyDraft(kind="killed", count="14", who=""),
            CasualtyDraft(kind="killed", count="19", who=""),
        ],
    )

    assert [c.low for c in made.casualties] == [14]
    assert [w.check for w in made.withheld] == ["superseded"]


def test_13_casualties_are_not_deaths() -> None:
    made = items_of(
        "The brigade suffered 200 casualties near the bridge.",
        [
            CasualtyDraft(kind="killed", count="200", who=""),
            CasualtyDraft(kind="casualties", count="200", who=""),
        ],
    )

    assert _counted(made) == [("casualties", 200, None)]
    assert [w.reason for w in made.withheld] == [
        "the sentence reads as casualties, not killed"
    ]


def test_14_vague_words_are_kept_with_their_floors() -> None:
    made = items_of(
        "Dozens were hurt and several remain missing.",
        [
            CasualtyDraft(kind="injured", count="Dozens", who=""),
            CasualtyDraft(kind="missing", count="several", who=""),
        ],
    )

    assert [(c.count_text, c.low, c.vague, c.value) for c in made.casualties] == [
        ("Dozens", 12, True, None),
        ("several", 3, True, None),
    ]


def test_15_no_reports_of_casualties_is_not_a_count_of_none() -> None:
    reported = items_of(
        "No casualties were reported.",
        [CasualtyDraft(kind="casualties", count="No", who="")],
    )
    counted = items_of(
        "The shelling caused no casualties.",
        [CasualtyDraft(kind="casualties", count="no", who="")],
    )

    assert [(c.none_reported, c.value) for c in reported.casualties] == [(True, None)]
    assert [(c.none_reported, c.value) for c in counted.casualties] == [(False, 0)]


def test_16_a_forecast_is_a_warning_and_no_casualty() -> None:
    made = items_of(
        "Up to 500,000 people could die without aid, the agency warned.",
        [CasualtyDraft(kind="killed", count="Up to 500,000", who="people")],
    )

    assert made.casualties == ()
    assert _said(made) == [("the agency", "warn")]
    assert [w.check for w in made.withheld] == ["not_a_fact"]


def test_17_a_claim_of_ones_own_deed_is_claimed_and_unverified() -> None:
    made = items_of(
        "The group said it killed 50 soldiers, a claim that could not be independently "
        "verified.",
        [CasualtyDraft(kind="killed", count="50", who="soldiers")],
    )

    (row,) = made.casualties
    assert row.source is not None
    assert (row.low, row.source, row.by_status) == (50, row.by, "claimed")
    assert "unverified" in _kinds(made)


@pytest.mark.parametrize(("count", "who"), [("300", "cattle"), ("1,200", "")])
def test_18_cattle_and_unit_strengths_are_no_casualties(count: str, who: str) -> None:
    made = items_of(
        "Fire killed 300 cattle and gutted a Boeing 737; the 1,200-strong unit cited "
        "Resolution 1701.",
        [CasualtyDraft(kind="killed", count=count, who=who)],
    )

    assert made.casualties == ()


def test_19_a_remembered_massacre_keeps_its_own_date() -> None:
    made = items_of(
        "Marchers recalled the 1988 massacre, in which some 5,000 villagers died. On "
        "Monday police killed three people.",
        published=date(2025, 7, 23),
    )

    assert [
        (c.comparator, c.low, c.when and c.when.value) for c in made.casualties
    ] == [
        ("~", 5000, "1988"),
        ("=", 3, "2025-07-21"),
    ]


def test_20_what_was_told_at_second_hand_keeps_both_hands() -> None:
    made = items_of("A diplomat said the minister had told him Moscow would object.")

    (position,) = made.positions
    assert position.gist == "Moscow would object"
    assert position.holder.name == "Moscow"
    assert position.voiced_by is not None
    assert (position.voiced_by.name, position.attribution) == (
        "the minister",
        "described",
    )


def test_21_he_added_is_resolved_to_the_speaker_before() -> None:
    made = items_of(
        '"We will not bend," Mr Rao told Mr Sen. "Not now," he added, before Mr Sen left.'
    )

    assert [(p.holder.name, p.quote) for p in made.positions] == [
        ("Rao", "We will not bend"),
        ("Rao", "Not now"),
    ]


def test_22_scare_quotes_are_no_position() -> None:
    made = items_of(
        'Officials spoke of a so-called "security zone"; the "bigger problem", they '
        "said, was fuel."
    )

    assert [p.form for p in made.positions] == ["mixed"]


def test_23_declining_is_a_position_and_silence_is_not() -> None:
    made = items_of(
        "The army declined to comment; the ministry did not respond; the envoy could "
        "not be reached."
    )

    assert _said(made) == [("the army", "refuse")]
    assert [(q.kind, q.who and q.who.name) for q in made.open_questions] == [
        ("no_comment", "the army"),
        ("no_comment", "the ministry"),
        ("no_comment", "the envoy"),
    ]
    assert len({q.question.split("(")[1] for q in made.open_questions}) == 3


def test_24_an_anonymous_person_stays_anonymous_and_single() -> None:
    made = items_of(
        "A person briefed on the talks, who was not authorised to speak publicly, said "
        "both sides had agreed."
    )

    (position,) = made.positions
    assert (position.holder.name, position.attribution) == ("person", "anonymous")


def test_25_three_dates_in_one_sentence_each_mean_their_own_day() -> None:
    text = (
        "On Thursday troops entered the town seized in December, days before talks due "
        "on Monday."
    )

    values = [d.when.value for d in dates.find(text, date(2025, 1, 2))]

    assert values == ["2025-01-02", "2024-12", "2025-01-06"]


def test_a_headline_in_capitals_that_contradicts_the_body_yields_nothing() -> None:
    made = items_of("HUNDREDS KILLED IN KASRA\n\nThree people were killed in Kasra.")

    assert [c.low for c in made.casualties] == [3]


def test_a_capital_is_a_government_when_it_acts_and_a_place_when_it_does_not() -> None:
    made = items_of(
        "Beijing urged Tokyo to free the crew. Three people were killed in Beijing."
    )

    assert [(a.name, a.country) for a in made.actors] == [
        ("Beijing", "CHN"),
        ("Tokyo", "JPN"),
    ]
    assert made.casualties[0].place == "Beijing"


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("Two dozen people", 24),
        ("About 1.2 million people", 1_200_000),
        ("Three-quarters of the 80 hostages", 60),
    ],
)
def test_counts_in_words_and_shares_are_read(words: str, low: int) -> None:
    assert items_of(f"{words} were killed.").casualties[0].low == low


def test_nested_quotation_marks_keep_the_whole_quote() -> None:
    made = items_of("“They said ‘never’ and left,” said Ana Ruiz.")

    assert [p.quote for p in made.positions] == ["They said ‘never’ and left"]


def test_a_quotation_over_two_paragraphs_keeps_its_speaker() -> None:
    made = items_of("“We will rebuild,” said Ana Ruiz.\n\n“We will not wait.”")

    assert [p.holder.name for p in made.positions] == ["Ana Ruiz", "Ana Ruiz"]


def test_no_first_name_is_given_that_the_text_does_not_give() -> None:
    made = items_of("Erdogan said the talks would go on.")

    assert [a.name for a in made.actors] == ["Erdogan"]


def test_a_toll_told_again_is_one_row_with_two_places() -> None:
    made = items_of(
        "At least 12 people were killed in Goma. The mayor visited. At least 12 people "
        "were killed in the blast."
    )

    assert [(c.low, len(c.evidence)) for c in made.casualties] == [(12, 2)]


def test_read_more_credits_and_captions_yield_nothing() -> None:
    made = items_of(
        "Kenya urged Chad to free the crew.\n\nRead more: Rebels demand that Chad quit\n\n"
        "Photo: Police say 30 people were killed (Handout)\n\nReporting by Ana Ruiz"
    )

    assert len(made.requests) == 1
    assert made.casualties == ()
    assert made.positions == ()


def test_a_surname_shared_by_two_people_joins_neither() -> None:
    made = items_of(
        "“We agree,” Ana Rao said. “We do not,” said Lena Rao. “Wait,” Rao said."
    )

    assert [p.holder.name for p in made.positions] == ["Ana Rao", "Lena Rao", "Rao"]


def test_an_imperative_to_the_reader_is_no_request() -> None:
    made = items_of(
        "Ask your doctor for advice before the flight.",
        [RequestDraft(by="", to="your doctor", what="advice")],
    )

    assert made.requests == ()
