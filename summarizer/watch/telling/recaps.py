"""What a party said before, said again: a repetition, a look back, or a recap. Pure.

News tells what went before for readers who have not heard of it. A desk has: it is told
again only what a party adds, takes back, or says of other things.
"""

import re
from collections.abc import Iterator
from typing import Final

from schemas.briefing import Briefing, Position, Request
from summarizer.changes import stance
from summarizer.changes.cast import Cast
from summarizer.text import content
from summarizer.text.typography import flat

ALIKE: Final = 0.75
"""Share of common stems from which two statements of one party say the same."""

LOOKED_BACK: Final = 0.4
"""The share that is enough where the words say that it was said before ("had said")."""

RECAPPED: Final = 0.9
"""Share of a statement's stems that must stand in what is known of the matter."""

_FEWEST: Final = 4
"""Stems that a statement needs to be known by them: fewer are in many texts by chance."""

Statement = Position | Request


class Said:
    """What readers know that parties said, to hold a statement against it."""

    def __init__(self, known: Briefing, new: Briefing) -> None:
        """Take what readers know, and the briefing that has the statement."""
        self._known = known
        self._cast = Cast(known, new)
        told = (*known.requests, *known.positions, *known.developments)
        self._words = " ".join(_told(one) for one in told)

    def again(self, item: Statement) -> bool:
        """Tell whether a statement only says again what its party said."""
        before = list(self._of_the_same(item))
        if any(_is_alike(one, item, ALIKE) for one in before):
            return True
        sentence = flat(" ".join(e.exact for e in item.evidence))
        if _ADDED.search(sentence) or not self._has_all_figures(item):
            return False
        if _AGAIN.search(sentence):
            voiced = [*before, *self._of_the_named(item)]
            return any(_on_one_matter(one, item) for one in voiced)
        if _LOOKED_BACK.search(sentence):
            return any(_is_alike(one, item, LOOKED_BACK) for one in before)
        return self._is_recap(item, before)

    def _of_the_same(self, item: Statement) -> Iterator[Statement]:
        """Yield what the same party said, of the same kind of statement."""
        known: tuple[Statement, ...] = (
            self._known.positions
            if isinstance(item, Position)
            else self._known.requests
        )
        for one in known:
            if _by(one) == _by(item) or self._is_one_party(one, item):
                yield one

    def _is_one_party(self, one: Statement, item: Statement) -> bool:
        old = one.holder if isinstance(one, Position) else one.by
        new = item.holder if isinstance(item, Position) else item.by
        return bool(self._cast.same(old, new))

    def _of_the_named(self, item: Statement) -> Iterator[Statement]:
        """Yield what others said on the matter, for whom "the company" may stand."""
        if isinstance(item, Position) and _COMMON.match(item.holder.name):
            about = content.stems(item.gist)
            for one in self._known.positions:
                if about & content.stems(_told(one)):
                    yield one

    def _has_all_figures(self, item: Statement) -> bool:
        """Tell whether every figure of a statement stands in what is known."""
        return _numbers(_gist(item)) <= _numbers(self._words)

    def _is_recap(self, item: Statement, before: list[Statement]) -> bool:
        """Tell whether what is known holds all words of a statement, on the same side."""
        gist = _ASIDE.sub("", _gist(item))
        has_aside = gist != _gist(item)
        if any(_is_general(one) for one in before) and _denies(item):
            # Who denied the accusation, whatever it is, denied each word of it.
            return content.covered(gist, self._words) >= _OF_AN_ACCUSATION
        if (
            len(content.stems(gist)) < _FEWEST
            or content.covered(gist, self._words) < RECAPPED
        ):
            return False
        return any(
            content.covered(gist, _told(one)) >= _HALF
            and _is_on_one_side(one, item, gist, has_aside=has_aside)
            for one in before
        )


_HALF: Final = 0.5
_OF_AN_ACCUSATION: Final = 0.8


def _is_alike(one: Statement, two: Statement, least: float) -> bool:
    first, second = _gist(one), _gist(two)
    if _is_reversed(one, two):
        return False
    return (
        content.is_negated(first) == content.is_negated(second)
        and _numbers(first) == _numbers(second)
        and content.likeness(first, second) >= least
    )


def _is_reversed(one: Statement, two: Statement) -> bool:
    return (
        isinstance(one, Position)
        and isinstance(two, Position)
        and stance.of_positions(one, two) == "reversed"
    )


def _on_one_matter(one: Statement, two: Statement) -> bool:
    """Tell whether two statements may be one: the same act, or a common word."""
    if isinstance(one, Position) and isinstance(two, Position):
        if one.act == two.act and one.act in {"deny", "refuse"}:
            return True
        if _is_reversed(one, two) and one.act != "deny":
            return False
    return bool(content.stems(_gist(one)) & content.stems(_gist(two)))


def _is_on_one_side(
    one: Statement, two: Statement, gist: str, *, has_aside: bool
) -> bool:
    if isinstance(one, Position) and isinstance(two, Position):
        bare = two.model_copy(update={"gist": gist})
        moved = stance.of_positions(one, bare)
        # The act may be read from the aside, which is another's.
        return moved in {None, "reworded"} or (has_aside and moved != "reversed")
    return content.is_negated(_gist(one)) == content.is_negated(gist)


def _denies(item: Statement) -> bool:
    return isinstance(item, Position) and item.act == "deny"


def _is_general(one: Statement) -> bool:
    """Tell a denial of whatever was said: "denied the accusation as well"."""
    return _denies(one) and _GENERAL.search(_gist(one)) is not None


def _gist(item: Statement) -> str:
    return flat(item.gist if isinstance(item, Position) else item.what)


def _told(item: object) -> str:
    return flat(" ".join(e.exact for e in getattr(item, "evidence", ())))


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def _by(item: Statement) -> str:
    party = item.holder if isinstance(item, Position) else item.by
    return party.name.casefold() if party is not None else ""


_AGAIN: Final = re.compile(
    r"(?i)\b(?:(?:repeat(?:s|ed)|reiterat(?:es|ed)|reaffirm(?:s|ed)|restat(?:es|ed))"
    r"(?: once (?:more|again))?[, ]+(?:that|(?:his|her|its|their|the) (?:\w+ )?"
    r"(?:call|demand|request|appeal|threat|warning|denial|offer|promise|view|claim|position))|"
    r"(?:stood|stands) by|(?:stuck|sticks) to|once (?:more|again)|"
    r"again (?:said|says|den\w+|call\w*|ask\w*|urg\w+|demand\w*|warn\w*|reject\w*|refus\w+)|"
    r"(?:den\w+|reject\w*|refus\w+)\b[^.;:]{0,60}\bagain)\b"
)
"""A verb by which a writer says that it was said before."""

_LOOKED_BACK: Final = re.compile(
    r"(?i)\bhad (?:\w+ly |already |earlier |previously |also )?"
    r"(?:said|told|asked|called|demanded|denied|rejected|refused|announced|promised|"
    r"threatened|warned|accused|insisted|argued|claimed|declared|urged|vowed|pledged)\b"
)

_ADDED: Final = re.compile(
    r"(?i)\b(?:and|but|while)\s+(?:\w+ )?(?:add(?:s|ed)|also|now|this time|for the first time)\b|"
    r"\b(?:no longer|for the first time|instead)\b"
)
"""Words behind which a party says what it did not say before."""

_COMMON: Final = re.compile(
    r"(?i)^the (?:company|firm|operator|manufacturer|airline|carrier|owner|bank|group|"
    r"party|movement|agency|organi[sz]ation|association|authority|institute|club)$"
)

_GENERAL: Final = re.compile(
    r"(?i)\b(?:(?:the|all|any|these|those|such|both)\s+)?"
    r"(?:accusations?|allegations?|charges?|claims?|reports?|wrongdoing|it|this|them)"
    r"(?: as well| too| again)?\W*$"
)

_ASIDE: Final = re.compile(
    r"(?i),\s*(?:which|who|as)\s[^.;]*?\b(?:den(?:y|ies|ied)|alleg(?:es|ed?)|claim(?:s|ed)?|"
    r"sa(?:y|ys|id)|reject(?:s|ed)?|accus(?:es|ed?))\b[^.;]*$"
)
"""Who else speaks of it: "…, which the company denies", "…, as an auditor alleges"."""
