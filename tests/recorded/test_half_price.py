"""A batch whose lines the real embedded model has answered, once: what comes of it."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import batch_server
import openai
import pytest
from batch_server import Line, Server
from recorded import cassettes
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer import verify
from summarizer.cli import app
from summarizer.settings import Settings

STORY = """Invented for a test.

Mayor Ana Ruiz of Orvane urged the council on Friday to reopen the northern bridge.

The flood killed four people in Tarsk, the fire service said.
"""

MOST_ROUNDS = 4

Replay = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(STORY, "utf-8")


def _run(server: Server, model: str) -> Result:
    words = ["story.txt", "-o", "out", "-q", "--half-price", "--only", "requests,casualties"]  # fmt: skip
    environ = {
        "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "k", "SUMMARIZER_MODEL": model,
        "SUMMARIZER_PROFILE": "openai", "SUMMARIZER_STRATEGY": "focused",
    }  # fmt: skip
    return CliRunner().invoke(app, ["batch", *words], env=environ)


def _body(request: Line) -> str:
    return json.dumps(request["body"], sort_keys=True)


def _unanswered(server: Server, answers: dict[str, object]) -> list[Line]:
    """List the requests of the batches that nobody answered, always in one order."""
    requests = [
        json.loads(line)
        for batch in server.batches.values()
        for line in server.files[batch["input_file_id"]]["raw"].splitlines()
    ]
    return sorted((r for r in requests if _body(r) not in answers), key=_body)


def _answer(requests: list[Line], settings: Settings) -> dict[str, object]:
    """Ask the model what stands in the lines, as a service of batches would."""
    with openai.OpenAI(
        base_url=settings.url, api_key=settings.api_key or "", max_retries=0
    ) as sdk:
        return {
            _body(one): sdk.post("/chat/completions", cast_to=object, body=one["body"])
            for one in requests
        }


def test_lines_that_a_real_model_answered_become_a_briefing(
    replay: Replay, settings: Settings, request: pytest.FixtureRequest
) -> None:
    is_recording = request.config.getoption("--record")
    if not is_recording and not (cassettes.FOLDER / "half-price-1.json").exists():
        pytest.skip("not recorded yet: `make record`, with the model, a few minutes")
    answers: dict[str, object] = {}

    def fate(asked: Line, _n: int) -> list[Line]:
        line = batch_server.good(asked)
        line["response"]["body"] = answers[_body(asked)]
        return [line]

    with batch_server.serving() as server:
        server.polls, server.fate = 10**6, fate
        model = settings.model or ""
        for number in range(1, MOST_ROUNDS + 1):
            if _run(server, model).exit_code != 14:
                break
            with replay(f"half-price-{number}"):
                answers |= _answer(_unanswered(server, answers), settings)
            for batch in server.batches.values():
                batch["left"] = 0
        last = _run(server, model)

    assert last.exit_code == 0, last.stderr
    (row,) = Path("out/briefings-00000.jsonl").read_text("utf-8").splitlines()
    made = Briefing.model_validate(json.loads(row)["briefing"])
    assert made.provenance.model == model
    assert made.provenance.calls == 0
    assert made.provenance.cached_replies == len(answers) > 0
    assert made.coverage.passages_failed == ()
    items = (*made.requests, *made.casualties)
    assert all(one.evidence[0].exact in STORY for one in items)
    assert verify(made).findings == ()
