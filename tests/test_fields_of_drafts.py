"""Fields that the text does not give are named; those that it gives are kept whole."""

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import (
    DevelopmentDraft,
    QuotedCasualty,
    QuotedPosition,
    QuotedRequest,
    RoleDraft,
)
from summarizer import brief, verify
from summarizer.sources import make_article

TEXT = (
    "Belmora has asked Tarsis for help against terrorist groups, said Lena Orr, the "
    "head of the border clinic. Former judges Ilmar Keto and Ana Ruiz agreed. The union’s "
    "treasurer, Pia Holm, was named as auditor."
)


def _briefed(*roles: RoleDraft) -> Briefing:
    request = QuotedRequest(
        by="Belmora",
        to="Tarsis",
        reported_by="Lena Orr",
        what="help against terrorist groups",
        quote="Belmora has asked Tarsis for help against terrorist groups",
    )
    answer = whole(requests=[request], roles=roles)
    return brief([make_article(TEXT)], Scripted(answer))


def _role(name: str, role: str) -> RoleDraft:
    return RoleDraft(name=name, kind="person", role=role)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Lena Orr", "head of the border clinic"),
        ("Ana Ruiz", "Former judges"),
        ("Pia Holm", "treasurer"),
        ("Pia Holm", "auditor"),
    ],
)
def test_a_role_that_its_sentence_ties_to_a_name_is_kept(name: str, role: str) -> None:
    assert not [w for w in _briefed(_role(name, role)).withheld if w.check == "role"]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Belmora", "terrorist"),
        ("Tarsis", "terrorist"),
        ("Belmora", "judges"),
        ("Lena Orr", "terrorist"),
        ("Lena Orr", "treasurer"),
    ],
)
def test_a_role_of_somebody_else_is_withheld(name: str, role: str) -> None:
    briefing = _briefed(_role(name, role))

    assert [w.check for w in briefing.withheld] == ["role"]
    assert all(a.role != role for a in briefing.actors)


def test_a_role_that_the_text_does_not_give_is_found() -> None:
    made = _briefed()
    forged = tuple(
        a.model_copy(update={"role": "terrorist"}) if a.name == "Belmora" else a
        for a in made.actors
    )

    (found,) = verify(made.model_copy(update={"actors": forged})).findings

    assert found.check == "role"
    assert "'terrorist'" in found.reason


def test_a_source_that_there_is_not_is_named_for_the_item_that_cites_it() -> None:
    made = _briefed()
    (request,) = made.requests
    cited = request.evidence[0].model_copy(update={"source": "s99"})
    forged = request.model_copy(update={"evidence": (cited,)})

    found = verify(made.model_copy(update={"requests": (forged,)})).findings

    assert (request.id, "there is no source 's99'") in {
        (f.item, f.reason) for f in found
    }


LETTER = (
    "To the editor\n\nOur party will not vote for the levy, and we expect the others to "
    "follow. The council has promised more than it can pay.\n\nPia Holm, Kasra"
)


def test_what_a_letter_says_in_its_own_person_is_the_writers_own_words() -> None:
    words = "Our party will not vote for the levy"
    draft = QuotedPosition(holder="Pia Holm", act="refuse", quote=words, gist=words)
    briefing = brief([make_article(LETTER)], Scripted(whole(positions=[draft])))

    (position,) = briefing.positions
    assert (position.form, position.quote) == ("direct", words)
    assert position.attribution != "outlet"
    assert verify(briefing).findings == ()


def test_a_gist_does_not_end_in_the_middle_of_an_abbreviation() -> None:
    text = (
        "Pia Holm said that Belmora cannot pay because nobody checks who enters the "
        "U.S. by sea. It rained."
    )
    draft = QuotedPosition(
        holder="Pia Holm",
        act="claim",
        quote=text.removesuffix(" It rained."),
        gist="Belmora cannot pay",
    )
    briefing = brief([make_article(text)], Scripted(whole(positions=[draft])))

    (position,) = briefing.positions
    assert position.gist.endswith("enters the U.S. by sea")


@pytest.mark.parametrize(
    ("what", "when", "told"),
    [
        ("The inquest was adjourned until July", "July", None),
        ("The court must rule by Friday", "Friday", None),
        ("The court ruled on Friday", "on Friday", "Friday"),
    ],
)
def test_a_day_that_lies_ahead_is_not_when_it_happened(
    what: str, when: str, told: str | None
) -> None:
    draft = DevelopmentDraft(what=what, when=when)
    text = f"{what}. It sat in Varos."

    item = brief([make_article(text)], Scripted(whole(developments=[draft])))

    assert [d.when_text for d in item.developments] == [told]


def test_who_is_only_she_in_the_sentence_is_shown_with_the_one_that_names_her() -> None:
    text = (
        "Ida Falk left the clinic on Monday. She went home, hours before she died. "
        "Nobody had seen her there."
    )
    quote = "She went home, hours before she died"
    draft = QuotedCasualty(kind="killed", count="", who="Ida Falk", quote=quote)

    made = brief([make_article(text)], Scripted(whole(casualties=[draft])))

    (toll,) = made.casualties
    assert (toll.who_text, toll.value, toll.verdict) == ("Ida Falk", 1, "unconfirmed")
    assert [e.exact for e in toll.evidence] == [
        "She went home, hours before she died.",
        "Ida Falk left the clinic on Monday.",
    ]
    assert verify(made).findings == ()


def test_who_stands_nowhere_near_is_not_she() -> None:
    text = (
        "Ida Falk left. " + "It rained. " * 8 + "She went home, hours before she died."
    )
    quote = "She went home, hours before she died"
    draft = QuotedCasualty(kind="killed", count="", who="Ida Falk", quote=quote)

    made = brief([make_article(text)], Scripted(whole(casualties=[draft])))

    assert [w.check for w in made.withheld] == ["not_found"]
