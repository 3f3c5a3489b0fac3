"""Whether a sentence of one source states an item that another source gave its words to.

What is checked is what `corroboration` joins by, where no item of the other source shows
it: the number of a toll, the words of a position. Who says it is for the caller.
"""

from collections.abc import Iterator

from schemas.briefing import Casualties, Position
from summarizer.assembly import tolls
from summarizer.reading.reading import Reading
from summarizer.reading.values import Harm
from summarizer.text import content

PART = 0.42
"""Share of a gist's stems that must stand in a sentence without a speech verb. Two
phrases that are joined (`corroboration.ALIKE`) have more in common than that."""


def toll(item: Casualties, reading: Reading, index: int) -> bool:
    """Tell whether a sentence gives the number of *item*, or, without one, its people."""
    text, span = reading.article.text, reading.article.sentences[index].span
    if item.none_reported or not item.count_text:
        told = content.stems(span.of(text))
        return item.none_reported or tolls.heads(item.who_text) <= told
    meant = (item.value, item.low, item.high, item.vague)
    return any(
        found == meant or (item.value is not None and found[0] == item.value)
        for found in _numbers(reading, index)
    )


def narrated(item: Position, sentence: str) -> bool:
    """Tell whether a sentence may narrate *item*."""
    return content.covered(item.gist, sentence) >= PART


def _numbers(
    reading: Reading, index: int
) -> Iterator[tuple[int | None, int | None, int | None, bool]]:
    """List the counts of a sentence: those in words, and those of people harmed."""
    sentence = reading.article.sentences[index].span.of(reading.article.text)
    for place in reading.reader.count_spans(sentence):
        if (count := reading.reader.count(place.of(sentence))) is not None:
            yield count.value, count.low, count.high, count.vague
    for draft in reading.reader.proposed(index):
        found = reading.reader.harmed(index, draft)
        if isinstance(found, Harm) and found.count is not None:
            count = found.count
            yield count.value, count.low, count.high, count.vague
