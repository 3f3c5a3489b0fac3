"""The house is as its map says, and what is spread over places is found by one test."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import get_args

import module_map
import pytest

from schemas.terms import CasualtyKind
from summarizer.prompting import tasks, whole
from summarizer.text import lexicon

ROOT = Path(__file__).parent.parent
MOST_LINES = 450
"""Lines of the longest module of text, reading, proof and assembly, the ones named aside."""

LONGER = {"reading/english/speech.py": 740, "reading/english/asking.py": 590}
"""Modules that are longer still, and may not grow."""

MOST_MODULES = 15


def test_the_map_is_written_anew() -> None:
    assert (ROOT / "docs" / "map.md").read_text("utf-8") == module_map.render(), (
        "run `make map`"
    )


NOT_ASKED = {"affected", "casualties"}
"""Kinds that small models are not asked for by name: they mistake too much for them."""


@pytest.mark.parametrize("kind", get_args(CasualtyKind))
def test_a_kind_of_casualty_stands_in_all_its_places(kind: str) -> None:
    """A new one goes into `schemas/terms.py` first; this names the places left."""
    places: dict[str, bool] = {}
    for code in lexicon.languages():
        file = resources.files("summarizer.text") / "data" / f"{code}.toml"
        listed = tomllib.loads(file.read_text("utf-8"))["harm"]
        places[f"summarizer/text/data/{code}.toml, [harm]"] = bool(listed.get(kind))
    places["summarizer/prompting/whole.py"] = kind in whole.INSTRUCTIONS
    places["summarizer/prompting/tasks.py"] = (
        kind in NOT_ASKED or kind in tasks.CASUALTIES.instructions
    )

    assert [place for place, there in places.items() if not there] == []


@pytest.mark.parametrize("package", module_map.PACKAGES)
def test_no_module_is_too_long_and_no_folder_too_full(package: str) -> None:
    folder = ROOT / "summarizer" / package
    for path in folder.rglob("*.py"):
        name = f"{package}/{path.relative_to(folder).as_posix()}"
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= LONGER.get(name, MOST_LINES), name
    for place in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        modules = [p for p in place.glob("*.py") if p.name != "__init__.py"]
        assert len(modules) <= MOST_MODULES, place.name
