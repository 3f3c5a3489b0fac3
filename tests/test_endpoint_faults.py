"""What is printed, and with which exit code, for every odd answer of an endpoint."""

import os
from pathlib import Path

import pytest
from endpoint import Answer, serving
from odd_answers import (
    KEY,
    REFUSED,
    TAKEN,
    TEXT,
    UNFIT,
    Refused,
    Taken,
    Unfit,
)
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from schemas.draft import WholeAnswer
from summarizer.cli import app
from summarizer.client.asking import endpoint as endpoints
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import ModelError
from summarizer.ports import Ask, Message
from summarizer.settings import Settings

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "whole")
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_schema")
    monkeypatch.setattr(endpoints, "_BACKOFF", lambda _: 0.0)
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, encoding="utf-8")


def _brief(answer: Answer) -> tuple[Result, int]:
    with serving(answer) as endpoint:
        where = ("--base-url", endpoint.url, "--model", "m")
        result = RUNNER.invoke(app, ["brief", "story.txt", *where, "-f", "json"])
        return result, len(endpoint.seen)


@pytest.mark.parametrize("odd", TAKEN, ids=lambda odd: odd.name)
def test_what_fits_of_an_odd_answer_is_taken(odd: Taken) -> None:
    result, _ = _brief(odd.answer)

    assert result.exit_code == 0
    briefing = Briefing.model_validate_json(result.stdout)
    assert not odd.is_held or [r.what for r in briefing.requests] == ["free the crew"]
    assert [w.reason for w in briefing.withheld][-1:] == [odd.withheld][
        : bool(odd.withheld)
    ]
    assert briefing.complete is odd.complete
    assert ("incomplete" in result.stderr) is not odd.complete
    assert briefing.provenance.prompt_tokens >= odd.tokens
    assert bool(briefing.provenance.prompt_tokens) is bool(odd.tokens)


ASK = Ask(
    messages=(Message("user", TEXT),),
    answer=WholeAnswer,
    max_tokens=50,
    section=None,
    source="s1",
    spans=(),
)


@pytest.mark.parametrize("odd", UNFIT, ids=lambda odd: odd.name)
def test_an_answer_that_does_not_fit_has_one_true_reason(odd: Unfit) -> None:
    with serving(odd.answer) as endpoint:
        settings = Settings(
            base_url=endpoint.url, model="m", structure="json_schema", api_key=KEY
        )
        client = OpenAICompleter(settings)
        with pytest.raises(ModelError) as caught:
            client.complete(ASK)
        client.close()

    assert str(caught.value) == odd.line
    assert (caught.value.exit_code, len(endpoint.seen)) == (8, odd.calls)


@pytest.mark.parametrize("fault", REFUSED, ids=lambda fault: fault.name)
def test_an_answer_of_no_use_is_one_true_line(fault: Refused) -> None:
    result, calls = _brief(fault.answer)

    assert result.stderr == f"error: {fault.line}\n"
    assert (result.exit_code, result.stdout, calls) == (fault.code, "", fault.calls)


def test_no_line_shows_the_key_or_the_name_of_a_class() -> None:
    shown = " ".join(fault.line for fault in (*REFUSED, *UNFIT))

    assert KEY not in shown
    assert "Error" not in shown
