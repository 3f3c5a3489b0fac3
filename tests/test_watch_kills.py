"""A watch that is killed at any moment tells what an undisturbed one tells, once."""

from pathlib import Path

from killed_watch import compared


def test_what_is_killed_three_times_loses_nothing_and_posts_nothing_twice(
    tmp_path: Path,
) -> None:
    found = compared(tmp_path, kills=3, hours=4)

    assert found.kills == 3
    assert (found.lost, found.more, found.twice) == ((), (), 0)
