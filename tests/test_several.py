"""Several articles, one briefing: who is who, what is one item, what stays apart.

All articles, people, places and outlets are invented.
"""

from dataclasses import replace

import pytest
from briefed import name
from several import (
    HERALD,
    LIBRARY,
    MONDAY,
    POST,
    TUESDAY,
    article,
    drafted,
    ferry,
    together,
)

from schemas.briefing import Briefing, Item
from schemas.draft import PositionDraft, RequestDraft, RoleDraft
from summarizer.verification import verify

FERRY = " The Halcyon sank off Port Selm, Otto Brandt said."
"""Puts a short text into one story with another."""


def _names(briefing: Briefing) -> list[str]:
    return [actor.name for actor in briefing.actors]


def _cited(item: Item) -> list[str]:
    return [e.source for e in item.evidence]


def test_a_surname_is_the_person_whom_another_article_names_in_full() -> None:
    made = together(
        f"Mayor Ruiz urged Kenya to send divers.{FERRY}",
        f"Mayor Ana Ruiz urged Kenya to send divers.{FERRY}",
    )

    (ruiz,) = [a for a in made.actors if "Ruiz" in a.name]
    assert (ruiz.name, ruiz.aliases) == ("Ana Ruiz", ("Ruiz",))
    assert set(_cited(ruiz)) == {"s1", "s2"}


def test_an_acronym_is_what_another_article_explains_it_to_be() -> None:
    made = together(
        f"The HWU urged Kenya to send divers.{FERRY}",
        f"The Harbour Workers Union (HWU) urged Kenya to send divers.{FERRY}",
    )

    (union,) = [a for a in made.actors if "Union" in a.name or a.name == "HWU"]
    assert (union.name, union.aliases) == ("Harbour Workers Union", ("HWU",))


def test_an_acronym_that_two_articles_explain_differently_is_neither() -> None:
    made = together(
        f"The HWU urged Kenya to send divers.{FERRY}",
        f"The Harbour Workers Union (HWU) urged Kenya to send lamps.{FERRY}",
        f"The Halcyon Widows Union (HWU) urged Kenya to send boats.{FERRY}",
    )

    assert {"HWU", "Harbour Workers Union", "Halcyon Widows Union"} <= set(_names(made))


def test_a_government_is_one_party_under_all_its_names() -> None:
    made = together(
        "The Kenyan government urged Chad to free the crew of the Halcyon.",
        "Nairobi urged Chad to free the crew of the Halcyon.",
    )

    (request,) = made.requests
    assert name(request.by).removeprefix("the ") == "Kenyan government"
    assert request.corroboration == 2
    assert made.actors[0].aliases == ("Nairobi",)


def test_two_people_with_one_surname_stay_two_and_the_bare_surname_is_neither() -> None:
    made = together(
        f"Mayor Ana Ruiz urged Kenya to send divers.{FERRY}",
        f"Judge Pablo Ruiz urged Kenya to send divers.{FERRY}",
        f"Mayor Ruiz urged Kenya to send divers.{FERRY}",
    )

    assert [name(r.by) for r in made.requests] == ["Ana Ruiz", "Pablo Ruiz", "Ruiz"]


def test_roles_that_have_nothing_in_common_keep_a_surname_apart() -> None:
    made = together(
        f"Mayor Ana Ruiz urged Kenya to send divers.{FERRY}",
        f"Judge Ruiz urged Kenya to send divers.{FERRY}",
    )

    assert [name(r.by) for r in made.requests] == ["Ana Ruiz", "Ruiz"]


def test_the_ministry_of_another_story_is_another_one() -> None:
    made = together(
        f"The ministry urged Kenya to send divers.{FERRY}",
        "The ministry urged Kenya to send divers. Leila Osman, a librarian of Tarn, "
        "said the Gorlan reading room was closed.",
    )

    assert [name(r.by) for r in made.requests] == ["the ministry", "the ministry"]
    assert len({(r.by and r.by.id) for r in made.requests}) == 2


def test_a_bare_surname_of_another_story_is_somebody_else() -> None:
    made = together(
        f"Mayor Ruiz urged Kenya to send divers.{FERRY}",
        "Judge Ruiz urged Kenya to send books. Leila Osman, a librarian of Tarn, said "
        "the Gorlan reading room was closed.",
    )

    assert [name(r.by) for r in made.requests] == ["Ruiz", "Ruiz"]
    assert len({(r.by and r.by.id) for r in made.requests}) == 2


def test_the_same_words_of_one_person_in_two_stories_are_two_items() -> None:
    made = together(
        f"“We will not leave,” Mayor Ana Ruiz told the crowd.{FERRY}",
        "“We will not leave,” Mayor Ana Ruiz told the crowd. Leila Osman, a librarian "
        "of Tarn, said the Gorlan reading room was closed.",
    )

    told = [p for p in made.positions if p.holder.name == "Ana Ruiz"]
    assert [p.corroboration for p in told] == [1, 1]
    assert len([a for a in made.actors if a.name == "Ana Ruiz"]) == 1


def test_notes_without_a_name_meet_where_their_words_are_the_same() -> None:
    made = together(*["Kenya urged Chad to free the crew."] * 3)

    (request,) = made.requests
    assert [e.source for e in request.evidence] == ["s1", "s2", "s3"]


def test_what_two_articles_state_is_one_item_with_evidence_of_both() -> None:
    (request,) = ferry().requests

    assert (request.what, request.corroboration) == ("send divers", 2)
    assert _cited(request) == ["s1", "s2"]


def test_the_words_of_each_piece_of_evidence_stand_in_its_own_source() -> None:
    made = ferry()
    texts = {s.id: s.text for s in made.sources}

    items: tuple[Item, ...] = (*made.requests, *made.positions, *made.casualties)
    cited = [e for item in (*items, *made.actors) for e in item.evidence]
    assert {e.source for e in cited} == {"s1", "s2"}
    assert all(texts[e.source][e.start : e.end] == e.exact for e in cited)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Kenya will send divers", "Kenya will not send divers"),
        ("Kenya will send 12 divers", "Kenya will send 40 divers"),
        ("Kenya will send divers", "Kenya may send divers"),
        ("Kenya will send divers from Goma", "Kenya will send divers from Tarsis"),
        ("Kenya will send divers", "Kenya will send divers if it is paid"),
    ],
)
def test_statements_that_differ_in_a_word_that_matters_stay_two(
    one: str, two: str
) -> None:
    made = together(
        f"Otto Brandt said {one} to Port Selm. The Halcyon sank.",
        f"Otto Brandt said {two} to Port Selm. The Halcyon sank.",
    )

    told = [p for p in made.positions if p.holder.name == "Otto Brandt"]
    assert [p.corroboration for p in told] == [1, 1]


def test_what_one_denies_in_another_article_stands_beside_it_and_is_asked_about() -> (
    None
):
    made = together(
        "Chad said the rebels burned the Lind Bridge of Tarsis. Otto Brandt saw it. "
        "Leila Osman said the road was closed.",
        "The rebels denied burning the Lind Bridge. Otto Brandt was there in Tarsis.",
    )

    assert [(p.holder.name, p.act) for p in made.positions][:2] == [
        ("Chad", "assert"),
        ("the rebels", "deny"),
    ]
    (question,) = [q for q in made.open_questions if q.kind == "conflicting"]
    assert question.question == "Chad says this and the rebels deny it: which holds?"
    assert _cited(question) == ["s1", "s2"]
    assert question.about == "p1"


def test_a_request_that_its_maker_denies_elsewhere_is_asked_about() -> None:
    made = together(
        f"Kenya asked Chad to free the crew of the ferry.{FERRY}",
        f"Kenya denied asking Chad to free the crew of the ferry.{FERRY}",
    )

    (question,) = [q for q in made.open_questions if q.kind == "conflicting"]
    assert question.question == "Kenya is said to ask this, and denies it: which holds?"
    assert [e.source for e in question.evidence] == ["s1", "s2"]


def test_one_party_quoted_both_ways_on_one_day_is_asked_about() -> None:
    texts = [f"Otto Brandt said Chad will{no} free the crew." for no in ("", " not")]
    both = [article(f"s{n}", t, None, MONDAY) for n, t in enumerate(texts, 1)]

    made = together(*both)

    assert [q.question for q in made.open_questions if q.kind == "conflicting"] == [
        "Otto Brandt is quoted both ways on this: which holds?"
    ]


def test_one_party_that_says_another_thing_a_day_later_contradicts_nobody() -> None:
    made = together(
        article("s1", "Otto Brandt said Chad will free the crew.", None, MONDAY),
        article("s2", "Otto Brandt said Chad will not free the crew.", None, TUESDAY),
    )

    assert len(made.positions) == 2
    assert not any(q.kind == "conflicting" for q in made.open_questions)


def test_a_vague_wording_does_not_join_two_that_differ() -> None:
    made = together(
        *(
            f"Otto Brandt urged Kenya to send divers{where}. The Halcyon sank."
            for where in (" to Port Selm", "", " to Port Tarn")
        )
    )

    assert [len(r.evidence) for r in made.requests] == [2, 1]


def test_two_stories_in_one_run_say_what_each_says_alone() -> None:
    apart = [together(text) for text in (POST, LIBRARY)]
    made = together(POST, LIBRARY)

    for section in ("requests", "positions", "casualties"):
        alone = [
            item.evidence[0].exact for one in apart for item in getattr(one, section)
        ]
        found = getattr(made, section)
        assert [item.evidence[0].exact for item in found] == alone
        assert {item.corroboration for item in found} <= {1}
    assert len(made.actors) == sum(len(one.actors) for one in apart)


def test_a_refusal_answers_no_request_of_another_story() -> None:
    made = together(
        f"Chad asked Kenya to send divers to Port Selm.{FERRY}",
        "Kenya refused the request of Chad. Leila Osman, a librarian of Tarn, said the "
        "Gorlan reading room was closed.",
    )

    assert [r.status for r in made.requests] == ["open"]
    assert all(p.answers == () for p in made.positions)


def test_a_refusal_in_another_article_of_the_story_answers() -> None:
    made = together(
        f"Chad asked Kenya to send divers to Port Selm.{FERRY}",
        f"Kenya said it would not send divers, and refused the request.{FERRY}",
    )

    assert [r.status for r in made.requests] == ["refused"]


def test_the_order_of_the_articles_changes_no_item() -> None:
    def told(*texts: str) -> list[tuple[str, int, tuple[str, ...]]]:
        made = together(*texts)
        items: tuple[Item, ...] = (*made.requests, *made.positions, *made.casualties)
        return sorted(
            (i.id[0], i.corroboration, tuple(sorted(e.exact for e in i.evidence)))
            for i in items
        )

    assert told(POST, HERALD, LIBRARY) == told(LIBRARY, HERALD, POST)


def test_a_real_quote_of_another_article_is_refused_and_said_to_stand_there() -> None:
    sources = [article("s1", POST), article("s2", LIBRARY)]
    quote = "the reading room would open again in May"
    draft = PositionDraft(holder="Otto Brandt", act="announce", quote=quote)

    made = drafted(sources, ("s1", "positions", draft))

    (one,) = made.withheld
    assert one.reason == "the source does not say this: the words stand in s2"
    assert [r.check for _, r in made.refused] == ["elsewhere"]
    assert all(
        e.source == "s2" for p in made.positions for e in p.evidence if quote in e.exact
    )


def test_a_quote_that_no_article_has_is_refused_as_before() -> None:
    sources = [article("s1", POST), article("s2", LIBRARY)]
    draft = PositionDraft(
        holder="Ana Ruiz", act="announce", quote="the sea is made of green glass"
    )

    made = drafted(sources, ("s1", "positions", draft))

    assert [r.check for _, r in made.refused] == ["not_found"]


def test_a_draft_about_one_article_says_nothing_about_the_same_line_of_another() -> (
    None
):
    sources = [
        article("s1", "Ana Ruiz said the sea was calm."),
        article("s2", "Otto Brandt said the sea was calm."),
    ]
    warns = PositionDraft(holder="Otto Brandt", act="warn", quote="the sea was calm")

    alone = drafted(sources[:1])
    made = drafted(sources, ("s2", "positions", warns))

    assert made.positions[0].act == alone.positions[0].act


def test_a_role_counts_only_in_the_article_that_was_asked_about() -> None:
    sources = [
        article("s1", "Otto Brandt urged Kenya to send books to Tarn."),
        article("s2", "Otto Brandt, a librarian, urged Kenya to send books to Tarn."),
    ]
    draft = RoleDraft(name="Otto Brandt", role="a librarian", kind="person")

    made = drafted(sources, ("s1", "actors", draft))

    assert [r.check for _, r in made.refused] == ["role"]


def test_a_request_drafted_for_both_articles_rests_on_both() -> None:
    words = "Otto Brandt says the council must open the north door of Tarn."
    sources = [article("s1", words), article("s2", words)]
    draft = RequestDraft(by="Otto Brandt", to="the council", what="open the north door")

    made = drafted(sources, ("s1", "requests", draft), ("s2", "requests", draft))

    (request,) = made.requests
    assert [e.source for e in request.evidence] == ["s1", "s2"]


def test_ten_sources_are_told_in_their_order() -> None:
    texts = [f"Otto Brandt urged Kenya to send {n} boats to Tarn." for n in range(12)]

    made = together(*texts)

    assert [r.evidence[0].source for r in made.requests] == [
        f"s{n}" for n in range(1, 13)
    ]
    assert made.bottom_line.startswith("Otto Brandt urged Kenya to send 0 boats")


def test_a_single_article_is_told_as_one_always_was() -> None:
    made = together(POST)

    items: tuple[Item, ...] = (*made.requests, *made.positions, *made.casualties)
    assert {i.corroboration for i in (*items, *made.actors)} == {1}
    assert made.sources[0].copy_of is None


def test_one_story_told_by_many_is_one_item_with_as_many_sources() -> None:
    outlets = [
        article(f"s{n}", f"{POST} Reporter {n} of the {n} o'clock Post was there.")
        for n in range(1, 6)
    ]

    made = together(*(replace(a) for a in outlets))

    (request,) = made.requests
    assert len(request.evidence) == 5
    assert verify(made).findings == ()
