"""What changed, as Slack messages: one piece a change, the words of both sources in it."""

import json

from schemas.briefing import Briefing, Source
from summarizer.changes import Change, Changes
from summarizer.render.changes import wording as diff_wording
from summarizer.render.slack.blocks import HEADER_CHARS, Line, Run, rich, shortened
from summarizer.render.slack.briefing import footer, quote
from summarizer.render.slack.packing import NUMBER, Message, Piece, pack
from summarizer.render.words import origins, wording


def messages(changes: Changes, old: Briefing, new: Briefing) -> tuple[Message, ...]:
    """Write *changes* as messages for an incoming webhook.

    Args:
        changes: What to write.
        old: The earlier briefing, for links to its sources.
        new: The later one.

    Returns:
        Messages in the order of sending, each within Slack's limits; none when nothing
        changed.
    """
    if not changes.changes:
        return ()
    sources = {
        "old": {source.id: source for source in old.sources},
        "new": {source.id: source for source in new.sources},
    }
    pieces = [_lead(changes)]
    for name, found in diff_wording.sections(changes):
        part = f"{name} ({len(found)})"
        pieces += [piece(part, change, changes, sources) for change in found]
    heading = f"Changed: {origins.heading(new)}"
    summary = diff_wording.count(changes)
    return pack(heading, summary, pieces, (summary, *footer(new)))


def render(changes: Changes, old: Briefing, new: Briefing) -> str:
    """Write the messages as one JSON array."""
    made = messages(changes, old, new)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _lead(changes: Changes) -> Piece:
    """Say what is compared with what, and what to know before trusting it."""
    earlier = wording.visible(diff_wording.edition(changes.old))
    lines = [Line((Run("Since: "), Run(earlier, "bold")))]
    heading = wording.visible(f"Changed: {diff_wording.edition(changes.new)}")
    if shortened(heading, HEADER_CHARS - len(NUMBER)) != heading:
        lines.append(Line((Run(heading, "bold"),)))
    lines += [Line((Run(f"⚠ {n}", "bold"),)) for n in diff_wording.caution(changes)]
    return Piece("", tuple(rich(lines)))


def piece(
    part: str,
    change: Change,
    changes: Changes,
    sources: dict[str, dict[str, Source]],
    mark: str | None = None,
    note: str = "",
) -> Piece:
    """Write one change, with the words of both sources.

    Args:
        part: Title of the part that it belongs to.
        change: The change.
        changes: All of them.
        sources: By side (old, new), the sources by id.
        mark: By what it can be named; its item's id when None.
        note: What else a reader should know of it; "" for nothing.
    """
    said = f": {diff_wording.what(change)}{f', {note}' if note else ''} "
    lines = [
        Line(
            (
                Run(f"{diff_wording.marked(change, changes)} ", "italic"),
                Run(diff_wording.who(change), "bold"),
                Run(said),
                Run(mark or change.item.id, "code"),
            )
        )
    ]
    for one in diff_wording.quotes(change):
        quoted = quote(one.evidence, sources[one.side])
        name = Run("then: " if one.side == "old" else "now: ", "bold")
        lines.append(Line((name, *quoted.runs), quoted.kind))
    return Piece(part, tuple(rich(lines)))
