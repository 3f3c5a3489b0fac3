"""Words that make somebody speak, take a stance or ask, and where they stand."""

import re
from collections.abc import Iterator
from functools import cache

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.text import quotes, words


@cache
def cue_pattern() -> re.Pattern[str]:
    """Compile the verbs of saying and asking, in all their forms."""
    forms = [f for form in ("speech", "requests") for f in _verbs(form)]
    return words.compiled(forms)


_MODALS = frozenset({"must", "should", "need to", "ought to", "require", "apply for"})
"""Who "must" do something is asked, and says nothing."""


def _verbs(section: str) -> Iterator[str]:
    for name, entries in words.lists(section).items():
        if name == "nominal":
            continue
        for verb in entries:
            if verb not in _MODALS:
                yield from map(re.escape, words.forms(verb))


@cache
def base_forms() -> frozenset[str]:
    """List the verbs as they stand behind "to" and "will"."""
    return frozenset(
        words.forms(verb)[0]
        for section in ("speech", "requests", "stance")
        for name, entries in words.lists(section).items()
        if name != "nominal" and section != "stance"
        for verb in entries
    ) | {
        "support", "back", "fear", "welcome", "plan", "call", "want", "show", "prefer",
        "like", "favor", "favour", "oppose", "expect",
    }  # fmt: skip


@cache
def stance_pattern() -> re.Pattern[str]:
    """Compile the words by which an article itself tells what somebody holds."""
    listed = [p for entries in words.lists("stance").values() for p in entries]
    own = [
        re.escape(f)
        for verb in words.lists("english")["stance_verbs"]
        for f in words.forms(verb)
    ]
    return words.compiled([*listed, *own])


def cues(text: str, sentence: Span) -> list[Span]:
    """List the words of saying and asking of a sentence outside its quotations."""
    return verbs_in(text, sentence, cue_pattern())


def stances(text: str, sentence: Span) -> list[Span]:
    """List the words by which a sentence ascribes a stance or a finding."""
    return verbs_in(text, sentence, stance_pattern())


_NOUN_BEFORE = re.compile(
    r"(?i)(?:\b(?:their|his|her|its|our|the|these|those|any|no|of|an?|tak(?:e|es|en|ing)|took)|[’']s|s[’'])\s+$"
)
"""What stands before a noun: "their claims" are nobody's claiming."""


def verbs_in(text: str, sentence: Span, pattern: re.Pattern[str]) -> list[Span]:
    """Find the words of a pattern outside quotations; names and nouns are no verbs."""
    inside = quotes.find(text, sentence)
    return [
        Span.at(m)
        for m in pattern.finditer(text, sentence.start, sentence.end)
        if not any(q.start <= m.start() < q.end for q in inside)
        and (m.group()[0].islower() or m.start() == sentence.start)
        and not _NOUN_BEFORE.search(text[max(0, m.start() - 12) : m.start()])
        and not verbs.goes_on(text, m.start())
    ]


@cache
def told_of() -> frozenset[str]:
    """List the verbs that are told of a party rather than say something for it."""
    plain = ("want", "like", "love", "see:saw", "know:knew", "plan", "expect", "fear",
             "prefer", "seek:sought", "show:showed,shown", "reserve", "offer")  # fmt: skip
    return frozenset(f.lower() for verb in plain for f in words.forms(verb))


def tells(text: str, cue: Span) -> bool:
    """Tell "found" and "shown", which tell what somebody says, from "wants"."""
    return cue.of(text).lower() not in told_of() and not any(
        words.pattern("stance", name).fullmatch(cue.of(text))
        for name in words.lists("stance")
    )


_MAY_PRECEDE = re.compile(
    r"(?i)(?:^|[,;:.—–“”\"]|\b(?:to|not|will|would|can|could|may|might|must|should|shall|do|does|did|and|or|but|also|both|all|"
    r"I|we|you|they|who|that|which|people|police|men|women|\w+n[’']t|\w+ly|\w+s))\s*$"
)
"""Before a verb in its base form: its subject, an auxiliary, an adverb."""


def is_noun(text: str, cue: Span) -> bool:
    """Tell "full defence support" from "they support": a base form that follows no subject."""
    if cue.of(text).lower() not in base_forms():
        return False
    return _MAY_PRECEDE.search(text[max(0, cue.start - 40) : cue.start]) is None


_PLAIN = re.compile(
    r"(?i)(?:said|says|say|added|adds|told|reported|announced|wrote|explained)"
)


def is_plain(verb: str) -> bool:
    """Tell the plain verbs of saying, which follow what is said: "…, X said"."""
    return _PLAIN.fullmatch(verb) is not None


@cache
def asking_pattern() -> re.Pattern[str]:
    """Compile the verbs of asking."""
    return words.compiled(_verbs("requests"))
