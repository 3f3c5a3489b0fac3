"""The words for items of a user's own sections: who, and what of each field."""

from schemas.briefing import OwnItem, OwnSection, Value


def who(item: OwnItem) -> str:
    """Name the parties in the order of the definition: "Varos → Meridian Bank"."""
    return " → ".join(v.party.name for v in item.fields if v.party is not None)


def what(item: OwnItem) -> str:
    """Say the other fields: "measure: travel ban · since: January = 2025-01"."""
    return " · ".join(_field(v) for v in item.fields if v.party is None)


def _field(value: Value) -> str:
    name = value.name.replace("_", " ")
    return f"{name}: {value.text}{_read(value)}"


def _read(value: Value) -> str:
    """Say what code read from the words, when that says more than they do."""
    if value.when is not None and value.when.value not in {None, value.text}:
        return f" = {value.when.value}"
    number = value.number
    if number is None or number.value is None or number.text == f"{number.value:g}":
        return ""
    figure = (
        f"{number.value:,.0f}" if number.value.is_integer() else f"{number.value:g}"
    )
    return "" if figure in number.text else f" = {figure}"


def nothing(section: OwnSection, *, was_asked: bool) -> str:
    """Say why a section has no item."""
    if not was_asked:
        return "not looked for: that needs a model"
    count = len(section.withheld)
    drafts = "draft is" if count == 1 else "drafts are"
    return f"none found; {count} {drafts} withheld" if count else "none found"
