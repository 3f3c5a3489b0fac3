"""The quality gate: the embedded model's kept answers, scored against floors.

No model is asked. Everything after it runs anew on answers that it gave to `make
answers`, over the invented articles and the seed. A floor is what was measured when it
was last set: for model and forms together, since the model's own readings are shown too
and some are wrong; what each reader adds has floors of its own. The articles are this
project's own, and it was developed on them.
"""

from functools import cache

import pytest

from summarizer.evaluation import ablation, gold, journal, report, run

_GOLD = ("seeds/gold/invented.jsonl", "seeds/gold/seed.json")
_ANSWERS = "seeds/gold/answers.jsonl"

_FLOORS = [
    ("invented", "casualties", "F1 of (kind, victim)", 0.97),
    ("invented", "casualties", "right numbers", 1.0),
    ("invented", "requests", "direction right", 1.0),
    ("invented", "positions", "on a real attribution", 1.0),
    ("invented", "positions", "right speaker", 0.97),
    ("invented", "positions", "attributions covered", 0.94),
    ("invented", "actors", "precision", 0.96),
    ("invented", "actors", "recall (two or more mentions)", 1.0),
    ("invented", "open questions", "recall", 0.9),
    ("invented", "complete sections", "gold items found", 0.95),
]
_CEILINGS = [
    ("invented", "requests", "swapped", 0.0),
    ("invented", "complete sections", "shown items wrong", 0.055),
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


@cache
def _ablation() -> dict[tuple[str, str, str], report.Part]:
    documents = gold.read(_GOLD)
    kept = journal.read(_ANSWERS)
    assert kept is not None
    both, _ = run.replay(documents, kept)
    return {(p.set, p.section, p.readers): p for p in ablation.of(documents, both)}


@pytest.mark.parametrize(
    ("section", "readers", "found", "wrong"),
    [
        ("requests", "both", 17, 3),
        ("requests", "no model", 17, 0),
        ("requests", "no forms", 10, 5),
        ("positions", "both", 65, 0),
        ("positions", "no model", 64, 0),
        ("positions", "no forms", 12, 0),
    ],
)
def test_what_each_reader_adds_stays_on_both_sides(
    section: str, readers: str, found: int, wrong: int
) -> None:
    part = _ablation()["invented", section, readers]

    assert part.found >= found
    assert part.wrong <= wrong
