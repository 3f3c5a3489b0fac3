"""How many questions are kept: so many of each article. Pure.

One limit for a whole story would be used up by what its older articles left open, and hide
what the newest one does.
"""

from collections import Counter
from collections.abc import Iterable

from schemas.briefing import OpenQuestion

MOST = 6
"""Questions of one article."""


def kept(found: Iterable[OpenQuestion]) -> list[OpenQuestion]:
    """Keep the first `MOST` questions of each article."""
    taken: Counter[str] = Counter()
    chosen = []
    for question in found:
        source = question.evidence[0].source
        taken[source] += 1
        if taken[source] <= MOST:
            chosen.append(question)
    return chosen


def left(found: Iterable[OpenQuestion], source: str) -> int:
    """Tell how many more questions of an article are kept; none when it is 0 or less."""
    return MOST - sum(q.evidence[0].source == source for q in found)
