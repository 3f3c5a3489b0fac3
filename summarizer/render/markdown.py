"""A briefing as Markdown, to paste into a document or an issue.

Words of articles are escaped: nothing in them becomes a link, a heading or markup.
"""

import re
from collections.abc import Sequence

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Item,
    OpenQuestion,
    Position,
    Request,
)
from summarizer.render import wording

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~@&$]|(?<=\w)[.:](?=[\w/])|^[-+=]")
"""Marks that Markdown, or GitHub's form of it, acts on: also the dots and colons that
would turn bare words into links."""


def render(briefing: Briefing, *, quotes: bool = True) -> str:
    """Write *briefing* as Markdown.

    Args:
        briefing: What to write.
        quotes: Whether the source's words stand under each item.
    """
    parts = [
        f"# {escape(wording.heading(briefing))}",
        f"**{escape(briefing.bottom_line)}**",
    ]
    if not briefing.complete:
        parts.append(_holes(briefing))
    for name in ("requests", "positions", "casualties", "open_questions"):
        items: Sequence[Item] = getattr(briefing, name)
        if items:
            lines = [
                line for item in items for line in _lines(briefing, item, quotes=quotes)
            ]
            parts.append(f"## {wording.TITLES[name]}\n\n" + "\n".join(lines))
    if briefing.actors:
        parts.append("## Actors\n\n" + "\n".join(_actor(a) for a in briefing.actors))
    if briefing.withheld:
        rows = [
            f"- {escape(w.section)}: {escape(wording.drafted(w.item))} — {escape(w.reason)}"
            + (f" ({escape(w.source)})" if len(briefing.sources) > 1 else "")
            for w in briefing.withheld
        ]
        parts.append("## Withheld\n\n" + "\n".join(rows))
    for title, notes in (
        ("Not covered", wording.not_covered(briefing)),
        ("Flagged: text that gives orders", wording.flagged(briefing)),
    ):
        if notes:
            rows = [f"- {escape(note)}" for note in notes]
            parts.append(f"## {title}\n\n" + "\n".join(rows))
    parts.append(
        "---\n\n" + "  \n".join(escape(line) for line in wording.footer(briefing))
    )
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Disarm all that Markdown or a renderer of it could act on."""
    return _MARKUP.sub(lambda match: f"\\{match.group()}", wording.visible(text))


def _lines(briefing: Briefing, item: Item, *, quotes: bool) -> list[str]:
    lines = [f"- {headline(item)}"]
    if details := wording.details(item):
        lines.append(f"  <br>{escape(details)}")
    if isinstance(item, Casualties):
        more = [*filter(None, [wording.as_of(item)]), *wording.earlier(item)]
        lines += [f"  <br>{escape(line)}" for line in more]
    if quotes:
        lines += [
            f"  > {escape(e.exact + wording.place(briefing, e))}" for e in item.evidence
        ]
    return lines


def headline(item: Item) -> str:
    """Write the first line of an item."""
    if isinstance(item, Request):
        return f"**{escape(wording.request_parties(item))}** {wording.request_force(item)}: {escape(item.what)} `{item.id}`"
    if isinstance(item, Position):
        return f"**{escape(wording.holder(item))}** ({wording.act(item)}): {escape(item.gist)} `{item.id}`"
    if isinstance(item, Casualties):
        return f"**{escape(wording.toll(item))}** {item.kind} ({escape(wording.bounds(item))}; {escape(wording.counted_by(item))}) `{item.id}`"
    if isinstance(item, OpenQuestion):
        return f"{escape(item.question)} ({item.kind.replace('_', ' ')}) `{item.id}`"
    return escape(item.id)


def _actor(actor: Actor) -> str:
    parts = [f"**{escape(actor.name)}**", actor.kind.replace("_", " ")]
    parts += [escape(actor.role)] if actor.role else []
    parts += [actor.country] if actor.country else []
    return "- " + ", ".join(parts) + f" `{actor.id}`"


def _holes(briefing: Briefing) -> str:
    rows = [
        f"- {escape(hole.section or 'everything')}: {escape(hole.exact[:200])} — {escape(hole.reason)}"
        for hole in briefing.coverage.passages_failed
    ]
    return "**Incomplete: these passages could not be read.**\n\n" + "\n".join(rows)
