"""What a sentence leaves undecided or unsaid, read from its words.

Asked for such questions, the embedded model asked what the sentence answers (15 of 15
tried); the forms below are few but sure, and each question is made of the sentence's
own words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.sources import Article

MOST = 3
_MOST_WORDS = 12
"""Words taken over into a question of at most twenty."""

_NP = r"(?P<thing>[^,.;:“”\"()]{3,110})"
_FORMS: tuple[tuple[Literal["pending", "unspecified"], re.Pattern[str], str], ...] = (
    (
        "pending",
        re.compile(
            rf"(?i)\b(?:unclear|not (?:yet )?(?:clear|known)|unknown|not (?:yet )?decided|undecided|yet to decide) whether {_NP}"
        ),
        "Is it decided or known by now whether {thing}?",
    ),
    (
        "pending",
        re.compile(
            rf"\b(?P<subject>[A-Z][^,.;:“”\"()]{{1,60}}?) (?:has|have|had) yet to {_NP}"
        ),
        "Will {subject} {thing}?",
    ),
    (
        "pending",
        re.compile(
            r"\b(?P<subject>[A-Z][^,.;:“”\"()]{1,60}?) (?:is|are) (?:expected|due|scheduled|set) to (?P<thing>(?:vote|decide|rule|resume|"
            r"meet|announce|publish|debate|respond|hold|open|begin|start|hear|elect|choose|discuss|sign|appear|report)\b[^,.;:“”\"()]{0,80})"
        ),
        "What will come of it when {subject} {verb_s}?",
    ),
    (
        "pending",
        re.compile(rf"(?i)\b(?:an?|the|any)\s+(?:potential|proposed)\s+{_NP}"),
        "What will become of the {adjective} {thing}?",
    ),
    (
        "pending",
        re.compile(
            rf"(?i)\b(?:talks|negotiations)\b[^,.;]{{0,80}}?\s(?:over|on|about|aimed at)\s+(?!\w+day\b|\d){_NP}"
        ),
        "What has come of the talks on {thing}?",
    ),
    (
        "unspecified",
        re.compile(
            r"\b(?:did|does|do) not (?:say|specify|explain|disclose|reveal|make clear) (?:(?:on )?[A-Z]\w+day )?"
            r"(?P<thing>(?:why|how|when|where|who|which|what|whether) [^,.;:“”\"()]{3,110})"
        ),
        "Is it known {thing}?",
    ),
    (
        "unspecified",
        re.compile(
            rf"(?i)\b(?:did|does|do) not (?P<verb>name|identify|specify|give|disclose|say) (?!(?:(?:on )?\w+day )?(?:whether|that|if|why|how|when|where|who|which|what)\b){_NP}"
        ),
        "What is known about {thing}?",
    ),
    (
        "unspecified",
        re.compile(
            r"(?P<thing>[“\"‘]\b[a-z]+(?: [a-z]+)?s[”\"’]),? including (?P<known>[^,.;:()]{3,60})"
        ),
        "Which {thing} are meant besides {known}?",
    ),
)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One thing that a sentence leaves open.

    Attributes:
        sentence: Index of the sentence.
        place: The words that leave it open.
        question: A question made of them.
    """

    sentence: int
    kind: Literal["pending", "unspecified"]
    place: Span
    question: str


def find(article: Article) -> list[Unsettled]:
    """Find what an article leaves open, the surest forms first, `MOST` at most.

    Read in English only: the forms are its grammar.
    """
    if article.tongue != "en":
        return []
    found: list[tuple[int, Unsettled]] = []
    for index, sentence in enumerate(article.sentences):
        for rank, one in _in_sentence(article.text, index, sentence.span):
            found.append((rank, one))
    found.sort(key=lambda f: (f[0], f[1].sentence))
    return [one for _, one in found[:MOST]]


def _in_sentence(text: str, index: int, span: Span) -> Iterator[tuple[int, Unsettled]]:
    for rank, (kind, pattern, form) in enumerate(_FORMS):
        for match in pattern.finditer(text, span.start, span.end):
            groups = match.groupdict()
            if re.search(r"(?i)\bno\s+$", text[span.start : match.start()][-4:]):
                continue
            thing = _cut(groups["thing"])
            if _ASKED.match(thing) and not _is_whole(groups["thing"]):
                continue
            adjective = re.search(r"(?i)potential|proposed", match.group())
            if _SETTLED.search(text[match.start() : span.end]):
                continue  # "talks on pay collapsed": it is told what came of them
            question = form.format(
                thing=thing,
                subject=" ".join((groups.get("subject") or "").split()),
                verb_s=_agreeing(groups.get("subject") or "", thing),
                known=_cut(groups.get("known") or ""),
                adjective=adjective.group().lower() if adjective else "",
            )
            place = Span.at(match)
            yield rank, Unsettled(index, kind, place, question)


_ASKED = re.compile(r"(?:why|how|when|where|who|which|what|whether)\b")
"""A question within a sentence, which needs its verb."""


def _is_whole(asked: str) -> bool:
    """Tell "why they had left" from "whether the review", cut before its verb."""
    return len(asked.split()) <= _MOST_WORDS and verbs.has_clause(asked)


_SETTLED = re.compile(
    r"(?i)\b(?:talks|negotiations)\b[^,.;]*\b(?:collapsed|failed|ended|broke down|broke up|succeeded|concluded|produced|led to|brought)\b"
)


def _agreeing(subject: str, thing: str) -> str:
    """Put a verb into the present: "vote on 4 November" of Parliament: "votes on …"."""
    verb, _, rest = thing.partition(" ")
    plural = subject.split()[-1:] and subject.rsplit(maxsplit=1)[-1].endswith("s")
    ending = "" if plural else "es" if verb.endswith(("s", "sh", "ch")) else "s"
    return f"{verb}{ending} {rest}".strip()


def _cut(words: str) -> str:
    """Take at most `_MOST_WORDS` words, to the end of the phrase they begin."""
    head = re.split(
        r"\s(?:that|which|who|when|while|after|before|but|and (?:said|told|will|has|have)|aimed at|at which)\b",
        " ".join(words.split()),
        maxsplit=1,
    )[0]
    kept = head.split()[:_MOST_WORDS]
    while len(kept) > 1 and kept[-1].lower() in {
        "of",
        "the",
        "a",
        "an",
        "to",
        "in",
        "and",
        "for",
        "with",
        "on",
    }:
        kept.pop()
    return " ".join(kept)
