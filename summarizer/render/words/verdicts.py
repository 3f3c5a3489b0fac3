"""The words for how sure an item is, who found it, and what is not shown."""

from collections.abc import Sequence

from schemas.briefing import Item
from schemas.terms import FoundBy
from summarizer.render.words.refusals import Refused
from summarizer.render.words.wording import visible
from summarizer.selection import LeftOut, Rest, Selection

UNCONFIRMED = "unconfirmed"

_FINDERS: dict[FoundBy, str] = {
    "model": "found by the model",
    "form": "found by the form of the sentence",
    "both": "found by model and form",
}


def is_unconfirmed(item: Item) -> bool:
    """Tell whether an item must be marked."""
    return item.verdict == "unconfirmed"


def reason(item: Item) -> str:
    """Say what could not be shown, in one line without a full stop.

    Returns:
        Empty for a supported item.
    """
    if not is_unconfirmed(item):
        return ""
    told = (visible(one).rstrip(".") for one in item.reasons)
    return "; ".join(filter(None, told)) or "the text does not show it"


def doubt(item: Item) -> str:
    """Say that an item is unconfirmed, and why; empty for a supported one."""
    why = reason(item)
    return f"{UNCONFIRMED}: {why}" if why else ""


def why(item: Item) -> str:
    """Say in a line of its own why a marked item is so; empty for a supported one."""
    told = reason(item)
    return f"Why {UNCONFIRMED}: {told}" if told else ""


def found_by(found: Item | Refused) -> str:
    """Say who found an item or a withheld draft; empty when nobody tells."""
    return _FINDERS[found.found_by] if found.found_by else ""


def count(items: Sequence[Item], rest: Rest | None = None) -> str:
    """Count the items of a section, also those not shown: "11, 3 unconfirmed"."""
    total = len(items) + (rest.count if rest else 0)
    unsure = sum(map(is_unconfirmed, items)) + (len(rest.unconfirmed) if rest else 0)
    return f"{total:,}" + (f", {unsure:,} {UNCONFIRMED}" if unsure else "")


def more(rest: Rest | None) -> str:
    """Say how many items of a section are not shown: "and 23 more (3 unconfirmed)"."""
    if rest is None:
        return ""
    unsure = len(rest.unconfirmed)
    return f"and {rest.count:,} more" + (
        f" ({unsure:,} {UNCONFIRMED})" if unsure else ""
    )


def rests_on(selection: Selection) -> str:
    """Say which items the bottom line rests on; empty when it is not known."""
    unsure = unconfirmed_ids(selection)
    named = [
        visible(one) + (f" ({UNCONFIRMED})" if one in unsure else "")
        for one in selection.briefing.rests_on
    ]
    return f"Rests on {', '.join(named)}" if named else ""


def counted(selection: Selection) -> str:
    """Say how many items are unconfirmed; empty when none is."""
    found = len(unconfirmed_ids(selection))
    return f"{found:,} {_items(found)} {UNCONFIRMED}" if found else ""


def unconfirmed_ids(selection: Selection) -> frozenset[str]:
    """List the unconfirmed items, also those that are not shown."""
    shown = selection.briefing
    items: tuple[Item, ...] = (
        *shown.developments,
        *shown.requests,
        *shown.positions,
        *shown.casualties,
        *shown.open_questions,
        *shown.actors,
        *(item for section in shown.sections for item in section.items),
    )
    cut = (one for rest in selection.rest.values() for one in rest.unconfirmed)
    return frozenset((*(i.id for i in items if is_unconfirmed(i)), *cut))


def left_out(selection: Selection) -> list[str]:
    """Say in a line what a selection of supported items leaves out; none if it is none."""
    out = selection.left_out
    return [left_out_line(out)] if out is not None else []


def left_out_line(out: LeftOut) -> str:
    """Say what is left out: "Supported items only: 2 unconfirmed items left out."."""
    if not out.unconfirmed:
        return "Supported items only: none is left out."
    words = f"{out.unconfirmed:,} {UNCONFIRMED} {_items(out.unconfirmed)} left out"
    if out.questions:
        asked = "a question" if out.questions == 1 else f"{out.questions:,} questions"
        words += f", with {asked} about {'it' if out.unconfirmed == 1 else 'them'}"
    if out.under_bottom_line:
        named = ", ".join(map(visible, out.under_bottom_line))
        words += f"; the bottom line rested on {named} and is composed anew"
    return f"Supported items only: {words}."


def _items(number: int) -> str:
    return "item" if number == 1 else "items"
