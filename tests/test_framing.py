"""What a statement says is parted from the words that say whose it is."""

import pytest
from scripted import Scripted, whole

from schemas.briefing import Position
from schemas.draft import QuotedPosition, QuotedRequest
from summarizer import brief
from summarizer.sources import make_article

LEAD = "Orsk Institute published a report on rents. Ana Ruiz is the mayor of Varos. "


def _position(sentence: str, holder: str, *, gist: str = "") -> Position:
    draft = QuotedPosition(holder=holder, act="claim", quote=sentence, gist=gist)
    briefing = brief(
        [make_article(LEAD + sentence)], Scripted(whole(positions=[draft]))
    )
    return briefing.positions[0]


@pytest.mark.parametrize(
    ("sentence", "holder", "gist"),
    [
        ("Ana Ruiz concluded that rents had doubled.", "Ana Ruiz", "rents had doubled"),
        ("She reckons that rents will double.", "Ana Ruiz", "rents will double"),
        ("Ana Ruiz quips that rents outrun trams.", "Ana Ruiz", "rents outrun trams"),
        ("The report found rents had doubled.", "Orsk Institute", "rents had doubled"),
        ("Ana Ruiz told aides that rents had doubled.", "Ana Ruiz", "rents had doubled"),
        ("Ana Ruiz said on Monday rents had doubled.", "Ana Ruiz", "rents had doubled"),
        ("Ana Ruiz said during that year, rents had doubled.", "Ana Ruiz",
         "during that year, rents had doubled"),
        ("Ana Ruiz cautioned against a freeze set by Varos.", "Ana Ruiz",
         "Ana Ruiz cautioned against a freeze set by Varos"),
        ("Rents have doubled, says a report.", "Orsk Institute", "Rents have doubled"),
        ("Rents have doubled, according to Ana Ruiz.", "Ana Ruiz", "Rents have doubled"),
        ("Rents have doubled said Ana Ruiz.", "Ana Ruiz", "Rents have doubled"),
        ("Rents have doubled, Ana Ruiz said, even if wages rose.", "Ana Ruiz", "Rents have doubled"),
    ],
)  # fmt: skip
def test_a_frame_is_no_part_of_the_statement(
    sentence: str, holder: str, gist: str
) -> None:
    item = _position(sentence, holder)

    assert (item.gist, item.form) == (gist, "indirect")
    assert item.attribution != "outlet"


@pytest.mark.parametrize(
    ("sentence", "gist"),
    [
        ("Ana Ruiz denied that rents had doubled.", "denied that rents had doubled"),
        ("Ana Ruiz will consider a freeze only if rents double.", "Ana Ruiz will consider a freeze only if rents double"),
        ("Ana Ruiz opposes a freeze of rents.", "Ana Ruiz opposes a freeze of rents"),
        ("Ana Ruiz is not optimistic that rents can fall.", "Ana Ruiz is not optimistic that rents can fall"),
        ("Ana Ruiz is against a freeze that hurts poor families.", "Ana Ruiz is against a freeze that hurts poor families"),
    ],
)  # fmt: skip
def test_what_turns_or_makes_the_statement_stays_in_it(
    sentence: str, gist: str
) -> None:
    assert _position(sentence, "Ana Ruiz", gist=sentence.rstrip(".")).gist.endswith(
        gist
    )


@pytest.mark.parametrize(
    ("gist", "shown"),
    [
        ("She said that rents had doubled", "rents had doubled"),
        ("rents had doubled", "rents had doubled"),
    ],
)
def test_a_frame_within_a_drafted_statement_is_left_out(gist: str, shown: str) -> None:
    sentence = "She said that rents had doubled."

    assert _position(sentence, "Ana Ruiz", gist=gist).gist == shown


@pytest.mark.parametrize(
    ("sentence", "form", "attribution"),
    [
        ("Ana Ruiz remains highly critical of the freeze.", "narrated", "outlet"),
        ("Ana Ruiz wants the freeze to end.", "narrated", "outlet"),
    ],
)
def test_a_stance_that_nobody_voices_is_narrated(
    sentence: str, form: str, attribution: str
) -> None:
    item = _position(sentence, "Ana Ruiz")

    assert (item.form, item.attribution) == (form, attribution)


@pytest.mark.parametrize(
    ("holder", "attribution"),
    [
        ("a letter sent to staff", "document"),
        ("a 2023 survey by Orsk Institute", "document"),
        ("One line supervisor", "described"),
        ("Ana Ruiz", "named"),
        ("Orsk Institute", "institution"),
    ],
)
def test_the_source_is_told_by_the_head_of_its_phrase(
    holder: str, attribution: str
) -> None:
    subject = holder[:1].upper() + holder[1:]

    item = _position(f"{subject} said that rents had doubled.", holder)

    assert item.attribution == attribution


@pytest.mark.parametrize(
    "phrase",
    [
        "declining to be named",
        "who did not want to be named",
        "who was not authorised to brief the press",
        "on the condition that she not be named",
        "who asked that her name not be used",
    ],
)
def test_who_will_not_be_named_is_anonymous(phrase: str) -> None:
    sentence = f"One line supervisor, {phrase}, said that rents had doubled."

    assert _position(sentence, "One line supervisor").attribution == "anonymous"


def test_who_would_not_be_named_stays_anonymous() -> None:
    text = (
        "“It is over,” said a senior aide, who asked not to be named. Rents rose. “They "
        "know it,” the aide added."
    )
    quote = "“They know it,” the aide added."
    draft = QuotedPosition(holder="a senior aide", act="claim", quote=quote)

    item = brief([make_article(text)], Scripted(whole(positions=[draft]))).positions[0]

    assert item.attribution == "anonymous"


def test_each_paragraph_of_a_long_quotation_is_quoted() -> None:
    text = (
        '"Rents have doubled," Ana Ruiz said. "Wages have not. "Those who rent must '
        'move. "So the town grows empty." She left.'
    )
    quote = '"Those who rent must move.'
    draft = QuotedPosition(holder="Ana Ruiz", act="claim", quote=quote)

    item = brief([make_article(text)], Scripted(whole(positions=[draft]))).positions[0]

    assert (item.form, item.quote) == ("direct", "Those who rent must move")


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "The landlords’ union warned of lawsuits. The tenants' union wants 'more'. The landlords' union left."
    sentence = "The landlords' union left."
    draft = QuotedPosition(holder="landlords' union", act="claim", quote=sentence)

    item = brief([make_article(text)], Scripted(whole(positions=[draft]))).positions[0]

    assert item.quote is None


@pytest.mark.parametrize(
    ("text", "quote", "to", "attribution"),
    [
        ("“The council must lower rents,” Ana Ruiz said.", "“The council must lower rents,”", "council", "named"),
        ("Ana Ruiz said the council must lower rents.", "Ana Ruiz said the council must lower rents", "council", "named"),
        ("Ana Ruiz has asked the council to lower rents.", "Ana Ruiz has asked the council to lower rents", "council", "outlet"),
        ("Envoys said Ana Ruiz asked the council to lower rents.", "Ana Ruiz asked the council to lower rents", "council", "outlet"),
    ],
)  # fmt: skip
def test_who_says_that_something_must_be_done_is_the_source(
    text: str, quote: str, to: str, attribution: str
) -> None:
    draft = QuotedRequest(by="Ana Ruiz", to=to, what="lower rents", quote=quote)

    item = brief([make_article(text)], Scripted(whole(requests=[draft]))).requests[0]

    assert item.attribution == attribution


def test_called_on_is_a_call() -> None:
    text = "Ana Ruiz has called on the council to lower rents."
    draft = QuotedRequest(by="Ana Ruiz", to="council", what="lower rents", quote=text)

    item = brief([make_article(text)], Scripted(whole(requests=[draft]))).requests[0]

    assert item.force == "call"
