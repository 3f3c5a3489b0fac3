"""A page for each article: the briefing on one side, its source on the other."""

from pathlib import Path
from typing import Final

from schemas.briefing import Briefing
from summarizer.batch.entries import Kept
from summarizer.render import html

FOLDER: Final = "pages"
_NAME: Final = 16
"""Characters of a key: of 100,000 articles two share them once in 3,700 million times."""


def name_of(key: str) -> str:
    """Name an article's page by its key, without the suffix."""
    return key[:_NAME]


def write(kept: Kept, folder: Path) -> None:
    """Write the page of an article, when there is none of what is in its row now."""
    file = folder / FOLDER / f"{name_of(kept.entry.key)}.html"
    if file.exists() and file.stat().st_mtime >= kept.at:
        return
    file.parent.mkdir(exist_ok=True)
    text = html.render(Briefing.model_validate(kept.row["briefing"]))
    part = file.with_suffix(".part")
    part.write_text(text, "utf-8", errors="replace")
    part.replace(file)
