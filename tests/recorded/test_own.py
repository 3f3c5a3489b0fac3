"""Sections of a user's own on recorded answers of the embedded model."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tenacity import stop_after_attempt

from schemas.briefing import Briefing
from summarizer import verify
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sections import from_toml
from summarizer.settings import Settings
from summarizer.sources import read_article

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SECTIONS = from_toml((EXAMPLES / "sections.toml").read_text("utf-8"), "sections.toml")

Replay = Callable[[str], AbstractContextManager[None]]


def _briefed(name: str, replay: Replay, settings: Settings) -> Briefing:
    article = read_article(str(EXAMPLES / f"{name}.txt"))
    client = OpenAICompleter(settings)
    client._retrying = client._retrying.copy(stop=stop_after_attempt(1))
    plan = Plan(only=frozenset(), sections=SECTIONS)
    try:
        with replay(f"own-{name}"):
            return brief([article], client, plan=plan, clock=lambda: 0.0)
    finally:
        client.close()


@pytest.mark.parametrize(
    ("name", "section", "supported", "lies"),
    [
        (
            "sanctions",
            "sanction",
            ["Eastern League → Oto Kessel", "Tarland → Two oil traders"],
            ["Tarland → Meridian Bank"],
        ),
        (
            "court",
            "ruling",
            ["regional court in Selm → Mirko Dane", "Supreme Court → Lena Ortiz"],
            ["Petra Holm → Aron Vale"],
        ),
        ("results", "result", ["Northmill", "Castor", "Ardent Foods"], ["Analysts"]),
    ],
)
def test_the_embedded_model_fills_the_worked_examples(
    replay: Replay,
    settings: Settings,
    name: str,
    section: str,
    supported: list[str],
    lies: list[str],
) -> None:
    briefing = _briefed(name, replay, settings)

    found = briefing.section(section)
    assert found is not None
    shown = {
        " → ".join(v.party.name for v in item.fields if v.party): item.verdict
        for item in found.items
    }
    assert [shown.get(one) for one in supported] == ["supported"] * len(supported)
    assert not [one for one in lies if shown.get(one) == "supported"]
    assert verify(briefing).findings == ()
