"""What changed between two briefings: each kind of change, and what is none."""

import pytest
from day import (
    actor,
    briefing,
    days,
    development,
    evidence,
    party,
    position,
    question,
    request,
    toll,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.briefing import Actor, Briefing, Figure, Item
from summarizer.changes import Change, Changes, compare, pairing
from summarizer.changes.values import MIRRORED


def _kinds(*, old: Item, new: Item) -> list[str]:
    return [c.kind for c in compare(briefing(old), briefing(new)).changes]


def _of(changes: Changes, section: str) -> list[Change]:
    return [c for c in changes.changes if c.section == section]


# -- positions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("support", "backs the dam"), ("criticise", "criticised the dam")),
        (("commit", "will join the force"), ("refuse", "will not join the force")),
        (("support", "welcomes the talks"), ("deny", "denied there were talks")),
        (("assert", "the bridge is safe"), ("assert", "the bridge is not safe")),
        (("assert", "We may accept a truce"), ("commit", "We will never accept a truce")),
        (("refuse", "ruled out a vote"), ("refuse", "did not rule out a vote")),
        (("assert", "troops crossed the river"), ("deny", "denied troops crossed the river")),
    ],
)  # fmt: skip
def test_for_turned_into_against_is_a_reversal(
    old: tuple[str, str], new: tuple[str, str]
) -> None:
    assert _kinds(old=position("Ruiz", *old), new=position("Ruiz", *new)) == [
        "reversed"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("criticise", "criticised the builders"), ("threaten", "threatened the builders")),
        (("support", "supports the force"), ("commit", "will join the force")),
        (("assert", "a truce is possible"), ("assert", "a truce is certainly near")),
        (("assert", "the port could close"), ("assert", "the port would close")),
        (("neutral", "has no view on the dam"), ("criticise", "criticised the dam")),
        (("refuse", "will not join the talks"), ("refuse", "will never join the talks")),
    ],
)  # fmt: skip
def test_a_stronger_act_or_a_firmer_word_hardens_and_the_way_back_softens(
    old: tuple[str, str], new: tuple[str, str]
) -> None:
    one, two = position("Ruiz", *old), position("Ruiz", *new)

    assert _kinds(old=one, new=two) == ["hardened"]
    assert _kinds(old=two, new=one) == ["softened"]


def test_a_condition_softens_a_promise() -> None:
    old = position("Ruiz", "commit", "will sign the pact")
    new = position("Ruiz", "commit", "will sign the pact if asked", conditional=True)

    assert _kinds(old=old, new=new) == ["softened"]


def test_a_refusal_that_becomes_a_conditional_yes_is_softened_not_reversed() -> None:
    old = position("Ruiz", "refuse", "will not sign the pact")
    new = position("Ruiz", "commit", "will sign the pact if asked", conditional=True)

    assert _kinds(old=old, new=new) == ["softened"]


def test_two_ways_to_refuse_are_only_other_words() -> None:
    old = position("Ruiz", "refuse", "will not accept the pact")
    new = position("Ruiz", "refuse", "rejects the pact")

    assert _kinds(old=old, new=new) == ["reworded"]


def test_other_typography_and_capitals_are_no_change() -> None:
    old = position("Ruiz", "assert", "the “dam” is safe")
    new = position("Ruiz", "assert", 'The "dam" is safe.')

    assert _kinds(old=old, new=new) == []


def test_a_position_without_a_partner_is_new_or_no_longer_mentioned() -> None:
    old = position("Ruiz", "assert", "the dam is safe")
    new = position("Ruiz", "assert", "schools stay shut")

    assert _kinds(old=old, new=new) == ["new", "no_longer_mentioned"]


def test_both_items_and_both_quotes_are_carried() -> None:
    old = position("Ruiz", "support", "backs the dam")
    new = position("Ruiz", "criticise", "criticised the dam")

    (change,) = compare(briefing(old), briefing(new)).changes

    assert (change.old, change.new) == (old, new)
    assert [e.exact for e in change.old_quotes] == ["Ruiz: backs the dam."]
    assert [e.exact for e in change.new_quotes] == ["Ruiz: criticised the dam."]


# -- parties ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kenya", "the Kenyan government"),
        ("Ankara", "Turkey"),
        ("Ruiz", "Ana Ruiz"),
        ("the rebels", "the southern rebels"),
    ],
)
def test_a_party_is_known_by_its_other_names(old: str, new: str) -> None:
    one, two = (position(n, "assert", "the dam is safe") for n in (old, new))

    assert _kinds(old=one, new=two) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kenya", "Bank of Kenya"),
        ("Ana Ruiz", "Ben Ruiz"),
        ("Turkish Foreign Ministry", "Turkish Health Ministry"),
    ],
)
def test_parties_that_share_a_word_are_two(old: str, new: str) -> None:
    one, two = (position(n, "assert", "the dam is safe") for n in (old, new))

    assert _kinds(old=one, new=two) == ["new", "no_longer_mentioned"]


def test_an_alias_of_the_other_day_makes_a_party_known() -> None:
    old = briefing(actor("Orr"), position("Orr", "assert", "the dam is safe"))
    new = briefing(
        actor("the mayor", "person", aliases=("Orr",)),
        position("the mayor", "assert", "the dam is safe"),
    )

    assert compare(old, new).changes == ()


def test_a_spokesperson_and_the_body_that_she_speaks_for_are_one_voice() -> None:
    old = position(
        "the union", "support", "backs the plan", voiced_by=party("Lena Orr")
    )
    new = position("Lena Orr", "criticise", "criticised the plan")

    assert "reversed" in _kinds(old=old, new=new)


def test_a_changed_role_is_told_and_one_that_is_left_out_is_not() -> None:
    old = actor("Omar Dahl", "person", role="Foreign Minister")
    new = actor("Omar Dahl", "person", role="former mayor")

    assert _kinds(old=old, new=new) == ["role_changed"]
    assert _kinds(old=old, new=actor("Omar Dahl", "person")) == []


def test_an_actor_that_the_new_text_names_in_passing_is_not_called_gone() -> None:
    old = briefing(actor("Red Cross"))

    named = compare(old, briefing(text="A tent of the Red Cross burned."))
    unnamed = compare(old, briefing(text="A tent burned."))

    assert named.changes == ()
    assert [c.kind for c in unnamed.changes] == ["no_longer_mentioned"]


# -- requests ----------------------------------------------------------------------


@pytest.mark.parametrize("status", ["accepted", "refused", "partial", "withdrawn"])
def test_a_request_whose_status_is_decided_is_answered(status: str) -> None:
    old = request("Chad", "free the crew", "Mali")
    new = request("Chad", "free the crew", "Mali", status=status)

    assert _kinds(old=old, new=new) == ["answered"]
    assert _kinds(old=new, new=old) == ["reopened"]


def test_an_acceptance_that_becomes_a_refusal_is_reversed() -> None:
    old = request("Chad", "free the crew", "Mali", status="accepted")
    new = request("Chad", "free the crew", "Mali", status="refused")

    assert _kinds(old=old, new=new) == ["reversed"]


def test_a_position_linked_to_a_request_answers_it() -> None:
    asked = request("Chad", "free the crew", "Mali")
    answer = position("Mali", "neutral", "has received the letter", answers=("r1",))

    changes = compare(briefing(asked), briefing(asked, answer))

    (change,) = _of(changes, "requests")
    assert (change.kind, change.answer) == ("answered", answer)


def test_a_request_that_is_not_told_again_is_answered_by_who_was_asked() -> None:
    asked = request("Chad", "free the crew", "Mali")
    answer = position("Mali", "commit", "will free the crew",
                      evidence=evidence("Mali will free the crew."))  # fmt: skip
    other = position("Kenya", "commit", "will free the crew",
                     evidence=evidence("Kenya will free the crew."))  # fmt: skip

    (change,) = _of(compare(briefing(asked), briefing(answer)), "requests")
    (unmet,) = _of(compare(briefing(asked), briefing(other)), "requests")

    assert (change.kind, change.answer) == ("answered", answer)
    assert (unmet.kind, unmet.answer) == ("no_longer_mentioned", None)


def test_a_demand_is_harder_than_a_request_and_a_plan_to_ask_is_softer() -> None:
    plain = request("Chad", "free the crew", "Mali")
    demand = request("Chad", "free the crew", "Mali", force="demand")
    planned = request("Chad", "free the crew", "Mali", modality="planned")

    assert _kinds(old=plain, new=demand) == ["hardened"]
    assert _kinds(old=plain, new=planned) == ["softened"]


def test_the_other_direction_is_another_request() -> None:
    old = request("Chad", "free the crew", "Mali")
    new = request("Mali", "free the crew", "Chad")

    assert _kinds(old=old, new=new) == ["new", "no_longer_mentioned"]


# -- tolls ----------------------------------------------------------------------


def test_a_revised_toll_carries_both_figures_and_both_sources() -> None:
    old = toll("killed", "12", value=12, low=12, high=12, source="the army")
    new = toll("killed", "19", value=19, low=19, high=19, source="the police")

    (change,) = _of(compare(briefing(old), briefing(new)), "casualties")

    assert (change.kind, change.old, change.new) == ("toll_revised", old, new)


def test_at_least_twelve_is_another_figure_than_twelve() -> None:
    old = toll("killed", "12", value=12, low=12, high=12, comparator="=")
    new = toll("killed", "at least 12", value=12, low=12, comparator=">=")

    assert _kinds(old=old, new=new) == ["toll_revised"]


def test_the_same_figure_of_another_source_is_a_change_of_source() -> None:
    old = toll("killed", "12", value=12)
    new = toll("killed", "12", value=12, source="the police")

    assert _kinds(old=old, new=new) == ["source_changed"]


def test_a_figure_that_a_row_replaces_finds_its_row_whatever_else_differs() -> None:
    old = toll("killed", "12", value=12, low=12, who_text="miners", place="Orla")
    earlier = Figure(evidence=evidence("12 killed"), count_text="12", value=12, low=12)
    new = toll("killed", "19", value=19, who_text="people", place="Kasra",
               supersedes=(earlier,))  # fmt: skip
    apart = toll("killed", "19", value=19, who_text="people", place="Kasra")

    assert _kinds(old=old, new=new) == ["toll_revised"]
    assert _kinds(old=old, new=apart) == ["new", "no_longer_mentioned"]


def test_each_source_keeps_its_own_row() -> None:
    def rows(army: int, rebels: int) -> Briefing:
        return briefing(
            toll("killed", str(army), id="c1", value=army, source="the army"),
            toll("killed", str(rebels), id="c2", value=rebels, source="the rebels"),
        )

    changes = _of(compare(rows(12, 40), rows(40, 45)), "casualties")

    assert [(c.old.id, c.new.id) for c in changes if c.old and c.new] == [
        ("c1", "c1"),
        ("c2", "c2"),
    ]


def test_a_figure_that_another_counter_replaces_does_not_cross_two_counters() -> None:
    def rows(first: str) -> Briefing:
        earlier = Figure(
            evidence=evidence(f"{first}: 19 killed"), count_text="19", value=19, low=19,
            source=party("the institute"),
        )  # fmt: skip
        return briefing(
            toll("killed", "26", id="c1", value=26, low=26, source="the institute",
                 supersedes=(earlier,)),
            toll("killed", "19", id="c2", value=19, low=19, source="the mayor"),
        )  # fmt: skip

    assert not _of(compare(rows("Sunday"), rows("Monday")), "casualties")


def test_tolls_with_nothing_in_common_are_paired_only_when_there_is_no_choice() -> None:
    one = toll("killed", "12", value=12, source="the army")
    two = toll("killed", "19", value=19, source="the police")
    three = toll("killed", "three", id="c2", value=3, source="a nurse", place="Orla")

    assert _kinds(old=one, new=two) == ["toll_revised"]
    kinds = [c.kind for c in compare(briefing(one), briefing(two, three)).changes]
    assert kinds == ["new", "new", "no_longer_mentioned"]


# -- open questions ----------------------------------------------------------------


def _answered(old: Briefing, new: Briefing) -> tuple[str, Item | None]:
    (change,) = _of(compare(old, new), "open_questions")
    return change.kind, change.answer


def test_an_unanswered_request_that_has_an_answer_is_a_question_answered() -> None:
    asked = request("Chad", "free the crew", "Mali")
    asks = question("unanswered_request", "How will Mali answer?", about="r1")
    refused = request("Chad", "free the crew", "Mali", status="refused")

    assert _answered(briefing(asked, asks), briefing(refused)) == ("answered", refused)


def test_a_silent_party_that_speaks_answers_and_one_that_declines_does_not() -> None:
    silent = briefing(question("no_comment", "What does Mali say?", who="Mali"))
    speaks = position("Mali", "assert", "the crew is well")
    declines = position("Mali", "refuse", "declined to comment",
                        evidence=evidence("Mali declined to comment."))  # fmt: skip

    assert _answered(silent, briefing(speaks)) == ("answered", speaks)
    assert _answered(silent, briefing(declines)) == ("no_longer_mentioned", None)


def test_a_count_that_has_a_source_now_is_a_question_answered() -> None:
    asks = question("unsourced", "Who counted the 12 killed?", about="c1")
    sourced = toll("killed", "12", value=12, source="the police")

    old = briefing(toll("killed", "12", value=12), asks)

    assert _answered(old, briefing(sourced)) == ("answered", sourced)


def _conflict() -> Briefing:
    return briefing(
        toll("killed", "12", id="c1", value=12, low=12, source="the army"),
        toll("killed", "40", id="c2", value=40, low=40, source="the rebels"),
        question("conflicting", "Were 12 or 40 people killed?", about="c1"),
    )


def test_two_counts_that_agree_now_settle_their_conflict() -> None:
    words = evidence("The army and the rebels now say 31 people were killed.")
    agreed = toll("killed", "31", value=31, source="the army", evidence=words)

    assert _answered(_conflict(), briefing(agreed)) == ("answered", agreed)


def test_a_count_that_is_left_out_settles_no_conflict() -> None:
    alone = toll("killed", "13", value=13, source="the army")

    assert _answered(_conflict(), briefing(alone)) == ("no_longer_mentioned", None)


def test_what_is_confirmed_now_is_no_longer_unverified() -> None:
    row = toll("killed", "12", value=12, source="the army")
    asks = question("unverified", "Can this be confirmed?", about="c1")
    words = evidence("The United Nations confirmed that 12 people were killed.")
    confirmed = toll("killed", "12", value=12, source="the army", evidence=words)

    kind, answer = _answered(briefing(row, asks), briefing(confirmed))

    assert (kind, answer) == ("answered", confirmed)


def test_a_question_that_is_asked_again_is_no_change() -> None:
    asked = request("Chad", "free the crew", "Mali")
    asks = question("unanswered_request", "How will Mali answer Chad?", about="r1")
    again = question("unanswered_request", "How will Mali reply?", about="r1", id="q4")

    assert compare(briefing(asked, asks), briefing(asked, again)).changes == ()


# -- the whole -----------------------------------------------------------------------


def test_two_days_of_one_story_differ_in_each_of_the_kinds() -> None:
    changes = compare(*days())

    told = {(c.section, c.kind) for c in changes.changes}
    assert told >= {
        ("requests", "answered"),
        ("requests", "hardened"),
        ("positions", "reversed"),
        ("positions", "hardened"),
        ("positions", "softened"),
        ("positions", "reworded"),
        ("positions", "new"),
        ("positions", "no_longer_mentioned"),
        ("casualties", "toll_revised"),
        ("open_questions", "answered"),
        ("actors", "new"),
        ("actors", "no_longer_mentioned"),
        ("actors", "role_changed"),
    }
    for change in changes.changes:
        assert change.kind == "new" or change.old_quotes
        assert change.old is None or change.new is not None or change.old_quotes


def test_a_text_that_is_read_twice_is_known_as_the_same() -> None:
    old, new = days()

    assert compare(old, old).same_text
    assert not compare(old, new).same_text


def test_changes_read_back_from_json() -> None:
    changes = compare(*days())

    assert Changes.model_validate_json(changes.model_dump_json()) == changes


def test_a_change_without_an_item_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an item"):
        Change(kind="new", section="positions")


def test_tolls_of_two_stories_are_not_taken_for_one_another() -> None:
    old = briefing(actor("Kenya"), toll("killed", "12", value=12, source="the army"))
    other = toll("killed", "19", value=19, source="the police")
    new = briefing(actor("Chad"), other, text="Invented too.")

    changes = _of(compare(old, new), "casualties")

    assert [c.kind for c in changes] == ["new", "no_longer_mentioned"]


# -- properties ----------------------------------------------------------------------

FEW = settings(max_examples=60, deadline=None)
"""For a quick run; 1,500 examples of each were run once, and took a minute."""

NAMES = st.sampled_from(["Kenya", "Nairobi", "Ana Ruiz", "Ruiz", "the army", "Mali"])
WORDS = st.lists(
    st.sampled_from(
        [
            "not",
            "never",
            "may",
            "dam",
            "dams",
            "bridge",
            "bridges",
            "crew",
            "free",
            "open",
            "closes",
            "will",
            "send",
            "the",
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
ACTS = st.sampled_from(
    ["support", "criticise", "refuse", "commit", "assert", "neutral"]
)


SOMEBODY = st.none() | NAMES
STATUSES = st.sampled_from(["open", "accepted", "refused", "partial", "withdrawn"])
FORCES = st.sampled_from(["request", "demand"])
HARMS = st.sampled_from(["killed", "injured"])
FIGURES = st.none() | st.integers(0, 3)
VERDICTS = st.sampled_from(["supported", "unconfirmed"])
PLACES = st.sampled_from([None, "Orla", "Kasra"])
QUESTIONS = st.sampled_from(
    ["no_comment", "unsourced", "unanswered_request", "conflicting", "unverified",
     "pending"]
)  # fmt: skip


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    """A briefing of a small world, so that items of two often speak of one thing."""
    asked = [
        request(draw(NAMES), draw(WORDS), draw(SOMEBODY), id=f"r{n}",
                status=draw(STATUSES), force=draw(FORCES))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    held = [
        position(draw(NAMES), draw(ACTS), draw(WORDS), id=f"p{n}",
                 conditional=draw(st.booleans()),
                 answers=tuple(r.id for r in asked if draw(st.booleans())),
                 verdict=draw(VERDICTS))
        for n in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    rows = [
        toll(draw(HARMS), "some", id=f"c{n}", value=draw(FIGURES),
             place=draw(PLACES), source=draw(SOMEBODY), verdict=draw(VERDICTS))
        for n in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    events = [
        development(draw(WORDS), *draw(st.lists(NAMES, max_size=2)), id=f"d{n}",
                    place=draw(PLACES), verdict=draw(VERDICTS))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    about = st.sampled_from([None, *(i.id for i in (*asked, *held, *rows))])
    asks = [
        question(
            draw(QUESTIONS),
            f"{draw(WORDS)}?", id=f"q{n}", about=draw(about), who=draw(SOMEBODY),
        )
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    who = [
        actor(name, id=f"a{n}", role=draw(st.sampled_from([None, "mayor", "rebel"])))
        for n, name in enumerate(draw(st.lists(NAMES, max_size=3, unique=True)))
    ]
    return briefing(*who, *events, *asked, *held, *rows, *asks, text=draw(WORDS))


def _mirror(change: Change) -> Change:
    return Change(
        kind=MIRRORED[change.kind],
        section=change.section,
        old=change.new,
        new=change.old,
        answer=change.answer,
    )


@given(briefings())
@FEW
def test_equal_briefings_give_no_change(one: Briefing) -> None:
    changes = compare(one, one)

    assert changes.changes == ()


@given(briefings(), briefings())
@FEW
def test_the_way_back_is_the_mirror_of_the_way_there(
    one: Briefing, two: Briefing
) -> None:
    forth, back = compare(one, two), compare(two, one)

    assert {_mirror(c) for c in forth.changes} == set(back.changes)
    assert forth.unchanged == back.unchanged


@given(briefings(), briefings(), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_items_has_no_say(
    one: Briefing, two: Briefing, dice: object
) -> None:
    def shuffled(made: Briefing) -> Briefing:
        update = {
            name: tuple(dice.sample(items := getattr(made, name), len(items)))  # type: ignore[attr-defined]  # a Random of hypothesis
            for name in ("actors", "requests", "positions", "casualties", "open_questions")
        }  # fmt: skip
        return made.model_copy(update=update)

    assert compare(shuffled(one), shuffled(two)).changes == compare(one, two).changes


@given(briefings(), briefings())
@FEW
def test_an_item_has_one_partner_at_most(one: Briefing, two: Briefing) -> None:
    pairs = {
        (c.section, c.old.id, c.new.id)
        for c in compare(one, two).changes
        if c.old is not None and c.new is not None
    }

    assert len({(s, o) for s, o, _ in pairs}) == len(pairs)
    assert len({(s, n) for s, _, n in pairs}) == len(pairs)


@given(briefings(), briefings())
@FEW
def test_every_item_is_a_change_or_unchanged(one: Briefing, two: Briefing) -> None:
    changes = compare(one, two)
    moved = {
        c.old.id for c in changes.changes if c.old and not isinstance(c.old, Actor)
    }

    total = sum(
        len(getattr(one, name))
        for name in (
            "developments",
            "requests",
            "positions",
            "casualties",
            "open_questions",
        )
    )
    # An actor named in passing is neither a change nor unchanged.
    assert len(moved) + changes.unchanged >= total


@given(
    st.integers(0, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 9), min_size=width, max_size=width), max_size=5
        )
    )
)
def test_the_pairing_has_the_greatest_total(weights: list[list[int]]) -> None:
    chosen = pairing.assign(weights)

    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    assert sum(weights[i][j] for i, j in chosen) == _best(weights)


def _best(weights: list[list[int]]) -> int:
    """Try all ways to pair rows and columns."""
    if not weights:
        return 0
    first, *rest = weights
    ways = [_best(rest)]
    for j, weight in enumerate(first):
        blocked = [[0 if k == j else w for k, w in enumerate(row)] for row in rest]
        ways.append(weight + _best(blocked))
    return max(ways)


SAME_BUT_FOR_A_FIGURE = [
    ("would send 40 lorries to the camp", "would send 44 lorries to the camp"),
    ("the bridge cost 3.2 million crowns", "the bridge cost 3.9 million crowns"),
    ("the vote would be held on 4 May", "the vote would be held on 11 May"),
    ("six villages were without power", "nine villages were without power"),
    ("the raise would be 6.5 percent", "the raise would be 6.2 percent from April"),
    ("the school opens again at 9 a.m.", "the school opens again at 11 a.m."),
    ("it carried 1,200 tonnes of grain", "it had carried 1,900 tonnes of grain"),
    ("found twelve boxes in the cellar", "found fifteen boxes in the cellar"),
    ("the repair would take 18 months", "the repair will take 30 months"),
    ("paid 9 million crowns to farmers", "paid 11 million crowns to the farmers"),
]
ONLY_OTHER_WORDS = [
    ("would send 40 lorries to the camp", "would send forty lorries to the camp"),
    ("it carried 1,200 tonnes of grain", "it carried 1200 tonnes of the grain"),
    ("six villages were without power", "the villages were without power"),
    ("one of the pumps had failed", "another of the pumps had failed"),
    ("several houses were lost", "many of the houses were lost"),
]


@pytest.mark.parametrize(("old", "new"), SAME_BUT_FOR_A_FIGURE)
def test_a_figure_in_the_place_of_another_is_revised(old: str, new: str) -> None:
    one, two = position("Ruiz", "assert", old), position("Ruiz", "assert", new)

    assert _kinds(old=one, new=two) == ["figure_revised"]
    asked = request("Ruiz", old, "Mali"), request("Ruiz", new, "Mali")
    assert _kinds(old=asked[0], new=asked[1]) == ["figure_revised"]


@pytest.mark.parametrize(("old", "new"), ONLY_OTHER_WORDS)
def test_a_figure_that_is_spelled_otherwise_or_left_out_is_not(
    old: str, new: str
) -> None:
    one, two = position("Ruiz", "assert", old), position("Ruiz", "assert", new)

    assert _kinds(old=one, new=two) == ["reworded"]
