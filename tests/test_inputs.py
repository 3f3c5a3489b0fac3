"""Several inputs of any kind on one command line, and what happens to bad ones."""

import os
from pathlib import Path

import documents
import pytest
from endpoint import Answer, Endpoint, completion, error, serving
from typer.testing import CliRunner, Result
from website import PAGE, Reply
from website import serving as site_of

from schemas.briefing import Briefing
from summarizer.cli import app, inputs

RUNNER = CliRunner()
MARKET = (Path(__file__).parent / "articles" / "market.txt").read_bytes()
TEXT = b"Kenya urged Chad to free the crew."


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented-1234567890")
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_schema")
    monkeypatch.chdir(tmp_path)


def _brief(endpoint: Endpoint, *arguments: str, given: bytes = b"") -> Result:
    return RUNNER.invoke(
        app,
        ["brief", *arguments, "--base-url", endpoint.url, "--model", "m"],
        input=given,
    )


def _sources(result: Result) -> list[tuple[str, str | None, str | None]]:
    briefing = Briefing.model_validate_json(result.stdout)
    return [(s.id, s.uri, s.media_type) for s in briefing.sources]


def test_files_addresses_and_standard_input_are_read_into_one_briefing() -> None:
    Path("a.pdf").write_bytes(documents.pdf([["Kenya urged Chad to free the crew."]]))
    Path("b.eml").write_bytes(documents.mail("Mali told Chad to leave."))
    with (
        site_of({"/ferry": Reply(body=PAGE.encode())}) as site,
        serving(completion()) as endpoint,
    ):
        result = _brief(
            endpoint, "a.pdf", "-", f"{site.root}/ferry", "b.eml",
            "--allow-private", "--format", "json", given=TEXT,
        )  # fmt: skip

    assert result.exit_code == 0
    assert result.stderr == ""
    assert _sources(result) == [
        ("s1", "a.pdf", "application/pdf"),
        ("s2", None, "text/plain"),
        ("s3", f"{site.root}/ferry", "text/html"),
        ("s4", "b.eml", "message/rfc822"),
    ]


def test_one_bad_input_is_one_error_and_the_others_are_done() -> None:
    Path("a.txt").write_bytes(TEXT)
    Path("scan.pdf").write_bytes(documents.pdf([[]]))
    Path("b.txt").write_bytes(b"Mali told Chad to leave.")
    with serving(completion()) as endpoint:
        result = _brief(
            endpoint, "a.txt", "scan.pdf", "gone.txt", "b.txt", "--format", "json"
        )

    assert result.exit_code == 3
    assert _sources(result) == [
        ("s1", "a.txt", "text/plain"),
        ("s2", "b.txt", "text/plain"),
    ]
    lines = result.stderr.splitlines()
    assert lines[0].startswith("error: 'scan.pdf' has no text layer")
    assert lines[1:] == [
        "error: no such file: 'gone.txt'",
        "error: 2 of 4 inputs could not be read; the others are done",
    ]


def test_when_no_input_can_be_read_no_model_is_asked() -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "gone.txt", "http://127.0.0.1:8080/x")

    assert (result.exit_code, result.stdout, endpoint.seen) == (3, "", [])
    assert "leads to 127.0.0.1, not a public address" in result.stderr
    assert "none of the 2 inputs could be read" in result.stderr


def test_an_input_named_twice_is_read_once() -> None:
    Path("a.txt").write_bytes(TEXT)
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "a.txt", "a.txt", "--format", "json")

    assert len(_sources(result)) == 1


def test_each_writes_one_file_an_article() -> None:
    Path("more").mkdir()
    Path("a.txt").write_bytes(TEXT)
    Path("more/a.txt").write_bytes(b"Mali told Chad to leave.")
    with serving(completion()) as endpoint:
        result = _brief(
            endpoint, "a.txt", "gone.txt", "more/a.txt", "-",
            "--each", "-o", "out", "--format", "json", given=TEXT,
        )  # fmt: skip

    assert result.exit_code == 3
    written = {p.name: p.read_text(encoding="utf-8") for p in Path("out").iterdir()}
    assert sorted(written) == ["a-2.json", "a.json", "standard-input.json"]
    briefings = [Briefing.model_validate_json(text) for text in written.values()]
    assert all([s.id for s in b.sources] == ["s1"] for b in briefings)
    assert "1 of 4 inputs could not be read" in result.stderr


def test_each_without_a_folder_prints_one_after_the_other() -> None:
    Path("a.txt").write_bytes(TEXT)
    Path("b.txt").write_bytes(TEXT)
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "a.txt", "b.txt", "--each", "--format", "markdown")

    assert result.exit_code == 0
    assert [x for x in result.stdout.splitlines() if x.startswith("# ")] == [
        "# a\\.txt",
        "# b\\.txt",
    ]


def test_each_in_json_needs_a_folder() -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "a.txt", "b.txt", "--each", "--format", "json")

    assert result.exit_code == 2
    assert "name a folder with -o" in result.stderr


def test_with_each_an_article_without_an_answer_gets_what_its_forms_give() -> None:
    Path("a.txt").write_bytes(MARKET)
    Path("b.txt").write_bytes(MARKET)
    with serving(completion()) as endpoint:
        _brief(endpoint, "a.txt", "--format", "json")
    questions = len(endpoint.seen)

    def answers(number: int) -> Answer:
        return completion("no" if number <= 2 * questions else '{"items": []}')

    with serving(answers) as endpoint:
        result = _brief(endpoint, "a.txt", "b.txt", "--each", "-o", "out")

    assert result.exit_code == 0
    assert sorted(p.name for p in Path("out").iterdir()) == ["a.txt", "b.txt"]
    assert f"warning: 'a.txt': {questions} of the questions failed" in result.stderr
    assert "'b.txt'" not in result.stderr


def test_with_each_a_refused_key_stops_the_run() -> None:
    Path("a.txt").write_bytes(MARKET)
    Path("b.txt").write_bytes(MARKET)
    with serving(error(401)) as endpoint:
        result = _brief(endpoint, "a.txt", "b.txt", "--each")

    assert result.exit_code == 7
    assert len(endpoint.seen) == 1


@pytest.mark.parametrize("option", ["--title", "--publisher", "--url"])
def test_what_is_about_one_article_is_refused_for_several(option: str) -> None:
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "a.txt", "b.txt", option, "x")

    assert result.exit_code == 2
    assert f"{option} is about one article" in result.stderr


def test_the_day_is_given_to_those_that_state_none() -> None:
    Path("a.txt").write_bytes(TEXT)
    Path("b.eml").write_bytes(documents.mail("Mali told Chad to leave."))
    with serving(completion()) as endpoint:
        result = _brief(
            endpoint, "a.txt", "b.eml", "--published", "2024-01-01", "-f", "json"
        )

    sources = Briefing.model_validate_json(result.stdout).sources
    assert [str(s.published) for s in sources] == ["2024-01-01", "2025-03-05"]


def test_the_day_of_the_only_article_wins_over_its_own() -> None:
    Path("b.eml").write_bytes(documents.mail("Mali told Chad to leave."))
    with serving(completion()) as endpoint:
        result = _brief(endpoint, "b.eml", "--published", "2024-01-01", "-f", "json")

    (source,) = Briefing.model_validate_json(result.stdout).sources
    assert (str(source.published), source.published_at) == ("2024-01-01", None)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("https://post.example/news/ferry-talks.html?x=1", "ferry-talks.txt"),
        ("https://post.example/", "post.example.txt"),
        ("https://post.example/..", "article.txt"),
        ("a/b/../story one.pdf", "story-one.txt"),
        ("-", "standard-input.txt"),
        ("...", "article.txt"),
    ],
)
def test_files_are_named_after_their_inputs_and_stay_in_the_folder(
    place: str, name: str
) -> None:
    assert inputs.file_for(place, "out", "terminal", set()) == f"out/{name}"


def test_what_was_read_and_left_out_is_said_in_each_form() -> None:
    pages = [["Kasra Report", f"Kenya urged Chad to free crew {i}."] for i in (1, 2)]
    Path("a.pdf").write_bytes(documents.pdf(pages))
    with serving(completion()) as endpoint:
        for form in ("terminal", "markdown"):
            text = _brief(endpoint, "a.pdf", "--format", form).stdout.replace("\\", "")
            assert "s1: a.pdf (PDF, 2 pages)" in text
            assert "line left out that most pages repeat: Kasra Report" in text
            assert "(page 2)" in text
