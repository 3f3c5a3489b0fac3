"""What a stranger stumbled over at the front door, and must not again."""

from pathlib import Path

import pytest
from endpoint import completion, serving
from owned import Sanction, briefed
from typer.testing import CliRunner

from summarizer import (
    Plan,
    Settings,
    brief,
    make_article,
    summarize,
    supported_only,
    verify,
)
from summarizer.cli import app
from summarizer.client.replies import default_file
from summarizer.errors import InputError, SettingsError
from summarizer.sections import Party, Section, define, from_toml

TEXT = "Kenya urged Chad on Friday to free the crew."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, "utf-8")
    return tmp_path


def _run(*words: str, **environ: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), env=environ)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "words", [("-o", "story.txt"), ("-o", "./story.txt"), ("--each", "-o", ".")]
)
def test_an_article_is_never_written_over(words: tuple[str, ...]) -> None:
    code, shown = _run("brief", "story.txt", "--no-model", *words)

    assert code == 3
    assert "is the article 'story.txt': name another file" in shown
    assert Path("story.txt").read_text("utf-8") == TEXT


def test_a_damaged_file_of_replies_stops_no_briefing() -> None:
    default_file().parent.mkdir(parents=True, exist_ok=True)
    default_file().write_text("garbage that is long enough to be looked at", "utf-8")

    with serving(completion()) as endpoint:
        code, shown = _run(
            "brief", "story.txt", "-q",
            OPENAI_BASE_URL=endpoint.url, SUMMARIZER_MODEL="m", SUMMARIZER_STRATEGY="focused",
        )  # fmt: skip

    assert code == 0
    assert "nothing is kept" in shown


def test_replies_are_for_the_user_alone() -> None:
    with serving(completion()) as endpoint:
        _run(
            "brief", "story.txt", "-q",
            OPENAI_BASE_URL=endpoint.url, SUMMARIZER_MODEL="m", SUMMARIZER_STRATEGY="focused",
        )  # fmt: skip

    assert default_file().stat().st_mode & 0o077 == 0


def test_an_address_with_a_query_is_refused() -> None:
    with pytest.raises(SettingsError, match="holds a key in its query"):
        Settings(base_url="http://h/v1?key=sk-invented", model="m")


def test_a_projects_file_cannot_name_weights() -> None:
    Path("summarizer.toml").write_text('model = "evil.gguf"\n', "utf-8")

    code, shown = _run("config", "show")

    assert code == 4
    assert "model cannot be a file of weights there" in shown


@pytest.mark.parametrize("command", [("config", "show"), ("doctor", "--offline")])
def test_a_setting_cannot_act_on_the_terminal(command: tuple[str, ...]) -> None:
    Path("summarizer.toml").write_text('model = "\\u001b[31mred\\u202e"\n', "utf-8")

    _, shown = _run(*command, OPENAI_BASE_URL="http://127.0.0.1:1/v1")

    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_articles_of_one_id_are_refused_by_brief() -> None:
    with pytest.raises(InputError, match="two articles have the id 's1'"):
        brief([make_article(TEXT), make_article("It rained.")], None)


@pytest.mark.parametrize("text", ["nofile.txt", "inbox/story.pdf", "Seite.HTML"])
def test_a_mistyped_file_name_is_no_article(text: str) -> None:
    with pytest.raises(InputError, match="is the name of a file"):
        summarize(text, settings=Settings())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"budget_tokens": 0}, "budget_tokens must be a whole number above 0, not 0"),
        ({"budget_calls": -3}, "budget_calls must be a whole number above 0, not -3"),
        ({"only": frozenset({"request"})}, "unknown section 'request'"),
    ],
)
def test_a_plan_that_cannot_be_is_one_sentence(
    given: dict[str, object], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        Plan(**given)  # type: ignore[arg-type]  # wrong on purpose


def test_a_field_name_that_cannot_be_is_said_in_words() -> None:
    class Odd(Section):
        """Something."""

        Xy: Party

    with pytest.raises(SettingsError, match="field 'Xy': name: take small letters"):
        define(Odd)


@pytest.mark.parametrize("cues", ['"ban"', '[""]', "[1]"])
def test_cues_are_a_list_of_words(cues: str) -> None:
    text = f'[ban]\nquestion = "x"\ncues = {cues}\n[ban.fields]\nby = "party"\n'

    with pytest.raises(SettingsError, match="cues must be a list of words"):
        from_toml(text, "s.toml")


def test_supported_only_counts_the_items_of_ones_own_anew() -> None:
    text = "Varos imposed a travel ban on Oto Kessel. Tarland may fine Meridian Bank."
    ban = {"quote": "Varos imposed a travel ban on Oto Kessel", "by": "Varos", "target": "Oto Kessel", "measure": "travel ban"}  # fmt: skip
    fine = {"quote": "Tarland may fine Meridian Bank", "by": "Tarland", "target": "Meridian Bank", "measure": "fine"}  # fmt: skip
    made = briefed(text, ban, fine)

    left = supported_only(made)

    assert (made.bottom_line, left.bottom_line) == ("Sanction: 2", "Sanction: 1")
    assert verify(left).findings == ()
    assert len(Sanction.of(left)) == 1


def test_half_a_second_can_be_set_by_a_variable() -> None:
    code, shown = _run("config", "show", SUMMARIZER_TIMEOUT_S="0.5")

    assert code == 0
    assert "timeout_s         0.5" in shown
