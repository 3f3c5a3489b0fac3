"""A sample of the falsified and the harmless items; `make mutants` judges all."""

from collections.abc import Iterator
from itertools import islice

import mutants
import pytest

from schemas.briefing import Briefing

_STEP = 9
"""Every so many mutants are judged here, which takes a few seconds."""


@pytest.fixture(scope="module")
def made() -> list[Briefing]:
    return mutants.briefings()


def _sample(found: Iterator[mutants.Mutant]) -> Iterator[mutants.Mutant]:
    return islice(found, 0, None, _STEP)


def test_there_are_enough_of_both(made: list[Briefing]) -> None:
    assert sum(1 for _ in mutants.falsified(made)) >= 500
    assert sum(1 for _ in mutants.harmless(made)) >= 300


def test_at_least_99_of_100_falsified_items_are_refused(made: list[Briefing]) -> None:
    table = mutants.judged(_sample(mutants.falsified(made)), false=True)

    assert table.share() >= 0.99, table.wrong


def test_every_harmless_variant_is_accepted(made: list[Briefing]) -> None:
    table = mutants.judged(_sample(mutants.harmless(made)), false=False)

    assert table.wrong == []


def test_falsified_quotes_of_the_gold_are_refused() -> None:
    assert mutants.judged_quotes(false=True).share() >= 0.99


def test_harmless_variants_of_the_gold_are_accepted() -> None:
    assert mutants.judged_quotes(false=False).wrong == []
