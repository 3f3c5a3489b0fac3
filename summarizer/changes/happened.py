"""How two reports of one event or decision differ: reversed, revised figures, reworded."""

from schemas.briefing import Development
from summarizer.changes.values import Kind
from summarizer.text import content


def of_developments(old: Development, new: Development) -> Kind | None:
    """Say how what happened is told otherwise; None when it is told the same.

    Reversed: a "not" comes or goes. Revised: a figure of the same unit has another
    value. What is left is wording.
    """
    if content.is_negated(old.what) != content.is_negated(new.what):
        return "reversed"
    if _is_revised(old, new):
        return "figure_revised"
    return None if content.plain(old.what) == content.plain(new.what) else "reworded"


def _is_revised(old: Development, new: Development) -> bool:
    before, after = _values(old), _values(new)
    return any(before[unit] != after[unit] for unit in before.keys() & after.keys())


def _values(item: Development) -> dict[str, set[tuple[float, str]]]:
    """Collect the values of each unit; figures without a value or unit are words only."""
    found: dict[str, set[tuple[float, str]]] = {}
    for one in item.figures:
        if one.value is not None and one.unit:
            known = found.setdefault(content.plain(one.unit) or one.unit, set())
            known.add((one.value, one.comparator or "="))
    return found
