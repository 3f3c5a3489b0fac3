"""Who is asked, and for what, behind a verb or a noun of asking."""

import re

from schemas.evidence import Span
from summarizer.reading.english.asking import content
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Mention

HELP = r"assistance|support|help|aid|backing|cooperation|mediation|protection|approval|permission|resignation|withdrawal|release|commitment|guarantees?|refuge|asylum|intervention"
"""What somebody gives who is asked: "B’s assistance" is asked of B."""

_HIS_HELP = re.compile(rf"\s+(?:the\s+)?\S+[’']s?\s+(?:\w+\s+){{0,2}}(?:{HELP})\b")
_OWNER_MARK = re.compile(r"[’']s?\s+")
_OWNER_REACH = 6
"""Code points between "seeking" and the owner of what is sought."""

_THAT = re.compile(r"(?:\s+\w+day)?\s+that\s+(?:the\s+|an?\s+|its\s+)?")
_LEAD = re.compile(
    r"(?i)(?:\s+\w+day)?\s+(?:(?:on|upon|to|with)\s+)?(?:the\s+|an?\s+)?"
)
_FOR = re.compile(r"\s+(?:for|to)\b")
_DONE_TO = re.compile(
    r"(?i)(?:the\s+|an?\s+)?(?:\w+\s+)?(?:arrest|release|extradition|prosecution|trial|expulsion|punishment|"
    r"execution|protection|evacuation)\s+of\b"
)
_OWNED = re.compile(r"(?:the\s+)?\w+(?:al|ion|ase)\s+of\b")


def after_verb(
    here: Sentence, cue: Span, word: str
) -> tuple[Mention | None, Span | None]:
    """Find who is asked, and for what, after an active verb."""
    rest = here.after(cue.end)
    if word.rsplit(maxsplit=1)[-1] == "for":
        return _from_whom(here, cue.end)
    if word.startswith(("seek", "sought", "solicit")) or _HIS_HELP.match(rest):
        return _sought(here, cue.end)
    that = _THAT.match(rest)
    lead = that or _LEAD.match(rest)
    to = first_at(here, cue.end + (lead.end() if lead else 0), slack=1)
    if to is not None:
        return to, content.after(here, to.span.end)
    if word.startswith(("demand", "order", "requir")):
        return _from_whom(here, cue.end)
    is_told = that or _FOR.match(rest)
    return None, content.after(here, cue.end) if is_told else None


def first_at(here: Sentence, start: int, *, slack: int) -> Mention | None:
    """Find the phrase that begins within *slack* code points of *start*."""
    for mention in here.mentions:
        if (
            start - 4 <= mention.span.start <= start + slack
            and mention.span.end > start
        ):
            return mention
    return None


def _sought(here: Sentence, start: int) -> tuple[Mention | None, Span | None]:
    """Read "seeking B’s assistance to …": B is asked."""
    text = here.text
    owner = next(
        (
            m
            for m in here.all
            if m.span.start >= start
            and re.match(r"[’']s?\s", text[m.span.end : m.span.end + 3])
        ),
        None,
    )
    if owner is None or owner.span.start - start > _OWNER_REACH:
        return _from_whom(here, start)
    mark = _OWNER_MARK.match(text, owner.span.end, here.span.end)
    return owner, content.after(here, mark.end() if mark else owner.span.end)


def _from_whom(here: Sentence, start: int) -> tuple[Mention | None, Span | None]:
    """Read "for X from B" and "the withdrawal of B"."""
    what = content.after(here, start)
    if what is None:
        return None, None
    named = [
        m for m in here.mentions if m.span.start >= start and m.span.overlaps(what)
    ]
    if _DONE_TO.match(what.of(here.text)):
        # "for the release of Orr from Chad" is not asked of Orr
        return _first_behind(here, named, start, r"from\s+(?:the\s+)?"), what
    # "the withdrawal of Serbian forces from Bosnia" is asked of the forces.
    owned = _OWNED.match(what.of(here.text))
    for preposition in ("of",) if owned else ("from", "of|by|in"):
        link = rf"(?:{preposition})\s+(?:the\s+|an?\s+)?"
        to = _first_behind(here, named, start, link)
        if to is not None:
            return to, what
    return None, what


def _first_behind(
    here: Sentence, named: list[Mention], start: int, link: str
) -> Mention | None:
    """Find the first party right behind some words."""
    behind = re.compile(rf"(?i)\b{link}$")
    found = (m for m in named if behind.search(here.text[start : m.span.start]))
    return next(found, None)
