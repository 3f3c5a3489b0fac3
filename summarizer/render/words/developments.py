"""The words for what happened: who acts in it, and its figures."""

import re

from schemas.briefing import Development, Quantity

_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}


def who(item: Development) -> str:
    """Name the parties that act in it; empty when nobody is named."""
    return ", ".join(party.name for party in item.who)


def figures(item: Development) -> str:
    """List its figures: "30 aircraft, more than 6 % [> 6]"; empty when it has none."""
    return ", ".join(map(_figure, item.figures))


def _figure(one: Quantity) -> str:
    """Write a figure in the source's words, and what they mean unless they say just that."""
    if one.value is None:
        return one.text
    number = f"{one.value:,.10g}"
    is_plain = one.comparator in {None, "="}
    if is_plain and re.search(
        rf"(?<![\d.,]){re.escape(number)}(?![\d.,]*\d)", one.text
    ):
        return one.text
    unit = f" {one.unit}" if one.unit and one.unit not in one.text else ""
    sign = "=" if is_plain else one.comparator or "="
    return f"{one.text} [{_SIGNS.get(sign, sign)} {number}{unit}]"
