"""Sections of a user's own: what a class or a table in a file may say."""

import json
from pathlib import Path
from typing import Annotated, Literal

import pytest
from typer.testing import CliRunner

from schemas.published import schema_text
from schemas.sections import Choice
from summarizer.cli import app
from summarizer.errors import SettingsError
from summarizer.sections import (
    Day,
    Doer,
    Number,
    Party,
    Section,
    Verbatim,
    Words,
    define,
    definitions,
    from_toml,
)

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples" / "sections.toml"


class Ruling(Section):
    """A court decides
    about somebody."""

    court: Doer
    about: Party
    outcome: Annotated[
        Literal["convicted", "acquitted"], Words({"convicted": ("guilty",)})
    ]
    sentence: Number | None = None
    """how long"""
    day: Day | None = None
    words: Verbatim = ""


def test_a_class_is_read_as_a_definition() -> None:
    made = define(Ruling)

    assert (made.name, made.title) == ("ruling", "Ruling")
    assert made.question == "A court decides about somebody."
    assert [(f.name, f.kind, f.required) for f in made.fields] == [
        ("court", "doer", True),
        ("about", "party", True),
        ("outcome", "choice", True),
        ("sentence", "number", False),
        ("day", "date", False),
        ("words", "verbatim", False),
    ]
    assert made.fields[2].choices == (
        Choice(name="convicted", words=("guilty",)),
        Choice(name="acquitted"),
    )
    assert made.fields[3].question == "how long"


def test_the_name_of_a_class_becomes_a_name_of_words() -> None:
    class CompanyResult(Section):
        """Figures."""

        company: Party

    assert define(CompanyResult).name == "company_result"
    assert define(CompanyResult).title == "Company result"


def test_the_examples_are_read() -> None:
    made = from_toml(EXAMPLES.read_text(encoding="utf-8"), "sections.toml")

    assert [one.name for one in made] == ["sanction", "ruling", "result"]


class NoQuestion(Section):
    by: Party


class Unmarked(Section):
    """Something."""

    amount: int


class Reserved(Section):
    """Something."""

    quote: Verbatim


class Requests(Section):
    """Something."""

    by: Party


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (NoQuestion, "section NoQuestion: it has no docstring, which is the question to ask"),
        (Unmarked, "section Unmarked, field 'amount': no check covers int; take Party, Doer, Verbatim, Number, Day, or a Literal of words"),
        (Reserved, "section Reserved: a field cannot be named 'quote', which every item has; take another name"),
        (Requests, "section Requests: 'requests' is a section that every briefing has; take another name"),
        (int, "a section must be a class derived from Section, not <class 'int'>"),
        (Section, "section Section: it has no docstring, which is the question to ask"),
    ],
)  # fmt: skip
def test_a_class_that_cannot_be_checked_is_one_sentence(
    section: object, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        define(section)

    assert str(caught.value) == words


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(SettingsError, match="two sections are named 'ruling'"):
        definitions([Ruling, Ruling])


GOOD = '[ban]\nquestion = "Bans."\n[ban.fields]\nby = "party"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[ban", "s.toml is no TOML: Expected ']' at the end of a table declaration (at end of document)"),
        ("", "s.toml holds no section: begin one with [name]"),
        ("ban = 1", "s.toml, [ban]: it must be a table with question and fields"),
        ('[ban]\nquestion = "x"', 's.toml, [ban]: it has no fields; name them under [ban.fields], as by = "party"'),
        (GOOD.replace("question", "qestion"), "s.toml, [ban]: unknown key 'qestion': take one of question, title, cues, fields"),
        (GOOD.replace('"party"', '"partei"'), "s.toml, [ban].fields.by: unknown kind 'partei': take one of party, doer, verbatim, number, date, choice"),
        (GOOD.replace('"party"', '{ kind = "party", kin = 1 }'), "s.toml, [ban].fields.by: unknown key 'kin': take one of kind, required, question, choices"),
        (GOOD.replace('"party"', "3"), 's.toml, [ban].fields.by: it must be a kind, as "party", or a table with kind'),
        (GOOD.replace('"party"', '"choice"'), "s.toml, [ban].fields.by: choices go with the kind choice, and only with it"),
        (GOOD.replace("by =", "evidence ="), "s.toml, [ban].fields.evidence: a field cannot be named 'evidence', which every item has; take another name"),
        (GOOD.replace("ban", "actors"), "s.toml, [actors]: 'actors' is a section that every briefing has; take another name"),
        (GOOD.replace('"Bans."', '" "'), "s.toml, [ban]: it has no question, which says what to look for"),
        (GOOD.replace("by =", '"a b" ='), "s.toml, [ban].fields.a b: name: take small letters, digits and _, a letter first, at most 40"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_sentence_with_the_place(
    text: str, words: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        from_toml(text, "s.toml")

    assert str(caught.value) == words


def test_the_schema_of_a_briefing_can_have_ones_own_sections() -> None:
    made = from_toml(EXAMPLES.read_text(encoding="utf-8"), "sections.toml")

    schema = json.loads(schema_text(made))

    kinds = schema["properties"]["sections"]["items"]["anyOf"]
    assert [k["properties"]["definition"]["properties"]["name"] for k in kinds] == [
        {"const": "sanction"},
        {"const": "ruling"},
        {"const": "result"},
    ]
    fields = kinds[0]["properties"]["items"]["items"]["properties"]["fields"]
    assert fields["items"]["properties"]["name"] == {
        "enum": ["by", "target", "measure", "amount", "since"]
    }
    assert "anyOf" not in json.loads(schema_text())["properties"]["sections"]["items"]


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(app, ["schema", "--sections", str(EXAMPLES)])

    assert result.exit_code == 0
    assert '"const": "sanction"' in result.stdout
