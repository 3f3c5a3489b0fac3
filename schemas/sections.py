"""Sections of a user's own: what they ask for, as data.

A briefing holds the definition beside its items, so that they can be checked from the
saved file alone.
"""

from typing import Annotated, Literal

from pydantic import Field

from schemas.evidence import Frozen

FieldKind = Literal["party", "doer", "verbatim", "number", "date", "choice"]
"""party: a name of somebody in the article. doer: the same, of whoever does it.
verbatim: words of the article. number: a number with its unit, read by code. date: a
time, read by code. choice: one word of a list."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Choice(Frozen):
    """One of the words that a field may hold."""

    name: Annotated[str, Field(min_length=1)]
    words: tuple[str, ...] = ()
    """Words of a text that show it, beside its name: "froze" for "asset freeze"."""


class FieldDefinition(Frozen):
    """One field of a section of a user's own."""

    name: Name
    kind: FieldKind
    required: bool = True
    question: str = ""
    """What it asks for, in the user's words; empty where the name says it."""

    choices: tuple[Choice, ...] = ()
    """Of a choice: the list."""


class SectionDefinition(Frozen):
    """A section of a user's own: its name, its question and its fields."""

    name: Name
    title: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    """What is looked for: "Sanctions that someone imposes on someone." """

    fields: Annotated[tuple[FieldDefinition, ...], Field(min_length=1)]
    cues: tuple[str, ...] = ()
    """Words without one of which a small model is not asked about a sentence; empty to
    ask about each."""
