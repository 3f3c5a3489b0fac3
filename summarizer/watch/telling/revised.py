"""A count that the same counter gives anew: a revision of the one that readers know. Pure.

Each article keeps its own count in a briefing of several, so that a newer count finds no
partner beside the older one, and would pass for new. A desk wants both figures.
"""

import re
from collections.abc import Sequence

from schemas.briefing import Briefing, Casualties, Source
from summarizer.assembly import tolls
from summarizer.changes import Change
from summarizer.changes.sameness import same_figure
from summarizer.reading.english.names import party_names


def tolls_of(
    changes: Sequence[Change], known: Briefing, new: Briefing
) -> tuple[Change, ...]:
    """Name the count that each newer one takes the place of.

    Args:
        changes: The changes.
        known: What readers know.
        new: The briefing that the changes lead to.

    Returns:
        The changes, new counts with a forerunner as revisions of the last one.
    """
    return tuple(_revised(one, known, new) for one in changes)


def _revised(change: Change, known: Briefing, new: Briefing) -> Change:
    item = change.item
    if change.kind not in {"new", "toll_revised"} or not isinstance(item, Casualties):
        return change
    if isinstance(change.old, Casualties) and _is_edited(change.old, item, known, new):
        return change
    last = _forerunner(item, known, new)
    if last is None:
        return change
    return change.model_copy(update={"kind": "toll_revised", "old": last})


def _is_edited(
    old: Casualties, item: Casualties, known: Briefing, new: Briefing
) -> bool:
    """Tell whether the article of a count gives another in its place."""
    was = {source.id: _address(source) for source in known.sources}
    now = {source.id: _address(source) for source in new.sources}
    return was.get(old.evidence[0].source) == now.get(item.evidence[0].source)


def _forerunner(item: Casualties, known: Briefing, new: Briefing) -> Casualties | None:
    """Find the last known count that a newer one replaces, in words or by its counter."""
    places = {_address(source): n for n, source in enumerate(new.sources)}
    articles = {source.id: places.get(_address(source), -1) for source in known.sources}
    here = next(n for n, s in enumerate(new.sources) if s.id == item.evidence[0].source)
    rows = [
        one
        for one in known.casualties
        if _may_be_revised(one, item) and articles[one.evidence[0].source] >= here
    ]
    source = item.evidence[0].source
    said = [f for f in item.supersedes if f.evidence[0].source == source]
    named = [row for row in rows if any(same_figure(one, row) for one in said)]
    before = named or [row for row in rows if _is_of_one_counter(row, item)]
    return min(before, key=lambda r: articles[r.evidence[0].source], default=None)


def _may_be_revised(one: Casualties, two: Casualties) -> bool:
    """Tell whether nothing but the day on which they are given sets two counts apart.

    A count of a day and one of all days so far may follow each other, if neither is
    under half of the other.
    """
    if one.part_of or two.part_of or not (one.count_text and two.count_text):
        return False
    if tolls.same_number(one, two):
        return False
    if one.scope != two.scope and not _are_close(one, two):
        return False
    alike: dict[str, object] = {"when": None, "scope": two.scope}
    return not tolls.set_apart(
        one.model_copy(update=alike), two.model_copy(update=alike)
    )


def _are_close(one: Casualties, two: Casualties) -> bool:
    low, high = sorted((one.low or 0, two.low or 0))
    return 2 * low >= high > 0


def _is_of_one_counter(one: Casualties, two: Casualties) -> bool:
    """Tell whether two counts are of one counter, read as such or named in the words."""
    if one.source is not None and two.source is not None:
        return party_names.same(one.source.name, two.source.name)
    return _names(one, two) or _names(two, one)


def _names(row: Casualties, counted: Casualties) -> bool:
    """Tell whether the words of a count name the counter of another."""
    if counted.source is None:
        return False
    words = " ".join(e.exact for e in row.evidence).casefold()
    name = re.escape(party_names.bare(counted.source.name))
    return re.search(rf"\b{name}\b", words) is not None


def _address(source: Source) -> str:
    return source.uri or source.title or ""
