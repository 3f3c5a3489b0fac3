"""Sources in several languages in one briefing, and what small models are asked."""

from collections.abc import Sequence

import pytest
from listed import found
from scripted import Scripted, whole
from tongues import ALL, HEBREW, SPANISH, article, briefed

from schemas.briefing import Briefing
from schemas.draft import PositionDraft, RequestDraft, SpeakerDraft
from schemas.evidence import Frozen
from summarizer.pipeline import brief
from summarizer.proof.requests import judging
from summarizer.proof.statements import positions
from summarizer.reading.reading import read
from summarizer.reading.values import Held, Refusal
from summarizer.text import lexicon
from summarizer.verification import verify


def _two(answer: Frozen | None = None) -> tuple[Briefing, Scripted]:
    english = (
        "The mayor of Goma said on Tuesday that the dam is safe. At least 12 people were "
        "killed in the town, the Red Cross said."
    )
    model = Scripted(answer or whole())
    articles = [article(english), article(SPANISH, source_id="s2")]
    made = brief(articles, model if answer else None)
    return made, model


def test_each_source_is_read_by_its_own_lists() -> None:
    made, _ = _two()
    tolls = {c.evidence[0].source: c.value for c in made.casualties}

    assert [s.language for s in made.sources] == ["en", "es"]
    assert tolls["s1"] == 12
    assert {c.count_text for c in made.casualties} >= {"At least 12", "1.234"}
    assert [n.source for n in made.not_checked] == ["s2"]
    assert verify(made).findings == ()


def test_articles_in_another_language_are_neither_joined_nor_contradicted() -> None:
    told = SPANISH.replace("doce", "trece").replace("recibido dinero", "pedido dinero")
    made = brief([article(SPANISH), article(told, source_id="s2")], None)

    assert all(len({e.source for e in p.evidence}) == 1 for p in made.positions)
    assert {c.value for c in made.casualties} >= {12, 13}
    assert not any(q.kind == "conflicting" for q in made.open_questions)
    assert verify(made).findings == ()


def test_only_articles_in_other_languages_are_asked_for_their_own_words() -> None:
    _, model = _two(whole())
    told = ["never translate" in ask.messages[0].content for ask in model.asked]

    assert told == [False, True]


def test_a_small_model_is_asked_about_the_sentences_with_words_of_the_lists() -> None:
    model = Scripted(whole(), strategy="focused")
    brief(
        [article("Tarsk es una ciudad de la costa con un gran puerto. " + SPANISH)],
        model,
    )
    asked = {
        ask.messages[-1].content.rsplit("Sentence: ", 1)[-1]
        for ask in model.asked
        if ask.section != "actors"
    }

    assert any("pidió" in words for words in asked)
    assert not any("un gran puerto" in words for words in asked)


def test_a_small_model_is_asked_about_every_sentence_without_lists() -> None:
    model = Scripted(whole(), strategy="focused")
    brief([article(HEBREW)], model)
    sections = [ask.section for ask in model.asked]

    assert sections.count("positions") == 2
    assert sections.count("requests") == 2


def test_sentences_that_seem_to_hold_an_item_are_named_in_spanish() -> None:
    made = briefed(
        "Esta es la historia de una ciudad. El Gobierno de Tarsk no dijo que fuera a "
        "negociar. Hablaron de los 12 heridos de la guerra. Tarsk exigió más."
    )
    missed: Sequence[str] = [u.section for u in made.coverage.not_covered]

    assert {"positions", "requests"} <= {*missed}


@pytest.mark.parametrize(
    ("code", "force", "holder"),
    [
        ("fr", "request", "Jean Morel"),
        ("de", "demand", "Jan Morel"),
        ("uk", "call", "Ян Морель"),
    ],
)
def test_lists_alone_read_who_asks_who_speaks_and_the_toll(
    code: str, force: str, holder: str
) -> None:
    made = briefed(ALL[code])
    (request,), (toll,) = made.requests, made.casualties

    assert (request.force, request.mode) == (force, "yield")
    assert (toll.kind, toll.value, toll.comparator) == ("killed", 12, ">=")
    assert (made.positions[0].holder.name, made.positions[0].form) == (holder, "direct")


@pytest.mark.parametrize("code", lexicon.languages())
def test_what_lists_read_is_verified(code: str) -> None:
    if code == "en":
        return
    assert verify(briefed(ALL[code])).findings == ()


@pytest.mark.parametrize(
    ("code", "sentences", "asked"),
    [
        ("fr", "« Nous n'avons plus de bateaux », a déclaré Paul Vidal. Il a demandé au gouvernement d'envoyer l'armée.",
         "Paul Vidal -> gouvernement: request: envoyer l'armée"),
        ("de", "„Wir haben keine Boote mehr“, sagte Paul Vidal. Er forderte die Regierung auf, die Armee zu schicken.",
         "Paul Vidal -> Regierung: demand: die Armee zu schicken"),
        ("ar", "وقال رئيس البلدية: «لم يعد لدينا قوارب». وطلب من الحكومة إرسال الجيش.",
         "رئيس البلدية -> الحكومة: request: إرسال الجيش"),
        ("uk", "«У нас немає човнів», — сказав Павло Відаль. Він закликав уряд надіслати військо.",
         "Павло Відаль -> уряд: call: надіслати військо"),
    ],
)  # fmt: skip
def test_who_spoke_before_is_the_one_who_asks(
    code: str, sentences: str, asked: str
) -> None:
    assert asked in found(code, sentences)


@pytest.mark.parametrize(
    ("code", "sentence", "said"),
    [
        ("de", "Die Straße ist gesperrt, teilte der Katastrophenschutz am Montag mit.",
         "Katastrophenschutz: assert: Die Straße ist gesperrt"),
        ("ar", "وبحسب الصليب الأحمر، ينام أكثر من ألف ساكن في المدارس.",
         "الصليب الأحمر: assert: ينام أكثر من ألف ساكن في المدارس"),
        ("ar", "أغلق الجسر أمام السيارات، وفق ما أعلن الدفاع المدني.",
         "الدفاع المدني: assert: أغلق الجسر أمام السيارات"),
    ],
)  # fmt: skip
def test_a_verb_in_two_parts_and_a_joined_letter_are_no_part_of_the_statement(
    code: str, sentence: str, said: str
) -> None:
    assert said in found(code, sentence)


@pytest.mark.parametrize(
    ("code", "sentence", "holder", "quote"),
    [
        ("fr", "Le syndicat des dockers dénonce une réforme injuste.",
         "syndicat des dockers", "dénonce une réforme injuste"),
        ("de", "Die Gewerkschaft kritisiert die Reform.",
         "Gewerkschaft", "kritisiert die Reform"),
        ("uk", "Профспілка докерів засуджує несправедливу реформу.",
         "Профспілка докерів", "засуджує несправедливу реформу"),
        ("ar", "نددت النقابة بالقانون الجديد.",
         "النقابة", "نددت النقابة بالقانون الجديد"),
    ],
)  # fmt: skip
def test_a_stance_that_a_word_shows_is_held_as_drafted(
    code: str, sentence: str, holder: str, quote: str
) -> None:
    draft = PositionDraft(holder=holder, act="criticise", quote=quote)
    held = read(article(sentence, code)).reader.stance(0, draft)

    assert isinstance(held, Held)
    assert (held.act, held.form) == ("criticise", "narrated")


@pytest.mark.parametrize(
    ("code", "sentence", "holder"),
    [
        (
            "fr",
            "Le syndicat des dockers prépare une réforme injuste.",
            "syndicat des dockers",
        ),
        ("de", "Die Gewerkschaft liest die Reform.", "Gewerkschaft"),
        ("uk", "Профспілка докерів читає несправедливу реформу.", "Профспілка докерів"),
        ("ar", "قرأت النقابة القانون الجديد.", "النقابة"),
    ],
)
def test_a_stance_that_no_word_shows_is_refused(
    code: str, sentence: str, holder: str
) -> None:
    draft = PositionDraft(holder=holder, act="criticise", quote=sentence.rstrip("."))
    held = read(article(sentence, code)).reader.stance(0, draft)

    assert isinstance(held, Refusal)
    assert held.check == "no_stance"


@pytest.mark.parametrize(
    ("code", "sentence", "name", "word", "told"),
    [
        ("fr", "Le syndicat des pêcheurs accuse la société Hydrolis d'avoir menti.", "syndicat des pêcheurs", "accuse", "accuse"),
        ("fr", "Le syndicat des pêcheurs accuse la société Hydrolis d'avoir menti.", "Hydrolis", "accuse", "speaker"),
        ("fr", "Le maire n'accuse pas la société Hydrolis.", "maire", "accuse", "denied"),
        ("fr", "La société Hydrolis a critiqué le maire.", "société Hydrolis", "critiqué", "criticise"),
        ("de", "Die Fischergewerkschaft warf dem Unternehmen Hydrolis Lügen vor.", "Fischergewerkschaft", "warf", "accuse"),
        ("uk", "Профспілка докерів звинуватила компанію у брехні.", "Профспілка докерів", "звинуватила", "accuse"),
        ("ar", "واتهمت نقابة الصيادين شركة هيدروليس بفتح البوابات.", "نقابة الصيادين", "واتهمت", "accuse"),
        ("ar", "واتهمت نقابة الصيادين شركة هيدروليس بفتح البوابات.", "شركة هيدروليس", "واتهمت", "speaker"),
    ],
)  # fmt: skip
def test_whose_stance_a_word_tells_is_judged_by_its_subject(
    code: str, sentence: str, name: str, word: str, told: str
) -> None:
    made = article(sentence, code)
    draft = SpeakerDraft(name=name, word=word)
    held = positions.judge_speaker(read(made), draft, made.sentences[0].span)

    if isinstance(held, Refusal):
        assert held.check == told
    else:
        assert (held.act, held.standing.verdict) == (told, "supported")


@pytest.mark.parametrize(
    ("code", "sentence", "by", "what"),
    [
        ("fr", "L'opposition exige une enquête.", "L'opposition", "exige"),
        ("de", "Die Opposition verlangt eine Untersuchung.", "Opposition", "verlangt"),
    ],
)
def test_the_word_of_asking_is_not_what_is_asked_for(
    code: str, sentence: str, by: str, what: str
) -> None:
    made = article(sentence, code)
    draft = RequestDraft(by=by, to="", what=what)
    refusal = judging.judge(read(made), draft, made.sentences[0].span)

    assert isinstance(refusal, Refusal)
    assert refusal.check == "no_request"
