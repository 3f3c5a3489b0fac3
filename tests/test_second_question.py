"""What a blind second answer does to a draft that code cannot show."""

from dataclasses import dataclass

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import Blind, BlindAnswer, QuotedCasualty, QuotedPosition
from summarizer import brief, verify
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.reading.values import ASKED_AGAIN
from summarizer.sources import make_article

TEXT = (
    "Pia Holm and Omar Tell met the harbour board of Kasra on Monday. The campaign held a "
    "rally. The levy would ruin every small boat owner on the coast. Two crews lost all "
    "hands in the storm."
)
WORDS = "The levy would ruin every small boat owner on the coast"


@dataclass
class _TwoAnswers(Scripted):
    """Answers the second question with what it is given."""

    blind: Blind | None = None

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        if ask.answer is not BlindAnswer:
            return super().complete(ask)
        self.asked.append(ask)  # type: ignore[arg-type]  # of any answer
        items = (self.blind,) if self.blind else ()
        return Reply(ask.answer.model_validate({"items": items}), Usage(calls=1))


def _model(holder: str, who: str) -> _TwoAnswers:
    draft = QuotedPosition(holder=holder, act="criticise", quote=WORDS, gist=WORDS)
    return _TwoAnswers(whole(positions=[draft]), blind=Blind(number=1, who=who))


def _briefed(model: _TwoAnswers) -> Briefing:
    return brief([make_article(TEXT)], model)


def test_agreement_supports_what_code_cannot_show() -> None:
    briefing = _briefed(_model("Pia Holm", "Holm"))

    (position,) = briefing.positions
    assert (position.verdict, position.holder.name) == ("supported", "Pia Holm")
    assert position.reasons == (ASKED_AGAIN,)
    assert (verify(briefing).findings, verify(briefing).unconfirmed) == ((), ("p1",))


def test_verify_names_a_verdict_that_nothing_bears_out() -> None:
    made = _briefed(_model("Pia Holm", ""))
    forged = made.positions[0].model_copy(
        update={"verdict": "supported", "reasons": ()}
    )

    (found,) = verify(made.model_copy(update={"positions": (forged,)})).findings

    assert (found.item, found.check) == ("p1", "verdict")


def test_another_named_party_refutes_it() -> None:
    briefing = _briefed(_model("Pia Holm", "Omar Tell"))

    assert briefing.positions == ()
    (withheld,) = briefing.withheld
    assert withheld.check == "second_answer"
    assert "names Omar Tell, not Pia Holm" in withheld.reason


@pytest.mark.parametrize(
    ("holder", "who"),
    [
        ("Pia Holm", ""),
        ("Pia Holm", "she"),
        ("Pia Holm", "Nobody Atall"),
        ("Pia Holm", "The campaign"),
        ("The campaign", "Omar Tell"),
    ],
)
def test_no_answer_and_a_description_change_nothing(holder: str, who: str) -> None:
    (position,) = _briefed(_model(holder, who)).positions

    assert position.verdict == "unconfirmed"
    assert position.reasons


def test_the_second_question_does_not_tell_the_first_answer() -> None:
    model = _model("Pia Holm", "Pia Holm")
    _briefed(model)

    (ask,) = [a for a in model.asked if a.answer is BlindAnswer]
    assert f"1. Who says or holds this: «{WORDS}»?" in ask.messages[-1].content
    assert "Pia Holm" not in ask.messages[-1].content.split("</article>")[1]


def test_another_count_refutes_a_toll() -> None:
    draft = QuotedCasualty(
        kind="killed", count="Two", who="crews", quote="Two crews lost all hands"
    )
    model = _TwoAnswers(whole(casualties=[draft]), blind=Blind(number=1, count="three"))

    briefing = _briefed(model)

    assert briefing.casualties == ()
    assert [w.check for w in briefing.withheld] == ["second_answer"]


def test_what_is_supported_is_not_asked_about_again() -> None:
    said = "Pia Holm said the levy would ruin every small boat owner."
    draft = QuotedPosition(
        holder="Pia Holm", act="criticise", quote=said, gist="the levy would ruin every"
    )
    model = _TwoAnswers(whole(positions=[draft]))

    briefing = brief([make_article(f"{said} It rained in Kasra.")], model)

    assert [p.verdict for p in briefing.positions] == ["supported"]
    assert not [a for a in model.asked if a.answer is BlindAnswer]
