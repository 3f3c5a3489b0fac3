"""What is made of the embedded model's answers to "who says it?". All are invented."""

import pytest
from briefed import items_of

from schemas.draft import SpeakerDraft
from schemas.evidence import Span
from summarizer.assembly import bottom_line
from summarizer.proof.statements import positions
from summarizer.reading import reading
from summarizer.reading.values import Held, Refusal
from summarizer.sources import make_article


def _judged(text: str, name: str, word: str) -> Held | Refusal:
    read = reading.read(make_article(text))
    draft = SpeakerDraft(name=name, word=word)
    return positions.judge_speaker(read, draft, Span(start=0, end=len(text)))


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("Belmora has been slow to offer full defence support to the Tarsis government.", "Belmora", "support"),
        ("Having met Tom Orr, Belmora gave its full support to the plan.", "Tom Orr", "support"),
        ("Belmora won trade support from groups like Blue Rivers.", "Blue Rivers", "support"),
    ],
)  # fmt: skip
def test_a_noun_is_nobodys_word(text: str, name: str, word: str) -> None:
    found = _judged(text, name, word)

    assert isinstance(found, Refusal)
    assert found.check == "no_stance"


@pytest.mark.parametrize(
    ("text", "name", "word", "gist"),
    [
        ("Many tenants support a freeze on rents.", "Many tenants", "support",
         "support a freeze on rents"),
        ("Having long supported opposition to Tom Orr, Belmora has become a friend of Tarsis.", "Belmora", "supported",
         "Having long supported opposition to Tom Orr, Belmora has become a friend of Tarsis"),
        ("Ana Ruiz insists that the dam must close.", "Ana Ruiz", "insists", "the dam must close"),
    ],
)  # fmt: skip
def test_a_verb_is_its_subjects_word(
    text: str, name: str, word: str, gist: str
) -> None:
    found = _judged(text, name, word)

    assert isinstance(found, Held)
    assert found.gist.of(text) == gist


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("On Belmora, Orr again knocked the dam and said it would fall.", "Orr"),
        ("In the Tarsis talks, Ruiz praised the dam and said it would hold.", "Ruiz"),
        (
            "Since taking office, Ruiz has praised the dam and said it would hold.",
            "Ruiz",
        ),
    ],
)
def test_what_leads_up_to_a_subject_is_not_the_speaker(text: str, holder: str) -> None:
    said = reading.read(make_article(text)).said

    assert {s.speaker and s.speaker.span.of(text) for s in said} == {holder}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ana Ruiz continued to insist that the truce on the river held.", 1),
        ("“It is late,” Ana Ruiz continued.", 1),
        ("The dam gave Belmora continued influence over the river.", 0),
        ("Ana Ruiz continued to grow over the last five years.", 0),
    ],
)
def test_what_goes_on_says_nothing_unless_it_is_speaking(text: str, told: int) -> None:
    assert len(reading.read(make_article(text)).said) == told


def test_a_toll_whose_sentence_hangs_on_another_leads_by_itself() -> None:
    text = "This led to clashes in which 12 people were killed. Ana Ruiz said so."
    made = items_of(text)
    line = bottom_line.compose((*made.casualties, *made.positions), ())

    assert line.text.startswith("12 killed")
