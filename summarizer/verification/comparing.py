"""A saved item beside what its sentences are found to state: field by field."""

from collections.abc import Iterator

from schemas.briefing import Item, Party, Position, Request, Speech
from summarizer.proof import verdicts
from summarizer.reading.values import ASKED_AGAIN, Refusal
from summarizer.reports import Finding
from summarizer.text.typography import flat
from summarizer.verification.case import Case
from summarizer.verification.findings import equal, of_refusal, refused
from summarizer.verification.rebuilding import Rebuilt

_CHECKS = {
    name: check
    for check, names in {
        "words": "what gist who_text",
        "direction": "to",
        "speaker": "holder voiced_by source",
        "reporter": "reported_by",
        "modality": "modality force",
        "condition": "conditional form",
        "spans": "speech",
        "count": "count_text value comparator low high vague",
        "scope": "scope none_reported",
        "by": "by_status",
        "number": "figures",
        "date": "when_text when as_of_text as_of",
    }.items()
    for name in names.split()
}
"""The check that a field belongs to, where it is not called like the field."""

_BESIDE = {*Item.model_fields, "status", "answers", "part_of", "supersedes"} - {
    "when_text",
    "when",
}
"""Fields that tell of more than the words of one source."""


def item(case: Case, saved: Item) -> Iterator[Finding]:
    """Compare an item with the one found in its sentences that comes nearest to it."""
    rebuilt = case.rebuilt(saved.evidence[0].source)
    best: dict[str, str] | None = None
    for made in case.again(saved):
        found = differing(rebuilt, saved, made)
        if not found:
            return
        best = found if best is None else min(best, found, key=_distance)
    if best is None or "words" in best:
        yield _unstated(case, saved, rebuilt)
        return
    for check, reason in best.items():
        yield Finding(item=saved.id, check=check, reason=reason)


def _distance(differences: dict[str, str]) -> tuple[bool, int]:
    return "words" in differences, len(differences)


def differing(rebuilt: Rebuilt, saved: Item, made: Item) -> dict[str, str]:
    """Say by check in what a saved item departs from one that was made again.

    A verdict that is weaker now is a difference of its own: the item claims more than
    the text shows.
    """
    found: dict[str, str] = {}
    for name in (n for n in type(saved).model_fields if n not in _BESIDE):
        check = _CHECKS.get(name, name)
        if isinstance(saved, Request) and name == "by":
            check = "direction"
        one, two = getattr(made, name), getattr(saved, name)
        if not _same(rebuilt, one, two) and not _is_wider(saved, made, name):
            reason = f"its words give {_shown(one)} for {name}, not {_shown(two)}"
            found.setdefault(check, reason)
    claims_proof = saved.verdict == "supported" and ASKED_AGAIN not in saved.reasons
    drafted = "model" in {saved.found_by, made.found_by}
    if claims_proof and drafted and made.verdict == "unconfirmed":
        found["verdict"] = made.reasons[0]
    return found


def _same(rebuilt: Rebuilt, made: object, saved: object) -> bool:
    """Tell whether two values of a field are one: typography and names may vary."""
    if isinstance(made, Party) and isinstance(saved, Party):
        return rebuilt.is_one(made, saved)
    if isinstance(made, str) and isinstance(saved, str):
        return equal(made, saved)
    if isinstance(made, Speech) and isinstance(saved, Speech):
        seen = rebuilt.reading.article.seen
        return all(
            one.span.overlaps(seen.visible(two.span))
            for (_, one), (_, two) in zip(made, saved, strict=True)
        )
    if isinstance(made, tuple) and isinstance(saved, tuple):
        pairs = zip(made, saved, strict=False)
        return len(made) == len(saved) and all(_same(rebuilt, *p) for p in pairs)
    return made == saved


def _is_wider(saved: Item, made: Item, name: str) -> bool:
    """Tell whether a statement was cut less than now: its words hold those of today."""
    if name != "gist" or saved.found_by == "form":
        return False
    if not isinstance(saved, Position) or not isinstance(made, Position):
        return False
    whole = flat(saved.evidence[0].exact)
    return flat(made.gist) in flat(saved.gist) and flat(saved.gist) in whole


def _shown(value: object) -> str:
    return repr(value.name) if isinstance(value, Party) else repr(value)


def _unstated(case: Case, saved: Item, rebuilt: Rebuilt) -> Finding:
    """Say why no sentence states an item: its words, or the draft that is refused."""
    passage = case.passage(saved)
    for name in ("what", "gist", "count_text", "who_text"):
        words = getattr(saved, name, None)
        verdict = verdicts.judge(words, passage) if words else None
        if verdict is not None and not verdict.accepted:
            return refused(saved.id, name, verdict)
    again = (rebuilt.refused.get(d) for d in case.drafts(saved))
    why = next((r for r in again if r is not None), None)
    return of_refusal(saved.id, why or Refusal("words", "no cited sentence states it"))
