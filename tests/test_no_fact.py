"""Each row of the table of what is no fact bars its examples, and not those like them."""

import tomllib
from importlib import resources

import pytest
from scripted import Scripted, whole

from schemas.briefing import Briefing
from schemas.draft import CasualtyDraft, DevelopmentDraft, QuotedRequest
from schemas.evidence import Span
from summarizer import brief
from summarizer.reading import no_fact
from summarizer.reading.english.tolls import harm
from summarizer.reading.values import Harm, Refusal
from summarizer.sources import make_article

TABLE = tomllib.loads(
    (resources.files("summarizer.text") / "data" / "no_fact.toml").read_text("utf-8")
)
LEAST = 3
"""Examples on each side of a row."""


def _examples(section: str, side: str) -> list[tuple[str, list[str]]]:
    return [(row["name"], one) for row in TABLE[section] for one in row[side]]


def _harmed(example: list[str]) -> Harm | Refusal:
    kind, count, who, text = example
    draft = CasualtyDraft.model_validate({"kind": kind, "count": count, "who": who})
    return harm.check(draft, text, Span(start=0, end=len(text)))


@pytest.mark.parametrize(
    "row", [row for rows in TABLE.values() for row in rows], ids=lambda r: r["name"]
)
def test_every_row_has_examples_on_both_sides(row: dict[str, object]) -> None:
    assert all(len(row[side]) >= LEAST for side in ("barred", "free"))  # type: ignore[arg-type]  # lists
    assert row["why"]


@pytest.mark.parametrize(("name", "example"), _examples("casualties", "barred"))
def test_a_toll_that_is_no_fact_is_barred(name: str, example: list[str]) -> None:
    found = _harmed(example)
    (row,) = [r for r in no_fact.rows("casualties") if r.name == name]

    assert isinstance(found, Refusal)
    assert found.check == row.check


@pytest.mark.parametrize(("name", "example"), _examples("casualties", "free"))
def test_a_toll_that_only_looks_like_no_fact_is_free(
    name: str, example: list[str]
) -> None:
    assert isinstance(_harmed(example), Harm), name


def _asked(sentence: str) -> Briefing:
    draft = QuotedRequest(
        by="Ana Ruiz" if "Ana Ruiz" in sentence else "Tarsk",
        to="Belmora",
        what="leave the valley",
        quote=sentence,
    )
    text = f"Tarsk is a town. {sentence}"
    return brief([make_article(text)], Scripted(whole(requests=[draft])))


@pytest.mark.parametrize(("name", "example"), _examples("requests", "barred"))
def test_a_request_that_is_no_fact_is_withheld(name: str, example: list[str]) -> None:
    (row,) = [r for r in no_fact.rows("requests") if r.name == name]

    assert [w.check for w in _asked(example[0]).withheld] == [row.check]


@pytest.mark.parametrize(("name", "example"), _examples("requests", "free"))
def test_a_request_that_only_looks_like_no_fact_is_shown(
    name: str, example: list[str]
) -> None:
    assert len(_asked(example[0]).requests) == 1, name


@pytest.mark.parametrize(
    ("example", "shown"),
    [
        *((one, 0) for _, one in _examples("developments", "barred")),
        *((one, 1) for _, one in _examples("developments", "free")),
    ],
)
def test_what_is_said_not_to_have_happened_is_no_development(
    example: list[str], shown: int
) -> None:
    what, text = example
    made = brief(
        [make_article(text)],
        Scripted(whole(developments=[DevelopmentDraft(what=what)])),
    )

    assert len(made.developments) == shown
