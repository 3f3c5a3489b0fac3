"""What changed, as Markdown, to paste into a document or an issue."""

from summarizer.changes import Change, Changes
from summarizer.render.changes import wording as diff_wording
from summarizer.render.markdown import escape


def render(changes: Changes, *, quotes: bool = True) -> str:
    """Write *changes* as Markdown.

    Args:
        changes: What to write.
        quotes: Whether the words of both sources stand under each change.
    """
    parts = [
        "# What changed",
        (
            f"From: {escape(diff_wording.edition(changes.old))}  \n"
            f"to: {escape(diff_wording.edition(changes.new))}"
        ),
        *(f"**{escape(note)}**" for note in diff_wording.caution(changes)),
    ]
    for name, found in diff_wording.sections(changes):
        lines = [line for c in found for line in _lines(c, changes, quotes=quotes)]
        parts.append(f"## {name}\n\n" + "\n".join(lines))
    parts.append(f"---\n\n{escape(diff_wording.count(changes))}")
    return "\n\n".join(parts) + "\n"


def _lines(change: Change, changes: Changes, *, quotes: bool) -> list[str]:
    label = diff_wording.marked(change, changes)
    who, what = escape(diff_wording.who(change)), escape(diff_wording.what(change))
    lines = [f"- **{label}** {who}: {what}"]
    if quotes:
        names = {"old": "then", "new": "now"}
        lines += [
            f"  > {names[one.side]}: {escape(one.evidence.exact)}  "
            for one in diff_wording.quotes(change)
        ]
    return lines
