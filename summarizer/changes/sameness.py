"""How surely two items speak of the same thing: one score a section, 0 to 1,000.

What an item *is about* counts: who, towards whom, the content words, for a toll its
kind, place, event, people and counter. What two days *change* does not: act, negation,
modals, figures, status. A score below `ENOUGH` is 0: such items are not the same.

`tests/data/same-items.toml` holds invented pairs that a person judged, same or not;
`tests/test_changes_sameness.py` measures how many are judged alike, and the thresholds
stand where the two kinds part.
"""

from collections.abc import Callable

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    Figure,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
    When,
)
from schemas.terms import QuestionKind
from summarizer.assembly import tolls
from summarizer.changes.cast import Cast, same_actor
from summarizer.text import content, words

FULL = 1000
ENOUGH = {
    "requests": 480,
    "positions": 420,
    "casualties": 375,
    "developments": 695,
    "open_questions": 480,
}
"""Below these two items are not the same: the middle of the gap between the labelled
pairs that are not and that are (350 to 610, 333 to 500, 350 to 400, for developments
667 to 727, 182 to 909)."""

CLEAR = 500
"""A toll below this shares nothing particular with the other: it is the same only in two
briefings of one story, neither of which has another row that it could be."""

Paired = Callable[[str | None, str | None], bool]
"""Tells whether the items with these two ids have been paired already."""


def actors(old: Actor, new: Actor) -> int:
    """Score two actors: the same by name, and no person against a government."""
    return round(FULL * same_actor(old, new))


def requests(old: Request, new: Request, cast: Cast) -> int:
    """Score two requests: the same asker, the same asked if both tell, like contents."""
    asker = cast.same(old.by, new.by) if old.by and new.by else _UNTOLD
    asked = cast.same(old.to, new.to) if old.to and new.to else _UNTOLD
    contents = content.likeness(old.what, new.what)
    return _kept("requests", asker * asked * (0.35 + 0.65 * contents))


def positions(old: Position, new: Position, cast: Cast, paired: Paired) -> int:
    """Score two positions: the same holder or voice, and like contents.

    Two answers to one request need only half of the words; a different target speaks
    against them.
    """
    holder = _speaker(old, new, cast)
    score = content.likeness(old.gist, new.gist)
    if any(paired(a, b) for a in old.answers for b in new.answers):
        score = 0.5 + 0.5 * score
    if old.target and new.target:
        score += 0.1 if cast.same(old.target, new.target) else -0.2
    return _kept("positions", holder * min(1.0, score))


def casualties(old: Casualties, new: Casualties, cast: Cast) -> int:
    """Score two tolls: the same kind and scope; place, event, people, day, counter.

    What the sentences around them tell besides counts as well: tolls of two stories
    often have the same kind and neither place nor event.
    """
    if old.kind != new.kind or old.scope != new.scope:
        return 0
    if bool(old.part_of) != bool(new.part_of) or tolls.are_of_two_causes(old, new):
        return 0
    of_one = not (old.source and new.source) or bool(cast.same(old.source, new.source))
    if of_one and _is_unmoved(old, new):
        return FULL
    if _supersedes(
        old, new, lambda of_old, of_new: bool(cast.same(of_old, of_new))
    ) or (
        _supersedes(new, old, lambda of_new, of_old: bool(cast.same(of_old, of_new)))
    ):
        return FULL - 1
    score = 0.45 + _circumstances(old, new) + _surroundings(old, new)
    if old.source and new.source:
        score += 0.2 if cast.same(old.source, new.source) else -0.05
    return _kept("casualties", max(0.0, min(1.0, score)))


def developments(old: Development, new: Development, cast: Cast) -> int:
    """Score two events: like clauses, the same who acts; other places, days against.

    That two things happened in one place on one day does not make them one.
    """
    score = content.likeness(old.what, new.what)
    if old.who and new.who:
        met = any(cast.same(a, b) for a in old.who for b in new.who)
        score += 0.1 if met else -0.2
    score += _weigh(old.place, new.place, 0.0, -0.2)
    score += min(0.0, _days(old.when, new.when))
    return _kept("developments", max(0.0, min(1.0, score)))


def open_questions(
    old: OpenQuestion, new: OpenQuestion, cast: Cast, paired: Paired
) -> int:
    """Score two questions: the same kind, the same party asked, about the same item."""
    if old.kind != new.kind:
        return 0
    if old.who or new.who:
        return round(0.9 * FULL * cast.same(old.who, new.who))
    if old.kind not in _OF_THEIR_OWN and old.about and new.about:
        return round(0.9 * FULL) if paired(old.about, new.about) else 0
    one, two = content.subject(old.question), content.subject(new.question)
    return _kept("open_questions", content.likeness(one, two))


_OF_THEIR_OWN: frozenset[QuestionKind] = frozenset({"pending", "unspecified"})
"""Kinds of questions that a text raises; the others are derived from an item."""

_UNTOLD = 0.85
"""Stands for the likeness of who asks, or is asked, when a text leaves it out."""


def _kept(section: str, score: float) -> int:
    """Bring a score to thousandths; less than enough is nothing."""
    found = round(FULL * score)
    return found if found >= ENOUGH[section] else 0


def _speaker(old: Position, new: Position, cast: Cast) -> float:
    """Score the holders; one text may name the body and the other its spokesperson."""
    direct = cast.same(old.holder, new.holder)
    crossed = max(
        cast.same(old.voiced_by, new.holder), cast.same(old.holder, new.voiced_by)
    )
    return max(direct, 0.9 * crossed)


def _circumstances(old: Casualties, new: Casualties) -> float:
    """Weigh place, event, people and day: for, against, or nothing where one is silent."""
    score = _weigh(old.place, new.place, 0.2, -0.4)
    score += _weigh(old.event, new.event, 0.15, -0.15)
    one, two = tolls.heads(old.who_text), tolls.heads(new.who_text)
    if one and two:
        score += 0.2 if one & two else -0.2
    if "unknown" not in {old.who, new.who} and old.who != new.who:
        score -= 0.2
    return score + _days(old.when, new.when)


def _surroundings(old: Casualties, new: Casualties) -> float:
    """Weigh what the two sentences tell besides the count: for, against, or nothing."""
    one, two = _told_besides(old), _told_besides(new)
    if len(one) < _FEWEST or len(two) < _FEWEST:
        return 0.0
    common = len(one & two) / min(len(one), len(two))
    return 0.2 if common >= 0.5 else -0.2 if common < 0.34 else 0.0


_FEWEST = 2
"""Words besides the count that a sentence needs to say where and how people came to harm."""


def _told_besides(item: Casualties) -> frozenset[str]:
    """Reduce the sentences of a toll to what is neither the count nor weighed already."""
    told = " ".join(e.exact for e in item.evidence)
    for kind in words.lists("harm"):
        told = words.pattern("harm", kind).sub(" ", told)
    source = item.source.name if item.source else ""
    known = (item.who_text, item.count_text, source, item.place, item.event)
    weighed = content.stems(" ".join(filter(None, known)))
    return content.stems(told) - weighed - tolls.ANYBODY - tolls.EVERYWHERE


def _weigh(old: str | None, new: str | None, alike: float, unlike: float) -> float:
    if not old or not new:
        return 0.0
    common = content.stems(old) & content.stems(new)
    return alike if common else unlike


def _days(old: When | None, new: When | None) -> float:
    """Weigh two dates: days that cannot meet are two events."""
    if old is None or new is None or not (old.start and new.start):
        return 0.0
    return -0.3 if tolls.days_apart(old, new) else 0.1


def _is_unmoved(old: Casualties, new: Casualties) -> bool:
    """Tell one count in the same words: what else is known of it may have changed."""
    quotes = ([e.exact for e in one.evidence] for one in (old, new))
    before, after = quotes
    return same_figure(old, new) and old.place == new.place and before == after


def _supersedes(
    later: Casualties, earlier: Casualties, is_one: Callable[[Party, Party], bool]
) -> bool:
    """Tell whether a row names the figure of another as the one that it replaces."""
    return any(
        same_figure(f, earlier)
        # Two counters may give one figure, of which only one is taken back.
        and (
            (by := f.source or later.source) is None
            or earlier.source is None
            or is_one(by, earlier.source)
        )
        for f in later.supersedes
    )


def same_figure(one: Casualties | Figure, two: Casualties | Figure) -> bool:
    """Tell whether two counts mean the same number, whatever their words."""
    if (one.value, one.low, one.high) == (None, None, None):
        return content.plain(one.count_text or "") == content.plain(
            two.count_text or ""
        ) and (two.value, two.low, two.high) == (None, None, None)
    return (one.value, one.comparator, one.low, one.high) == (
        two.value,
        two.comparator,
        two.low,
        two.high,
    )


def meaning(item: Item) -> tuple[str, ...]:
    """List all that an item says, ids and places in the text aside, to tell equals."""
    fields = item.model_dump(mode="json", exclude=_UNMEANT)
    return tuple(f"{k}={_named(v)}" for k, v in sorted(fields.items()))


def _named(value: object) -> object:
    """Put the name of a party in its place: ids differ between two briefings.

    So do the places in the text of figures that are replaced.
    """
    if isinstance(value, list):
        return [_named(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "id" in value and "name" in value:
        return value["name"]
    return {k: _named(v) for k, v in value.items() if k not in _UNMEANT}


_UNMEANT = {
    "id",
    "verdict",
    "reasons",
    "found_by",
    "evidence",
    "corroboration",
    "about",
    "answers",
    "part_of",
    "speech",
    "when",
}
