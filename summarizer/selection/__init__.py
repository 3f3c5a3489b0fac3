"""Which items of a briefing a reader wants to see: supported ones, the weightiest ones.

Pure: a briefing in, a selection out. Nothing is left out silently: a selection says how
much it leaves out, and every form shows that.
"""

from summarizer.selection.supported import confirmed, supported_only
from summarizer.selection.values import (
    Group,
    LeftOut,
    Rest,
    Selection,
    ordered,
    selected,
)
from summarizer.selection.weight import top

__all__ = [
    "Group",
    "LeftOut",
    "Rest",
    "Selection",
    "confirmed",
    "ordered",
    "selected",
    "supported_only",
    "top",
]
