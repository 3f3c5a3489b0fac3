"""What changed, without what could not be confirmed."""

from summarizer.changes.values import Change, Changes


def supported_only(changes: Changes) -> Changes:
    """Leave out the changes that lead to an unconfirmed item, or are answered by one.

    Two whole briefings are compared first: an item that is unconfirmed now has not
    disappeared. That it was supported before and is not any more stays, since a reader
    of the earlier briefing took it for sure.

    Returns:
        The changes, with the number of those left out.
    """
    kept = tuple(c for c in changes.changes if _is_sure(c))
    out = len(changes.changes) - len(kept)
    return changes.model_copy(
        update={"changes": kept, "left_out": changes.left_out + out}
    )


def _is_sure(change: Change) -> bool:
    if change.kind == "now_unconfirmed":
        return True
    answer = change.answer
    return change.item.verdict == "supported" and (
        answer is None or answer.verdict == "supported"
    )
