"""Compare two briefings: pair the items of each section, then say how each pair differs.

Requests and tolls are paired first, then positions (two answers to one request are
likely one), then questions (which are about the others). Briefings of schema 1.0 have no
verdicts and do not tell what happened: with one of them neither is compared.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    OpenQuestion,
    Position,
    Request,
)
from schemas.terms import Section
from schemas.versions import has_verdicts
from summarizer.changes import answers, happened, own, sameness, stance
from summarizer.changes.answers import Sides
from summarizer.changes.cast import Cast, Names
from summarizer.changes.pairing import pair
from summarizer.changes.values import AnyItem, Change, Changes, Kind, edition
from summarizer.changes.weight import weight
from summarizer.text import content

T = TypeVar("T", Actor, Request, Position, Casualties, Development, OpenQuestion)
Pairs = list[tuple[T, T]]


def compare(old: Briefing, new: Briefing) -> Changes:
    """Say what changed from *old* to *new*.

    Comparing the other way round gives the same changes mirrored (`values.MIRRORED`),
    and the order of items within a briefing has no say.

    Args:
        old: The earlier briefing.
        new: The later one, of the same story: of unrelated stories everything is new.

    Returns:
        The changes by section, the weightiest kinds first; none for equal briefings.
    """
    return _Comparison(old, new).result()


class _Comparison:
    """Two briefings, and which of their items go together."""

    def __init__(self, old: Briefing, new: Briefing) -> None:
        self.old, self.new = old, new
        self.cast = Cast(old, new)
        cast = self.cast
        self.actors = _pairs(old.actors, new.actors, sameness.actors)
        self.requests = _pairs(
            old.requests, new.requests, lambda a, b: sameness.requests(a, b, cast)
        )
        self.casualties = self._clear(
            _pairs(
                old.casualties,
                new.casualties,
                lambda a, b: sameness.casualties(a, b, cast),
            )
        )
        self.partner = _ids([*self.requests, *self.casualties])
        self.positions = _pairs(
            old.positions,
            new.positions,
            lambda a, b: sameness.positions(a, b, cast, self._paired),
        )
        self.partner |= _ids(self.positions)
        self.questions = _pairs(
            old.open_questions,
            new.open_questions,
            lambda a, b: sameness.open_questions(a, b, cast, self._paired),
        )
        self.has_verdicts = all(
            has_verdicts(b.provenance.schema_version) for b in (old, new)
        )
        told = (old.developments, new.developments) if self.has_verdicts else ((), ())
        self.told = told
        self.developments = _pairs(
            *told, lambda a, b: sameness.developments(a, b, cast)
        )

        self.own = own.pairs(old, new, cast)

    def _clear(self, pairs: Pairs[Casualties]) -> Pairs[Casualties]:
        """Keep the tolls that share something particular, or have no other to be."""
        return [
            (old, new)
            for old, new in pairs
            if sameness.meaning(old) == sameness.meaning(new)
            or sameness.casualties(old, new, self.cast) >= sameness.CLEAR
            or (
                self._is_one_story()
                and not _rivals(old, self.old.casualties)
                and not _rivals(new, self.new.casualties)
            )
        ]

    def _is_one_story(self) -> bool:
        """Tell whether the briefings share a third of their actors, or their text."""
        fewest = min(len(self.old.actors), len(self.new.actors))
        texts = [{s.text_sha256 for s in b.sources} for b in (self.old, self.new)]
        return 0 < fewest <= 3 * len(self.actors) or bool(texts[0] & texts[1])

    def _paired(self, old: str | None, new: str | None) -> bool:
        return old is not None and self.partner.get(old) == new

    def result(self) -> Changes:
        found = [
            *self._of_developments(),
            *self._of_requests(),
            *self._of_positions(),
            *self._of_casualties(),
            *self._of_questions(),
            *self._of_actors(),
            *own.changes(self.old, self.new, self.own),
            *self._of_verdicts(),
        ]
        moved = {c.old.id for c in found if c.old is not None}
        pairs = [pair for pairs in self._all_pairs().values() for pair in pairs]
        return Changes(
            old=edition(self.old),
            new=edition(self.new),
            changes=tuple(sorted(found, key=weight)),
            unchanged=sum(1 for one, _ in pairs if one.id not in moved),
        )

    def _all_pairs(self) -> dict[str, Sequence[tuple[AnyItem, AnyItem]]]:
        return {
            **self.own,
            "developments": self.developments,
            "requests": self.requests,
            "positions": self.positions,
            "casualties": self.casualties,
            "open_questions": self.questions,
            "actors": self.actors,
        }

    def _of_verdicts(self) -> Iterator[Change]:
        """Tell what is shown now and was not, or the other way, whatever else changed."""
        if not self.has_verdicts:
            return
        for section, pairs in self._all_pairs().items():
            for old, new in pairs:
                if old.verdict != new.verdict:
                    kind: Kind = (
                        "now_supported"
                        if new.verdict == "supported"
                        else "now_unconfirmed"
                    )
                    mine = self.new.section(section)
                    title = mine.definition.title if mine is not None else ""
                    yield Change(
                        kind=kind, section=section, title=title, old=old, new=new
                    )

    def _of_developments(self) -> Iterator[Change]:
        yield from _unpaired("developments", *self.told, self.developments)
        for old, new in self.developments:
            if moved := happened.of_developments(old, new):
                yield Change(kind=moved, section="developments", old=old, new=new)

    def _of_requests(self) -> Iterator[Change]:
        forth, back = self._sides()
        missing = _unpaired(
            "requests", self.old.requests, self.new.requests, self.requests
        )
        for change in missing:
            yield answers.with_reply(change, forth if change.new is None else back)
        for old, new in self.requests:
            if moved := stance.of_requests(old, new):
                yield Change(kind=moved, section="requests", old=old, new=new)
            before, after = answers.reply(old, self.old), answers.reply(new, self.new)
            step = answers.settledness(new, after) - answers.settledness(old, before)
            if step or old.status != new.status:
                yield Change(
                    kind=answers.turn(step),
                    section="requests",
                    old=old,
                    new=new,
                    # Each day has its own answer to what is decided anew.
                    answer=(before if step < 0 else after) if step else None,
                )

    def _of_positions(self) -> Iterator[Change]:
        yield from _unpaired(
            "positions", self.old.positions, self.new.positions, self.positions
        )
        for old, new in self.positions:
            if moved := stance.of_positions(old, new):
                yield Change(kind=moved, section="positions", old=old, new=new)

    def _of_casualties(self) -> Iterator[Change]:
        yield from _unpaired(
            "casualties", self.old.casualties, self.new.casualties, self.casualties
        )
        for old, new in self.casualties:
            if not _same_count(old, new):
                yield Change(
                    kind="toll_revised", section="casualties", old=old, new=new
                )
            elif (old.source or new.source) and not self.cast.same(
                old.source, new.source
            ):
                yield Change(
                    kind="source_changed", section="casualties", old=old, new=new
                )

    def _of_questions(self) -> Iterator[Change]:
        asked = {o.id for o, _ in self.questions}
        still = {n.id for _, n in self.questions}
        forth, back = self._sides()
        for old in self.old.open_questions:
            if old.id not in asked:
                answer = answers.settled(old, forth)
                kind: Kind = "answered" if answer else "no_longer_mentioned"
                yield Change(
                    kind=kind, section="open_questions", old=old, answer=answer
                )
        for new in self.new.open_questions:
            if new.id not in still:
                answer = answers.settled(new, back)
                kind = "reopened" if answer else "new"
                yield Change(
                    kind=kind, section="open_questions", new=new, answer=answer
                )

    def _of_actors(self) -> Iterator[Change]:
        # A party may be named in passing: it is not new, or no longer mentioned, then.
        named = {True: Names(self.old), False: Names(self.new)}
        for change in _unpaired(
            "actors", self.old.actors, self.new.actors, self.actors
        ):
            if not named[change.new is not None].has(change.item):
                yield change
        for old, new in self.actors:
            # A role that one text leaves out is no change of role.
            if (
                old.role
                and new.role
                and not content.stems(old.role) & content.stems(new.role)
            ):
                yield Change(kind="role_changed", section="actors", old=old, new=new)

    def _sides(self) -> tuple[Sides, Sides]:
        """See the briefings from the old one, and from the new one."""
        turned = {b: a for a, b in self.partner.items()}
        fresh_new = _fresh(self.new.positions, set(self.partner.values()))
        fresh_old = _fresh(self.old.positions, set(self.partner))
        return (
            Sides(self.old, self.new, self.cast, self.partner, fresh_new),
            Sides(self.new, self.old, Cast(self.new, self.old), turned, fresh_old),
        )


def _pairs(
    old: Sequence[T], new: Sequence[T], score: Callable[[T, T], int]
) -> Pairs[T]:
    return pair(old, new, score, sameness.meaning, lambda item: item.id)


def _rivals(row: Casualties, rows: Iterable[Casualties]) -> bool:
    """Tell whether a briefing has another row that counts the same kind of harm."""
    return any(
        r is not row
        and (r.kind, r.scope, bool(r.part_of))
        == (row.kind, row.scope, bool(row.part_of))
        for r in rows
    )


def _ids(pairs: Iterable[tuple[AnyItem, AnyItem]]) -> dict[str, str]:
    return {old.id: new.id for old, new in pairs}


def _fresh(items: Iterable[Position], paired: set[str]) -> frozenset[str]:
    return frozenset(i.id for i in items if i.id not in paired)


def _unpaired(
    section: Section, old: Sequence[T], new: Sequence[T], pairs: Pairs[T]
) -> Iterator[Change]:
    gone = {o.id for o, _ in pairs}
    known = {n.id for _, n in pairs}
    for item in old:
        if item.id not in gone:
            yield Change(kind="no_longer_mentioned", section=section, old=item)
    for item in new:
        if item.id not in known:
            yield Change(kind="new", section=section, new=item)


def _same_count(old: Casualties, new: Casualties) -> bool:
    return sameness.same_figure(old, new) and old.none_reported == new.none_reported
