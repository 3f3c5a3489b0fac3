"""Python's collector of cycles, run rarely while many articles are read.

An article makes tens of thousands of small values and hardly a cycle. At its defaults the
collector looks through them 1.4 times an article, for 1.9 ms of the 20 that one of 300 words
takes; so it takes 0.4 (n = 300, kept replies; `gc.callbacks` measure it again).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_THRESHOLDS: Final = (5_000, 20, 20)
"""Containers that are there more than at the last look, and looks of each generation to
one of the next: 5,000 take a few megabytes."""


@contextmanager
def rarely() -> Iterator[None]:
    """Look for cycles rarely, and not among what is there already: code, for the most part."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
