"""Build what happened: the news itself, the weightiest first, at most five items.

Nothing that is already a request, a position or a toll. Weight is the place in the
article: what the title and the first sentences tell comes first.
"""

from schemas.briefing import Casualties, Development, Position, Quantity, Request
from schemas.evidence import Evidence, Span, cite
from summarizer.assembly.context import Context, flat, told_time
from summarizer.proof.developments import Happened
from summarizer.reading import lead
from summarizer.reading.reading import Reading
from summarizer.text import quantities

MOST = 5

Found = tuple[Reading, Happened]


def read(context: Context) -> list[Found]:
    """Take the clause that leads each article."""
    found: list[Found] = []
    for reading in context.readings:
        told = lead.clause(reading)
        if told is not None:
            found.append((reading, Happened(told.sentence, told.what, told.who)))
    return found


def build(
    context: Context,
    found: list[Found],
    others: tuple[Request | Position | Casualties, ...],
) -> tuple[tuple[Development, ...], list[Found]]:
    """Make items of proven developments.

    Returns:
        At most `MOST` items, and what was left out: told already, or beyond `MOST`.
    """
    kept: list[Found] = []
    left: list[Found] = []
    ordered = sorted(found, key=lambda f: (f[1].what.start, context.place(f[0])))
    for reading, one in ordered:
        doubled = any(r is reading and k.what.overlaps(one.what) for r, k in kept)
        if len(kept) >= MOST or doubled or _is_told(reading, one, others):
            left.append((reading, one))
        else:
            kept.append((reading, one))
    return tuple(_item(context, r, one, n) for n, (r, one) in enumerate(kept, 1)), left


def _is_told(
    reading: Reading,
    one: Happened,
    others: tuple[Request | Position | Casualties, ...],
) -> bool:
    """Tell whether an item holds it already: a form's clause within its evidence."""
    text = reading.article.text
    if one.standing.found_by == "model":
        return False
    return any(
        e.source == reading.article.id and e.span.overlaps(one.what)
        for item in others
        for e in _cited(item)
        if text
    )


def _cited(item: Request | Position | Casualties) -> tuple[Evidence, ...]:
    """List what an item cites, and what the figures cite that it takes the place of.

    The clause of an older toll would be news again on the day on which it is revised.
    """
    if not isinstance(item, Casualties):
        return item.evidence
    return item.evidence + tuple(e for f in item.supersedes for e in f.evidence)


def _item(
    context: Context, reading: Reading, one: Happened, number: int
) -> Development:
    article, text = reading.article, reading.article.text
    sentence = article.sentences[one.sentence].span
    told = told_time(reading, one.when)
    cited = Span(start=sentence.start, end=max(sentence.end, one.what.end))
    figures = one.figures or tuple(
        s.moved(one.what.start) for s in quantities.find(one.what.of(text))
    )
    return Development(
        id=f"d{number}",
        verdict=one.standing.verdict,
        reasons=one.standing.reasons,
        found_by=one.standing.found_by,
        evidence=(cite(article.id, text, cited),),
        what=flat(one.what.of(text)),
        who=tuple(context.cast.party(reading.directory, m) for m in one.who),
        place=flat(one.place.of(text)) if one.place else None,
        figures=tuple(_quantity(f.of(text)) for f in figures),
        when_text=told[0] if told else None,
        when=told[1] if told else None,
        attribution=context.tier(reading, None, sentence),
        hedge=reading.reader.hedge(sentence.of(text)),
    )


def _quantity(words: str) -> Quantity:
    value, unit, comparator = quantities.read(words)
    return Quantity(text=flat(words), value=value, unit=unit, comparator=comparator)
