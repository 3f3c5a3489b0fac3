"""What "we" say outside quotation marks is shown, unconfirmed, as the writers' own."""

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import QuotedPosition, QuotedRequest
from summarizer import brief
from summarizer.sources import make_article

LETTER = (
    "Open the ferry lists. We wrote to the Harbour Office on Monday. We asked it to:\n\n"
    "1. Publish the list of the passengers.\n\n"
    "2. If such an order exists, withdraw it in public.\n\n"
    "Tom Orr of the Harbour Office said: “We know of no list.” We will keep asking."
)


def _asked(text: str, by: str, to: str, what: str, quote: str) -> Briefing:
    draft = QuotedRequest(by=by, to=to, what=what, quote=quote)
    return brief([make_article(text)], Scripted(whole(requests=[draft])))


def _said(text: str, holder: str, quote: str) -> Briefing:
    draft = QuotedPosition(holder=holder, act="claim", quote=quote)
    return brief([make_article(text)], Scripted(whole(positions=[draft])))


@pytest.mark.parametrize(
    ("what", "quote"),
    [
        ("Publish the list of the passengers", "Publish the list of the passengers"),
        ("withdraw it in public", "If such an order exists, withdraw it in public."),
    ],
)
def test_what_we_ask_for_is_unconfirmed_and_says_why(what: str, quote: str) -> None:
    request = _asked(LETTER, "We", "Harbour Office", what, quote).requests[0]

    assert request.by is not None
    assert (request.by.name, request.verdict) == ("We", "unconfirmed")
    assert any("whoever wrote this" in reason for reason in request.reasons)


def test_a_question_about_it_names_the_authors() -> None:
    briefing = _asked(
        LETTER,
        "we",
        "Harbour Office",
        "Publish the list of the passengers",
        "Publish the list of the passengers",
    )

    (question,) = [q.question for q in briefing.open_questions if q.about]
    assert question.startswith("How will Harbour Office answer the authors’ request: ")


def test_we_and_us_are_one_party() -> None:
    text = "We wrote to Varos. Nobody wrote back to us. We will not give up."
    drafts = [
        QuotedPosition(holder=holder, act="claim", quote=quote)
        for holder, quote in (
            ("us", "Nobody wrote back to us"),
            ("We", "We will not give up"),
        )
    ]

    briefing = brief([make_article(text)], Scripted(whole(positions=drafts)))

    assert [p.holder.name for p in briefing.positions] == ["We", "We"]
    assert len({p.holder.id for p in briefing.positions}) == 1


def test_we_of_a_statement_is_its_author() -> None:
    text = (
        "Statement by Foreign Minister Ana Ruiz\n\nWe regret the delay. "
        "We will send two ferries."
    )

    position = _said(text, "We", "We will send two ferries").positions[0]

    assert position.holder.name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("holder", "quote"),
    [
        ("We", "We know of no list"),  # Orr's "we"
        ("He", "We will keep asking"),
    ],
)
def test_another_pronoun_and_another_s_we_name_nobody(holder: str, quote: str) -> None:
    briefing = _said(LETTER, holder, quote)

    assert [w.check for w in briefing.withheld] == ["no_speaker"]


def test_we_who_ask_are_not_asked() -> None:
    text = (
        "We wrote letters. In letters to the Harbour Office, we have asked for a list."
    )

    briefing = _asked(
        text, "Harbour Office", "we", "a list", "we have asked for a list"
    )

    assert [w.check for w in briefing.withheld] == ["direction"]


def test_who_stands_before_we_have_asked_does_not_ask() -> None:
    text = "We wrote letters. In letters to the Harbour Office, we have asked it to send a list."

    request = _asked(
        text, "we", "Harbour Office", "send a list", "we have asked it to send a list"
    ).requests[0]

    assert request.to is not None
    assert request.to.name == "Harbour Office"
