"""How items bear on one another: which answer which, and which are the same."""

import re

from schemas.briefing import Party, Position, Request
from schemas.evidence import Evidence
from schemas.terms import Act, Status


def answers(
    holder: Party,
    target: Party | None,
    act: Act,
    content: str,
    requests: tuple[Request, ...],
) -> tuple[str, ...]:
    """List the requests that a position answers: told to the requester, or naming it."""
    found: list[str] = []
    for request in requests:
        asked = request.to is not None and request.to.id == holder.id
        names = re.search(
            r"(?i)\b(?:request|appeal|demand|call|requests it|proposal|plea)\b", content
        )
        meant = target is not None and target.id == request.by.id
        # "demanded that the army release the names … The army refused to give any names."
        meant = meant or (target is None and asked and act in {"refuse", "commit"})
        speaks_of_it = names is not None or _common_words(request.what, content) >= 1
        if told_answer(request, content) is not None:
            found.append(request.id)
            continue
        if act in _ANSWERS and meant and (names if not asked else speaks_of_it):
            found.append(request.id)
    return tuple(found)


def told_answer(request: Request, content: str) -> Act | None:
    """Read "the union accepted the offer", which somebody else may say.

    Returns:
        "commit" or "refuse", or None when the words tell no answer of the asked.
    """
    if request.to is None:
        return None
    name = request.to.name.removeprefix("the ")
    # "The association accepted …" is told of the Nurses' Association.
    asked = f"(?:{re.escape(name)}|{re.escape(name.rsplit(maxsplit=1)[-1])})"
    match = re.match(rf"(?i)(?:the\s+)?{asked}\s+{_TAKEN.pattern}", content)
    if match is None:
        return None
    return "commit" if match["yes"] else "refuse"


_TAKEN = re.compile(
    r"(?:(?:has|have|had)\s+)?(?:(?P<yes>accepted|granted|approved|agreed\s+to)|rejected|refused|declined|turned\s+down)\s+"
    r"(?:the|its|his|her|their|this|that)\s+(?:\w+\s+)?(?:request|appeal|call|demand|invitation|offer|proposal|plea)\b"
)
_ANSWERS: frozenset[Act] = frozenset({"commit", "refuse", "support", "neutral", "deny"})


def _common_words(one: str, two: str) -> int:
    """Count the longer words that two phrases share."""
    first, second = (set(re.findall(r"\w{5,}", text.lower())) for text in (one, two))
    return len(first & second)


def status_told(sentence: str, what: str) -> Status:
    """Read what became of a request in its own sentence: "…, which Chad refused".

    Args:
        sentence: The sentence of the request.
        what: What is asked for, as it stands there.
    """
    told = _BECAME.match(sentence[sentence.find(what) + len(what) :])
    if told is None:
        return "open"
    return "accepted" if told["yes"] else "refused"


_BECAME = re.compile(
    r"(?i)[^.;]{0,40}?(?:,?\s+(?:was|were|has been|had been)\s+(?:\w+ly\s+)?|,\s+(?:(?:a|the) \w+ )?(?:which|that)\s+(?:[\w’'-]+\s+){1,4}?"
    r"(?:has\s+|had\s+|\w+ly\s+)?)(?:(?P<yes>accepted|granted|approved|met)|rejected|refused|turned\s+down|denied|rebuffed)\b(?!\s+to\b)"
)


def with_status(
    requests: tuple[Request, ...], positions: tuple[Position, ...]
) -> tuple[Request, ...]:
    """Set what became of each request, from the positions of those who were asked."""
    changed: list[Request] = []
    for request in requests:
        answers = [
            p
            for p in positions
            if request.id in p.answers
            and request.to is not None
            and p.holder.id == request.to.id
        ]
        acts = {p.act for p in answers if not p.conditional}
        acts |= {
            told
            for p in positions
            if request.id in p.answers and (told := told_answer(request, p.gist))
        }
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


def same_position(old: Position, new: Position) -> bool:
    """Tell whether two positions say the same of the same party."""
    return old.holder.id == new.holder.id and old.gist.lower() == new.gist.lower()


_SAME_WORDS = 0.6
"""Share of common words from which two requests between the same parties are one."""


def _overlap(one: str, two: str) -> float:
    first, second = (set(re.findall(r"\w{3,}", text.lower())) for text in (one, two))
    return len(first & second) / max(1, min(len(first), len(second)))


def merged_evidence(item: Request, more: tuple[Evidence, ...]) -> Request:
    """Return a request that rests on *more* evidence too."""
    new = tuple(e for e in more if e not in item.evidence)
    return item.model_copy(update={"evidence": (*item.evidence, *new)})
