"""What stays open: derived from the words, never answered by them."""

import pytest
from briefed import items_of

from schemas.draft import QuotedQuestion
from summarizer.assembly.questions import room
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sources import make_article


def _questions(text: str) -> list[tuple[str, str]]:
    return [(q.kind, q.question) for q in items_of(text).open_questions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru and Chile met over a potential fishing pact.",
            ("pending", "What will become of the potential fishing pact?"),
        ),
        (
            "The two sides held talks in April over the border at Kasra.",
            ("pending", "What has come of the talks on the border at Kasra?"),
        ),
        (
            "It is unclear whether the mayor resigned.",
            ("pending", "Is it decided or known by now whether the mayor resigned?"),
        ),
        (
            "Belmora has yet to ratify the treaty.",
            ("pending", "Will Belmora ratify the treaty?"),
        ),
        (
            "The ministry did not name the three firms.",
            ("unspecified", "What is known about the three firms?"),
        ),
        (
            "The mayor did not say on Friday why the bridge was shut.",
            ("unspecified", "Is it known why the bridge was shut?"),
        ),
        (
            "It fought “rebel groups”, including the Hadi Force.",
            (
                "unspecified",
                "Which “rebel groups” are meant besides the Hadi Force?",
            ),
        ),
    ],
)
def test_what_a_sentence_leaves_open_becomes_a_question(
    text: str, expected: tuple[str, str]
) -> None:
    assert expected in _questions(text)


def test_a_text_that_settles_everything_has_no_question() -> None:
    assert _questions("The bridge was opened in 1994. It has two lanes.") == []


def test_at_most_six_are_kept_and_each_ends_with_a_question_mark() -> None:
    text = " ".join(f"Town {n} has yet to vote on plan {n}." for n in range(3)) + (
        " The army declined to comment. The mayor did not respond. The union could not "
        "be reached. The party had no comment. The bank did not reply."
    )

    found = items_of(text).open_questions

    assert len(found) == 6
    assert all(q.question.endswith("?") for q in found)
    assert all(len(q.question.split()) <= 20 for q in found)
    assert found[0].kind == "no_comment"


def test_a_drafted_question_with_a_foreign_name_is_withheld() -> None:
    text = "The border may reopen in May."
    good = QuotedQuestion(
        kind="pending", question="Will the border reopen in May?", quote="may reopen"
    )
    bad = QuotedQuestion(
        kind="pending", question="Will Paris reopen the border?", quote="may reopen"
    )

    made = items_of(text, [good, bad])

    assert [q.question for q in made.open_questions] == [good.question]
    assert [w.reason for w in made.withheld] == [
        "'Paris' is not in the sentences that raise it"
    ]


def test_the_source_of_a_small_count_is_not_asked_for() -> None:
    assert _questions("Three people were killed in Goma.") == []


def test_a_question_cut_before_its_verb_is_not_asked() -> None:
    text = "The mayor did not say whether the review, to be led by Ana Ruiz, will end."

    assert _questions(text) == []


def test_a_sentence_that_a_draft_asks_about_is_not_asked_about_again() -> None:
    text = "The ministry did not name the three firms."
    drafted = QuotedQuestion(
        kind="unspecified", question="Which three firms?", quote="name the three firms"
    )

    made = items_of(text, [drafted])

    assert [q.question for q in made.open_questions] == [drafted.question]


def test_each_of_several_articles_keeps_its_six() -> None:
    silent = (
        "Orla Steel",
        "Senn Hydro",
        "Ana Ruiz",
        "Ivo Lenk",
        "Tove Lind",
        "Una Frey",
        "Lars Moen",
    )
    many = " ".join(f"{name} declined to comment." for name in silent)
    later = "It is unclear whether the mayor resigned."
    articles = [
        make_article(text, source_id=f"s{n}") for n, text in enumerate((many, later), 1)
    ]

    found = brief(articles, None, plan=Plan()).open_questions

    assert [q.evidence[0].source for q in found].count("s1") == room.MOST
    assert [q.question for q in found if q.evidence[0].source == "s2"] == [
        "Is it decided or known by now whether the mayor resigned?"
    ]
