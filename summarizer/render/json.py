"""A briefing, or what changed between two, as JSON: the values themselves, for programs."""

from schemas.briefing import Briefing
from summarizer.changes import Changes


def render(value: Briefing | Changes) -> str:
    """Write *value* as JSON that reads back into an equal value."""
    return value.model_dump_json(indent=2) + "\n"
