"""What changed, as one page: the words of both sources beside each other.

The page has no script at all, and what differs between two quotes is marked in them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from schemas.briefing import Briefing, Source
from schemas.evidence import Evidence
from summarizer.changes import Change, Changes, Edition
from summarizer.render import links
from summarizer.render.changes import wording as diff_wording
from summarizer.render.changes.wording import Cited
from summarizer.render.page import shell
from summarizer.render.words import wording

_WORD = re.compile(r"\S+\s*")
_LONGEST = 400
"""Words up to which two quotes are compared word by word: it takes their product."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quote, and whether the other quote lacks them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, and where it can be read; "" when its source is not on the web."""

    pieces: tuple[Piece, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """One change: what it is, and the quotes of both sides."""

    kind: str
    label: str
    who: str
    what: str
    old: tuple[Quote, ...]
    new: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of a section."""

    title: str
    rows: tuple[Row, ...]


def render(
    changes: Changes, old: Briefing, new: Briefing, *, quotes: bool = True
) -> str:
    """Write *changes* as a page: one file that asks for nothing and runs nothing.

    Args:
        changes: What to write.
        old: The earlier briefing, for the addresses of its sources.
        new: The later one.
        quotes: Whether the words of both sources stand beside each other.
    """
    sources = {"old": old.sources, "new": new.sources}
    groups = [
        Group(name, tuple(_row(c, changes, sources, quotes=quotes) for c in found))
        for name, found in diff_wording.sections(changes)
    ]
    return shell.fill(
        "changes.html",
        styles=("shell.css", "changes.css"),
        scripts=(),
        title="What changed",
        old=_edition(changes.old),
        new=_edition(changes.new),
        notes=[wording.visible(n) for n in diff_wording.caution(changes)],
        groups=groups,
        nothing=diff_wording.NOTHING,
        count=wording.visible(diff_wording.count(changes)),
    )


def _edition(one: Edition) -> tuple[str, str]:
    """Name a briefing, with the address of its first source when it has one."""
    name = wording.visible(diff_wording.edition(one))
    return name, links.page(one.uris[0] if one.uris else None) or ""


def _row(
    change: Change,
    changes: Changes,
    sources: dict[str, tuple[Source, ...]],
    *,
    quotes: bool,
) -> Row:
    cited = diff_wording.quotes(change) if quotes else []
    old, new = ([c for c in cited if c.side == side] for side in ("old", "new"))
    # An answer is no other wording of the question.
    is_paired = change.old is not None and change.new is not None and not change.answer
    return Row(
        kind=change.kind,
        label=diff_wording.marked(change, changes),
        who=wording.visible(diff_wording.who(change)),
        what=wording.visible(diff_wording.what(change)),
        old=_quotes(old, new if is_paired else [], sources["old"]),
        new=_quotes(new, old if is_paired else [], sources["new"]),
    )


def _quotes(
    mine: Sequence[Cited], others: Sequence[Cited], sources: Iterable[Source]
) -> tuple[Quote, ...]:
    known = {source.id: source for source in sources}
    return tuple(
        Quote(
            pieces=compared(
                wording.visible(one.evidence.exact),
                wording.visible(other.evidence.exact) if other else None,
            ),
            link=_link(one.evidence, known),
        )
        for one, other in zip(mine, [*others, *[None] * len(mine)], strict=False)
    )


def compared(text: str, other: str | None) -> tuple[Piece, ...]:
    """Cut a quote where it departs from another one, and where it meets it again.

    Returns:
        Pieces that make up *text*; one when there is no other, or nothing in common.
    """
    mine, theirs = _WORD.findall(text), _WORD.findall(other or "")
    if not theirs or max(len(mine), len(theirs)) > _LONGEST:
        return (Piece(text, differs=False),)
    one, two = ([w.strip().casefold() for w in words] for words in (mine, theirs))
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    if not any(tag == "equal" for tag, *_ in codes):
        return (Piece(text, differs=False),)
    pieces: list[Piece] = []
    for tag, a, b, _, _ in codes:
        words = "".join(mine[a:b])
        bare = words.rstrip() if tag != "equal" else ""
        # A mark that ends in a space looks like a mistake.
        pieces += [Piece(bare, differs=True), Piece(words[len(bare) :], differs=False)]
    return tuple(piece for piece in pieces if piece.text)


def _link(evidence: Evidence, sources: dict[str, Source]) -> str:
    source = sources.get(evidence.source)
    return (links.to_evidence(source, evidence) or "") if source is not None else ""
