"""A draft's speaker is refuted by another who is named to speak, by nothing less."""

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import QuotedPosition, QuotedRequest
from summarizer import brief
from summarizer.sources import make_article


def _said(text: str, holder: str, quote: str) -> Briefing:
    draft = QuotedPosition(holder=holder, act="claim", quote=quote)
    return brief([make_article(text)], Scripted(whole(positions=[draft])))


def _asked(text: str, by: str, to: str, what: str) -> Briefing:
    draft = QuotedRequest(by=by, to=to, what=what, quote=text)
    return brief([make_article(text)], Scripted(whole(requests=[draft])))


@pytest.mark.parametrize(
    ("text", "holder", "quote"),
    [
        ("The Orvane Post praised Ana Ruiz. “She works hard,” the influential Belmora daily wrote.",
         "The Orvane Post", "“She works hard,” the influential Belmora daily wrote"),
        ("The Orvane Post backs Ana Ruiz. Ruiz, the paper wrote, works hard — a strength it said she never lost.",
         "The Orvane Post", "a strength it said she never lost"),
        ("Tarsis Rail runs the line. Trains are late, the Ruiz campaign said.",
         "Tarsis Rail", "Trains are late"),
        (("Ledger Nine printed it. Ana Ruiz left. Tom Orr left. Pia Holm said no. Al Keto spoke. "
          "It said that nobody had asked for silence."), "Ledger Nine",
         "It said that nobody had asked for silence"),
    ],
)  # fmt: skip
def test_a_name_that_only_tells_of_a_noun_refutes_nobody(
    text: str, holder: str, quote: str
) -> None:
    assert len(_said(text, holder, quote).positions) == 1


@pytest.mark.parametrize(
    ("text", "holder", "quote"),
    [
        ("Tom Orr chairs it. He said that Pia Holm will continue to advise the board.",
         "Pia Holm", "He said that Pia Holm will continue to advise the board"),
        ("Joy grew, according to the scientist, as what people saw on Orbita was found to please.",
         "Orbita", "as what people saw on Orbita was found to please"),
        ("Tom Orr renews the criticism of the Varos government.", "Varos government",
         "Tom Orr renews the criticism of the Varos government"),
        ("Another expert, Tom Orr of the Orsk Institute in Varos, doubts the commitment made by Pia Holm.", "Pia Holm",
         "Another expert, Tom Orr of the Orsk Institute in Varos, doubts the commitment made by Pia Holm"),
        ("Decrees were annulled by the Orsk Tribunal. It is not that the tenants are wrong.", "Orsk Tribunal",
         "It is not that the tenants are wrong"),
        ("Envoys sent Tarsis a note and warned of war.", "Tarsis",
         "Envoys sent Tarsis a note and warned of war"),
    ],
)  # fmt: skip
def test_who_is_only_told_of_is_not_supported_as_the_speaker(
    text: str, holder: str, quote: str
) -> None:
    shown = _said(text, holder, quote).positions

    assert not [p for p in shown if p.verdict == "supported"]


@pytest.mark.parametrize(
    ("text", "by", "to", "what"),
    [
        ("The Food Office warned shoppers to stay away from the pills.",
         "shoppers", "The Food Office", "stay away from the pills"),
        ("The Food Office advised shoppers not to take the pills.",
         "shoppers", "The Food Office", "take the pills"),
        ("Captain Tom Orr says his team will need to work harder.",
         "his team", "Tom Orr", "work harder"),
    ],
)  # fmt: skip
def test_who_is_told_to_do_it_asks_for_nothing(
    text: str, by: str, to: str, what: str
) -> None:
    assert [w.check for w in _asked(text, by, to, what).withheld] == ["direction"]


@pytest.mark.parametrize(
    ("text", "by", "to", "what"),
    [
        ("The Food Office warned shoppers to stay away from the pills.",
         "The Food Office", "shoppers", "stay away from the pills"),
        ("Captain Tom Orr says his team will need to work harder.",
         "Tom Orr", "his team", "work harder"),
        ("Ana Ruiz is seeking a deputy, and some aides have suggested that Ruiz hire a friend.",
         "some aides", "Ana Ruiz", "hire a friend"),
        ("Unions want more: at a rally, speakers called on Ana Ruiz to resign.",
         "speakers", "Ana Ruiz", "resign"),
    ],
)  # fmt: skip
def test_who_tells_them_to_do_it_asks(text: str, by: str, to: str, what: str) -> None:
    briefing = _asked(text, by, to, what)

    assert [(r.by and r.by.name) for r in briefing.requests] != []
    assert not briefing.withheld


def test_a_mark_with_a_space_behind_it_is_found() -> None:
    text = "“It works,” Ana Ruiz said. “Or something has broken.” She left."
    quote = "“It works,” Ana Ruiz said. “ Or something has broken.”"

    assert len(_said(text, "Ana Ruiz", quote).positions) == 1


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The statement of the Varos government praised the dam.", "Varos government"),
        ("Criticism by the Varos government hurt the dam.", "Varos government"),
        ("A report made by Pia Holm praised the dam.", "Pia Holm"),
    ],
)
def test_whose_statement_it_is_says_it(text: str, holder: str) -> None:
    assert [p.verdict for p in _said(text, holder, text.rstrip(".")).positions] == [
        "supported"
    ]


def test_who_only_tells_that_another_asks_is_no_asker() -> None:
    text = (
        "The town of Quill has asked Tarsis for a new lighthouse, Mayor Ana Ruiz said."
    )

    assert _asked(text, "Ana Ruiz", "Tarsis", "a new lighthouse").requests == ()


def test_who_asks_after_another_asked_is_an_asker() -> None:
    text = "After Belmora asked for calm, Mayor Ana Ruiz said that Tarsis must open the bridge."

    assert len(_asked(text, "Ana Ruiz", "Tarsis", "open the bridge").requests) == 1


def test_what_goes_on_is_nobodys_word() -> None:
    text = (
        "The dam has given Belmora continued influence in Tarsis -- a plan Varos says it "
        "needs for its mills."
    )
    shown = _said(text, "Belmora", "a plan Varos says it needs for its mills").positions

    assert not [p for p in shown if p.verdict == "supported"]


def test_a_column_whose_author_is_named_far_away_is_not_refuted() -> None:
    told = "Tom Orr said the fair was full. Ana Ruiz said the trams ran late. "
    text = f"By Pia Holm. {told}The council sold the hall. Nobody asked why. A new hall is a waste of money."
    shown = _said(text, "Pia Holm", "A new hall is a waste of money").positions

    assert [p.verdict for p in shown] == ["unconfirmed"]


def test_words_in_quotation_marks_are_refuted_where_others_speak() -> None:
    told = "Tom Orr said the fair was full. “It was late.” The hall shut. "
    text = f"Pia Holm came. {'The rain went on. ' * 6}{told}"

    assert _said(text, "Pia Holm", "“It was late.”").positions == ()


STATEMENT = (
    "Statement by Foreign Minister Ana Ruiz on the bridge\n\n"
    "The closing of the bridge is an attack on trade. Belmora should open it at once. "
    "Tom Orr said it was unsafe. The minister of Tarsis wrote: “It stays shut.”"
)


def test_the_words_of_a_statement_are_its_authors() -> None:
    quote = "The closing of the bridge is an attack on trade"
    shown = _said(STATEMENT, "Ana Ruiz", quote).positions

    assert [(p.verdict, p.form, p.attribution) for p in shown] == [
        ("supported", "direct", "named")
    ]


@pytest.mark.parametrize("quote", ["Tom Orr said it was unsafe", "“It stays shut.”"])
def test_what_others_say_in_a_statement_is_not_its_authors(quote: str) -> None:
    shown = _said(STATEMENT, "Ana Ruiz", quote).positions

    assert not [p for p in shown if p.verdict == "supported"]


def test_words_that_are_nobodys_statement_have_no_author() -> None:
    text = "A statement by Ana Ruiz was read out. " + STATEMENT.partition("\n\n")[2]
    quote = "The closing of the bridge is an attack on trade"

    assert not [
        p for p in _said(text, "Ana Ruiz", quote).positions if p.verdict == "supported"
    ]
