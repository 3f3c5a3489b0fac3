"""Build the casualties: one row for each count of people harmed, as one party gives it.

What a form reads goes through the ledger, which joins retellings and keeps figures that
are replaced. Counts of strong drafts stand as drafted; only the same count of the same
words is one.
"""

from dataclasses import replace
from typing import TypedDict

from schemas.briefing import Casualties, Figure, Party, When
from schemas.evidence import Evidence, Span, cite
from schemas.terms import ByStatus, Comparator
from summarizer.assembly.context import Context, flat, told_time
from summarizer.assembly.counted import ledger
from summarizer.assembly.counted.rows import Earlier, Row
from summarizer.reading import timing
from summarizer.reading.reading import Reading, counter
from summarizer.reading.values import Harm, Revision
from summarizer.text.counts import Count
from summarizer.text.dates import Dated

Found = tuple[Reading, int, Harm]


def read(context: Context) -> list[Found]:
    """Collect the harm that the form of a sentence alone shows."""
    return [
        (reading, index, found)
        for reading in context.readings
        for index, shown in reading.harmed.items()
        for found in shown
    ]


def rows(context: Context, found: list[Found]) -> tuple[tuple[Reading, Row], ...]:
    """Enter counts in the ledger of their source; `merging` joins what they tell."""
    ordered = sorted(
        found, key=lambda f: (context.place(f[0]), f[1], f[2].anchor.start)
    )
    ledgers: dict[str, tuple[Row, ...]] = {}
    for reading, index, harm in ordered:
        ident = reading.article.id
        new = _row(reading, index, harm)
        known = ledgers.get(ident, ())
        enter = ledger.enter if harm.told is None else ledger.add
        ledgers[ident] = enter(known, new)
    entered: list[tuple[Reading, Row]] = []
    for ident, own in ledgers.items():
        first = len(entered)
        for row in own:
            whole = None if row.part_of is None else row.part_of + first
            entered.append((context.by_id[ident][1], replace(row, part_of=whole)))
    return tuple(entered)


def _row(reading: Reading, index: int, harm: Harm) -> Row:
    text, told = reading.article.text, harm.told
    own = harm.told is not None
    return Row(
        harm,
        tuple((reading.article.id, i) for i in _sentences(reading, index, harm)),
        text,
        reading.article.id,
        told.source if told else counter(reading, index, harm),
        revision=None if own else _revision(reading, index, harm),
        place=_words(reading, told.place) if told else _place_of(reading, index, harm),
        day=_day_of(reading, index, harm),
        sentence=reading.article.words(index),
    )


def _sentences(reading: Reading, index: int, harm: Harm) -> tuple[int, ...]:
    """List the sentences that tell it: its own, and the one that names the people."""
    if not harm.taken_up or harm.who_span is None:
        return (index,)
    named = reading.article.index_at(harm.who_span.start)
    return (index,) if named is None else (index, named)


def _words(reading: Reading, span: Span | None) -> str | None:
    return flat(span.of(reading.article.text)) if span is not None else None


def build(
    context: Context, entered: tuple[tuple[Reading, Row], ...]
) -> tuple[Casualties, ...]:
    """Make items of the rows."""
    return tuple(
        _item(context, reading, row, number)
        for number, (reading, row) in enumerate(entered, 1)
    )


def _item(context: Context, reading: Reading, row: Row, number: int) -> Casualties:
    """Make the item of one row."""
    one, index = row.harm, row.places[0][1]
    sentence = reading.article.sentences[index].span
    source = context.party(reading, row.source)
    return Casualties(
        id=f"c{number}",
        verdict=one.standing.verdict,
        reasons=one.standing.reasons,
        found_by=one.standing.found_by,
        evidence=_cited(reading, row.places),
        kind=one.kind,
        count_text=_words(reading, one.count_span),
        who_text=_words(reading, one.who_span),
        source=source,
        **_circumstances(context, reading, row, index),
        **_number(None if one.none_reported else one.count),
        who=one.who,
        scope=one.scope,
        part_of=f"c{row.part_of + 1}" if row.part_of is not None else None,
        none_reported=one.none_reported,
        supersedes=tuple(_figure(context, reading, e) for e in row.superseded),
        **_times(reading, row, index),
        attribution=context.tier(reading, source, sentence),
        hedge=reading.reader.hedge(sentence.of(reading.article.text)),
    )


def _cited(
    reading: Reading, places: tuple[tuple[str, int], ...]
) -> tuple[Evidence, ...]:
    """Cite the sentences that tell a count."""
    article = reading.article
    return tuple(cite(s, article.text, article.sentences[i].span) for s, i in places)


class _Number(TypedDict):
    """A count, with the names that `Casualties` and `Figure` have for its parts."""

    value: int | None
    comparator: Comparator | None
    low: int | None
    high: int | None
    vague: bool


def _number(count: Count | None) -> _Number:
    """Return the parts of a count; where there is none, nothing."""
    return _Number(
        value=count.value if count else None,
        comparator=count.comparator if count else None,
        low=count.low if count else None,
        high=count.high if count else None,
        vague=count.vague if count else False,
    )


class _Circumstances(TypedDict):
    """Who did it, where, in what, with the names that `Casualties` has for them."""

    by: Party | None
    by_status: ByStatus | None
    place: str | None
    event: str | None


def _circumstances(
    context: Context, reading: Reading, row: Row, index: int
) -> _Circumstances:
    """Tell who did it, where, in what: as the draft has it, else as the form shows."""
    told = row.harm.told
    if told is not None:
        return _Circumstances(
            by=context.party(reading, told.by),
            by_status=told.by_status,
            place=row.place,
            event=_words(reading, told.event),
        )
    doer, status = reading.reader.doer(index, row.harm, row.source)
    return _Circumstances(
        by=context.party(reading, doer),
        by_status=status,
        place=reading.reader.place(index, row.harm.anchor),
        event=reading.reader.event(index, row.harm),
    )


class _Times(TypedDict):
    """When it was counted, and happened, with the names that `Casualties` has for it."""

    as_of_text: str | None
    as_of: When | None
    when_text: str | None
    when: When | None


def _times(reading: Reading, row: Row, index: int) -> _Times:
    """Tell when it was counted, and when it happened."""
    given, told = _counted_and_happened(reading, row, index)
    return _Times(
        as_of_text=_words(reading, given.span) if given else None,
        as_of=given.when if given else None,
        when_text=told[0] if told else None,
        when=told[1] if told else None,
    )


def _counted_and_happened(
    reading: Reading, row: Row, index: int
) -> tuple[Dated | None, tuple[str, When] | None]:
    """Find the words for both: only of what happened does a draft have them."""
    article, harm = reading.article, row.harm
    if harm.told is not None:
        return None, told_time(reading, harm.told.when)
    said = reading.said_in(index)
    anchor = harm.anchor
    given = timing.as_of(
        article,
        index,
        anchor,
        [(s.cue, s.content) for s in said],
        revised=row.revision is not None,
    )
    told = timing.of_event(
        article,
        index,
        anchor,
        [s.cue for s in said],
        outside=given.span if given else None,
    )
    return given, told


def _figure(context: Context, reading: Reading, earlier: Earlier) -> Figure:
    return Figure(
        evidence=_cited(reading, earlier.places),
        count_text=flat(earlier.count_span.of(reading.article.text)),
        source=context.party(reading, earlier.source),
        **_number(earlier.count),
    )


def _place_of(reading: Reading, index: int, harm: Harm) -> str | None:
    return reading.reader.place(index, harm.anchor)


def _day_of(reading: Reading, index: int, harm: Harm) -> str | None:
    """Find the day of what happened, as far as the sentence dates it."""
    cues = [s.cue for s in reading.said_in(index)]
    told = timing.of_event(reading.article, index, harm.anchor, cues)
    if told is None:
        return None
    return told[1].value or told[0].lower()


def _revision(reading: Reading, index: int, harm: Harm) -> Revision | None:
    """Find the revision of which a count is the new figure."""
    told = reading.reader.revised(index)
    return told if told is not None and told.new == harm.count_span else None
