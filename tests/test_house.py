"""The house is as its map says, and what is spread over places is found by one test."""

import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import get_args

import module_map
import pytest

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.prompting import cues, tasks, whole
from summarizer.reading.english.tolls import harm, victims
from summarizer.reading.values import Harm
from summarizer.text import lexicon, words

ROOT = Path(__file__).parent.parent
KEPT_SMALL = [
    "sources", "text", "reading", "prompting", "client", "proof", "assembly", "steps",
    "verification", "changes", "selection", "render", "delivery", "evaluation", "batch",
    "cli",
]  # fmt: skip
MOST_LINES = 400
"""Lines of the longest module of these."""

MOST_MODULES = 15


def test_the_map_is_written_anew() -> None:
    assert (ROOT / "docs" / "map.md").read_text("utf-8") == module_map.render(), (
        "run `make map`"
    )


NOT_ASKED = {"affected", "casualties"}
"""Kinds that small models are not asked for by name: they mistake too much for them."""

IN_NO_GRAMMAR = {
    "harm_active": {"missing", "displaced", "evacuated", "affected", "casualties"},
    "harm_passive": {"displaced", "evacuated", "affected", "casualties"},
    "harm_nouns": {
        "injured", "missing", "displaced", "evacuated", "affected", "casualties",
    },
    "harm_done": {"missing", "displaced", "evacuated", "affected", "casualties"},
}  # fmt: skip
"""Kinds that the grammar of English has no such words for: their counts alone are read."""

THE_WALK = """%s is not in all its places: %s.

A kind of casualty stands in
  schemas/terms.py                CasualtyKind, where it begins
  summarizer/text/data/*.toml     [harm] of every language: its words; that of en.toml at
                                  once, since nothing can be imported without it
  summarizer/text/data/en.toml    [harm_active], [harm_passive], [harm_nouns], [harm_done]:
                                  its forms in English; one that it has none of is named
                                  in IN_NO_GRAMMAR here. Where it has words for them also
                                  [harm_names], [harm_befell], [harm_left]
  summarizer/prompting/whole.py   INSTRUCTIONS, the question to large models
  summarizer/prompting/tasks.py   CASUALTIES, the question to small models, or NOT_ASKED here
  tests/test_house.py             TOLD: an invented sentence that holds it
Then `make schema` (briefing.schema.json has the kinds) and, since a question reads
otherwise, `make record`. reading/english/tolls/victims.py and prompting/cues.py read the
lists: they need no change."""

TOLD = {
    "killed": ("Twelve", "Twelve people were killed in Orvane."),
    "injured": ("nine", "The blast in Tarsk injured nine people."),
    "missing": ("Four", "Four miners are missing in Orvane."),
    "displaced": ("300", "The flood displaced 300 people."),
    "evacuated": ("80", "Some 80 patients were evacuated from the clinic."),
    "detained": ("two", "Police in Tarsk detained two men."),
    "abducted": ("Three", "Three nurses were abducted near Belmora."),
    "affected": ("4,000", "The outage affected 4,000 people."),
    "casualties": ("40", "The army spoke of 40 casualties."),
}
"""A number of people and an invented sentence that tells it, for each kind."""


@pytest.mark.parametrize("kind", get_args(CasualtyKind))
def test_a_kind_of_casualty_stands_in_all_its_places(kind: str) -> None:
    """A new one goes into `schemas/terms.py` first; this names the places left."""
    places: dict[str, bool] = {}
    for code in lexicon.languages():
        file = resources.files("summarizer.text") / "data" / f"{code}.toml"
        listed = tomllib.loads(file.read_text("utf-8"))["harm"]
        places[f"summarizer/text/data/{code}.toml, [harm]"] = bool(listed.get(kind))
    for section, without in IN_NO_GRAMMAR.items():
        places[f"summarizer/text/data/en.toml, [{section}]"] = kind in without or bool(
            words.lists(section).get(kind)
        )
    places["summarizer/prompting/whole.py"] = kind in whole.INSTRUCTIONS
    places["summarizer/prompting/tasks.py"] = (
        kind in NOT_ASKED or kind in tasks.CASUALTIES.instructions
    )
    published = (ROOT / "briefing.schema.json").read_text("utf-8")
    places["briefing.schema.json (`make schema`)"] = f'"{kind}"' in published
    places["tests/test_house.py, TOLD"] = kind in TOLD

    missing = [place for place, there in places.items() if not there]
    assert missing == [], THE_WALK % (kind, "; ".join(missing))


@pytest.mark.parametrize(("kind", "told"), TOLD.items())
def test_a_sentence_of_each_kind_is_worth_a_question_and_its_count_is_taken(
    kind: str, told: tuple[str, str]
) -> None:
    count, sentence = told
    draft = CasualtyDraft.model_validate({"kind": kind, "count": count, "who": ""})
    read = harm.check(draft, sentence, Span(start=0, end=len(sentence)))

    assert cues.has_cue("casualties", sentence)
    assert isinstance(read, Harm)
    assert read.kind == kind


def test_a_sentence_without_harm_is_worth_no_question_about_it() -> None:
    assert not cues.has_cue("casualties", "The council met in Orvane on Monday.")
    assert not cues.has_cue("casualties", "The skilled baker asked for a dental plan.")


def _said(section: str) -> list[tuple[str, str]]:
    """List the first form of each entry of a section: "killed" of "kill(?:ed|ing)"."""
    return [
        (kind, re.sub(r"\(\?:([^|()]*)[^()]*\)\??", r"\1", entry))
        for kind, entries in words.lists(section).items()
        for entry in entries
        if not re.search(r"\)\)|\? \)|\\|\[", entry)
    ]


@pytest.mark.parametrize(("kind", "verb"), _said("harm_active"))
def test_a_verb_of_harm_in_the_data_is_read_with_those_whom_it_harms(
    kind: str, verb: str
) -> None:
    text = f"The men {verb} a judge and two of his aides."
    found = victims.find(text, Span(start=0, end=len(text)))

    assert [(one.kind, one.count) for one in found] == [(kind, ""), (kind, "two")]
    assert found[0].who.endswith("judge")


@pytest.mark.parametrize(("kind", "participle"), _said("harm_passive"))
def test_a_participle_of_harm_in_the_data_is_read_with_those_before_it(
    kind: str, participle: str
) -> None:
    text = f"A teacher was {participle} in Orvane."
    found = victims.find(text, Span(start=0, end=len(text)))

    assert {(one.kind, one.who) for one in found} == {(kind, "teacher")}


def test_the_map_has_every_folder_of_the_house() -> None:
    house = ROOT / "summarizer"
    folders = {p.parent.name for p in house.glob("*/__init__.py")}

    assert set(module_map.PACKAGES) == folders


def test_the_map_has_every_module_once() -> None:
    rows = [
        line
        for line in module_map.render().splitlines()
        if line.startswith("| `") and "__init__" not in line
    ]
    modules = [
        p
        for folder in ("schemas", "summarizer")
        for p in (ROOT / folder).rglob("*.py")
        if p.name != "__init__.py"
    ]

    assert len(rows) == len(modules)
    assert all(told.strip(" |") for told in (r.split("|", 2)[2] for r in rows))


@pytest.mark.parametrize("package", KEPT_SMALL)
def test_no_module_is_too_long(package: str) -> None:
    folder = ROOT / "summarizer" / package
    for path in folder.rglob("*.py"):
        name = f"{package}/{path.relative_to(folder).as_posix()}"
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= MOST_LINES, name


def test_no_folder_is_too_full() -> None:
    house = ROOT / "summarizer"
    modules = (p for p in house.rglob("*.py") if p.name != "__init__.py")
    found = Counter(p.parent.relative_to(house).as_posix() for p in modules)

    assert {name: n for name, n in found.items() if n > MOST_MODULES} == {}


def test_no_folder_of_modules_is_without_its_first_line() -> None:
    """A folder without `__init__.py` would be missing in the contracts on imports."""
    house = ROOT / "summarizer"
    folders = {p.parent for p in house.rglob("*.py")}

    assert [f.name for f in folders if not (f / "__init__.py").is_file()] == []
