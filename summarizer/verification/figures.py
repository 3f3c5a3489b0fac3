"""Earlier figures of a toll: told, read right, and replaced."""

from collections.abc import Iterator

from schemas.briefing import Casualties, Figure
from summarizer.reports import Finding
from summarizer.text.locate import locate
from summarizer.verification.case import Case


def superseded(case: Case, item: Casualties) -> Iterator[Finding]:
    """Check the figures that a row replaces.

    They are those of articles of earlier days, or of a sentence that replaces them.
    """
    for figure in item.supersedes:
        if not _is_told(case, figure):
            reason = f"no cited sentence gives {figure.count_text!r} as earlier"
            yield Finding(item=item.id, check="superseded", reason=reason)
    if all(_is_older(case, figure, item) for figure in item.supersedes):
        return
    if not any(r.reader.revised(i) is not None for r, i in case.sentences(item)):
        reason = "no cited sentence replaces a figure"
        yield Finding(item=item.id, check="superseded", reason=reason)


def _is_told(case: Case, figure: Figure) -> bool:
    """Tell whether the cited words give a figure, and mean it."""
    reader = case.reading(figure.evidence[0].source).reader
    told = " ".join(e.exact for e in figure.evidence)
    count = reader.count(figure.count_text)
    if count is None or locate(figure.count_text, told) is None:
        return False
    parts = ("value", "comparator", "low", "high", "vague")
    return all(getattr(count, part) == getattr(figure, part) for part in parts)


def _is_older(case: Case, figure: Figure, item: Casualties) -> bool:
    """Tell whether only articles of earlier days than the item's gave a figure."""
    before = [case.by_id[e.source].published for e in figure.evidence]
    after = [case.by_id[e.source].published for e in item.evidence]
    days, later = list(filter(None, before)), list(filter(None, after))
    known = len(days) == len(before) and len(later) == len(after)
    return known and max(days) < min(later)
