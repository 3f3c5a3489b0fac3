"""The quality gate: the embedded model's kept answers, scored against floors.

No model is asked. Everything after it runs anew on answers that it gave to `make
answers`, over the invented articles and the seed. A floor is what was measured when it
was last raised; it is never lowered to let a change through.
"""

from functools import cache

import pytest

from summarizer.evaluation import gold, journal, report, run

_GOLD = ("seeds/gold/invented.jsonl", "seeds/gold/seed.json")
_ANSWERS = "seeds/gold/answers.jsonl"

_FLOORS = [
    ("invented", "casualties", "F1 of (kind, victim)", 0.97),
    ("invented", "casualties", "right numbers", 1.0),
    ("invented", "requests", "direction right", 1.0),
    ("invented", "positions", "on a real attribution", 1.0),
    ("invented", "positions", "right speaker", 1.0),
    ("invented", "positions", "attributions covered", 0.92),
    ("invented", "actors", "precision", 0.99),
    ("invented", "actors", "recall (two or more mentions)", 1.0),
    ("invented", "open questions", "recall", 1.0),
    ("invented", "complete sections", "gold items found", 0.96),
]
_CEILINGS = [
    ("invented", "requests", "swapped", 0.0),
    ("invented", "complete sections", "shown items wrong", 0.04),
    ("invented", "nothing to find", "sections with items invented", 0.0),
    ("invented", "everything shown", "fails verify", 0.0),
    ("seed", "everything shown", "fails verify", 0.0),
]


@cache
def _report() -> tuple[report.Evaluation, int]:
    documents = gold.read(_GOLD)
    kept = journal.read(_ANSWERS)
    assert kept is not None
    replayed, unanswered = run.replay(documents, kept)
    return report.make(documents, replayed, unanswered=unanswered), unanswered


def _figure(set_: str, section: str, name: str) -> float:
    made, _ = _report()
    wanted = (set_, section, name)
    found = [f.value for f in made.figures if (f.set, f.section, f.name) == wanted]
    return found[0]


def _errors() -> str:
    made, _ = _report()
    return "\n".join(
        f"{e.document}: {e.section} {e.wrong}: {e.shown} | {e.gold}"
        for e in made.errors
    )


def test_every_question_that_is_asked_now_has_a_kept_answer() -> None:
    _, unanswered = _report()
    assert unanswered == 0, "questions have changed: run `make answers`"


@pytest.mark.parametrize(("set_", "section", "name", "floor"), _FLOORS)
def test_quality_stays_at_its_floor(
    set_: str, section: str, name: str, floor: float
) -> None:
    assert _figure(set_, section, name) >= floor, _errors()


@pytest.mark.parametrize(("set_", "section", "name", "ceiling"), _CEILINGS)
def test_errors_stay_under_their_ceiling(
    set_: str, section: str, name: str, ceiling: float
) -> None:
    assert _figure(set_, section, name) <= ceiling, _errors()
