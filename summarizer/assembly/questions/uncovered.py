"""Sentences that read as if they held an item, and yielded none.

The words are the same whether or not a model saw anything in them: a reader learns
where something may have been missed.
"""

from collections.abc import Iterable

from schemas.evidence import Span
from schemas.terms import Section
from summarizer.reading.reading import Reading


def find(reading: Reading, cited: Iterable[Span]) -> list[tuple[int, Section]]:
    """List the sentences that may hold what no item cites.

    Args:
        reading: One source.
        cited: The evidence of all items in it, in offsets of its visible text.

    Returns:
        Sentences with what their words seem to hold, in order.
    """
    article = reading.article
    covered = {i for span in cited for i in article.touched(span)}
    found: list[tuple[int, Section]] = []
    for index in range(len(article.sentences)):
        if index not in covered:
            section = reading.reader.seems_to_hold(index)
            if section is not None:
                found.append((index, section))
    return found
