"""Sections of a user's own: what code shows of a draft, refutes, and leaves open."""

import pytest
from owned import SANCTION, judged

from summarizer.proof.own.held import Held
from summarizer.reading.values import Refusal
from summarizer.sections import from_toml

MEETING = from_toml(
    '[meeting]\nquestion = "Two meet."\n[meeting.fields]\none = "party"\n', "x"
)[0]
RESULT = from_toml(
    '[result]\nquestion = "A figure."\n[result.fields]\ncompany = "doer"\n'
    'figure = "number"\nyear = { kind = "date", required = false }\n'
    'trend = { kind = "choice", required = false, choices = { up = ["rose"], down = ["fell"] } }\n',
    "x",
)[0]

SHOWN = [
    ("Varos imposed a travel ban on Oto Kessel in May.", "Varos", "Oto Kessel", "travel ban"),
    ("Varos froze the assets of Meridian Bank.", "Varos", "Meridian Bank", "assets"),
    ("Oto Kessel was blacklisted by Varos last week.", "Varos", "Oto Kessel", "blacklisted"),
    ("The Eastern League has banned Meridian Bank from its markets.", "The Eastern League", "Meridian Bank", "banned"),
    ("Tarland, which borders the sea, fined Meridian Bank.", "Tarland", "Meridian Bank", "fined"),
    ("The tribunal in Selm punished Oto Kessel.", "The tribunal", "Oto Kessel", "punished"),
    ("Meridian Bank has been sanctioned by the Eastern League.", "Eastern League", "Meridian Bank", "sanctioned"),
    ("Tarland also expelled Oto Kessel.", "Tarland", "Oto Kessel", "expelled"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "target", "measure"), SHOWN)
def test_who_does_it_to_whom_is_shown_by_the_form_of_the_sentence(
    text: str, by: str, target: str, measure: str
) -> None:
    held = judged(text, by=by, target=target, measure=measure)

    assert isinstance(held, Held)
    assert (held.verdict, held.all_reasons) == ("supported", ())


@pytest.mark.parametrize(("text", "by", "target", "measure"), SHOWN)
def test_the_same_parties_in_each_others_place_are_not_supported(
    text: str, by: str, target: str, measure: str
) -> None:
    held = judged(text, by=target, target=by, measure=measure)

    assert isinstance(held, Refusal) or held.verdict == "unconfirmed"


@pytest.mark.parametrize(
    ("text", "by", "target"),
    [
        ("Oto Kessel was banned by Varos, Tarland said.", "Oto Kessel", "Varos"),
        ("Meridian Bank was fined by Tarland.", "Meridian Bank", "Tarland"),
        ("Varos has not sanctioned Meridian Bank.", "Varos", "Meridian Bank"),
        ("Varos did not ban Oto Kessel.", "Varos", "Oto Kessel"),
        ("Varos will never ban Oto Kessel.", "Varos", "Oto Kessel"),
    ],
)
def test_what_the_sentence_denies_or_turns_round_is_refuted(
    text: str, by: str, target: str
) -> None:
    held = judged(text, by=by, target=target, measure=text.split()[-3])

    assert isinstance(held, Refusal)
    assert held.check in {"denied", "doer"}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Varos may ban Oto Kessel.", "ban"),
        ("If talks fail, Varos bans Oto Kessel.", "bans"),
        ("Varos threatened to ban Oto Kessel.", "ban"),
        ("Varos said that Tarland banned Oto Kessel.", "banned"),
        ("The envoy of Varos banned Oto Kessel.", "banned"),
        ("A ban on Oto Kessel pleases Varos.", "ban"),
    ],
)
def test_what_the_form_does_not_show_is_unconfirmed_with_a_reason(
    text: str, measure: str
) -> None:
    held = judged(text, by="Varos", target="Oto Kessel", measure=measure)

    assert isinstance(held, Held)
    assert held.verdict == "unconfirmed"
    assert held.all_reasons


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"by": "Varos", "target": "Selm", "measure": "ban"}, "not_found"),
        ({"by": "Varos", "target": "Oto Kessel", "measure": "embargo"}, "not_found"),
        ({"by": "Varos", "target": "Oto Kessel"}, "missing"),
        ({"by": "he", "target": "Oto Kessel", "measure": "ban"}, "missing"),
        ({"by": "Varos", "target": "Oto Kessel", "measure": "ban", "quote": "Varos lifted a ban"}, "not_found"),
    ],
)  # fmt: skip
def test_words_that_the_text_does_not_have_refute_a_draft(
    fields: dict[str, str], check: str
) -> None:
    held = judged("Varos imposed a ban on Oto Kessel.", SANCTION, **fields)  # type: ignore[arg-type]  # only texts

    assert isinstance(held, Refusal)
    assert held.check == check


def test_a_denial_that_the_quotation_leaves_out_refutes_it() -> None:
    held = judged(
        "It is not that Varos never banned Oto Kessel.",
        quote="banned Oto Kessel",
        by="Varos",
        target="Oto Kessel",
        measure="banned",
    )

    assert isinstance(held, Refusal)
    assert held.check == "denied"


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        ("£119m", Held),
        ("four percent", Held),
        ("a third", Refusal),
        ("a loss", Refusal),
    ],
)
def test_a_number_is_one_that_code_can_read(figure: str, kind: type) -> None:
    text = "Northmill earned £119m, a third less and four percent more than a loss."

    held = judged(text, RESULT, company="Northmill", figure=figure)

    assert isinstance(held, kind)


def test_a_field_that_may_be_empty_is_left_out_when_its_words_do_not_hold() -> None:
    text = "Northmill earned £119m in 2024."

    held = judged(text, RESULT, company="Northmill", figure="£119m", year="2023")

    assert isinstance(held, Held)
    assert [f.name for f in held.fields] == ["company", "figure"]
    assert held.dropped["year"].reason == "the text does not say “2023”"


@pytest.mark.parametrize(
    ("trend", "reasons"),
    [("up", ()), ("down", ("that trend is “down” no word of the text shows",))],
)
def test_a_word_of_a_list_is_shown_by_its_words(
    trend: str, reasons: tuple[str, ...]
) -> None:
    text = "Northmill’s profit rose to £119m."

    held = judged(text, RESULT, company="Northmill", figure="£119m", trend=trend)

    assert isinstance(held, Held)
    assert held.reasons == list(reasons)


def test_one_party_alone_in_its_sentence_needs_no_more_proof() -> None:
    alone = judged("A visit of Ana Ruiz took place.", MEETING, one="Ana Ruiz")
    beside = judged("Ana Ruiz met Jon Reyes.", MEETING, one="Ana Ruiz")

    assert isinstance(alone, Held)
    assert isinstance(beside, Held)
    assert (alone.verdict, beside.verdict) == ("supported", "unconfirmed")


def test_a_reworded_quotation_rests_on_the_sentence_that_was_asked_about() -> None:
    held = judged(
        "Varos imposed a ban on Oto Kessel.",
        SANCTION,
        asked=True,
        quote="Varos banned Kessel",
        by="Varos",
        target="Oto Kessel",
        measure="ban",
    )

    assert isinstance(held, Held)


def test_other_languages_are_unconfirmed_where_english_forms_would_show() -> None:
    text = (
        "Varos ha impuesto una prohibición a Oto Kessel desde el martes en la capital."
    )

    held = judged(text, by="Varos", target="Oto Kessel", measure="una prohibición")

    assert isinstance(held, Held)
    assert held.verdict == "unconfirmed"


def test_a_name_is_taken_out_of_words_that_say_more() -> None:
    held = judged(
        "Varos imposed a ban on General Oto Kessel in January.",
        by="Varos",
        target="General Oto Kessel in January",
        measure="ban",
    )

    assert isinstance(held, Held)
    assert held.fields[1].span is not None
    assert held.fields[1].span.end == len("Varos imposed a ban on General Oto Kessel")


@pytest.mark.parametrize("measure", ["a", "on", "a "])
def test_words_that_say_nothing_fill_no_field(measure: str) -> None:
    held = judged(
        "Varos imposed a ban on Oto Kessel.",
        by="Varos",
        target="Oto Kessel",
        measure=measure,
    )

    assert isinstance(held, Refusal)


@pytest.mark.parametrize(
    ("amount", "verdict"), [("12 million crowns", "supported"), ("300 people", "unconfirmed")]
)  # fmt: skip
def test_a_number_of_another_clause_is_not_shown_to_belong(
    amount: str, verdict: str
) -> None:
    held = judged(
        "Tarland fined Meridian Bank 12 million crowns, and 300 people lost their jobs.",
        by="Tarland",
        target="Meridian Bank",
        measure="fined",
        amount=amount,
    )

    assert isinstance(held, Held)
    assert held.verdict == verdict
