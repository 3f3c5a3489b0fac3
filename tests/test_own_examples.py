"""The worked examples of sections of a user's own, on a strong model's answers.

The answers were given to the prompts alone. Both sides: its truths are supported, and
lies made of them are not.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from owned import Filled

from schemas.briefing import OwnSection
from schemas.sections import SectionDefinition
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sections import from_toml
from summarizer.sources import make_article

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
SECTIONS = {
    one.name: one
    for one in from_toml((FOLDER / "sections.toml").read_text("utf-8"), "sections.toml")
}
ANSWERS: dict[str, list[dict[str, str]]] = json.loads(
    (Path(__file__).parent / "data" / "own-answers.json").read_text("utf-8")
)
TRUTHS = [
    (key, number) for key, items in ANSWERS.items() for number in range(len(items))
]


def _made(key: str, item: dict[str, str]) -> OwnSection:
    name, section = key.split("-")
    article = make_article((FOLDER / f"{name}.txt").read_text("utf-8"))
    plan = Plan(only=frozenset(), sections=(SECTIONS[section],))
    (made,) = brief([article], Filled([item]), plan=plan).sections
    return made


@pytest.mark.parametrize(("key", "number"), TRUTHS)
def test_a_truth_is_supported(key: str, number: int) -> None:
    (item,) = _made(key, ANSWERS[key][number]).items

    assert item.verdict == "supported"


def _lies(definition: SectionDefinition, key: str, item: dict[str, str]) -> Iterator[dict[str, str]]:  # fmt: skip
    """Swap the parties, take another party, number or word of a list, make one up."""
    kinds = {f.name: f for f in definition.fields}
    named = [n for n, f in kinds.items() if f.kind in {"party", "doer"} and item[n]]
    if len(named) == 2:
        one, two = named
        yield {**item, one: item[two], two: item[one]}
    others = {o[n] for o in ANSWERS[key] for n in named} - {item[n] for n in named}
    for other in sorted(others):
        yield {**item, named[0]: other}
    yield {**item, named[0]: "Republic of Nowhere"}
    for name, field in kinds.items():
        if field.kind == "number" and item[name] and field.required:
            yield from (
                {**item, name: o[name]} for o in ANSWERS[key] if o[name] != item[name]
            )
            yield {**item, name: "77 million crowns"}
        if field.kind == "choice":
            words = [c.name for c in field.choices if c.name != item[name]]
            yield from ({**item, name: word} for word in words)


LIES = [
    (key, lie)
    for key, number in TRUTHS
    for lie in _lies(SECTIONS[key.split("-")[1]], key, ANSWERS[key][number])
]


@pytest.mark.parametrize(("key", "lie"), LIES)
def test_a_lie_is_not_supported(key: str, lie: dict[str, str]) -> None:
    assert not [i for i in _made(key, lie).items if i.verdict == "supported"]


def test_there_are_enough_of_both() -> None:
    assert len(TRUTHS) >= 9
    assert len(LIES) >= 40
