"""Whole briefings on recorded answers of the embedded model."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.briefing import Briefing
from summarizer.text.locate import locate

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_ca614cad78d9ae83.txt"
ARTICLES = ROOT / "tests" / "articles"

Brief = Callable[[Path], Briefing]


@pytest.mark.parametrize(
    "path",
    [SEED, *sorted(ARTICLES.glob("*.txt"))],
    ids=lambda path: path.stem,
)
def test_every_quote_stands_in_its_source_at_its_offsets(
    briefed: Brief, path: Path
) -> None:
    briefing = briefed(path)

    text = briefing.sources[0].text
    items = (
        *briefing.actors,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.open_questions,
    )
    assert briefing.complete
    assert items or path.stem == "library"
    for item in items:
        for evidence in item.evidence:
            assert text[evidence.start : evidence.end] == evidence.exact
            assert locate(evidence.exact, text) is not None
    for position in briefing.positions:
        assert position.quote is None or locate(position.quote, text) is not None
        assert locate(position.gist, text) is not None
