"""Two counters of one kind of harm keep their own rows, whatever else a text tells."""

import pytest
from day import briefing, evidence, toll

from schemas.briefing import Briefing, Figure, Party
from summarizer.changes import compare
from summarizer.changes.values import Change

COUNTERS = [
    ("Tomas Brandt", "National Rescue Office", "killed", 19, 26),
    ("the mayor of Kasra", "Health Ministry", "killed", 12, 31),
    ("the army", "Varos Red Cross", "killed", 7, 11),
    ("Lena Orr", "the police", "injured", 40, 52),
    ("Amin Rafe", "Mines Inspectorate", "missing", 16, 9),
    ("the fire service", "Kasra Hospital", "injured", 5, 8),
    ("Belmora", "the rebels", "killed", 3, 4),
    ("Harbour Office", "the coast guard", "missing", 70, 55),
    ("the district governor", "Civil Protection", "displaced", 3000, 9000),
    ("Otto Lind", "the prison union", "detained", 61, 84),
]


def _figure(number: int, source: str | None, ident: str) -> Figure:
    party = Party(id=ident, name=source) if source else None
    said = evidence(f"{number} people, {source} said.")
    return Figure(
        evidence=said, count_text=str(number), value=number, low=number, source=party
    )


def _rows(
    first: tuple[str, int],
    second: tuple[str, int],
    kind: str,
    was: Figure | None,
    before: Figure | None = None,
) -> Briefing:
    """Give each counter a row; what each takes the place of, the second's first."""
    (one, low), (two, high) = first, second
    return briefing(
        toll(kind, str(low), id="c1", value=low, low=low, source=one, said=f"{one}: {low}.",
             supersedes=(before,) if before else ()),
        toll(kind, str(high), id="c2", value=high, low=high, source=two, said=f"{two}: {high}.",
             supersedes=(was,) if was else ()),
    )  # fmt: skip


def _changes(old: Briefing, new: Briefing) -> list[Change]:
    return [c for c in compare(old, new).changes if c.section == "casualties"]


@pytest.mark.parametrize(("one", "two", "kind", "low", "high"), COUNTERS)
def test_counters_are_not_crossed_when_parties_are_numbered_anew(
    one: str, two: str, kind: str, low: int, high: int
) -> None:
    old, new = (
        _rows((one, low), (two, high), kind, _figure(low, two, a), _figure(2, one, b))
        for a, b in (("a4", "a5"), ("a8", "a9"))
    )

    assert _changes(old, new) == []


@pytest.mark.parametrize(("one", "two", "kind", "low", "high"), COUNTERS[:5])
def test_a_counter_that_goes_on_from_a_figure_both_gave_is_revised_alone(
    one: str, two: str, kind: str, low: int, high: int
) -> None:
    old = _rows((one, low), (two, low), kind, None)
    new = _rows((one, low), (two, high), kind, _figure(low, two, "a4"))

    (change,) = _changes(old, new)

    assert (change.kind, change.old and change.old.id) == ("toll_revised", "c2")


@pytest.mark.parametrize(("one", "two", "kind", "low", "high"), COUNTERS[5:])
def test_a_figure_of_nobody_may_be_replaced_by_anybody(
    one: str, two: str, kind: str, low: int, high: int
) -> None:
    old = briefing(toll(kind, str(low), value=low, low=low, place="Kasra"))
    new = briefing(
        toll(kind, str(high), value=high, low=high, source=two, place="Orla",
             supersedes=(_figure(low, None, ""),))
    )  # fmt: skip

    (change,) = _changes(old, new)

    assert change.kind == "toll_revised"
