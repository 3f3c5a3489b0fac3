"""Judge a drafted development: the article's own clause, its parties, its figures.

Refuted: a clause that the article does not have, and one that it denies. Who acts in it
is supported where the clause's sentence names them.
"""

from dataclasses import dataclass

from schemas.draft import DevelopmentDraft
from schemas.evidence import Span
from summarizer.proof import parties, words
from summarizer.reading import no_fact
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import BY_FORM, Mention, Refusal, Standing
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
    sentence = article.sentences[index].span
    told = no_fact.Place(article.text, sentence, place)
    if (bar := no_fact.find("developments", told)) is not None:
        return bar
    if reading.lexicon is None and not verbs.has_clause(place.of(article.text)):
        return Refusal("form", "it is no whole clause: it has no verb")
    said = [s for s in reading.said_in(index) if s.speaker is not None]
    if any(place.within(s.content) for s in said):
        return Refusal(
            "told", "somebody says it: it is among the positions, or a claim"
        )
    reasons: list[str] = []
    who: list[Mention] = []
    for name in draft.who:
        found = words.party(reading, name, place)
        if found is None:
            if name.strip() and not words.is_pronoun(name):
                reasons.append(f"the text names no {name!r}")
            continue
        if not any(parties.is_one(reading.directory, found, m) for m in who):
            who.append(found)
        near = parties.named_in(reading.directory, found, sentence)
        if not near and not found.span.within(sentence):
            reasons.append(f"the sentence does not name {name!r}")
    figures = [words.phrase(article, figure, place) for figure in draft.figures]
    return Happened(
        sentence=index,
        what=place,
        who=tuple(who),
        when=words.phrase(article, draft.when, place, around=0),
        place=words.phrase(article, draft.place, place),
        figures=tuple(
            quantities.qualified(article.text, f)
            for f in figures
            if f is not None and f.overlaps(place)
        ),
        standing=Standing(
            "unconfirmed" if reasons else "supported", tuple(reasons), "model"
        ),
    )
