"""Judge a drafted development: the article's own clause, its parties, its figures.

Refuted: a clause that the article does not have, and one that it denies. Who acts in it
is supported where the clause's sentence names them.
"""

from dataclasses import dataclass

from schemas.draft import DevelopmentDraft
from schemas.evidence import Span
from summarizer.proof import parties, words
from summarizer.reading import no_fact
from summarizer.reading.reading import Reading
from summarizer.reading.values import BY_FORM, Mention, Refusal, Standing
from summarizer.sources import Article
from summarizer.text import quantities

MOST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, a decision or a figure that its sentence bears out."""

    sentence: int
    what: Span
    who: tuple[Mention, ...] = ()
    when: Span | None = None
    place: Span | None = None
    figures: tuple[Span, ...] = ()
    standing: Standing = BY_FORM


def judge(reading: Reading, draft: DevelopmentDraft, place: Span) -> Happened | Refusal:
    """Judge a draft whose clause stands at *place*."""
    article = reading.article
    index = article.touched(place)[0]
    if (bar := _barred(reading, index, place)) is not None:
        return bar
    who, reasons = _actors(reading, draft.who, article.sentences[index].span, place)
    return Happened(
        sentence=index,
        what=place,
        who=who,
        when=words.phrase(article, draft.when, place, around=0),
        place=words.phrase(article, draft.place, place),
        figures=_figures(article, draft.figures, place),
        standing=Standing("unconfirmed" if reasons else "supported", reasons, "model"),
    )


def _barred(reading: Reading, index: int, place: Span) -> Refusal | None:
    """Say why a clause tells no development; None where it may be one."""
    text, sentence = reading.article.text, reading.article.sentences[index].span
    bar = no_fact.find("developments", no_fact.Place(text, sentence, place))
    if bar is not None:
        return bar
    if reading.reader.is_clause(place.of(text)) is False:
        return Refusal("form", "it is no whole clause: it has no verb")
    said = [s for s in reading.said_in(index) if s.speaker is not None]
    if any(place.within(s.content) for s in said):
        return Refusal(
            "told", "somebody says it: it is among the positions, or a claim"
        )
    return None


def _actors(
    reading: Reading, named: tuple[str, ...], sentence: Span, place: Span
) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the parties that act in a clause, and why some are not shown to."""
    reasons: list[str] = []
    who: list[Mention] = []
    for name in named:
        found = words.party(reading, name, place)
        if found is None:
            if name.strip() and not words.is_pronoun(name):
                reasons.append(f"the text names no {name!r}")
            continue
        if not any(parties.is_one(reading.directory, found, m) for m in who):
            who.append(found)
        if not parties.is_in(reading.directory, found, sentence):
            reasons.append(f"the sentence does not name {name!r}")
    return tuple(who), tuple(reasons)


def _figures(
    article: Article, figures: tuple[str, ...], place: Span
) -> tuple[Span, ...]:
    """Return where the figures of a clause stand in it, with their qualifiers."""
    found = [words.phrase(article, figure, place) for figure in figures]
    return tuple(
        quantities.qualified(article.text, f)
        for f in found
        if f is not None and f.overlaps(place)
    )
