"""Where settings come from: options, the environment, the project, the user."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli import app
from summarizer.configuration import Configured, configured, project_file, user_file
from summarizer.errors import SettingsError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_MODEL"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "project" / "inner"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def _mine(text: str) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(text, encoding="utf-8")


def _made(folder: Path, environ: dict[str, str] | None = None, **options: object) -> Configured:  # fmt: skip
    given = {name: (f"--{name}", value) for name, value in options.items()}
    return configured(given, environ or {}, folder)


def test_the_stronger_place_wins_value_by_value(home: Path) -> None:
    _mine('model = "mine"\nbase_url = "http://mine/v1"\ntimeout_s = 5\nmax_tries = 2\n')
    (home.parent / "summarizer.toml").write_text("timeout_s = 6\nmax_wait_s = 7.5\n", "utf-8")  # fmt: skip

    made = _made(home, {"SUMMARIZER_TIMEOUT_S": "8"}, max_tries=3)

    settings = made.settings
    assert (settings.model, settings.base_url) == ("mine", "http://mine/v1")
    assert (settings.timeout_s, settings.max_wait_s, settings.max_tries) == (8, 7.5, 3)
    assert made.origins["timeout_s"] == "SUMMARIZER_TIMEOUT_S"
    assert made.origins["max_wait_s"].endswith("summarizer.toml")
    assert made.origins["max_tries"] == "--max_tries"
    assert made.origins["model"] == str(user_file())
    assert made.origins["max_chars"] == "default"


def test_a_model_belongs_to_the_address_that_it_was_named_with(home: Path) -> None:
    _mine('model = "mine"\nbase_url = "http://mine/v1"\n')

    with pytest.raises(SettingsError, match="no model named for other"):
        _made(home, {"OPENAI_BASE_URL": "http://other/v1"})


def test_budgets_can_stand_in_a_file(home: Path) -> None:
    _mine("budget_tokens = 5000\n")

    assert _made(home).budget_tokens == 5000
    assert _made(home, budget_tokens=7).budget_tokens == 7


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('base_url = "http://evil/v1"', "base_url cannot stand there: it says who gets your key"),
        ('api_key = "x"', "api_key cannot stand there: a key is a secret"),
    ],
)  # fmt: skip
def test_a_projects_file_cannot_say_who_gets_the_key(
    home: Path, text: str, words: str
) -> None:
    (home / "summarizer.toml").write_text(text, "utf-8")

    with pytest.raises(SettingsError, match=words):
        _made(home, {"OPENAI_API_KEY": "secret"}, model="m")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("modle = 1", "unknown key 'modle'; did you mean 'model'?"),
        ("timeout_s = -5", "timeout_s must be a number of 0.001 or more, not -5"),
        ('timeout_s = "5"', "timeout_s must be a number"),
        ('profile = "gpt"', "unknown profile 'gpt': take one of auto"),
        ("budget_tokens = 0", "budget_tokens must be a whole number above 0, not 0"),
        ("model", "is no TOML"),
        ("api_key = 'x'", "api_key cannot stand there"),
    ],
)
def test_what_a_file_cannot_say_is_one_sentence_with_its_place(
    home: Path, text: str, words: str
) -> None:
    _mine(text)

    with pytest.raises(SettingsError) as caught:
        _made(home)

    assert words in str(caught.value)
    assert "config.toml" in str(caught.value)


def test_a_projects_file_is_looked_for_up_to_the_repository(home: Path) -> None:
    (home.parent.parent / "summarizer.toml").write_text("", "utf-8")
    assert project_file(home) == home.parent.parent / "summarizer.toml"

    (home.parent / ".git").mkdir()
    assert project_file(home) is None


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def test_config_show_says_where_each_value_came_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _mine("timeout_s = 30\n")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented-1234")

    code, shown = _run("config", "show", "--model", "m", "--budget", "9")

    lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in shown.splitlines()}
    assert code == 0
    assert lines["model"] == ["m", "--model"]
    assert lines["api_key"] == ["set", "OPENAI_API_KEY"]
    assert lines["timeout_s"] == ["30", str(user_file())]
    assert lines["budget_tokens"] == ["9", "--budget-tokens"]
    assert lines["max_tries"] == ["4", "default"]
    assert "sk-invented" not in shown


def test_config_path_says_which_files_are_read(home: Path) -> None:
    (home / "summarizer.toml").write_text("", "utf-8")

    code, shown = _run("config", "path")

    assert code == 0
    assert f"{user_file()}\tyours, not there" in shown
    assert f"{home / 'summarizer.toml'}\tof the project, read" in shown


@pytest.mark.parametrize(
    ("option", "near"),
    [("--strateg", "--strategy"), ("--bugdet", "--budget"), ("--profle", "--profile")],
)
def test_a_mistyped_option_suggests_the_right_one(option: str, near: str) -> None:
    code, shown = _run("brief", "x.txt", option, "y")

    assert code == 2
    assert near in shown


def test_a_file_of_sections_and_a_choice_of_sections_are_taken(home: Path) -> None:
    (home / "story.txt").write_text("Kenya urged Chad to free the crew.", "utf-8")
    (home / "own.toml").write_text(
        '[ban]\nquestion = "Bans."\n[ban.fields]\nby = "party"\n', "utf-8"
    )

    code, shown = _run("brief", "story.txt", "--no-model", "--sections", "own.toml", "--only", "requests")  # fmt: skip

    assert code == 0
    assert "Kenya → Chad" in shown
    assert "Ban (0)" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sections", "none.toml"), "none.toml"),
        (("--only", "tolls"), "unknown section 'tolls'"),
        (("--profile", "gpt"), "unknown profile 'gpt'"),
        (("--timeout", "-5"), "timeout_s must be a number of 0.001 or more, not -5"),
        (("--reasoning-effort", "low"), "has no field that limits reasoning"),
    ],
)
def test_an_option_without_a_usable_value_is_one_line(
    home: Path, words: tuple[str, ...], told: str
) -> None:
    (home / "story.txt").write_text("Kenya urged Chad to free the crew.", "utf-8")

    code, shown = _run("brief", "story.txt", *words)

    assert code in {3, 4}
    assert told in shown
    assert len(shown.strip().splitlines()) == 1
