"""The text forms, letter by letter, as they were reviewed by eye; see tests/golden.

They are written of saved briefings, so that only the renderers can change them.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from day import saved_days
from doubted import doubted, earlier
from outline import Page

from schemas.briefing import Briefing
from summarizer.changes import compare
from summarizer.render import html, markdown, terminal
from summarizer.render.changes import markdown as diff_markdown
from summarizer.render.changes import terminal as diff_terminal
from summarizer.selection import confirmed, top

FOLDER = Path(__file__).parent / "golden"


def _brief(write: Callable[[Briefing], str]) -> Callable[[], str]:
    return lambda: write(saved_days()[0])


FORMS: dict[str, Callable[[], str]] = {
    "brief-60.txt": _brief(lambda b: terminal.render(b, width=60)),
    "brief-80.txt": _brief(lambda b: terminal.render(b, width=80)),
    "brief-80-short.txt": _brief(lambda b: terminal.render(b, width=80, quotes=False)),
    "brief-120-short.txt": _brief(
        lambda b: terminal.render(b, width=120, quotes=False)
    ),
    "brief-80-colour.txt": _brief(
        lambda b: terminal.render(b, width=80, colour=True, quotes=False)
    ),
    "brief.md": _brief(markdown.render),
    "verdicts-80.txt": lambda: terminal.render(doubted(), width=80),
    "verdicts-80-short.txt": lambda: terminal.render(doubted(), width=80, quotes=False),
    "verdicts.md": lambda: markdown.render(doubted()),
    "verdicts-page.txt": lambda: Page(html.render(doubted())).outline(),
    "diff-80.txt": lambda: diff_terminal.render(compare(*saved_days()), width=80),
    "diff-80-short.txt": lambda: diff_terminal.render(
        compare(*saved_days()), width=80, quotes=False
    ),
    "verdicts-diff-80.txt": lambda: diff_terminal.render(
        compare(earlier(), doubted()), width=80
    ),
    "verdicts-diff-80-short.txt": lambda: diff_terminal.render(
        compare(earlier(), doubted()), width=80, quotes=False
    ),
    "verdicts-diff.md": lambda: diff_markdown.render(compare(earlier(), doubted())),
    "verdicts-top-80-short.txt": lambda: terminal.render(
        top(confirmed(doubted()), 1), width=80, quotes=False
    ),
    "diff.md": lambda: diff_markdown.render(compare(*saved_days())),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_written_as_it_was_reviewed(name: str) -> None:
    written, file = FORMS[name](), FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        file.write_text(written, encoding="utf-8")

    assert written == file.read_text(encoding="utf-8"), "see tests/golden/README.md"


def test_every_golden_file_has_its_form() -> None:
    assert {f.name for f in FOLDER.iterdir()} == {*FORMS, "README.md"}
