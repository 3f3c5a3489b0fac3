"""What is withheld, in words: what a draft held, and why it is no item."""

from dataclasses import dataclass

from schemas.briefing import Briefing, Withheld
from schemas.draft import AnyDraft, DevelopmentDraft
from schemas.terms import FoundBy


def drafted(item: AnyDraft) -> str:
    """Say what a draft item held: its fields in order, cut, empty ones left out."""
    return ", ".join(
        f"{name} “{shortened(_listed(value))}”" for name, value in item if value
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that is withheld, in words.

    Attributes:
        section: Title of the section that it was drafted for.
        held: What it held.
        reason: Why it is withheld.
        source: Id of the source.
        found_by: Who drafted it; None when nobody tells.
        quote: The words that it rests on; the model may have made them up.
    """

    section: str
    held: str
    reason: str
    source: str
    found_by: FoundBy | None
    quote: str


def refused(briefing: Briefing) -> tuple[Refused, ...]:
    """List what is withheld, also from sections of the user's own."""
    own = (
        Refused(
            section=section.definition.title,
            held=", ".join(
                f"{name} “{shortened(words)}”"
                for name, words in (("quote", one.quote), *one.fields.items())
                if words
            ),
            reason=one.reason,
            source=one.source,
            found_by=one.found_by,
            quote=one.quote,
        )
        for section in briefing.sections
        for one in section.withheld
    )
    return (*(_refused(one) for one in briefing.withheld), *own)


def _refused(one: Withheld) -> Refused:
    draft = one.item
    copied = draft.what if isinstance(draft, DevelopmentDraft) else ""
    return Refused(
        section=one.section.replace("_", " "),
        held=drafted(draft),
        reason=one.reason,
        source=one.source,
        found_by=one.found_by,
        quote=copied or getattr(draft, "quote", ""),
    )


def shortened(words: str) -> str:
    """Cut what nobody reads to its end; JSON has all that is kept."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


_LONGEST = 200
"""Characters of one withheld field that are printed: a long sentence."""


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
