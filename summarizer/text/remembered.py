"""Readings that are remembered for a while: one sentence is asked about many times.

What is remembered of texts grows up to the size of each cache. A program that runs for
months forgets it now and then; the next briefing reads anew what it needs.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_forgets: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember what a function of texts gave, so many times at most.

    Args:
        most: The results that are kept; those that were asked for longest ago go first.

    Returns:
        A decorator, for functions whose arguments can be hashed.
    """

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=most)(function)
        _forgets.append(kept.cache_clear)
        return cast("Callable[P, R]", kept)

    return decorated


def forget() -> None:
    """Forget all that is remembered of texts."""
    for one in _forgets:
        one()
