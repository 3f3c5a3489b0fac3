"""Make one set of items of what several sources state, section by section.

With one source nothing changes here, neither items nor their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.briefing import Casualties, Item, Position, Request
from summarizer.assembly.across import Across
from summarizer.assembly.questions import contradictions
from summarizer.assembly.questions.contradictions import About
from summarizer.assembly.several import corroboration
from summarizer.sources import Article


@dataclass(frozen=True, slots=True)
class Sources:
    """What merging needs to know of the sources.

    Attributes:
        copy_of: By the id of each copy, the id of its original.
        about: Days, publishers and stories.
    """

    copy_of: dict[str, str]
    about: About

    @property
    def are_several(self) -> bool:
        """True when there is more than one source."""
        return len(self.about.published) > 1

    def story(self, item: Item) -> int:
        """Number the story of an item: what two stories tell is never one item."""
        return self.about.story[item.evidence[0].source]


def of(articles: Sequence[Article], across: Across) -> Sources:
    """Gather what merging needs."""
    return Sources(
        across.copy_of,
        About(
            published={a.id: a.metadata.published for a in articles},
            moment={a.id: a.metadata.published_at for a in articles},
            publisher={a.id: a.metadata.publisher for a in articles},
            # What is said alike and what contradicts is told by English words: an
            # article in another language is a story of its own.
            story={
                a.id: across.story(a.id) if a.tongue == "en" else -number
                for number, a in enumerate(articles, 1)
            },
        ),
    )


def requests(items: Sequence[Request], sources: Sources) -> tuple[Request, ...]:
    """Join the requests that several sources tell of."""
    if not sources.are_several:
        return tuple(items)
    groups = corroboration.join(
        items,
        lambda r: (
            sources.story(r),
            r.by.id if r.by else None,
            r.to.id if r.to else None,
        ),
        corroboration.same_request,
    )
    return tuple(
        corroboration.one_of(group, sources.copy_of, f"r{number}")
        for number, group in enumerate(groups, 1)
    )


def positions(items: Sequence[Position], sources: Sources) -> tuple[Position, ...]:
    """Join the positions that several sources tell of; a denial follows what it denies."""
    if not sources.are_several:
        return tuple(items)
    groups = corroboration.join(
        items,
        lambda p: (sources.story(p), p.holder.id),
        corroboration.same_position,
    )
    joined = [
        corroboration.one_of(group, sources.copy_of, group[0].id).model_copy(
            update={
                "answers": tuple(dict.fromkeys(a for p in group for a in p.answers))
            }
        )
        for group in groups
    ]
    pairs = [
        *contradictions.denied(joined, sources.about),
        *contradictions.opposed(joined, sources.about),
    ]
    ordered = contradictions.side_by_side(joined, pairs)
    return tuple(
        item.model_copy(update={"id": f"p{number}"})
        for number, item in enumerate(ordered, 1)
    )


def casualties(rows: Sequence[Casualties], sources: Sources) -> tuple[Casualties, ...]:
    """Join the tolls that several sources give; newer ones replace, others stand beside.

    Parts ("including 12 children") are joined where the wholes are.
    """
    if not sources.are_several:
        return tuple(rows)
    ids: dict[str, str] = {}
    wholes = _joined([r for r in rows if r.part_of is None], sources, ids)
    wholes, replaced = contradictions.updated(wholes, sources.about)
    ids = {old: replaced.get(new, new) for old, new in ids.items()}
    parts = [
        r.model_copy(update={"part_of": ids.get(r.part_of, r.part_of)})
        for r in rows
        if r.part_of is not None
    ]
    kept = {r.id: r for r in (*wholes, *_joined(parts, sources, ids))}
    in_order = [kept[r.id] for r in rows if r.id in kept]
    pairs = contradictions.differing(in_order, sources.about)
    ordered = contradictions.side_by_side(in_order, pairs)
    numbers = {row.id: f"c{number}" for number, row in enumerate(ordered, 1)}
    return tuple(
        row.model_copy(
            update={"id": numbers[row.id], "part_of": numbers.get(row.part_of or "")}
        )
        for row in ordered
    )


def _joined(
    rows: Sequence[Casualties], sources: Sources, ids: dict[str, str]
) -> list[Casualties]:
    """Join rows with one number, noting in *ids* which row each is now."""
    groups = corroboration.join(
        rows,
        lambda r: (r.kind, r.scope, r.value, r.part_of, sources.story(r)),
        corroboration.same_toll,
        corroboration.told,
    )
    found: list[Casualties] = []
    for group in groups:
        ids.update({row.id: group[0].id for row in group})
        found.append(corroboration.one_of(group, sources.copy_of, group[0].id))
    return found
