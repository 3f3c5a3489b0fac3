"""How items bear on one another: which answer which, and which are the same."""

import re
from collections.abc import Iterable

from schemas.briefing import Party, Position, Request
from schemas.terms import Act, Status
from summarizer.text.remembered import remembered


class Index:
    """The requests of a briefing, found by their parties. Read only."""

    def __init__(self, requests: Iterable[Request]) -> None:
        """Index *requests*."""
        self.all = tuple(requests)
        self._by_party: dict[str, list[Request]] = {}
        for request in self.all:
            for party in {p.id for p in (request.by, request.to) if p is not None}:
                self._by_party.setdefault(party, []).append(request)

    def of(self, party: Party) -> Iterable[Request]:
        """List the requests that a party makes or is asked, in order."""
        return self._by_party.get(party.id, ())


def answers(
    holder: Party, target: Party | None, act: Act, content: str, requests: Index
) -> tuple[str, ...]:
    """List the requests that a position answers: told to the requester, or naming it."""
    if _told(content) is None:
        return tuple(
            request.id
            for request in requests.of(target or holder)
            if _is_answered(request, holder, target, act, content)
        )
    return tuple(
        request.id
        for request in requests.all
        if told_answer(request, content) is not None
        or _is_answered(request, holder, target, act, content)
    )


def _is_answered(
    request: Request, holder: Party, target: Party | None, act: Act, content: str
) -> bool:
    if act not in _ANSWERS:
        return False
    asked = request.to is not None and request.to.id == holder.id
    asker = request.by.id if request.by else None
    meant = target is not None and target.id == asker
    # "demanded that the army release the names … The army refused to give any names."
    meant = meant or (target is None and asked and act in {"refuse", "commit"})
    if not meant:
        return False
    names = _NAMES_ONE.search(content) is not None
    return names or (asked and _common_words(request.what, content) >= 1)


_NAMES_ONE = re.compile(
    r"(?i)\b(?:request|appeal|demand|call|requests it|proposal|plea)\b"
)


def told_answer(request: Request, content: str) -> Act | None:
    """Read "the union accepted the offer", which somebody else may say.

    Returns:
        "commit" or "refuse", or None when the words tell no answer of the asked.
    """
    told = _told(content)
    if request.to is None or told is None:
        return None
    who, act = told
    name = request.to.name.removeprefix("the ").lower()
    # "The association accepted …" is told of the Nurses' Association.
    asked = {name, name.rsplit(maxsplit=1)[-1]}
    return act if asked & {who, re.sub(r"^the\s+", "", who)} else None


@remembered(4096)
def _told(content: str) -> tuple[str, Act] | None:
    """Find who, in small letters, is told to have accepted or rejected a request."""
    match = _TAKEN.search(content)
    who = content[: match.start()] if match is not None else ""
    if match is None or not who or not who[-1].isspace():
        return None
    return who.rstrip().lower(), "commit" if match["yes"] else "refuse"


_TAKEN = re.compile(
    r"(?i)\b(?:(?:has|have|had)\s+)?(?:(?P<yes>accepted|granted|approved|agreed\s+to)|rejected|refused|declined|turned\s+down)\s+"
    r"(?:the|its|his|her|their|this|that)\s+(?:\w+\s+)?(?:request|appeal|call|demand|invitation|offer|proposal|plea)\b"
)
_ANSWERS: frozenset[Act] = frozenset({"commit", "refuse", "support", "neutral", "deny"})


def _common_words(one: str, two: str) -> int:
    """Count the longer words that two phrases share."""
    return len(_words(one, 5) & _words(two, 5))


@remembered(4096)
def _words(text: str, shortest: int) -> frozenset[str]:
    """List the words of *shortest* letters or more, in small letters."""
    return frozenset(re.findall(rf"\w{{{shortest},}}", text.lower()))


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
        acts |= {
            told
            for p in answering.get(request.id, ())
            if (told := told_answer(request, p.gist))
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
        old.by == new.by
        and (old.to.id if old.to else None) == (new.to.id if new.to else None)
        and _overlap(old.what, new.what) >= _SAME_WORDS
    )


_SAME_WORDS = 0.6
"""Share of common words from which two requests between the same parties are one."""


def _overlap(one: str, two: str) -> float:
    first, second = _words(one, 3), _words(two, 3)
    return len(first & second) / max(1, min(len(first), len(second)))


def merged_evidence(item: Request, again: Request) -> Request:
    """Return a request that rests on the evidence of its retelling too."""
    last = item.evidence[-1]
    new = tuple(
        e
        for e in again.evidence
        # Retellings come in the order of the text: most stand behind all the others.
        if (e.source == last.source and e.start > last.start) or e not in item.evidence
    )
    found_by = item.found_by if item.found_by == again.found_by else "both"
    best = min(item, again, key=lambda i: (i.verdict != "supported", bool(i.reasons)))
    return item.model_copy(
        update={
            "evidence": (*item.evidence, *new),
            "found_by": found_by,
            "verdict": best.verdict,
            "reasons": best.reasons,
        }
    )
