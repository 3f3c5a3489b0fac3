"""How items bear on one another: which answer which, and which are the same."""

import re
from collections.abc import Iterable
from functools import lru_cache

from schemas.briefing import Party, Position, Request
from schemas.evidence import Evidence
from schemas.terms import Act


def answers(
    holder: Party,
    target: Party | None,
    act: Act,
    content: str,
    requests: Iterable[Request],
) -> tuple[str, ...]:
    """List the requests that a position answers: told to the requester, or naming it."""
    if act not in _ANSWERS:
        return ()
    names = _NAMES_ONE.search(content)
    found: list[str] = []
    for request in requests:
        asked = request.to is not None and request.to.id == holder.id
        meant = target is not None and target.id == request.by.id
        # "demanded that the army release the names … The army refused to give any names."
        meant = meant or (target is None and asked and act in {"refuse", "commit"})
        if not meant:
            continue
        if names or (asked and _common_words(request.what, content) >= 1):
            found.append(request.id)
    return tuple(found)


_NAMES_ONE = re.compile(
    r"(?i)\b(?:request|appeal|demand|call|requests it|proposal|plea)\b"
)

_ANSWERS: frozenset[Act] = frozenset({"commit", "refuse", "support", "neutral", "deny"})


def _common_words(one: str, two: str) -> int:
    """Count the longer words that two phrases share."""
    return len(_words(one, 5) & _words(two, 5))


@lru_cache(maxsize=4096)
def _words(text: str, shortest: int) -> frozenset[str]:
    """List the words of *shortest* letters or more, in small letters."""
    return frozenset(re.findall(rf"\w{{{shortest},}}", text.lower()))


def by_party(requests: Iterable[Request]) -> dict[str, list[Request]]:
    """List, by the id of each party, the requests that it makes or is asked."""
    found: dict[str, list[Request]] = {}
    for request in requests:
        for party in {request.by.id, request.to.id if request.to else request.by.id}:
            found.setdefault(party, []).append(request)
    return found


def with_status(
    requests: tuple[Request, ...], positions: tuple[Position, ...]
) -> tuple[Request, ...]:
    """Set what became of each request, from the positions of those who were asked."""
    answering: dict[str, list[Position]] = {}
    for position in positions:
        for answered in position.answers:
            answering.setdefault(answered, []).append(position)
    changed: list[Request] = []
    for request in requests:
        answers = [
            p
            for p in answering.get(request.id, ())
            if request.to is not None and p.holder.id == request.to.id
        ]
        acts = {p.act for p in answers if not p.conditional}
        if "refuse" in acts:
            changed.append(request.model_copy(update={"status": "refused"}))
        elif "commit" in acts:
            changed.append(request.model_copy(update={"status": "accepted"}))
        else:
            changed.append(request)
    return tuple(changed)


def same_request(old: Request, new: Request) -> bool:
    """Tell whether two sentences tell of one request: same parties, same words."""
    return (
        old.by.id == new.by.id
        and (old.to.id if old.to else None) == (new.to.id if new.to else None)
        and _overlap(old.what, new.what) >= _SAME_WORDS
    )


_SAME_WORDS = 0.6
"""Share of common words from which two requests between the same parties are one."""


def _overlap(one: str, two: str) -> float:
    first, second = _words(one, 3), _words(two, 3)
    return len(first & second) / max(1, min(len(first), len(second)))


def merged_evidence(item: Request, more: tuple[Evidence, ...]) -> Request:
    """Return a request that rests on *more* evidence too."""
    last = item.evidence[-1]
    new = tuple(
        e
        for e in more
        # Retellings come in the order of the text: most stand behind all the others.
        if (e.source == last.source and e.start > last.start) or e not in item.evidence
    )
    return item.model_copy(update={"evidence": (*item.evidence, *new)})
