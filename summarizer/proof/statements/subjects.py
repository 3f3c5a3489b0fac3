"""Whose verb it is: the phrase before or behind it."""

import re
from functools import cache

from schemas.evidence import Span
from summarizer.proof.statements.cue_words import base_forms, cue_pattern
from summarizer.reading.values import Mention
from summarizer.text import words

BREAK = re.compile(
    r"[;:“”\"?!]|\.\s|\b(?:that|because|when|while|after|before|if|but)\b"
)


TRAILING = re.compile(
    r"(?i)(?:\s|,|\b(?:has|have|had|is|are|was|were|be|been|will|would|did|does|do|also|later|then|again|"
    r"once|twice|first|who|which|not|never|both|all|(?!(?:daily|weekly|monthly|family|ally|assembly|rally|july)\b)\w+ly|on \w+day|\w+day|yesterday|last \w+|this \w+|"
    r"earlier|recently|still|now|repeatedly|himself|herself|itself|themselves)\b)*$"
)


ASIDE = re.compile(r"\([^()]{1,80}\)|,[^,;:“”\"]{1,160},|[—–][^—–]{1,160}[—–]")


MOST_BETWEEN = 9
"""Words between a speaker and the verb, asides between commas left out."""


_OBJECT_OF = re.compile(
    r"(?i)\b(?:on|in|at|to|from|with|by|about|against|into|over|under|between|than)\s+(?:the\s+|an?\s+)?$"
)
"""Before a phrase that is no subject: "what she saw on Facebook shows"."""


_NO_SUBJECT = re.compile(
    r"\bto\s+(?:\w+ly\s+)?$"
    r"|,\s+(?:we|I|he|she|they|you)\s+(?:(?:have|has|had|would|will|also|\w+ly)\s+)*$"
)
"""Before a verb in the infinitive ("asked Chad to recall its envoy"), or with a subject of
its own ("in letters to Chad, we have asked")."""


def is_subject_of(text: str, who: Span, cue: Span) -> bool:
    """Tell whether a phrase is the subject of a verb behind it."""
    if who.end > cue.start or re.match(r"[’']s?\b", text[who.end :][:2]):
        return False
    if _OBJECT_OF.search(text[max(0, who.start - 20) : who.start]):
        return False
    if _NO_SUBJECT.search(text[who.end : cue.start]) or _is_passive(text, who, cue):
        return False
    gap = ASIDE.sub(" ", text[who.end : cue.start])
    gap = TRAILING.sub("", gap)
    gap = re.sub(r"^\s*,\s*(?:who|which)\b", "", gap)
    if BREAK.search(gap) or len(gap.split()) > MOST_BETWEEN:
        return False
    return not is_finite(gap)


def disagree(text: str, speaker: Mention, cue: Span) -> bool:
    """Tell whether a verb in its base form follows one party: "enjoyed support"."""
    if cue.of(text).lower() not in base_forms():
        return False
    core = speaker.core.of(text)
    joined = " and " in text[speaker.span.start : cue.start]
    before = text[max(0, speaker.span.start - 40) : speaker.span.start]
    joined = joined or re.search(r"\band\s+(?:the\s+)?$", before) is not None
    return not (joined or core.endswith(("s", "people", "police", "they", "I")))


def _is_passive(text: str, who: Span, cue: Span) -> bool:
    """Tell "was asked", of which the phrase before is no asker."""
    done = re.search(
        r"(?:ed|told|sworn|said|sought|found|shown|seen|known|held|thought)$",
        cue.of(text).lower(),
    )
    before = re.search(
        r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$",
        text[who.end : cue.start],
    )
    return done is not None and before is not None


def is_finite(gap: str) -> bool:
    """Tell whether a stretch holds a verb of its own, so that it parts two clauses."""
    if cue_pattern().search(gap):
        return True
    return any(w.lower() in _finite_words() for w in re.findall(r"[\w’']+", gap))


@cache
def _finite_words() -> frozenset[str]:
    lists = words.lists("function_words")
    return frozenset([*lists["auxiliaries"], *lists["common_verbs"]])


_INVERTED = re.compile(
    r"(?i)(?:said|says|say|added|adds|wrote|writes|explained|explains|insisted|insists|replied|recalled)$"
)


_OBJECT_FIRST = re.compile(r"(?i)\s*(?:to|that|it|he|she|they|in|on|at|of)\b")


def is_subject_behind(text: str, cue: Span, who: Span) -> bool:
    """Tell whether a phrase is the subject of a verb before it: "…, said Jupiter"."""
    if who.start < cue.end or not _INVERTED.search(cue.of(text)):
        return False
    gap = text[cue.end : who.start]
    if _OBJECT_FIRST.match(gap) or "," in gap or BREAK.search(gap):
        return False
    return len(gap.split()) <= MOST_BETWEEN and not is_finite(gap)


_GOES_ON = re.compile(
    r"(?:,\s*)?(?:of|in|at|on|for|from|with|who|which|and|[(])(?!.*\b(?:he|she|it|they|we|who|which)$)"
)
"""What may follow a name within the phrase that speaks."""


def stands_bare(text: str, who: Span, cue: Span) -> bool:
    """Tell a name that is itself the subject from one that tells of another's noun.

    "The US daily wrote", "the Clinton campaign said", "…, it said" let neither speak.
    """
    if who.end > cue.start:
        behind = re.match(
            r"\s+(?!(?:of|in|at|on|for|from|to|as|who|and|during|after|late|last|this|yesterday)\b)[a-z]+",
            text[who.end :],
        )
        return behind is None
    gap = TRAILING.sub("", ASIDE.sub(" ", text[who.end : cue.start])).strip()
    return not gap or _GOES_ON.match(gap) is not None
