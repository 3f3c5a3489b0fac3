"""How stories are scored: pairs and B-cubed, with values worked out by hand."""

import pytest

from summarizer.watch.stories import measure

GOLD = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}


def test_the_same_groups_under_other_names_are_perfect() -> None:
    found = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"}

    assert measure.pairwise(found, GOLD) == measure.Score(1.0, 1.0)
    assert measure.b_cubed(found, GOLD).f1 == pytest.approx(1.0)


def test_pairs_are_counted() -> None:
    # Together: ab, cd. Right: ab. There are four right pairs: ab, ac, bc, de.
    found = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "3"}

    score = measure.pairwise(found, GOLD)

    assert (score.precision, score.recall) == (1 / 2, 1 / 4)
    assert score.f1 == pytest.approx(1 / 3)


def test_b_cubed_is_worked_out_piece_by_piece() -> None:
    found = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "3"}

    score = measure.b_cubed(found, GOLD)

    assert score.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)


def test_all_in_one_has_full_recall_and_pays_in_precision() -> None:
    score = measure.pairwise(dict.fromkeys(GOLD, "1"), GOLD)

    assert (score.precision, score.recall) == (4 / 10, 1.0)


def test_each_by_itself_has_full_precision_and_pays_in_recall() -> None:
    score = measure.pairwise({piece: piece for piece in GOLD}, GOLD)

    assert (score.precision, score.recall) == (1.0, 0.0)
    assert score.f1 == 0.0


def test_what_the_gold_leaves_out_is_not_scored() -> None:
    found = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "1"}

    assert measure.pairwise(found, GOLD) == measure.Score(1.0, 1.0)


def test_stories_of_one_piece_each_are_perfect_when_left_alone() -> None:
    assert measure.pairwise({"a": "1", "b": "2"}, {"a": "x", "b": "y"}).f1 == 1.0


def test_nothing_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="there is nothing to score"):
        measure.b_cubed({}, {})
