"""README and docs: every link leads somewhere, every example runs, as it is printed."""

import contextlib
import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import slack_server
from pages import ROOT, Block, blocks, broken, lay_out, others, pages, printed_by
from several import Silent
from typer.testing import CliRunner

import summarizer
from schemas.evidence import Frozen
from summarizer import configuration, sections
from summarizer.cli.app import app
from summarizer.client import connect
from summarizer.ports import Ask, Reply
from summarizer.settings import VARIABLES, Settings

MOST_WORDS = 900
"""Of the README: it is the front door, and docs are behind it."""

NOT_RUN = {"endpoints.md"}
"""Pages whose commands need a service and its key; doubles stand for those in tests."""

PYTHON = [
    block for page in pages() for block in blocks(page) if block.language == "python"
]


@pytest.mark.parametrize("page", [*pages(), *others()], ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_every_page_is_reached_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    unreached = [p.name for p in pages()[1:] if f"docs/{p.name}" not in text]

    assert unreached == []


def test_the_readme_is_short_and_begins_with_its_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = blocks(ROOT / "README.md")[0]

    assert len(text.split()) <= MOST_WORDS
    assert re.findall(r"^make (\w+)", first.text, re.MULTILINE) == ["brief", "test"]


def test_blocks_are_commands_that_are_run_or_what_they_print() -> None:
    """`sh` is run by .ci/readme, `python` by this file; other code would be run by none."""
    known = {"sh", "python", "toml", "json", "text"}
    strange = [
        block.name
        for page in pages()
        for block in blocks(page)
        if block.language not in known and page.name not in NOT_RUN
    ]

    assert strange == []


def test_targets_of_make_that_a_page_names_are_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for page in [*pages(), *others()]:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
        assert set(named) <= set(targets), page.name


# -- examples ----------------------------------------------------------------------


class AsyncSilent(Silent):
    """The same for the async way."""

    async def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:  # type: ignore[override]  # async, as its protocol
        return super().complete(ask)


@pytest.fixture
def _at_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Lay out what the examples read; nobody stands for the embedded model."""
    real, areal = connect.completer, connect.async_completer

    def completer(settings: Settings, **more: object) -> object:
        if settings == Settings():
            return contextlib.nullcontext(Silent())
        return real(settings, **more)  # type: ignore[arg-type]  # as they came

    def async_completer(settings: Settings, **more: object) -> object:
        if settings == Settings():
            return contextlib.nullcontext(AsyncSilent())
        return areal(settings, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(connect, "completer", completer)
    monkeypatch.setattr(connect, "async_completer", async_completer)
    for name in VARIABLES.values():
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("COLUMNS", "100")
    lay_out(tmp_path / "desk")
    save_briefings(tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    with slack_server.serving() as slack:
        monkeypatch.setenv("SLACK_WEBHOOK_URL", slack.url)
        yield


def save_briefings(folder: Path) -> None:
    """Write the saved briefings that examples read."""
    for name in ("story", "yesterday"):
        made = summarizer.brief([summarizer.read_article(f"{folder}/{name}.txt")], None)
        (folder / f"{name}.json").write_text(made.model_dump_json(), encoding="utf-8")


@pytest.mark.usefixtures("_at_hand")
@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.name)
def test_an_example_in_python_runs_and_prints_what_stands_below(block: Block) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.text, block.name, "exec"), {"__name__": "__main__"})  # noqa: S102  our own pages
    found = blocks(block.page)
    expected = printed_by(block, found[found.index(block) + 1 :])

    if expected is not None:
        assert out.getvalue() == expected


def test_every_public_name_has_an_example() -> None:
    page = ROOT / "docs" / "python.md"
    shown = "\n".join(b.text for b in blocks(page) if b.language == "python")
    missing = [n for n in summarizer.__all__ if not re.search(rf"\b{n}\b", shown)]

    assert missing == []


@pytest.mark.usefixtures("_at_hand")
def test_the_briefing_of_the_readme_is_the_one_that_is_printed() -> None:
    (shown,) = [b for b in blocks(ROOT / "README.md") if b.language == "text"]
    ran = CliRunner().invoke(
        app,
        ["brief", "tests/articles/market.txt", "--no-model", "--no-quotes"],
        env={"COLUMNS": "100"},
    )

    assert ran.stdout == shown.text


def test_examples_in_toml_are_read() -> None:
    for page in pages():
        for block in blocks(page):
            if block.language == "toml" and page.name not in NOT_RUN:
                assert tomllib.loads(block.text), block.name


def test_the_settings_of_the_page_are_all_that_there_are() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    variables = {*VARIABLES.values()}

    assert [n for n in shown if n.islower()] == list(configuration.NAMES)
    assert variables <= set(re.findall(r"`([A-Z_]+)`", text))


def test_the_sections_of_the_examples_are_read() -> None:
    file = ROOT / "docs" / "examples" / "sections.toml"
    found = sections.from_toml(file.read_text(encoding="utf-8"), file.name)

    assert [one.name for one in found] == ["sanction", "ruling", "result"]


@pytest.mark.parametrize("name", ["sanctions", "court", "results", "post", "herald"])
def test_an_article_of_the_examples_says_that_it_is_invented(name: str) -> None:
    folder = ROOT / "docs" / "examples"
    files = [f for f in (folder / f"{name}.txt", folder / f"{name}.toml") if f.exists()]

    assert any("nvented" in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("name", ["this", "instructor", "langextract", "contextgem"])
def test_the_lines_of_the_comparison_are_counted(name: str) -> None:
    place = ROOT / "docs" / "examples" / "compare" / f"with_{name}.py"
    lines = [x for x in place.read_text(encoding="utf-8").splitlines() if x.strip()]
    page = (ROOT / "docs" / "sections.md").read_text(encoding="utf-8")
    row = re.search(r"^\| lines of the program.*$", page, re.MULTILINE)
    column = ["this", "instructor", "langextract", "contextgem"].index(name) + 2

    assert row is not None
    assert int(row[0].split("|")[column]) == len(lines)


def test_the_first_program_of_the_comparison_tells_truth_from_lie() -> None:
    """The one whose library is here: what the table says of the others was seen by hand."""
    ran = subprocess.run(
        [sys.executable, "benchmarks/same_answers.py", sys.executable, "with_this.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    shown = [line.split(" [")[0] for line in ran.stdout.splitlines()]

    assert shown == [
        "Varos Meridian Bank froze 40000000.0 2025-03-04",
        "Oto Kessel Eastern League travel ban None None",
        "the central bank Meridian Bank fined None None",
    ]


def test_the_citation_names_the_version_that_is_published() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    assert f"\nversion: {summarizer.__version__}\n" in text


def test_the_tables_of_the_sections_page_are_those_of_the_file() -> None:
    folder = ROOT / "docs"
    file = folder / "examples" / "sections.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    shown: dict[str, object] = {}
    for block in blocks(folder / "sections.md"):
        if block.language == "toml":
            shown |= tomllib.loads(block.text)

    assert shown == told


def test_the_file_of_the_configuration_page_can_be_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    (block,) = [
        b for b in blocks(ROOT / "docs/configuration.md") if b.language == "toml"
    ]
    file = tmp_path / configuration.PROJECT_FILE
    file.write_text(block.text, encoding="utf-8")
    found = configuration.configured({}, {}, tmp_path)

    assert (found.settings.strategy, found.budget_tokens) == ("focused", 50_000)
