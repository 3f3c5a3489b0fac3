"""Articles in other languages. All of them are invented, and so are their people."""

import re
from collections.abc import Sequence
from datetime import date
from importlib import resources
from itertools import pairwise

import pytest
from briefed import name
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import Scripted, whole

from schemas.briefing import Briefing, Item
from schemas.draft import (
    CasualtyDraft,
    PositionDraft,
    QuotedCasualty,
    QuotedQuestion,
    QuotedRequest,
    RequestDraft,
    RoleDraft,
    WholeAnswer,
)
from schemas.evidence import Frozen
from summarizer.pipeline import brief
from summarizer.proof import verdicts
from summarizer.reading import grammar
from summarizer.reading.listed import days, numbers
from summarizer.reading.reading import Reading, read
from summarizer.reading.refusal import Refusal
from summarizer.render import findings, markdown, slack, terminal
from summarizer.sources import Article, Metadata, language, make_article
from summarizer.text import lexicon
from summarizer.text.counts import Count
from summarizer.text.lexicon import LexiconError
from summarizer.text.locate import locate
from summarizer.verification import Quote, verify, verify_quotes

PUBLISHED = date(2025, 7, 23)

SPANISH = (
    "El presidente de Belmora, Ana Ruiz, negó el martes que su país haya recibido dinero "
    "de Tarsk. «No hemos recibido ni un euro», dijo Ruiz. Añadió que la investigación "
    "seguirá abierta.\n\n"
    "Según el Ministerio de Sanidad, al menos doce personas murieron y 30 resultaron "
    "heridas en la explosión. El portavoz del ejército dijo que los rebeldes no atacaron "
    "la presa. Tarsk pidió a Belmora que retire sus tropas del valle. Las autoridades no "
    "quisieron hacer comentarios. Hubo 1.234 desplazados, informó la Cruz Roja."
)
FRENCH = (
    "Tarsk a demandé à Belmora de libérer les prisonniers. « Nous ne retirerons pas nos "
    "troupes », a déclaré le ministre Jean Morel. Au moins douze personnes ont été tuées "
    "dans la ville, selon la police."
)
ARABIC = (
    "نفى وزير الدفاع في بلمورا سامي حداد تلقي أموال. وقال حداد: «لن نسحب قواتنا من الوادي». "
    "وطلبت تارسك من بلمورا إطلاق سراح الأسرى. وقتل ما لا يقل عن 12 شخصا في الهجوم. "
    "هل تستأنف المفاوضات؟"
)
CHINESE = (
    "外交部发言人王宁表示，中方不会撤回部队。“我们不接受这一要求，”王宁说。"
    "塔斯克要求贝尔莫拉撤出山谷。红十字会称，至少12人死亡，30人受伤。"
)
HINDI = "राष्ट्रपति ने कहा कि बारह लोग मारे गए हैं। सेना ने इसे नकार दिया। क्या बातचीत होगी?"
HEBREW = "השר אמר כי אין נפגעים. ראש העיר ביקש עזרה מהממשלה."
JAPANESE = "「撤退しない。」と田中外相は述べた。少なくとも12人が死亡した。"
KOREAN = "김민수는 철수하지 않겠다고 말했다. 최소 12명이 숨졌다."

ALL = {
    "es": SPANISH, "fr": FRENCH, "ar": ARABIC, "zh": CHINESE, "hi": HINDI,
    "he": HEBREW, "ja": JAPANESE, "ko": KOREAN,
}  # fmt: skip

ES = lexicon.load("es")


def article(text: str, tongue: str | None = None, source_id: str = "s1") -> Article:
    """Make an article published on a known day."""
    return make_article(
        text,
        metadata=Metadata(published=PUBLISHED, language=tongue),
        source_id=source_id,
    )


def briefed(text: str, answer: WholeAnswer | None = None) -> Briefing:
    """Brief a text with the answer of a capable model written out."""
    return brief([article(text)], Scripted(answer) if answer else None)


def every(briefing: Briefing) -> tuple[Item, ...]:
    return (
        *briefing.actors,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.open_questions,
    )


# -- which language ---------------------------------------------------------------


@pytest.mark.parametrize("code", ALL)
def test_the_language_is_told_from_the_text(code: str) -> None:
    assert article(ALL[code]).as_source().language == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The minister said that it was not the time to talk about this."),
        ("de", "Der Minister hat gesagt, dass die Stadt nicht angegriffen wurde."),
        ("pt", "O ministro disse que não há mortos e que a polícia está no local."),
        ("it", "Il ministro ha detto che non è vero e che la città è al sicuro."),
        ("ru", "Министр сказал, что город не был атакован и что это не так."),
        ("uk", "Міністр сказав, що місто не було атаковане і що це не так."),
        ("fa", "وزیر گفت که این شهر را برای مردم باز می کند و از آن دفاع خواهد شد"),
        ("el", "Ο υπουργός δεν απάντησε."),
        ("th", "รัฐมนตรีไม่ตอบ"),
    ],
)
def test_languages_of_one_script_are_told_apart(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "12 34", "Kenya asked Uganda.", "Ana Ruiz, Tarsk, Belmora", "😀"]
)
def test_a_text_that_shows_no_language_has_none_and_reads_as_english(text: str) -> None:
    assert language.detect(text) is None
    assert language.read_as(text, None) == "en"


def test_two_languages_too_alike_to_tell_are_neither_nor_english() -> None:
    text = "Statsministeren mener, at det ikke er en god idé, og at han vil have mere."

    assert language.detect(text) is None
    assert language.read_as(text, None) == "und"


def test_a_text_in_two_scripts_at_equal_parts_has_no_language() -> None:
    assert language.detect("Минск столица abcde fghijklm") is None


@pytest.mark.parametrize(
    ("stated", "text", "kept"),
    [
        ("es-MX", SPANISH, "es-MX"),
        ("en-US", SPANISH, "es"),
        ("es", "The mayor said that it is not the time for this.", "en"),
        ("ca", SPANISH, "ca"),
        ("und", SPANISH, None),
        (None, SPANISH, None),
        ("fr", "Belmora.", "fr"),
    ],
)
def test_what_a_page_states_counts_unless_one_of_both_is_wrongly_english(
    stated: str | None, text: str, kept: str | None
) -> None:
    assert language.settled(stated, text) == kept


def test_a_language_that_the_caller_states_is_kept() -> None:
    assert article(SPANISH, "gl").as_source().language == "gl"
    assert article(SPANISH, "es-MX").tongue == "es"


# -- sentences and offsets --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("北京说。他来了！什么？好。", ["北京说。", "他来了！", "什么？", "好。"]),
        ("「はい。」と言った。彼は来た。", ["「はい。」と言った。", "彼は来た。"]),
        ("قال الوزير. هل جاء؟ نعم.", ["قال الوزير.", "هل جاء؟", "نعم."]),
        ("राम ने कहा। वह आया। क्यों?", ["राम ने कहा।", "वह आया।", "क्यों?"]),
        ("¿Qué dijo? ¡Nada! El Sr. Paz vino.", ["¿Qué dijo?", "¡Nada!", "El Sr. Paz vino."]),
        ("השר אמר. מה? לא.", ["השר אמר.", "מה?", "לא."]),
        ("Ça va 👍🏽. Très bien.", ["Ça va 👍🏽.", "Très bien."]),
    ],
)  # fmt: skip
def test_sentences_end_where_their_script_ends_them(
    text: str, sentences: list[str]
) -> None:
    made = make_article(text)

    assert [made.words(i) for i in range(len(made.sentences))] == sentences


@pytest.mark.parametrize("code", ["zh", "ja", "ar", "hi"])
def test_a_heading_is_told_from_a_paragraph_in_other_scripts(code: str) -> None:
    headings = {"zh": "标题", "ja": "見出し", "ar": "عنوان الخبر", "hi": "एक शीर्षक"}
    made = make_article(f"{headings[code]}\n\n{ALL[code]}")

    assert [e.reason for e in made.excluded] == ["heading"]
    assert made.sentences[0].span.start == len(headings[code]) + 2


_SCRIPTS = st.sampled_from(
    [
        "aeñ¿¡.,«» \n",
        "中文字。！？「」 \n",
        "अआकािी।॥् ?\n",
        "ابتة؟،.\u200f\u202b \n",
        "אבגד.?\u200e \n",
        "가각나다. ?\n",
        "e\u0301a\u0308.\u200d👩‍🚀🏳️‍🌈 \n",
        "กขาิ่ \n",
    ]
)
_TEXTS = st.lists(
    _SCRIPTS.flatmap(lambda letters: st.text(letters, max_size=30)), max_size=8
).map("".join)


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_sentences_of_any_script_are_slices_in_order(text: str) -> None:
    made = make_article(text)
    spans = [s.span for s in made.sentences]

    assert made.untouched == text
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(made.text).strip() == span.of(made.text) for span in spans)
    for span in spans:
        place = made.seen.original(span)
        assert made.seen.visible(place) == span


@given(_TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_copied_sentence_is_found_where_it_stands(
    text: str, data: st.DataObject
) -> None:
    made = make_article(text)
    if not made.sentences:
        return
    span = data.draw(st.sampled_from([s.span for s in made.sentences]))
    found = locate(span.of(made.text), made.text)

    assert found is not None
    assert locate(found.of(made.text), span.of(made.text)) is not None


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_of_any_script_can_be_briefed_and_verified(text: str) -> None:
    if not text.strip():
        return
    made = briefed(text, whole(bottom_line="x"))

    assert verify(made).findings == ()
    assert Briefing.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("문재인", "문재인은 말했다", True),  # particles follow a Korean name
        ("가", "각하", False),  # half a syllable is no word
        ("한국", "남한국", False),
        ("حداد", "وقال لحداد", True),  # Arabic writes "to" together with a name
        ("قال", "مقال", False),
        ("ירושלים", "בירושלים", True),
        ("क", "का", False),  # the vowel sign belongs to the letter
        ("राम", "रामायण", False),
        ("王宁", "发言人王宁表示", True),
        ("cafe\u0301", "un café frío", True),
    ],
)
def test_words_are_whole_as_their_script_sees_it(
    name: str, text: str, *, found: bool
) -> None:
    assert (locate(name, text) is not None) is found


# -- the files of word lists ------------------------------------------------------


def _file(code: str) -> str:
    place = resources.files("summarizer.text") / "data" / f"{code}.toml"
    return place.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", lexicon.languages())
def test_every_file_has_the_same_lists(code: str) -> None:
    lists = lexicon.load(code)

    assert lists.code == code
    assert {"en", "es"} <= set(lexicon.languages())
    for section, keys in lexicon.KEYS.items():
        for key, kind in keys.items():
            held = lists.values if kind == "values" else lists.entries
            assert held(section, key) or (section, key) in _MAY_BE_EMPTY


_MAY_BE_EMPTY = {("clauses", "between")}
"""Lists that a language which is fully covered may still lack."""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[negation]", "[negatoin]", "there is no section [negatoin]"),
        ("[negation]\nwords", "[negation]\nwrods", "there is no list 'wrods' in [negation]"),
        ('that = ["que"]\n', "", "[clauses] that is missing"),
        ('that = ["que"]', 'that = "que"', "[clauses] that must be a list of words"),
        ('that = ["que"]', 'that = ["(que"]', "is no pattern"),
        ('that = ["que"]', 'that = ["(que)"]', "write (?:…) instead of (…)"),
        ('that = ["que"]', 'that = ["x*"]', "matches nothing at all"),
        ('"enero", ', "", "[dates] months must have 12 entries"),
        ('code = ["es"]', 'code = ["pt"]', "[language] code must be ['es']"),
        ('verbs = ["listed"]', 'verbs = ["odd"]', "must be one of regular, listed"),
        ('"«»", ', '"«", ', "is no pair of marks"),
        ("hace {n} {unit}", "hace {m} {unit}", "there is no field 'm'"),
        ("mil = 1000", 'mil = "1000"', "must be words with whole numbers"),
        ("[speech]", "[speech", "es.toml: "),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_says_where(old: str, new: str, told: str) -> None:
    text = _file("es")
    assert old in text

    with pytest.raises(LexiconError, match=re.escape(told)) as error:
        lexicon.parse(text.replace(old, new, 1), "es.toml")
    assert str(error.value).startswith("es.toml: ")


def test_a_section_may_not_be_missing() -> None:
    text = re.sub(r"(?s)\[modals\].*?\n\n", "", _file("es"))

    with pytest.raises(LexiconError, match=re.escape("section [modals] is missing")):
        lexicon.parse(text, "es.toml")


def test_a_list_may_be_empty_and_is_then_not_there() -> None:
    text = re.sub(r"(?m)^(\[modals\]\nwords = ).*$", r"\1[]", _file("es"))
    lists = lexicon.parse(text, "es.toml")

    assert not lists.has("modals")
    assert lists.pattern("modals", "words").search("puede") is None
    assert lists.has("negation")


@pytest.mark.parametrize(
    ("section", "key", "needed"),
    [
        ("qualifiers", "at_least", "numbers"),
        ("dates", "formats", "dates"),
        ("clauses", "addressee", "requests"),
        ("clauses", "that", "speech"),
    ],
)
def test_lists_that_would_be_misread_without_others_count_as_missing(
    section: str, key: str, needed: str
) -> None:
    head, mark, rest = _file("es").partition(f"[{section}]\n")
    emptied = re.sub(rf"(?m)^{key} = .*$", f"{key} = []", rest, count=1)
    lists = lexicon.parse(head + mark + emptied, "es.toml")

    assert lists.entries(section, key) == ()
    assert not lists.has(needed)
    assert lists.has("negation")


def test_a_language_without_spaces_has_no_word_borders() -> None:
    text = _file("es").replace('script = ["spaced"]', 'script = ["unspaced"]')
    lists = lexicon.parse(text.replace('that = ["que"]', 'that = ["说"]'), "es.toml")

    assert lists.pattern("clauses", "that").search("他说他来") is not None


# -- Spanish: numbers and days ----------------------------------------------------


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("al menos doce", Count(12, ">=", 12, None)),
        ("2.345", Count(2345, "=", 2345, 2345)),
        ("1.234,5", Count(1234, "=", 1234, 1234)),
        ("1,2 millones", Count(1_200_000, "=", 1_200_000, 1_200_000)),
        ("más de treinta y cinco mil", Count(35_000, ">", 35_000, None)),
        ("dos mil millones", Count(2_000_000_000, "=", 2_000_000_000, 2_000_000_000)),
        ("ciento veintitrés", Count(123, "=", 123, 123)),
        ("entre 10 y 12", Count(None, None, 10, 12)),
        ("de 9 a 12", Count(None, None, 9, 12)),
        ("unas 40", Count(40, "~", 40, 40)),
        ("hasta 300", Count(300, "<=", None, 300)),
        ("menos de 20", Count(20, "<", None, 20)),
        ("12 o más", Count(12, ">=", 12, None)),
        ("12 o menos", Count(12, "<=", None, 12)),
        ("decenas de miles", Count(None, ">=", 10_000, None, vague=True)),
        ("dos docenas", Count(24, "=", 24, 24)),
        ("una docena", Count(12, "=", 12, 12)),
        ("ningún", Count(0, "=", 0, 0)),
        ("de 12 a 9", None),
        ("muchísimo", None),
    ],
)
def test_spanish_numbers_mean_what_they_say(words: str, count: Count | None) -> None:
    assert numbers.read(words, ES) == count


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("un soldado y una persona", ["una"]),
        ("2.345 muertos y varios heridos", ["2.345", "varios"]),
        ("no hubo nada", []),
    ],
)
def test_spanish_counts_are_found_with_their_qualifiers(
    text: str, spans: list[str]
) -> None:
    assert [s.of(text) for s in numbers.spans(text, ES)] == spans


@pytest.mark.parametrize("word", ["doce", "muchos", "y", "mil x"])
def test_a_word_that_is_no_number_is_none(word: str) -> None:
    assert numbers.number(word, ES) == (12 if word == "doce" else None)


def test_without_number_words_not_even_digits_are_read() -> None:
    french = lexicon.of("fr")

    assert numbers.read("12 mille", french) is None
    assert numbers.spans("12 mille", french) == []
    assert numbers.number("12", french) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("el 3 de mayo de 2024", [("el 3 de mayo de 2024", "2024-05-03")]),
        ("el 3 de mayo", [("el 3 de mayo", "2025-05-03")]),
        ("el 30 de diciembre", [("el 30 de diciembre", "2025-12-30")]),
        ("el 31 de enero", [("el 31 de enero", "2025-01-31")]),
        ("ayer", [("ayer", "2025-07-22")]),
        ("el viernes pasado", [("el viernes pasado", "2025-07-18")]),
        ("el próximo lunes", [("el próximo lunes", "2025-07-28")]),
        ("el miércoles", [("el miércoles", "2025-07-23")]),
        ("el sabado", [("el sabado", "2025-07-19")]),
        ("la semana pasada", [("la semana pasada", "2025-W29")]),
        ("hace tres días", [("hace tres días", "2025-07-20")]),
        ("hace 2 semanas", [("hace 2 semanas", "2025-W28")]),
        ("hace un mes", [("hace un mes", "2025-06")]),
        ("el mes que viene", [("el mes que viene", "2025-08")]),
        ("el año pasado", [("el año pasado", "2024")]),
        ("en setiembre de 2019", [("setiembre de 2019", "2019-09")]),
        ("en 2019", [("en 2019", "2019")]),
        ("mañana", [("mañana", "2025-07-24")]),
        ("por la mañana", []),
        ("el 31 de junio", []),
        ("hace 20000 días", []),
    ],
)
def test_spanish_days_are_resolved(text: str, found: list[tuple[str, str]]) -> None:
    told = days.find(text, PUBLISHED, ES)

    assert [(d.span.of(text), d.when.value) for d in told] == found


def test_a_day_of_last_year_is_the_nearer_one() -> None:
    told = days.find("el 30 de diciembre", date(2025, 1, 5), ES)

    assert [d.when.value for d in told] == ["2024-12-30"]


@pytest.mark.parametrize("text", ["ayer", "el 3 de mayo", "el lunes", "hace dos días"])
def test_without_a_day_of_publication_a_day_stays_its_words(text: str) -> None:
    (told,) = days.find(text, None, ES)

    assert told.when.basis == "unresolved"


# -- Spanish: who says, asks and suffers what -------------------------------------


def _said(text: str) -> list[tuple[str, str, str]]:
    """List who says what and as which act, as the form of the sentences shows it."""
    made = briefed(text)
    return [(p.holder.name, p.act, p.gist) for p in made.positions]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("«No hay pruebas», dijo Ana Ruiz.", ("Ana Ruiz", "assert", "No hay pruebas")),
        ("Ana Ruiz dijo que no hay pruebas de ello.", ("Ana Ruiz", "assert", "no hay pruebas de ello")),
        ("Ana Ruiz declaró: «Seguiremos aquí».", ("Ana Ruiz", "commit", "Seguiremos aquí")),
        ("Según Ana Ruiz, la presa no corre peligro.", ("Ana Ruiz", "assert", "la presa no corre peligro")),
        ("La presa no corre peligro, según la Cruz Roja.", ("Cruz Roja", "assert", "La presa no corre peligro")),
        ("La presa no corre peligro, aseguró ayer Ana Ruiz.", ("Ana Ruiz", "assert", "La presa no corre peligro")),
        ("La ministra de Energía, Eva Mora, negó que haya un plan.", ("Eva Mora", "deny", "haya un plan")),
        ("La ministra de Energía Eva Mora advirtió de que habrá cortes de luz.", ("Eva Mora", "warn", "habrá cortes de luz")),
        ("El ministro de Asuntos Exteriores afirmó que no habrá cambios.", ("ministro de Asuntos Exteriores", "assert", "no habrá cambios")),
        ("«Nunca», aseguró a la prensa el director de la central, Luis Peña.", ("Luis Peña", "assert", "Nunca")),
        ("El Gobierno rechazó que la presa tenga grietas.", ("Gobierno", "refuse", "la presa tenga grietas")),
        ("Dijo Ana Ruiz que la presa no corre peligro.", ("Ana Ruiz", "assert", "la presa no corre peligro")),
    ],
)  # fmt: skip
def test_the_simple_forms_of_spanish_speech_are_read(
    text: str, said: tuple[str, str, str]
) -> None:
    assert _said(f"Esta es una historia de la ciudad y de sus calles. {text}") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz no dijo que haya pruebas de ello.",
        "Nadie dijo que haya pruebas de ello.",
        "A Rusia le dijo que la presa es segura.",
        "Ana Ruiz preguntó si la presa es segura.",
        "Ana Ruiz dijo que sí.",
    ],
)
def test_what_nobody_states_is_nobodys_position(text: str) -> None:
    assert _said(f"Esta es una historia de la ciudad y de sus calles. {text}") == []


def test_who_spoke_before_goes_on_speaking() -> None:
    assert _said(SPANISH)[1:3] == [
        ("Ana Ruiz", "assert", "No hemos recibido ni un euro"),
        ("Ana Ruiz", "assert", "la investigación seguirá abierta"),
    ]


def test_a_spanish_article_gives_requests_tolls_and_silences() -> None:
    made = briefed(SPANISH)
    (request,), casualties = made.requests, made.casualties
    kinds = {q.kind: q.who.name if q.who else None for q in made.open_questions}

    assert (name(request.by), request.to and request.to.name) == ("Tarsk", "Belmora")
    assert (request.what, request.mode) == ("retire sus tropas del valle", "yield")
    assert [(c.kind, c.count_text, c.value, c.comparator) for c in casualties] == [
        ("killed", "al menos doce", 12, ">="),
        ("displaced", "1.234", 1234, "="),
    ]
    assert [c.source and c.source.name for c in casualties] == [
        "Ministerio de Sanidad",
        "Cruz Roja",
    ]
    assert kinds["no_comment"] == "autoridades"
    assert made.positions[0].when is not None
    assert made.positions[0].when.value == "2025-07-22"
    assert [p.attribution for p in made.positions] == [
        "named", "named", "named", "described",
    ]  # fmt: skip
    assert verify(made).findings == ()


def test_an_anonymous_spanish_source_stays_anonymous() -> None:
    made = briefed(
        "Esta es una historia de la ciudad y de sus calles. "
        "Un funcionario que habló bajo condición de anonimato dijo que la presa, al "
        "parecer, no es segura."
    )

    assert [(p.attribution, p.hedge) for p in made.positions] == [
        ("anonymous", "al parecer")
    ]


@pytest.mark.parametrize(
    ("source", "tier"),
    [
        ("Los vecinos afirmaron", "described"),
        ("La Policía afirmó", "institution"),
        ("El informe afirmó", None),
        ("La televisión afirmó", "media"),
    ],
)
def test_spanish_sources_are_told_by_their_heads(source: str, tier: str | None) -> None:
    made = briefed(f"Esta es la historia de una ciudad. {source} que no hay peligro.")

    assert [p.attribution for p in made.positions] == ([tier] if tier else [])


def _reading(text: str) -> Reading:
    return read(article(text, "es"))


@pytest.mark.parametrize(
    ("text", "draft", "held"),
    [
        ("En la ciudad murieron 12 personas y 30 resultaron heridas.", ("killed", "12", "personas"), ("killed", 12)),
        ("En la ciudad murieron 12 personas y 30 resultaron heridas.", ("injured", "30", ""), ("injured", 30)),
        ("El ataque mató a 12 soldados e hirió a 30.", ("killed", "12", "soldados"), ("killed", 12)),
        ("El ataque mató a 12 soldados e hirió a 30.", ("killed", "30", ""), ("injured", 30)),
        ("El ataque podría matar a 12 personas.", ("killed", "12", "personas"), "unsupported_kind"),
        ("Las bombas podrían dejar 12 muertos.", ("killed", "12", "muertos"), "not_a_fact"),
        ("No murieron 12 personas, sino ninguna.", ("killed", "12", "personas"), "denied"),
        ("Si hay 12 muertos, habrá huelga.", ("killed", "12", "muertos"), "not_a_fact"),
        ("¿Hubo 12 muertos?", ("killed", "12", "muertos"), "not_a_fact"),
        ("Hubo 12 muertos.", ("killed", "13", "muertos"), ("killed", None)),
        ("Hubo 12 muertos.", ("killed", "13", ""), "not_found"),
        ("Hubo 12 muertos.", ("killed", "", ""), "empty"),
        ("Hubo 12 muertos.", ("detained", "12", ""), "unsupported_kind"),
        ("No hubo ningún muerto.", ("killed", "ningún", ""), ("killed", 0)),
        ("Hubo 12 casas y 3 vacas, y 4 muertos.", ("killed", "4", "muertos"), ("killed", 4)),
        ("En 2019 los muertos fueron 12 niños y 3 soldados.", ("killed", "12", "niños"), ("killed", 12)),
    ],
)  # fmt: skip
def test_a_spanish_count_is_checked_against_its_sentence(
    text: str, draft: tuple[str, str, str], held: tuple[str, int | None] | str
) -> None:
    kind, count, who = draft
    item = CasualtyDraft.model_validate({"kind": kind, "count": count, "who": who})
    found = grammar.harmed(_reading(text), 0, item)

    if isinstance(found, Refusal):
        assert found.check == held
    else:
        value = found.count.value if found.count else None
        assert (found.kind, value) == held


@pytest.mark.parametrize(
    ("text", "by", "to", "what", "check"),
    [
        ("Tarsk pidió a Belmora que retire sus tropas.", "Belmora", "Tarsk", "retire sus tropas", "direction"),
        ("Tarsk pidió a Belmora que retire sus tropas.", "Tarsk", "Tarsk", "retire sus tropas", "direction"),
        ("Tarsk pidió a Belmora que retire sus tropas.", "Kaled", "Belmora", "retire sus tropas", "no_requester"),
        ("Tarsk pidió a Belmora que retire sus tropas.", "Tarsk", "Kaled", "retire sus tropas", "not_found"),
        ("Tarsk pidió a Belmora que retire sus tropas.", "Tarsk", "Belmora", "envíe tropas", "not_found"),
        ("Tarsk no pidió a Belmora que retire sus tropas.", "Tarsk", "Belmora", "retire sus tropas", "no_request"),
        ("Tarsk vio a Belmora retirar sus tropas.", "Tarsk", "Belmora", "retirar sus tropas", "no_request"),
        ("Tarsk exigió a Belmora que retire sus tropas.", "Tarsk", "Belmora", "retire sus tropas", "demand"),
        ("Tarsk pedirá a Belmora que retire sus tropas.", "Tarsk", "Belmora", "retire sus tropas", "planned"),
        ("Tarsk hizo un llamamiento para un alto el fuego.", "Tarsk", "", "un alto el fuego", "call"),
    ],
)  # fmt: skip
def test_a_spanish_request_is_checked_against_its_sentence(
    text: str, by: str, to: str, what: str, check: str
) -> None:
    draft = RequestDraft(by=by, to=to, what=what)
    found = grammar.request(_reading(text), 0, draft)

    if isinstance(found, Refusal):
        assert found.check == check
    else:
        assert check in {found.force, found.modality}


def test_a_spanish_stance_needs_a_word_that_shows_it() -> None:
    reading = _reading("Tarsk se opone a la presa. Belmora tiene una presa.")
    stance = PositionDraft(holder="Tarsk", act="criticise", quote="se opone a la presa")
    none = PositionDraft(holder="Belmora", act="support", quote="tiene una presa")
    held, refused = grammar.stance(reading, 0, stance), grammar.stance(reading, 1, none)

    assert not isinstance(held, Refusal)
    assert (held.act, held.form) == ("criticise", "narrated")
    assert isinstance(refused, Refusal)
    assert refused.check == "no_stance"


def test_a_spanish_fragment_keeps_its_negation() -> None:
    reading = _reading("Tarsk no apoya la presa.")
    draft = PositionDraft(holder="Tarsk", act="support", quote="apoya la presa")
    held = grammar.stance(reading, 0, draft)

    assert not isinstance(held, Refusal)
    assert held.gist.of(reading.article.text) == "no apoya la presa"


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        ("rebeldes atacaron la presa", "negation"),
        ("al menos trece personas murieron y 30 resultaron heridas en la explosión", "number"),
        ("al menos doce personas murieron y 31 resultaron heridas en la explosión", "number"),
        ("Ana Ruiz, negó el lunes que su país haya recibido dinero de Tarsk", "date"),
        ("al menos doce personas podrían morir y 30 resultaron heridas en la explosión", "modal"),
        ("Según el Ministerio de Defensa, al menos doce personas murieron", "name"),
        ("Tarsk pidió a Belmora que retire sus soldados del valle", "other"),
    ],
)  # fmt: skip
def test_what_was_altered_in_a_spanish_quote_is_named(
    quote: str, difference: str
) -> None:
    verdict = verdicts.judge(quote, SPANISH, lexicon=ES)

    assert verdict.name == "altered"
    assert difference in verdict.differences


# -- languages without lists ------------------------------------------------------

CHINESE_ANSWER = whole(
    requests=[
        QuotedRequest(
            by="塔斯克",
            to="贝尔莫拉",
            what="撤出山谷",
            quote="塔斯克要求贝尔莫拉撤出山谷",
        )
    ],
    positions=[
        PositionDraft(holder="王宁", act="refuse", quote="我们不接受这一要求"),
        PositionDraft(holder="李雷", act="refuse", quote="我们不接受这一要求"),
        PositionDraft(holder="王宁", act="assert", quote="中方会撤回部队"),
    ],
    casualties=[
        QuotedCasualty(
            kind="killed", count="至少12人", who="人", quote="至少12人死亡，30人受伤"
        )
    ],
    roles=[RoleDraft(name="王宁", kind="person", role="外交部发言人")],
    bottom_line="塔斯克要求贝尔莫拉撤出山谷。",
)


def test_a_chinese_article_gives_items_whose_words_stand_in_it() -> None:
    made = briefed(CHINESE, CHINESE_ANSWER)

    assert [(name(r.by), r.what) for r in made.requests] == [("塔斯克", "撤出山谷")]
    assert [(p.holder.name, p.quote, p.form) for p in made.positions] == [
        ("王宁", "我们不接受这一要求", "direct")
    ]
    (toll,) = made.casualties
    assert (toll.count_text, toll.value, toll.low, toll.comparator) == (
        "至少12人", None, None, None,
    )  # fmt: skip
    assert [w.check for w in made.withheld] == ["not_found", "not_found"]
    assert {a.name: (a.kind, a.role) for a in made.actors}["王宁"] == (
        "person",
        "外交部发言人",
    )
    for item in every(made):
        for evidence in item.evidence:
            assert evidence.exact == CHINESE[evidence.start : evidence.end]
    assert verify(made).findings == ()


@pytest.mark.parametrize(
    ("tongue", "text", "who", "shown"),
    [
        ("fr", "On compte 12 mille personnes tuées.", "personnes", "12 mille"),
        ("zh", "共有12万人死亡。", "人", "12万"),
        ("fr", "On compte 12 personnes tuées.", "personnes", "12"),
        ("fr", "12 avant midi, puis des personnes tuées.", "personnes", "12"),
    ],
)
def test_a_number_is_not_cut_from_its_scale_where_none_is_known(
    tongue: str, text: str, who: str, shown: str
) -> None:
    draft = CasualtyDraft(kind="killed", count="12", who=who)
    found = grammar.harmed(read(article(text, tongue)), 0, draft)

    assert not isinstance(found, Refusal)
    assert found.count_span is not None
    assert found.count_span.of(text) == shown
    assert found.count is None


def test_an_arabic_article_gives_items_whose_words_stand_in_it() -> None:
    made = briefed(
        ARABIC,
        whole(
            requests=[
                QuotedRequest(
                    by="تارسك",
                    to="بلمورا",
                    what="إطلاق سراح الأسرى",
                    quote="وطلبت تارسك من بلمورا إطلاق سراح الأسرى",
                )
            ],
            positions=[
                PositionDraft(
                    holder="حداد", act="refuse", quote="لن نسحب قواتنا من الوادي"
                )
            ],
            open_questions=[
                QuotedQuestion(
                    kind="pending",
                    question="هل تستأنف المفاوضات?",
                    quote="هل تستأنف المفاوضات؟",
                )
            ],
        ),
    )

    assert [(name(r.by), r.to and r.to.name) for r in made.requests] == [
        ("تارسك", "بلمورا")
    ]
    assert [p.quote for p in made.positions] == ["لن نسحب قواتنا من الوادي"]
    assert "pending" in {q.kind for q in made.open_questions}
    assert verify(made).findings == ()


@pytest.mark.parametrize(
    ("text", "holder", "quote"),
    [
        (JAPANESE, "田中", "撤退しない。"),
        (KOREAN, "김민수", "철수하지 않겠다고"),
        (HINDI, "सेना", "इसे नकार दिया"),
        (HEBREW, "ראש העיר", "ביקש עזרה מהממשלה"),
        (FRENCH, "Jean Morel", "Nous ne retirerons pas nos troupes"),
    ],
)
def test_a_position_in_any_script_is_held_and_verified(
    text: str, holder: str, quote: str
) -> None:
    draft = PositionDraft(holder=holder, act="refuse", quote=quote)
    made = briefed(text, whole(positions=[draft]))

    assert [(p.holder.name, p.act) for p in made.positions] == [(holder, "refuse")]
    assert verify(made).findings == ()


def test_a_long_statement_without_spaces_is_cut_at_a_comma() -> None:
    clause = "我们不会接受这一不公平的要求因为山谷属于我们所有人，"
    text = f"发言人王宁今天在首都说，{clause * 6}谢谢。"
    draft = PositionDraft(holder="王宁", act="refuse", quote=clause * 6)
    made = briefed(text, whole(positions=[draft]))

    (position,) = made.positions
    assert position.gist.endswith("所有人")
    assert len(position.gist) <= 90
    assert verify(made).findings == ()


def test_a_line_of_a_model_is_not_shown_where_names_cannot_be_told() -> None:
    line = "塔斯克和李雷要求贝尔莫拉撤出山谷。"
    made = briefed(CHINESE, CHINESE_ANSWER.model_copy(update={"bottom_line": line}))

    assert "李雷" not in made.bottom_line


def test_english_rules_do_not_read_other_languages() -> None:
    # "Paris", "once" and "die" are English words, or look like them, in no English text.
    made = briefed("Die Polizei hat die Stadt und das Dorf von 12 Seiten aus umstellt.")

    assert made.casualties == ()
    assert made.requests == ()
    assert made.coverage.not_covered == ()


# -- not checked ------------------------------------------------------------------


def test_english_leaves_nothing_unchecked() -> None:
    made = briefed("The minister said that it was not the time to talk about this.")

    assert made.not_checked == ()
    assert verify(made).not_checked == ()
    assert "Not checked" not in terminal.render(made, width=100)


def test_what_spanish_has_no_grammar_for_is_said() -> None:
    (missing,) = briefed(SPANISH).not_checked

    assert (missing.source, missing.language) == ("s1", "es")
    assert missing.checks == (
        "circumstances",
        "revisions",
        "left_open",
        "furniture",
        "orders",
        "agreement",
    )


def test_what_french_has_no_lists_for_is_said_in_every_form() -> None:
    made = briefed(FRENCH)
    line = "Not checked for fr: who speaks, who asks whom, words of harm, number words, dates, negation"

    assert {"numbers", "dates", "negation", "speakers"} <= set(
        made.not_checked[0].checks
    )
    assert "names" not in made.not_checked[0].checks
    assert line in " ".join(terminal.render(made, width=100).split())
    assert "not checked for fr" in terminal.render(made, width=100, quotes=False)
    assert line in markdown.render(made)
    assert any(line in note for note in slack.footer(made))


def test_a_script_without_capitals_leaves_names_unchecked() -> None:
    (missing,) = briefed(CHINESE).not_checked

    assert "names" in missing.checks


def test_verify_counts_what_it_could_not_check_and_fails_nothing_for_it() -> None:
    report = verify(briefed(CHINESE, CHINESE_ANSWER))

    assert report.findings == ()
    assert {u.item[0] for u in report.not_checked} == {"r", "p", "c", "q"}
    assert "Not checked in full: " in findings.as_text(report)
    assert '"not_checked"' in findings.as_json(report)


def test_verify_still_fails_what_is_wrong_in_a_language_without_lists() -> None:
    made = briefed(CHINESE, CHINESE_ANSWER)
    wrong = made.positions[0].model_copy(update={"gist": "我们接受这一要求"})
    report = verify(made.model_copy(update={"positions": (wrong,)}))

    assert report.failed == ("p1",)


@pytest.mark.parametrize(
    "change",
    [
        {"by": "to", "to": "by"},
        {"what": "envíe sus tropas al valle"},
        {"force": "demand"},
    ],
)
def test_verify_sees_a_falsified_spanish_request(change: dict[str, str]) -> None:
    made = briefed(SPANISH)
    (request,) = made.requests
    update = {
        name: getattr(request, value) if name in {"by", "to"} else value
        for name, value in change.items()
    }
    false = request.model_copy(update=update)
    report = verify(made.model_copy(update={"requests": (false,)}))

    assert "r1" in report.failed


@pytest.mark.parametrize(
    "change",
    [{"value": 13}, {"count_text": "al menos trece"}, {"kind": "injured"}],
)
def test_verify_sees_a_falsified_spanish_toll(change: dict[str, object]) -> None:
    made = briefed(SPANISH)
    false = made.casualties[0].model_copy(update=change)
    report = verify(made.model_copy(update={"casualties": (false,)}))

    assert "c1" in report.failed


def test_a_speaker_in_a_list_of_quotes_is_not_checked_without_verbs_of_saying() -> None:
    quote = Quote(quote="Nous ne retirerons pas nos troupes", speaker="X", count=12)
    report = verify_quotes([quote], FRENCH)

    assert report.findings == ()
    assert report.not_checked[0].checks == ("speakers", "numbers")


def test_a_speaker_and_a_count_in_spanish_quotes_are_checked() -> None:
    wrong = Quote(quote="No hemos recibido ni un euro", speaker="Tarsk")
    right = Quote(quote="No hemos recibido ni un euro", speaker="Ruiz")
    count = Quote(quote="al menos doce personas murieron", count=12)
    more = Quote(quote="al menos doce personas murieron", count=13)
    report = verify_quotes([wrong, right, count, more], SPANISH)

    assert [(f.item, f.check) for f in report.findings] == [
        ("1", "speaker"),
        ("4", "count"),
    ]
    assert report.not_checked == ()


# -- several languages in one run, and small models -------------------------------


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
