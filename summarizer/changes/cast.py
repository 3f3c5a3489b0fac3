"""Who is who across two briefings: ids differ, so parties meet by what they are called.

Two parties are surely one when a name or alias of one is a name or alias of the other,
case and article aside, or when names of both stand for one country's government ("Ankara",
"the Turkish government"; a ministry stands for itself). They are probably one when a name ends in the other as "Ana Ruiz" does in "Ruiz" and "the
southern rebels" in "the rebels"; a country's name is no such ending ("Bank of Kenya").
"""

from schemas.briefing import Actor, Briefing, Item, Party
from summarizer.reading.english.names import party_names
from summarizer.text import content
from summarizer.text.remembered import remembered

SURE = 1.0
PROBABLE = 0.8
"""A surname or a shorter description: it loses against a full name and beats nothing.
Any value between one half and one pairs the labelled items in `tests/data` alike."""


class Cast:
    """The actors of two briefings, to tell which are the same."""

    def __init__(self, old: Briefing, new: Briefing) -> None:
        self._old = {a.id: a for a in old.actors}
        self._new = {a.id: a for a in new.actors}

    def same(self, old: Party | None, new: Party | None) -> float:
        """Tell how surely two parties are one: `SURE`, `PROBABLE` or 0.

        Args:
            old: A party of the old briefing.
            new: A party of the new one.

        Returns:
            The likelihood; 0 when one of them is missing.
        """
        if old is None or new is None:
            return 0.0
        return _same(
            _names(old, self._old.get(old.id)),
            _names(new, self._new.get(new.id)),
        )


class Names:
    """The words of a briefing's sources, to look up who is named in them."""

    def __init__(self, briefing: Briefing) -> None:
        self._words = f" {content.plain(' '.join(s.text for s in briefing.sources))} "

    def has(self, actor: Item) -> bool:
        """Tell whether a name or alias of *actor* stands in the texts."""
        names = (actor.name, *actor.aliases) if isinstance(actor, Actor) else ()
        return any(f" {content.plain(name)} " in self._words for name in names)


def same_actor(old: Actor, new: Actor) -> float:
    """Tell how surely two actors are one: `SURE`, `PROBABLE` or 0."""
    return _same(
        _names(Party(id=old.id, name=old.name), old),
        _names(Party(id=new.id, name=new.name), new),
    )


def _names(party: Party, actor: Actor | None) -> tuple[str, ...]:
    known = (actor.name, *actor.aliases) if actor is not None else ()
    names = {party_names.bare(n) for n in (party.name, *known)}
    codes = {party_names.country_of_party(n) for n in (party.name, *known)}
    marked = {f"country {code}" for code in codes if code is not None}
    return tuple(sorted(names | marked))


@remembered(16_384)
def _same(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    if set(one) & set(two):
        return SURE
    if any(_ends_in(a, b) or _ends_in(b, a) for a in one for b in two):
        return PROBABLE
    return 0.0


def _ends_in(longer: str, shorter: str) -> bool:
    return (
        bool(shorter)
        and not shorter.startswith("country ")
        and longer.endswith(f" {shorter}")
        and party_names.country_of_party(shorter.title()) is None
    )
