"""What lists alone read in one invented sentence: the form in which tests state it."""

from tongues import PUBLISHED

from summarizer.pipeline import brief
from summarizer.sources import Metadata, make_article

LEAD = {
    "es": "Esta es una historia de la ciudad y de sus calles. ",
    "fr": "C'est une histoire de la ville et de ses rues. ",
    "de": "Dies ist eine Geschichte der Stadt und ihrer Straßen. ",
    "uk": "Це історія про місто та його вулиці. ",
    "ar": "هذه قصة عن المدينة وعن شوارعها. ",
}
"""A sentence that holds nothing, so that the one behind it is no heading."""


def found(language: str, sentence: str) -> list[str]:
    """List the items of a sentence, one line each."""
    article = make_article(
        LEAD[language] + sentence,
        metadata=Metadata(published=PUBLISHED, language=language),
    )
    made = brief([article], None)
    said = [f"{p.holder.name}: {p.act}: {p.gist}" for p in made.positions]
    asked = [
        f"{r.by and r.by.name} -> {r.to and r.to.name}: {r.force}: {r.what}"
        for r in made.requests
    ]
    harmed = [f"{c.kind}: {c.count_text}: {_figure(c)}" for c in made.casualties]
    return [*said, *asked, *harmed]


def _figure(toll: object) -> str:
    low, value = getattr(toll, "low", None), getattr(toll, "value", None)
    sign = getattr(toll, "comparator", None)
    return f"{sign} {low if value is None else value}"
