"""What a briefing rests on: coverage, withheld items, the model; what is left out of it."""

from summarizer.render.words import origins, refusals, verdicts
from summarizer.selection import Selection


def lines(selection: Selection) -> list[str]:
    """Say what the briefing rests on: coverage, withheld items, the model."""
    briefing = selection.briefing
    covered = briefing.coverage
    return [
        *verdicts.left_out(selection),
        *origins.sources(briefing),
        (
            f"Read {covered.sentences_read} of {covered.sentences} sentences, "
            f"{covered.sentences_cited} cited; {len(briefing.excluded)} passages "
            f"excluded; {counted(selection)}."
        ),
        *origins.not_checked(briefing),
        _asked(selection),
    ]


def _asked(selection: Selection) -> str:
    """Name the model and what it cost, or say that none was asked."""
    made = selection.briefing.provenance
    if made.model == "none" and not made.endpoint:
        return "No model was asked: this is what the form of the sentences shows."
    kept = f" and {made.cached_replies:,} kept replies" if made.cached_replies else ""
    cached = f" ({made.cached_tokens:,} cached)" if made.cached_tokens else ""
    return (
        f"Model {made.model} at {made.endpoint}: {made.calls} calls{kept}, "
        f"{made.prompt_tokens:,} prompt tokens{cached}, "
        f"{made.completion_tokens:,} output tokens, {made.seconds:.0f} s."
    )


def in_short(selection: Selection) -> str:
    """Say in one line what the briefing rests on."""
    briefing = selection.briefing
    covered = briefing.coverage
    return (
        f"{covered.sentences_read} of {covered.sentences} sentences read, "
        f"{counted(selection)}, model {briefing.provenance.model}"
    )


def counted(selection: Selection) -> str:
    """Say how many items are unconfirmed, if any, and how many are withheld."""
    count = len(refusals.refused(selection.briefing))
    withheld = f"{count} {'item' if count == 1 else 'items'} withheld"
    return ", ".join(filter(None, (verdicts.counted(selection), withheld)))
