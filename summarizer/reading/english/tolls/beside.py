"""Find the counts that stand beside a word of harm: drafts, not items.

"12 people were killed", "over 1,000 deaths", "wounded nine".
"""

import re
from functools import cache

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.tolls import harm_words, no_harm
from summarizer.reading.english.tolls.people_words import people_pattern
from summarizer.text import counts, words


def find(text: str, sentence: Span) -> list[CasualtyDraft]:
    """Draft each count with its people and what the word beside them says was done."""
    found: list[CasualtyDraft] = []
    for counted in counts.spans(sentence.of(text))[: harm_words.MOST_COUNTS]:
        phrase = counted.moved(sentence.start)
        who = _PEOPLE.match(text[phrase.end : sentence.end])
        end = phrase.end + (who.end() if who else 0)
        people = _trimmed(who.group().strip()) if who else ""
        if people is None:
            continue  # "300 geese", "12 contracts": the model may know better
        kind = _kind_beside(text, sentence, phrase, end)
        if kind is not None:
            found.append(CasualtyDraft(kind=kind, count=phrase.of(text), who=people))
    return found


def _trimmed(phrase: str) -> str | None:
    """End a phrase at its last word for people; None when it has none."""
    parts = phrase.split()
    last = next(
        (
            n
            for n in range(len(parts), 0, -1)
            if people_pattern().fullmatch(parts[n - 1])
        ),
        0,
    )
    rest = " ".join(parts[last:])
    if last == 0 or _NOT_QUITE.search(rest):
        return None
    if len(parts) > last and not re.match(r"(?i)\w+(?:ed|ly|ing)$", parts[last]):
        return None  # "senators’ careers"
    return " ".join(parts[:last])


_NOT_QUITE = re.compile(
    r"(?i)\b(?:nearly|almost|escaped|survived|narrowly|feared|could|may|might|would|will)\b"
)
_PEOPLE = re.compile(
    r"(?:\s+(?!(?:were|was|are|is|have|has|had|in|of|on|at|by|and|or|when|who|that|died|killed|dead|"
    r"wounded|injured|deaths|to|from|remain|remained|others|during|near|after|before|while|with|for|as|into|"
    rf"{'|'.join(words.lists('english')['behind_counts'])}|"
    r"against|outside|inside|yesterday|today|tonight|early|late|last|this|accused|believed|connected|based|\w+ing)\b)[A-Za-z][\w’'-]*){1,3}"
)


def _kind_beside(
    text: str, sentence: Span, phrase: Span, end: int
) -> CasualtyKind | None:
    """Find the word of harm right after the people, or right before their number."""
    after = text[end : sentence.end]
    before = text[sentence.start : phrase.start]
    for kind in harm_words.KINDS:
        led = _led_to(kind).match(after)
        # "two men killed Judge Lima": without "were" the verb may be theirs
        if led is not None and (
            led["aux"] or no_harm.NO_OBJECT.match(after[led.end() :])
        ):
            # "the lawyer for the two men was arrested": not the men
            count = counts.read(phrase.of(text))
            single = count is not None and count.value == 1
            return None if led["aux"].startswith("was") and not single else kind
        if kind != "casualties" and _leads(kind).search(before):
            return kind
    if re.search(
        r"(?i)\b(?:toll|number of (?:the )?(?:dead|deaths|victims))\b[^.;]{0,50}\b(?:to|at|of)\s+$",
        before,
    ):
        return "killed"
    return None


@cache
def _led_to(kind: CasualtyKind) -> re.Pattern[str]:
    """Match a word of harm behind the people: "were killed"."""
    return re.compile(
        r"(?i)[”\"’]?\s+(?P<aux>(?:(?:were|was|being|have been|had been|are|others|others were|more|reported|confirmed|also|still|feared|remain(?:ed)?)\s+){0,2})"
        rf"(?:{words.pattern('harm', kind).pattern})"
    )


@cache
def _leads(kind: CasualtyKind) -> re.Pattern[str]:
    """Match a word of harm right before a number: "killed another"."""
    return re.compile(
        rf"(?i)(?:{words.pattern('harm', kind).pattern})\s+(?:(?:of|to|at|another|a further)\s+)?$"
    )
