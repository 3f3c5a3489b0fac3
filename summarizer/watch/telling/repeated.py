"""What readers know already, told again by another article in its own words. Pure.

Two briefings are paired item by item; an item beside the one that it repeats has no
partner left, and would pass for new. What parties say is held against what they said
(`recaps`), a count against the counts that are known, whoever wrote them down and where.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from schemas.briefing import Briefing, Casualties, OpenQuestion, Position, Request
from summarizer.assembly import tolls
from summarizer.changes import Change, answers
from summarizer.changes.values import AnyItem
from summarizer.reading.english.names import party_names
from summarizer.text.typography import flat
from summarizer.watch.telling import recaps


def is_repeated(change: Change, known: Briefing, new: Briefing) -> bool:
    """Tell whether a new item only says again what readers know.

    Args:
        change: A change.
        known: What they know.
        new: The briefing that the change leads to.
    """
    return _Known(known, new).has(change)


def fresh(
    changes: Sequence[Change], known: Briefing, new: Briefing
) -> tuple[Change, ...]:
    """Leave out what readers know, and the questions that only it raises.

    Args:
        changes: The changes.
        known: What readers know.
        new: The briefing that the changes lead to.
    """
    they_know = _Known(known, new)
    again = {id(c) for c in changes if they_know.has(c)}
    repeated = {q for c in changes if id(c) in again for q in _quotes(c.item)}
    before = {q for one in _items(known) for q in _quotes(one)}
    return tuple(
        c
        for n, c in enumerate(changes)
        if id(c) not in again
        and not _asks_of(c, repeated, before)
        and not any(_asks_the_same(c, one) for one in changes[:n])
        and not _was_answered(c, known)
        and not _is_within_another(c, new)
    )


def _asks_the_same(change: Change, other: Change) -> bool:
    """Tell one question from two places: the same words, whatever raised them."""
    one, two = change.item, other.item
    if not isinstance(one, OpenQuestion) or not isinstance(two, OpenQuestion):
        return False
    return change.kind == other.kind and one.question == two.question


def _is_within_another(change: Change, new: Briefing) -> bool:
    """Tell a statement that is a part of what its party says in the same sentence.

    Of "denied that she had promised it" the promise by itself would be told as made.
    """
    item = change.item
    if change.kind != "new" or not isinstance(item, Position):
        return False
    place = item.evidence[0]
    return any(
        one.id != item.id
        and one.holder == item.holder
        and len(one.gist) > len(item.gist)
        and item.gist in one.gist
        and one.evidence[0].source == place.source
        and one.evidence[0].span.overlaps(place.span)
        for one in new.positions
    )


def _was_answered(change: Change, known: Briefing) -> bool:
    """Tell whether readers know the answer to a request that a question asks for."""
    question = change.old
    if change.kind != "answered" or not isinstance(question, OpenQuestion):
        return False
    asked = [r for r in known.requests if r.id == question.about]
    return question.kind == "unanswered_request" and any(
        answers.reply(one, known) is not None for one in asked
    )


def _asks_of(change: Change, repeated: set[str], before: set[str]) -> bool:
    """Tell a question that is new only because something was said again."""
    if change.kind != "new" or not isinstance(change.item, OpenQuestion):
        return False
    quotes = _quotes(change.item)
    return bool(quotes & repeated) and quotes <= repeated | before


def _items(known: Briefing) -> Iterator[AnyItem]:
    yield from known.requests
    yield from known.positions
    yield from known.casualties
    yield from known.developments


def _quotes(item: AnyItem) -> set[str]:
    return {one.exact for one in item.evidence}


class _Known:
    """What readers know, to hold the changes of a newer briefing against it."""

    def __init__(self, known: Briefing, new: Briefing) -> None:
        self._counts = _Counts(known, new)
        self._said = recaps.Said(known, new)
        self._asked = {one.question for one in known.open_questions}

    def has(self, change: Change) -> bool:
        """Tell whether a change is new in the briefing and not to the readers."""
        item = change.item
        if change.kind != "new":
            return False
        if isinstance(item, Casualties):
            return self._counts.has(item)
        if isinstance(item, OpenQuestion):
            return item.question in self._asked
        return isinstance(item, Position | Request) and self._said.again(item)


class _Counts:
    """The counts that readers know, to hold one of a newer briefing against them."""

    def __init__(self, known: Briefing, new: Briefing) -> None:
        self._known = known.casualties
        self._old_tongues = {s.id: s.language for s in known.sources}
        self._new_tongues = {s.id: s.language for s in new.sources}

    def has(self, item: Casualties) -> bool:
        """Tell whether a count is one of those that are known."""
        said = _words(item)
        if any(_words(o) == said and tolls.same_number(item, o) for o in self._known):
            return True
        if _MORE.search(said) or _takes_back(item):
            return False
        return any(
            tolls.same_number(item, one)
            and (item.kind, item.scope) == (one.kind, one.scope)
            and self._is_of_the_same(item, one)
            and (_SAID_AGAIN.search(said) or self._counter_is_known(item, one))
            for one in self._known
        )

    def _counter_is_known(self, item: Casualties, known: Casualties) -> bool:
        """Tell whether no other counter confirms a count, which would be news.

        A counter may be named in the sentence and not be read as one, or be called
        otherwise in another language.
        """
        if item.source is None or self._are_of_two_languages(item, known):
            return True
        if known.source is not None:
            return party_names.same(known.source.name, item.source.name)
        return f" {party_names.bare(item.source.name)} " in f" {_plain(_words(known))} "

    def _is_of_the_same(self, item: Casualties, known: Casualties) -> bool:
        """Tell whether two counts may be of the same people."""
        if self._are_of_two_languages(item, known):
            nobody = {"who_text": None}
            return not tolls.set_apart(
                item.model_copy(update=nobody), known.model_copy(update=nobody)
            )
        if not tolls.set_apart(item, known):
            return True
        nowhere: dict[str, None] = {"place": None}
        elsewhere = tolls.set_apart(
            item.model_copy(update=nowhere), known.model_copy(update=nowhere)
        )
        return not elsewhere and _share_a_place(item, known)

    def _are_of_two_languages(self, item: Casualties, known: Casualties) -> bool:
        one = self._new_tongues.get(item.evidence[0].source)
        two = self._old_tongues.get(known.evidence[0].source)
        return one is not None and two is not None and one != two


def _takes_back(item: Casualties) -> bool:
    """Tell whether an article itself puts a count in the place of another.

    "From 18 to 17" is news, also for readers who heard of 17 before they heard of 18.
    """
    source = item.evidence[0].source
    return any(one.evidence[0].source == source for one in item.supersedes)


def _share_a_place(one: Casualties, two: Casualties) -> bool:
    """Tell whether the place of one count stands in the other's sentence, on one day.

    "A village in the uplands" is the place of one report, the village that of the next.
    Of two villages of one region the day is not enough: the place itself must be named.
    """
    days = [set(_DAY.findall(_words(item))) for item in (one, two)]
    return bool(
        days[0] & days[1]
        and any(
            place and re.search(rf"\b{re.escape(place)}\b", _words(other))
            for place, other in ((one.place, two), (two.place, one))
        )
    )


def _words(item: Casualties) -> str:
    return flat(" ".join(e.exact for e in item.evidence))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


_SAID_AGAIN: Final = re.compile(
    r"(?i)\b(?:(?:stood|stands|standing|stand) by|(?:stuck|sticks|sticking) to|"
    r"(?:repeat|reiterat|reaffirm|maintain)(?:ed|s|ing|es)?|"
    r"(?:is|was|were|are|remain(?:s|ed)?|kept|left|put again) (?:still |again )?"
    r"(?:at|unchanged)|unchanged|no change)\b"
)
"""A counter says itself that its count is the one that it gave before."""

_MORE: Final = re.compile(
    r"(?i)\b(?:another|further|additional|more(?! than))\s+\w+\b|\bas well\b"
)
"""Others beside those who are known, however many."""

_DAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
