"""The contract: frozen, closed, round-tripping, and published as it is."""

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

import summarizer
from schemas import terms
from schemas.evidence import Span, cite
from schemas.published import schema_text
from summarizer import errors
from summarizer.text import words

ROOT = Path(__file__).parents[1]


def test_the_published_schema_is_not_stale() -> None:
    published = (ROOT / "briefing.schema.json").read_text(encoding="utf-8")

    assert published == schema_text(), "run `make schema`"


def test_values_are_frozen_and_refuse_unknown_fields() -> None:
    span = Span(start=1, end=2)

    with pytest.raises(ValidationError):
        span.start = 0  # type: ignore[misc]  # that is the point
    with pytest.raises(ValidationError):
        Span.model_validate({"start": 1, "end": 2, "length": 1})


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValidationError, match="must end after it starts"):
        Span(start=2, end=2)


def test_evidence_keeps_words_and_surroundings_as_they_are() -> None:
    text = "Rao said: “We  will not.” Sen left."

    evidence = cite("s1", text, Span(start=10, end=25))

    assert (evidence.prefix, evidence.exact, evidence.suffix) == (
        "Rao said: ",
        "“We  will not.”",
        " Sen left.",
    )


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert summarizer.__all__ == sorted(summarizer.__all__)
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        summarizer.nothing  # noqa: B018


def test_every_error_has_its_own_exit_code_and_pickles() -> None:
    made = [
        errors.InputError("x"),
        errors.SettingsError("x"),
        errors.WeightsError("x"),
        errors.EndpointError("x", status=500, calls=3),
        errors.AccessError("x", status=401),
        errors.ModelOutputError("x", calls=2),
        errors.IncompleteError("x"),
        errors.VerificationError("x"),
        errors.DeliveryError("x", posted=2, unclear=True, status=500),
        errors.InterruptedRunError("x"),
        errors.BudgetError("x", spent_usd=1.5),
        errors.WaitingError("x"),
    ]

    assert len({e.exit_code for e in made}) == len(made)
    for error in made:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
        assert (str(again), vars(again)) == (str(error), vars(error))


def test_the_lists_of_acts_name_acts_of_the_contract() -> None:
    acts = set(terms.Act.__args__)  # type: ignore[attr-defined]  # a Literal

    assert set(words.lists("speech")) - {"asking"} <= acts
    assert set(words.lists("acts")) <= acts
    assert set(words.lists("stance")) <= acts
    assert set(words.lists("harm")) == set(terms.CasualtyKind.__args__)  # type: ignore[attr-defined]


def test_all_patterns_of_the_word_lists_compile() -> None:
    for section in (
        "acts", "stance", "harm", "harm_refused", "modes", "hedges", "anonymity",
        "no_comment", "unverified", "negation", "conditional",
    ):  # fmt: skip
        for name in words.lists(section):
            assert words.pattern(section, name).pattern


def test_country_codes_are_three_capitals_and_names_are_unique() -> None:
    names = [n for c in words.countries() for n in c.names]

    assert all(len(c.code) == 3 and c.code.isupper() for c in words.countries())
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("deny", "denied"),
        ("pledge", "pledging"),
        ("press", "presses"),
        ("beg", "begged"),
        ("say:said", "said"),
        ("rule out", "ruled out"),
    ],
)
def test_forms_of_verbs_are_built(verb: str, form: str) -> None:
    assert form in words.forms(verb)
