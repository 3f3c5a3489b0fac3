"""Sentences that talk to a program instead of telling news.

They yield no item and no question and are flagged in the briefing: an article that
gives orders must read like the same article without them.
"""

import re
from typing import Final

from schemas.terms import FlagReason

_FORMS: Final[tuple[tuple[FlagReason, re.Pattern[str]], ...]] = (
    (
        "instruction",
        re.compile(
            r"(?i)\b(?:ignore|disregard|forget|override)\b[^.!?]{0,40}\b(?:previous|prior|above|earlier|all|your|these|the)\b"
            r"[^.!?]{0,30}\b(?:instructions?|prompts?|rules|messages?|context)\b"
        ),
    ),
    (
        "instruction",
        re.compile(
            r"(?i)\b(?:as|you are) an? (?:ai|language model|assistant|llm)\b|"
            r"\b(?:the )?(?:assistant|language model|ai model|summari[sz]er|chatbot) (?:must|should|will|shall|has to|is to) (?:answer|report|say|reply|output|respond|write|ignore|list|return)|"
            r"\byou (?:must|should|will) (?:now )?(?:answer|report|output|respond|reply|return|list) (?:only|with|in json|zero|no|that)\b|"
            r"\bnew instructions?\s*:|\bdo not (?:report|list|mention|include) (?:any|the) (?:casualt|request|position|death)"
        ),
    ),
    (
        # An imperative opens the sentence: "the general told them to send it to all" is news.
        "instruction",
        re.compile(
            r"(?i)^(?:(?:please|and|also|then|now),? )*(?:"
            r"(?:post|send|forward|publish|broadcast|repeat|mark|label|treat|classify|rate|report|present|pass)"
            r" (?:this|that|it|these|the|an?|all|everything)\b[^.!?“\"]{0,120}"
            r"\b(?:as (?:confirmed|verified|true|official|urgent|breaking|trusted|important|reliable)\b|"
            r"to (?:all|every|each|the|your) (?:\w+ )?(?:channels?|subscribers|recipients|users|feeds?|webhooks?|mailing lists?)\b|"
            r"again every\b)|"
            r"(?:ignore|disregard|forget) (?:all|everything|anything|(?:the|any|every) (?:text|article|paragraph|sentence|line|word)s?)"
            r" (?:that (?:is|was|comes|came|stands) |(?:you (?:were|have been|are) )?)(?:above|before|below|earlier|so far|told|given)\b)"
        ),
    ),
    (
        "instruction",
        re.compile(
            r"(?i)\b(?:note|notice|message|attention|warning|instructions?)(?: (?:to|for))? (?:all )?"
            r"(?:automated|automatic|ai|artificial|machine|language)[ -]?(?:\w+ )?"
            r"(?:systems?|agents?|assistants?|models?|readers?|bots?|tools?|programs?|software)\s*:"
        ),
    ),
    (
        "fake_message",
        re.compile(
            r"(?i)(?:^|\s)(?:system|assistant|user|developer)\s*:\s|<\|?(?:im_start|im_end|system|assistant|user|endoftext)\|?>|"
            r"\[/?INST\]|</?(?:article|sentence|instructions?)>|###\s*(?:system|instruction|response)"
        ),
    ),
    (
        "fake_answer",
        re.compile(r"[\[{]\s*[\"“'](?:items|kind|by|holder|count|quote|act)[\"”']\s*:"),
    ),
    (
        "markup",
        re.compile(
            r"(?i)<\s*/?\s*(?:script|iframe|img|svg|object|style|a\s+href)\b|javascript\s*:|<!(?:channel|here|everyone)\b|"
            r"<@[UW][A-Z0-9]+>|\]\(\s*(?:https?|javascript|data):"
        ),
    ),
)


def flag(sentence: str) -> FlagReason | None:
    """Tell whether a sentence talks to a program, and in which way.

    Returns:
        The first form that fits, or None for an ordinary sentence.
    """
    return next((name for name, form in _FORMS if form.search(sentence)), None)


def blocks(words: str) -> list[tuple[int, int, FlagReason]]:
    """Find stretches that are no sentence at all: scripts and answers in JSON.

    They are taken out before sentences are cut, so that a sentence beside one is kept.

    Returns:
        Start, end and form of each, in order, in code points of *words*.
    """
    found: list[tuple[int, int, FlagReason]] = [
        (m.start(), m.end(), "markup") for m in _ELEMENT.finditer(words)
    ]
    for match in _ANSWER_START.finditer(words):
        inside = any(start <= match.start() < end for start, end, _ in found)
        if not inside:
            found.append(
                (match.start(), _balanced(words, match.start()), "fake_answer")
            )
    return sorted(found)


_ELEMENT = re.compile(
    r"(?is)<\s*(?P<tag>script|style|iframe|svg|object)\b[^<]{0,2000}(?:<\s*/\s*(?P=tag)\s*>|$)"
)
_ANSWER_START = re.compile(
    r"[\[{]\s*[\"“'](?:items|kind|by|holder|count|quote|act|requests|positions|casualties)[\"”']\s*:"
)


def _balanced(words: str, start: int) -> int:
    """Find the end of the brackets that open at *start*, or of the text."""
    depth = 0
    for index in range(start, len(words)):
        if words[index] in "[{":
            depth += 1
        elif words[index] in "]}":
            depth -= 1
            if depth == 0:
                return index + 1
    return len(words)
