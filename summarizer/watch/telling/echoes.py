"""Questions that only say again what another change of the same post says. Pure.

That a request is open is told by the request, that nobody gave a figure by the figure, and
that a party gave no comment by its own words. Beside them the question is told to nobody;
alone, by a rule that lets no more through, it is.
"""

from collections.abc import Iterable
from dataclasses import replace

from schemas.briefing import Casualties, OpenQuestion, Position, Request
from summarizer.changes import Change
from summarizer.watch.telling.rules import Decision


def without(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Pass over the questions that another told change tells."""
    found = tuple(decisions)
    told = [one.change for one in found if one.outcome == "told"]
    return tuple(
        replace(one, outcome="passed over", why="told with what it is about")
        if one.outcome == "told" and _is_echo(one.change, told)
        else one
        for one in found
    )


def _is_echo(change: Change, told: Iterable[Change]) -> bool:
    question = change.item
    if not isinstance(question, OpenQuestion):
        return False
    return any(_tells(other, change.kind, question) for other in told)


def _tells(other: Change, kind: str, question: OpenQuestion) -> bool:
    item = other.old if kind == "answered" else other.new
    match question.kind:
        case "unanswered_request":
            is_it = isinstance(item, Request) and item.id == question.about
            return is_it and other.kind == kind
        case "unsourced":
            return isinstance(item, Casualties) and item.id == question.about
        case "no_comment":
            same = item is not None and item.evidence == question.evidence
            return isinstance(item, Position) and same and kind == "new"
        case _:
            return False
