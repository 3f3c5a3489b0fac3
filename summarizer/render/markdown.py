"""A briefing as Markdown, to paste into a document or an issue.

Words of articles are escaped: nothing in them becomes a link, a heading or markup.
"""

import re

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Item,
    OpenQuestion,
    OwnItem,
    Position,
    Request,
)
from summarizer.render.words import (
    developments,
    footer,
    origins,
    own,
    refusals,
    sections,
    verdicts,
    wording,
)
from summarizer.render.words.refusals import Refused
from summarizer.render.words.sections import Shown
from summarizer.selection import Selection, selected

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#!|~@&$]|(?<=\w)[.:](?=[\w/])|^[-+=]")
"""Marks that Markdown, or GitHub's form of it, acts on: also the dots and colons that
would turn bare words into links."""


def render(briefing: Briefing | Selection, *, quotes: bool = True) -> str:
    """Write *briefing* as Markdown.

    Args:
        briefing: What to write, or a selection of it.
        quotes: Whether the source's words stand under each item.
    """
    selection = selected(briefing)
    whole = selection.briefing
    parts = [
        f"# {escape(origins.heading(whole))}",
        f"**{escape(whole.bottom_line)}**",
    ]
    if rests := verdicts.rests_on(selection):
        parts.append(escape(rests))
    if not whole.complete:
        parts.append(_holes(whole))
    parts += [_section(whole, s, quotes=quotes) for s in sections.of(selection)]
    if withheld := refusals.refused(whole):
        rows = [_withheld(whole, one) for one in withheld]
        parts.append(f"## Withheld ({len(rows)})\n\n" + "\n".join(rows))
    for title, notes in (
        ("Not covered", origins.not_covered(whole)),
        ("Flagged: text that gives orders", origins.flagged(whole)),
    ):
        if notes:
            rows = [f"- {escape(note)}" for note in notes]
            parts.append(f"## {title} ({len(rows)})\n\n" + "\n".join(rows))
    parts.append("---\n\n" + "  \n".join(map(escape, footer.lines(selection))))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Disarm all that Markdown or a renderer of it could act on."""
    return _MARKUP.sub(lambda match: f"\\{match.group()}", wording.visible(text))


def _section(briefing: Briefing, section: Shown, *, quotes: bool) -> str:
    """Write a section: its parts under their titles, then how much is not shown."""
    title = escape(section.title) if section.is_own else section.title
    blocks = [f"## {title} ({section.count})"]
    for title, items in section.parts:
        blocks += [f"### {escape(title)}"] if title else []
        lines = [line for one in items for line in _lines(briefing, one, quotes=quotes)]
        blocks += ["\n".join(lines)] if lines else []
    blocks += [f"*{section.more}*"] if section.more else []
    return "\n\n".join(blocks)


def _lines(briefing: Briefing, item: Item, *, quotes: bool) -> list[str]:
    mark = "*Unconfirmed:* " if verdicts.is_unconfirmed(item) else ""
    lines = [f"- {mark}{headline(item)}"]
    more = [verdicts.why(item)]
    more += [wording.details(item)] if not isinstance(item, Actor) else []
    if isinstance(item, Casualties):
        more += [wording.as_of(item), *wording.earlier(item)]
    more.append(verdicts.found_by(item))
    lines += [f"  <br>{escape(line)}" for line in more if line]
    if quotes and not isinstance(item, Actor):
        lines += [
            f"  > {escape(e.exact + origins.place(briefing, e))}" for e in item.evidence
        ]
    return lines


def headline(item: Item) -> str:
    """Write the first line of an item."""
    if isinstance(item, Development):
        who = developments.who(item)
        name = f"**{escape(who)}**: " if who else ""
        return f"{name}{escape(item.what)} `{item.id}`"
    if isinstance(item, Request):
        return f"**{escape(wording.request_parties(item))}** {wording.request_force(item)}: {escape(item.what)} `{item.id}`"
    if isinstance(item, Position):
        return f"**{escape(wording.holder(item))}** ({wording.act(item)}): {escape(item.gist)} `{item.id}`"
    if isinstance(item, Casualties):
        return f"**{escape(wording.toll(item))}** {item.kind} ({escape(wording.bounds(item))}; {escape(wording.counted_by(item))}) `{item.id}`"
    if isinstance(item, OwnItem):
        names = f"**{escape(who)}** " if (who := own.who(item)) else ""
        return f"{names}{escape(own.what(item))} `{item.id}`"
    if isinstance(item, OpenQuestion):
        return f"{escape(item.question)} ({item.kind.replace('_', ' ')}) `{item.id}`"
    return _actor(item) if isinstance(item, Actor) else escape(item.id)


def _actor(actor: Actor) -> str:
    parts = [f"**{escape(actor.name)}**", actor.kind.replace("_", " ")]
    parts += [escape(actor.role)] if actor.role else []
    parts += [actor.country] if actor.country else []
    return ", ".join(parts) + f" `{actor.id}`"


def _withheld(briefing: Briefing, one: Refused) -> str:
    """Write a withheld draft in a line: what it held, why not, who found it, where."""
    why = " · ".join(filter(None, (one.reason, verdicts.found_by(one))))
    source = f" ({one.source})" if len(briefing.sources) > 1 else ""
    return f"- {escape(f'{one.section}: {one.held} — {why}{source}')}"


def _holes(briefing: Briefing) -> str:
    rows = [
        f"- {escape(hole.section or 'everything')}: {escape(hole.exact[:200])} — {escape(hole.reason)}"
        for hole in briefing.coverage.passages_failed
    ]
    return "**Incomplete: these passages could not be read.**\n\n" + "\n".join(rows)
