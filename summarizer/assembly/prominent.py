"""Find the parties that an article keeps coming back to, whether or not an item does.

A party is prominent when the text names it twice or more and has it act at least once:
as the subject of a verb, or after "by" or "against". Places where things only happen
and outlets that only carried a quote are not.
"""

import re

from schemas.terms import ActorKind
from summarizer.reading.english import verbs
from summarizer.reading.english.names import name_words
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Mention

MENTIONS = 2
"""Times that a party is named, from which it is prominent: re3d counts an actor as
missed from two mentions on."""

_VERB = re.compile(
    r"(?:\s*,[^,.;]{1,80},)?\s+(?:(?:also|then|later|now|once|still|never|not|reportedly|\w+ly)\s+)*"
    r"(?P<verb>[a-z]+(?:[’']t)?)\b"
)
_ACTED_ON = re.compile(
    r"(?i)\b(?:by|against|between|with|fight(?:ing)?|defeat(?:ing)?|counter(?:ing)?|from the hands of|loyal to|supports?|"
    r"backed|allied with|joined|ally|allies|partners?)\s+(?:the\s+|an?\s+)?(?:\w+\s+and\s+(?:the\s+)?)?$"
)
_PLACED = re.compile(
    r"(?i)\b(?:in|at|near|from|into|across|throughout|outside|around|inside|towards?|to)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$"
)
_IN = re.compile(
    r"(?i)\b(?:in|at|near|into|across|throughout|outside|around|inside|(?:city|town|village|province|district|region|capital|"
    r"north|south|east|west|outskirts|centre|center|airport|part|parts) of)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|northern|southern|eastern|western|central|downtown)\s+(?:of\s+)?)?$"
)
_REACH = 60
_ONE_WORD = 12
"""Code points from which a described body ("the Syrian opposition") says whose it is."""


_NAME_BEFORE = re.compile(r"[A-Z][\w’'-]+,\s+(?:the\s+|an?\s+)?$")
_NAME_AFTER = re.compile(r",?\s+(?:Mr|Ms|Mrs|Dr)?\.?\s?[A-Z][\w’'-]+")
_SUFFERS = re.compile(
    r"(?i)\s+(?:(?:has|have|had)\s+)?(?:is|are|was|were|been|being)\s+(?:(?:also|now|still|not|later|\w+ly)\s+)*"
    r"(?:(?:re)?(?:captured|taken|conquered|occupied)|liberated|freed|free|seized|shelled|bombed|hit|struck|besieged|surrounded|"
    r"flooded|destroyed|damaged|home|located|situated|held|cut off)\b"
)
"""What happens to towns: a name of unknown kind that only suffers it is no party."""


def find(directory: Directory) -> list[Mention]:
    """List the first mention of each prominent party, in the order of the text."""
    named: dict[str, list[tuple[Mention, ActorKind]]] = {}
    text = directory.article.text
    for mention in directory.all:
        if mention.nested or not _may_act(mention) or _is_office(text, mention):
            continue
        known = directory.meant(mention)
        named.setdefault(known.key, []).append((mention, known.kind))
    return [
        places[0][0]
        for places in named.values()
        if len(places) >= MENTIONS
        and any(_is_body(m, kind) or _acts(directory, m) for m, kind in places)
        and not any(m.kind is None and _is_place(directory, m) for m, _ in places)
    ]


def _may_act(mention: Mention) -> bool:
    return mention.form != "pronoun" and mention.kind not in {"media", "group"}


def _is_body(mention: Mention, kind: ActorKind) -> bool:
    """Tell a body by its name: being named twice is enough, it need not act."""
    if kind in {"igo", "armed_group"}:
        return True
    return mention.kind in {"government", "organisation"} and (
        mention.form == "name" or mention.core.end - mention.core.start > _ONE_WORD
    )


def _is_office(text: str, mention: Mention) -> bool:
    """Tell the office beside a name from somebody known by it alone."""
    if mention.kind != "officials":
        return False
    before = text[max(0, mention.span.start - _REACH) : mention.span.start]
    after = text[mention.span.end : mention.span.end + _REACH]
    return (
        _NAME_BEFORE.search(before) is not None or _NAME_AFTER.match(after) is not None
    )


def _is_place(directory: Directory, mention: Mention) -> bool:
    """Tell "in Mosul" and "the city of Mosul" from parties; a country can be both."""
    text = directory.article.text
    if name_words.is_country(mention.core.of(text)):
        return False
    before = text[max(0, mention.span.start - _REACH) : mention.span.start]
    return _IN.search(before) is not None


def _acts(directory: Directory, mention: Mention) -> bool:
    """Tell whether a phrase is the subject of a verb, or acted by, with or against."""
    text = directory.article.text
    before = text[max(0, mention.span.start - _REACH) : mention.span.start]
    if _ACTED_ON.search(before):
        return True
    if _PLACED.search(before):
        return False
    index = directory.article.index_at(mention.span.start)
    if index is None:
        return False
    end = directory.article.sentences[index].span.end
    after = text[mention.span.end : min(end, mention.span.end + 120)]
    if mention.kind is None and _SUFFERS.match(after):
        return False
    verb = _VERB.match(after)
    return verb is not None and verbs.is_finite(verb["verb"])
