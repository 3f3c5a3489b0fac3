"""Spanish articles, read by its lists. All are invented."""

from datetime import date

import pytest
from briefed import name
from listed import found
from tongues import PUBLISHED, SPANISH, article, briefed

from schemas.draft import (
    CasualtyDraft,
    PositionDraft,
    RequestDraft,
)
from summarizer.proof import verdicts
from summarizer.reading.listed import days, numbers
from summarizer.reading.reading import Reading, read
from summarizer.reading.values import Refusal
from summarizer.text import lexicon
from summarizer.text.counts import Count
from summarizer.verification import verify

ES = lexicon.load("es")


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
    italian = lexicon.of("it")

    assert numbers.read("12 mila", italian) is None
    assert numbers.spans("12 mila", italian) == []
    assert numbers.number("12", italian) is None


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
    found = _reading(text).reader.harmed(0, item)

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
    found = _reading(text).reader.request(0, draft)

    if isinstance(found, Refusal):
        assert found.check == check
    else:
        assert check in {found.force, found.modality}


def test_a_spanish_stance_needs_a_word_that_shows_it() -> None:
    reading = _reading("Tarsk se opone a la presa. Belmora tiene una presa.")
    stance = PositionDraft(holder="Tarsk", act="criticise", quote="se opone a la presa")
    none = PositionDraft(holder="Belmora", act="support", quote="tiene una presa")
    held, refused = reading.reader.stance(0, stance), reading.reader.stance(1, none)

    assert not isinstance(held, Refusal)
    assert (held.act, held.form) == ("criticise", "narrated")
    assert isinstance(refused, Refusal)
    assert refused.check == "no_stance"


def test_a_spanish_fragment_keeps_its_negation() -> None:
    reading = _reading("Tarsk no apoya la presa.")
    draft = PositionDraft(holder="Tarsk", act="support", quote="apoya la presa")
    held = reading.reader.stance(0, draft)

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


ACCUSED = [
    "Está acusado de haber matado a 30 personas.",
    "La fiscalía acusa al general de haber matado a 30 personas.",
    "Está acusado del asesinato de 30 personas.",
    "Es sospechoso de haber secuestrado a 12 personas.",
]
TOLD_AS_DONE = [
    "Fue condenado por haber matado a 30 personas.",
    "Fue condenado por matar a 30 personas.",
    "Fue condenado a cadena perpetua por matar a 30 personas.",
    "El acusado mató a 30 personas.",
    "Después de haber matado a 30 personas, huyó.",
    "Una bomba mató a 30 personas, y él está acusado de robo.",
]


@pytest.mark.parametrize("sentence", ACCUSED)
def test_what_somebody_is_accused_of_is_no_toll(sentence: str) -> None:
    assert found("es", sentence) == []


@pytest.mark.parametrize("sentence", TOLD_AS_DONE)
def test_what_a_court_found_or_the_article_tells_is_a_toll(sentence: str) -> None:
    assert found("es", sentence) == ["killed: 30: = 30"]
