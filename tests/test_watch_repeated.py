"""What another article only says again is no news; what it says anew is."""

import pytest
from desk import briefing

from summarizer.changes import compare
from summarizer.watch.telling.repeated import is_repeated

KNOWN = (
    "Twelve people were killed when a ferry sank off Selm, the coast guard said. "
    "Mayor Ana Ruiz asked the navy to send divers to the wreck. "
    "Ruiz said the harbour of Selm would stay closed until Friday."
)


def _new(text: str) -> list[tuple[str, bool]]:
    old, new = briefing(KNOWN), briefing(KNOWN, text)
    return [
        (change.section, is_repeated(change, old, new))
        for change in compare(old, new).changes
        if change.kind == "new" and change.section in {"casualties", "positions", "requests"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The navy searched off Selm, where twelve people were killed when a ferry sank.",
        "The harbour of Selm would stay closed until Friday, Mayor Ana Ruiz said again.",
    ],
)
def test_what_is_said_again_is_repeated(text: str) -> None:
    assert all(repeated for _, repeated in _new(text))


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Fifteen people were killed when a ferry sank off Selm, the hospital said.", "casualties"),
        ("Twelve people were injured when a ferry sank off Selm, the hospital said.", "casualties"),
        ("Twelve people were killed when a ferry sank off Selm, the hospital said.", "casualties"),
        ("Mayor Ana Ruiz said the harbour of Selm would not stay closed until Friday.", "positions"),
        ("Mayor Ana Ruiz said the school of Selm would open on Monday.", "positions"),
        ("Mayor Ana Ruiz asked the government to pay for the funerals.", "requests"),
    ],
)  # fmt: skip
def test_what_is_said_anew_is_not(text: str, section: str) -> None:
    assert (section, False) in _new(text)
