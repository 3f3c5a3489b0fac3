"""Grounded briefings: a news article in, a briefing out that can be checked.

    from summarizer import summarize

    briefing = summarize(open("story.txt").read())

Names are loaded when they are first used, so that importing this package is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.briefing import (
        Actor,
        Briefing,
        Casualties,
        Development,
        NotChecked,
        OpenQuestion,
        Position,
        Request,
        Withheld,
    )
    from schemas.evidence import Evidence
    from summarizer.api import AsyncSummarizer, Summarizer, asummarize, summarize
    from summarizer.changes import Change, Changes, compare
    from summarizer.delivery.delivering import Receipt
    from summarizer.errors import (
        AccessError,
        DeliveryError,
        EndpointError,
        IncompleteError,
        InputError,
        InterruptedRunError,
        ModelError,
        ModelOutputError,
        SettingsError,
        SummarizerError,
        VerificationError,
        WeightsError,
    )
    from summarizer.pipeline import Finished, abrief, brief
    from summarizer.plan import Plan
    from summarizer.ports import Progressed
    from summarizer.posting import apost, post
    from summarizer.reports import Finding, Report, Unchecked
    from summarizer.sections import (
        Day,
        Doer,
        Number,
        Party,
        Section,
        Verbatim,
        Words,
    )
    from summarizer.selection import supported_only
    from summarizer.settings import Settings
    from summarizer.sources import Article, Metadata, make_article, read_article
    from summarizer.verification import Quote, verify, verify_quotes

__version__ = "0.1.0"

_PLACES = {
    "summarizer.api": ("AsyncSummarizer", "Summarizer"),
    "summarizer.pipeline": ("Finished",),
    "summarizer.plan": ("Plan",),
    "summarizer.ports": ("Progressed",),
    "summarizer.sections": (
        "Day",
        "Doer",
        "Number",
        "Party",
        "Section",
        "Verbatim",
        "Words",
    ),
    "summarizer.sources": ("Article", "Metadata", "make_article"),
    "schemas.briefing": (
        "Actor",
        "Briefing",
        "Casualties",
        "Development",
        "NotChecked",
        "OpenQuestion",
        "Position",
        "Request",
        "Withheld",
    ),
    "schemas.evidence": ("Evidence",),
    "summarizer.border": (
        "abrief",
        "apost",
        "asummarize",
        "brief",
        "compare",
        "post",
        "read_article",
        "summarize",
        "verify",
        "verify_quotes",
    ),
    "summarizer.changes": ("Change", "Changes"),
    "summarizer.delivery.delivering": ("Receipt",),
    "summarizer.errors": (
        "AccessError",
        "DeliveryError",
        "EndpointError",
        "IncompleteError",
        "InputError",
        "InterruptedRunError",
        "ModelError",
        "ModelOutputError",
        "SettingsError",
        "SummarizerError",
        "VerificationError",
        "WeightsError",
    ),
    "summarizer.selection": ("supported_only",),
    "summarizer.settings": ("Settings",),
    "summarizer.reports": ("Finding", "Report", "Unchecked"),
    "summarizer.verification": ("Quote",),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "AccessError",
    "Actor",
    "Article",
    "AsyncSummarizer",
    "Briefing",
    "Casualties",
    "Change",
    "Changes",
    "Day",
    "DeliveryError",
    "Development",
    "Doer",
    "EndpointError",
    "Evidence",
    "Finding",
    "Finished",
    "IncompleteError",
    "InputError",
    "InterruptedRunError",
    "Metadata",
    "ModelError",
    "ModelOutputError",
    "NotChecked",
    "Number",
    "OpenQuestion",
    "Party",
    "Plan",
    "Position",
    "Progressed",
    "Quote",
    "Receipt",
    "Report",
    "Request",
    "Section",
    "Settings",
    "SettingsError",
    "Summarizer",
    "SummarizerError",
    "Unchecked",
    "Verbatim",
    "VerificationError",
    "WeightsError",
    "Withheld",
    "Words",
    "abrief",
    "apost",
    "asummarize",
    "brief",
    "compare",
    "make_article",
    "post",
    "read_article",
    "summarize",
    "supported_only",
    "verify",
    "verify_quotes",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    place = _PLACE_OF.get(name)
    if place is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(place), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
