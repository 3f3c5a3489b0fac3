"""A briefing as JSON: the contract itself, for programs and for `summarizer verify`."""

from schemas.briefing import Briefing


def render(briefing: Briefing) -> str:
    """Write *briefing* as JSON that reads back into an equal briefing."""
    return briefing.model_dump_json(indent=2) + "\n"
